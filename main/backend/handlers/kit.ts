import type { kit } from '@contract/kit';
import { DONE } from '@contract/primitives';
import { listTopics } from '@db/queries/topics';
import { allowJoinWord, joinWords, orderTopics, saveJoinWord, saveTopic } from '@services/kit/topics';
import type { HandlersFor } from '../handler';

export const kitHandlers = {
  'kit/topics': (ctx, { all }) => listTopics(ctx.db, { all }),
  'kit/save-topic': (ctx, input, session) => saveTopic(ctx, session, input),
  'kit/order-topics': (ctx, { slugs }) => {
    orderTopics(ctx, slugs);
    return DONE;
  },
  'kit/join-words': (ctx) => joinWords(ctx),
  'kit/save-join-word': (ctx, input, session) => saveJoinWord(ctx, session, input),
  'kit/use-join-word': (ctx, input, session) => {
    allowJoinWord(ctx, session, input);
    return DONE;
  },
} satisfies HandlersFor<typeof kit>;
