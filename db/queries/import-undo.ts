import type { CustomerId, ImportId, SaleId } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { changedLater, type KeptWhy } from './imports';

/** First and last id among the receipts an import brought; null = none. */
export function salesOfImport(db: Db, importId: ImportId): { from: SaleId; to: SaleId } | null {
  const r = db.prepare('SELECT min(id) AS "from", max(id) AS "to" FROM sale WHERE import_id = ?').get(importId) as {
    from: SaleId | null;
    to: SaleId | null;
  };
  return r.from === null || r.to === null ? null : { from: r.from, to: r.to };
}

/**
 * Receipts of an import, of ids `from`..`to`, that must stay although it is taken back, and why. Credits are not a reason: they are
 * worked out again.
 */
export function usedSales(db: Db, importId: ImportId, from: number, to: number): { id: SaleId; why: KeptWhy }[] {
  return db
    .prepare(
      `SELECT id, why FROM (SELECT s.id, CASE
         WHEN EXISTS (SELECT 1 FROM redemption r WHERE r.sale_id = s.id) THEN 'redeemed'
         WHEN s.is_gift = 1 THEN 'edited'
         WHEN EXISTS (SELECT 1 FROM receipt_link_sale l WHERE l.sale_id = s.id) THEN 'linked'
         WHEN EXISTS (SELECT 1 FROM import_change c WHERE c.table_name IN ('sale', 'sale_lines') AND c.row_key = CAST(s.id AS TEXT)
           AND c.import_id > @importId) THEN 'later-import' END AS why
       FROM sale s WHERE s.import_id = @importId AND s.id BETWEEN @from AND @to) WHERE why IS NOT NULL ORDER BY id`,
    )
    .all({ importId, from, to }) as { id: SaleId; why: KeptWhy }[];
}

/** The import that brought a receipt. */
export const importOfSale = (db: Db, id: SaleId): ImportId | null =>
  (db.prepare('SELECT import_id FROM sale WHERE id = ?').pluck().get(id) as ImportId | undefined) ?? null;

/**
 * Imports that were taken back while this one stood: what they left because of it has no reason to stay without it. None when a later
 * file of the same till is in the shop, which may have told of the same receipts.
 */
export function undoneUnder(db: Db, id: ImportId): Set<ImportId> {
  const ids = db
    .prepare(
      `SELECT u.id FROM import b JOIN import u ON u.source = b.source AND u.state = 'undone' AND u.undone_at >= b.created_at AND u.id < b.id
       WHERE b.id = @id AND NOT EXISTS (SELECT 1 FROM import d WHERE d.source = b.source AND d.state = 'done' AND d.id > b.id)`,
    )
    .pluck()
    .all({ id }) as ImportId[];
  return new Set(ids);
}

/** Takes receipts of an import, of ids `from`..`to`, out again but those to be kept. Returns the people they belonged to. */
export function removeSales(trx: Trx, importId: ImportId, from: number, to: number, kept: readonly SaleId[]): CustomerId[] {
  const range = `import_id = @importId AND id BETWEEN @from AND @to AND id NOT IN (SELECT value FROM json_each(@kept))`;
  const params = { importId, from, to, kept: JSON.stringify(kept) };
  const people = trx.prepare(`SELECT DISTINCT customer_id FROM sale WHERE ${range} AND customer_id IS NOT NULL`).pluck().all(params);
  trx.prepare(`DELETE FROM sale WHERE ${range}`).run(params);
  return people as CustomerId[];
}

export interface TiedIdentity {
  source: string;
  sourceId: string;
  customerId: CustomerId;
}

/**
 * Till ids an import tied to people who were there before it, in pages after `after`. Ids of people it made itself go with them,
 * or stay with those who stay.
 */
export function identitiesOfImport(db: Db, importId: ImportId, after: TiedIdentity | null, limit: number): TiedIdentity[] {
  return db
    .prepare(
      `SELECT i.source, i.source_customer_id AS sourceId, i.customer_id AS customerId
       FROM customer_identity i JOIN customer c ON c.id = i.customer_id
       WHERE i.import_id = ? AND c.import_id IS NOT ? AND (i.source, i.source_customer_id) > (?, ?)
       ORDER BY i.source, i.source_customer_id LIMIT ?`,
    )
    .all(importId, importId, after?.source ?? '', after?.sourceId ?? '', limit) as TiedIdentity[];
}

export function untie(trx: Trx, i: TiedIdentity): void {
  trx.prepare('DELETE FROM customer_identity WHERE source = ? AND source_customer_id = ?').run(i.source, i.sourceId);
}

type PersonRow = Record<string, unknown> & {
  id: CustomerId;
  phone: string | null;
  email: string | null;
  created_at: number;
  updated_at: number;
};

export function wholePerson(db: Db, id: CustomerId): PersonRow | null {
  return (db.prepare('SELECT * FROM customer WHERE id = ?').get(id) as PersonRow | undefined) ?? null;
}

/** What happened to a person since an import made them; null = nothing, they may go with it. */
export function usedSince(db: Db, importId: ImportId, now: PersonRow, made: Record<string, unknown>): KeptWhy | null {
  const { id } = now;
  const has = (sql: string, ...params: (string | number)[]) => db.prepare(sql).get(...params) !== undefined;
  if (changedLater(db, importId, 'customer', String(id))) return 'later-import';
  if (has('SELECT 1 FROM customer_merge WHERE kept_id = ? AND undone_at IS NULL LIMIT 1', id)) return 'merged';
  const edited = Object.entries(made).some(([column, value]) => now[column] !== value);
  if (edited || now['language'] !== 'en' || now['zone'] !== null || now.updated_at !== now.created_at) return 'edited';
  if (has('SELECT 1 FROM outbox WHERE customer_id = ? LIMIT 1', id)) return 'texted';
  if (has('SELECT 1 FROM mail WHERE customer_id = ? LIMIT 1', id)) return 'texted';
  if (has('SELECT 1 FROM campaign_person WHERE customer_id = ? LIMIT 1', id)) return 'texted';
  if (has('SELECT 1 FROM redemption WHERE customer_id = ? LIMIT 1', id)) return 'redeemed';
  if (has('SELECT 1 FROM offer_code WHERE customer_id = ? LIMIT 1', id)) return 'redeemed';
  if (has('SELECT 1 FROM receipt_link WHERE customer_id = ? LIMIT 1', id)) return 'linked';
  if (has('SELECT 1 FROM member_card WHERE customer_id = ? LIMIT 1', id)) return 'signed-up';
  if (has('SELECT 1 FROM loyalty_member WHERE customer_id = ? LIMIT 1', id)) return 'signed-up';
  if (has('SELECT 1 FROM loyalty_note WHERE customer_id = ? AND undone_at IS NULL LIMIT 1', id)) return 'visited';
  if (has('SELECT 1 FROM visit_note WHERE customer_id = ? LIMIT 1', id)) return 'visited';
  // what the counter wrote down for them would go with them, a deposit included
  for (const table of ['customer_order', 'customer_thing', 'customer_wish', 'customer_size', 'counter_task']) {
    if (has(`SELECT 1 FROM ${table} WHERE customer_id = ? LIMIT 1`, id)) return 'visited';
  }
  for (const address of [now.phone, now.email]) {
    if (address === null) continue;
    if (has('SELECT 1 FROM inbound WHERE from_address = ? AND customer_id = ? LIMIT 1', address, id)) return 'replied';
    const events = `SELECT 1 FROM address_book a JOIN consent_event e ON e.address_hmac = a.address_hmac
      WHERE a.address = ? AND e.recorded_at >= ?
        AND NOT (e.method = 'import' AND (e.kind <> 'attested' OR e.reason = ?)) LIMIT 1`;
    if (has(events, address, now.created_at, `import:${importId}`)) return 'signed-up';
  }
  if (has('SELECT 1 FROM sale WHERE customer_id = ? AND import_id <> ? LIMIT 1', id, importId)) return 'linked';
  if (has('SELECT 1 FROM customer_identity WHERE customer_id = ? AND import_id IS NOT ? LIMIT 1', id, importId)) return 'linked';
  return null;
}

/** The row itself; its till ids go with it, notes about it cannot exist (usedSince). */
export function deletePerson(trx: Trx, id: CustomerId): void {
  trx.prepare('DELETE FROM customer WHERE id = ?').run(id);
}
