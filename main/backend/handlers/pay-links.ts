import type { payLinks } from '@contract/pay-links';
import { DONE } from '@contract/primitives';
import { markPaid, payLinksAtCounter, sendPayLink } from '@services/counter-tasks/pay-links';
import type { HandlersFor } from '../handler';

export const payLinksHandlers = {
  'pay-links/of': (ctx, { taskIds }) => payLinksAtCounter(ctx, taskIds),
  'pay-links/send': (ctx, input, session) => sendPayLink(ctx, session, input),
  'pay-links/paid': (ctx, input, session) => {
    markPaid(ctx, session, input);
    return DONE;
  },
} satisfies HandlersFor<typeof payLinks>;
