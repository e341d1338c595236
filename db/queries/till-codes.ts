import type { Cents, CustomerId, ImportId, OfferId, SaleId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { REAL_SALE } from './attribution';

/** A sale on which the till wrote a discount code. */
export interface SaleWithCode {
  saleId: SaleId;
  customerId: CustomerId | null;
  occurredAt: UtcMs;
  timeKnown: boolean;
  gross: Cents;
  discount: Cents;
  net: Cents;
  receiptNo: string | null;
  /** Several come joined by commas. */
  codes: string;
}

const SALE = `s.id AS saleId, s.customer_id AS customerId, s.occurred_at AS occurredAt, s.time_known AS timeKnown, s.gross, s.discount, s.net,
  s.receipt_no AS receiptNo, s.discount_code AS codes`;
const WITH_CODE = `s.discount_code IS NOT NULL AND s.kind = 'sale' AND s.${REAL_SALE}`;
const PAGE = 200;

/** Sales with a code that an import brought or changed, a page at a time. */
export function* salesWithCodes(db: Db, importId: ImportId): Generator<SaleWithCode> {
  const pages = [
    `SELECT ${SALE} FROM sale s WHERE s.import_id = ? AND s.id > ? AND ${WITH_CODE} ORDER BY s.id LIMIT ${PAGE}`,
    `SELECT ${SALE} FROM (SELECT DISTINCT CAST(row_key AS INTEGER) AS id FROM import_change WHERE import_id = ? AND table_name = 'sale') c
     CROSS JOIN sale s ON s.id = c.id WHERE s.id > ? AND ${WITH_CODE} ORDER BY s.id LIMIT ${PAGE}`,
  ];
  for (const sql of pages) {
    for (let after = 0; ; ) {
      const page = db.prepare(sql).all(importId, after).map(saleOf);
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < PAGE) break;
      after = last.saleId;
    }
  }
}

/** All sales with a code, a page at a time. */
export function* allSalesWithCodes(db: Db): Generator<SaleWithCode> {
  const next = db.prepare(
    `SELECT ${SALE} FROM sale s INDEXED BY sale_with_code WHERE s.import_id = ? AND s.id > ? AND ${WITH_CODE} ORDER BY s.id LIMIT ${PAGE}`,
  );
  const imports = db.prepare("SELECT id FROM import WHERE state = 'done' ORDER BY id").pluck().all() as ImportId[];
  for (const id of imports) {
    for (let after = 0; ; ) {
      const page = next.all(id, after).map(saleOf);
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < PAGE) break;
      after = last.saleId;
    }
  }
}

const saleOf = (r: unknown): SaleWithCode => ({
  ...(r as SaleWithCode),
  timeKnown: Boolean((r as { timeKnown: number }).timeKnown),
});

/** One sale, if it still bears a code. */
export function saleWithCode(db: Db, id: SaleId): SaleWithCode | null {
  const row = db.prepare(`SELECT ${SALE} FROM sale s WHERE s.id = ? AND ${WITH_CODE}`).get(id);
  return row ? saleOf(row) : null;
}

/** Whether this receipt was counted as a use of the offer or code before; also a use the owner took back since. */
export const wasTaken = (db: Db, saleId: SaleId, of: { code: string } | { offerId: OfferId }): boolean =>
  db
    .prepare(`SELECT 1 FROM redemption WHERE sale_id = ? AND ${'code' in of ? 'code' : 'offer_id'} = ?`)
    .get(saleId, 'code' in of ? of.code : of.offerId) !== undefined;

export interface OpenUse {
  id: number;
  at: UtcMs;
  customerId: CustomerId | null;
  receiptNo: string | null;
}

/** Standing uses written down at the counter around a sale that no sale was found for yet. */
export const openUses = (db: Db, of: { code: string } | { offerId: OfferId }, from: UtcMs, to: UtcMs): OpenUse[] =>
  db
    .prepare(
      `SELECT id, at, customer_id AS customerId, receipt_no AS receiptNo FROM redemption
       WHERE ${'code' in of ? 'code' : 'offer_id'} = ? AND at BETWEEN ? AND ? AND sale_id IS NULL AND reversed_at IS NULL AND how <> 'till-file'`,
    )
    .all('code' in of ? of.code : of.offerId, from, to) as OpenUse[];

export const tieToSale = (trx: Trx, id: number, saleId: SaleId): void =>
  void trx.prepare('UPDATE redemption SET sale_id = ? WHERE id = ?').run(saleId, id);

export interface TillUse {
  id: number;
  code: string;
  saleId: SaleId;
  offerId: OfferId;
}

/** Uses that were read from the receipts an import brought or changed. */
export function tillUses(db: Db, importId: ImportId): TillUse[] {
  const USE = 'r.id, r.code, r.sale_id AS saleId, r.offer_id AS offerId';
  return db
    .prepare(
      `SELECT ${USE} FROM sale s CROSS JOIN redemption r ON r.sale_id = s.id
       WHERE s.import_id = @importId AND s.discount_code IS NOT NULL AND r.how = 'till-file'
       UNION SELECT ${USE} FROM import_change c CROSS JOIN redemption r ON r.sale_id = CAST(c.row_key AS INTEGER)
       WHERE c.import_id = @importId AND c.table_name = 'sale' AND r.how = 'till-file'`,
    )
    .all({ importId }) as TillUse[];
}

/** As if it had never been read. A row made for one use of a shared word goes with it; a personal code is as before. */
export function dropTillUse(trx: Trx, use: TillUse, shared: boolean): void {
  trx.prepare('DELETE FROM redemption WHERE id = ?').run(use.id);
  if (shared) {
    trx
      .prepare('DELETE FROM offer_code WHERE code = ? AND NOT EXISTS (SELECT 1 FROM redemption r WHERE r.code = offer_code.code)')
      .run(use.code);
    return;
  }
  trx
    .prepare(
      `UPDATE offer_code SET state = CASE WHEN EXISTS (SELECT 1 FROM redemption r WHERE r.code = @code AND r.reversed_at IS NOT NULL)
         THEN 'reversed' ELSE 'issued' END
       WHERE code = @code AND state = 'redeemed'`,
    )
    .run({ code: use.code });
}
