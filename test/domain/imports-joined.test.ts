import type { Field } from '@domain/imports/fields';
import { mergeSale, type SaleRow } from '@domain/imports/merge';
import type { FileSale } from '@domain/imports/model';
import type { ShopDay, UtcMs } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aLine, cents, merged, reader } from '../support/meaning';

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
