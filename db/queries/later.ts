import type { CustomerId, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

export interface LaterRow {
  id: number;
  at: UtcMs;
  name: string;
  staffName: string | null;
  customerId: CustomerId | null;
}

/** Who waits, the longest waiting first. */
export function openLater(db: Db, limit: number): LaterRow[] {
  return db
    .prepare(
      `SELECT l.id, l.at, CASE WHEN l.name = '' AND c.id IS NOT NULL THEN trim(c.first_name || ' ' || c.last_name) ELSE l.name END AS name,
         s.name AS staffName, l.customer_id AS customerId
       FROM later l LEFT JOIN staff s ON s.id = l.staff_id LEFT JOIN customer c ON c.id = l.customer_id
       WHERE l.state = 'open' ORDER BY l.at, l.id LIMIT ?`,
    )
    .all(limit) as LaterRow[];
}

export const countOpenLater = (db: Db): number => db.prepare("SELECT count(*) FROM later WHERE state = 'open'").pluck().get() as number;

/** One that already waits for this person; pressed twice it is still one. */
export const openLaterOf = (db: Db, customerId: CustomerId): number | null =>
  (db.prepare("SELECT id FROM later WHERE customer_id = ? AND state = 'open'").pluck().get(customerId) as number | undefined) ?? null;

export function insertLater(trx: Trx, l: { at: UtcMs; staffId: StaffId | null; name: string; customerId: CustomerId | null }): number {
  return trx.run(trx.q.insertInto('later').values({ at: l.at, staff_id: l.staffId, name: l.name, customer_id: l.customerId }))
    .lastInsertRowid as number;
}

/** Ends one that is open; false when it is not. */
export function endLater(
  trx: Trx,
  id: number,
  end: { state: 'done' | 'dropped'; at: UtcMs; staffId: StaffId | null; reason: string | null; customerId: CustomerId | null },
): boolean {
  return (
    trx
      .prepare(
        `UPDATE later SET state = @state, ended_at = @at, ended_by = @staffId, reason = @reason, customer_id = coalesce(@customerId, customer_id)
         WHERE id = @id AND state = 'open'`,
      )
      .run({ id, ...end }).changes > 0
  );
}

/** Back on the list; only what ended since `since`. */
export function reopenLater(trx: Trx, id: number, since: UtcMs): boolean {
  return (
    trx
      .prepare(
        "UPDATE later SET state = 'open', ended_at = NULL, ended_by = NULL, reason = NULL WHERE id = ? AND state <> 'open' AND ended_at >= ?",
      )
      .run(id, since).changes > 0
  );
}
