import { insertCustomer } from '@db/queries/customers';
import { ordersOf } from '@db/queries/orders';
import { type Cents, type CustomerId, DAY, type UtcMs } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { addWish } from '@services/counter/notes';
import { changeOrder, stepOrder, takeOrder } from '@services/orders/orders';
import { previewDelivery, saveDelivery } from '@services/wishes/deliveries';
import { tellDelivery } from '@services/wishes/tell';
import { afterEach, expect, it } from 'vitest';
import { aNewYorker, aSendingShop, givePermission, type SendingShop } from '../support/sending-shop';
import { owner, type TestCtx } from '../support/test-ctx';

/**
 * The harm: an older copy came back, knew of no text that what they wait for is in, and the next delivery told them once more; an order
 * with money paid on it was gone from the shelf's list, or stood there as not ready.
 */
let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

/** What a copy made at this moment knows of these tables. */
const TABLES = ['customer_order', 'customer_wish', 'delivery_wish', 'delivery_line', 'delivery'];
function copyOf(ctx: TestCtx) {
  const rows = TABLES.map((t) => [t, ctx.db.raw.prepare(`SELECT * FROM ${t}`).all() as Record<string, unknown>[]] as const);
  return () => {
    ctx.db.raw.pragma('foreign_keys = OFF');
    for (const t of [
      'outbox_step',
      'outbox_attempt',
      'outbox',
      'campaign_person',
      'campaign_reply_word',
      'campaign_words',
      'campaign',
      ...TABLES,
    ])
      ctx.db.raw.exec(`DELETE FROM ${t}`);
    for (const [t, all] of rows)
      for (const r of all)
        ctx.db.raw
          .prepare(
            `INSERT INTO ${t} (${Object.keys(r).join(', ')}) VALUES (${Object.keys(r)
              .map((k) => `@${k}`)
              .join(', ')})`,
          )
          .run(r);
    ctx.db.raw.pragma('foreign_keys = ON');
  };
}
const replay = (ctx: TestCtx) => ctx.db.tx((trx) => replayJournal(trx, ctx.hmacKey, ctx.journalled, ctx.clock.now()));

it('nobody is told twice of one wish, and orders stand as they stood', async () => {
  shop = await aSendingShop();
  const { ctx } = shop;
  const ana = ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ana', phone: aNewYorker(0) }, ctx.clock.now())) as CustomerId;
  givePermission(ctx, [aNewYorker(0)]);
  addWish(ctx, owner, { customerId: ana, item: 'Trail runner', size: '8.5', under: null });
  const take = () =>
    takeOrder(ctx, owner, { customerId: ana, kind: 'lay-away', what: 'Coat', size: '', dueOn: null, deposit: 2000 as Cents });
  const known = take();
  const lines = [{ item: 'Trail Runner', size: '8.5', price: null, barcode: '', qty: 1 }];
  const delivery = () => saveDelivery(ctx, owner, { id: null, name: '', bodyEn: '', bodyEs: '', lines }).id;
  shop.advance(2 * DAY);
  const restore = copyOf(ctx);

  const id = delivery();
  await tellDelivery(ctx, owner, { id, token: (await previewDelivery(ctx, id)).token });
  const since = take();
  shop.advance(1000);
  changeOrder(ctx, owner, { id: known.id, what: 'Coat', size: '', dueOn: null, deposit: 9000 as Cents });
  shop.advance(1000);
  stepOrder(ctx, owner, { id: known.id, step: 'ready' });

  restore();
  expect(await previewDelivery(ctx, delivery()), 'the copy alone would tell them again').toMatchObject({ total: 1 });
  const { brought } = replay(ctx);
  expect(brought.orders).toBeGreaterThan(0);
  ctx.clock.set((ctx.clock.now() + 40 * DAY) as UtcMs);
  expect(await previewDelivery(ctx, delivery())).toMatchObject({ total: 0 });
  expect(ordersOf(ctx.db, ana, 10).map((o) => [o.ref, o.state, o.deposit])).toEqual([
    [since.ref, 'open', 2000],
    [known.ref, 'ready', 9000],
  ]);
  expect(replay(ctx).brought.orders, 'all known').toBe(0);
});
