import { setRebuyTerm } from '@db/queries/things';
import type { Cents, ShopDay } from '@domain/kernel';
import { addWish, changeWish } from '@services/counter/notes';
import { stepOrder, takeOrder } from '@services/orders/orders';
import { addThing, doneThing, usualTime } from '@services/things/things';
import { previewDelivery, saveDelivery } from '@services/wishes/deliveries';
import { tellDelivery } from '@services/wishes/tell';
import { afterEach, describe, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, running } from '../support/automation-shop';
import { owner } from '../support/test-ctx';

let shop: AutomationShop;
afterEach(() => shop.close());
const d = (s: string) => s as ShopDay;
const person = (n: number) => shop.people[n]?.id as AutomationShop['people'][number]['id'];

describe('things people ordered, own and wait for', () => {
  it('not collected: once an order, some days after it was ready, never once it was fetched', async () => {
    shop = await anAutomationShop({ people: 3 });
    const { ctx } = shop;
    const orders = [0, 1, 2].map((n) =>
      takeOrder(ctx, owner, { customerId: person(n), kind: 'special-order', what: 'Suit', size: '', dueOn: null, deposit: null }),
    );
    for (const o of orders.slice(0, 2)) stepOrder(ctx, owner, { id: o.id, step: 'ready' });
    const id = await running(ctx, 'not-collected', { waitDays: 5 });
    await shop.to(3);
    stepOrder(ctx, owner, { id: orders[1]?.id ?? 0, step: 'collected' });
    await shop.to(20);
    expect(shop.told(id)).toEqual([`0 order:${orders[0]?.ref} text`]);
    expect(shop.left()).toHaveLength(1);
  });

  it('a thing with a date: before its day, not once it is done with; another day is another cause', async () => {
    shop = await anAutomationShop({ people: 2 });
    const { ctx } = shop;
    const thing = (n: number, dueOn: string) =>
      addThing(ctx, owner, { customerId: person(n), kind: 'warranty', what: 'Heater', boughtOn: null, dueOn: d(dueOn), saleId: null }).id;
    const first = thing(0, '2026-11-20');
    doneThing(ctx, owner, { id: thing(1, '2026-11-20'), done: true });
    const id = await running(ctx, 'thing-due', { terms: { daysBefore: 7 } });
    await shop.to(10);
    expect(shop.told(id)).toEqual([]);
    await shop.to(25);
    expect(shop.told(id)).toEqual([`0 thing:${first}:2026-11-20 text`]);
  });

  it('time to buy again: by the usual time of the category, once a purchase, and not to whoever bought since', async () => {
    shop = await anAutomationShop({ people: 2 });
    const { ctx } = shop;
    const category = (name: string) => ctx.db.prepare('UPDATE sale_line SET category = ? WHERE name = ?').run(name, 'Cream');
    ctx.db.tx((trx) => setRebuyTerm(trx, { key: 'care', category: 'Care', days: 10, learnt: false, at: ctx.clock.now() }));
    const id = await running(ctx, 're-buy', {});
    await shop.to(1);
    shop.sold(0, d('2026-11-02'), 'Cream');
    shop.sold(1, d('2026-11-02'), 'Cream');
    category('Care');
    await shop.to(6);
    shop.sold(1, d('2026-11-07'), 'Cream');
    category('Care');
    await shop.to(13);
    expect(shop.told(id)).toEqual(['0 re-buy:care:2026-11-02 text']);
    expect(await usualTime(ctx, 'care')).toEqual({ days: 5, gaps: 1 });
  });

  it('what came in, for whoever could not be told with the others: as soon as they may, once, and never of a wish that is over', async () => {
    shop = await anAutomationShop({ people: 3 });
    const { ctx } = shop;
    const wish = (n: number, item: string) => addWish(ctx, owner, { customerId: person(n), item, size: '9', under: null }).id;
    const tell = async (item: string) => {
      const lines = [{ item, size: '9', price: 5000 as Cents, barcode: '', qty: 1 }];
      const { id } = saveDelivery(ctx, owner, { id: null, name: '', bodyEn: '', bodyEs: '', lines });
      return tellDelivery(ctx, owner, { id, token: (await previewDelivery(ctx, id)).token });
    };
    const ids = [wish(0, 'Runner'), wish(0, 'Boots'), wish(1, 'Runner'), wish(1, 'Boots'), wish(2, 'Boots')];
    const id = await running(ctx, 'wish-in', { terms: { goodFor: 14 } });
    await tell('Runner');
    await shop.settle();
    expect(shop.left()).toHaveLength(2);
    await tell('Boots'); // 0 and 1 had a text just now
    changeWish(ctx, owner, ids[3] ?? 0, 'dropped');
    await shop.to(12);
    expect(shop.told(id)).toEqual([`0 wish:${ids[1]} text`]);
    expect(ctx.db.prepare('SELECT count(*) FROM customer_wish WHERE told_at IS NOT NULL').pluck().get()).toBe(4);
    await shop.to(28);
    expect(shop.left()).toHaveLength(4);
  });

  it('of two wishes that came in and could not be told, the text names both, the one it is about first', async () => {
    shop = await anAutomationShop({ people: 3 });
    const { ctx } = shop;
    const items = ['Runner', 'Boots', 'Coat'];
    const wish = (n: number, item: string) => addWish(ctx, owner, { customerId: person(n), item, size: '9', under: null });
    for (const item of items) wish(0, item);
    wish(1, 'Boots'); // somebody else who is told of it at once
    wish(2, 'Coat');
    await running(ctx, 'wish-in', { terms: { goodFor: 60 }, pattern: { body: '{shop}: {wish} is in.' } });
    for (const item of items) {
      const lines = [{ item, size: '9', price: 5000 as Cents, barcode: '', qty: 1 }];
      const { id } = saveDelivery(ctx, owner, { id: null, name: '', bodyEn: '', bodyEs: '', lines });
      await tellDelivery(ctx, owner, { id, token: (await previewDelivery(ctx, id)).token });
      await shop.settle();
    }
    await shop.to(12);
    const said = shop.left().filter((t) => t.who === 0);
    expect(said.map((t) => t.body.match(/Runner|Boots|Coat/g))).toEqual([['Runner'], ['Boots', 'Coat']]);
  });
});
