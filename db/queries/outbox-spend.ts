import type { CampaignId, Micros, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

/** It left, may have left, or is sure to leave (migration 0260 has an index with all these columns: the table is not read). */
const GONE = "state IN ('sending', 'scheduled', 'accepted', 'queued', 'sent', 'delivered', 'undelivered', 'uncertain')";

/** The words of the index. Being sent for the first time: not left yet, but counted; at most eight. */
export const SPENT_SQL = `SELECT coalesce(sum(
    CASE WHEN price IS NOT NULL AND coalesce(price_currency, @currency) = @currency THEN price ELSE coalesce(quoted_price, segments * @each) END), 0)
  FROM outbox INDEXED BY outbox_left WHERE left_at IS NOT NULL AND left_at >= @since AND ${GONE}`;
const SPENDING_SQL = `SELECT coalesce(sum(coalesce(quoted_price, segments * @each)), 0) FROM outbox
  WHERE state = 'sending' AND left_at IS NULL AND updated_at >= @since`;
/** Handed to the carrier to be sent later: promised money of the day it is to leave. */
const PROMISED_SQL = `SELECT coalesce(sum(coalesce(quoted_price, segments * @each)), 0) FROM outbox
  WHERE state = 'scheduled' AND left_at IS NULL AND send_at >= @since AND send_at < @until`;
/** Whether the carrier holds it nobody knows yet: promised as well, until it is found or proven not to have left. */
const MAYBE_SQL = `SELECT coalesce(sum(coalesce(quoted_price, segments * @each)), 0) FROM outbox INDEXED BY outbox_maybe
  WHERE state = 'uncertain' AND left_at IS NULL AND reason IS NOT 'restored' AND send_at >= @since AND send_at < @until`;

/**
 * Micros of `currency` spent since an instant, or promised for before `until`: the carrier's price where it is known in that currency,
 * else what was quoted, else the expected price per segment. Integers are summed; whoever shows the sum rounds it once. Refused and failed
 * texts cost nothing.
 */
export function spentSince(db: Db, since: UtcMs, until: UtcMs, each: Micros, currency: string): Micros {
  const gone = db.prepare(SPENT_SQL).pluck().get({ since, each, currency }) as number;
  const sending = db.prepare(SPENDING_SQL).pluck().get({ since, each }) as number;
  const promised = db.prepare(PROMISED_SQL).pluck().get({ since, until, each }) as number;
  const maybe = db.prepare(MAYBE_SQL).pluck().get({ since, until, each }) as number;
  return (gone + sending + promised + maybe) as Micros;
}

export const SEGMENTS_SQL = `SELECT coalesce(sum(segments), 0) FROM outbox INDEXED BY outbox_left
  WHERE left_at IS NOT NULL AND left_at >= ? AND ${GONE}`;

/** Segments that left, or may have left, since an instant: what carriers count against a day's limit. */
export function segmentsLeftSince(db: Db, since: UtcMs): number {
  const gone = db.prepare(SEGMENTS_SQL).pluck().get(since) as number;
  const now = db
    .prepare("SELECT coalesce(sum(segments), 0) FROM outbox WHERE state = 'sending' AND left_at IS NULL AND updated_at >= ?")
    .pluck()
    .get(since) as number;
  return gone + now;
}

/** Most texts of a campaign that may leave in one shop day, frozen when it was started; null = it is not spread over days. */
export const dailyShareOf = (db: Db, id: CampaignId): number | null =>
  (db.prepare('SELECT daily_share FROM campaign WHERE id = ?').pluck().get(id) as number | null | undefined) ?? null;

/** How many texts of a campaign left since an instant, those under way included: a day's texts are looked through, not the campaign's. */
export function campaignLeftSince(db: Db, id: CampaignId, since: UtcMs): number {
  return db
    .prepare(
      `SELECT (SELECT count(*) FROM outbox INDEXED BY outbox_left WHERE left_at IS NOT NULL AND left_at >= @since AND cause_kind = 'campaign' AND cause_id = @id)
         + (SELECT count(*) FROM outbox WHERE state = 'sending' AND cause_kind = 'campaign' AND cause_id = @id AND left_at IS NULL)`,
    )
    .pluck()
    .get({ since, id: String(id) }) as number;
}

/** When the last of a campaign's waiting texts may leave at the earliest, not reckoning what put it off; null = nothing waits. */
export const lastPlanned = (db: Db, id: CampaignId): UtcMs | null =>
  db
    .prepare("SELECT max(not_before) FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ? AND state = 'waiting' AND send_at IS NULL")
    .pluck()
    .get(String(id)) as UtcMs | null;

const HELD_SQL = `SELECT coalesce(sum(segments), 0) FROM outbox INDEXED BY outbox_scheduled
  WHERE state = 'scheduled' AND send_at >= @from AND send_at < @until`;
const MAYBE_HELD_SQL = `SELECT coalesce(sum(segments), 0) FROM outbox INDEXED BY outbox_maybe
  WHERE state = 'uncertain' AND left_at IS NULL
    AND reason IS NOT 'restored' AND send_at >= @from AND send_at < @until`;
const BEING_HANDED_SQL = "SELECT coalesce(sum(segments), 0) FROM outbox WHERE state = 'sending' AND send_at >= @from AND send_at < @until";

/** Segments the carrier holds, or may hold, to be sent in a span: they count against the limit of that day. */
export function segmentsHeld(db: Db, from: UtcMs, until: UtcMs): number {
  return [HELD_SQL, MAYBE_HELD_SQL, BEING_HANDED_SQL].reduce((n, sql) => n + (db.prepare(sql).pluck().get({ from, until }) as number), 0);
}
