import type { campaignWords } from '@contract/campaign-words';
import { DONE } from '@contract/primitives';
import { campaignWordsOf, saveCampaignWords } from '@services/inbox/campaign-words';
import type { HandlersFor } from '../handler';

export const campaignWordsHandlers = {
  'campaigns/reply-words': (ctx, { id }) => campaignWordsOf(ctx, id),
  'campaigns/save-reply-words': (ctx, { id, words }, session) => {
    saveCampaignWords(ctx, session, id, words);
    return DONE;
  },
} satisfies HandlersFor<typeof campaignWords>;
