import type { ShopDay } from '@domain/kernel';
import { afterEach, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, running } from '../support/automation-shop';

let shop: AutomationShop;
afterEach(() => shop.close());
const d = (s: string) => s as ShopDay;

/** "How was it?" left three days before a birthday, and the birthday was kept back by the spacing between texts until it was over. */
it('what can wait gives way to the day that cannot: nobody’s birthday is lost to a question of last week', async () => {
  shop = await anAutomationShop({ people: 2 });
  shop.born(0, '--11-06');
  const asked = await running(shop.ctx, 'review', { waitDays: 1, terms: { leastSpend: 0, goodFor: 10 } });
  const birthday = await running(shop.ctx, 'birthday', { terms: { daysBefore: 0, goodFor: 2 } });
  await shop.to(1);
  shop.sold(0, d('2026-11-03'));
  shop.sold(1, d('2026-11-03'));
  await shop.to(2);
  expect(shop.told(asked)).toEqual(['0 review:2026-11-03 waiting automation-soon', '1 review:2026-11-03 text']);
  await shop.to(12);
  expect(shop.told(birthday)).toEqual(['0 birthday:2026 text']);
  expect(
    shop
      .told(asked)
      .map((t) => t.replace(/^1 .*/, ''))
      .join(''),
  ).toBe('0 review:2026-11-03 text');
  expect(shop.left().filter((t) => t.who === 0)).toHaveLength(2);
});

it('what goes before waits when only it can: a day worth two days is not lost to one worth a month', async () => {
  shop = await anAutomationShop({ people: 1 });
  shop.born(0, '--11-04');
  const birthday = await running(shop.ctx, 'birthday', { terms: { daysBefore: 0, goodFor: 2 } });
  const first = await running(shop.ctx, 'welcome-purchase', { priority: 1, waitDays: 3, terms: { goodFor: 30 } });
  await shop.to(1);
  shop.sold(0, d('2026-11-03'));
  await shop.to(2);
  expect(shop.told(birthday)).toEqual(['0 birthday:2026 text']);
  await shop.to(8);
  expect(shop.told(first)).toEqual(['0 welcome:purchase text']);
});
