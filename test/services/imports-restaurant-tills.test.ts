import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, preview } from '../support/imports';
import { aCtx } from '../support/test-ctx';
import { allLines, allPeople, allSales, bothWays, clover, toast } from '../support/tills';

describe('Clover', () => {
  it('orders: tax inside, tip outside the total; open orders do not count; refunds are amounts on the order', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(
        clover.orders([
          { 'Order ID': 'A', 'Tax Amount': '3.56', Tip: '8.39', 'Order Total': '33.56', 'Payments Total': '33.56' },
          { 'Order ID': 'B', 'Tax Amount': '0.80', Tip: '', 'Order Total': '10.80', Discount: '2.00', 'Refunds Total': '5.40' },
          { 'Order ID': 'C', 'Order Total': '9.00', 'Order Payment State': 'Open' },
          { 'Order ID': 'D', 'Order Total': '20.00', 'Refunds Total': '5.00', 'Manual Refunds Total': '15.00' },
        ]),
      ),
    );
    expect(allSales(ctx)).toMatchObject([
      {
        source_sale_id: 'A',
        net: 3000,
        tax: 356,
        tip: 839,
        total: 3356,
        status: 'completed',
        staff_name: 'Sena',
        payment_methods: 'Credit Card',
      },
      { source_sale_id: 'B', net: 1000, gross: 1200, discount: 200, refunded: 540, status: 'partially-refunded' },
      { source_sale_id: 'C', status: 'open' },
      { source_sale_id: 'D', refunded: 2000, status: 'refunded' },
    ]);
    expect(r.counts).toMatchObject({ excluded: 1, anonymous: 4, rejected: 0 });
    expect(allSales(ctx)[0]).toMatchObject({ occurred_at: Date.UTC(2026, 10, 10, 19, 44), shop_day: '2026-11-10' });
  });

  it('money given back without a sale is a refund of its own', async () => {
    const ctx = aCtx();
    const r = await importFile(ctx, aFile(clover.orders([{ 'Order ID': 'M', 'Order Total': '0.00', 'Manual Refunds Total': '15.00' }])));
    expect(allSales(ctx)).toMatchObject([{ source_sale_id: 'M', kind: 'refund', net: -1500, refunded: 0 }]);
    expect(r.plan?.months.reduce((n, m) => n + m.net, 0)).toBe(-1500);
    expect(
      (await preview(ctx, aFile(clover.orders([{ 'Order ID': 'M', 'Order Total': '0.00', 'Manual Refunds Total': '15.00' }])))).counts
        ?.sales,
    ).toEqual({
      new: 0,
      changed: 0,
      same: 1,
    });
  });

  it('an order listed twice is one order', async () => {
    const ctx = aCtx();
    const row = { 'Order ID': 'A', 'Order Total': '10.00' };
    await importFile(ctx, aFile(clover.orders([{ ...row, 'Order Payment State': 'Open' }, row])));
    expect(allSales(ctx)).toMatchObject([{ net: 1000, status: 'completed' }]);
  });

  it('payments: failed ones do not count, split ones add up, a name alone makes nobody, and orders speak for the amounts', async () => {
    const payments = clover.payments([
      {
        'Order ID': 'A',
        'Payment ID': 'p1',
        Amount: '20.00',
        'Tax Amount': '2.00',
        'Tip Amount': '3.00',
        'Customer Name': 'ANN LEE',
        'Card Number': '************4242',
      },
      { 'Order ID': 'A', 'Payment ID': 'p2', Amount: '13.56', 'Tax Amount': '1.56', Tender: 'Cash' },
      { 'Order ID': 'A', 'Payment ID': 'p3', Amount: '13.56', 'Tax Amount': '1.56', Result: 'FAIL' },
      { 'Order ID': 'F', 'Payment ID': 'p4', Amount: '50.00', Result: 'FAIL' },
      { 'Order ID': 'R', 'Payment ID': 'p5', Amount: '30.00', '# Refunds': '1', 'Refund Amount': '30.00' },
    ]);
    const ctx = aCtx();
    const r = await importFile(ctx, aFile(payments));
    expect(allSales(ctx)).toMatchObject([
      { source_sale_id: 'A', net: 3000, tax: 356, tip: 300, status: 'completed', payment_methods: 'Cash, Credit Card', card_last4: '4242' },
      { source_sale_id: 'F', status: 'failed' },
      { source_sale_id: 'R', net: 3000, refunded: 3000, status: 'refunded' },
    ]);
    expect(r.counts).toMatchObject({ excluded: 1, anonymous: 3 });
    expect(allPeople(ctx)).toHaveLength(0);
    const orders = clover.orders([
      { 'Order ID': 'A', 'Tax Amount': '3.56', Tip: '3.00', Discount: '1.00', 'Order Total': '33.56', 'Order Number': '17' },
      { 'Order ID': 'R', 'Order Total': '30.00', 'Refunds Total': '30.00' },
    ]);
    const merged = await bothWays([orders, payments]);
    expect(allSales(merged)).toMatchObject([
      {
        source_sale_id: 'A',
        net: 3000,
        gross: 3100,
        discount: 100,
        tax: 356,
        tip: 300,
        receipt_no: '17',
        card_last4: '4242',
        register: 'Station 1',
      },
      { source_sale_id: 'F', status: 'failed' },
      { source_sale_id: 'R', refunded: 3000, status: 'refunded' },
    ]);
  });

  it('a whole card number in the card column is dropped before it is kept', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(clover.payments([{ 'Order ID': 'A', 'Payment ID': 'p', Amount: '5.00', 'Card Number': '4242424242424242' }])),
    );
    expect(r.counts).toMatchObject({ cardsDropped: 1, sales: { new: 1 } });
    expect(allSales(ctx)[0]).toMatchObject({ card_last4: null });
    expect(dump(ctx.db)).not.toContain('4242424242424242');
  });

  it('customers come with their till id; marketing allowed is no permission to text', async () => {
    const ctx = aCtx();
    await importFile(
      ctx,
      aFile(
        clover.customers([
          {
            'Customer ID': 'C1',
            'First Name': 'Ann',
            'Last Name': 'Lee',
            'Phone Number': '(212) 555-0142',
            'Email Address': 'Ann@x.example',
            'Marketing Allowed': 'Yes',
            City: 'Ulster',
          },
          { 'Customer ID': 'C2', 'First Name': 'Bob', 'Email Address': 'b@x.example', 'Marketing Allowed': 'No' },
        ]),
      ),
    );
    expect(allPeople(ctx)).toMatchObject([
      { first_name: 'Ann', last_name: 'Lee', phone: '+12125550142', email: 'ann@x.example', city: 'Ulster' },
      { first_name: 'Bob', email: 'b@x.example' },
    ]);
    expect(ctx.db.raw.prepare('SELECT channel, address, says FROM consent_said ORDER BY address').all()).toEqual([
      { channel: 'email', address: 'ann@x.example', says: 'yes' },
      { channel: 'email', address: 'b@x.example', says: 'no' },
    ]);
    expect(ctx.db.raw.prepare("SELECT count(*) AS n FROM consent_event WHERE kind = 'granted'").get()).toEqual({ n: 0 });
  });
});

const ID = '900000000123456789';
const NEXT = '900000000123456790';

describe('Toast', () => {
  it('orders, items and payments of one day are each order once, whatever comes first; 18-digit ids stay apart', async () => {
    const files = [
      toast.orders([
        {
          'Order Id': ID,
          'Order #': '12',
          Amount: '20.00',
          'Discount Amount': '2.00',
          Tax: '1.60',
          Tip: '3.00',
          Gratuity: '1.00',
          Total: '25.60',
          Server: 'Mei',
        },
        { 'Order Id': NEXT, 'Order #': '13', Amount: '8.00', Tax: '0.64', Total: '8.64', Voided: 'true' },
      ]),
      toast.items([
        {
          'Order Id': ID,
          'Order #': '12',
          'Menu Item': 'Soup',
          'Gross Price': '10.00',
          Discount: '2.00',
          'Net Price': '8.00',
          Tax: '0.64',
          'Check Id': '1',
        },
        {
          'Order Id': ID,
          'Order #': '12',
          'Menu Item': 'Pie',
          'Gross Price': '12.00',
          'Net Price': '12.00',
          Qty: '2.0',
          Tax: '0.96',
          'Check Id': '2',
        },
        { 'Order Id': ID, 'Order #': '12', 'Menu Item': 'Tea', 'Gross Price': '3.00', 'Net Price': '3.00', Tax: '0.24', 'Void?': 'true' },
        { 'Order Id': NEXT, 'Order #': '13', 'Menu Item': 'Tea', 'Gross Price': '8.00', 'Net Price': '8.00', Tax: '0.64', 'Void?': 'true' },
      ]),
      toast.payments([
        {
          'Payment Id': '1',
          'Order Id': ID,
          Amount: '11.60',
          Tip: '3.00',
          Gratuity: '1.00',
          Total: '15.60',
          Email: 'ann@x.example',
          Phone: '2125550142',
          'Last 4 Card Digits': '4242',
        },
        { 'Payment Id': '2', 'Order Id': ID, Amount: '10.00', Total: '10.00', Type: 'CASH', Phone: '212-555-0142' },
        { 'Payment Id': '3', 'Order Id': ID, Amount: '11.60', Total: '11.60', Status: 'DENIED' },
        {
          'Payment Id': '4',
          'Order Id': NEXT,
          Amount: '8.64',
          Total: '8.64',
          Status: 'VOIDED',
          'Void Date': '11/10/2026 5:50 PM',
          'Void User': 'Mei [id=7, email=m@shop.example]',
        },
      ]),
    ];
    const ctx = await bothWays(files);
    expect(allSales(ctx)).toMatchObject([
      {
        source_sale_id: ID,
        net: 2000,
        discount: 200,
        tax: 160,
        tip: 400,
        total: 2560,
        status: 'completed',
        receipt_no: '12',
        card_last4: '4242',
      },
      { source_sale_id: NEXT, status: 'void' },
    ]);
    expect(allSales(ctx)[0]).toMatchObject({ payment_methods: 'CASH, CREDIT', staff_name: 'Mei', channel: 'In store' });
    const lines = allLines(ctx).filter((l) => l['sale'] === ID);
    expect(lines.map((l) => [l['name'], l['qty_milli'], l['net']])).toEqual([
      ['Pie', 2000, 1200],
      ['Soup', 1000, 800],
    ]);
    expect(allPeople(ctx)).toMatchObject([{ email: 'ann@x.example', phone: '+12125550142', visits: 1, spend: 2160 }]);
  });

  it('items and payments alone: the items know the tax, the payments do not', async () => {
    const ctx = await bothWays([
      toast.items([{ 'Order Id': ID, 'Menu Item': 'Soup', 'Gross Price': '10.00', 'Net Price': '10.00', Tax: '0.80' }]),
      toast.payments([{ 'Payment Id': '1', 'Order Id': ID, Amount: '10.80', Tip: '2.00', Total: '12.80' }]),
    ]);
    expect(allSales(ctx)).toMatchObject([{ net: 1000, tax: 80, tip: 200, total: 1280 }]);
  });

  it('a card authorized at the table is a sale', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(toast.payments([{ 'Payment Id': '1', 'Order Id': ID, Amount: '10.00', Total: '10.00', Status: 'AUTHORIZED' }])),
    );
    expect(r.counts).toMatchObject({ excluded: 0, notes: 0 });
  });

  it('gift cards sold are no takings; the older spelling of the discount is read; one place has no Location column', async () => {
    const ctx = aCtx();
    const items = toast
      .items(
        [
          { 'Order Id': ID, 'Menu Item': 'Card for a friend', 'Gross Price': '25.00', 'Net Price': '25.00', Deferred: 'true' },
          { 'Order Id': ID, 'Menu Item': 'Soup', 'Gross Price': '10.00', Discount: '1.00', 'Net Price': '9.00', Tax: '0.72' },
        ],
        ['Location', 'PLU'],
      )
      .replace(',Discount,', ',Discnt,');
    await importFile(ctx, aFile(items));
    expect(allSales(ctx)).toMatchObject([{ net: 900, discount: 100, gift_card: 2500 }]);
    const r = await importFile(
      ctx,
      aFile(
        toast.payments([{ 'Payment Id': '9', 'Order Id': NEXT, Amount: '10.00', Total: '10.00', 'Refund Amount': '4.00' }], ['Location']),
      ),
    );
    expect(r.plan?.profile).toBe('toast-payments');
    expect(allSales(ctx)[1]).toMatchObject({ total: 1000, refunded: 400, status: 'partially-refunded' });
  });

  it('ids damaged by a spreadsheet are refused, never merged', async () => {
    const ctx = aCtx();
    const r = await importFile(ctx, aFile(toast.orders([{ 'Order Id': '9.00000000123457E+17', Amount: '1.00' }])));
    expect(r.counts).toMatchObject({ rejected: 1, rejectedBy: { 'scientific-id': 1 } });
    expect(allSales(ctx)).toEqual([]);
  });

  it('month first as its maker says: not asked at home, asked abroad', async () => {
    const file = aFile(toast.orders([{ 'Order Id': ID, Amount: '1.00' }]));
    expect((await preview(aCtx(), file)).plan).toMatchObject({ questions: [], reading: { dateOrder: { date: 'mdy' } } });
    const irish = aCtx({ settings: { shop: { name: 'Bar', country: 'IE', currency: 'EUR', zone: 'Europe/Dublin' as never } } });
    expect((await preview(irish, file)).plan?.questions).toMatchObject([{ kind: 'date-order', field: 'date' }]);
  });

  it('long ids are no card numbers, a card number in a note is one', async () => {
    const ctx = aCtx();
    const luhn = '600000000000000007'; // 18 digits, the check digit right, the beginning of an issued range
    const r = await importFile(
      ctx,
      aFile(
        toast.items([
          {
            'Order Id': luhn,
            'Check Id': luhn,
            'Item Selection Id': luhn,
            'Item Id': luhn,
            'Master Id': luhn,
            'Menu Item': 'Soup',
            'Net Price': '9.00',
            'Tab Name': '4242 4242 4242 4242',
          },
        ]),
      ),
    );
    expect(r.counts).toMatchObject({ cardsDropped: 1, rejected: 0 });
    expect(allSales(ctx)).toMatchObject([{ source_sale_id: luhn, net: 900 }]);
  });

  it('checks are read for their guests only', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(
        toast.checks([
          {
            'Customer Id': ID,
            Customer: 'Ann Lee',
            'Customer Phone': '2125550142',
            'Customer Email': 'ann@x.example',
            'Check Id': '1',
            'Item Description': 'Soup, Pie',
          },
          { 'Customer Id': ID, Customer: 'Ann Lee', 'Customer Phone': '2125550142', 'Customer Email': 'ann@x.example', 'Check Id': '2' },
          { 'Check Id': '3' },
          { 'Check Id': '4' },
        ]),
      ),
    );
    expect(r.counts).toMatchObject({ people: { new: 1 }, rejected: 0, skipped: 2 });
    expect(allSales(ctx)).toEqual([]);
    expect(allPeople(ctx)).toMatchObject([{ first_name: 'Ann', last_name: 'Lee', phone: '+12125550142' }]);
  });
});
