import type { CampaignId, PhoneE164, UtcMs, Zone } from '@domain/kernel';
import type { Db } from '../open';

/** The words of the indexes of migration 0260 (outbox-due.ts): said in any other way, every waiting text is walked through. */
const DUE_AT = 'max(not_before, coalesce(retry_at, 0))';
const WAITS = "state = 'waiting' AND send_at IS NULL";
const OF_CAMPAIGN = `${WAITS} AND cause_kind = 'campaign' AND cause_id = ?`;
/** So many of a campaign's due texts tell how long they are. */
const SAMPLE = 50;

/** A campaign's texts that wait. */
export interface WaitingCampaignTexts {
  campaignId: CampaignId;
  state: 'sending' | 'finished' | 'paused';
  /** May be tried now, and about how many segments they are. */
  due: number;
  dueSegments: number;
  /** Put off, and until when at the soonest. */
  later: number;
  next: UtcMs | null;
}

/** What waits of each campaign. `counted` false: 1 stands for any number, found at once however many wait. */
export function waitingOfCampaigns(db: Db, now: UtcMs, counted: boolean): WaitingCampaignTexts[] {
  const most = counted ? -1 : 1;
  const campaigns = db
    .prepare(
      `SELECT c.id AS campaignId, c.state FROM campaign c WHERE c.state IN ('sending', 'finished', 'paused') AND EXISTS (
         SELECT 1 FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(c.id AS TEXT) AND o.state = 'waiting')`,
    )
    .all() as Pick<WaitingCampaignTexts, 'campaignId' | 'state'>[];
  const due = db.prepare(`SELECT count(*) FROM (SELECT 1 FROM outbox WHERE ${OF_CAMPAIGN} AND ${DUE_AT} <= ? LIMIT ?)`).pluck();
  const later = db.prepare(`SELECT count(*) FROM (SELECT 1 FROM outbox WHERE ${OF_CAMPAIGN} AND ${DUE_AT} > ? LIMIT ?)`).pluck();
  const next = db.prepare(`SELECT ${DUE_AT} FROM outbox WHERE ${OF_CAMPAIGN} AND ${DUE_AT} > ? ORDER BY ${DUE_AT} LIMIT 1`).pluck();
  const length = db
    .prepare(
      `SELECT avg(segments) FROM (SELECT segments FROM outbox WHERE ${OF_CAMPAIGN} AND ${DUE_AT} <= ? ORDER BY ${DUE_AT}, id LIMIT ?)`,
    )
    .pluck();
  return campaigns.map((c) => {
    const id = String(c.campaignId);
    const n = due.get(id, now, most) as number;
    return {
      ...c,
      due: n,
      dueSegments: n === 0 ? 0 : Math.round(n * ((length.get(id, now, SAMPLE) as number | null) ?? 1)),
      later: later.get(id, now, most) as number,
      next: (next.get(id, now) as UtcMs | undefined) ?? null,
    };
  });
}

/** Texts to one person and of automations that wait, by their reason: few. */
export function waitingOthers(
  db: Db,
  now: UtcMs,
): { reason: string | null; due: number; dueSegments: number; later: number; next: UtcMs | null }[] {
  return db
    .prepare(
      `SELECT reason, sum(${DUE_AT} <= @now) AS due, sum(CASE WHEN ${DUE_AT} <= @now THEN segments ELSE 0 END) AS dueSegments,
         sum(${DUE_AT} > @now) AS later, min(CASE WHEN ${DUE_AT} > @now THEN ${DUE_AT} END) AS next
       FROM outbox WHERE ${WAITS} AND priority < 10 GROUP BY reason`,
    )
    .all({ now }) as ReturnType<typeof waitingOthers>;
}

/** To be handed to the carrier, which keeps them until their time: that needs this computer, and no particular hour. */
export const toBeHandedOver = (db: Db): number =>
  db
    .prepare(
      `SELECT count(*) FROM outbox o JOIN campaign c ON c.id = CAST(o.cause_id AS INTEGER)
       WHERE o.state = 'waiting' AND o.send_at IS NOT NULL AND c.state = 'sending'`,
    )
    .pluck()
    .get() as number;

/** Texts of each state that are neither waiting nor settled. */
export function unsettled(db: Db): { sending: number; looking: number; undecided: number; atCarrier: number; atCarrierNext: UtcMs | null } {
  const sending = db.prepare("SELECT count(*) FROM outbox WHERE state = 'sending'").pluck().get() as number;
  const uncertain = db
    .prepare(
      `SELECT coalesce(sum(reconcile_at IS NOT NULL), 0) AS looking,
         coalesce(sum(reconcile_at IS NULL AND reason IS NOT 'given-up'), 0) AS undecided FROM outbox WHERE state = 'uncertain'`,
    )
    .get() as { looking: number; undecided: number };
  const atCarrier = db
    .prepare("SELECT count(*) AS atCarrier, min(send_at) AS atCarrierNext FROM outbox WHERE state = 'scheduled'")
    .get() as { atCarrier: number; atCarrierNext: UtcMs | null };
  return { sending, ...uncertain, ...atCarrier };
}

/** The next texts of a campaign that may be tried now, with where their people are. */
export function nextPlaces(
  db: Db,
  id: CampaignId,
  now: UtcMs,
  limit: number,
): { phone: PhoneE164; postalCode: string | null; zone: Zone | null }[] {
  return db
    .prepare(
      `SELECT o.address AS phone, k.postal_code AS postalCode, k.zone FROM outbox o LEFT JOIN customer k ON k.id = o.customer_id
       WHERE o.id IN (SELECT id FROM outbox WHERE ${OF_CAMPAIGN} AND ${DUE_AT} <= ? ORDER BY ${DUE_AT}, id LIMIT ?)`,
    )
    .all(String(id), now, limit) as { phone: PhoneE164; postalCode: string | null; zone: Zone | null }[];
}

/** Campaigns that leave at a time of their own and wait for nothing else. */
export function scheduledCampaigns(db: Db): { campaigns: number; people: number; next: UtcMs | null } {
  return db
    .prepare(
      `SELECT count(*) AS campaigns, coalesce(sum(ceiling_people), 0) AS people, min(scheduled_at) AS next FROM campaign
       WHERE state = 'scheduled' AND pause_reason IS NULL AND via_carrier = 0`,
    )
    .get() as ReturnType<typeof scheduledCampaigns>;
}

/** Campaigns whose texts the carrier holds or is about to be given. */
export const campaignsAtCarrier = (db: Db): CampaignId[] =>
  db
    .prepare(
      `SELECT id FROM campaign c WHERE via_carrier = 1 AND state = 'sending' AND EXISTS (
         SELECT 1 FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(c.id AS TEXT)
           AND (o.state = 'scheduled' OR (o.state IN ('waiting', 'sending') AND o.send_at IS NOT NULL)))`,
    )
    .pluck()
    .all() as CampaignId[];

export const campaignsPausedFor = (db: Db, reason: string): CampaignId[] =>
  db.prepare("SELECT id FROM campaign WHERE state = 'paused' AND pause_reason = ?").pluck().all(reason) as CampaignId[];

/** Campaigns whose people are being written into the queue: they leave as soon as that is done. */
export const stagingCampaigns = (db: Db): number =>
  db.prepare("SELECT count(*) FROM campaign WHERE state = 'staging'").pluck().get() as number;
