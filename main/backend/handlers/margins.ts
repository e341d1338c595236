import type { margins } from '@contract/margins';
import { DONE } from '@contract/primitives';
import { marginList, previewMarginFile, saveMargins } from '@services/results/margin-list';
import type { HandlersFor } from '../handler';
import { stopTable } from '../stop-table';

export const marginsHandlers = {
  'margins/list': (ctx, input) => marginList(ctx, input),
  'margins/save': (ctx, input, session) => {
    saveMargins(ctx, session, input);
    return DONE;
  },
  'margins/read-file': async (ctx, { path }) => previewMarginFile(ctx, await stopTable({ path })),
} satisfies HandlersFor<typeof margins>;
