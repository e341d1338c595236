import type { CampaignId, Cents, CustomerId, UtcMs } from '@domain/kernel';
import type { RfmCuts } from '@domain/segments/rfm';
import type { Db } from '../open';
import { DAYS_SINCE } from './segment-sql';

/** Records these code names stand for: whoever has the number now. */
export const peopleOfHmacs = (db: Db, hmacs: readonly string[]): CustomerId[] =>
  db
    .prepare(
      'SELECT DISTINCT c.id FROM json_each(?) h CROSS JOIN address_book a ON a.address_hmac = h.value CROSS JOIN customer c ON c.phone = a.address WHERE c.weak = 0',
    )
    .pluck()
    .all(JSON.stringify(hmacs)) as CustomerId[];

/** Months (year × 12 + month) in which these people came, each once. */
export const visitMonths = (db: Db, ids: readonly CustomerId[]): { id: CustomerId; month: number }[] =>
  db
    .prepare(
      `SELECT DISTINCT v.customer_id AS id, CAST(strftime('%Y', v.day * 86400, 'unixepoch') AS INTEGER) * 12
         + CAST(strftime('%m', v.day * 86400, 'unixepoch') AS INTEGER) - 1 AS month
       FROM visit_day v WHERE v.visit = 1 AND v.customer_id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids)) as { id: CustomerId; month: number }[];

/** Texted people of a campaign who got their text, and whether they asked to stop; in id order after `after`. */
export const reachedPeople = (db: Db, id: CampaignId, after: number, limit: number): { id: CustomerId; stopped: 0 | 1 }[] =>
  db
    .prepare(
      'SELECT customer_id AS id, stopped FROM campaign_outcome WHERE campaign_id = ? AND customer_id > ? AND reached = 1 ORDER BY customer_id LIMIT ?',
    )
    .all(id, after, limit) as { id: CustomerId; stopped: 0 | 1 }[];

/** How many people stand where on the map of recency and frequency (scores 1–5), and what they spent in 365 days. */
export function rfmMap(db: Db, cuts: RfmCuts, startOfToday: UtcMs): { r: number; f: number; people: number; spend: Cents }[] {
  const score = (value: string, op: '<=' | '>=', of: readonly number[]) =>
    `1 + ${of.map((c) => (Number.isFinite(c) ? `(${value} ${op} ${c})` : c > 0 === (op === '<=') ? '1' : '0')).join(' + ')}`;
  return db
    .prepare(
      `SELECT ${score('days', '<=', cuts.recency)} AS r, ${score('visits', '>=', cuts.frequency)} AS f, count(*) AS people, sum(spend) AS spend
       FROM (SELECT ${DAYS_SINCE} AS days, c.visits_365 AS visits, c.spend_365 AS spend FROM customer c INDEXED BY customer_year_spend
         WHERE c.visits_365 > 0 AND c.weak = 0 AND c.last_visit_at IS NOT NULL)
       GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .all(startOfToday) as { r: number; f: number; people: number; spend: Cents }[];
}

/** When the first yes to marketing texts was said; null = never. */
export const firstSignUpAt = (db: Db): UtcMs | null =>
  db
    .prepare(
      "SELECT min(occurred_at) FROM consent_event WHERE channel = 'sms' AND purpose = 'marketing' AND kind IN ('signed-up', 'agreed', 'attested')",
    )
    .pluck()
    .get() as UtcMs | null;

/** Texts of a campaign that left, and stops after them: what an opt-out figure rests on. */
export const stopsOf = (db: Db, id: CampaignId): number =>
  db.prepare('SELECT coalesce(sum(stopped * 1000003 + reached), 0) FROM outcome_total WHERE campaign_id = ?').pluck().get(id) as number;
