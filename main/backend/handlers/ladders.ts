import type { ladders } from '@contract/ladders';
import { DONE } from '@contract/primitives';
import { keepLadder, ladderOf, pauseLadder, resumeLadder, type ShownLadder, stopLadder } from '@services/campaigns/ladder';
import { draftCost } from '@services/campaigns/ladder-cost';
import { pathFigures, pathPeople } from '@services/campaigns/ladder-view';
import type { HandlersFor } from '../handler';

const view = (shown: ShownLadder | null) => {
  if (shown === null) return null;
  const { ladder, root, steps } = shown;
  const { stops, patienceDays, held, state, endReason, startedAt, endedAt } = ladder;
  return {
    campaignId: root.id,
    campaignName: root.name,
    state,
    editable: root.state === 'draft',
    stops,
    patienceDays,
    held,
    endReason,
    startedAt,
    endedAt,
    steps: steps.map(({ rootId, parentId, words, ...s }) => ({ ...s, words: [...words], parentId: parentId === rootId ? null : parentId })),
  };
};

export const laddersHandlers = {
  'ladders/get': (ctx, { campaignId }) => view(ladderOf(ctx, campaignId)),
  'ladders/save': (ctx, input, session) => {
    keepLadder(ctx, session, input);
    return view(ladderOf(ctx, input.campaignId));
  },
  'ladders/cost': (ctx, { campaignId }) => draftCost(ctx, campaignId),
  'ladders/figures': (ctx, { campaignId }) => pathFigures(ctx, campaignId),
  'ladders/people': (ctx, { campaignId, placeId, which, page }) => pathPeople(ctx, { rootId: campaignId, placeId, which }, page),
  'ladders/pause': (ctx, { campaignId }, session) => {
    pauseLadder(ctx, session, campaignId);
    return DONE;
  },
  'ladders/resume': async (ctx, { campaignId }, session) => {
    await resumeLadder(ctx, session, campaignId);
    return DONE;
  },
  'ladders/end': (ctx, { campaignId }, session) => ({ keptBack: stopLadder(ctx, session, campaignId) }),
} satisfies HandlersFor<typeof ladders>;
