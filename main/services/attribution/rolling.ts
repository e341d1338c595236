import { quarterHeld } from '@domain/attribution/rolling';
import { quarterOf } from '@domain/campaigns/caps';
import type { CustomerId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

/** Who is kept out of all marketing in the quarter of an instant; null while the owner has that switched off (Settings). */
export function quarterGroup(ctx: Ctx, at: UtcMs): ((id: CustomerId) => boolean) | null {
  const { money, shop } = ctx.settings();
  return money.quarterHoldout ? quarterHeld(ctx.hmacKey, quarterOf(at, shop.zone)) : null;
}
