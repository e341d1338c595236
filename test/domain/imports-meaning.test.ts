import { readItemsText } from '@domain/imports/items-text';
import type { FileLine } from '@domain/imports/model';
import { linesHash, settleLines, sortLines } from '@domain/imports/sale-lines';
import { discountNames, keptOf } from '@domain/imports/sale-totals';
import { saleStatus, withRefund } from '@domain/imports/states';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aLine, cents, reader } from '../support/meaning';

describe('items as text', () => {
  it.each([
    [
      '2 x Getränk 4.50.-, 1 x Snack 2,50.-',
      [
        ['Getränk', 2000, 900],
        ['Snack', 1000, 250],
      ],
    ],
    ['2 x test 1.-', [['test', 2000, 200]]],
    [
      '1× Hat, red, 2× Scarf 100',
      [
        ['Hat, red', 1000, 0],
        ['Scarf 100', 2000, 0],
      ],
    ],
    ['0,5 x Käse CHF 12.00', [['Käse', 500, 600]]],
    ['1 x Cable 3 x 1.5 mm €4.00', [['Cable 3 x 1.5 mm', 1000, 400]]],
    ['3 x Tea 1,20 €', [['Tea', 3000, 360]]],
    ['Custom amount', []],
    ['', []],
  ] as const)('%s', (text, want) => {
    expect(readItemsText(text, '.', 2).map((l) => [l.name, l.qtyMilli, l.net])).toEqual(want);
  });

  it('never throws, and reads back what a till of that form writes', () => {
    fc.assert(fc.property(fc.string(), (t) => void readItemsText(t, '.', 2)));
    const item = fc.record({
      n: fc.integer({ min: 1, max: 99 }),
      name: fc.stringMatching(/^[A-Za-z]{1,8}(, [A-Za-z]{1,8})?$/),
      price: fc.integer({ min: 1, max: 99_999 }),
    });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), (items) => {
        const text = items.map((i) => `${i.n} x ${i.name} ${(i.price / 100).toFixed(2)}.-`).join(', ');
        expect(readItemsText(text, '.', 2).map((l) => [l.name, l.qtyMilli, l.net])).toEqual(
          items.map((i) => [i.name, i.n * 1000, i.n * i.price]),
        );
      }),
    );
  });
});

describe('discount names', () => {
  it('tells codes people typed from names the shop system gave', () => {
    const read = (...cells: string[]) => {
      const { codes, labels } = discountNames(cells, ['automatic discounts']);
      return [[...codes], [...labels]];
    };
    expect(read('SAVE10, VIP', '')).toEqual([['SAVE10', 'VIP'], []]);
    expect(read('AUTOMATIC DISCOUNTS')).toEqual([[], ['AUTOMATIC DISCOUNTS']]);
    expect(read('UPSELL DISCOUNT', 'Custom discount', 'RECOVERY DISCOUNT')[0]).toEqual([]);
    expect(read('SUMMER 20')).toEqual([['SUMMER 20'], []]);
    expect(read('code:SAVE10|amount:5.00;code:x|amount:0')).toEqual([['SAVE10', 'x'], []]);
  });
});

describe('states', () => {
  it.each([
    ['PAID', 'completed'],
    ['wc-processing', 'completed'],
    ['PARTIALLY_REFUNDED', 'partially-refunded'],
    ['Partially refunded', 'partially-refunded'],
    ['on-hold', 'pending'],
    ['wc-on-hold', 'pending'],
    ['Abgebrochen', 'cancelled'],
    ['FAIL', 'failed'],
    ['Parked', 'open'],
    ['something new', null],
  ] as const)('%s', (word, state) => expect(saleStatus(word)).toBe(state));

  it('money given back decides, but never for what does not count', () => {
    expect(withRefund('completed', 5, 10)).toBe('partially-refunded');
    expect(withRefund('partially-refunded', 10, 10)).toBe('refunded');
    expect(withRefund('void', 10, 10)).toBe('void');
    expect(withRefund('refunded', 0, 10)).toBe('refunded');
  });
});

describe('lines and receipt', () => {
  it('agree to the last cent when arithmetic proves how they differ, else stay as told', () => {
    const prices = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        prices,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        fc.boolean(),
        (ps, d, t, inside) => {
          const sum = ps.reduce((a, b) => a + b, 0);
          const discount = Math.floor(sum * d);
          const goods = sum - discount;
          const tax = Math.floor(goods * t);
          const net = inside ? goods - tax : goods;
          const amounts = { gross: cents(net + discount), discount: cents(discount), net: cents(net), tax: cents(tax), giftCard: cents(0) };
          const lines = settleLines(
            ps.map((p) => aLine({ net: cents(p), gross: cents(p) })),
            amounts,
          );
          const total = (pick: (l: FileLine) => number) => lines.reduce((n, l) => n + pick(l), 0);
          expect(total((l) => l.net)).toBe(net);
          expect(total((l) => l.discount)).toBe(discount);
          if (inside && goods > 0) expect(total((l) => l.tax)).toBe(tax);
        },
      ),
    );
    const told = [aLine({ net: cents(500) })];
    expect(settleLines(told, { gross: cents(900), discount: cents(0), net: cents(900), tax: cents(0), giftCard: cents(0) })).toBe(told);
  });

  it('have the same hash in any order, and another for any other content', () => {
    const line = fc.record({
      name: fc.string({ maxLength: 4 }),
      sku: fc.string({ maxLength: 3 }),
      qtyMilli: fc.integer({ min: -5000, max: 5000 }),
      net: fc.integer({ min: -1e12, max: 1e12 }).map(cents),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.array(line, { maxLength: 6 }), (a, b) => {
        const canonical = (ls: typeof a) => {
          const out = ls.map((l) => aLine(l));
          sortLines(out);
          return out;
        };
        expect(linesHash(canonical([...a].reverse()))).toBe(linesHash(canonical(a)));
        if (JSON.stringify(canonical(a)) !== JSON.stringify(canonical(b)))
          expect(linesHash(canonical(a))).not.toBe(linesHash(canonical(b)));
      }),
    );
  });
});

describe('shapes', () => {
  it('a mixed file: amounts of the receipt row, lines of the line rows, ways of paying of the others', () => {
    const r = reader({ shape: 'mixed', receiptWhen: { field: 'event', is: ['sale'] }, lineWhen: { field: 'event', is: ['sale line'] } }, [
      'date',
      'event',
      'total',
      'tax',
      'item',
      'lineNet',
      'quantity',
      'paymentMethod',
    ]);
    const [sale] = r.read(
      ['2026-10-02', 'Payment', '10.80', '', '', '', '', 'Card'],
      ['2026-10-01', 'Sale Line', '', '', 'Boots', '10.00', '1', ''],
      ['2026-10-01', 'Sale', '10.80', '0.80', '', '', '', ''],
    );
    expect(sale).toMatchObject({
      shopDay: '2026-10-01',
      amounts: { net: 1000, tax: 80 },
      totals: { total: 1080, paymentMethods: 'Card' },
      rank: 3,
    });
    expect(sale?.lines).toHaveLength(1);
  });

  it('payments add up, each once; failed ones beside good ones are left out; all failed stay, failed', () => {
    const r = reader({ shape: 'payment' }, ['date', 'paymentId', 'status', 'total', 'tip']);
    const good = ['2026-10-01', 'a', 'Captured', '12.00', '2.00'];
    expect(r.read(good, good, ['2026-10-01', 'b', 'CAPTURED', '10.00', ''], ['2026-10-01', 'c', 'DENIED', '10.00', ''])).toMatchObject([
      { amounts: { net: 2000 }, totals: { tip: 200, total: 2200 }, status: 'completed' },
    ]);
    expect(r.sales.ignored).toBe(1);
    expect(r.read(['2026-10-01', 'c', 'DENIED', '10.00', ''])).toMatchObject([{ amounts: { net: 1000 }, status: 'failed' }]);
  });

  it('a total may leave parts out; amounts of several columns add up', () => {
    const r = reader({ shape: 'receipt', totalWithout: ['tip'] }, ['date', 'total', 'tax', 'tip', 'refunded']);
    expect(r.read(['2026-10-01', '33.56', '3.56', '8.39', '5.00 + 1.00'])).toMatchObject([
      { amounts: { net: 3000, tax: 356 }, totals: { tip: 839, total: 3356, refunded: 600 } },
    ]);
  });

  it('a voided line goes, a receipt of voided lines is void; in a mapped sheet too', () => {
    for (const r of [
      reader({ shape: 'line', voidWhen: { field: 'void', is: ['true'] } }, ['date', 'item', 'lineNet', 'void']),
      reader(null, ['date', 'item', 'lineNet', 'void']),
    ]) {
      const [a, b] = [
        ['2026-10-01', 'A', '5.00', 'false'],
        ['2026-10-01', 'B', '7.00', 'true'],
      ];
      expect(r.read(a as string[], b as string[])).toMatchObject([{ amounts: { net: 500 }, status: null }]);
      expect(r.read(b as string[])).toMatchObject([{ amounts: { net: 700 }, status: 'void' }]);
    }
  });

  it('the C invoices of a mapped sheet are refunds by their quantities', () => {
    const r = reader(null, ['date', 'item', 'quantity', 'unitPrice', 'customerId']);
    expect(r.read(['2011-10-06 16:20:00', 'Cutlery', '-2', '4.15', '17841.0'])).toMatchObject([
      { kind: 'refund', amounts: { net: -830 }, customerId: '17841', lines: [{ qtyMilli: -2000, net: -830 }] },
    ]);
  });

  it('refunds written positive, refunds of an amount without items, refunds under the number of their sale', () => {
    const r = reader({ shape: 'receipt', refundWhen: { field: 'event', is: ['refund'] } }, [
      'date',
      'event',
      'gross',
      'net',
      'refunded',
      'customerId',
    ]);
    expect(r.read(['2026-10-01', 'Refund', '180.00', '-180.00', '', ''])).toMatchObject([
      { id: '1~refund:2026-10-01', kind: 'refund', amounts: { net: -18_000 } },
    ]);
    expect(r.read(['2026-10-01', 'Refund', '180.00', '180.00', '', ''])).toMatchObject([{ kind: 'refund', amounts: { net: -18_000 } }]);
    expect(r.read(['2026-10-01', 'Refund', '0.00', '0.00', '5.00', ''])).toMatchObject([
      { kind: 'refund', amounts: { net: -500 }, totals: { refunded: 0 } },
    ]);
    const line = reader({ shape: 'line', refundWhen: { field: 'event', is: ['refund'] } }, ['date', 'event', 'lineNet', 'customerId']);
    expect(line.read(['2026-10-01', 'Sale', '9.00', 'C1'], ['2026-10-02', 'Refund', '-4.00', ''])).toMatchObject([
      { id: '1', kind: 'sale', customerId: 'C1' },
      { id: '1~refund:2026-10-02', kind: 'refund', customerId: 'C1', amounts: { net: -400 } },
    ]);
  });

  it('says where times come from', () => {
    const r = reader({ shape: 'receipt' }, ['date', 'zone', 'total']);
    r.read(['2026-10-01 10:00:00 +0200', '', '1.00']);
    r.read(['2026-10-01 10:00', 'Pacific Time (US & Canada)', '1.00']);
    r.read(['2026-10-01 10:00', '', '1.00']);
    expect(r.sales.zones).toEqual({ offset: 1, column: 1, utc: 0, shop: 1 });
    const utc = reader({ shape: 'receipt', utc: true }, ['date', 'total']);
    expect(utc.read(['2026-10-04 02:14', '1.00'])).toMatchObject([{ occurredAt: Date.UTC(2026, 9, 4, 2, 14), shopDay: '2026-10-03' }]);
    expect(utc.sales.zones.utc).toBe(1);
  });

  it('a guest’s customer id 0 is nobody', () => {
    const r = reader({ shape: 'receipt' }, ['date', 'total', 'customerId', 'email']);
    expect(r.read(['2026-10-01', '1.00', '0', 'a@x.example'])).toMatchObject([
      { customerId: null, person: { email: 'a@x.example', sourceId: null } },
    ]);
  });
});

describe('figures of the month', () => {
  it('goods, tax and what was collected lose what was given back, once', () => {
    const amounts = { gross: cents(1000), discount: cents(0), net: cents(1000), tax: cents(200), giftCard: cents(0) };
    const totals = { tip: cents(100), shipping: null, serviceCharge: null, discountCode: null, discountLabel: null, paymentMethods: '' };
    expect(keptOf({ amounts, totals: { ...totals, total: cents(1300), refunded: cents(600), returned: cents(600) } })).toEqual({
      net: 500,
      tax: 100,
      total: 700,
    });
    expect(keptOf({ amounts, totals: { ...totals, total: cents(700), refunded: cents(600), returned: cents(600) } })).toEqual({
      net: 500,
      tax: 100,
      total: 700,
    });
    expect(keptOf({ amounts, totals: { ...totals, total: cents(1300), refunded: cents(1200), returned: cents(1300) } })).toEqual({
      net: 0,
      tax: 0,
      total: 0,
    });
    expect(keptOf({ amounts, totals: null })).toEqual({ net: 1000, tax: 200, total: null });
  });
});
