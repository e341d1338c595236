import type { CampaignId, CustomerId, ShopDay } from '@domain/kernel';
import { keepDues } from '@services/automations/keep';
import { theAutomation } from '@services/automations/look';
import { resultsOf } from '@services/automations/results';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { afterEach, describe, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, running } from '../support/automation-shop';
import { percentOff } from '../support/ladder-shop';
import { aDraft } from '../support/planned';
import { owner } from '../support/test-ctx';

let shop: AutomationShop;
afterEach(() => shop.close());
const d = (s: string) => s as ShopDay;
const start = async (id: CampaignId) => {
  const r = await review(shop.ctx, id);
  await shop.ctx.tasks.finished(await startCampaign(shop.ctx, { id, quoteToken: r.quoteToken ?? '' }, owner));
  return r;
};

describe('automations beside campaigns', () => {
  it('a campaign leaves out whose own day comes within the spacing, and says so', async () => {
    shop = await anAutomationShop({ people: 4 });
    const { ctx } = shop;
    shop.born(0, '--11-05');
    shop.born(1, '--11-25');
    await running(ctx, 'birthday', { terms: { daysBefore: 0 } });
    await keepDues(ctx);
    const r = await start(aDraft(ctx));
    expect(r.excluded).toEqual([{ reason: 'automation-soon', count: 1 }]);
    expect(r.people).toBe(3);
    await shop.to(4);
    expect(shop.left().filter((t) => t.who === 0)).toHaveLength(1);
    expect(shop.left().filter((t) => t.who === 0)[0]?.body).toContain('something for you');
  });

  it('texts of automations leave before a campaign’s', async () => {
    shop = await anAutomationShop({ people: 2 });
    const { ctx } = shop;
    shop.born(0, '--11-02');
    await running(ctx, 'birthday', { terms: { daysBefore: 0 }, atMinute: 600, inside: true });
    await shop.settle();
    const row = ctx.db.prepare('SELECT priority FROM outbox').pluck().get() as number;
    expect(row).toBe(8);
  });

  it('whoever comes more often is thanked, gets news and no money off for sixty days, and the margin kept is told', async () => {
    shop = await anAutomationShop({ people: 2 });
    const { ctx } = shop;
    for (const day of ['2025-12-01', '2026-04-01', '2026-10-01', '2026-10-12']) shop.sold(0, d(day));
    const id = await running(ctx, 'thank-you', { waitDays: 3 });
    await shop.to(1);
    shop.sold(0, d('2026-11-03'));
    await shop.to(5);
    expect(shop.told(id)).toEqual(['0 rising:2026-11-03 text']);
    await shop.to(12);
    const off = await start(aDraft(ctx, { name: 'Ten off', offerId: percentOff(ctx, 10), body: '{shop}: {code}' }));
    expect(off.excluded).toEqual([{ reason: 'no-discount-now', count: 1 }]);
    await shop.to(13);
    const news = await review(ctx, aDraft(ctx, { name: 'News' }));
    expect(news.excluded.map((e) => e.reason)).not.toContain('no-discount-now');
    expect((await resultsOf(ctx, theAutomation(ctx, id))).kept).toEqual({ times: 1, discount: 0 });
    expect(shop.people[0]?.id as CustomerId).toBeGreaterThan(0);
  });
});
