import type { Cents, CustomerId, OfferId, SaleId, ShopDay, StaffId, UtcMs } from '@domain/kernel';
import { nameKey, type OfferName, type Said } from '@domain/reports/till-names';
import type { Db, Trx } from '../open';
import { REAL_SALE } from './attribution';

/** What the partial index of migration 0420 holds. */
const NAMED = '(discount_code IS NOT NULL OR discount_label IS NOT NULL)';

export interface NamedSale {
  saleId: SaleId;
  at: UtcMs;
  day: ShopDay;
  timeKnown: number;
  receiptNo: string | null;
  register: string | null;
  clerk: string | null;
  customerId: CustomerId | null;
  code: string | null;
  label: string | null;
  gross: Cents;
  net: Cents;
  tax: Cents;
  discount: Cents;
  refunded: Cents;
  status: string;
}

/** Sales of these shop days (both included) whose till file names a discount. */
export const namedSales = (db: Db, from: ShopDay, to: ShopDay): NamedSale[] =>
  db
    .prepare(
      `SELECT id AS saleId, occurred_at AS at, shop_day AS day, time_known AS timeKnown, receipt_no AS receiptNo, register, staff_name AS clerk,
         customer_id AS customerId, discount_code AS code, discount_label AS label, gross, net, tax, discount, refunded, status
       FROM sale WHERE shop_day BETWEEN ? AND ? AND ${NAMED} AND kind = 'sale' AND ${REAL_SALE} ORDER BY occurred_at, id`,
    )
    .all(from, to) as NamedSale[];

export interface RefundRow {
  at: UtcMs;
  day: ShopDay;
  customerId: CustomerId | null;
  net: Cents;
  discount: Cents;
}

/** Refunds that stand in rows of their own. */
export const refundsBetween = (db: Db, from: ShopDay, to: ShopDay): RefundRow[] =>
  db
    .prepare(
      `SELECT occurred_at AS at, shop_day AS day, customer_id AS customerId, net, discount FROM sale
       WHERE shop_day BETWEEN ? AND ? AND kind = 'refund' AND ${REAL_SALE}`,
    )
    .all(from, to) as RefundRow[];

export interface UseRow {
  redemptionId: number;
  code: string;
  offerId: OfferId;
  customerId: CustomerId | null;
  at: UtcMs;
  staffName: string | null;
  receiptNo: string | null;
  amount: Cents | null;
  saleId: SaleId | null;
  tiedCode: string | null;
  tiedLabel: string | null;
  tiedDiscount: Cents | null;
  /** 1: no one recorded it, the till's own discount code column did (db/queries/till-codes.ts). */
  byFile: number;
}

/** Standing uses between two instants, those read from the till's code column too; points change no receipt. */
export const usesBetween = (db: Db, from: UtcMs, to: UtcMs): UseRow[] =>
  db
    .prepare(
      `SELECT r.id AS redemptionId, r.code, r.offer_id AS offerId, r.customer_id AS customerId, r.at, m.name AS staffName, r.receipt_no AS receiptNo,
         r.amount, s.id AS saleId, s.discount_code AS tiedCode, s.discount_label AS tiedLabel, s.discount AS tiedDiscount, r.how = 'till-file' AS byFile
       FROM redemption r JOIN offer o ON o.id = r.offer_id LEFT JOIN staff m ON m.id = r.staff_id LEFT JOIN sale s ON s.id = r.sale_id
       WHERE r.at >= ? AND r.at < ? AND r.reversed_at IS NULL AND o.kind <> 'points' ORDER BY r.at, r.id`,
    )
    .all(from, to) as UseRow[];

export interface NameCells {
  code: string | null;
  label: string | null;
  receipts: number;
  discount: Cents;
  withCode: number;
  firstDay: ShopDay;
  lastDay: ShopDay;
}

/** What stands in the discount columns since a day, how often, and how often a code was recorded for the same receipt. */
export const nameCells = (db: Db, from: ShopDay): NameCells[] =>
  db
    .prepare(
      `SELECT discount_code AS code, discount_label AS label, count(*) AS receipts, sum(discount) AS discount, min(shop_day) AS firstDay,
         max(shop_day) AS lastDay, sum(id IN (SELECT sale_id FROM redemption WHERE sale_id IS NOT NULL AND reversed_at IS NULL AND how <> 'till-file')) AS withCode
       FROM sale WHERE shop_day >= ? AND ${NAMED} AND kind = 'sale' AND ${REAL_SALE} GROUP BY 1, 2`,
    )
    .all(from) as NameCells[];

export interface TillTells {
  /** There is a till file at all. */
  any: boolean;
  /** With an amount taken off but no name for it. */
  unnamed: number;
  unnamedDiscount: Cents;
}

/** What the till file tells of discounts besides names, over these days. */
export function tillTells(db: Db, from: ShopDay, to: ShopDay): TillTells {
  const row = db
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM sale WHERE shop_day BETWEEN @from AND @to) AS "any", count(*) AS unnamed, coalesce(sum(discount), 0) AS unnamedDiscount
       FROM sale WHERE shop_day BETWEEN @from AND @to AND discount > 0 AND discount_code IS NULL AND discount_label IS NULL AND kind = 'sale' AND ${REAL_SALE}`,
    )
    .get({ from, to }) as Omit<TillTells, 'any'> & { any: number };
  return { ...row, any: row.any === 1 };
}

/** Changes with what the owner said of names, and with the offers they may stand for. */
export const namesStamp = (db: Db): string =>
  db
    .prepare(
      `SELECT (SELECT count(*) || ':' || coalesce(max(updated_at), 0) || ':' || coalesce(sum(meaning = 'text'), 0) FROM till_discount) || '/' ||
         (SELECT group_concat(id || name || till_key || coalesce(shared_code, '') || coalesce(percent, '') || coalesce(amount, '') || kind, '|') FROM offer)`,
    )
    .pluck()
    .get() as string;

/** The offers as names at the till. */
export const offerNames = (db: Db): OfferName[] =>
  db.prepare('SELECT id, name, till_key AS tillKey, shared_code AS sharedCode FROM offer ORDER BY id DESC').all() as OfferName[];

/** Which of these plain codes were given out, and for what. */
export function offersOfCodes(db: Db, codes: readonly string[]): Map<string, OfferId> {
  const rows = db
    .prepare('SELECT code, offer_id AS offerId FROM offer_code WHERE code IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify(codes)) as { code: string; offerId: OfferId }[];
  return new Map(rows.map((r) => [r.code, r.offerId]));
}

/** What the owner said, by `nameKey`. */
export function saidNames(db: Db): Map<string, Said> {
  const rows = db.prepare('SELECT name, meaning, offer_id AS offerId FROM till_discount').all() as (Said & { name: string })[];
  return new Map(rows.map(({ name, meaning, offerId }) => [nameKey(name), { meaning, offerId }]));
}

/** What a name of the till means from now on (`name` folded by `nameKey`); null = it is to be asked about again. */
export function sayName(trx: Trx, name: string, said: Said | null, at: UtcMs): void {
  trx.prepare('DELETE FROM till_discount WHERE name = ?').run(name);
  if (said === null) return;
  trx
    .prepare('INSERT INTO till_discount (name, meaning, offer_id, updated_at) VALUES (?, ?, ?, ?)')
    .run(name, said.meaning, said.offerId, at);
}

export type Settled = 'forgotten' | 'by-hand' | 'mistake' | 'other';

/** Differences somebody has looked into. */
export const settledSales = (db: Db): Map<SaleId, Settled> =>
  new Map((db.prepare('SELECT sale_id AS id, why FROM till_settled').all() as { id: SaleId; why: Settled }[]).map((r) => [r.id, r.why]));

/** Changes with every receipt looked into. */
export const settledStamp = (db: Db): string =>
  db
    .prepare("SELECT count(*) || ':' || coalesce(max(at), 0) || ':' || coalesce(sum(sale_id), 0) FROM till_settled")
    .pluck()
    .get() as string;

/** True when the sale is there. */
export function settleSale(trx: Trx, saleId: SaleId, why: Settled | null, at: UtcMs, staffId: StaffId | null): boolean {
  trx.prepare('DELETE FROM till_settled WHERE sale_id = ?').run(saleId);
  if (why === null) return true;
  return (
    trx
      .prepare('INSERT INTO till_settled (sale_id, why, at, staff_id) SELECT id, ?, ?, ? FROM sale WHERE id = ?')
      .run(why, at, staffId, saleId).changes === 1
  );
}

/** Changes with every code redeemed, taken back or tied to another receipt, every import taken back, every name said and every receipt looked into. */
export const tillCheckMark = (db: Db): string =>
  db
    .prepare(
      `SELECT (SELECT coalesce(max(id), 0) || ':' || count(*) || ':' || count(reversed_at) || ':' || coalesce(sum(sale_id), 0) FROM redemption) || '/' ||
         (SELECT count(undone_at) || ':' || coalesce(sum(state = 'undone'), 0) FROM import) || '/' || (SELECT count(*) || ':' || coalesce(max(at), 0) FROM till_settled) || '/' || (SELECT count(*) || ':' || coalesce(max(updated_at), 0) FROM till_discount)`,
    )
    .pluck()
    .get() as string;
