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
/** Handed to the carrier to be sent later: no day yet, but promised money. */
const PROMISED_SQL = `SELECT coalesce(sum(coalesce(quoted_price, segments * @each)), 0) FROM outbox
  WHERE state = 'scheduled' AND left_at IS NULL AND send_at >= @since`;

/**
 * Micros of `currency` spent or committed since an instant: the carrier's price where it is known in that currency, else what was quoted,
 * else the expected price per segment. Integers are summed; whoever shows the sum rounds it once. Refused and failed texts cost nothing.
 */
export function spentSince(db: Db, since: UtcMs, each: Micros, currency: string): Micros {
  const gone = db.prepare(SPENT_SQL).pluck().get({ since, each, currency }) as number;
  const rest = [SPENDING_SQL, PROMISED_SQL].map((sql) => db.prepare(sql).pluck().get({ since, each }) as number);
  return rest.reduce((a, b) => a + b, gone) as Micros;
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
