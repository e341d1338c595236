import type { offers } from '@contract/offers';
import { DONE } from '@contract/primitives';
import { callOffCode, callOffCodes, openCodeCount } from '@services/offers/end';
import { listAllOffers, listCodes, saveOffer, whatWasRedeemed } from '@services/offers/offers';
import { codesOfPaper, makePaperCodes, paperOf } from '@services/offers/paper';
import { undoRedemption } from '@services/offers/redeem';
import { abuseSigns } from '@services/offers/signs';
import type { HandlersFor } from '../handler';

export const offersHandlers = {
  'offers/list': (ctx) => listAllOffers(ctx),
  'offers/save': (ctx, input, session) => saveOffer(ctx, session, input),
  'offers/codes': (ctx, { offerId, ...filter }) => listCodes(ctx, offerId, filter),
  'offers/redemptions': (ctx, { offerId, days }) => whatWasRedeemed(ctx, offerId, days),
  'offers/signs': (ctx, { offerId, days }) => abuseSigns(ctx, offerId, days),
  'offers/open-codes': (ctx, of) => ({ open: openCodeCount(ctx, of) }),
  'offers/call-off': async (ctx, { offerId }, session) => ({ codes: await callOffCodes(ctx, session, { offerId }) }),
  'offers/call-off-code': (ctx, { code }, session) => {
    callOffCode(ctx, session, code);
    return DONE;
  },
  'offers/make-paper': (ctx, input, session) => makePaperCodes(ctx, session, input),
  'offers/paper': (ctx, { offerId }) => paperOf(ctx, offerId),
  'offers/paper-codes': (ctx, { offerId, at }) => codesOfPaper(ctx, offerId, at),
  'offers/undo': (ctx, { redemptionId }, session) => undoRedemption(ctx, session, redemptionId).redemption,
} satisfies HandlersFor<typeof offers>;
