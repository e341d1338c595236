import type { CustomerId, ImportId, SaleId } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { changedLater, type KeptWhy } from './imports';

/** Receipts an import brought, in pages. */
export function salesOfImport(db: Db, importId: ImportId, after: number, limit: number): { id: SaleId; customerId: CustomerId | null }[] {
  return db
    .prepare('SELECT id, customer_id AS customerId FROM sale WHERE import_id = ? AND id > ? ORDER BY id LIMIT ?')
    .all(importId, after, limit) as { id: SaleId; customerId: CustomerId | null }[];
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

/** Why a receipt must stay although its import is taken back. Credits are not a reason: they are worked out again. */
export function saleUsed(db: Db, importId: ImportId, id: SaleId): KeptWhy | null {
  if (db.prepare('SELECT 1 FROM redemption WHERE sale_id = ? LIMIT 1').get(id)) return 'redeemed';
  if (db.prepare('SELECT is_gift FROM sale WHERE id = ?').pluck().get(id) === 1) return 'edited';
  if (db.prepare('SELECT 1 FROM receipt_link_sale WHERE sale_id = ? LIMIT 1').get(id)) return 'linked';
  return changedLater(db, importId, 'sale', String(id)) || changedLater(db, importId, 'sale_lines', String(id)) ? 'later-import' : null;
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
  if (has('SELECT 1 FROM campaign_person WHERE customer_id = ? LIMIT 1', id)) return 'texted';
  if (has('SELECT 1 FROM redemption WHERE customer_id = ? LIMIT 1', id)) return 'redeemed';
  if (has('SELECT 1 FROM offer_code WHERE customer_id = ? LIMIT 1', id)) return 'redeemed';
  if (has('SELECT 1 FROM receipt_link WHERE customer_id = ? LIMIT 1', id)) return 'linked';
  if (has('SELECT 1 FROM visit_note WHERE customer_id = ? LIMIT 1', id)) return 'visited';
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
