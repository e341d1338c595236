import type { tests } from '@contract/tests';
import { quarterTests } from '@services/tests/quarters';
import { whatListShows } from '@services/tests/shows';
import { testSize, wordsTest } from '@services/tests/words';
import type { HandlersFor } from '../handler';

export const testsHandlers = {
  'tests/size': (ctx, { a, b }) => testSize(ctx, a, b),
  'tests/shows': (ctx, { people, holdout }) => whatListShows(ctx, people, holdout),
  'tests/words': (ctx, { campaignId }) => wordsTest(ctx, campaignId),
  'tests/quarters': (ctx) => quarterTests(ctx),
} satisfies HandlersFor<typeof tests>;
