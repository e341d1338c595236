import type { papers } from '@contract/papers';
import { DONE } from '@contract/primitives';
import { campaignPaper, weekPaper } from '@services/papers/papers';
import { paperSettings, savePaperSettings } from '@services/papers/weekly';
import type { HandlersFor } from '../handler';

export const papersHandlers = {
  'papers/week': (ctx) => weekPaper(ctx),
  'papers/campaign': (ctx, { campaignId }) => campaignPaper(ctx, campaignId),
  'papers/settings': (ctx) => paperSettings(ctx),
  'papers/save-settings': (ctx, input, session) => {
    savePaperSettings(ctx, session, input);
    return DONE;
  },
} satisfies HandlersFor<typeof papers>;
