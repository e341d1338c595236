import type { ShopDay } from '@domain/kernel';
import type { MatchCount } from '@domain/links/match-rate';
import type { Db } from '../open';
import { REAL_SALE } from './attribution';

/**
 * One shop day of sales by till, register and clerk: how many, how many the till named anybody for, how many are tied to a person the
 * shop knows (not a profile made up for a card). One day at a time, by its index: a year of a busy shop never holds up the counter.
 */
export const MATCH_DAY = `SELECT s.source, s.register, s.staff_name AS staff, count(*) AS sales,
    sum(s.source_customer_id IS NOT NULL OR s.customer_id IS NOT NULL) AS named,
    sum(s.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.id = s.customer_id AND c.weak = 1)) AS matched
  FROM sale s WHERE s.shop_day = ? AND s.kind = 'sale' AND s.${REAL_SALE} GROUP BY s.source, s.register, s.staff_name`;

export function matchesOfDay(db: Db, day: ShopDay): Omit<MatchCount, 'week'>[] {
  return db.prepare(MATCH_DAY).all(day) as Omit<MatchCount, 'week'>[];
}

/** The newest shop day with a sale; null in an empty shop. */
export function lastSaleDay(db: Db): ShopDay | null {
  return db.prepare('SELECT max(shop_day) FROM sale').pluck().get() as ShopDay | null;
}

/** What the tills are called, as their newest file said; sources are only keys. */
export function tillNames(db: Db): Map<string, string> {
  const rows = db
    .prepare(
      `SELECT source, json_extract(plan, '$.till') AS name FROM import WHERE id IN (SELECT max(id) FROM import WHERE source <> '' GROUP BY source)`,
    )
    .all() as { source: string; name: string | null }[];
  return new Map(rows.flatMap((r) => (r.name ? [[r.source, r.name] as const] : [])));
}
