import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, undo } from '../support/imports';
import { aCtx } from '../support/test-ctx';
import { allLines, allPeople, allSales, bothWays, ecomCustomers, loyverse, vend } from '../support/tills';

const german = () => aCtx({ settings: { shop: { name: 'Laden', country: 'DE', currency: 'EUR', zone: 'Europe/Berlin' as never } } });

describe('Loyverse', () => {
  const rows = [
    {
      'Receipt number': '2-1678',
      POS: 'POS 2',
      Date: '31/10/2026 23:50',
      'Gross sales': '134.88',
      Discounts: '4.88',
      'Net sales': '130.00',
      Taxes: '0.00',
      'Total collected': '130.00',
      Description: '1 x Choco, 6 x Soap, twin pack',
      'Customer name': 'Ann Lee',
      'Customer contacts': 'Ann@x.example',
    },
    {
      'Receipt number': '2-1679',
      POS: 'POS 2',
      'Receipt type': 'Refund',
      'Gross sales': '180.00',
      'Net sales': '-180.00',
      'Total collected': '-180.00',
      Description: '1 x Boots',
    },
    {
      'Receipt number': '2-1680',
      POS: 'POS 2',
      'Receipt type': 'Refund',
      'Gross sales': '80.00',
      'Net sales': '80.00',
      'Total collected': '80.00',
      Description: '1 x Boots',
    },
    {
      'Receipt number': '2-1678',
      POS: 'POS 2',
      Store: 'Airport',
      'Gross sales': '5.00',
      'Net sales': '5.00',
      'Total collected': '5.00',
      'Customer contacts': '+49 151 23456789',
    },
    { 'Receipt number': '2-1681', Status: 'Cancelled', 'Gross sales': '9.00', 'Net sales': '9.00', 'Total collected': '9.00' },
    { 'Receipt number': '2-1682', Status: 'Voided', 'Gross sales': '9.00', 'Net sales': '9.00', 'Total collected': '9.00' },
  ];

  it('receipts: the type gives the sign, the store belongs to the number, contacts are phones or e-mails', async () => {
    const ctx = german();
    const r = await importFile(ctx, aFile(loyverse.receipts(rows)));
    expect(r.plan?.reading.dateOrder.date).toBe('dmy');
    expect(r.counts).toMatchObject({ rejected: 0, excluded: 2, refunds: 2, anonymous: 4, sales: { new: 6 } });
    expect(allSales(ctx).map((s) => [s['receipt_no'], s['kind'], s['net'], s['status']])).toEqual([
      ['2-1678', 'sale', 500, 'completed'],
      ['2-1681', 'sale', 900, 'cancelled'],
      ['2-1682', 'sale', 900, 'void'],
      ['2-1678', 'sale', 13000, 'completed'],
      ['2-1679', 'refund', -18000, 'completed'],
      ['2-1680', 'refund', -8000, 'completed'],
    ]);
    expect(r.plan?.months.reduce((n, m) => n + m.net, 0)).toBe(13000 + 500 - 18000 - 8000);
    expect(
      allPeople(ctx)
        .map((p) => p['email'] ?? p['phone'])
        .sort(),
    ).toEqual(['+4915123456789', 'ann@x.example']);
    expect(allLines(ctx).filter((l) => l['name'] === 'Soap, twin pack')).toMatchObject([{ qty_milli: 6000 }]);
  });

  it('receipts and receipts by item of the same days are each receipt once, with or without dining options', async () => {
    const bought = { 'Receipt number': '2-1678', POS: 'POS 2', Date: '31/10/2026 23:50' };
    const items = [
      { ...bought, Item: 'Choco', SKU: '10221', Category: 'FOOD', 'Gross sales': '15.00', 'Net sales': '15.00' },
      {
        ...bought,
        Item: 'Soap, twin pack',
        Quantity: '6.000',
        'Gross sales': '119.88',
        Discounts: '4.88',
        'Net sales': '115.00',
        Variant: 'Jumbo',
      },
      {
        'Receipt number': '2-1679',
        POS: 'POS 2',
        'Receipt type': 'Refund',
        Item: 'Boots',
        'Gross sales': '180.00',
        'Net sales': '-180.00',
      },
    ];
    const ctx = await bothWays([loyverse.receipts(rows), loyverse.items(items, ['Dining option'])], german);
    expect(allSales(ctx)).toHaveLength(6);
    expect(allSales(ctx)[3]).toMatchObject({ net: 13000, discount: 488, total: 13000, payment_methods: 'Cash' });
    expect(allLines(ctx).filter((l) => String(l['sale']).startsWith('Main POS 2'))).toMatchObject([
      { name: 'Choco', sku: '10221', net: 1500, qty_milli: 1000 },
      { name: 'Soap, twin pack', variant: 'Jumbo', net: 11500, qty_milli: 6000 },
      { name: 'Boots', net: -18000, qty_milli: -1000 },
      { name: 'Boots' },
    ]);
  });

  it('tax inside the price: takings are without it', async () => {
    const ctx = german();
    await importFile(
      ctx,
      aFile(
        loyverse.receipts([
          {
            'Receipt number': '1-1',
            Date: '31/10/2026 10:00',
            'Gross sales': '11.90',
            'Net sales': '11.90',
            Taxes: '1.90',
            'Total collected': '11.90',
          },
        ]),
      ),
    );
    expect(allSales(ctx)).toMatchObject([{ net: 1000, tax: 190, total: 1190 }]);
  });

  it('three decimals where the money has three; clocks of twelve hours', async () => {
    const ctx = aCtx({ settings: { shop: { name: 'Souk', country: 'OM', currency: 'OMR', zone: 'Asia/Muscat' as never } } });
    const r = await importFile(
      ctx,
      aFile(
        loyverse.receipts([
          { 'Receipt number': '1-1', Date: '7/28/26 1:33 PM', 'Gross sales': '1.250', 'Net sales': '1.250', 'Total collected': '1.250' },
          { 'Receipt number': '1-2', Date: '7/28/26 1:34 PM', 'Gross sales': '12.500', 'Net sales': '12.500', 'Total collected': '12.500' },
        ]),
      ),
      { decisions: { decimal: { gross: '.', net: '.', total: '.', discount: '.', tax: '.' } } },
    );
    expect(allSales(ctx).map((s) => [s['net'], s['shop_day']])).toEqual([
      [1250, '2026-07-28'],
      [12500, '2026-07-28'],
    ]);
    expect(r.plan?.reading.dateOrder.date).toBe('mdy');
  });

  it('customers: one field for the name, no permission', async () => {
    const ctx = german();
    await importFile(
      ctx,
      aFile(
        loyverse.customers([
          {
            'Customer id': 'x1',
            'Customer name': 'Ann Lee',
            Email: 'ann@x.example',
            Phone: '0151 23456789',
            City: 'Ulm',
            'Total visits': '3',
          },
        ]),
      ),
    );
    expect(allPeople(ctx)).toMatchObject([{ first_name: 'Ann', last_name: 'Lee', phone: '+4915123456789', city: 'Ulm' }]);
  });
});

describe('Lightspeed', () => {
  const sale = { 'Receipt Number': '101', 'Customer Code': 'ANN-1' };
  const file = vend.sales([
    { ...sale, 'Line Type': 'Sale', Subtotal: '18.00', 'Sales Tax': '1.44', Discount: '2.00', Total: '19.44', Paid: '19.44' },
    {
      ...sale,
      'Line Type': 'Sale Line',
      Quantity: '1',
      Subtotal: '8.00',
      'Sales Tax': '0.64',
      Discount: '2.00',
      Total: '8.64',
      Details: 'Socks',
      Sku: 'S1',
    },
    {
      ...sale,
      'Line Type': 'Sale Line',
      Quantity: '2',
      Subtotal: '10.00',
      'Sales Tax': '0.80',
      Total: '10.80',
      Details: 'Laces',
      Sku: 'L1',
    },
    { ...sale, 'Line Type': 'Payment', Paid: '10.00', Total: '10.00', Details: 'Cash', Date: '2026-11-10 14:06:00' },
    { ...sale, 'Line Type': 'Payment', Paid: '9.44', Total: '9.44', Details: 'Credit Card', Date: '2026-11-12 09:00:00' },
    { 'Receipt Number': '101', Register: 'Back Register', 'Line Type': 'Sale', Subtotal: '5.00', 'Sales Tax': '0.40', Total: '5.40' },
    {
      'Receipt Number': '101',
      Register: 'Back Register',
      'Line Type': 'Sale Line',
      Quantity: '1',
      Subtotal: '5.00',
      'Sales Tax': '0.40',
      Total: '5.40',
      Details: 'Pen',
    },
    { 'Receipt Number': '102', 'Line Type': 'Sale', Subtotal: '-8.00', 'Sales Tax': '-0.64', Total: '-8.64' },
    {
      'Receipt Number': '102',
      'Line Type': 'Sale Line',
      Quantity: '-1',
      Subtotal: '-8.00',
      'Sales Tax': '-0.64',
      Total: '-8.64',
      Details: 'Socks',
    },
    { 'Receipt Number': '103', 'Line Type': 'Sale', Subtotal: '7.00', 'Sales Tax': '0.56', Total: '7.56', Status: 'VOIDED' },
    { 'Receipt Number': '104', 'Line Type': 'Sale', Subtotal: '7.00', 'Sales Tax': '0.56', Total: '7.56', Status: 'SAVED' },
    { 'Receipt Number': '105', 'Line Type': 'Sale', Subtotal: '7.00', 'Sales Tax': '0.56', Total: '7.56', Status: 'LAYBY' },
    { 'Receipt Number': '106', 'Line Type': 'Sale', Subtotal: '7.00', 'Sales Tax': '0.56', Total: '7.56', Status: 'ONACCOUNT' },
  ]);

  it('X-Series sales: the amounts of the sale row once, lines and payments beside it, registers apart, returns negative', async () => {
    const ctx = aCtx();
    const r = await importFile(ctx, aFile(file));
    expect(r.counts).toMatchObject({ rejected: 0, refunds: 1, excluded: 3, sales: { new: 7 } });
    expect(allSales(ctx).map((s) => [s['source_sale_id'], s['kind'], s['net'], s['tax'], s['status']])).toEqual([
      ['Back Register 101', 'sale', 500, 40, 'completed'],
      ['Main Register 101', 'sale', 1800, 144, 'completed'],
      ['Main Register 102', 'refund', -800, -64, 'completed'],
      ['Main Register 103', 'sale', 700, 56, 'void'],
      ['Main Register 104', 'sale', 700, 56, 'open'],
      ['Main Register 105', 'sale', 700, 56, 'open'],
      ['Main Register 106', 'sale', 700, 56, 'completed'],
    ]);
    expect(allSales(ctx)[1]).toMatchObject({
      receipt_no: '101',
      discount: 200,
      total: 1944,
      source_customer_id: 'ANN-1',
      payment_methods: 'Cash, Credit Card',
      occurred_at: Date.UTC(2026, 10, 10, 19, 5),
    });
    expect(allLines(ctx).map((l) => [l['sale'], l['name'], l['qty_milli'], l['net'], l['discount']])).toEqual([
      ['Back Register 101', 'Pen', 1000, 500, 0],
      ['Main Register 101', 'Laces', 2000, 1000, 0],
      ['Main Register 101', 'Socks', 1000, 800, 200],
      ['Main Register 102', 'Socks', -1000, -800, 0],
    ]);
    expect(r.plan?.months).toMatchObject([{ month: '2026-11', sales: 3, refunds: 1, net: 2200 }]);
  });

  it('X-Series customers tie their sales by the customer code and come out again', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(file));
    const before = dump(ctx.db);
    const r = await importFile(
      ctx,
      aFile(
        vend.customers([
          {
            customer_code: 'ANN-1',
            first_name: 'Ann',
            last_name: 'Lee',
            email: 'ann@x.example',
            phone: '212 555 0100',
            mobile: '212 555 0142',
            do_not_email: '0',
            enable_promotional_sms: '1',
          },
          { customer_code: 'BOB-2', first_name: 'Bob', phone: '212 555 0143', do_not_email: '0' },
        ]),
      ),
    );
    expect(r.counts).toMatchObject({ people: { new: 2 }, linked: 1 });
    expect(allPeople(ctx)).toMatchObject([
      { first_name: 'Ann', phone: '+12125550142', visits: 1 },
      { first_name: 'Bob', phone: '+12125550143' },
    ]);
    await undo(ctx, r.id);
    expect(dump(ctx.db)).toBe(before);
  });

  it('X-Series: do not e-mail is a no, its absence is no yes; promotional texts are a yes to be vouched for', async () => {
    const ctx = aCtx();
    await importFile(
      ctx,
      aFile(
        vend.customers([
          { customer_code: 'A', email: 'a@x.example', mobile: '212 555 0142', do_not_email: '1', enable_promotional_sms: '1' },
          { customer_code: 'B', email: 'b@x.example', do_not_email: '0', enable_promotional_sms: '' },
          { customer_code: 'C', email: 'c@x.example', mobile: '212 555 0143', enable_promotional_sms: '0' },
        ]),
      ),
    );
    expect(ctx.db.raw.prepare('SELECT channel, address, says, flag FROM consent_said ORDER BY channel, address').all()).toEqual([
      { channel: 'email', address: 'a@x.example', says: 'no', flag: 1 },
      { channel: 'email', address: 'b@x.example', says: 'yes', flag: 1 },
      { channel: 'sms', address: '+12125550142', says: 'yes', flag: 0 },
      { channel: 'sms', address: '+12125550143', says: 'no', flag: 0 },
    ]);
    expect(ctx.db.raw.prepare("SELECT count(*) AS n FROM consent_event WHERE kind = 'granted'").get()).toEqual({ n: 0 });
  });

  it('eCom customers: the name with its preposition, the mobile first', async () => {
    const ctx = aCtx({ settings: { shop: { name: 'Winkel', country: 'NL', currency: 'EUR', zone: 'Europe/Amsterdam' as never } } });
    await importFile(
      ctx,
      aFile(
        ecomCustomers([
          {
            'Internal ID': '1',
            Firstname: 'Ann',
            LastnamePreposition: 'van der',
            Lastname: 'Berg',
            'E-Mail': 'ann@x.example',
            Phone: '020 555 0100',
            Mobile: '06 12345678',
            Streetname: 'Gracht',
            Number: '5',
            Zipcode: '1016 AB',
            City: 'Amsterdam',
            Country: 'NL',
          },
        ]),
      ),
    );
    expect(allPeople(ctx)).toMatchObject([
      { first_name: 'Ann', last_name: 'van der Berg', phone: '+31612345678', postal_code: '1016 AB', city: 'Amsterdam' },
    ]);
  });
});
