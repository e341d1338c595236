import type { HoldoutChoice } from '@domain/attribution/holdout';
import type { CampaignChannels, MailWords } from '@domain/campaigns/channels';
import type { CampaignPart, Wording } from '@domain/campaigns/parts';
import type { Quote } from '@domain/campaigns/quote';
import type { LatePolicy } from '@domain/campaigns/schedule';
import type { CampaignState } from '@domain/campaigns/state';
import type { AutomationId, CampaignId, Micros, OfferId, SegmentId, UtcMs } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../open';
import type { CampaignTable } from '../schema/campaigns';
import { mailWordsOf, writeMailWords } from './campaign-mail';
import { furtherParts, otherWordings, type PartFields, writeParts } from './campaign-parts';
import { PATH_WAITS } from './ladders';

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
  /** Its groups in order, each with its own words and offer; the first one is also in the columns above. */
  parts: readonly CampaignPart[];
  /** Other wordings of its parts. */
  words: readonly Wording[];
  /** The campaign it is a later step of. */
  parentId: CampaignId | null;
  /** Shop days over which its texts are spread; 1 = all at once. */
  spreadDays: number;
  /** Frozen at send: never more texts than this leave in one shop day; null = all at once. */
  dailyShare: number | null;
  /** The hour of the day, where its reader is, at which each text leaves; null = as soon as it may. */
  localHour: number | null;
  /** Its words leave as typed, dear characters and all. */
  keepTyped: boolean;
  /** How it reaches people. */
  channels: CampaignChannels;
  /** Its words for mails. */
  mails: readonly MailWords[];
  /** What runs by itself and is made of it, or it a month of. */
  automationId: AutomationId | null;
}

export type CampaignRow = Selectable<CampaignTable>;

/** With everything that belongs to it. */
export const campaignOf = (db: Db, r: CampaignRow): Campaign => ({
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
  keepTyped: r.keep_typed === 1,
  scheduledAt: r.scheduled_at as UtcMs | null,
  latePolicy: r.late_policy,
  ceilingPeople: r.ceiling_people,
  ceilingPrice: r.ceiling_price as Micros | null,
  viaCarrier: r.via_carrier === 1,
  parts: [
    {
      position: 1,
      name: r.part_name,
      segmentId: r.segment_id as SegmentId | null,
      rule: r.rule === null ? null : (JSON.parse(r.rule) as Rule),
      body: r.body,
      offerId: r.offer_id as OfferId | null,
    },
    ...furtherParts(db, r.id as CampaignId),
  ],
  words: otherWordings(db, r.id as CampaignId),
  channels: r.channels,
  mails: r.channels === 'sms' ? [] : mailWordsOf(db, r.id as CampaignId),
  parentId: r.parent_id as CampaignId | null,
  spreadDays: r.spread_days,
  dailyShare: r.daily_share,
  localHour: r.local_hour,
  automationId: r.automation_id as AutomationId | null,
});

export function campaignById(db: Db, id: CampaignId): Campaign | null {
  const r = db.prepare('SELECT * FROM campaign WHERE id = ?').get(id);
  return r ? campaignOf(db, r as CampaignRow) : null;
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
  /** What follows it waits for the owner. */
  pathWaits: boolean;
}

const LIST = `SELECT k.*, g.name AS segment_name, f.name AS offer_name,
  (SELECT count(*) FROM campaign_person p WHERE p.campaign_id = k.id AND p.arm = 'control') AS held_out,
  (SELECT count(*) FROM campaign_person p WHERE p.campaign_id = k.id AND p.arm = 'excluded') AS excluded,
  (SELECT count(*) FROM redemption r WHERE r.campaign_id = k.id AND r.reversed_at IS NULL) AS redeemed,
  (SELECT count(DISTINCT i.from_address) FROM inbound i WHERE i.campaign_id = k.id AND i.meaning <> 'reaction') AS replied,
  ${PATH_WAITS} AS path_waits,
  coalesce(o.texts, 0) + coalesce(m.texts, 0) AS texts, coalesce(o.left_n, 0) + coalesce(m.left_n, 0) AS left_n,
  coalesce(o.delivered, 0) AS delivered, coalesce(o.open, 0) + coalesce(m.open, 0) AS open
  FROM campaign k LEFT JOIN segment g ON g.id = k.segment_id LEFT JOIN offer f ON f.id = k.offer_id
  LEFT JOIN (SELECT cause_id, count(*) AS texts, sum(left_at IS NOT NULL) AS left_n, sum(state = 'delivered') AS delivered,
      sum(state IN ('staged', 'waiting', 'sending', 'scheduled')) AS open
    FROM outbox WHERE cause_kind = 'campaign' GROUP BY cause_id) o ON o.cause_id = CAST(k.id AS TEXT)
  LEFT JOIN (SELECT cause_id, count(*) AS texts, sum(left_at IS NOT NULL) AS left_n, sum(state IN ('staged', 'waiting', 'sending')) AS open
    FROM mail WHERE cause_kind = 'campaign' GROUP BY cause_id) m ON m.cause_id = CAST(k.id AS TEXT)`;

interface ListRow extends CampaignRow {
  segment_name: string | null;
  offer_name: string | null;
  held_out: number;
  excluded: number;
  redeemed: number;
  replied: number;
  path_waits: number;
  texts: number;
  left_n: number;
  delivered: number;
  open: number;
}
const listOf = (db: Db, r: ListRow): CampaignListRow => ({
  campaign: campaignOf(db, r),
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
  pathWaits: r.path_waits === 1,
});

/** Newest first: drafts by when they were touched, the rest by when they start or started. Later steps stand with their campaign, what runs by itself with its automation. */
export function listCampaigns(db: Db, page: { offset: number; limit: number }): { rows: CampaignListRow[]; total: number } {
  const rows = db
    .prepare(
      `${LIST} WHERE k.parent_id IS NULL AND k.automation_id IS NULL ORDER BY coalesce(k.scheduled_at, k.started_at, k.updated_at) DESC, k.id DESC LIMIT ? OFFSET ?`,
    )
    .all(page.limit, page.offset);
  const total = db.prepare('SELECT count(*) FROM campaign WHERE parent_id IS NULL AND automation_id IS NULL').pluck().get() as number;
  return { rows: (rows as ListRow[]).map((r) => listOf(db, r)), total };
}

export function campaignFigures(db: Db, id: CampaignId): CampaignListRow | null {
  const r = db.prepare(`${LIST} WHERE k.id = ?`).get(id);
  return r ? listOf(db, r as ListRow) : null;
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
  partName?: string | undefined;
  /** Further parts, in order; the fields above are the first. */
  more?: readonly PartFields[] | undefined;
  /** Other wordings of any part. */
  words?: readonly Wording[] | undefined;
  spreadDays?: number | undefined;
  localHour?: number | null | undefined;
  keepTyped?: boolean | undefined;
  channels?: CampaignChannels | undefined;
  mails?: readonly MailWords[] | undefined;
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
  part_name: d.partName?.trim() ?? '',
  spread_days: d.spreadDays ?? 1,
  local_hour: d.localHour ?? null,
  keep_typed: d.keepTyped ? 1 : 0,
  channels: d.channels ?? 'sms',
});

export function insertCampaign(trx: Trx, d: DraftFields, now: UtcMs): CampaignId {
  const id = trx.run(trx.q.insertInto('campaign').values({ ...draftColumns(d), state: 'draft', created_at: now, updated_at: now }))
    .lastInsertRowid as CampaignId;
  writeParts(trx, id, d.more ?? [], d.words ?? []);
  writeMailWords(trx, id, d.mails ?? []);
  return id;
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
  writeParts(trx, id, d.more ?? [], d.words ?? []);
  writeMailWords(trx, id, d.mails ?? []);
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
  f: {
    /** Of the first part. */
    rule: Rule;
    holdoutPercent: number;
    windowDays: number;
    windowEndsAt: UtcMs;
    sender: string | null;
    startedAt: UtcMs;
    quote: Quote;
    dailyShare?: number | null;
  },
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
        daily_share: f.dailyShare ?? null,
        quote: JSON.stringify(f.quote),
      })
      .where('id', '=', id),
  );
}

/** Takes back what a start froze that did not come about: the owner may choose other people, words and hours again. */
export function thawCampaign(trx: Trx, id: CampaignId): void {
  trx
    .prepare(
      `UPDATE campaign SET rule = NULL, holdout_percent = NULL, window_ends_at = NULL, sender = NULL, started_at = NULL, daily_share = NULL
       WHERE id = ?`,
    )
    .run(id);
  trx.prepare('UPDATE campaign_part SET rule = NULL WHERE campaign_id = ?').run(id);
  trx.prepare('DELETE FROM rolling_campaign WHERE campaign_id = ?').run(id);
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
