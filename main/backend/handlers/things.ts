import { DONE } from '@contract/primitives';
import type { things } from '@contract/things';
import { addThing, boughtBy, doneThing, saveTerm, terms, thingsOfPerson, usualTime } from '@services/things/things';
import type { HandlersFor } from '../handler';

export const thingsHandlers = {
  'things/of': (ctx, { customerId }, session) => thingsOfPerson(ctx, session, customerId),
  'things/add': (ctx, input, session) => addThing(ctx, session, input),
  'things/done': (ctx, input, session) => {
    doneThing(ctx, session, input);
    return DONE;
  },
  'things/bought': (ctx, { customerId }) => boughtBy(ctx, customerId),
  'things/terms': (ctx) => terms(ctx),
  'things/usual': (ctx, { category }) => usualTime(ctx, category),
  'things/save-term': (ctx, input, session) => {
    saveTerm(ctx, session, input);
    return DONE;
  },
} satisfies HandlersFor<typeof things>;
