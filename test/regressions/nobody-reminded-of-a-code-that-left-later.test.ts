import { runAutomations } from '@services/automations/run';
import { saveDraft } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { listGroups } from '@services/segments/segments';
import { afterEach, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, running } from '../support/automation-shop';
import { percentOff } from '../support/ladder-shop';
import { owner } from '../support/test-ctx';

let shop: AutomationShop;
afterEach(() => shop?.close());

/*
 * Story: a campaign was started before the shop opened and its texts left at ten, long after its codes were drawn. The reminder "your code ends
 * on Friday" looked at the people when the codes were drawn, found that no text had left, and never looked again.
 */
it('whoever has a code whose text left later than it was drawn is reminded of its end', async () => {
  shop = await anAutomationShop({ people: 1 });
  const { ctx } = shop;
  const reminder = await running(ctx, 'code-expiring', { terms: { daysBefore: 3 }, pattern: { body: '{shop}: {code} ends {ends}.' } });
  await shop.to(1, 8);
  const id = saveDraft(ctx, null, {
    name: 'Boots',
    segmentId: listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id ?? null,
    body: '{shop}: 10 % off with {code} until {ends}.',
    offerId: percentOff(ctx, 10, 14),
    addStopLine: true,
    holdout: 'off',
    goal: { kind: 'none', target: null },
    windowDays: 14,
  } as never);
  const r = await review(ctx, id);
  await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: r.quoteToken ?? '' }, owner));
  await runAutomations(ctx);
  shop.wakeAt(1);
  await shop.settle();
  expect(shop.left()).toHaveLength(1);
  await shop.to(20);
  const code = ctx.db.prepare('SELECT code FROM offer_code').pluck().get();
  expect(shop.told(reminder)).toEqual([`0 code:${code} text`]);
});
