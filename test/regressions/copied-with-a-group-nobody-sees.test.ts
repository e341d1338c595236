import type { SegmentId } from '@domain/kernel';
import { copyCampaign, getCampaign } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { removeGroup } from '@services/segments/segments';
import { expect, it } from 'vitest';
import { aGroup, somePeople } from '../support/parts';
import { aDraft } from '../support/planned';
import { aCtx } from '../support/test-ctx';

/*
 * A campaign was used again whose group had been taken off the list since: the place for the group stood empty, and the text would have gone
 * to the people of the group nobody could see any more.
 */
it('a copy asks for another group where the old one was taken off the list', async () => {
  const ctx = aCtx();
  somePeople(ctx, [{ tags: ['suits'] }, {}]);
  const suits = aGroup(ctx, { is: 'tag', tag: 'suits' });
  const rest = aGroup(ctx, { all: [] });
  const id = aDraft(ctx, {
    segmentId: suits,
    more: [
      { segmentId: rest, body: '{shop}: hello', offerId: null },
      { segmentId: suits, body: '{shop}: never', offerId: null },
    ],
  });
  removeGroup(ctx, suits);
  const copy = copyCampaign(ctx, id, 'Again');
  expect(getCampaign(ctx, copy).campaign.parts.map((p) => p.segmentId)).toEqual<(SegmentId | null)[]>([null, rest, null]);
  expect((await review(ctx, copy)).checks).toContainEqual({ code: 'no-group', level: 'stop' });
});
