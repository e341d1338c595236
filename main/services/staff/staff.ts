import { type AuditFilter, auditAreas, auditPage } from '@db/queries/audit';
import { saveSettings } from '@db/queries/settings';
import { audit, getStaff, listStaff, setActive, setPractised } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { CustomerId, StaffId } from '@domain/kernel';
import type { AccessSettings } from '@domain/settings/settings';
import type { Ctx, Session } from '../ctx';

/** Somebody left: no PIN of theirs opens anything from this moment on. */
export function staffLeft(ctx: Ctx, session: Session, id: StaffId): void {
  const person = getStaff(ctx.db, id);
  if (!person) throw new AppError('input.invalid', { field: 'id' });
  const otherOwner = listStaff(ctx.db).some((s) => s.id !== id && s.role === 'owner' && s.active && s.pinHash);
  // A shop always has an owner who can get in.
  if (person.role === 'owner' && !otherOwner) throw new AppError('input.invalid', { field: 'role' });
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    setActive(trx, id, false, now);
    audit(trx, { at: now, staffId: session.staffId, action: 'staff.left', subject: String(id) });
  });
  ctx.sessions.signOutStaff(id);
}

/** A slip of the finger, or somebody who came back. */
export function staffBack(ctx: Ctx, session: Session, id: StaffId): void {
  if (!getStaff(ctx.db, id)) throw new AppError('input.invalid', { field: 'id' });
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    setActive(trx, id, true, now);
    audit(trx, { at: now, staffId: session.staffId, action: 'staff.back', subject: String(id) });
  });
}

/** The three practice tasks are done. At a counter where nobody signed in there is nobody to remember it of. */
export function practised(ctx: Ctx, session: Session): void {
  if (session.staffId === null) return;
  const now = ctx.clock.now();
  setPractised(ctx.db, session.staffId, now);
  audit(ctx.db, { at: now, staffId: session.staffId, action: 'staff.practised', subject: String(session.staffId) });
}

export function saveAccess(ctx: Ctx, session: Session, access: AccessSettings): void {
  const now = ctx.clock.now();
  saveSettings(ctx.db, 'access', access, now);
  audit(ctx.db, { at: now, staffId: session.staffId, action: 'settings.access', detail: { minutes: access.autoLockMinutes } });
}

/** Actions whose subject is somebody who works here. */
const ABOUT_STAFF = /^(staff|session)\./;

/** Who did what, for the owner. */
export function activity(ctx: Ctx, filter: AuditFilter, page: { offset: number; limit: number }) {
  const { rows, total } = auditPage(ctx.db, filter, page);
  const names = new Map(listStaff(ctx.db).map((s) => [String(s.id), s.name]));
  return {
    total,
    areas: auditAreas(ctx.db),
    rows: rows.map((r) => ({
      id: r.id,
      at: r.at,
      staffName: r.staffName,
      action: r.action,
      about:
        r.customerName ??
        (ABOUT_STAFF.test(r.action) ? (names.get(r.subject ?? '') ?? '') : r.action.startsWith('offer.') ? (r.subject ?? '') : ''),
      customerId: r.customerName === null ? null : (Number(r.subject) as CustomerId),
      detail: r.detail,
    })),
  };
}
