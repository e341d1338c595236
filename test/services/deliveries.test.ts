import { fillSampleShop } from '@backend/sample-shop';
import { SAMPLE_WISH } from '@backend/sample-wishes';
import { insertCustomer } from '@db/queries/customers';
import { wishesOf } from '@db/queries/desk';
import { type Cents, type CustomerId, DAY, HOUR } from '@domain/kernel';
import { recordStop, withConsent } from '@services/consent';
import { addWish, changeWish } from '@services/counter/notes';
import { closeTask, openAtCounter } from '@services/counter-tasks';
import { deliveries, previewDelivery, readLines, saveDelivery, toldPeople } from '@services/wishes/deliveries';
import { mendTelling, tellDelivery } from '@services/wishes/tell';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { refusal } from '../support/refusal';
import { aNewYorker, aSendingShop, givePermission, type SendingShop } from '../support/sending-shop';
import { aCtx, clerk, owner } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

const NAMES = 'Abe Bea Cal Dee Eve Fay Gus Hal Ida Jan Kit Lou Mia Ned'.split(' ');

interface Wisher {
  item?: string;
  size?: string;
  under?: number | null;
  permitted?: boolean;
}

/** People who wait for something, with and without permission. */
async function open(wishers: Wisher[]) {
  shop = await aSendingShop();
  const { ctx } = shop;
  const ids = wishers.map((w, i) => {
    const phone = aNewYorker(i);
    const id = ctx.db.tx((trx) => insertCustomer(trx, { firstName: NAMES[i] ?? '', phone }, ctx.clock.now())) as CustomerId;
    if (w.permitted !== false) givePermission(ctx, [phone]);
    addWish(ctx, owner, {
      customerId: id,
      item: w.item ?? 'Trail runner',
      size: w.size ?? '8.5',
      under: (w.under ?? null) as Cents | null,
    });
    return id;
  });
  shop.advance(2 * DAY);
  return { s: shop, ctx, ids };
}
const LINE = { item: 'Trail Runner blue', size: '8½', price: 8900 as Cents, barcode: '4006381333931', qty: 6 };
const delivery = (s: SendingShop, lines = [LINE]) => saveDelivery(s.ctx, owner, { id: null, name: '', bodyEn: '', bodyEs: '', lines }).id;
const tell = async (s: SendingShop, id: number) => tellDelivery(s.ctx, owner, { id, token: (await previewDelivery(s.ctx, id)).token });
const texts = (s: SendingShop) =>
  s.carrier.sim
    .messages()
    .filter((m) => m.m.direction !== 'inbound')
    .map((m) => ({ to: m.m.to, body: m.m.body }));

describe('your size is in', () => {
  it('fourteen people wait: one text each, HOLD is a task at the counter, sold closes the wish, nobody is told again', async () => {
    const { s, ctx, ids } = await open(Array.from({ length: 14 }, () => ({})));
    const id = delivery(s);
    const preview = await previewDelivery(ctx, id);
    expect(preview).toMatchObject({ texts: 14, total: 14, otherSize: 0, sample: { segments: 1 } });
    expect(preview.price).toBe(14 * ctx.settings().texting.pricePerSegment);
    const { campaignId, texts: queued } = await tell(s, id);
    expect(queued).toBe(14);
    await s.run(() => texts(s).length === 14, 2 * HOUR);
    expect(new Set(texts(s).map((t) => t.to)).size).toBe(14);
    expect(texts(s).find((t) => t.to === aNewYorker(3))?.body).toBe(
      'Corner Shoes: Dee, Trail runner size 8.5 is in! Reply HOLD and we keep it for you for 2 days.\nReply STOP to opt out.',
    );
    s.carrier.sim.inbound({ from: aNewYorker(3), to: SENDER, body: 'Hold please' });
    await s.run(() => openAtCounter(ctx).open.length === 1, HOUR);
    const [task] = openAtCounter(ctx).open;
    expect(task).toMatchObject({ kind: 'hold', name: 'Dee', words: 'Trail runner size 8.5' });
    const toDee = () => texts(s).filter((t) => t.to === aNewYorker(3));
    await s.run(() => toDee().length === 2, HOUR);
    expect(toDee()[1]?.body).toContain('hold it for you');
    closeTask(ctx, clerk, { id: task?.id ?? 0, outcome: 'sold', note: '' });
    expect(wishesOf(ctx.db, ids[3] as CustomerId)).toMatchObject([{ state: 'fulfilled' }]);
    expect(wishesOf(ctx.db, ids[4] as CustomerId)).toMatchObject([{ state: 'open' }]);
    expect(deliveries(ctx, { offset: 0, limit: 5 }).rows).toMatchObject([{ told: 14, replied: 1, sold: 1, campaignId }]);
    // the same goods once more, a month on: they were told
    s.advance(40 * DAY);
    expect(await previewDelivery(ctx, delivery(s))).toMatchObject({ texts: 0, total: 0 });
  });

  it('only to those whose size, price and permission fit; the rest are listed with the reason', async () => {
    const { s, ctx } = await open([
      {},
      { size: '9' },
      { under: 8900 },
      { under: 9000 },
      { permitted: false },
      { item: 'Blue runner trail' },
      { item: 'Sandals' },
      { size: '' },
    ]);
    withConsent(ctx, (trx) =>
      recordStop(ctx, trx, { phone: aNewYorker(7), method: 'reply', reason: 'exact', carrierStop: false, occurredAt: ctx.clock.now() }),
    );
    const preview = await previewDelivery(ctx, delivery(s));
    expect(preview.people.map((p) => [p.name, p.reason]).sort()).toEqual([
      ['Abe', null],
      ['Dee', null],
      ['Eve', 'not-permitted'],
      ['Fay', null],
      ['Hal', 'stopped'],
    ]);
    expect(preview).toMatchObject({ texts: 3, total: 5, otherSize: 1, otherPrice: 1 });
  });

  it('counts as marketing: whoever had a text this week is capped, and says why', async () => {
    const { s, ctx, ids } = await open([{}]);
    await tell(s, delivery(s));
    await s.run(() => texts(s).length === 1, HOUR);
    addWish(ctx, owner, { customerId: ids[0] as CustomerId, item: 'Sandals', size: '', under: null });
    const id = delivery(s, [{ ...LINE, item: 'Sandals', size: '7' }]);
    expect((await previewDelivery(ctx, id)).people).toMatchObject([{ reason: 'texted-recently' }]);
  });

  it('refuses when it would be more than was shown: somebody new, other words; whoever dropped out refuses nothing', async () => {
    const { s, ctx, ids } = await open([{}, {}]);
    const id = delivery(s);
    const { token } = await previewDelivery(ctx, id);
    addWish(ctx, owner, { customerId: ids[0] as CustomerId, item: 'Runner', size: '8.5', under: null });
    changeWish(ctx, owner, wishesOf(ctx.db, ids[1] as CustomerId)[0]?.id ?? 0, 'dropped');
    expect(await tellDelivery(ctx, owner, { id, token })).toMatchObject({ texts: 1 });
    const second = delivery(s, [{ ...LINE, item: 'Boots' }]);
    const shown = await previewDelivery(ctx, second);
    const ben = ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ben', phone: aNewYorker(50) }, ctx.clock.now()));
    givePermission(ctx, [aNewYorker(50)]);
    addWish(ctx, owner, { customerId: ben, item: 'Boots', size: '8.5', under: null });
    await expect(tellDelivery(ctx, owner, { id: second, token: shown.token })).rejects.toMatchObject({ code: 'delivery.changed' });
    const words = await previewDelivery(ctx, second);
    saveDelivery(ctx, owner, { id: second, name: '', bodyEn: '{shop}: {wish} came in.', bodyEs: '', lines: [{ ...LINE, item: 'Boots' }] });
    await expect(tellDelivery(ctx, owner, { id: second, token: words.token })).rejects.toMatchObject({ code: 'delivery.changed' });
    await expect(tellDelivery(ctx, owner, { id, token })).rejects.toMatchObject({ code: 'delivery.bad-state' });
  });

  it('a wish given up before its text left calls that text off', async () => {
    const { s, ctx, ids } = await open([{}, {}]);
    await tell(s, delivery(s));
    changeWish(ctx, owner, wishesOf(ctx.db, ids[0] as CustomerId)[0]?.id ?? 0, 'dropped');
    await s.run(() => false, HOUR);
    expect(texts(s).map((t) => t.to)).toEqual([aNewYorker(1)]);
    expect(toldPeople(ctx, 1).map((t) => [t.name, t.textState])).toEqual([
      ['Abe', 'cancelled'],
      ['Bea', expect.not.stringMatching('cancelled')],
    ]);
  });

  it('cut off in the middle, nobody was told, and it waits for the owner again', async () => {
    const { s, ctx } = await open([{}]);
    const id = delivery(s);
    const { campaignId } = await tell(s, id);
    // as a crash before the small step leaves it
    ctx.db.raw.exec(`UPDATE campaign SET state = 'staging' WHERE id = ${campaignId}; UPDATE delivery SET state = 'telling' WHERE id = ${id};
      UPDATE customer_wish SET told_at = NULL, told_in = NULL; UPDATE outbox SET state = 'staged';`);
    await mendTelling(ctx);
    expect(await previewDelivery(ctx, id)).toMatchObject({ texts: 1 });
    expect(ctx.db.raw.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0);
    expect((await tell(s, id)).texts).toBe(1);
  });

  it('left without buying is noted in two taps, also without a name for it; such a note matches nothing', async () => {
    const { s, ctx, ids } = await open([{}]);
    const ana = ids[0] as CustomerId;
    addWish(ctx, owner, { customerId: ana, item: '', size: '', under: null, source: 'left', missing: 'price' });
    expect(refusal(() => addWish(ctx, owner, { customerId: ana, item: '', size: '', under: null }))).toBe('input.invalid');
    expect(wishesOf(ctx.db, ana)[0]).toMatchObject({ source: 'left', missing: 'price', item: '' });
    expect((await previewDelivery(ctx, delivery(s))).people).toHaveLength(1);
  });
});

describe('a list of goods', () => {
  it('is read from a supplier’s file, from pasted lines and from a till’s export', () => {
    expect(readLines('Item,Size,Price,Barcode,Qty\n"Trail Runner, blue",8½,"$1,089.00",4006381333931,3\n').lines).toEqual([
      { item: 'Trail Runner, blue', size: '8½', price: 108900, barcode: '4006381333931', qty: 3 },
    ]);
    expect(readLines('Trail Runner, 8.5, 89.00\nSandals').lines).toMatchObject([
      { item: 'Trail Runner', size: '8.5', price: 8900, qty: 1 },
      { item: 'Sandals', size: '', price: null },
    ]);
    expect(readLines('Producto;Talla;Precio\nBota alta;26;"1.299,50"').lines).toMatchObject([
      { item: 'Bota alta', size: '26', price: 129950 },
    ]);
    expect(readLines('Name\tVariant\nRunner\tM\nRunner\tRed').lines).toMatchObject([
      { item: 'Runner', size: 'M' },
      { item: 'Runner Red', size: '' },
    ]);
    expect(refusal(() => readLines('Size,Price\n8,9'))).toBe('delivery.bad-file');
  });
});

describe('the practice shop', () => {
  it('has fourteen people waiting for one shoe in one size: the tour can be taken at once', async () => {
    const ctx = aCtx({ settings: { texting: { mode: 'practice', senderApproved: true } } });
    await fillSampleShop(ctx, { people: 300, lines: 2000 });
    const lines = [{ item: SAMPLE_WISH.item, size: SAMPLE_WISH.size, price: 11800 as Cents, barcode: '', qty: 20 }];
    const { id } = saveDelivery(ctx, owner, { id: null, name: '', bodyEn: '', bodyEs: '', lines });
    expect(await previewDelivery(ctx, id)).toMatchObject({ texts: SAMPLE_WISH.people, otherSize: 2, otherPrice: 1 });
  });
});
