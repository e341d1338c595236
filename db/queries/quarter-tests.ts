import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { REAL_SALE } from './attribution';

/** This campaign's comparison group was the quarter's. */
export const markRolling = (trx: Trx, id: CampaignId, quarter: string): void =>
  void trx.prepare('INSERT OR REPLACE INTO rolling_campaign (campaign_id, quarter) VALUES (?, ?)').run(id, quarter);

/** Campaigns without a split of their own: they are judged by quarter, not pooled one by one. */
export const rollingCampaigns = (db: Db): Set<CampaignId> =>
  new Set(db.prepare('SELECT campaign_id FROM rolling_campaign').pluck().all() as CampaignId[]);

/** Quarters with campaigns of that kind, the latest first. */
export const rollingQuarters = (db: Db): { quarter: string; campaigns: number }[] =>
  db.prepare('SELECT quarter, count(*) AS campaigns FROM rolling_campaign GROUP BY quarter ORDER BY quarter DESC LIMIT 8').all() as {
    quarter: string;
    campaigns: number;
  }[];

const PEOPLE = `SELECT p.customer_id AS id, min(p.drawn_at) AS at, max(p.till_fixed) AS fixed
  FROM rolling_campaign q JOIN campaign_person p ON p.campaign_id = q.campaign_id
  WHERE q.quarter = @quarter AND p.arm IN ('text', 'control') AND p.customer_id > @after GROUP BY p.customer_id ORDER BY p.customer_id LIMIT @limit`;
// only sales by a till identity that stood before the draw (rules.md §7, no linking bias)
const BOUGHT = `SELECT s.customer_id FROM json_each(@people) j
  JOIN sale s ON s.customer_id = json_extract(j.value, '$[0]') AND s.occurred_at BETWEEN json_extract(j.value, '$[1]') AND @until
  JOIN customer_identity i ON i.source = s.source AND i.source_customer_id = s.source_customer_id AND i.customer_id = s.customer_id
    AND i.linked_at <= json_extract(j.value, '$[1]')
  WHERE s.kind = 'sale' AND s.net > s.refunded AND s.${REAL_SALE} GROUP BY s.customer_id`;

/** People of a quarter's campaigns in id order after `after`: since when they count, and whether they bought by then. */
export function quarterPeople(
  db: Db,
  quarter: string,
  after: number,
  limit: number,
  until: UtcMs,
): { id: CustomerId; fixed: boolean; bought: boolean }[] {
  const rows = db.prepare(PEOPLE).all({ quarter, after, limit }) as { id: CustomerId; at: UtcMs; fixed: number }[];
  const people = JSON.stringify(rows.filter((r) => r.fixed === 1).map((r) => [r.id, r.at]));
  const bought = new Set(db.prepare(BOUGHT).pluck().all({ people, until }) as CustomerId[]);
  return rows.map((r) => ({ id: r.id, fixed: r.fixed === 1, bought: bought.has(r.id) }));
}
