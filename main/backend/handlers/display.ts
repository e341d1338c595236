import type { display } from '@contract/display';
import { DONE } from '@contract/primitives';
import { preferOnScreen, stopOnScreen, whyOnScreen } from '@services/counter/preferences';
import { displayState, screenSignUp } from '@services/counter/screen';
import { actingTurn, again, endTurn, leaveCustomer, noteStep } from '@services/counter/turn';
import { tickOrder } from '@services/orders/screen';
import type { HandlersFor } from '../handler';

export const displayHandlers = {
  'display/state': (ctx, _input, session) => displayState(ctx, session),
  'display/step': (ctx, { step, language }, session) => {
    noteStep(ctx, session, step, language);
    return DONE;
  },
  'display/sign-up': (ctx, input, session) => screenSignUp(ctx, session, input),
  'display/order': (ctx, input, session) => tickOrder(ctx, session, input),
  'display/prefer': (ctx, input, session) => {
    preferOnScreen(ctx, session, input);
    return DONE;
  },
  'display/stop': (ctx, { turn }, session) => {
    stopOnScreen(ctx, session, turn);
    return DONE;
  },
  'display/why': (ctx, { turn, reason }, session) => {
    whyOnScreen(ctx, session, turn, reason);
    return DONE;
  },
  'display/end': (ctx, { turn }, session) => {
    actingTurn(ctx, session, turn);
    endTurn(ctx, session);
    return DONE;
  },
  'display/again': (ctx, _input, session) => {
    again(ctx, session);
    return DONE;
  },
  'display/leave': async (ctx, { unlock }, session) => {
    await leaveCustomer(ctx, session, unlock);
    return DONE;
  },
} satisfies HandlersFor<typeof display>;
