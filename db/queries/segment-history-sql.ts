import { DAY } from '@domain/kernel';
import type { ShopFacts } from '@domain/segments/evaluate';
import { type Condition, cutoff, cutoffDay } from '@domain/segments/rule';
import type { Db } from '../open';
import { COUNTED, SOLD, SPEND, VISIT } from './visit-sql';

/**
 * Visits, spend and articles over windows of time, in the words of SQL. The small tables of purchase-history.ts answer; people they are
 * behind for are asked of the sales themselves, and while that is many (the first minutes after a large import) everybody is.
 */
export type Behind = 'nobody' | 'some' | 'many';
const MANY = 500;

/** Whether the small tables may be asked. */
export function historyState(db: Db): Behind {
  const n = db
    .prepare(`SELECT count(*) FROM (SELECT 1 FROM history_todo LIMIT ${MANY + 1})`)
    .pluck()
    .get() as number;
  return n === 0 ? 'nobody' : n > MANY ? 'many' : 'some';
}

type Add = (...params: (string | number)[]) => void;
type Of<K extends Condition['is']> = Extract<Condition, { is: K }>;
type Windowed<K extends 'visits' | 'spend'> = Of<K> & { days: number };

const dayNumber = (shop: ShopFacts, days: number) => Date.parse(cutoffDay(shop.now, shop.zone, days)) / DAY;

/** People by a question to the small tables, to the sales, or to both; `add` is told the parameters in their order. */
function people(behind: Behind, small: (only: string) => string, sales: (from: string) => string): string {
  if (behind === 'nobody') return small('');
  if (behind === 'many') return sales('sale s');
  const notBehind = (column: string) => ` AND ${column} NOT IN (SELECT customer_id FROM history_todo)`;
  return `${small(notBehind('h.customer_id'))} UNION ALL ${sales('history_todo t CROSS JOIN sale s ON s.customer_id = t.customer_id')}`;
}

export function visitsSql(c: Windowed<'visits'>, shop: ShopFacts, behind: Behind, add: Add): string {
  // Nobody without a visit in the window is in a row: "at least 0" and "at most n" are asked the other way round.
  const least = c.op === 'at-least' ? c.count : c.count + 1;
  if (least <= 0) return c.op === 'at-least' ? '1' : '0';
  const set = people(
    behind,
    (only) => {
      add(dayNumber(shop, c.days), least);
      return `SELECT h.customer_id FROM visit_day h WHERE h.day >= ? AND h.visit = 1${only} GROUP BY h.customer_id HAVING count(*) >= ?`;
    },
    (from) => {
      add(cutoffDay(shop.now, shop.zone, c.days), least);
      return `SELECT s.customer_id FROM ${from} WHERE s.customer_id IS NOT NULL AND s.shop_day >= ? AND ${VISIT}
        GROUP BY s.customer_id HAVING count(DISTINCT s.shop_day) >= ?`;
    },
  );
  return `(c.id ${c.op === 'at-least' ? '' : 'NOT '}IN (${set}))`;
}

export function spendSql(c: Windowed<'spend'>, shop: ShopFacts, behind: Behind, add: Add): string {
  // Somebody without sales in the window spent 0 and is in no row: ask for the rows that would break the rule.
  const zeroHolds = c.op === 'at-least' ? c.amount <= 0 : c.amount >= 0;
  const comparison = c.op === 'at-least' ? (zeroHolds ? '<' : '>=') : zeroHolds ? '>' : '<=';
  const set = people(
    behind,
    (only) => {
      add(dayNumber(shop, c.days), c.amount);
      return `SELECT h.customer_id FROM visit_day h WHERE h.day >= ?${only} GROUP BY h.customer_id HAVING sum(h.spend) ${comparison} ?`;
    },
    (from) => {
      add(cutoffDay(shop.now, shop.zone, c.days), c.amount);
      return `SELECT s.customer_id FROM ${from} WHERE s.customer_id IS NOT NULL AND s.shop_day >= ? AND ${COUNTED}
        GROUP BY s.customer_id HAVING sum(${SPEND}) ${comparison} ?`;
    },
  );
  return `(c.id ${zeroHolds ? 'NOT ' : ''}IN (${set}))`;
}

export function boughtSql(c: Of<'bought'>, shop: ShopFacts, behind: Behind, add: Add): string {
  const column = c.what === 'item' ? 'name' : 'category';
  const since = () => {
    if (c.days === null) return false;
    add(cutoff(shop.now, shop.zone, c.days));
    return true;
  };
  const set = people(
    behind,
    (only) => {
      add(c.name);
      const within = since() ? ' AND h.last_at >= ?' : '';
      return `SELECT h.customer_id FROM bought h WHERE h.article_id = (SELECT id FROM article WHERE what = '${c.what}' AND name = ?)${within}${only}`;
    },
    (from) => {
      add(c.name);
      const within = since() ? ' AND s.occurred_at >= ?' : '';
      // From the lines where everybody is asked, from the people where only some are.
      const tables =
        behind === 'many' ? 'sale_line l CROSS JOIN sale s ON s.id = l.sale_id' : `${from} CROSS JOIN sale_line l ON l.sale_id = s.id`;
      return `SELECT s.customer_id FROM ${tables} WHERE l.${column} = ? COLLATE NOCASE${within} AND s.customer_id IS NOT NULL
        AND s.is_gift = 0 AND ${SOLD}`;
    },
  );
  return `(c.id ${c.did ? '' : 'NOT '}IN (${set}))`;
}
