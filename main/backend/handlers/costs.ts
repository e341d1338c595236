import type { costs } from '@contract/costs';
import { leakOfOffer } from '@services/results/leak';
import { optOutCost } from '@services/results/lost-regulars';
import type { HandlersFor } from '../handler';

export const costsHandlers = {
  'costs/opt-outs': (ctx, input) => optOutCost(ctx, input),
  'costs/leak': (ctx, { offerId }) => ({ leak: leakOfOffer(ctx, offerId) }),
} satisfies HandlersFor<typeof costs>;
