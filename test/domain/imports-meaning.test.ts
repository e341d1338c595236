import { FIELD_NAMES, FIELDS, type Field, type FieldKind } from '@domain/imports/fields';
import { Instants } from '@domain/imports/instants';
import { readItemsText } from '@domain/imports/items-text';
import { mergeSale, type SaleRow } from '@domain/imports/merge';
import type { FileLine, FileSale } from '@domain/imports/model';
import type { Profile } from '@domain/imports/profile';
import { PROFILES } from '@domain/imports/profiles/index';
import { Refused, RowReader, type Rules, type StagedRow } from '@domain/imports/row';
import { SaleReader } from '@domain/imports/sale';
import { linesHash, settleLines, sortLines } from '@domain/imports/sale-lines';
import { discountNames, keptOf } from '@domain/imports/sale-totals';
import { saleStatus, withRefund } from '@domain/imports/states';
import type { Cents, ShopDay, UtcMs, Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const cents = (n: number) => n as Cents;
const aLine = (l: Partial<FileLine>): FileLine => ({
  name: 'x',
  variant: '',
  category: '',
  sku: '',
  qtyMilli: 1000,
  gross: l.net ?? cents(0),
  discount: cents(0),
  net: cents(0),
  tax: cents(0),
  ...l,
});

/** A reader of files under a profile of the test's own, fields in the order given. */
function reader(profile: Partial<Profile> | null, fields: Field[], rules: Partial<Rules> = {}) {
  const full =
    profile &&
    ({
      id: 't',
      till: 't',
      title: 't',
      clicks: '',
      source: 't',
      kind: 'sales',
      marks: [],
      required: [],
      fields: {},
      ...profile,
    } as Profile);
  const cells = new RowReader({
    profile: full,
    fields,
    tenders: [],
    names: {},
    dateOrder: {},
    decimal: {},
    shopZone: 'America/New_York' as Zone,
    country: 'US',
    thisYear: 2026,
    currency: 'USD',
    digits: 2,
    ...rules,
  });
  const sales = new SaleReader(cells, new Instants('America/New_York' as Zone));
  return {
    cells,
    sales,
    read: (...rows: string[][]): FileSale[] =>
      sales.read(
        '1',
        rows.map((c, i): StagedRow => ({ row: i + 2, cells: c })),
      ),
  };
}

const merged = (files: readonly FileSale[]): SaleRow | null => files.reduce<SaleRow | null>((row, f) => mergeSale(row, f), null);

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

describe('any cells at all', () => {
  const nasty = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '',
        '0',
        '-',
        '1.00',
        '-$3.00',
        '1.234,50',
        '1e5',
        '####',
        '99999999999999999',
        '2 x A 1.00',
        '×',
        "'1",
        '(5)',
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '2026-10-01',
        '2026-10-01 10:00',
        '13/13/26',
        'refund',
        'Refund',
        'voided',
        'pending',
        'true',
        'USD',
        'EUR',
        'code:|',
      ),
    },
    { weight: 1, arbitrary: fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('constructor', 'toString', '__proto__')) },
  );
  it.each(PROFILES.filter((p) => p.kind === 'sales').map((p) => [p.id, p] as const))(
    '%s: refused with a reason or read in whole cents',
    (_, profile) => {
      const fields = FIELD_NAMES.filter((f) => profile.fields[f]);
      const rules = {
        tenders: Object.values(profile.tenders ?? {}),
        wide: profile.wideItems ? [{ n: 1, part: 'item' as const, column: 0 }] : [],
      };
      const width = fields.length + rules.tenders.length + rules.wide.length;
      const usual: Partial<Record<FieldKind, fc.Arbitrary<string>>> = {
        date: fc.constantFrom('2026-10-01', '2026-10-01 10:00', '2026-10-02 23:59:59 +0200'),
        time: fc.constantFrom('', '10:00', '9:15:51 AM'),
        money: fc.constantFrom('', '0.00', '1.00', '-3.00', '12.34', '1,234.50', '99.99'),
        quantity: fc.constantFrom('', '1', '2.0', '-1'),
      };
      const cellOf = (i: number) => {
        const kind = fields[i] ? FIELDS[fields[i]].kind : 'money';
        const common = fields[i] === 'currency' ? fc.constantFrom('', 'usd') : usual[kind];
        return common ? fc.oneof({ weight: 40, arbitrary: common }, { weight: 1, arbitrary: nasty }) : nasty;
      };
      const row = fc.tuple(...Array.from({ length: width }, (__, i) => cellOf(i)));
      let read = 0;
      fc.assert(
        fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
          let sales: FileSale[];
          try {
            sales = reader(profile, fields, rules).read(...rows);
          } catch (e) {
            expect(e).toBeInstanceOf(Refused);
            return;
          }
          for (const s of sales) {
            const row = mergeSale(null, s);
            for (const n of [row.gross, row.discount, row.net, row.tax, row.tip, row.shipping, row.refunded, row.gift_card])
              expect(Number.isSafeInteger(n)).toBe(true);
            expect(row.discount).toBeGreaterThanOrEqual(0);
            expect(row.refunded).toBeGreaterThanOrEqual(0);
            if (row.kind === 'sale') expect(row.refunded).toBeLessThanOrEqual(Math.max(0, row.net + row.tax));
            expect(mergeSale(row, s)).toEqual(row);
            read++;
          }
        }),
        { numRuns: 200 },
      );
      expect(read).toBeGreaterThan(5);
    },
  );
});

describe('several exports of one till', () => {
  const money = fc.integer({ min: 0, max: 9999 }).map(cents);
  const maybe = <T>(a: fc.Arbitrary<T>) => fc.option(a, { nil: null });
  const text = fc.constantFrom('a', 'b');
  const file = (rank: 1 | 2 | 3): fc.Arbitrary<FileSale> =>
    fc
      .record({
        status: maybe(fc.constantFrom('completed' as const, 'void' as const, 'pending' as const)),
        at: fc.integer({ min: 0, max: 3 }),
        timeKnown: fc.boolean(),
        customerId: maybe(text),
        receiptNo: maybe(text),
        register: maybe(text),
        staff: maybe(text),
        channel: maybe(text),
        cardLast4: maybe(fc.constantFrom('1111', '2222')),
        net: money,
        tax: money,
        lines: fc.boolean(),
        totals: maybe(
          fc.record({
            tip: maybe(money),
            shipping: maybe(money),
            serviceCharge: maybe(money),
            total: maybe(money),
            refunded: maybe(money),
            discountCode: maybe(text),
            discountLabel: maybe(text),
            paymentMethods: fc.constantFrom('', 'cash', 'card'),
          }),
        ),
      })
      .map(({ at, net, tax, lines, totals, ...s }) => ({
        ...s,
        id: '1',
        kind: 'sale',
        occurredAt: (1_760_000_000_000 + at) as UtcMs,
        shopDay: `2025-10-0${at + 1}` as ShopDay,
        person: null,
        amounts: { gross: net, discount: cents(0), net, tax, giftCard: cents(0) },
        lines: lines ? [aLine({ net, name: `of ${rank}` })] : null,
        linesRank: rank === 1 ? 3 : rank === 2 ? 2 : 1,
        totals: totals && { ...totals, returned: totals.refunded },
        rows: [2],
        payments: null,
        rank,
      }));
  it('make the same receipt in any order, and each again changes nothing', () => {
    fc.assert(
      fc.property(file(1), file(2), file(3), fc.shuffledSubarray([0, 1, 2], { minLength: 1 }), fc.nat(), (a, b, c, order, pick) => {
        const files = order.map((i) => [a, b, c][i] as FileSale);
        const row = merged(files);
        expect(merged([...files].reverse())).toEqual(row);
        expect(mergeSale(row, files[pick % files.length] as FileSale)).toEqual(row);
        const best = [...files].sort((x, y) => y.rank - x.rank)[0] as FileSale;
        expect([row?.net, row?.tax]).toEqual([best.amounts.net, best.amounts.tax]);
      }),
      { numRuns: 2000 },
    );
  });

  it('a payments file adds what an orders file does not know: money given back', () => {
    const [orders] = reader({ shape: 'receipt' }, ['date', 'total', 'status']).read(['2026-10-01', '10.00', 'Paid']);
    const [payments] = reader({ shape: 'payment' }, ['date', 'total', 'refunded', 'paymentId']).read(['2026-10-01', '9.00', '4.00', 'p']);
    for (const files of [
      [orders, payments],
      [payments, orders],
    ] as FileSale[][])
      expect(merged(files)).toMatchObject({ net: 1000, refunded: 400, status: 'partially-refunded' });
  });
});

describe('a receipt paid in parts', () => {
  const fields: Field[] = ['date', 'paymentId', 'status', 'total', 'tip', 'tax', 'paymentMethod', 'discountCode', 'staff', 'refunded'];
  const payment = fc.record({
    day: fc.integer({ min: 1, max: 28 }),
    good: fc.boolean(),
    total: fc.integer({ min: 300, max: 9999 }),
    tip: fc.integer({ min: 0, max: 99 }),
    how: fc.constantFrom('cash', 'card'),
    code: fc.constantFrom('', 'A', 'B'),
    staff: fc.constantFrom('', 'Mei', 'Ann'),
  });
  const rowOf = (p: { day: number; good: boolean; total: number; tip: number; how: string; code: string; staff: string }, n: number) => [
    `2026-10-${String(p.day).padStart(2, '0')} 10:00`,
    `p${n}`,
    p.good ? 'captured' : 'denied',
    (p.total / 100).toFixed(2),
    (p.tip / 100).toFixed(2),
    '0.10',
    p.how,
    p.code,
    p.staff,
    '',
  ];
  const file = (rows: string[][]) => reader({ shape: 'payment' }, fields).read(...rows)[0] as FileSale;

  it('in files of different days makes the same as in one file, in any order, and each again changes nothing', () => {
    const piece = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(payment, { minLength: 1, maxLength: 4 }), piece, fc.boolean(), (payments, cut, turned) => {
        const rows = payments.map(rowOf);
        const pieces = [0, 1, 2].map((k) => rows.filter((_, i) => cut[i] === k)).filter((p) => p.length);
        const files = (turned ? pieces.reverse() : pieces).map(file);
        const row = merged(files) as SaleRow;
        const whole = mergeSale(null, file(rows));
        const facts = ({ net, tax, tip, total, payment_methods, occurred_at, status }: SaleRow) => ({
          net,
          tax,
          tip,
          total,
          payment_methods,
          occurred_at,
          status,
        });
        expect(facts(row)).toEqual(facts(whole));
        if (payments.every((p) => p.good)) expect(row.discount_code).toBe(whole.discount_code);
        for (const f of files) expect(mergeSale(row, f)).toEqual(row);
        expect(facts(mergeSale(row, file(rows)))).toEqual(facts(whole));
      }),
      { numRuns: 1000 },
    );
  });

  it('money given back on one of its payments later comes with that payment’s file', () => {
    const p = { day: 1, good: true, total: 1000, tip: 0, how: 'card', code: '', staff: '' };
    const row = mergeSale(mergeSale(null, file([rowOf(p, 1)])), file([rowOf({ ...p, day: 2 }, 2)]));
    expect(row).toMatchObject({ net: 1980, total: 2000 });
    const back = [...rowOf(p, 1).slice(0, -1), '5.00'];
    expect(mergeSale(row, file([back, rowOf({ ...p, day: 2 }, 2)]))).toMatchObject({
      net: 1980,
      refunded: 500,
      status: 'partially-refunded',
    });
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
