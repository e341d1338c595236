import type { CustomerId, SaleId } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import type { Db, Trx } from '../open';

/**
 * Whose credit is behind (migration 400). A code is looked at while it has no sale, a person or a sale of nobody known when anything
 * credit depends on has changed; rows go in the transaction that brings them up to date, so that a crash forgets none.
 */
export type CreditTodo = 'import' | 'code' | 'sale' | 'person';
export type CreditWalk = 'every-code' | 'every-credit' | 'everybody';

/** Somebody's purchases have changed. */
export function noteCredit(db: Db, id: CustomerId): void {
  db.prepare("INSERT OR IGNORE INTO credit_todo (what, id) VALUES ('person', ?)").run(id);
}

/** Everything is counted anew at the next turn: the rules of credit have changed, or nobody knows what did. */
export function noteAllCredit(db: Db): void {
  const add = db.prepare('INSERT OR REPLACE INTO credit_todo (what, id) VALUES (?, ?)');
  db.prepare("DELETE FROM credit_todo WHERE what IN ('every-code', 'every-credit', 'everybody')").run();
  for (const what of ['every-code', 'every-credit', 'everybody'] satisfies CreditWalk[]) add.run(what, -Number.MAX_SAFE_INTEGER);
}

/** Whether anything noted still waits to be credited anew. */
export const creditBehind = (db: Db): boolean => db.prepare('SELECT 1 FROM credit_todo LIMIT 1').get() !== undefined;

/** The next rows of a kind, lowest id first. */
export const creditTodo = <Id extends number>(db: Db, what: CreditTodo, limit: number): Id[] =>
  db.prepare('SELECT id FROM credit_todo WHERE what = ? ORDER BY id LIMIT ?').pluck().all(what, limit) as Id[];

/** What was noted of these has been done. */
export function creditDone(trx: Trx, what: CreditTodo, ids: readonly number[]): void {
  trx.prepare('DELETE FROM credit_todo WHERE what = ? AND id IN (SELECT value FROM json_each(?))').run(what, JSON.stringify(ids));
}

/** Where a walk over everything stands; null = none is under way. */
export const creditWalk = (db: Db, what: CreditWalk): number | null =>
  (db.prepare('SELECT id FROM credit_todo WHERE what = ?').pluck().get(what) as number | undefined) ?? null;

/** Moves a walk on; null ends it. */
export function moveWalk(trx: Trx, what: CreditWalk, to: number | null): void {
  trx.prepare('DELETE FROM credit_todo WHERE what = ?').run(what);
  if (to !== null) trx.prepare('INSERT INTO credit_todo (what, id) VALUES (?, ?)').run(what, to);
}

const WALKS: Record<CreditWalk, string> = {
  'every-code': 'SELECT id FROM redemption WHERE id > ? ORDER BY id LIMIT ?',
  'every-credit': 'SELECT sale_id FROM sale_credit WHERE sale_id > ? ORDER BY sale_id LIMIT ?',
  everybody: 'SELECT id FROM customer WHERE id > ? ORDER BY id LIMIT ?',
};

/** The next ids a walk comes to. */
export const walkOn = (db: Db, what: CreditWalk, after: number, limit: number): number[] =>
  db.prepare(WALKS[what]).pluck().all(after, limit) as number[];

/** Codes without a sale, or with one of another number than was typed, that sales of an import may fit. */
export function noteCodesOfImport(trx: Trx, importId: number): void {
  trx
    .prepare(
      `INSERT INTO credit_todo (what, id) SELECT 'code', r.id FROM import i JOIN redemption r
         ON (r.sale_id IS NULL OR r.receipt_no IS NOT NULL) AND r.reversed_at IS NULL AND r.at BETWEEN i.first_sale_at - @day AND i.last_sale_at + @day
       WHERE i.id = @importId AND i.first_sale_at IS NOT NULL AND i.last_sale_at IS NOT NULL ON CONFLICT DO NOTHING`,
    )
    .run({ importId, day: DAY });
}

/** Codes of some people that have no sale yet: one of their purchases may have become theirs. */
export const openCodesOf = (db: Db, people: readonly CustomerId[]): number[] =>
  db
    .prepare(
      'SELECT id FROM redemption WHERE customer_id IN (SELECT value FROM json_each(?)) AND sale_id IS NULL AND reversed_at IS NULL ORDER BY at, id',
    )
    .pluck()
    .all(JSON.stringify(people)) as number[];

/** Sales of nobody known among these that carry a credit or had a code typed. */
export const salesOfNobody = (db: Db, ids: readonly number[]): SaleId[] =>
  db
    .prepare('SELECT id FROM sale WHERE id IN (SELECT value FROM json_each(?)) AND customer_id IS NULL')
    .pluck()
    .all(JSON.stringify(ids)) as SaleId[];

/** Sales the codes among these are tied to. */
export const salesOfCodes = (db: Db, codes: readonly number[]): SaleId[] =>
  db
    .prepare('SELECT DISTINCT sale_id FROM redemption WHERE id IN (SELECT value FROM json_each(?)) AND sale_id IS NOT NULL')
    .pluck()
    .all(JSON.stringify(codes)) as SaleId[];

/** How many rows of the list wait, at most `most`; a walk over everything counts as everybody there is. */
export function creditsOwed(db: Db, most: number): number {
  const walks = db
    .prepare("SELECT count(*) FROM credit_todo WHERE what IN ('every-code', 'every-credit', 'everybody')")
    .pluck()
    .get() as number;
  const table = walks > 0 ? 'customer' : 'credit_todo';
  return db.prepare(`SELECT count(*) FROM (SELECT 1 FROM ${table} LIMIT ?)`).pluck().get(most) as number;
}
