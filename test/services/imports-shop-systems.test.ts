import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, preview } from '../support/imports';
import { etsy, wix, woocommerce } from '../support/shop-systems';
import { aCtx } from '../support/test-ctx';
import { allLines, allPeople, allSales, bothWays } from '../support/tills';

const pos = resolve(import.meta.dirname, '../../../shared/data/pos');

describe('WooCommerce', () => {
  const wide = (n: number, name: string, quantity: string, total: string, subtotal = total) => ({
    [`Product Item ${n} Name`]: name,
    [`Product Item ${n} Quantity`]: quantity,
    [`Product Item ${n} Total`]: total,
    [`Product Item ${n} Subtotal`]: subtotal,
  });
  const secondItem = ['Name', 'id', 'SKU', 'Quantity', 'Total', 'Subtotal'].map((p) => `Product Item 2 ${p}`);
  const order = {
    order_id: '900',
    order_number: '501',
    order_total: '60.00',
    shipping_total: '5.00',
    tax_total: '4.00',
    discount_total: '3.00',
    coupon_items: 'code:SAVE3|amount:3.00;code:VIP|amount:0',
    billing_first_name: 'Ann',
    billing_last_name: 'Lee',
    billing_email: 'ann@x.example',
    billing_phone: '212-555-0142',
    payment_method_title: 'Card',
    ...wide(1, 'Boots', '1', '41.00', '44.00'),
  };

  it('orders with their items side by side: as many columns as the longest order needs', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(
        woocommerce.orders(
          [
            { ...order, ...wide(2, 'Laces', '2', '10.00') },
            { ...order, order_id: '901', order_number: '502', status: 'wc-refunded', customer_id: '17' },
            { ...order, order_id: '902', order_number: '503', status: 'on-hold', billing_email: 'bob@x.example', billing_phone: '' },
            { ...order, order_id: '903', order_number: '504', status: 'wc-processing' },
            { ...order, order_id: '904', order_number: '505', status: 'failed' },
          ],
          secondItem,
        ),
      ),
    );
    expect(allSales(ctx)).toMatchObject([
      {
        source_sale_id: '501',
        net: 5100,
        tax: 400,
        discount: 300,
        shipping: 500,
        total: 6000,
        discount_code: 'SAVE3, VIP',
        payment_methods: 'Card',
        source_customer_id: null,
        shop_day: '2026-09-16',
        time_known: 1,
      },
      { source_sale_id: '502', status: 'refunded', refunded: 5500, source_customer_id: '17' },
      { source_sale_id: '503', status: 'pending' },
      { source_sale_id: '504', status: 'completed' },
      { source_sale_id: '505', status: 'failed' },
    ]);
    expect(allLines(ctx).slice(0, 2)).toMatchObject([
      { name: 'Boots', qty_milli: 1000, gross: 4400, discount: 300, net: 4100 },
      { name: 'Laces', qty_milli: 2000, net: 1000 },
    ]);
    expect(r.counts).toMatchObject({ excluded: 2, refunds: 1, rejected: 0 });
    expect(r.plan?.questions).toEqual([]);
    expect(r.plan?.months).toEqual([{ month: '2026-09', sales: 3, refunds: 0, net: 10_200, tax: 800, total: 12_000 }]);
    expect(allPeople(ctx).map((p) => p['email'])).toEqual(['ann@x.example', 'bob@x.example']);
  });

  it('an order told twice in one file stands as its last row tells it', async () => {
    const ctx = aCtx();
    const r = await importFile(ctx, aFile(woocommerce.orders([order, { ...order, order_total: '70.00' }])));
    expect(allSales(ctx)).toMatchObject([{ total: 7000, net: 6100 }]);
    expect(r.counts?.notesBy).toEqual({ 'two-amounts': 1 });
  });

  it('orders by item: the sum of the lines, what came back on the line', async () => {
    const ctx = aCtx();
    const line = {
      'Order Number': '601',
      'First Name (Billing)': 'Ann',
      'Email (Billing)': 'ann@x.example',
      Name: 'Boots',
      'Order Line (w/o tax)': '40.00',
      'Order Line Tax': '3.20',
      'Order Line Total': '43.20',
    };
    await importFile(
      ctx,
      aFile(
        woocommerce.lines([
          line,
          {
            ...line,
            Name: 'Laces',
            Quantity: '2',
            'Order Line (w/o tax)': '10.00',
            'Order Line Tax': '0.80',
            'Order Line Total Refunded': '-5.40',
          },
          { ...line, 'Order Number': '602', 'Order Status': 'Cancelled' },
        ]),
      ),
    );
    expect(allSales(ctx)).toMatchObject([
      { source_sale_id: '601', net: 5000, tax: 400, refunded: 540, status: 'partially-refunded' },
      { source_sale_id: '602', status: 'cancelled' },
    ]);
    expect(allPeople(ctx)).toMatchObject([{ spend: 5400 - 540 }]);
  });

  it('the same order from all three exports is one sale, whatever comes first', async () => {
    const ctx = await bothWays([
      woocommerce.orders([order]),
      woocommerce.lines([
        {
          'Order Number': '501',
          Name: 'Boots',
          'Order Line (w/o tax)': '51.00',
          'Order Line Tax': '4.00',
          'Email (Billing)': 'ann@x.example',
        },
      ]),
      woocommerce.analytics([{ 'Order #': '501', 'N. Revenue': '51', 'Product(s)': '1× Boots', 'Coupon(s)': 'save3' }]),
    ]);
    expect(allSales(ctx)).toHaveLength(1);
    expect(allSales(ctx)).toMatchObject([{ net: 5100, tax: 400, total: 6000, discount_code: 'SAVE3, VIP' }]);
  });

  it('analytics: items out of their text, commas in names included', async () => {
    const ctx = aCtx();
    await importFile(
      ctx,
      aFile(
        woocommerce.analytics([
          {
            'Order #': '1',
            'N. Revenue': '30.5',
            'N. Revenue (formatted)': '$30.50',
            'Product(s)': '1× Hat, red, 2× Scarf 100',
            'Coupon(s)': 'SPRING',
          },
          { 'Order #': '2', 'N. Revenue': '20', 'Product(s)': '3× Cap' },
        ]),
      ),
    );
    expect(allSales(ctx)).toMatchObject([{ net: 3050, discount_code: 'SPRING' }, { net: 2000 }]);
    expect(allLines(ctx).map((l) => [l['name'], l['qty_milli'], l['net']])).toEqual([
      ['Hat, red', 1000, 0],
      ['Scarf 100', 2000, 0],
      ['Cap', 3000, 2000],
    ]);
  });

  it('customers are known by their e-mail; blank lines at the end are none', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(woocommerce.orders([order])));
    const r = await importFile(
      ctx,
      aFile(`\ufeff${woocommerce.customers([{ Name: 'Ann Lee', Username: 'ann.lee', Email: 'ann@x.example', City: 'Albany' }])}\n\n`),
    );
    expect(r.counts).toMatchObject({ rows: 1, people: { new: 0, changed: 1 } });
    expect(allPeople(ctx)).toMatchObject([{ first_name: 'Ann', city: 'Albany' }]);
    const real = resolve(pos, 'woocommerce/wc_customers_report.csv');
    if (existsSync(real)) expect((await preview(aCtx(), real)).counts).toMatchObject({ rows: 1, rejected: 0, people: { new: 1 } });
  });
});

describe('Wix', () => {
  const row = {
    'Order number': '10001',
    'Contact email': 'ann@x.example',
    Item: 'Boots',
    Price: '40.00',
    'Billing name': 'Ann Lee',
    'Billing phone': '2125550142',
    'Delivery city': 'Hamburg',
    'Delivery country': 'DEU',
    'Delivery city#2': 'Albany',
    'Delivery country#2': 'USA',
    'Coupon code': 'HELLO',
    'Shipping rate': '5.00',
    'Total tax': '4.00',
    Total: '59.00',
  };

  it('reads the billing block behind the second set of the same names, date and time from two columns', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(
        wix.orders([
          row,
          { ...row, Item: 'Laces', Variant: 'black', Qty: '2', Price: '5.00' },
          { ...row, 'Order number': '10002', 'Payment status': 'Unpaid' },
        ]),
      ),
    );
    expect(allSales(ctx)).toMatchObject([
      {
        source_sale_id: '10001',
        net: 5000,
        tax: 400,
        shipping: 500,
        total: 5900,
        discount_code: 'HELLO',
        occurred_at: Date.UTC(2025, 11, 8, 14, 15, 51),
      },
      { source_sale_id: '10002', status: 'pending' },
    ]);
    expect(allPeople(ctx)).toMatchObject([{ first_name: 'Ann', city: 'Albany', phone: '+12125550142' }]);
    expect(allLines(ctx).slice(0, 2)).toMatchObject([{ name: 'Boots' }, { name: 'Laces', variant: 'black', qty_milli: 2000, net: 1000 }]);
    expect(r.counts).toMatchObject({ rejected: 0, excluded: 1 });
  });

  it('what came back: an amount of the order, else pieces of its items', async () => {
    const ctx = aCtx();
    await importFile(
      ctx,
      aFile(
        wix.orders([
          { ...row, 'Refunded amount': '10.00' },
          { ...row, 'Order number': '10002', Qty: '4', Price: '12.50', 'Quantity refunded': '1' },
          { ...row, 'Order number': '10003', 'Payment status': 'Fully refunded', 'Refunded amount': '59.00' },
        ]),
      ),
    );
    expect(allSales(ctx).map((s) => [s['status'], s['refunded']])).toEqual([
      ['partially-refunded', 1000],
      ['partially-refunded', 1250],
      ['refunded', 5400],
    ]);
  });
});

describe('Etsy', () => {
  it('sold orders: a day without a time, the buyer by Etsy’s id, decimal commas', async () => {
    const ctx = aCtx();
    const order = { 'Order ID': '3001', 'Buyer User ID': 'annlee', 'Full Name': 'Ann Lee', 'Number of Items': '2' };
    const r = await importFile(
      ctx,
      aFile(
        etsy.orders([
          {
            ...order,
            'Order Value': '50,00',
            'Discount Amount': '5,00',
            'Coupon Code': 'THANKS',
            'Coupon Details': '10% off',
            Shipping: '6,00',
            'Sales Tax': '3,60',
            'Order Total': '54,60',
            'Adjusted Order Total': '0,00',
          },
          {
            ...order,
            'Order ID': '3002',
            'Sale Date': '09/26/26',
            'Order Value': '12,00',
            'Discount Amount': '0,00',
            'Order Total': '12,00',
          },
        ]),
      ),
    );
    expect(allSales(ctx)).toMatchObject([
      {
        net: 4500,
        discount: 500,
        tax: 360,
        shipping: 600,
        total: 5460,
        time_known: 0,
        shop_day: '2026-09-25',
        source_customer_id: 'annlee',
        discount_code: 'THANKS',
        discount_label: '10% off',
      },
      { net: 1200 },
    ]);
    expect(allPeople(ctx)).toEqual([]);
    expect(r.counts).toMatchObject({ anonymous: 2, rejected: 0 });
    expect(r.plan?.months).toEqual([{ month: '2026-09', sales: 2, refunds: 0, net: 5700, tax: 360, total: 6660 }]);
  });
});
