import type { kit } from '@contract/kit';
import { DONE } from '@contract/primitives';
import { listTopics } from '@db/queries/topics';
import { kitOverview, kitPiece, pieceLeft } from '@services/kit/kit';
import { allowJoinWord, joinWords, orderTopics, saveJoinWord, saveTopic } from '@services/kit/topics';
import { backToOurs, restoreWording, saveWording, wordingsInUse, wordingView } from '@services/kit/wording';
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
  'kit/overview': (ctx) => kitOverview(ctx),
  'kit/piece': (ctx, { piece, word }) => kitPiece(ctx, piece, word),
  'kit/piece-left': (ctx, input) => {
    pieceLeft(ctx, input);
    return DONE;
  },
  'kit/wordings': (ctx) => wordingsInUse(ctx),
  'kit/wording': (ctx, { kind, language }) => wordingView(ctx, kind, language),
  'kit/save-wording': (ctx, input, session) => saveWording(ctx, session, input),
  'kit/restore-wording': (ctx, { id }, session) => restoreWording(ctx, session, id),
  'kit/reset-wording': (ctx, input, session) => {
    backToOurs(ctx, session, input);
    return DONE;
  },
} satisfies HandlersFor<typeof kit>;
