import type { Cents, ShopDay } from '@domain/kernel';
import { NO_TERMS } from '@domain/loyalty/terms';
import { keepLoyalty } from '@services/loyalty/keep';
import { saveProgramme } from '@services/loyalty/programme';
import { saveOffer } from '@services/offers/offers';
import { afterEach, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, running } from '../support/automation-shop';
import { owner } from '../support/test-ctx';

let shop: AutomationShop;
afterEach(() => shop?.close());

/*
 * Story: Ana and Ben share a number and each has a card. Ana's reward was texted on the 3rd; when Ben's card was full on the 10th, one text
 * of this month had gone to their number already, so he got none. His three stamps were gone all the same, for a code nobody was told of.
 */
it('a full card stays full where no text about it is written', async () => {
  shop = await anAutomationShop({ people: 2 });
  const { ctx, people } = shop;
  ctx.db.prepare('UPDATE customer SET phone = ? WHERE id = ?').run(people[0]?.phone, people[1]?.id);
  const offerId = saveOffer(ctx, owner, {
    id: null,
    name: 'Ten off',
    kind: 'amount',
    amount: 1000 as Cents,
    codeMode: 'personal',
    validDays: 14,
  }).id;
  saveProgramme(ctx, owner, { terms: { ...NO_TERMS, rewards: [{ offerId, cost: 3 }] }, history: null, carry: 0 });
  await running(ctx, 'reward-ready', { pattern: { body: '{shop}: {reward} with {code}, till {ends}.', offerId } });
  const sold = async (who: number, day: string) => {
    shop.sold(who, day as ShopDay);
    await keepLoyalty(ctx);
  };
  for (const day of ['2026-11-02', '2026-11-03', '2026-11-04']) await sold(0, day);
  await shop.to(4);
  expect(shop.left()).toHaveLength(1);
  for (const day of ['2026-11-06', '2026-11-07', '2026-11-09']) await sold(1, day);
  await shop.to(12);
  await keepLoyalty(ctx);
  expect(shop.left()).toHaveLength(1);
  const have = (who: number) => ctx.db.prepare('SELECT balance FROM points_account WHERE customer_id = ?').pluck().get(people[who]?.id);
  expect([have(0), have(1)]).toEqual([0, 3]);
  expect(ctx.db.prepare('SELECT count(*) FROM offer_code').pluck().get()).toBe(1);
});
