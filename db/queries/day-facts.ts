import type { Cents, ShopDay, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { REAL_SALE } from './attribution';

/** Refunds nobody can be told for: no known person, and no sale under their number. The same words: @domain/imports/loose-refund.ts. */
const LOOSE = `(kind = 'refund' AND customer_id IS NULL AND (source_sale_id NOT LIKE '%~refund:____-__-__' OR NOT EXISTS (SELECT 1 FROM sale o
  WHERE o.source = sale.source AND o.source_sale_id = substr(sale.source_sale_id, 1, length(sale.source_sale_id) - length('~refund:2026-02-05')))))`;
/** Takings of a row: before tax, with its returns taken off, rounded as the credited ones are (domain/attribution/credit.ts). */
const KEPT = `CASE WHEN kind = 'sale' AND refunded > 0 AND net + tax > 0
  THEN CAST(round(net * 1.0 * (net + tax - min(refunded, net + tax)) / (net + tax)) AS INTEGER) ELSE net END`;
const QUARTER = 900_000;

/** What a shop day sold, by quarters of an hour as the clock of the world has them; `at` null = the till tells only the day. */
const SALES = `SELECT CASE time_known WHEN 1 THEN occurred_at / ${QUARTER} * ${QUARTER} END AS at, sum(kind = 'sale') AS sales,
    sum(kind = 'sale' AND customer_id IS NOT NULL) AS known, sum(${KEPT}) AS net, sum(CASE kind WHEN 'sale' THEN discount ELSE 0 END) AS discounts,
    sum(${LOOSE}) AS looseRefunds, sum(CASE WHEN ${LOOSE} THEN net ELSE 0 END) AS looseNet
  FROM sale WHERE shop_day = ? AND ${REAL_SALE} GROUP BY 1`;

interface Quarter {
  at: UtcMs | null;
  sales: number;
  known: number;
  net: number;
  discounts: number;
  looseRefunds: number;
  looseNet: number;
}

/** Writes one shop day anew. `hourOf` = the hour on the shop's clock. */
export function rewriteDay(trx: Trx, day: ShopDay, hourOf: (at: UtcMs) => number): void {
  const hours = new Map<number, Omit<Quarter, 'at'>>();
  for (const { at, ...q } of trx.prepare(SALES).all(day) as Quarter[]) {
    const hour = at === null ? -1 : hourOf(at);
    const h = hours.get(hour) ?? { sales: 0, known: 0, net: 0, discounts: 0, looseRefunds: 0, looseNet: 0 };
    hours.set(hour, h);
    for (const k of Object.keys(h) as (keyof typeof h)[]) h[k] += q[k];
  }
  trx.prepare('DELETE FROM day_fact WHERE day = ?').run(day);
  const add = trx.prepare(
    'INSERT INTO day_fact (day, hour, sales, known, net, discounts, loose_refunds, loose_net) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  for (const [hour, h] of hours) add.run(day, hour, h.sales, h.known, h.net, h.discounts, h.looseRefunds, h.looseNet);
  trx.prepare('DELETE FROM day_todo WHERE day = ?').run(day);
}

/** All days are written anew: their hours were counted by another clock. */
export const noteAllDays = (trx: Trx): void =>
  void trx.prepare('INSERT OR IGNORE INTO day_todo (day) SELECT DISTINCT day FROM day_fact').run();

/** Days whose sales changed since they were written, newest first. */
export const daysBehind = (db: Db, span: { first: ShopDay; last: ShopDay } | null, limit: number): ShopDay[] =>
  (span === null
    ? db.prepare('SELECT day FROM day_todo ORDER BY day DESC LIMIT ?').pluck().all(limit)
    : db
        .prepare('SELECT day FROM day_todo WHERE day BETWEEN ? AND ? ORDER BY day DESC LIMIT ?')
        .pluck()
        .all(span.first, span.last, limit)) as ShopDay[];

export interface DaySums {
  sales: number;
  known: number;
  net: Cents;
  discounts: Cents;
  looseRefunds: number;
  looseNet: Cents;
}

const SUMS = `coalesce(sum(sales), 0) AS sales, coalesce(sum(known), 0) AS known, coalesce(sum(net), 0) AS net, coalesce(sum(discounts), 0) AS discounts,
  coalesce(sum(loose_refunds), 0) AS looseRefunds, coalesce(sum(loose_net), 0) AS looseNet FROM day_fact WHERE day BETWEEN @first AND @last`;

/** Sales of some shop days together, both included. */
export const daySums = (db: Db, span: { first: ShopDay; last: ShopDay }): DaySums => db.prepare(`SELECT ${SUMS}`).get(span) as DaySums;

/** The same hour by hour: -1 = the till tells only the day. */
export const sumsByHour = (db: Db, span: { first: ShopDay; last: ShopDay }): (DaySums & { day: ShopDay; hour: number })[] =>
  db
    .prepare(
      `SELECT day, hour, sales, known, net, discounts, loose_refunds AS looseRefunds, loose_net AS looseNet FROM day_fact
       WHERE day BETWEEN @first AND @last ORDER BY day, hour`,
    )
    .all(span) as (DaySums & { day: ShopDay; hour: number })[];
