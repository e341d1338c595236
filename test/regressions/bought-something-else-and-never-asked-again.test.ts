import type { OfferId, ShopDay } from '@domain/kernel';
import { makeAutomation } from '@services/automations/save';
import { switchOnQuote } from '@services/automations/switch';
import { afterEach, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, PATTERN, running } from '../support/automation-shop';
import { percentOff } from '../support/ladder-shop';
import { owner } from '../support/test-ctx';

let shop: AutomationShop;
afterEach(() => shop.close());
const d = (s: string) => s as ShopDay;

/** Whoever came in for anything at all was left out of "bought shoes and no laces": of regulars, everybody, always. */
it('who came for something else is still asked about the laces; who bought laces is not', async () => {
  shop = await anAutomationShop({ people: 2 });
  const terms = { what: 'item', name: 'Shoes', notWhat: 'item', notName: 'Laces' } as const;
  const id = await running(shop.ctx, 'bought-not', { waitDays: 7, terms });
  await shop.to(1);
  for (const n of [0, 1]) shop.sold(n, d('2026-11-03'));
  await shop.to(4);
  shop.sold(0, d('2026-11-05'), 'Socks');
  shop.sold(1, d('2026-11-05'), 'Laces');
  await shop.to(9);
  expect(shop.told(id)).toEqual(['0 bought-not:2026-11-03 text']);
});

it('who is at the counter on the very day waits until the till file tells what they bought', async () => {
  shop = await anAutomationShop({ people: 1 });
  const terms = { what: 'item', name: 'Shoes', notWhat: 'item', notName: 'Laces' } as const;
  const id = await running(shop.ctx, 'bought-not', { waitDays: 3, terms });
  await shop.to(1);
  shop.sold(0, d('2026-11-03'));
  await shop.to(3);
  shop.wakeAt(4, 10);
  shop.ctx.db.prepare('INSERT INTO visit_note (customer_id, at) VALUES (?, ?)').run(shop.people[0]?.id, shop.ctx.clock.now());
  shop.till();
  shop.wakeAt(4, 11, 1);
  await shop.settle();
  expect(shop.told(id)).toEqual(['0 bought-not:2026-11-03 waiting stale-sales']);
  shop.sold(0, d('2026-11-06'), 'Laces');
  await shop.to(6);
  expect(shop.left()).toEqual([]);
});

/** Whoever redeemed a code at the counter was counted among those who are missed, and left out only when their text was to be written. */
it('who redeemed at the counter is not read as missed', async () => {
  shop = await anAutomationShop({ people: 2 });
  const { ctx } = shop;
  for (const n of [0, 1])
    for (const day of ['2026-08-22', '2026-09-01', '2026-09-11', '2026-09-21', '2026-10-01', '2026-10-11']) shop.sold(n, d(day));
  const made = makeAutomation(ctx, owner, 'late', { name: 'late', terms: { goodFor: 60 }, pattern: PATTERN });
  const read = async () => (await switchOnQuote(ctx, made)).inside.people;
  const before = await read();
  const offer: OfferId = percentOff(ctx, 10, 14);
  const [who, at] = [shop.people[0]?.id, ctx.clock.now() - 86_400_000];
  const code =
    "INSERT INTO offer_code (code, offer_id, customer_id, state, issued_at, expires_at) VALUES ('K7M4Q9A', ?, ?, 'redeemed', 0, 9e15)";
  ctx.db.prepare(code).run(offer, who);
  ctx.db.prepare("INSERT INTO redemption (code, offer_id, customer_id, at, how) VALUES ('K7M4Q9A', ?, ?, ?, 'code')").run(offer, who, at);
  expect(before).toBe(2);
  expect(await read()).toBe(1);
});
