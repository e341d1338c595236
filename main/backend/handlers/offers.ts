import type { offers } from '@contract/offers';
import { listAllOffers, listCodes, saveOffer, whatWasRedeemed } from '@services/offers/offers';
import { undoRedemption } from '@services/offers/redeem';
import type { HandlersFor } from '../handler';

export const offersHandlers = {
  'offers/list': (ctx) => listAllOffers(ctx),
  'offers/save': (ctx, input, session) => saveOffer(ctx, session, input),
  'offers/codes': (ctx, { offerId, ...filter }) => listCodes(ctx, offerId, filter),
  'offers/redemptions': (ctx, { offerId, days }) => whatWasRedeemed(ctx, offerId, days),
  'offers/undo': (ctx, { redemptionId }, session) => undoRedemption(ctx, session, redemptionId).redemption,
} satisfies HandlersFor<typeof offers>;
