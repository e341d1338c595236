import { listStaff } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import { type CustomerId, HOUR, type StaffId } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { unlock } from '../session/session';
import type { Sessions } from '../session/sessions';

/** What the customer is at, for staff who wait: never what they typed. */
export type TurnStep = 'number' | 'details' | 'ticked' | 'still-there' | 'thanks' | 'resting';

/** How a sign-up at the screen ended; staff see it, the customer's screen says what they need. */
export interface Ended {
  what: 'sign-up' | 'preferences' | 'order';
  customerId: CustomerId | null;
  name: string;
  outcome: 'in' | 'already-in' | 'member' | 'needs-start' | 'refused';
}

export interface Turn {
  id: number;
  /** Somebody new, what one person wants to change about themselves, or the box of one order of theirs. */
  what: { kind: 'sign-up' } | { kind: 'preferences'; customerId: CustomerId } | { kind: 'order'; customerId: CustomerId; orderId: number };
  /** Who turned it, at which window, for the ledger. */
  staffId: StaffId | null;
  windowId: number;
  /** `counter`: the staff's own window; `display`: a second one that faces customers. */
  where: 'counter' | 'display';
  language: 'en' | 'es';
  step: TurnStep;
  /** Lets `performance.now()` tell that somebody left it lying for hours. */
  startedAt: number;
}

/**
 * Which windows a customer has before them. Lives in memory: after a restart nobody is in the middle of anything. A turned window's
 * session is a customer's, whoever is signed in underneath; only a PIN takes it back.
 */
class Desk {
  readonly displays = new Set<number>();
  turn: Turn | null = null;
  ended: (Ended & { turn: number }) | null = null;
  turns = 0;
}

const desks = new WeakMap<Sessions, Desk>();

function deskOf(ctx: Pick<Ctx, 'sessions'>): Desk {
  let d = desks.get(ctx.sessions);
  if (!d) {
    d = new Desk();
    desks.set(ctx.sessions, d);
  }
  return d;
}

/** Whose session a call from this window has: a customer's where the window faces one, else whoever signed in. */
export function sessionAt(ctx: Ctx, windowId: number): Session {
  const { displays, turn } = deskOf(ctx);
  if (displays.has(windowId)) return { windowId, staffId: turn?.staffId ?? null, role: 'display' };
  if (turn?.where === 'counter' && turn.windowId === windowId) return { windowId, staffId: turn.staffId, role: 'display', turned: true };
  return ctx.sessions.get(windowId);
}

/** The shell opened a window that faces customers. */
export function displayOpened(ctx: Ctx, windowId: number): void {
  deskOf(ctx).displays.add(windowId);
  ctx.changed('display');
}

/** A window is gone; with the last display goes what a customer was typing there. */
export function windowClosed(ctx: Ctx, windowId: number): void {
  const d = deskOf(ctx);
  ctx.sessions.forget(windowId);
  if (d.displays.delete(windowId) && d.displays.size === 0 && d.turn?.where === 'display') d.turn = null;
  if (d.turn?.windowId === windowId) d.turn = null;
  ctx.changed('display');
}

/** F3: the customer's turn, on their own screen where the shop has one, else on this one. */
export function turnToCustomer(
  ctx: Ctx,
  session: Session,
  language: 'en' | 'es',
  customerId: CustomerId | null = null,
  orderId: number | null = null,
): { where: 'counter' | 'display' } {
  const d = deskOf(ctx);
  const where = d.displays.size > 0 ? 'display' : 'counter';
  d.turn = {
    id: ++d.turns,
    what:
      customerId === null
        ? { kind: 'sign-up' }
        : orderId === null
          ? { kind: 'preferences', customerId }
          : { kind: 'order', customerId, orderId },
    staffId: session.staffId,
    windowId: session.windowId,
    where,
    language,
    step: 'number',
    startedAt: performance.now(),
  };
  d.ended = null;
  return { where };
}

/** What staff see of it meanwhile. */
export function deskState(ctx: Ctx) {
  const { displays, turn, ended } = deskOf(ctx);
  return {
    display: displays.size > 0,
    turn: turn?.where === 'display' ? { what: turn.what.kind, step: turn.step, language: turn.language } : null,
    ended,
  };
}

/** Staff break it off; what was typed is gone with the next look of the other window. */
export function cancelTurn(ctx: Ctx): void {
  const d = deskOf(ctx);
  if (d.turn?.where === 'display') d.turn = null;
}

/** Staff have seen how it ended. */
export function forgetEnded(ctx: Ctx): void {
  deskOf(ctx).ended = null;
}

/** The turn a customer's window may act in; a window left standing over night belongs to nobody. */
export function currentTurn(ctx: Ctx, session: Session): Turn | null {
  const { turn } = deskOf(ctx);
  if (!turn || performance.now() - turn.startedAt > 12 * HOUR) return null;
  return session.turned ? (turn.windowId === session.windowId ? turn : null) : turn.where === 'display' ? turn : null;
}

/** The customer's window tells how far they are. */
export function noteStep(ctx: Ctx, session: Session, step: TurnStep, language: 'en' | 'es'): void {
  const turn = currentTurn(ctx, session);
  // a late sign of life of a page that was left must not bring it back
  if (!turn || turn.step === 'resting') return;
  turn.step = step;
  turn.language = language;
  turn.startedAt = performance.now();
}

/** Remembers for staff how it ended. */
export function noteEnded(ctx: Ctx, ended: Ended): void {
  const d = deskOf(ctx);
  d.ended = { ...ended, turn: d.turn?.id ?? 0 };
}

/** The turn an act belongs to: a form filled in a turn that is over, or broken off by staff, writes nothing. */
export function actingTurn(ctx: Ctx, session: Session, id: number): Turn {
  const turn = currentTurn(ctx, session);
  if (turn?.id !== id || turn.step === 'resting') throw new AppError('session.locked');
  return turn;
}

/** The next in the queue, on a staff's window that rests. */
export function again(ctx: Ctx, session: Session): void {
  const d = deskOf(ctx);
  const turn = currentTurn(ctx, session);
  if (turn?.where !== 'counter' || turn.step !== 'resting') return;
  d.turn = { ...turn, id: ++d.turns, what: { kind: 'sign-up' }, step: 'number', startedAt: performance.now() };
}

/** Does anybody here have a PIN? A shop without one gives the screen back at a touch. */
export const pinNeeded = (ctx: Ctx): boolean => listStaff(ctx.db).some((s) => s.active && s.pinHash !== null);

/** Done, or cleared after nobody touched it: the other screen goes back to its idle page, the turned one rests until a PIN comes. */
export function endTurn(ctx: Ctx, session: Session): void {
  const d = deskOf(ctx);
  const turn = currentTurn(ctx, session);
  if (!turn) return;
  if (turn.where === 'display') d.turn = null;
  else turn.step = 'resting';
}

/**
 * Back to staff with a PIN of anybody who works here. Rights never rise by it: whoever was signed in before still is, unless somebody
 * else of the staff typed theirs, who then is at the screen as themselves; the owner's PIN gives the screen back as it was.
 */
export async function leaveCustomer(ctx: Ctx, session: Session, input: { staffId: StaffId; pin: string } | null): Promise<void> {
  const d = deskOf(ctx);
  if (!session.turned || d.turn?.windowId !== session.windowId) throw new AppError('session.locked');
  if (input === null) {
    if (pinNeeded(ctx)) throw new AppError('session.wrong-pin');
  } else {
    const before = ctx.sessions.get(session.windowId);
    await unlock(ctx, { ...before }, input);
    const typed = ctx.sessions.get(session.windowId);
    if (before.staffId === null) ctx.sessions.signOut(session.windowId);
    else if (typed.role === 'owner') ctx.sessions.signIn(session.windowId, before.staffId, before.role === 'owner' ? 'owner' : 'staff');
  }
  d.turn = null;
}
