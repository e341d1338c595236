import type { StaffId, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

export interface StaffRow {
  id: StaffId;
  name: string;
  role: 'owner' | 'staff';
  pinHash: string | null;
  language: 'en' | 'es';
  active: boolean;
  /** When they had done the three practice tasks; null = not yet. */
  practisedAt: UtcMs | null;
}

export function listStaff(db: Db): StaffRow[] {
  return db.all(db.q.selectFrom('staff').selectAll().orderBy('role').orderBy('name')).map((r) => ({
    id: r.id as StaffId,
    name: r.name,
    role: r.role,
    pinHash: r.pin_hash,
    language: r.language,
    active: r.active === 1,
    practisedAt: r.practised_at as UtcMs | null,
  }));
}

export function getStaff(db: Db, id: StaffId): StaffRow | null {
  return listStaff(db).find((s) => s.id === id) ?? null;
}

export function saveStaff(db: Db, s: Omit<StaffRow, 'id' | 'practisedAt'> & { id: StaffId | null }, at: UtcMs): StaffId {
  const row = { name: s.name, role: s.role, pin_hash: s.pinHash, language: s.language, active: s.active ? 1 : 0 };
  if (s.id) {
    db.run(db.q.updateTable('staff').set(row).where('id', '=', s.id));
    return s.id;
  }
  return db.run(db.q.insertInto('staff').values({ ...row, created_at: at })).lastInsertRowid as StaffId;
}

/** Works here or not (any more); the PIN stays, useless meanwhile, so that a slip of the finger can be taken back. */
export function setActive(db: Db, id: StaffId, active: boolean, at: UtcMs): void {
  db.run(
    db.q
      .updateTable('staff')
      .set({ active: active ? 1 : 0, left_at: active ? null : at })
      .where('id', '=', id),
  );
}

export function setPractised(db: Db, id: StaffId, at: UtcMs): void {
  db.run(db.q.updateTable('staff').set({ practised_at: at }).where('id', '=', id));
}

/** Wrong PINs in a row and until when the pad is shut for this person. */
export function pinLock(db: Db, id: StaffId): { failures: number; lockedUntil: UtcMs } {
  const r = db.one(db.q.selectFrom('staff_lock').select(['failures', 'locked_until']).where('staff_id', '=', id));
  return { failures: r?.failures ?? 0, lockedUntil: (r?.locked_until ?? 0) as UtcMs };
}

export function savePinLock(db: Db, id: StaffId, l: { failures: number; lockedUntil: UtcMs }): void {
  const row = { failures: l.failures, locked_until: l.lockedUntil };
  db.run(
    db.q
      .insertInto('staff_lock')
      .values({ staff_id: id, ...row })
      .onConflict((c) => c.column('staff_id').doUpdateSet(row)),
  );
}

/** Append-only record of who did what. `detail` holds no phone numbers or texts. */
export function audit(
  db: Db,
  entry: { at: UtcMs; staffId: StaffId | null; action: string; subject?: string | null; detail?: Record<string, unknown> },
): void {
  db.run(
    db.q.insertInto('audit').values({
      at: entry.at,
      staff_id: entry.staffId,
      action: entry.action,
      subject: entry.subject ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
    }),
  );
}
