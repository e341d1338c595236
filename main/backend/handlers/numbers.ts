import type { numbers } from '@contract/numbers';
import { DONE } from '@contract/primitives';
import { countUntextable, exportUntextable, listUntextable } from '@services/numbers/cannot-text';
import { numberKnown, sayLinks, tryNumberAgain } from '@services/numbers/known';
import { quoteLookUp, startLookUp } from '@services/numbers/look-up';
import { accountTraffic } from '@services/numbers/traffic';
import type { HandlersFor } from '../handler';

export const numbersHandlers = {
  'numbers/cannot-text': (ctx, { filter, ...page }) => listUntextable(ctx, filter, page),
  'numbers/counts': (ctx) => countUntextable(ctx),
  'numbers/export': (ctx, { filter }, session) => exportUntextable(ctx, session, filter),
  'numbers/person': (ctx, { id }) => numberKnown(ctx, id),
  'numbers/try-again': (ctx, { id, mobile }, session) => {
    tryNumberAgain(ctx, session, id, mobile);
    return DONE;
  },
  'numbers/links': (ctx, { id, value }, session) => {
    sayLinks(ctx, session, id, value);
    return DONE;
  },
  'numbers/look-up-quote': (ctx) => quoteLookUp(ctx),
  'numbers/look-up': async (ctx, { token }, session) => ({ taskId: await startLookUp(ctx, session, token) }),
  'numbers/traffic': (ctx) => accountTraffic(ctx),
} satisfies HandlersFor<typeof numbers>;
