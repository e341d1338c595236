import type { costs } from '@contract/costs';
import { optOutCost } from '@services/results/lost-regulars';
import type { HandlersFor } from '../handler';

export const costsHandlers = {
  'costs/opt-outs': (ctx, input) => optOutCost(ctx, input),
} satisfies HandlersFor<typeof costs>;
