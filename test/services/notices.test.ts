import { insertCustomer } from '@db/queries/customers';
import { type CampaignId, type CustomerId, HOUR, type PhoneE164, type ShopDay } from '@domain/kernel';
import { recordOrderPermission, recordServicePermission, recordStop, withConsent } from '@services/consent';
import { finishNotices, listFile, markReached, noticedPeople, previewNotice, saveNotice, sendNotice } from '@services/recalls/notices';
import { mayBeTold } from '@services/wishes/waiting';
import { afterEach, describe, expect, it } from 'vitest';
import { aNewYorker, aSendingShop, givePermission, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

interface Sold {
  to: CustomerId | null;
  day: string;
  item?: string;
  qty?: number;
  kind?: 'sale' | 'refund';
  status?: 'completed' | 'void';
  gift?: boolean;
  variant?: string;
}
let n = 0;
/** A sale of one line, as an import leaves it. */
function sale(s: SendingShop, o: Sold) {
  const at = Date.parse(`${o.day}T16:00:00Z`);
  n++;
  const id = s.ctx.db.run(
    s.ctx.db.q.insertInto('sale').values({
      source: 'square',
      source_sale_id: `o${n}`,
      kind: o.kind ?? 'sale',
      status: o.status ?? 'completed',
      occurred_at: at,
      shop_day: o.day,
      customer_id: o.to,
      currency: 'USD',
      gross: 1000,
      net: 1000,
      is_gift: o.gift ? 1 : 0,
      import_id: 1,
    }),
  ).lastInsertRowid;
  s.ctx.db.raw
    .prepare('INSERT INTO sale_line (sale_id, line_no, name, variant, qty_milli, gross, net) VALUES (?, 1, ?, ?, ?, 1000, 1000)')
    .run(id, o.item ?? 'Comet heater', o.variant ?? '', (o.qty ?? 1) * 1000);
}

async function open(names: string[]) {
  shop = await aSendingShop();
  const { ctx } = shop;
  ctx.db.raw
    .prepare(
      `INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at)
       VALUES (1, 'items.csv', 'x', 1, 'square-items', 'square', '{}', 'done', 1, 1)`,
    )
    .run();
  const ids = names.map((firstName, i) => ctx.db.tx((trx) => insertCustomer(trx, { firstName, phone: aNewYorker(i) }, ctx.clock.now())));
  return { s: shop, ctx, ids: ids as CustomerId[] };
}
/** They ticked "text me if something I bought is recalled". */
function service(s: SendingShop, phone: PhoneE164) {
  withConsent(s.ctx, (trx) => recordServicePermission(s.ctx, trx, { phone, occurredAt: s.ctx.clock.now(), method: 'screen' }));
}
const WORDS = 'Corner Shoes: please stop using the Comet heater, it can overheat. Bring it back for a full refund.';
const draft = (s: SendingShop, o: { bodyEn?: string; variant?: string } = {}) =>
  saveNotice(s.ctx, owner, {
    id: null,
    kind: 'recall',
    name: '',
    goods: { what: 'item', names: ['comet HEATER'], variant: o.variant ?? '' },
    fromDay: '2026-03-01' as ShopDay,
    untilDay: '2026-03-31' as ShopDay,
    bodyEn: o.bodyEn ?? WORDS,
    bodyEs: '',
  }).id;
const texts = (s: SendingShop) =>
  s.carrier.sim
    .messages()
    .filter((m) => m.m.direction !== 'inbound')
    .map((m) => ({ to: m.m.to, body: m.m.body }));

describe('a recall', () => {
  it('finds the very buyers: returns out, gifts said, other goods, days and void sales not; who is nobody’s is counted', async () => {
    const { s, ctx, ids } = await open(['Abe', 'Bea', 'Cal', 'Dee', 'Eve', 'Fay', 'Gus']);
    const [abe, bea, cal, dee, eve, fay, gus] = ids as [CustomerId, CustomerId, CustomerId, CustomerId, CustomerId, CustomerId, CustomerId];
    sale(s, { to: abe, day: '2026-03-01' });
    sale(s, { to: bea, day: '2026-03-31' });
    sale(s, { to: bea, day: '2026-04-20', qty: -1, kind: 'refund' });
    sale(s, { to: cal, day: '2026-03-10', gift: true });
    sale(s, { to: dee, day: '2026-02-28' });
    sale(s, { to: eve, day: '2026-03-10', item: 'Lamp' });
    sale(s, { to: fay, day: '2026-03-10', status: 'void' });
    sale(s, { to: gus, day: '2026-03-10', qty: 2 });
    sale(s, { to: gus, day: '2026-03-12', qty: -1, kind: 'refund' });
    sale(s, { to: null, day: '2026-03-15' });
    const p = await previewNotice(ctx, draft(s));
    expect(p.people.map((x) => [x.name, x.gift, x.boughtOn])).toEqual([
      ['Abe', false, '2026-03-01'],
      ['Cal', true, '2026-03-10'],
      ['Gus', false, '2026-03-10'],
    ]);
    expect(p).toMatchObject({ buyers: 3, gifts: 1, unknown: 1, texts: 0, listed: 3, reasons: [{ reason: 'not-agreed', count: 3 }] });
  });

  it('texts those who chose texts about what they bought, lists the rest with the reason, and is no marketing', async () => {
    const { s, ctx, ids } = await open(['Abe', 'Bea', 'Cal']);
    for (const id of ids) sale(s, { to: id, day: '2026-03-10' });
    service(s, aNewYorker(0));
    givePermission(ctx, [aNewYorker(1)]); // offers only
    withConsent(ctx, (trx) => {
      recordOrderPermission(ctx, trx, { phone: aNewYorker(2), ref: 'H7K4', occurredAt: ctx.clock.now(), method: 'screen' }); // that order only
      recordStop(ctx, trx, { phone: aNewYorker(2), method: 'reply', reason: 'exact', carrierStop: false, occurredAt: ctx.clock.now() });
    });
    const id = draft(s);
    const p = await previewNotice(ctx, id);
    expect(p).toMatchObject({ texts: 1, listed: 2, problems: [] });
    expect(await sendNotice(ctx, owner, { id, token: p.token })).toEqual({ texts: 1, listed: 2 });
    await s.run(() => texts(s).length > 0, HOUR);
    expect(texts(s)).toEqual([{ to: aNewYorker(0), body: `${WORDS}\nReply STOP to opt out.` }]);
    expect(ctx.db.raw.prepare("SELECT count(*) FROM outbox WHERE message_class = 'marketing'").pluck().get()).toBe(0);
    // logged as every text, and no reason to leave anybody out of a campaign
    expect(ctx.db.raw.prepare("SELECT message_class FROM outbox WHERE cause_id = 'notice:' || ?").pluck().all(String(id))).toEqual([
      'service',
    ]);
    givePermission(ctx, [aNewYorker(0)]);
    expect((await mayBeTold(ctx, [ids[0] as CustomerId], 0 as CampaignId)).reachable.map((x) => x.id)).toEqual([ids[0]]);
    const file = await listFile(ctx, owner, id, { 'not-agreed': 'no permission' });
    expect(file.text).toContain('Bea');
    expect(file.text).not.toContain('Abe');
    markReached(ctx, owner, { id, customerId: ids[1] as CustomerId, reached: true });
    expect(noticedPeople(ctx, id, { offset: 0, limit: 10 }).rows.map((r) => [r.name, r.reason !== null, r.toldAt !== null])).toEqual([
      ['Bea', true, true],
      ['Cal', true, false],
      ['Abe', false, false],
    ]);
    await expect(sendNotice(ctx, owner, { id, token: p.token })).rejects.toMatchObject({ code: 'notice.bad-state' });
  });

  it('a promotional line refuses it and is named; so do a missing name and a price that rose since', async () => {
    const { s, ctx, ids } = await open(['Abe']);
    sale(s, { to: ids[0] as CustomerId, day: '2026-03-10' });
    service(s, aNewYorker(0));
    const bad = draft(s, { bodyEn: `${WORDS} New heaters 20% off.` });
    const p = await previewNotice(ctx, bad);
    expect(p.problems).toEqual([
      { what: 'promo', language: 'en', why: 'news', found: 'New heaters' },
      { what: 'promo', language: 'en', why: 'percent', found: '20%' },
    ]);
    await expect(sendNotice(ctx, owner, { id: bad, token: p.token })).rejects.toMatchObject({ code: 'notice.promo' });
    const nameless = draft(s, { bodyEn: 'Please stop using the heater.' });
    expect((await previewNotice(ctx, nameless)).problems).toMatchObject([{ what: 'no-shop' }]);
    const id = draft(s);
    const { token } = await previewNotice(ctx, id);
    const ben = ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ben', phone: aNewYorker(9) }, ctx.clock.now()));
    sale(s, { to: ben, day: '2026-03-10' });
    service(s, aNewYorker(9));
    await expect(sendNotice(ctx, owner, { id, token })).rejects.toMatchObject({ code: 'notice.changed' });
    expect(texts(s)).toEqual([]);
  });

  it('cut off in the middle it goes on by itself, and nobody is told twice; a family’s number gets one', async () => {
    const { s, ctx, ids } = await open(['Abe', 'Bea']);
    ctx.db.raw.prepare('UPDATE customer SET phone = ? WHERE id = ?').run(aNewYorker(0), ids[1]);
    for (const id of ids) sale(s, { to: id, day: '2026-03-10' });
    service(s, aNewYorker(0));
    const id = draft(s);
    const p = await previewNotice(ctx, id);
    expect(p).toMatchObject({ texts: 1, reasons: [{ reason: 'same-number', count: 1 }] });
    await sendNotice(ctx, owner, { id, token: p.token });
    ctx.db.raw.prepare("UPDATE notice SET state = 'sending'").run();
    await finishNotices(ctx);
    await s.run(() => texts(s).length > 0, HOUR);
    await s.run(() => false, HOUR);
    expect(texts(s)).toHaveLength(1);
    expect(ctx.db.raw.prepare('SELECT state FROM notice').pluck().get()).toBe('sent');
  });

  it('can be about some of the goods only, by their variant', async () => {
    const { s, ctx, ids } = await open(['Abe', 'Bea']);
    sale(s, { to: ids[0] as CustomerId, day: '2026-03-10', variant: 'Red, 2024' });
    sale(s, { to: ids[1] as CustomerId, day: '2026-03-10', variant: 'Red, 2025' });
    expect((await previewNotice(ctx, draft(s, { variant: '2024' }))).people.map((x) => x.name)).toEqual(['Abe']);
  });
});
