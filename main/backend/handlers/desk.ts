import type { desk } from '@contract/desk';
import { DONE } from '@contract/primitives';
import { deskLog, undoAtCounter } from '@services/counter/log';
import { aboutPerson, addWish, changeNote, changeSize, changeWish } from '@services/counter/notes';
import { receiptOfRedemption } from '@services/counter/receipt';
import type { HandlersFor } from '../handler';

export const deskHandlers = {
  'desk/about': (ctx, { customerId }, session) => aboutPerson(ctx, session, customerId),
  'desk/note': (ctx, { customerId, note }, session) => {
    changeNote(ctx, session, customerId, note);
    return DONE;
  },
  'desk/size': (ctx, input, session) => {
    changeSize(ctx, session, input);
    return DONE;
  },
  'desk/wish': (ctx, input, session) => addWish(ctx, session, input),
  'desk/wish-state': (ctx, { id, state }, session) => {
    changeWish(ctx, session, id, state);
    return DONE;
  },
  'desk/receipt': (ctx, input, session) => receiptOfRedemption(ctx, session, input),
  'desk/log': (ctx, _input, session) => deskLog(ctx, session),
  'desk/undo': (ctx, { id }, session) => {
    undoAtCounter(ctx, session, id);
    return DONE;
  },
} satisfies HandlersFor<typeof desk>;
