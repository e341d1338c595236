import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { REAL_SALE } from './attribution';
import { mergedTies, wasAnothers } from './merged-ties';

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

const PEOPLE = `SELECT p.customer_id AS id, min(p.drawn_at) AS at, max(p.till_fixed) AS fixed,
    max(p.arm = 'text') AS texted, max(p.arm = 'control') AS held
  FROM rolling_campaign q JOIN campaign_person p ON p.campaign_id = q.campaign_id
  WHERE q.quarter = @quarter AND p.arm IN ('text', 'control') AND p.customer_id > @after GROUP BY p.customer_id ORDER BY p.customer_id LIMIT @limit`;
// only sales by a till identity that stood before the draw (rules.md §7, no linking bias)
const BOUGHT = `SELECT DISTINCT s.customer_id AS id, s.source, s.source_customer_id AS sourceCustomerId FROM json_each(@people) j
  JOIN sale s ON s.customer_id = json_extract(j.value, '$[0]') AND s.occurred_at BETWEEN json_extract(j.value, '$[1]') AND @until
  LEFT JOIN customer_identity i ON i.source = s.source AND i.source_customer_id = s.source_customer_id AND i.customer_id = s.customer_id
  WHERE s.kind = 'sale' AND s.net > 0 AND s.net + s.tax > s.refunded AND s.${REAL_SALE} AND (i.linked_at <= json_extract(j.value, '$[1]') OR s.customer_id < 0)`;

/**
 * People of a quarter's campaigns in id order after `after`: the side they were drawn for (null: two records of both sides are one now, the
 * comparison can use neither), and whether they bought by then.
 */
export function quarterPeople(
  db: Db,
  quarter: string,
  after: number,
  limit: number,
  until: UtcMs,
): { id: CustomerId; side: 'texted' | 'held' | null; fixed: boolean; bought: boolean }[] {
  const rows = db.prepare(PEOPLE).all({ quarter, after, limit }) as {
    id: CustomerId;
    at: UtcMs;
    fixed: number;
    texted: number;
    held: number;
  }[];
  const people = JSON.stringify(rows.filter((r) => r.fixed === 1).map((r) => [r.id, r.at]));
  const campaigns = db.prepare('SELECT campaign_id FROM rolling_campaign WHERE quarter = ?').pluck().all(quarter) as CampaignId[];
  const ties = mergedTies(db, JSON.stringify(rows.map((r) => r.id)), campaigns);
  const since = new Map(rows.map((r) => [r.id, r.at]));
  const bought = new Set<CustomerId>();
  for (const s of db.prepare(BOUGHT).all({ people, until }) as { id: CustomerId; source: string; sourceCustomerId: string | null }[])
    if (!wasAnothers(ties.get(s.id), s, since.get(s.id) as UtcMs)) bought.add(s.id);
  return rows.map((r) => ({
    id: r.id,
    side: r.texted === r.held ? null : r.held === 1 ? 'held' : 'texted',
    fixed: r.fixed === 1,
    bought: bought.has(r.id),
  }));
}
