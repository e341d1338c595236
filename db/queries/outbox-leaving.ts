import type { CampaignId, PhoneE164, UtcMs, Zone } from '@domain/kernel';
import type { Db } from '../open';

/** Texts that wait, put together by what they wait for. */
export interface WaitingGroup {
  /** Null: texts to one person (confirmations, answers, service). */
  campaignId: CampaignId | null;
  /** The campaign's state; null without a campaign. */
  campaign: string | null;
  reason: string | null;
  /** May be tried now. */
  due: number;
  dueSegments: number;
  /** Put off, and until when at the soonest. */
  later: number;
  next: UtcMs | null;
}

/** In the place of a reason: to be handed to the carrier, which keeps it until its time. */
export const HAND_OVER = 'hand-over';
/** When a row may be tried: what is handed over need not wait for its own hour. */
const WHEN = 'max(CASE WHEN send_at IS NULL THEN not_before ELSE 0 END, coalesce(retry_at, 0))';

/** Everything in the queue that has not left, in one walk over the waiting rows. */
export function waitingGroups(db: Db, now: UtcMs): WaitingGroup[] {
  return db
    .prepare(
      `SELECT w.id AS campaignId, c.state AS campaign, w.reason, w.due, w.dueSegments, w.later, w.next FROM (
         SELECT CASE WHEN cause_kind = 'campaign' THEN CAST(cause_id AS INTEGER) END AS id,
           CASE WHEN send_at IS NULL THEN reason ELSE '${HAND_OVER}' END AS reason,
           sum(${WHEN} <= @now) AS due,
           sum(CASE WHEN ${WHEN} <= @now THEN segments ELSE 0 END) AS dueSegments,
           sum(${WHEN} > @now) AS later,
           min(CASE WHEN ${WHEN} > @now THEN ${WHEN} END) AS next
         FROM outbox WHERE state = 'waiting' GROUP BY 1, 2) w
       LEFT JOIN campaign c ON c.id = w.id`,
    )
    .all({ now }) as WaitingGroup[];
}

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
       WHERE o.cause_kind = 'campaign' AND o.cause_id = ? AND o.state = 'waiting' AND o.not_before <= ?
         AND (o.retry_at IS NULL OR o.retry_at <= ?) ORDER BY o.id LIMIT ?`,
    )
    .all(String(id), now, now, limit) as { phone: PhoneE164; postalCode: string | null; zone: Zone | null }[];
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
