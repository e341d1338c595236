import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertCustomer } from '@db/queries/customers';
import { wishesOf } from '@db/queries/desk';
import { ordersOf } from '@db/queries/orders';
import { thingsOf } from '@db/queries/things';
import { type CustomerId, DAY, type ShopDay } from '@domain/kernel';
import { addWish } from '@services/counter/notes';
import { mergePeople, unmergePeople } from '@services/customers/merge';
import { takeOrder } from '@services/orders/orders';
import { erasePerson } from '@services/privacy/erase';
import { exportPerson } from '@services/privacy/export-person';
import { noticedPeople, previewNotice, saveNotice, sendNotice } from '@services/recalls/notices';
import { addThing } from '@services/things/things';
import { previewDelivery, saveDelivery } from '@services/wishes/deliveries';
import { tellDelivery } from '@services/wishes/tell';
import { afterEach, describe, expect, it } from 'vitest';
import { aBoughtShop } from '../support/bought';
import { aNewYorker, givePermission, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

const DAY_1 = '2026-12-01' as ShopDay;

/** Two people, each with an order, a wish that was told, a thing with a date, and a line on a notice's list. */
async function open() {
  const made = await aBoughtShop();
  shop = made.s;
  const { ctx } = made.s;
  const [ana, twin] = ['Annabella', 'Anna'].map((firstName, i) => {
    const id = ctx.db.tx((trx) => insertCustomer(trx, { firstName, lastName: 'Quixonett', phone: aNewYorker(i) }, ctx.clock.now()));
    givePermission(ctx, [aNewYorker(i)]);
    made.sold({ to: id, day: '2026-03-10', item: 'Comet heater' });
    addWish(ctx, owner, { customerId: id, item: 'Zebrawood clogs', size: '8', under: null });
    takeOrder(ctx, owner, { customerId: id, kind: 'repair', what: 'Zebrawood soles', size: '', dueOn: null, deposit: null });
    addThing(ctx, owner, { customerId: id, kind: 'warranty', what: 'Zebrawood dryer', boughtOn: null, dueOn: DAY_1, saleId: null });
    return id;
  }) as [CustomerId, CustomerId];
  shop.advance(2 * DAY);
  const { id: notice } = saveNotice(ctx, owner, {
    id: null,
    kind: 'recall',
    name: '',
    goods: { what: 'item', names: ['Comet heater'], variant: '' },
    fromDay: '2026-03-01' as ShopDay,
    untilDay: '2026-03-31' as ShopDay,
    bodyEn: '{shop}: please stop using the Comet heater, it can overheat.',
    bodyEs: '',
  });
  await sendNotice(ctx, owner, { id: notice, token: (await previewNotice(ctx, notice)).token });
  const lines = [{ item: 'Zebrawood clogs', size: '8', price: null, barcode: '', qty: 1 }];
  const { id } = saveDelivery(ctx, owner, { id: null, name: '', bodyEn: '', bodyEs: '', lines });
  await tellDelivery(ctx, owner, { id, token: (await previewDelivery(ctx, id)).token });
  await shop.run(() => ctx.db.raw.prepare("SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')").pluck().get() === 0, DAY);
  const has = (who: CustomerId) => [ordersOf(ctx.db, who, 9).length, wishesOf(ctx.db, who).length, thingsOf(ctx.db, who, 9).length];
  const listed = () => noticedPeople(ctx, notice, { offset: 0, limit: 10 });
  return { ctx, ana, twin, has, listed };
}

describe('orders, wishes, things and notices of people', () => {
  it('go with them when two records are put together, one line on the list, and come apart again', async () => {
    const { ctx, ana, twin, has, listed } = await open();
    expect([has(ana), has(twin), listed().total]).toEqual([[1, 1, 1], [1, 1, 1], 2]);
    const { mergeId, id } = mergePeople(ctx, owner, { a: ana, b: twin, take: {} });
    expect(has(id)).toEqual([2, 2, 2]);
    expect(listed().rows.map((r) => r.customerId)).toEqual([id]);
    unmergePeople(ctx, owner, mergeId);
    expect([has(ana), has(twin), listed().total]).toEqual([[1, 1, 1], [1, 1, 1], 2]);
  });

  it('are gone with who is erased, to the last word, also of the journal; that a notice had so many people stays countable', async () => {
    const { ctx, ana, twin, has, listed } = await open();
    const words = () =>
      ['customer_order', 'customer_wish', 'customer_thing']
        .map((t) => ctx.db.raw.prepare(`SELECT count(*) FROM ${t} WHERE customer_id = ?`).pluck().get(ana))
        .join();
    expect(words()).toBe('1,1,1');
    await ctx.tasks.finished(erasePerson(ctx, owner, { id: ana }).task);
    expect(words()).toBe('0,0,0');
    expect(has(twin)).toEqual([1, 1, 1]);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM notice_person').pluck().get()).toBe(2);
    expect(
      listed()
        .rows.map((r) => r.name)
        .filter((n) => n.includes('Annabella')),
    ).toEqual([]);
    const kept = JSON.stringify(ctx.journalled.filter((e) => e.kind === 'notice' || e.kind === 'order' || e.kind === 'wishes-told'));
    expect(kept).not.toContain(`"customer_id":${ana},`);
    expect(kept).not.toContain(`"customerId":${ana},`);
  });

  it('stand in everything we hold about somebody, and nobody else’s do', async () => {
    const { ctx, ana } = await open();
    const { folder } = exportPerson(ctx, owner, { id: ana, folder: mkdtempSync(join(tmpdir(), 'regulars-about-')) });
    const all = JSON.parse(readFileSync(join(folder, 'everything.json'), 'utf8')) as Record<string, Record<string, unknown>[]>;
    for (const part of ['orders', 'wishes', 'things', 'notices', 'wishes-told']) {
      expect(all[part], part).toHaveLength(1);
      expect(existsSync(join(folder, `${part}.csv`)), part).toBe(true);
    }
    expect(all['orders']?.[0]).toMatchObject({ what: 'Zebrawood soles', kind: 'repair' });
  });
});
