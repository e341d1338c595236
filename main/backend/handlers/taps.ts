import { DONE } from '@contract/primitives';
import type { taps } from '@contract/taps';
import { readTaps } from '@services/taps/read';
import { connectLinks, disconnectLinks, linkSourceView, tapsOfCampaign } from '@services/taps/source';
import type { HandlersFor } from '../handler';

export const tapsHandlers = {
  'taps/source': (ctx) => linkSourceView(ctx),
  'taps/connect': async (ctx, input, session) => {
    await connectLinks(ctx, session, input);
    return DONE;
  },
  'taps/disconnect': (ctx, _input, session) => {
    disconnectLinks(ctx, session);
    return DONE;
  },
  'taps/look': async (ctx) => ({ fresh: await readTaps(ctx) }),
  'taps/campaign': (ctx, { id }) => tapsOfCampaign(ctx, id),
} satisfies HandlersFor<typeof taps>;
