import type { away } from '@contract/away';
import { DONE } from '@contract/primitives';
import { dismissNotes } from '@services/desktop/away';
import { checkClock } from '@services/desktop/clock';
import { awayState } from '@services/desktop/state';
import { wakeSender } from '@services/outbox/sender-state';
import type { HandlersFor } from '../handler';

export const awayHandlers = {
  'away/state': (ctx) => awayState(ctx),
  'away/dismiss': (ctx, { ids }) => {
    dismissNotes(ctx, ids);
    return DONE;
  },
  'away/check-clock': async (ctx) => {
    const { verdict } = await checkClock(ctx, true);
    if (verdict === 'right') wakeSender(ctx);
    return awayState(ctx);
  },
} satisfies HandlersFor<typeof away>;
