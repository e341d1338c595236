import { addDays, daysBetween, shopDay } from '@domain/calendar';
import type { CustomerId, ShopDay, UtcMs, Zone } from '@domain/kernel';
import type { Db } from '../open';
import { noteCredit } from './credit-todo';
import { noteLoyalty } from './points';
import { noteHistory } from './purchase-history';
import { COUNTED, SOLD, SPEND, VISIT } from './visit-sql';

interface Sums {
  spend: number | null;
  spend365: number | null;
  first: number | null;
  last: number | null;
}

/**
 * Brings the figures kept on people up to date with their sales: visits (distinct shop days with a completed sale,
 * exchanges left out), spend (goods with tax after refunds; no tips, shipping, gift cards), both again for the last 365 shop days, first
 * and last visit, the median gap between visit days and how many gaps there are, and the dearest article they bought last: a present
 * for somebody else says nothing about what they have. Call it after imports, undo and links;
 * with 'all' also once a day, because the 365 days move.
 */
export function refreshCustomerStats(db: Db, ids: readonly CustomerId[] | 'all', zone: Zone, now: UtcMs): void {
  const since = yearBack(now, zone);
  const list =
    ids === 'all'
      ? db
          .prepare('SELECT id FROM customer')
          .all()
          .map((r) => (r as { id: CustomerId }).id)
      : ids;
  db.tx((trx) => {
    for (const id of list) refreshOne(trx, id, since);
  });
}

/** The same for one person, inside the caller's transaction. `since` = first shop day of the last 365. */
export function refreshOne(db: Db, id: CustomerId, since: ShopDay): void {
  noteHistory(db, id);
  noteCredit(db, id);
  noteLoyalty(db, id);
  refreshYear(db, id, since);
}

/** Only because the calendar moved: the sales are the same. */
export function refreshYear(db: Db, id: CustomerId, since: ShopDay): void {
  const sums = db
    .prepare(
      `SELECT sum(CASE WHEN ${COUNTED} THEN ${SPEND} END) AS spend,
              sum(CASE WHEN ${COUNTED} AND s.shop_day >= ? THEN ${SPEND} END) AS spend365,
              min(CASE WHEN ${VISIT} THEN s.occurred_at END) AS first,
              max(CASE WHEN ${VISIT} THEN s.occurred_at END) AS last
       FROM sale s WHERE s.customer_id = ?`,
    )
    .get(since, id) as Sums;
  const days = db
    .prepare(`SELECT DISTINCT s.shop_day FROM sale s WHERE s.customer_id = ? AND ${VISIT} ORDER BY s.shop_day`)
    .pluck()
    .all(id) as ShopDay[];
  const gaps = days.slice(1).map((d, i) => daysBetween(days[i] as ShopDay, d));
  const item =
    (db
      .prepare(
        `SELECT l.name FROM sale s JOIN sale_line l ON l.sale_id = s.id
         WHERE s.customer_id = @id AND ${SOLD} AND s.is_gift = 0 AND l.name <> '' AND s.occurred_at =
           (SELECT max(s.occurred_at) FROM sale s WHERE s.customer_id = @id AND ${SOLD} AND s.is_gift = 0)
         ORDER BY l.net DESC, l.line_no, s.id LIMIT 1`,
      )
      .pluck()
      .get({ id }) as string | undefined) ?? null;
  db.prepare(
    `UPDATE customer SET visits = ?, spend = ?, first_visit_at = ?, last_visit_at = ?, visits_365 = ?, spend_365 = ?,
       median_gap_days = ?, gap_count = ?, last_item = ? WHERE id = ?`,
  ).run(
    days.length,
    sums.spend ?? 0,
    sums.first,
    sums.last,
    days.filter((d) => d >= since).length,
    sums.spend365 ?? 0,
    median(gaps),
    gaps.length,
    item,
    id,
  );
}

function median(xs: readonly number[]): number | null {
  if (!xs.length) return null;
  const sorted = [...xs].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** First shop day that counts into the last 365. */
export const yearBack = (now: UtcMs, zone: Zone): ShopDay => addDays(shopDay(now, zone), -365);
