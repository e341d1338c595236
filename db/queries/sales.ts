import type { SaleRow } from '@domain/imports/merge';
import type { FileLine } from '@domain/imports/model';
import type { CustomerId, ImportId, SaleId } from '@domain/kernel';
import type { Db, Trx } from '../open';

/** Columns an import writes; the order of the prepared statements below. */
const COLUMNS = [
  'receipt_no',
  'kind',
  'status',
  'occurred_at',
  'shop_day',
  'time_known',
  'source_customer_id',
  'gross',
  'discount',
  'net',
  'tax',
  'tip',
  'shipping',
  'service_charge',
  'gift_card',
  'total',
  'refunded',
  'discount_code',
  'discount_label',
  'payment_methods',
  'card_last4',
  'channel',
  'register',
  'staff_name',
  'lines_hash',
  'totals_hash',
] as const satisfies readonly (keyof SaleRow)[];

const FIND = `SELECT id, customer_id, ${COLUMNS.join(', ')} FROM sale WHERE source = ? AND source_sale_id = ?`;
/** Its own statement: it answers with plain lists. */
const COMPARE = `${FIND} LIMIT 1`;

export interface KnownSale {
  id: SaleId;
  customerId: CustomerId | null;
  row: SaleRow;
}

/** A till's receipt by its own number. */
export function findSale(db: Db, source: string, sourceSaleId: string): KnownSale | null {
  const r = db.prepare(FIND).get(source, sourceSaleId) as (SaleRow & { id: SaleId; customer_id: CustomerId | null }) | undefined;
  if (!r) return null;
  const { id, customer_id: customerId, ...row } = r;
  return { id, customerId, row };
}

/**
 * The same, compared with what a file tells of it: `same` when nothing differs. A million receipts that come again are compared column
 * by column without making an object of each.
 */
export function compareSale(db: Db, source: string, sourceSaleId: string, told: SaleRow): (KnownSale & { same: boolean }) | null {
  const r = db.prepare(COMPARE).raw(true).get(source, sourceSaleId) as (string | number | null)[] | undefined;
  if (!r) return null;
  const [id, customerId] = r as [SaleId, CustomerId | null];
  for (let i = 0; i < COLUMNS.length; i++) {
    if (r[i + 2] === told[COLUMNS[i] as (typeof COLUMNS)[number]]) continue;
    const row = Object.fromEntries(COLUMNS.map((c, at) => [c, r[at + 2]])) as unknown as SaleRow;
    return { id, customerId, row, same: false };
  }
  return { id, customerId, row: told, same: true };
}

/** Whether any receipt of this till is in the shop. */
export function knowsSource(db: Db, source: string): boolean {
  return db.prepare('SELECT 1 FROM sale WHERE source = ? LIMIT 1').get(source) !== undefined;
}

export function insertLines(trx: Trx, saleId: SaleId, lines: readonly FileLine[]): void {
  const insert = trx.prepare(
    `INSERT INTO sale_line (sale_id, line_no, name, variant, category, sku, qty_milli, gross, discount, net, tax)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (let i = 0; i < lines.length; i++) {
    const l = lines[i] as FileLine;
    insert.run(saleId, i + 1, l.name, l.variant, l.category, l.sku, l.qtyMilli, l.gross, l.discount, l.net, l.tax);
  }
}

export function linesOf(db: Db, saleId: SaleId): FileLine[] {
  return db
    .prepare(
      `SELECT name, variant, category, sku, qty_milli AS qtyMilli, gross, discount, net, tax FROM sale_line WHERE sale_id = ? ORDER BY line_no`,
    )
    .all(saleId) as FileLine[];
}

export function deleteLines(trx: Trx, saleId: SaleId): void {
  trx.prepare('DELETE FROM sale_line WHERE sale_id = ?').run(saleId);
}

/** Receipts of one till customer that nobody is linked to yet. */
export function unlinkedSales(db: Db, source: string, sourceCustomerId: string): { id: SaleId; importId: ImportId }[] {
  return db
    .prepare('SELECT id, import_id AS importId FROM sale WHERE source = ? AND source_customer_id = ? AND customer_id IS NULL ORDER BY id')
    .all(source, sourceCustomerId) as { id: SaleId; importId: ImportId }[];
}

/** `set`: column → value, of the columns an import writes and customer_id. */
export function updateSale(trx: Trx, id: SaleId, set: Record<string, unknown>): void {
  const columns = Object.keys(set);
  if (!columns.length) return;
  trx.prepare(`UPDATE sale SET ${columns.map((c) => `${c} = ?`).join(', ')} WHERE id = ?`).run(...(Object.values(set) as string[]), id);
}

export function linkSale(trx: Trx, id: SaleId, customerId: CustomerId): void {
  trx.prepare('UPDATE sale SET customer_id = ? WHERE id = ?').run(customerId, id);
}

/** Null = no such receipt (any more). */
export function saleColumns(db: Db, id: SaleId): Record<string, unknown> | null {
  return (
    (db.prepare(`SELECT customer_id, ${COLUMNS.join(', ')} FROM sale WHERE id = ?`).get(id) as Record<string, unknown> | undefined) ?? null
  );
}
