import { DONE } from '@contract/primitives';
import type { signUp } from '@contract/sign-up';
import { catchUpLine, whenOf } from '@services/counter/catch-up';
import { nowInFront, refuseUnlessInFront } from '@services/counter/in-front';
import { addLater, closeLater, laterList, undoLater } from '@services/counter/later';
import { cardOf, memberWithoutPhone } from '@services/counter/membership';
import { paperForm, paperSignUp } from '@services/counter/paper';
import { keepWhy, preferencesOf } from '@services/counter/preferences';
import { customerAskedToStop } from '@services/counter/sign-up';
import { cancelTurn, deskState, forgetEnded, turnToCustomer } from '@services/counter/turn';
import type { HandlersFor } from '../handler';

export const signUpHandlers = {
  'sign-up/turn': (ctx, { language, customerId }, session) => {
    if (customerId !== null) {
      refuseUnlessInFront(ctx, session, customerId);
      preferencesOf(ctx, customerId); // somebody without a number has nothing to choose
    }
    return turnToCustomer(ctx, session, language, customerId);
  },
  'sign-up/desk': (ctx, _input, session) => {
    const state = deskState(ctx);
    const who = state.ended?.customerId ?? null; // has just signed up across the counter
    if (who !== null) nowInFront(ctx, session, [who]);
    return state;
  },
  'sign-up/cancel': (ctx) => {
    cancelTurn(ctx);
    return DONE;
  },
  'sign-up/seen': (ctx) => {
    forgetEnded(ctx);
    return DONE;
  },
  'sign-up/paper-form': (ctx) => paperForm(ctx),
  'sign-up/paper': (ctx, input, session) => paperSignUp(ctx, session, input),
  'sign-up/stop': (ctx, input, session) => customerAskedToStop(ctx, session, { ...input, reason: '' }),
  'sign-up/why': (ctx, { stopId, customerId, reason }) => {
    keepWhy(ctx, stopId, customerId, reason);
    return DONE;
  },
  'sign-up/member': (ctx, input, session) => memberWithoutPhone(ctx, session, input),
  'sign-up/card': (ctx, { customerId }, session) => cardOf(ctx, session, customerId),
  'later/list': (ctx, _input, session) => laterList(ctx, session),
  'later/add': (ctx, input, session) => addLater(ctx, session, input),
  'later/done': (ctx, { id, customerId }, session) => {
    closeLater(ctx, session, id, { state: 'done', customerId });
    return DONE;
  },
  'later/drop': (ctx, { id, reason }, session) => {
    closeLater(ctx, session, id, { state: 'dropped', reason });
    return DONE;
  },
  'later/undo': (ctx, { id }) => {
    undoLater(ctx, id);
    return DONE;
  },
  'catch-up/line': (ctx, input, session) => catchUpLine(ctx, session, input),
  'catch-up/when': (ctx, { day, minutes }) => whenOf(ctx, day, minutes),
} satisfies HandlersFor<typeof signUp>;
