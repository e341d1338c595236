import { offerLeak } from '@db/queries/offer-leak';
import type { Leak } from '@domain/attribution/payback';
import type { OfferId } from '@domain/kernel';
import type { Ctx } from '../ctx';

/** How far an offer travelled beyond the people it was sent to; null where no text ever told of it. */
export const leakOfOffer = (ctx: Ctx, offerId: OfferId): Leak | null => offerLeak(ctx.db, offerId);
