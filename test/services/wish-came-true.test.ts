import { insertCustomer } from '@db/queries/customers';
import { wishesOf } from '@db/queries/desk';
import { type Cents, type CustomerId, DAY, HOUR, type UtcMs } from '@domain/kernel';
import { recordStop, withConsent } from '@services/consent';
import { aboutPerson, addWish, changeWish } from '@services/counter/notes';
import { closeTask, openAtCounter, reopenTaskAtCounter } from '@services/counter-tasks';
import { seemingly } from '@services/wishes/bought';
import { previewDelivery, saveDelivery } from '@services/wishes/deliveries';
import { tellDelivery } from '@services/wishes/tell';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aNewYorker, aSendingShop, givePermission, type SendingShop } from '../support/sending-shop';
import { clerk, owner } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

async function open(names: readonly string[]) {
  shop = await aSendingShop();
  const { ctx } = shop;
  ctx.db.raw
    .prepare(
      `INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at)
       VALUES (1, 'items.csv', 'x', 1, 'square-items', 'square', '{}', 'done', 1, 1)`,
    )
    .run();
  const ids = names.map((firstName, i) => {
    const phone = aNewYorker(i);
    const id = ctx.db.tx((trx) => insertCustomer(trx, { firstName, phone }, ctx.clock.now())) as CustomerId;
    givePermission(ctx, [phone]);
    return id;
  });
  return { s: shop, ctx, ids };
}
let n = 0;
/** A sale of one line, as an import leaves it. */
function sold(s: SendingShop, to: CustomerId, o: { name: string; variant?: string; at?: UtcMs; kind?: 'sale' | 'refund'; gift?: boolean }) {
  const at = o.at ?? s.ctx.clock.now();
  const id = s.ctx.db.run(
    s.ctx.db.q.insertInto('sale').values({
      source: 'square',
      source_sale_id: `w${++n}`,
      kind: o.kind ?? 'sale',
      status: 'completed',
      occurred_at: at,
      shop_day: new Date(at).toISOString().slice(0, 10),
      customer_id: to,
      currency: 'USD',
      gross: 1000,
      net: 1000,
      is_gift: o.gift ? 1 : 0,
      import_id: 1,
    }),
  ).lastInsertRowid;
  s.ctx.db.raw
    .prepare('INSERT INTO sale_line (sale_id, line_no, name, variant, qty_milli, gross, net) VALUES (?, 1, ?, ?, 1000, 1000, 1000)')
    .run(id, o.name, o.variant ?? '');
}
const wish = (s: SendingShop, customerId: CustomerId, item = 'Trail runner', size = '8.5') =>
  addWish(s.ctx, owner, { customerId, item, size, under: null }).id;
const delivery = (s: SendingShop, items = ['Trail Runner blue']) =>
  saveDelivery(s.ctx, owner, {
    id: null,
    name: '',
    bodyEn: '',
    bodyEs: '',
    lines: items.map((item) => ({ item, size: '8½', price: 8900 as Cents, barcode: '', qty: 6 })),
  }).id;
const tell = async (s: SendingShop, id: number) => tellDelivery(s.ctx, owner, { id, token: (await previewDelivery(s.ctx, id)).token });

describe('the till shows that a wish came true', () => {
  it('whoever bought it in their size gets no text and is named; a guess is texted with a word to the owner; nobody’s wish is closed', async () => {
    const { s, ctx, ids } = await open(['Abe', 'Bea', 'Cal', 'Dee', 'Eve', 'Fay', 'Gus']);
    const [abe, bea, cal, dee, eve, fay, gus] = ids as [CustomerId, CustomerId, CustomerId, CustomerId, CustomerId, CustomerId, CustomerId];
    sold(s, gus, { name: 'Trail Runner', variant: '8.5' }); // before they asked
    s.advance(HOUR);
    for (const id of ids) wish(s, id);
    s.advance(DAY);
    sold(s, abe, { name: 'Trail Runner', variant: 'Blue, 8½' });
    sold(s, bea, { name: 'Trail Runner', variant: 'Blue' }); // no size in the till
    sold(s, cal, { name: 'Trail Runner', variant: '10' }); // another size
    sold(s, dee, { name: 'Trail Runner', variant: '8.5', gift: true });
    sold(s, eve, { name: 'Trail Runner', variant: '8.5' });
    s.advance(DAY);
    sold(s, eve, { name: 'Trail Runner', variant: '8.5', kind: 'refund' }); // brought back
    sold(s, fay, { name: 'Runner socks', variant: '8.5' });
    const p = await previewDelivery(ctx, delivery(s));
    expect(p.has).toMatchObject([{ name: 'Abe', item: 'Trail runner', size: '8.5' }]);
    expect(p.people.map((x) => [x.name, x.wishes[0]?.bought !== null]).sort()).toEqual([
      ['Bea', true],
      ['Cal', false],
      ['Dee', false],
      ['Eve', false],
      ['Fay', false],
      ['Gus', false],
    ]);
    expect(p).toMatchObject({ texts: 6, total: 6 });
    expect(seemingly(ctx).map((x) => [x.name, x.sure])).toEqual([
      ['Abe', 'sure'],
      ['Bea', 'maybe'],
    ]);
    expect(aboutPerson(ctx, owner, abe).wishes).toMatchObject([{ state: 'open', bought: { sure: 'sure' } }]);
    changeWish(ctx, owner, wishesOf(ctx.db, abe)[0]?.id ?? 0, 'fulfilled');
    expect(seemingly(ctx).map((x) => x.name)).toEqual(['Bea']);
  });
});

describe('HOLD, and sold', () => {
  const answered = async (s: SendingShop, body: string) => {
    s.carrier.sim.inbound({ from: aNewYorker(0), to: SENDER, body });
    await s.run(() => openAtCounter(s.ctx).open.length === 1, HOUR);
    return openAtCounter(s.ctx).open[0]?.id ?? 0;
  };
  const left = (s: SendingShop) => () => s.carrier.sim.messages().some((m) => m.m.direction !== 'inbound');

  it('a slip taken back opens the wish again, and only the one that slip had closed', async () => {
    const { s, ctx, ids } = await open(['Abe']);
    const abe = ids[0] as CustomerId;
    wish(s, abe);
    s.advance(2 * DAY);
    await tell(s, delivery(s));
    await s.run(left(s), HOUR);
    const id = await answered(s, 'Hold');
    closeTask(ctx, clerk, { id, outcome: 'sold', note: '' });
    expect(wishesOf(ctx.db, abe)[0]?.state).toBe('fulfilled');
    s.advance(HOUR);
    reopenTaskAtCounter(ctx, clerk, id);
    expect(wishesOf(ctx.db, abe)[0]?.state).toBe('open');
    changeWish(ctx, owner, wishesOf(ctx.db, abe)[0]?.id ?? 0, 'fulfilled'); // said by hand
    s.advance(HOUR);
    closeTask(ctx, clerk, { id, outcome: 'sold', note: '' });
    reopenTaskAtCounter(ctx, clerk, id);
    expect(wishesOf(ctx.db, abe)[0]?.state).toBe('fulfilled');
  });

  it.each([
    ['Hold the boots', ['Boots']],
    ['Hold', []],
  ])('two wishes in one text, “%s”, sold: closed is only what was named', async (body, closed) => {
    const { s, ctx, ids } = await open(['Abe']);
    const abe = ids[0] as CustomerId;
    wish(s, abe);
    wish(s, abe, 'Boots');
    s.advance(2 * DAY);
    await tell(s, delivery(s, ['Trail Runner', 'Boots']));
    await s.run(left(s), HOUR);
    closeTask(ctx, clerk, { id: await answered(s, body), outcome: 'sold', note: '' });
    expect(
      wishesOf(ctx.db, abe)
        .filter((w) => w.state === 'fulfilled')
        .map((w) => w.item),
    ).toEqual(closed);
  });

  it('a stop before their text left: no text, and the wish stays theirs', async () => {
    const { s, ctx, ids } = await open(['Abe']);
    wish(s, ids[0] as CustomerId);
    s.advance(2 * DAY);
    await tell(s, delivery(s));
    withConsent(ctx, (trx) =>
      recordStop(ctx, trx, { phone: aNewYorker(0), method: 'reply', reason: 'exact', carrierStop: false, occurredAt: ctx.clock.now() }),
    );
    await s.run(() => false, HOUR);
    expect(left(s)()).toBe(false);
    expect(wishesOf(ctx.db, ids[0] as CustomerId)[0]?.state).toBe('open');
  });
});
