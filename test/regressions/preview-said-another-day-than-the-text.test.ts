import type { SegmentId } from '@domain/kernel';
import { getCampaign } from '@services/campaigns/drafts';
import { preview } from '@services/campaigns/preview';
import { review } from '@services/campaigns/review';
import { expect, it } from 'vitest';
import { aThreePartCampaign, somePeople } from '../support/parts';
import { aCtx } from '../support/test-ctx';

/*
 * While Spanish words were written, the phone showed the offer's last day in English: the owner read other words, of another length, than
 * the review counted and the customer got.
 */
it('Spanish words are previewed as they leave, the day in Spanish', async () => {
  const ctx = aCtx();
  somePeople(ctx, [{ tags: ['shirts'], name: 'Carlos', language: 'es' }]);
  const { campaign } = getCampaign(ctx, aThreePartCampaign(ctx));
  const [first, second] = campaign.parts;
  const shown = await preview(ctx, {
    campaignId: campaign.id,
    segmentId: second?.segmentId ?? null,
    before: [first?.segmentId as SegmentId],
    body: second?.body ?? '',
    words: campaign.words.filter((w) => w.part === 2),
    look: 'es.a.any',
    offerId: second?.offerId ?? null,
    addStopLine: true,
    offset: 0,
    limit: 10,
  });
  const leaves = (await review(ctx, campaign.id)).parts[1]?.wordings.find((w) => w.words === 'es.a.any')?.longest.text;
  expect(leaves).toMatch(/hasta (lun|mar|mié|mie|jue|vie|sáb|sab|dom)/);
  expect(shown.rows.map((r) => r.text)).toEqual([leaves]);
});
