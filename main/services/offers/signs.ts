import { signFacts } from '@db/queries/offer-signs';
import { DAY, type OfferId, type UtcMs } from '@domain/kernel';
import { type Sign, signsOf } from '@domain/offers/signs';
import type { Ctx } from '../ctx';

/** What looks unusual about redeeming in the last days: of one offer, or of all and of everybody at the counter. */
export function abuseSigns(ctx: Ctx, offerId: OfferId | null, days: number): Sign[] {
  const signs = signsOf(signFacts(ctx.db, (ctx.clock.now() - days * DAY) as UtcMs));
  return offerId === null ? signs : signs.filter((s) => 'offerId' in s && s.offerId === offerId);
}
