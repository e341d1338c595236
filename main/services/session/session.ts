import { readMeta } from '@db/queries/settings';
import { audit, getStaff, listStaff, pinLock, type StaffRow, savePinLock, saveStaff } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { StaffId, UtcMs } from '@domain/kernel';
import { lockOutMs, secondsLeft } from '@domain/session/lock-out';
import type { Ctx, Session } from '../ctx';
import { unwrapKeys } from '../settings/recovery';
import { hashPin, pinMatches } from './pin';

const publicStaff = (s: StaffRow) => ({ id: s.id, name: s.name, role: s.role, language: s.language });

/** What the frame of every screen needs. */
export function sessionState(ctx: Ctx, session: Session) {
  const { shop, onboarding, access } = ctx.settings();
  const people = listStaff(ctx.db).filter((s) => s.active && s.pinHash);
  const staff = session.staffId ? getStaff(ctx.db, session.staffId) : null;
  const kind: 'practice' | 'real' = readMeta(ctx.db, 'kind') === 'practice' ? 'practice' : 'real';
  return {
    // a window turned to a customer asks for whoever is signed in underneath (handlers/session.ts)
    role: session.role === 'display' ? ('open' as const) : session.role,
    staff: staff ? { ...publicStaff(staff), practised: staff.practisedAt !== null } : null,
    autoLockMinutes: access.autoLockMinutes,
    people: people.map(publicStaff),
    shop: {
      name: shop.name,
      kind,
      setUp: onboarding.finishedAt !== null,
      currency: shop.currency,
      country: shop.country,
      zone: shop.zone as string,
    },
    pinHint: kind === 'practice' ? readMeta(ctx.db, 'pin_hint') : null,
  };
}

/**
 * Signs someone in at a window. A wrong PIN says so; every fifth in a row shuts that person out, longer each time, also over a restart,
 * and five in a row by anybody shut the pad for a minute.
 */
export async function unlock(ctx: Ctx, session: Session, input: { staffId: StaffId; pin: string }) {
  const seconds = ctx.sessions.secondsLocked(performance.now());
  if (seconds > 0) throw new AppError('session.too-many-tries', { seconds });
  const staff = getStaff(ctx.db, input.staffId);
  if (staff) refuseLocked(ctx, staff.id);
  if (!staff?.active || !(await pinMatches(input.pin, staff.pinHash))) {
    ctx.sessions.failed(performance.now());
    if (staff && ctx.backstage.moving.readOnly() !== 'other') countWrongPin(ctx, staff.id);
    throw new AppError('session.wrong-pin');
  }
  ctx.sessions.signIn(session.windowId, staff.id, staff.role);
  // another process writes this file: looking is all that is left, and the pad's own minute still holds
  if (ctx.backstage.moving.readOnly() !== 'other') {
    savePinLock(ctx.db, staff.id, { failures: 0, lockedUntil: 0 as UtcMs });
    audit(ctx.db, { at: ctx.clock.now(), staffId: staff.id, action: 'session.unlock' });
  }
  return sessionState(ctx, ctx.sessions.get(session.windowId));
}

function refuseLocked(ctx: Ctx, id: StaffId): void {
  const seconds = secondsLeft(pinLock(ctx.db, id).lockedUntil, ctx.clock.now());
  if (seconds > 0) throw new AppError('session.too-many-tries', { seconds });
}

function countWrongPin(ctx: Ctx, id: StaffId): void {
  const now = ctx.clock.now();
  const failures = pinLock(ctx.db, id).failures + 1;
  const wait = lockOutMs(failures);
  savePinLock(ctx.db, id, { failures, lockedUntil: (now + wait) as UtcMs });
  audit(ctx.db, { at: now, staffId: null, action: wait > 0 ? 'session.locked-out' : 'session.wrong-pin', subject: String(id) });
}

export function lock(ctx: Ctx, session: Session) {
  ctx.sessions.signOut(session.windowId);
  return sessionState(ctx, ctx.sessions.get(session.windowId));
}

/** The recovery code printed at onboarding sets a new PIN for the owner. */
export async function resetOwnerPin(ctx: Ctx, session: Session, input: { recoveryCode: string; newPin: string }) {
  const seconds = ctx.sessions.secondsLocked(performance.now());
  if (seconds > 0) throw new AppError('session.too-many-tries', { seconds });
  const wrapped = readMeta(ctx.db, 'recovery');
  if (!wrapped || !(await unwrapKeys(wrapped, input.recoveryCode))) {
    ctx.sessions.failed(performance.now());
    throw new AppError('secrets.wrong-recovery-code');
  }
  const owner = listStaff(ctx.db).find((s) => s.role === 'owner' && s.active);
  if (!owner) throw new AppError('shop.not-set-up');
  saveStaff(ctx.db, { ...owner, pinHash: await hashPin(input.newPin) }, ctx.clock.now());
  savePinLock(ctx.db, owner.id, { failures: 0, lockedUntil: 0 as UtcMs });
  audit(ctx.db, { at: ctx.clock.now(), staffId: owner.id, action: 'session.reset-owner-pin' });
  ctx.sessions.signIn(session.windowId, owner.id, 'owner');
  return sessionState(ctx, ctx.sessions.get(session.windowId));
}
