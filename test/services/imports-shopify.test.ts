import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, preview, undo } from '../support/imports';
import { going, shopify, squarespace } from '../support/shop-systems';
import { aCtx } from '../support/test-ctx';
import { allLines, allPeople, allSales } from '../support/tills';

const shared = resolve(import.meta.dirname, '../../../shared/data/pos/shopify');
const dhaka = () => aCtx({ settings: { shop: { name: 'Stacks', currency: 'BDT', country: 'BD', zone: 'Asia/Dhaka' as never } } });

const first = {
  Name: '#1001',
  Email: 'ann@x.example',
  'Accepts Marketing': 'yes',
  Subtotal: '45.00',
  Shipping: '5.00',
  Total: '50.00',
  'Discount Code': 'WELCOME10, AUTOMATIC DISCOUNTS',
  'Discount Amount': '5.00',
  'Lineitem name': 'Boots',
  'Lineitem sku': 'B-1',
  'Lineitem price': '40.00',
  'Billing Name': 'Ann Lee',
  'Billing Phone': '212 555 0142',
  Phone: "'+12125550143",
  'Note Attributes': 'a: b\nc: d',
  Id: '6887176601922',
  Source: 'web',
};
const second = going('#1001', { 'Lineitem name': 'Laces', 'Lineitem quantity': '2', 'Lineitem price': '5.00', Phone: "'+12125550143" });

describe('Shopify orders', () => {
  it('rows that go on with an order are its lines: amounts once, the person from the full row, codes and labels apart', async () => {
    const ctx = aCtx();
    const r = await importFile(ctx, aFile(shopify.orders([second, first])));
    expect(allSales(ctx)).toMatchObject([
      {
        source_sale_id: '#1001',
        receipt_no: '#1001',
        status: 'completed',
        gross: 5000,
        discount: 500,
        net: 4500,
        tax: 0,
        shipping: 500,
        total: 5000,
        discount_code: 'WELCOME10',
        discount_label: 'AUTOMATIC DISCOUNTS',
        occurred_at: Date.UTC(2026, 9, 6, 2, 47, 4),
        shop_day: '2026-10-05',
      },
    ]);
    expect(allLines(ctx)).toMatchObject([
      { name: 'Boots', sku: 'B-1', qty_milli: 1000, gross: 4000, discount: 400, net: 3600 },
      { name: 'Laces', qty_milli: 2000, gross: 1000, discount: 100, net: 900 },
    ]);
    expect(allPeople(ctx)).toMatchObject([{ first_name: 'Ann', last_name: 'Lee', email: 'ann@x.example', phone: '+12125550143' }]);
    expect(r.counts).toMatchObject({ rows: 2, sales: { new: 1 }, anonymous: 0, rejected: 0, skipped: 0 });
    expect(r.plan?.reading.zone).toBe('offset');
    expect(r.plan?.months).toEqual([{ month: '2026-10', sales: 1, refunds: 0, net: 4500, tax: 0, total: 5000 }]);
  });

  it('is the same in any order of rows, and twice is once', async () => {
    const [a, b] = [aCtx(), aCtx()];
    await importFile(a, aFile(shopify.orders([first, second, { ...first, Name: '#1002' }])));
    await importFile(b, aFile(shopify.orders([{ ...first, Name: '#1002' }, second, first])));
    expect(allSales(b)).toEqual(allSales(a));
    expect((await preview(a, aFile(shopify.orders([second, first])))).counts?.sales).toEqual({ new: 0, changed: 0, same: 1 });
  });

  it('tax beside the price or inside it: takings are without, spend is with', async () => {
    const ctx = aCtx();
    const order = { ...first, 'Discount Code': '', 'Discount Amount': '0.00', 'Lineitem price': '45.00', Taxes: '4.00' };
    await importFile(
      ctx,
      aFile(
        shopify.orders([
          { ...order, Name: 'outside', Total: '54.00' },
          { ...order, Name: 'inside', Total: '50.00' },
          { ...order, Name: 'duties', Total: '56.00', Duties: '2.00' },
          { ...order, Name: 'neither', Total: '99.00' },
        ]),
      ),
    );
    expect(allSales(ctx).map((s) => [s['source_sale_id'], s['net'], s['tax']])).toEqual([
      ['duties', 4500, 400],
      ['inside', 4100, 400],
      ['neither', 4500, 400],
      ['outside', 4500, 400],
    ]);
    expect(allLines(ctx).map((l) => [l['sale'], l['net'], l['tax']])).toContainEqual(['inside', 4100, 400]);
    expect((await preview(ctx, aFile(shopify.orders([{ ...order, Name: 'x', Total: '99.00' }])))).counts?.notesBy).toEqual({
      'two-amounts': 1,
    });
  });

  it('money given back is an amount on the order: part of it, all of it, more than the goods', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(
        shopify.orders([
          { ...first, Name: 'a', 'Financial Status': 'partially_refunded', 'Refunded Amount': '20.00' },
          { ...first, Name: 'b', 'Financial Status': 'refunded', 'Refunded Amount': '50.00' },
          { ...first, Name: 'c' },
        ]),
      ),
    );
    expect(allSales(ctx).map((s) => [s['status'], s['refunded']])).toEqual([
      ['partially-refunded', 2000],
      ['refunded', 4500],
      ['completed', 0],
    ]);
    expect(allPeople(ctx)[0]).toMatchObject({ visits: 1, spend: 4500 * 3 - 2000 - 4500 });
    expect(r.counts).toMatchObject({ refunds: 2, excluded: 0 });
    expect(r.plan?.months).toEqual([{ month: '2026-10', sales: 3, refunds: 0, net: 13500 - 6500, tax: 0, total: 15000 - 7000 }]);
  });

  it('cancelled and voided orders keep their total and do not count', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(
        shopify.orders([
          { ...first, Name: 'a', 'Financial Status': 'voided' },
          { ...first, Name: 'b', 'Cancelled at': '2026-10-06 10:00:00 -0400' },
          { ...second, Name: 'b' },
        ]),
      ),
    );
    expect(allSales(ctx).map((s) => [s['status'], s['total']])).toEqual([
      ['void', 5000],
      ['cancelled', 5000],
    ]);
    expect(r.counts).toMatchObject({ excluded: 2 });
    expect(r.plan?.months).toEqual([]);
  });

  it('orders still pending are asked about once, answered either way, and remembered', async () => {
    const ctx = aCtx();
    const file = aFile(shopify.orders([{ ...first, 'Financial Status': 'pending' }, second, { ...first, Name: '#1002' }]));
    const asked = await preview(ctx, file);
    expect(asked.plan?.questions).toEqual([
      { kind: 'pending', field: 'status', column: 'Financial Status', samples: ['pending'], count: 1, suggestion: 'open' },
    ]);
    const counted = await importFile(ctx, file, { decisions: { pending: 'sale' } });
    expect(counted.plan?.questions).toEqual([]);
    expect(allSales(ctx).map((s) => s['status'])).toEqual(['completed', 'completed']);
    const later = await preview(ctx, aFile(shopify.orders([{ ...first, Name: '#1003', 'Financial Status': 'pending' }])));
    expect(later.plan?.questions).toEqual([]);
    expect(later.counts?.excluded).toBe(0);
    const other = aCtx();
    await importFile(other, file, { decisions: { pending: 'open' } });
    expect(allSales(other).map((s) => s['status'])).toEqual(['pending', 'completed']);
  });

  it('a gift card sold is no spend', async () => {
    const ctx = aCtx();
    await importFile(
      ctx,
      aFile(
        shopify.orders([
          { ...first, 'Discount Code': '', 'Discount Amount': '0.00', Subtotal: '90.00', Total: '95.00' },
          going('#1001', { 'Lineitem name': 'Gift Card - $50.00', 'Lineitem price': '50.00' }),
        ]),
      ),
    );
    expect(allSales(ctx)).toMatchObject([{ net: 4000, gift_card: 5000, total: 9500 }]);
    expect(allLines(ctx)).toHaveLength(1);
  });

  it('the columns of 2012 are enough; damaged order numbers are refused', async () => {
    const ctx = aCtx();
    const { 'Note Attributes': _, Id: __, Source: ___, Phone: ____, ...old } = first;
    const r = await importFile(ctx, aFile(shopify.orders2012([old, { ...old, Name: '1.23E+12' }])));
    expect(r.counts).toMatchObject({ sales: { new: 1 }, rejectedBy: { 'scientific-id': 1 } });
    expect(allPeople(ctx)).toMatchObject([{ phone: '+12125550142' }]);
  });

  it('orders of another currency are refused, not added up', async () => {
    const r = await preview(aCtx(), aFile(shopify.orders([{ ...first, Currency: 'EUR' }, second])));
    expect(r.counts?.rejectedBy).toEqual({ 'other-currency': 1, 'same-receipt': 1 });
  });

  it.each([
    ['shopify_orders_export_3.csv', { orders: 7, counted: 7, net: 1_354_800, total: 1_354_800 + 0, label: 'UPSELL DISCOUNT' }],
    ['shopify_orders_export_14.csv', { orders: 50, counted: 38, net: 6_870_000, total: null, label: 'Custom discount' }],
  ])('real %s: every order once, voided ones aside', async (name, want) => {
    const file = resolve(shared, name);
    if (!existsSync(file)) return expect(existsSync(shared), 'the sample files are not beside this checkout: skipped').toBe(false);
    const ctx = dhaka();
    const empty = dump(ctx.db);
    const r = await importFile(ctx, file, { decisions: { pending: 'sale' } });
    expect(r.counts).toMatchObject({ sales: { new: want.orders }, rejected: 0, excluded: want.orders - want.counted });
    expect(r.counts?.notesBy['two-amounts']).toBeUndefined();
    expect(r.plan?.months.reduce((n, m) => n + m.net, 0)).toBe(want.net);
    for (const s of allSales(ctx)) expect(s['total']).toBe((s['net'] as number) + (s['tax'] as number) + (s['shipping'] as number));
    expect(allSales(ctx).some((s) => s['discount_label'] === want.label && s['discount_code'] === null)).toBe(true);
    for (const s of allSales(ctx)) {
      const lines = allLines(ctx).filter((l) => l['sale'] === s['source_sale_id']);
      expect(lines.reduce((n, l) => n + (l['net'] as number), 0)).toBe(s['net']);
    }
    await undo(ctx, r.id);
    expect(dump(ctx.db)).toBe(empty);
  });
});

describe('Shopify customers', () => {
  const ann = { 'Customer ID': "'7210448301122", 'First Name': 'Ann', 'Last Name': 'Lee', Email: 'ann@x.example' };

  it('all five layouts say the same; apostrophes go, consent stays evidence, tags are kept', async () => {
    const layouts = [
      shopify.customers([
        {
          ...ann,
          'Default Address Phone': "'+12125550142",
          'Default Address Zip': "'10001",
          'Default Address City': 'New York',
          'Accepts Email Marketing': 'yes',
          'Accepts SMS Marketing': 'no',
          Tags: 'vip, local',
        },
      ]),
      `\ufeff${shopify.customersMeta([
        {
          ...ann,
          Phone: "'+12125550142",
          'Default Address Phone': "'+12125550100",
          'Default Address Zip': "'10001",
          'Default Address City': 'New York',
          'Accepts Email Marketing': 'yes',
          'Accepts SMS Marketing': 'no',
          Tags: 'vip, local',
          'Fecha de nacimiento (customer.metafields.facts.birth_date)': '1990-05-01',
        },
      ])}`,
      shopify.customers2023([
        {
          ...ann,
          Phone: "'+12125550142",
          Zip: "'10001",
          City: 'New York',
          'Accepts Email Marketing': 'yes',
          'Accepts SMS Marketing': 'no',
          Tags: 'vip, local',
        },
      ]),
      shopify.template([
        {
          'First Name': 'Ann',
          'Last Name': 'Lee',
          Email: 'ann@x.example',
          Phone: "'+12125550142",
          Zip: "'10001",
          City: 'New York',
          'Accepts Email Marketing': 'yes',
          'Accepts SMS Marketing': 'no',
          Tags: 'vip, local',
        },
      ]),
    ];
    for (const [i, text] of layouts.entries()) {
      const ctx = aCtx();
      const r = await importFile(ctx, aFile(text));
      expect(r.counts, `layout ${i}`).toMatchObject({ people: { new: 1 }, rejected: 0 });
      expect(allPeople(ctx)).toMatchObject([
        {
          first_name: 'Ann',
          last_name: 'Lee',
          email: 'ann@x.example',
          phone: '+12125550142',
          postal_code: '10001',
          city: 'New York',
          tags: '["vip","local"]',
          birthday: i === 1 ? '1990-05-01' : null,
        },
      ]);
      const id = ctx.db.raw.prepare('SELECT source_customer_id FROM customer_identity').pluck().get();
      if (i < 3) expect(id).toBe('7210448301122');
    }
  });

  it('ragged rows are refused with their numbers, the rest is taken', async () => {
    const ctx = aCtx();
    const text = shopify.customers([
      { ...ann },
      { ...ann, 'Customer ID': '2', Email: 'b@x.example' },
      { ...ann, 'Customer ID': '3', Email: 'c@x.example' },
    ]);
    const rows = text.split('\n');
    rows[2] = (rows[2] as string).replace('b@x.example', 'b@x.example,Paris, France, Texas');
    const r = await importFile(ctx, aFile(rows.join('\n')));
    expect(r.counts).toMatchObject({ rejectedBy: { ragged: 1 }, people: { new: 2 } });
  });

  it('real shopify_customers_export_small.csv', async () => {
    const file = resolve(shared, 'shopify_customers_export_small.csv');
    if (!existsSync(file)) return;
    const r = await preview(aCtx(), file);
    expect(r.counts).toMatchObject({ rows: 2, rejected: 0, people: { new: 2 } });
    const ragged = resolve(shared, 'shopify_customers_test_1742.csv');
    if (!existsSync(ragged)) return;
    const bad = await preview(aCtx(), ragged);
    expect(bad.counts?.rows).toBe(1742);
    expect(bad.counts?.rejectedBy.ragged ?? 0).toBeGreaterThan(0);
    expect((bad.counts?.people.new ?? 0) + (bad.counts?.rejected ?? 0)).toBeLessThanOrEqual(1742);
  });
});

describe('Squarespace orders', () => {
  const order = {
    'Order ID': '00042',
    Email: 'ann@x.example',
    'Financial Status': 'PAID',
    Subtotal: '50.00',
    Shipping: '6.00',
    Taxes: '4.40',
    'Amount Refunded': '0.00',
    Total: '55.40',
    'Discount Code': 'FRIENDS',
    'Discount Amount': '5.00',
    'Lineitem quantity': '1',
    'Lineitem name': 'Boots',
    'Lineitem variant': 'Red / 42',
    'Lineitem price': '40.00',
    'Billing Name': 'Ann Lee',
    'Billing Phone': '212-555-0142',
  };
  const more = { 'Order ID': '00042', 'Lineitem quantity': '2', 'Lineitem name': 'Laces', 'Lineitem price': '5.00' };

  it('are read like Shopify’s, with their own names, without a zone', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(
        squarespace.orders([
          order,
          more,
          { ...order, 'Order ID': '00043', 'Financial Status': 'REFUNDED', 'Amount Refunded': '55.40' },
          { ...order, 'Order ID': '00044', 'Financial Status': 'PENDING' },
          { ...order, 'Order ID': '00045', 'Financial Status': 'CANCELED', 'Cancelled at': '7/26/2026 09:00' },
        ]),
      ),
    );
    expect(allSales(ctx)).toMatchObject([
      {
        source_sale_id: '00042',
        status: 'completed',
        net: 4500,
        tax: 440,
        discount: 500,
        shipping: 600,
        total: 5540,
        discount_code: 'FRIENDS',
        shop_day: '2026-07-25',
        occurred_at: Date.UTC(2026, 6, 26, 1, 6),
      },
      { source_sale_id: '00043', status: 'refunded', refunded: 4940 },
      { source_sale_id: '00044', status: 'pending' },
      { source_sale_id: '00045', status: 'cancelled' },
    ]);
    expect(allLines(ctx).slice(0, 2)).toMatchObject([
      { name: 'Boots', variant: 'Red / 42', net: 3600 },
      { name: 'Laces', qty_milli: 2000, net: 900 },
    ]);
    expect(r.counts).toMatchObject({ excluded: 2, refunds: 1, anonymous: 0 });
    expect(r.plan?.reading.zone).toBe('shop');
    expect(r.plan?.months).toEqual([{ month: '2026-07', sales: 2, refunds: 0, net: 4500, tax: 440, total: 5540 }]);
  });
});
