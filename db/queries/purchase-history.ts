import type { CustomerId } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { COUNTED, SOLD, SPEND } from './visit-sql';

/**
 * What each person bought and on which days, kept small for groups (migration 320): `bought` holds the last time of each item and
 * category, `visit_day` each shop day with its spend. Whoever changes somebody's sales notes them (`refreshOne` of customer-stats.ts
 * does); until their rows are written anew the rules read the sales themselves (segment-sql.ts), so that no answer is ever behind.
 */
export function noteHistory(db: Db, id: CustomerId): void {
  db.prepare('INSERT OR IGNORE INTO history_todo (customer_id) VALUES (?)').run(id);
}

/** People whose rows are behind, lowest id first. */
export const historyBehind = (db: Db, limit: number): CustomerId[] =>
  db.prepare('SELECT customer_id FROM history_todo ORDER BY 1 LIMIT ?').pluck().all(limit) as CustomerId[];

/** Whole days since 1970-01-01 of a shop day. */
const DAY_NUMBER = 'CAST(julianday(s.shop_day) - 2440587.5 AS INTEGER)';
const ONE = 's.customer_id = ?';
const ALL = 's.customer_id IS NOT NULL';
/** Everybody's in the order they lie in the file: by person every sale would be a page of its own. */
const order = (whose: string) => (whose === ALL ? 'NOT INDEXED' : '');
const BOUGHT = `s.is_gift = 0 AND ${SOLD}`;
const VISIT_DAYS = `SELECT s.customer_id, ${DAY_NUMBER}, max(${SOLD}) AND NOT max(s.kind = 'refund' AND ${COUNTED}),
    sum(CASE WHEN ${COUNTED} THEN ${SPEND} ELSE 0 END)
  FROM sale s`;
const lastTimes = (what: 'item' | 'category', whose: string) => {
  const column = what === 'item' ? 'name' : 'category';
  return `SELECT a.id, s.customer_id, max(s.occurred_at) FROM sale s ${order(whose)} CROSS JOIN sale_line l ON l.sale_id = s.id
    CROSS JOIN article a ON a.what = '${what}' AND a.name = l.${column}
    WHERE ${whose} AND ${BOUGHT} AND l.${column} <> '' GROUP BY s.customer_id, a.id`;
};
const newNames = (what: 'item' | 'category', whose: string) => {
  const column = what === 'item' ? 'name' : 'category';
  return `INSERT OR IGNORE INTO article (what, name) SELECT DISTINCT '${what}', l.${column} FROM sale s ${order(whose)} CROSS JOIN sale_line l
    ON l.sale_id = s.id
    WHERE ${whose} AND ${BOUGHT} AND l.${column} <> ''`;
};
const KINDS = ['item', 'category'] as const;

/** Writes one person's rows anew. */
export function rewriteHistory(trx: Trx, id: CustomerId): void {
  trx.prepare('DELETE FROM bought WHERE customer_id = ?').run(id);
  trx.prepare('DELETE FROM visit_day WHERE customer_id = ?').run(id);
  trx.prepare(`INSERT INTO visit_day ${VISIT_DAYS} WHERE ${ONE} GROUP BY s.customer_id, s.shop_day`).run(id);
  for (const what of KINDS) {
    trx.prepare(newNames(what, ONE)).run(id);
    trx.prepare(`INSERT INTO bought ${lastTimes(what, ONE)}`).run(id);
  }
  trx.prepare('DELETE FROM history_todo WHERE customer_id = ?').run(id);
}

/** Everybody's rows anew, in one go: for sample shops and tests. */
export function rewriteAllHistory(db: Db): void {
  db.tx((trx) => {
    for (const t of ['bought', 'visit_day', 'article', 'history_todo']) trx.prepare(`DELETE FROM ${t}`).run();
    trx.prepare(`INSERT INTO visit_day ${VISIT_DAYS} WHERE ${ALL} GROUP BY s.customer_id, s.shop_day`).run();
    for (const what of KINDS) {
      trx.prepare(newNames(what, ALL)).run();
      trx.prepare(`INSERT INTO bought ${lastTimes(what, ALL)}`).run();
    }
  });
}
