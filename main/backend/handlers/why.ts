import type { why } from '@contract/why';
import { whyCampaign, whyChoices } from '@services/campaigns/why';
import type { HandlersFor } from '../handler';

export const whyHandlers = {
  'why/choices': (ctx, input) => whyChoices(ctx, input),
  'why/campaign': (ctx, input) => whyCampaign(ctx, input),
} satisfies HandlersFor<typeof why>;
