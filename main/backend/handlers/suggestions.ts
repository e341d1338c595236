import { DONE } from '@contract/primitives';
import type { suggestions } from '@contract/suggestions';
import { quarterly } from '@services/reports/quarterly';
import { anywayOfDraft, bringBackSuggestion, lateGroupOf, putOffSuggestion, takeSuggestion } from '@services/reports/take';
import type { HandlersFor } from '../handler';

export const suggestionsHandlers = {
  'suggestions/take': async (ctx, input, session) => ({ campaignId: await takeSuggestion(ctx, session, input) }),
  'suggestions/put-off': async (ctx, { key }, session) => {
    await putOffSuggestion(ctx, session, key);
    return DONE;
  },
  'suggestions/bring-back': (ctx, { key }, session) => {
    bringBackSuggestion(ctx, session, key);
    return DONE;
  },
  'suggestions/anyway': (ctx, { campaignId }) => anywayOfDraft(ctx, campaignId),
  'suggestions/quarterly': (ctx) => quarterly(ctx),
  'suggestions/late-only': (ctx, { campaignId }) => ({ segmentId: lateGroupOf(ctx, campaignId) }),
} satisfies HandlersFor<typeof suggestions>;
