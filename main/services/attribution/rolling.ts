import { quarterHeld } from '@domain/attribution/rolling';
import { quarterOf } from '@domain/campaigns/caps';
import type { CustomerId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

/** Who is kept out of all marketing this quarter, while the owner has that switched on (Settings): nobody otherwise. */
export function heldThisQuarter(ctx: Ctx, now: UtcMs): (id: CustomerId) => boolean {
  const { money, shop } = ctx.settings();
  if (!money.quarterHoldout) return () => false;
  return quarterHeld(ctx.hmacKey, quarterOf(now, shop.zone));
}
