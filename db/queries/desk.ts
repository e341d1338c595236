import type { WishMissing, WishSource, WishState } from '@domain/customers/wishes';
import type { CampaignId, Cents, CustomerId, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

export interface Size {
  kind: string;
  value: string;
}

export interface Wish {
  id: number;
  item: string;
  size: string;
  /** Only below this price; null = at any. */
  under: Cents | null;
  state: WishState;
  createdAt: UtcMs;
  closedAt: UtcMs | null;
  /** `left`: noted when they left without buying; then the item may be ''. */
  source: WishSource;
  /** What was missing when they left. */
  missing: WishMissing;
  /** When they were told that it came in: once. */
  toldAt: UtcMs | null;
}

/** Held against their query plans by test/db/look-up-plans.test.ts. */
export const DESK_SQL = {
  sizes: 'SELECT kind, value FROM customer_size WHERE customer_id = ? ORDER BY kind',
  wishes: `SELECT id, item, size, under, state, created_at AS createdAt, closed_at AS closedAt, source, missing, told_at AS toldAt FROM customer_wish
    WHERE customer_id = ? ORDER BY state <> 'open', id DESC LIMIT ?`,
  log: `SELECT a.id, a.at, a.staff_id AS staffId, a.action, a.subject, a.detail, s.name AS staffName FROM audit a
    LEFT JOIN staff s ON s.id = a.staff_id
    WHERE a.at >= ? AND a.action IN (SELECT value FROM json_each(?)) ORDER BY a.at DESC, a.id DESC LIMIT ?`,
} as const;

export const sizesOf = (db: Db, id: CustomerId): Size[] => db.prepare(DESK_SQL.sizes).all(id) as Size[];

/** Open ones first, newest first. */
export const wishesOf = (db: Db, id: CustomerId, limit = 50): Wish[] => db.prepare(DESK_SQL.wishes).all(id, limit) as Wish[];

/** '' takes the size away. Returns what it was before. */
export function setSize(trx: Trx, s: { customerId: CustomerId; staffId: StaffId | null; at: UtcMs } & Size): string {
  const before = trx.prepare('SELECT value FROM customer_size WHERE customer_id = ? AND kind = ?').pluck().get(s.customerId, s.kind);
  if (s.value === '') trx.prepare('DELETE FROM customer_size WHERE customer_id = ? AND kind = ?').run(s.customerId, s.kind);
  else {
    trx
      .prepare(
        `INSERT INTO customer_size (customer_id, kind, value, updated_at, staff_id) VALUES (@customerId, @kind, @value, @at, @staffId)
         ON CONFLICT (customer_id, kind) DO UPDATE SET value = @value, updated_at = @at, staff_id = @staffId`,
      )
      .run(s);
  }
  return (before as string | undefined) ?? '';
}

export function insertWish(
  trx: Trx,
  w: {
    customerId: CustomerId;
    item: string;
    itemKey: string;
    size: string;
    under: Cents | null;
    source: WishSource;
    missing: WishMissing;
    at: UtcMs;
    staffId: StaffId | null;
  },
): number {
  return Number(
    trx
      .prepare(
        `INSERT INTO customer_wish (customer_id, item, item_key, size, under, source, missing, created_at, staff_id)
         VALUES (@customerId, @item, @itemKey, @size, @under, @source, @missing, @at, @staffId)`,
      )
      .run(w).lastInsertRowid,
  );
}

export function wishById(db: Db, id: number): (Wish & { customerId: CustomerId; toldIn: CampaignId | null }) | null {
  const row = db
    .prepare(
      `SELECT id, customer_id AS customerId, item, size, under, state, created_at AS createdAt, closed_at AS closedAt, source, missing,
         told_at AS toldAt, told_in AS toldIn FROM customer_wish WHERE id = ?`,
    )
    .get(id);
  return (row as (Wish & { customerId: CustomerId; toldIn: CampaignId | null }) | undefined) ?? null;
}

export function setWishState(trx: Trx, id: number, state: WishState, at: UtcMs, staffId: StaffId | null): void {
  const over = state !== 'open';
  trx
    .prepare('UPDATE customer_wish SET state = ?, closed_at = ?, closed_by = ? WHERE id = ?')
    .run(state, over ? at : null, over ? staffId : null, id);
}

export const deleteWish = (trx: Trx, id: number): void => void trx.prepare('DELETE FROM customer_wish WHERE id = ?').run(id);

export const noteOf = (db: Db, id: CustomerId): string =>
  (db.prepare('SELECT note FROM customer WHERE id = ?').pluck().get(id) as string | undefined) ?? '';

export const setNote = (trx: Trx, id: CustomerId, note: string, at: UtcMs): void =>
  void trx.prepare('UPDATE customer SET note = ?, updated_at = ? WHERE id = ?').run(note, at, id);

/** A "here now" that was pressed by mistake; a note somebody wrote is left alone. */
export const deleteHere = (trx: Trx, id: number): boolean =>
  trx.prepare("DELETE FROM visit_note WHERE id = ? AND note = ''").run(id).changes === 1;

export interface LogRow {
  id: number;
  at: UtcMs;
  staffId: StaffId | null;
  staffName: string | null;
  action: string;
  subject: string | null;
  detail: Record<string, unknown>;
}

const logOf = (r: unknown): LogRow => ({ ...(r as LogRow), detail: JSON.parse((r as { detail: string }).detail) as LogRow['detail'] });

/** What was done since, of these actions, newest first. */
export const doneSince = (db: Db, since: UtcMs, actions: readonly string[], limit: number): LogRow[] =>
  db.prepare(DESK_SQL.log).all(since, JSON.stringify(actions), limit).map(logOf);

export function auditById(db: Db, id: number): LogRow | null {
  const row = db
    .prepare(
      `SELECT a.id, a.at, a.staff_id AS staffId, a.action, a.subject, a.detail, s.name AS staffName FROM audit a
       LEFT JOIN staff s ON s.id = a.staff_id WHERE a.id = ?`,
    )
    .get(id);
  return row ? logOf(row) : null;
}

/** The id of the row that was written last. */
export const lastId = (trx: Trx): number => trx.prepare('SELECT last_insert_rowid()').pluck().get() as number;

/** Of these entries of the audit log, those that were taken back at the counter since. */
export function takenBack(db: Db, since: UtcMs): Set<number> {
  const rows = db.prepare("SELECT subject FROM audit WHERE at >= ? AND action = 'counter.taken-back'").pluck().all(since) as string[];
  return new Set(rows.map(Number));
}
