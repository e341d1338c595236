import type { counter } from '@contract/counter';
import { DONE } from '@contract/primitives';
import { findAtCounter } from '@services/counter/find';
import { isHere, signUp, signUpForm } from '@services/counter/sign-up';
import { candidatesOfRedemption } from '@services/links/candidates';
import { lookAtReceipt } from '@services/links/links';
import { redeem, undoRedemption } from '@services/offers/redeem';
import type { HandlersFor } from '../handler';

export const counterHandlers = {
  'counter/find': (ctx, { text, final }, session) => findAtCounter(ctx, session, text, final),
  'counter/redeem': (ctx, input, session) => {
    const { redemption, offer, left, linkId } = redeem(ctx, session, input);
    const receipt = linkId === null ? null : lookAtReceipt(ctx, linkId, session);
    const moment = receipt ? null : (candidatesOfRedemption(ctx, redemption.id, null)[0] ?? null);
    return { redemptionId: redemption.id, offer, discount: redemption.discount, left, receipt, moment };
  },
  'counter/undo-redeem': (ctx, { redemptionId }, session) => {
    undoRedemption(ctx, session, redemptionId);
    return DONE;
  },
  'counter/sign-up-form': (ctx) => signUpForm(ctx),
  'counter/sign-up': (ctx, input, session) => signUp(ctx, session, input),
  'counter/here': (ctx, { customerId }, session) => {
    isHere(ctx, session, customerId);
    return DONE;
  },
} satisfies HandlersFor<typeof counter>;
