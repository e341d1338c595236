import { markRolling } from '@db/queries/quarter-tests';
import type { CampaignId, CustomerId } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { mergePeople, unmergePeople } from '@services/customers/merge';
import { erasePerson } from '@services/privacy/erase';
import { campaignReport } from '@services/reports/campaign';
import { quarterTests } from '@services/tests/quarters';
import { describe, expect, it } from 'vitest';
import { ResultsShop, START } from '../support/results-shop';
import { owner } from '../support/test-ctx';

/**
 * Duplicates come to light when somebody stands at the counter, and texted people do so more often. Merged, the till identity of the
 * duplicate counted as known before the draw, since it was: as somebody else's. Texted people looked busier by it (rules.md §7). And the
 * quarter's comparison asked the lot of the number a record has now instead of the one it was drawn with.
 */
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
async function compared(shop: ResultsShop, id: number) {
  await shop.settle();
  const c = (await campaignReport(shop.ctx, id as CampaignId)).comparison;
  return { text: [c?.text.n, c?.text.buyers, c?.text.list], control: [c?.control.n, c?.control.buyers, c?.control.list] };
}

describe('a merge after the draw', () => {
  it.each([
    ['the record that goes was texted', 10, 900],
    ['the record that stays was texted', 900, 10],
  ])('ties nothing to the comparison that was another record’s then: %s', async (_, texted, twin) => {
    const shop = new ResultsShop();
    shop.people(1, 200);
    shop.people(900, 900);
    const texts = [...range(1, 100).filter((i) => i !== 10), texted];
    const id = shop.campaign(1, { text: texts, control: range(101, 200) });
    shop.sold(twin, { at: START + 3 * DAY }); // bought under the duplicate's card
    const before = await compared(shop, id);
    expect(before).toEqual({ text: [100, 0, 0], control: [100, 0, 0] });
    const { mergeId, id: both } = mergePeople(shop.ctx, owner, { a: texted as CustomerId, b: twin as CustomerId, take: {} });
    expect(await compared(shop, id)).toEqual(before);
    // it serves history and credit all the same
    expect(shop.credits()).toMatchObject([{ who: both, campaign: 1, kind: 'influenced', net: 5000 }]);
    // under the card they were drawn with they count as ever
    shop.sold(both, { at: START + 4 * DAY, tillId: `c${texted}` });
    expect((await compared(shop, id)).text).toEqual([100, 1, 5000]);
    unmergePeople(shop.ctx, owner, mergeId);
    await shop.settle();
    expect(shop.credits().filter((c) => c.who === twin)).toEqual([]);
  });

  it('of two that were both texted counts both ways of being known, as drawn', async () => {
    const shop = new ResultsShop();
    shop.people(1, 200);
    const id = shop.campaign(1, { text: range(1, 100), control: range(101, 200) });
    shop.sold(1, { at: START + 3 * DAY });
    shop.sold(2, { at: START + 4 * DAY });
    expect((await compared(shop, id)).text).toEqual([100, 2, 10_000]);
    mergePeople(shop.ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: {} });
    expect((await compared(shop, id)).text).toEqual([99, 1, 10_000]);
  });

  it('of one texted and one left out counts neither', async () => {
    const shop = new ResultsShop();
    shop.people(1, 200);
    const id = shop.campaign(1, { text: range(1, 100), control: range(101, 200) });
    shop.sold(1, { at: START + 3 * DAY });
    mergePeople(shop.ctx, owner, { a: 1 as CustomerId, b: 150 as CustomerId, take: {} });
    expect(await compared(shop, id)).toEqual({ text: [99, 0, 0], control: [99, 0, 0] });
  });
});

describe('somebody erased', () => {
  it('who bought does not become somebody who never came', async () => {
    const shop = new ResultsShop();
    shop.people(1, 200);
    const id = shop.campaign(1, { text: range(1, 100), control: range(101, 200) });
    for (const who of [1, 2, 101]) shop.sold(who, { at: START + 3 * DAY });
    const before = await compared(shop, id);
    expect(before).toEqual({ text: [100, 2, 10_000], control: [100, 1, 5000] });
    for (const who of [1, 101]) await shop.ctx.tasks.finished(erasePerson(shop.ctx, owner, { id: who as CustomerId }).task);
    expect(await compared(shop, id)).toEqual(before);
  });
});

describe('the quarter’s comparison', () => {
  it('keeps everybody on the side they were drawn for, merged or erased since', async () => {
    const shop = new ResultsShop();
    shop.people(1, 300);
    shop.people(900, 901);
    const id = shop.campaign(1, { text: range(1, 270), control: range(271, 300) });
    shop.ctx.db.tx((trx) => markRolling(trx, id, '2026-Q3'));
    for (const who of [...range(1, 60), ...range(271, 280)]) shop.sold(who, { at: START + 3 * DAY });
    shop.sold(900, { at: START + 3 * DAY });
    const result = async () => {
      await shop.settle();
      return (await quarterTests(shop.ctx))[0]?.result;
    };
    const before = await result();
    expect([before?.texted, before?.held]).toEqual([
      { x: 60, n: 270 },
      { x: 10, n: 30 },
    ]);
    mergePeople(shop.ctx, owner, { a: 271 as CustomerId, b: 901 as CustomerId, take: {} });
    mergePeople(shop.ctx, owner, { a: 100 as CustomerId, b: 900 as CustomerId, take: {} });
    for (const who of [1, 272]) await shop.ctx.tasks.finished(erasePerson(shop.ctx, owner, { id: who as CustomerId }).task);
    expect(await result()).toEqual(before);
    mergePeople(shop.ctx, owner, { a: 5 as CustomerId, b: 280 as CustomerId, take: {} });
    const after = await result();
    expect([after?.texted, after?.held]).toEqual([
      { x: 59, n: 269 },
      { x: 9, n: 29 },
    ]);
  });
});
