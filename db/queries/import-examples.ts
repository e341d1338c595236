import type { SaleRow } from '@domain/imports/merge';
import { PERSON_COLUMNS, type PersonValues } from '@domain/imports/people';
import type { CustomerId, ImportId, SaleId } from '@domain/kernel';
import type { Db } from '../open';
import type { ChangeImage } from './imports';

/** A receipt as it stands in the shop. */
export interface SaleNow extends SaleRow {
  id: SaleId;
  source_sale_id: string;
  customer_id: CustomerId | null;
}

/** Receipts an import brought, in the order it brought them. */
export function salesBrought(db: Db, id: ImportId, offset: number, limit: number): SaleNow[] {
  return db.prepare('SELECT * FROM sale WHERE import_id = ? ORDER BY id LIMIT ? OFFSET ?').all(id, limit, offset) as SaleNow[];
}

/** People an import brought. */
export function peopleBrought(db: Db, id: ImportId, offset: number, limit: number): (PersonValues & { id: CustomerId })[] {
  return db
    .prepare(`SELECT id, ${PERSON_COLUMNS.join(', ')} FROM customer WHERE import_id = ? ORDER BY id LIMIT ? OFFSET ?`)
    .all(id, limit, offset) as (PersonValues & { id: CustomerId })[];
}

/** What an import changed of rows that were there before it: `was` → `set`. Changed lines alone come with their receipt. */
export function rowsChanged(
  db: Db,
  id: ImportId,
  table: 'sale' | 'customer',
  offset: number,
  limit: number,
): { key: number; was: Record<string, unknown>; set: Record<string, unknown> }[] {
  // people an import made have a `made`; receipts it made have no entry at all
  const changed = table === 'customer' ? "AND json_extract(before, '$.was') IS NOT NULL" : '';
  const rows = db
    .prepare(
      `SELECT row_key AS key, before FROM import_change WHERE import_id = ? AND table_name = ? ${changed} ORDER BY seq LIMIT ? OFFSET ?`,
    )
    .all(id, table, limit, offset) as { key: string; before: string }[];
  return rows.map((r) => {
    const image = JSON.parse(r.before) as ChangeImage;
    return { key: Number(r.key), was: image.was ?? {}, set: image.set ?? {} };
  });
}

export function saleNow(db: Db, id: number): SaleNow | null {
  return (db.prepare('SELECT * FROM sale WHERE id = ?').get(id) as SaleNow | undefined) ?? null;
}
