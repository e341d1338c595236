import type { StaffId, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

export interface StaffRow {
  id: StaffId;
  name: string;
  role: 'owner' | 'staff';
  pinHash: string | null;
  language: 'en' | 'es';
  active: boolean;
}

export function listStaff(db: Db): StaffRow[] {
  return db.all(db.q.selectFrom('staff').selectAll().orderBy('role').orderBy('name')).map((r) => ({
    id: r.id as StaffId,
    name: r.name,
    role: r.role,
    pinHash: r.pin_hash,
    language: r.language,
    active: r.active === 1,
  }));
}

export function getStaff(db: Db, id: StaffId): StaffRow | null {
  return listStaff(db).find((s) => s.id === id) ?? null;
}

export function saveStaff(db: Db, s: Omit<StaffRow, 'id'> & { id: StaffId | null }, at: UtcMs): StaffId {
  const row = { name: s.name, role: s.role, pin_hash: s.pinHash, language: s.language, active: s.active ? 1 : 0 };
  if (s.id) {
    db.run(db.q.updateTable('staff').set(row).where('id', '=', s.id));
    return s.id;
  }
  return db.run(db.q.insertInto('staff').values({ ...row, created_at: at })).lastInsertRowid as StaffId;
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
