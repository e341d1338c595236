import type { HoldoutChoice } from '@domain/attribution/holdout';
import type { Candidate } from '@domain/campaigns/audience';
import type { Quote } from '@domain/campaigns/quote';
import type { LatePolicy } from '@domain/campaigns/schedule';
import type { CampaignState } from '@domain/campaigns/state';
import type { CampaignId, CustomerId, Micros, OfferId, PhoneE164, SegmentId, UtcMs, Zone } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../open';
import type { CampaignTable } from '../schema/campaigns';

/** What the owner wants to have happened, chosen before sending; the verdict is held against it. */
export interface Goal {
  kind: 'visits' | 'redemptions' | 'profit' | 'none';
  /** People for visits and redemptions, minor units for profit. */
  target: number | null;
}

export interface Campaign {
  id: CampaignId;
  name: string;
  state: CampaignState;
  segmentId: SegmentId | null;
  /** Frozen when the owner pressed send. */
  rule: Rule | null;
  body: string;
  offerId: OfferId | null;
  addStopLine: boolean;
  holdout: HoldoutChoice;
  holdoutPercent: number | null;
  goal: Goal;
  windowDays: number;
  quote: Quote | null;
  sender: string | null;
  pauseReason: string | null;
  createdAt: UtcMs;
  updatedAt: UtcMs;
  startedAt: UtcMs | null;
  finishedAt: UtcMs | null;
  windowEndsAt: UtcMs | null;
  /** Slug of the club it is about. */
  topic: string;
  /** Why it may leave on days some states ban; empty = such days are closed. */
  dayReason: string;
  /** When it is to leave; null = when the owner presses send. */
  scheduledAt: UtcMs | null;
  /** What happens when this computer was off then. */
  latePolicy: LatePolicy;
  /** Approved for that hour; more people or a higher price (micros) asks first. */
  ceilingPeople: number | null;
  ceilingPrice: Micros | null;
  /** The carrier holds the texts and sends them also while this computer is off. */
  viaCarrier: boolean;
}

type Row = Selectable<CampaignTable>;

const campaignOf = (r: Row): Campaign => ({
  id: r.id as CampaignId,
  name: r.name,
  state: r.state,
  segmentId: r.segment_id as SegmentId | null,
  rule: r.rule === null ? null : (JSON.parse(r.rule) as Rule),
  body: r.body,
  offerId: r.offer_id as OfferId | null,
  addStopLine: r.add_stop_line === 1,
  holdout: r.holdout,
  holdoutPercent: r.holdout_percent,
  goal: { kind: 'none', target: null, ...(JSON.parse(r.goal) as Partial<Goal>) },
  windowDays: r.window_days,
  quote: r.quote === null ? null : (JSON.parse(r.quote) as Quote),
  sender: r.sender,
  pauseReason: r.pause_reason,
  createdAt: r.created_at as UtcMs,
  updatedAt: r.updated_at as UtcMs,
  startedAt: r.started_at as UtcMs | null,
  finishedAt: r.finished_at as UtcMs | null,
  windowEndsAt: r.window_ends_at as UtcMs | null,
  topic: r.topic,
  dayReason: r.day_reason,
  scheduledAt: r.scheduled_at as UtcMs | null,
  latePolicy: r.late_policy,
  ceilingPeople: r.ceiling_people,
  ceilingPrice: r.ceiling_price as Micros | null,
  viaCarrier: r.via_carrier === 1,
});

export function campaignById(db: Db, id: CampaignId): Campaign | null {
  const r = db.prepare('SELECT * FROM campaign WHERE id = ?').get(id);
  return r ? campaignOf(r as Row) : null;
}

/** What the list shows of a campaign: the campaign and what came of it so far. */
export interface CampaignListRow {
  campaign: Campaign;
  segmentName: string | null;
  offerName: string | null;
  /** Texts by what became of them. */
  texts: number;
  left: number;
  delivered: number;
  open: number;
  heldOut: number;
  excluded: number;
  redeemed: number;
  replied: number;
}

const LIST = `SELECT k.*, g.name AS segment_name, f.name AS offer_name,
  (SELECT count(*) FROM campaign_person p WHERE p.campaign_id = k.id AND p.arm = 'control') AS held_out,
  (SELECT count(*) FROM campaign_person p WHERE p.campaign_id = k.id AND p.arm = 'excluded') AS excluded,
  (SELECT count(*) FROM redemption r WHERE r.campaign_id = k.id AND r.reversed_at IS NULL) AS redeemed,
  (SELECT count(DISTINCT i.from_address) FROM inbound i WHERE i.campaign_id = k.id AND i.meaning <> 'reaction') AS replied,
  coalesce(o.texts, 0) AS texts, coalesce(o.left_n, 0) AS left_n, coalesce(o.delivered, 0) AS delivered, coalesce(o.open, 0) AS open
  FROM campaign k LEFT JOIN segment g ON g.id = k.segment_id LEFT JOIN offer f ON f.id = k.offer_id
  LEFT JOIN (SELECT cause_id, count(*) AS texts, sum(left_at IS NOT NULL) AS left_n, sum(state = 'delivered') AS delivered,
      sum(state IN ('staged', 'waiting', 'sending', 'scheduled')) AS open
    FROM outbox WHERE cause_kind = 'campaign' GROUP BY cause_id) o ON o.cause_id = CAST(k.id AS TEXT)`;

interface ListRow extends Row {
  segment_name: string | null;
  offer_name: string | null;
  held_out: number;
  excluded: number;
  redeemed: number;
  replied: number;
  texts: number;
  left_n: number;
  delivered: number;
  open: number;
}
const listOf = (r: ListRow): CampaignListRow => ({
  campaign: campaignOf(r),
  segmentName: r.segment_name,
  offerName: r.offer_name,
  texts: r.texts,
  left: r.left_n,
  delivered: r.delivered,
  open: r.open,
  heldOut: r.held_out,
  excluded: r.excluded,
  redeemed: r.redeemed,
  replied: r.replied,
});

/** Newest first: drafts by when they were touched, the rest by when they start or started. */
export function listCampaigns(db: Db, page: { offset: number; limit: number }): { rows: CampaignListRow[]; total: number } {
  const rows = db
    .prepare(`${LIST} ORDER BY coalesce(k.scheduled_at, k.started_at, k.updated_at) DESC, k.id DESC LIMIT ? OFFSET ?`)
    .all(page.limit, page.offset);
  const total = db.prepare('SELECT count(*) FROM campaign').pluck().get() as number;
  return { rows: (rows as ListRow[]).map(listOf), total };
}

export function campaignFigures(db: Db, id: CampaignId): CampaignListRow | null {
  const r = db.prepare(`${LIST} WHERE k.id = ?`).get(id);
  return r ? listOf(r as ListRow) : null;
}

export interface DraftFields {
  name: string;
  segmentId: SegmentId | null;
  body: string;
  offerId: OfferId | null;
  addStopLine: boolean;
  holdout: HoldoutChoice;
  goal: Goal;
  windowDays: number;
  topic?: string | undefined;
  dayReason?: string | undefined;
}

/** What a campaign is about when nobody said. */
export const USUAL_TOPIC = 'offers';

const draftColumns = (d: DraftFields) => ({
  name: d.name,
  segment_id: d.segmentId,
  body: d.body,
  offer_id: d.offerId,
  add_stop_line: d.addStopLine ? 1 : 0,
  holdout: d.holdout,
  goal: JSON.stringify(d.goal),
  window_days: d.windowDays,
  topic: d.topic ?? USUAL_TOPIC,
  day_reason: d.dayReason?.trim() ?? '',
});

export function insertCampaign(trx: Trx, d: DraftFields, now: UtcMs): CampaignId {
  return trx.run(trx.q.insertInto('campaign').values({ ...draftColumns(d), state: 'draft', created_at: now, updated_at: now }))
    .lastInsertRowid as CampaignId;
}

/** Changes a draft; what was quoted no longer stands. */
export function updateDraft(trx: Trx, id: CampaignId, d: DraftFields, now: UtcMs): void {
  trx.run(
    trx.q
      .updateTable('campaign')
      .set({ ...draftColumns(d), quote: null, updated_at: now })
      .where('id', '=', id)
      .where('state', '=', 'draft'),
  );
}

export function saveQuote(trx: Trx, id: CampaignId, quote: Quote): void {
  trx.run(
    trx.q
      .updateTable('campaign')
      .set({ quote: JSON.stringify(quote) })
      .where('id', '=', id)
      .where('state', '=', 'draft'),
  );
}

/** What is frozen the moment the owner presses send. */
export function freezeCampaign(
  trx: Trx,
  id: CampaignId,
  f: { rule: Rule; holdoutPercent: number; windowDays: number; windowEndsAt: UtcMs; sender: string | null; startedAt: UtcMs; quote: Quote },
): void {
  trx.run(
    trx.q
      .updateTable('campaign')
      .set({
        rule: JSON.stringify(f.rule),
        holdout_percent: f.holdoutPercent,
        window_days: f.windowDays,
        window_ends_at: f.windowEndsAt,
        sender: f.sender,
        started_at: f.startedAt,
        quote: JSON.stringify(f.quote),
      })
      .where('id', '=', id),
  );
}

/** A draft gets its time. False when it is no draft any more. */
export function scheduleDraft(
  trx: Trx,
  id: CampaignId,
  s: { at: UtcMs; latePolicy: LatePolicy; ceilingPeople: number; ceilingPrice: Micros; now: UtcMs },
): boolean {
  return (
    trx
      .prepare(
        `UPDATE campaign SET state = 'scheduled', scheduled_at = ?, late_policy = ?, ceiling_people = ?, ceiling_price = ?, via_carrier = 0,
           pause_reason = NULL, updated_at = ? WHERE id = ? AND state = 'draft'`,
      )
      .run(s.at, s.latePolicy, s.ceilingPeople, s.ceilingPrice, s.now, id).changes === 1
  );
}

/** A draft's time at the carrier, before its start is planned; it stays a draft until then. */
export function planViaCarrier(trx: Trx, id: CampaignId, at: UtcMs): boolean {
  return trx.prepare("UPDATE campaign SET scheduled_at = ?, via_carrier = 1 WHERE id = ? AND state = 'draft'").run(at, id).changes === 1;
}

/** As if no time had been chosen. */
export function clearSchedule(trx: Trx, id: CampaignId): void {
  trx.prepare('UPDATE campaign SET scheduled_at = NULL, ceiling_people = NULL, ceiling_price = NULL, via_carrier = 0 WHERE id = ?').run(id);
}

/** Another time for a scheduled campaign; what it asked about is answered by that, but not what a restored copy has to ask. */
export function moveSchedule(trx: Trx, id: CampaignId, s: { at: UtcMs; latePolicy: LatePolicy; now: UtcMs }): boolean {
  return (
    trx
      .prepare(
        "UPDATE campaign SET scheduled_at = ?, late_policy = ?, pause_reason = CASE WHEN pause_reason = 'restored' THEN pause_reason END, updated_at = ? WHERE id = ? AND state = 'scheduled'",
      )
      .run(s.at, s.latePolicy, s.now, id).changes === 1
  );
}

/** What was approved, for another time. */
export function saveScheduledQuote(trx: Trx, id: CampaignId, quote: Quote): void {
  trx.prepare("UPDATE campaign SET quote = ? WHERE id = ? AND state = 'scheduled'").run(JSON.stringify(quote), id);
}

/** Why a scheduled campaign did not leave and waits for the owner. */
export function putOff(trx: Trx, id: CampaignId, asks: string, now: UtcMs): boolean {
  return (
    trx.prepare("UPDATE campaign SET pause_reason = ?, updated_at = ? WHERE id = ? AND state = 'scheduled'").run(asks, now, id).changes ===
    1
  );
}

/** Campaigns whose time has come and that wait for nobody, oldest time first. */
export function dueCampaigns(db: Db, now: UtcMs): Campaign[] {
  const rows = db
    .prepare("SELECT * FROM campaign WHERE state = 'scheduled' AND scheduled_at <= ? AND pause_reason IS NULL ORDER BY scheduled_at, id")
    .all(now);
  return (rows as Row[]).map(campaignOf);
}

/** The next time a campaign leaves by this computer; null when none is planned. */
export function nextSchedule(db: Db): { id: CampaignId; name: string; at: UtcMs } | null {
  const r = db
    .prepare(
      `SELECT id, name, scheduled_at AS at FROM campaign WHERE state = 'scheduled' AND pause_reason IS NULL ORDER BY scheduled_at, id LIMIT 1`,
    )
    .get();
  return (r as { id: CampaignId; name: string; at: UtcMs } | undefined) ?? null;
}

/** Cut off while their people were being written: only a scheduled start goes back to its time by itself. */
export function cutOffStarts(db: Db): CampaignId[] {
  return db
    .prepare("SELECT id FROM campaign WHERE state = 'staging' AND scheduled_at IS NOT NULL AND via_carrier = 0")
    .pluck()
    .all() as CampaignId[];
}

/** Scheduled campaigns that wait for the owner, and those left out by their own rule since an instant. */
export function missedCampaigns(db: Db, since: UtcMs): { id: CampaignId; name: string; at: UtcMs; reason: string; skipped: boolean }[] {
  const rows = db
    .prepare(
      `SELECT id, name, scheduled_at AS at, pause_reason AS reason, state = 'cancelled' AS skipped FROM campaign
       WHERE (state = 'scheduled' AND pause_reason IS NOT NULL) OR (state = 'cancelled' AND pause_reason = 'missed' AND scheduled_at >= ?)
       ORDER BY scheduled_at DESC, id DESC LIMIT 50`,
    )
    .all(since) as { id: CampaignId; name: string; at: UtcMs; reason: string; skipped: number }[];
  return rows.map((r) => ({ ...r, skipped: r.skipped === 1 }));
}

/** Writes the next state if the campaign is still in the one it was read in; false when somebody was first. */
export function moveCampaign(
  trx: Trx,
  id: CampaignId,
  from: CampaignState,
  to: CampaignState,
  now: UtcMs,
  pauseReason: string | null = null,
): boolean {
  const done = trx
    .prepare(
      `UPDATE campaign SET state = ?, pause_reason = ?, updated_at = ?,
         finished_at = CASE WHEN ? IN ('finished', 'cancelled') THEN ? ELSE finished_at END WHERE id = ? AND state = ?`,
    )
    .run(to, pauseReason, now, to, now, id, from);
  return done.changes === 1;
}

export function deleteDraft(trx: Trx, id: CampaignId): boolean {
  return trx.prepare("DELETE FROM campaign WHERE id = ? AND state = 'draft'").run(id).changes === 1;
}

/** A member of a group with all that deciding, drawing and rendering take. */
export interface AudiencePerson extends Candidate {
  id: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  lastItem: string | null;
  visits365: number;
  postalCode: string;
  language: 'en' | 'es';
  /** Typed by staff. */
  zone: Zone | null;
  /** A till identity linked before now: only these are compared (rules.md §7). */
  tillFixed: boolean;
  sharesNumber: boolean;
}

const PEOPLE = `SELECT c.id, c.first_name AS firstName, c.last_name AS lastName, c.company, c.language, c.phone, c.phone_kind AS phoneKind,
  c.phone_problem AS phoneProblem, c.last_visit_at AS lastVisitAt, c.last_item AS lastItem, c.visits_365 AS visits365,
  c.postal_code AS postalCode, c.zone,
  s.state AS permission, s.expires_at AS permissionExpiresAt, s.promise_max AS promiseMax,
  s.state = 'in' AND coalesce((SELECT CASE WHEN max(t.purpose = 'topic:' || @topic AND t.state = 'in') THEN 0
      WHEN max(t.purpose = 'topic:' || @topic AND t.state <> 'never') THEN 1 ELSE max(t.state = 'in') END
    FROM consent_state t WHERE t.address_hmac = a.address_hmac AND t.channel = 'sms' AND t.purpose > 'topic:' AND t.purpose < 'topic;'), 0) AS offTopic,
  EXISTS (SELECT 1 FROM customer_identity i WHERE i.customer_id = c.id AND i.linked_at <= @now) AS tillFixed,
  c.phone IS NOT NULL AND EXISTS (SELECT 1 FROM customer d WHERE d.phone = c.phone AND d.id <> c.id) AS sharesNumber
  FROM customer c LEFT JOIN address_book a ON a.address = c.phone
  LEFT JOIN consent_state s ON s.address_hmac = a.address_hmac AND s.channel = 'sms' AND s.purpose = 'marketing'
  WHERE c.id IN (SELECT value FROM json_each(@ids))`;

const LEFT = `SELECT o.address, o.left_at AS at FROM json_each(@phones) j JOIN outbox o ON o.address = j.value
  WHERE o.left_at >= @since AND o.message_class = 'marketing' AND o.state NOT IN ('failed', 'rejected')
  UNION ALL
  SELECT o.address, o.send_at AS at FROM json_each(@phones) j JOIN outbox o ON o.address = j.value
  WHERE o.left_at IS NULL AND o.send_at IS NOT NULL AND o.message_class = 'marketing'
    AND o.state IN ('staged', 'waiting', 'sending', 'scheduled', 'uncertain') AND NOT (o.cause_kind = 'campaign' AND o.cause_id = @own)`;
/** Those with a time of their own count at that time, above. */
const WAITING = `SELECT DISTINCT o.address FROM json_each(?) j JOIN outbox o ON o.address = j.value
  WHERE o.send_at IS NULL AND o.state IN ('staged', 'waiting', 'sending') AND o.message_class = 'marketing' AND NOT (o.cause_kind = 'campaign' AND o.cause_id = ?)`;
/** Held-out people are charged a virtual text, or the comparison would lend itself to texting them sooner (rules.md §7). */
const VIRTUAL = `SELECT p.customer_id AS id, p.drawn_at AS at FROM json_each(?) j JOIN campaign_person p ON p.customer_id = j.value
  WHERE p.arm = 'control' AND p.drawn_at >= ? AND p.campaign_id <> ?`;

/** Facts about some members (call with a thousand ids at most). `since`: how far back texts matter for the caps. */
export function audienceFacts(
  db: Db,
  ids: readonly CustomerId[],
  f: { since: UtcMs; now: UtcMs; campaignId: CampaignId; topic: string },
): AudiencePerson[] {
  const people = (
    db.prepare(PEOPLE).all({ now: f.now, ids: JSON.stringify(ids), topic: f.topic }) as (Omit<
      AudiencePerson,
      'left' | 'waiting' | 'tillFixed' | 'sharesNumber' | 'offTopic'
    > & {
      tillFixed: number;
      sharesNumber: number;
      offTopic: number | null;
    })[]
  ).map((p) => ({
    ...p,
    tillFixed: p.tillFixed === 1,
    sharesNumber: p.sharesNumber === 1,
    offTopic: p.offTopic === 1,
    waiting: false,
    left: [] as UtcMs[],
  }));
  const phones = JSON.stringify(people.flatMap((p) => (p.phone === null ? [] : [p.phone])));
  const waiting = new Set(db.prepare(WAITING).pluck().all(phones, String(f.campaignId)) as string[]);
  const byPhone = new Map<string, UtcMs[][]>();
  const byId = new Map<number, UtcMs[]>();
  for (const p of people) {
    byId.set(p.id, p.left);
    if (p.phone === null) continue;
    p.waiting = waiting.has(p.phone);
    const same = byPhone.get(p.phone);
    if (same) same.push(p.left);
    else byPhone.set(p.phone, [p.left]);
  }
  const left = db.prepare(LEFT).all({ phones, since: f.since, own: String(f.campaignId) }) as { address: PhoneE164; at: UtcMs }[];
  for (const t of left) for (const list of byPhone.get(t.address) ?? []) list.push(t.at);
  const virtual = db.prepare(VIRTUAL).all(JSON.stringify(ids), f.since, f.campaignId) as { id: number; at: UtcMs }[];
  for (const t of virtual) byId.get(t.id)?.push(t.at);
  return people;
}

/** Millionths already promised to texts that have not left: other campaigns and replies in the queue. */
export function queuedPrice(db: Db, except: CampaignId): number {
  return db
    .prepare(
      `SELECT coalesce(sum(quoted_price), 0) FROM outbox WHERE state IN ('staged', 'waiting', 'sending')
       AND NOT (cause_kind = 'campaign' AND cause_id = ?)`,
    )
    .pluck()
    .get(String(except)) as number;
}
