import type { tests } from '@contract/tests';
import { quarterTests } from '@services/tests/quarters';
import { testSize, wordsTest } from '@services/tests/words';
import type { HandlersFor } from '../handler';

export const testsHandlers = {
  'tests/size': (ctx, { a, b }) => testSize(ctx, a, b),
  'tests/words': (ctx, { campaignId }) => wordsTest(ctx, campaignId),
  'tests/quarters': (ctx) => quarterTests(ctx),
} satisfies HandlersFor<typeof tests>;
