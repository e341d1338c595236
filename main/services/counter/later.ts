import { customerById } from '@db/queries/customers';
import { countOpenLater, endLater, insertLater, openLater, openLaterOf, reopenLater } from '@db/queries/later';
import { audit } from '@db/queries/staff';
import { tidyName } from '@domain/customers/name';
import { AppError } from '@domain/errors';
import { type CustomerId, HOUR, type UtcMs } from '@domain/kernel';
import { marketingState } from '../consent';
import type { Ctx, Session } from '../ctx';
import { nowInFront, refuseUnlessInFront } from './in-front';

const MOST = 50;
/** A slip of the finger is noticed the same day. */
const UNDO_MS = 12 * HOUR;

/** "Finish later": who was handed a card when the queue was long, the longest waiting first. Nobody here has agreed to anything. */
export function laterList(ctx: Ctx, session: Session) {
  const rows = openLater(ctx.db, MOST).map((r) => {
    const phone = r.customerId === null ? null : (customerById(ctx.db, r.customerId)?.phone ?? null);
    return { ...r, signedUp: phone !== null && marketingState(ctx, phone) === 'in' };
  });
  // whoever put them on the list had them before them
  nowInFront(
    ctx,
    session,
    rows.flatMap((r) => r.customerId ?? []),
  );
  return { rows, more: Math.max(0, countOpenLater(ctx.db) - rows.length) };
}

/** One key: what is known, when, by whom. Pressed twice for one known person it stays one. */
export function addLater(ctx: Ctx, session: Session, input: { name: string; customerId: CustomerId | null }): { id: number } {
  const { customerId } = input;
  if (customerId !== null) refuseUnlessInFront(ctx, session, customerId);
  if (customerId !== null && !customerById(ctx.db, customerId)) throw new AppError('customer.not-found');
  const waiting = customerId === null ? null : openLaterOf(ctx.db, customerId);
  if (waiting !== null) return { id: waiting };
  return ctx.db.tx((trx) => ({
    id: insertLater(trx, { at: ctx.clock.now(), staffId: session.staffId, name: tidyName(input.name), customerId }),
  }));
}

export type DropReason = 'left' | 'no-thanks' | 'twice' | 'other';

/** Signed up in the end, or gone with a reason. */
export function closeLater(
  ctx: Ctx,
  session: Session,
  id: number,
  end: { state: 'done'; customerId: CustomerId | null } | { state: 'dropped'; reason: DropReason },
): void {
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    const reason = end.state === 'dropped' ? end.reason : null;
    const customerId = end.state === 'done' ? end.customerId : null;
    if (!endLater(trx, id, { state: end.state, at, staffId: session.staffId, reason, customerId })) throw new AppError('later.not-open');
    audit(trx, {
      at,
      staffId: session.staffId,
      action: `later.${end.state}`,
      subject: String(id),
      detail: reason === null ? {} : { reason },
    });
  });
}

/** Back on the list. */
export function undoLater(ctx: Ctx, id: number): void {
  if (!ctx.db.tx((trx) => reopenLater(trx, id, (ctx.clock.now() - UNDO_MS) as UtcMs))) throw new AppError('later.not-open');
}
