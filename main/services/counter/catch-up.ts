import { customerById } from '@db/queries/customers';
import { instantOf } from '@domain/calendar';
import { shortName } from '@domain/customers/name';
import { AppError, type ErrorParams } from '@domain/errors';
import type { Cents, ShopDay, UtcMs } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { redeem } from '../offers/redeem';

/** A wall-clock time of a shop day as an instant: what "yesterday, about noon" means for the whole batch. */
export function whenOf(ctx: Ctx, day: ShopDay, minutes: number): { at: UtcMs; future: boolean } {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const at = instantOf(ctx.settings().shop.zone, y, m, d, Math.floor(minutes / 60), minutes % 60);
  return { at, future: at > ctx.clock.now() };
}

export type CaughtUp =
  | {
      ok: true;
      redemptionId: number;
      offerName: string;
      customerName: string | null;
      discount: Cents | null;
      at: UtcMs;
    }
  | { ok: false; code: string; params: ErrorParams };

/**
 * One code written down on a busy day, redeemed as of when it was shown. What is wrong with it comes back as an answer, not as a
 * failure: the line stays on screen to be mended.
 */
export function catchUpLine(
  ctx: Ctx,
  session: Session,
  line: { day: ShopDay; minutes: number; code: string; amount: Cents | null; receiptNo: string | null },
): CaughtUp {
  const when = whenOf(ctx, line.day, line.minutes);
  if (when.future) return { ok: false, code: 'future', params: {} };
  try {
    const { redemption, offer } = redeem(ctx, session, {
      code: line.code,
      how: 'code',
      amount: line.amount,
      receiptNo: line.receiptNo,
      occurredAt: when.at,
    });
    const person = redemption.customerId === null ? null : customerById(ctx.db, redemption.customerId);
    return {
      ok: true,
      redemptionId: redemption.id,
      offerName: offer.name,
      customerName: person ? shortName(person) || null : null,
      discount: redemption.discount,
      at: redemption.at,
    };
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('offer.')) return { ok: false, code: error.code, params: error.params };
    throw error;
  }
}
