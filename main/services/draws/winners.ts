import type { Trx } from '@db/open';
import { type DrawRow, drawById, movePick, picksOf, taskOfPick } from '@db/queries/draws';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { CustomerId, PhoneE164 } from '@domain/kernel';
import { openCounterTask } from '../counter-tasks/open';
import type { Ctx, Session } from '../ctx';
import { journalDraw } from './journal';

/**
 * A prize is told by a call, not by a text: entering is no permission for texts, and a word in a draw asks for none (rules.md §1). The
 * task waits at the counter like every other.
 */
export function giveTo(
  ctx: Ctx,
  trx: Trx,
  d: Pick<DrawRow, 'id' | 'name' | 'rules'>,
  place: number,
  who: { customerId: CustomerId | null; phone: string | null; name: string },
  session: Session,
): void {
  const { shop } = ctx.settings();
  const { id } = openCounterTask(trx, {
    kind: 'call-back',
    customerId: who.customerId,
    address: who.phone as PhoneE164 | null,
    words: `${d.name}: ${who.customerId === null ? `${who.name} ` : ''}won. Prize: ${d.rules.prize}`,
    shop,
    at: ctx.clock.now(),
    staffId: session.staffId,
  });
  taskOfPick(trx, d.id, place, id);
}

/** The winner has the prize. */
export function claimPrize(ctx: Ctx, session: Session, drawId: number, place: number): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!movePick(trx, { drawId, place, from: 'won', to: 'claimed', at: now })) throw new AppError('draw.bad-state');
    audit(trx, { at: now, staffId: session.staffId, action: 'draw.claimed', subject: String(drawId), detail: { place } });
  });
  journalDraw(ctx, drawId);
}

/** Not reached, not eligible, or does not want it: the next alternate in the order of the draw gets it. Returns their place; null = none is left. */
export function passPrize(ctx: Ctx, session: Session, drawId: number, place: number): number | null {
  const now = ctx.clock.now();
  const passedTo = ctx.db.tx((trx) => {
    const d = drawById(trx, drawId);
    if (!d || !movePick(trx, { drawId, place, from: 'won', to: 'passed', at: now })) throw new AppError('draw.bad-state');
    const inLine = picksOf(trx, drawId).filter((p) => p.state === 'waiting');
    const next = inLine.find((p) => p.customerId !== null || p.phone !== null);
    // erased since the draw: nobody knows any more whom to call
    for (const p of inLine)
      if (p.place < (next?.place ?? Number.POSITIVE_INFINITY))
        movePick(trx, { drawId, place: p.place, from: 'waiting', to: 'passed', at: now });
    if (next) {
      movePick(trx, { drawId, place: next.place, from: 'waiting', to: 'won', at: now });
      giveTo(ctx, trx, d, next.place, next, session);
    }
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'draw.passed',
      subject: String(drawId),
      detail: { place, next: next?.place ?? 0 },
    });
    return next?.place ?? null;
  });
  journalDraw(ctx, drawId);
  return passedTo;
}
