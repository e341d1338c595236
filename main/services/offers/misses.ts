import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { UtcMs } from '@domain/kernel';
import { afterMiss, isLocked, type Misses, NO_MISSES } from '@domain/offers/redemption';
import type { Ctx, Session } from '../ctx';

/** Kept in memory, per shop file and person at the screen: a restart costs a guesser more than the minute does. */
const misses = new WeakMap<Ctx['db'], Map<string, Misses>>();

const who = (session: Session): string => `${session.windowId}:${session.staffId ?? 'nobody'}`;

function shelf(ctx: Ctx): Map<string, Misses> {
  let m = misses.get(ctx.db);
  if (!m) {
    m = new Map();
    misses.set(ctx.db, m);
  }
  return m;
}

/** Milliseconds until this session may enter codes again; 0 = now. */
export function lockedFor(ctx: Ctx, session: Session): number {
  const m = shelf(ctx).get(who(session)) ?? NO_MISSES;
  const now = ctx.clock.now();
  return isLocked(m, now) ? (m.lockedUntil as UtcMs) - now : 0;
}

/** Throws offer.code-locked {seconds} while code entry is locked. */
export function refuseWhileLocked(ctx: Ctx, session: Session): void {
  const ms = lockedFor(ctx, session);
  if (ms > 0) throw new AppError('offer.code-locked', { seconds: Math.ceil(ms / 1000) });
}

export function countMiss(ctx: Ctx, session: Session): void {
  const m = shelf(ctx);
  const now = ctx.clock.now();
  const after = afterMiss(m.get(who(session)) ?? NO_MISSES, now);
  m.set(who(session), after);
  if (isLocked(after, now)) audit(ctx.db, { at: now, staffId: session.staffId, action: 'offer.locked', subject: null });
}

export function forgetMisses(ctx: Ctx, session: Session): void {
  shelf(ctx).delete(who(session));
}
