import type { PhoneE164 } from '@domain/kernel';
import { fieldsOf, getCampaign, saveDraft } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { expect, it } from 'vitest';
import { aGroup, somePeople } from '../support/parts';
import { aDraft } from '../support/planned';
import { aCtx, owner } from '../support/test-ctx';

/*
 * A start was stopped while the texts were being written, and the campaign became a draft again, with the group frozen for that start still
 * in it. Whatever group the owner chose from then on, the texts went to the old one.
 */
it('a draft whose start was stopped goes to the group chosen since', async () => {
  const ctx = aCtx({
    settings: { texting: { mode: 'practice', sender: { kind: 'number', number: '+12125559999' as PhoneE164 }, senderApproved: true } },
  });
  const [, shirts] = somePeople(ctx, [{ tags: ['suits'] }, { tags: ['shirts'] }]);
  const id = aDraft(ctx, { segmentId: aGroup(ctx, { is: 'tag', tag: 'suits' }) });
  const { quoteToken } = await review(ctx, id);
  const task = await startCampaign(ctx, { id, quoteToken: quoteToken ?? '' }, owner);
  ctx.tasks.cancel(task);
  await ctx.tasks.finished(task).catch(() => undefined);
  expect(getCampaign(ctx, id).campaign.state).toBe('draft');

  const { campaign } = getCampaign(ctx, id);
  saveDraft(ctx, id, { ...fieldsOf(campaign), segmentId: aGroup(ctx, { is: 'tag', tag: 'shirts' }) });
  const again = await review(ctx, id);
  await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: again.quoteToken ?? '' }, owner));
  expect(ctx.db.prepare('SELECT customer_id FROM outbox').pluck().all()).toEqual([shirts?.id]);
});
