import { readMeta } from '@db/queries/settings';
import { audit, getStaff, listStaff, type StaffRow, saveStaff } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { StaffId } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { unwrapKeys } from '../settings/recovery';
import { hashPin, pinMatches } from './pin';

const publicStaff = (s: StaffRow) => ({ id: s.id, name: s.name, role: s.role, language: s.language });

/** What the frame of every screen needs. */
export function sessionState(ctx: Ctx, session: Session) {
  const { shop, onboarding } = ctx.settings();
  const people = listStaff(ctx.db).filter((s) => s.active && s.pinHash);
  const staff = session.staffId ? getStaff(ctx.db, session.staffId) : null;
  const kind: 'practice' | 'real' = readMeta(ctx.db, 'kind') === 'practice' ? 'practice' : 'real';
  return {
    role: session.role,
    staff: staff ? publicStaff(staff) : null,
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

/** Signs someone in at a window. A wrong PIN says so; five in a row shut the pad for a minute. */
export async function unlock(ctx: Ctx, session: Session, input: { staffId: StaffId; pin: string }) {
  const seconds = ctx.sessions.secondsLocked(performance.now());
  if (seconds > 0) throw new AppError('session.too-many-tries', { seconds });
  const staff = getStaff(ctx.db, input.staffId);
  if (!staff?.active || !(await pinMatches(input.pin, staff.pinHash))) {
    ctx.sessions.failed(performance.now());
    audit(ctx.db, { at: ctx.clock.now(), staffId: null, action: 'session.wrong-pin', subject: String(input.staffId) });
    throw new AppError('session.wrong-pin');
  }
  ctx.sessions.signIn(session.windowId, staff.id, staff.role);
  audit(ctx.db, { at: ctx.clock.now(), staffId: staff.id, action: 'session.unlock' });
  return sessionState(ctx, ctx.sessions.get(session.windowId));
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
  audit(ctx.db, { at: ctx.clock.now(), staffId: owner.id, action: 'session.reset-owner-pin' });
  ctx.sessions.signIn(session.windowId, owner.id, 'owner');
  return sessionState(ctx, ctx.sessions.get(session.windowId));
}
