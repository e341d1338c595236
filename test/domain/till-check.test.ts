import type { Cents, CustomerId, OfferId, SaleId, ShopDay, UtcMs } from '@domain/kernel';
import { MINUTE } from '@domain/kernel';
import { type CounterUse, checkTill, groupsOf, sumsOf, type TillDiscount } from '@domain/reports/till-check';
import { namesIn, offerKnownBy, suggestionFor } from '@domain/reports/till-names';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const NOON = Date.UTC(2026, 10, 10, 17) as UtcMs;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10) as ShopDay;
const FALL = 1 as OfferId;
const at = (minutes: number) => (NOON + minutes * MINUTE) as UtcMs;

const receipt = (saleId: number, over: Partial<TillDiscount> = {}): TillDiscount => ({
  saleId: saleId as SaleId,
  at: NOON,
  day: dayOf(over.at ?? NOON),
  timeKnown: true,
  receiptNo: null,
  register: 'Counter',
  clerk: 'Dana',
  customerId: null,
  names: ['Text 20%'],
  otherNames: 0,
  offers: [],
  codes: [],
  gross: 10_000 as Cents,
  net: 8000 as Cents,
  tax: 640 as Cents,
  discount: 2000 as Cents,
  returned: false,
  ...over,
});
const use = (redemptionId: number, over: Partial<CounterUse> = {}): CounterUse => ({
  redemptionId,
  code: `C${redemptionId}`,
  offerId: FALL,
  offerName: 'Fall',
  customerId: null,
  at: NOON,
  day: dayOf(over.at ?? NOON),
  staffName: 'Clara',
  receiptNo: null,
  amount: null,
  saleId: null,
  tiedSays: null,
  byFile: false,
  gives: (gross) => Math.round(gross / 5),
  ...over,
});
const COVERED = '2026-11-30' as ShopDay;
const kinds = (till: TillDiscount[], uses: CounterUse[], covered: ShopDay | null = COVERED) =>
  checkTill(till, uses, covered).map(
    (r) => `${r.kind}${r.by ? ` by ${r.by}` : ''} ${r.till?.saleId ?? '-'}/${r.counter?.redemptionId ?? '-'}`,
  );

describe('a receipt and a code are one', () => {
  it('when they were tied, by receipt number, by the code on the receipt, by the person, or close in time', () => {
    expect(kinds([receipt(1, { at: at(300) })], [use(1, { saleId: 1 as SaleId })])).toEqual(['matched by link 1/1']);
    expect(kinds([receipt(1, { receiptNo: 'ab12', at: at(200) })], [use(1, { receiptNo: 'AB12' })])).toEqual(['matched by receipt 1/1']);
    expect(kinds([receipt(1, { codes: ['C1'], at: at(500) })], [use(1)])).toEqual(['matched by code 1/1']);
    const anna = { customerId: 7 as CustomerId };
    expect(kinds([receipt(1, { ...anna, at: at(100) })], [use(1, anna)])).toEqual(['matched by person 1/1']);
    expect(kinds([receipt(1, { at: at(20) })], [use(1)])).toEqual(['matched by time 1/1']);
    expect(kinds([receipt(1, { timeKnown: false, at: at(-200) })], [use(1)])).toEqual(['matched by day 1/1']);
  });

  it('not when the time is too far, the receipt another, the person another, or the offer another', () => {
    const apart = ['till-only 1/-', 'counter-only -/1'];
    expect(kinds([receipt(1, { at: at(21) })], [use(1)])).toEqual(apart);
    expect(kinds([receipt(1, { receiptNo: 'AB12', at: at(1) })], [use(1, { receiptNo: 'AB13' })])).toEqual(apart);
    expect(kinds([receipt(1, { customerId: 7 as CustomerId, at: at(1) })], [use(1, { customerId: 8 as CustomerId })])).toEqual(apart);
    expect(kinds([receipt(1, { offers: [2 as OfferId], at: at(1) })], [use(1)])).toEqual(apart);
  });

  it('takes the surest first, and the same amount before the nearer time', () => {
    expect(kinds([receipt(1, { at: at(1) }), receipt(2, { receiptNo: 'X9', at: at(15) })], [use(1, { receiptNo: 'X9' })])).toEqual([
      'matched by receipt 2/1',
      'till-only 1/-',
    ]);
    const two = [receipt(1, { at: at(1), gross: 5000 as Cents, net: 4000 as Cents, discount: 1000 as Cents }), receipt(2, { at: at(9) })];
    expect(kinds(two, [use(1, { amount: 10_000 as Cents })])).toEqual(['matched by time 2/1', 'till-only 1/-']);
  });

  it('also where the person’s other receipt was taken for it first', () => {
    const anna = { customerId: 7 as CustomerId };
    expect(kinds([receipt(1, { ...anna, at: at(50) })], [use(1, { ...anna, saleId: 99 as SaleId, tiedSays: 'none' })])).toEqual([
      'matched by person 1/1',
    ]);
    // tied to a receipt of an earlier page that does name a text discount: that one is meant
    expect(kinds([receipt(1, { ...anna, at: at(50) })], [use(1, { ...anna, saleId: 99 as SaleId })])).toEqual([
      'till-only 1/-',
      'counter-only -/1',
    ]);
  });
});

describe('what is said of them', () => {
  it('another amount than the offer gives, beyond the cents a till rounds by', () => {
    const off = (discount: number) => kinds([receipt(1, { discount: discount as Cents, net: (10_000 - discount) as Cents })], [use(1)]);
    expect(off(2005)).toEqual(['matched by time 1/1']);
    expect(off(2006)).toEqual(['differs by time 1/1']);
    expect(off(3000)).toEqual(['differs by time 1/1']);
    // two discounts on one receipt: nobody can say which took what
    expect(kinds([receipt(1, { discount: 3000 as Cents, otherNames: 1 })], [use(1)])).toEqual(['matched by time 1/1']);
  });

  it('a use waits for the till file, and one tied to a receipt without names is taken at its word', () => {
    expect(kinds([], [use(1)], '2026-11-09' as ShopDay)).toEqual(['waiting -/1']);
    expect(kinds([], [use(1)], null)).toEqual(['waiting -/1']);
    expect(kinds([], [use(1, { saleId: 5 as SaleId, tiedSays: 'unnamed' })])).toEqual(['matched by link -/1']);
    expect(kinds([], [use(1, { saleId: 5 as SaleId, tiedSays: 'none' })])).toEqual(['counter-only -/1']);
  });

  it('what was brought back is no discount nobody can explain', () => {
    expect(kinds([receipt(1, { returned: true })], [])).toEqual(['returned 1/-']);
  });

  const someTill = fc.uniqueArray(
    fc.record({
      id: fc.nat(40),
      minutes: fc.integer({ min: -600, max: 600 }),
      person: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
      receiptNo: fc.option(fc.constantFrom('A', 'B', 'C'), { nil: null }),
      clerk: fc.constantFrom('Dana', 'Luis', null),
      discount: fc.integer({ min: 1, max: 4000 }),
      returned: fc.boolean(),
      timeKnown: fc.boolean(),
    }),
    { selector: (r) => r.id, maxLength: 12 },
  );
  const someUses = fc.uniqueArray(
    fc.record({
      id: fc.nat(40),
      minutes: fc.integer({ min: -600, max: 600 }),
      person: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
      receiptNo: fc.option(fc.constantFrom('A', 'B', 'C'), { nil: null }),
      sale: fc.option(fc.nat(40), { nil: null }),
    }),
    { selector: (u) => u.id, maxLength: 12 },
  );

  it('every receipt and every use stands in exactly one row, whatever their order, and the sums add up to the cent', () => {
    fc.assert(
      fc.property(someTill, someUses, fc.constantFrom(null, '2026-11-10', '2026-11-09'), (t, u, covered) => {
        const till = t.map((r) =>
          receipt(r.id + 1, {
            at: at(r.minutes),
            customerId: r.person as CustomerId | null,
            receiptNo: r.receiptNo,
            clerk: r.clerk,
            discount: r.discount as Cents,
            net: (10_000 - r.discount) as Cents,
            returned: r.returned,
            timeKnown: r.timeKnown,
          }),
        );
        const tied = new Set(till.map((r) => r.saleId as number));
        const uses = u.map((x) =>
          use(x.id + 1, {
            at: at(x.minutes),
            customerId: x.person as CustomerId | null,
            receiptNo: x.receiptNo,
            saleId: x.sale as SaleId | null,
            tiedSays: x.sale === null || tied.has(x.sale) ? null : 'none',
          }),
        );
        const rows = checkTill(till, uses, covered as ShopDay | null);
        expect(rows.flatMap((r) => r.till?.saleId ?? []).sort()).toEqual(till.map((r) => r.saleId).sort());
        expect(rows.flatMap((r) => r.counter?.redemptionId ?? []).sort()).toEqual(uses.map((x) => x.redemptionId).sort());
        const s = sumsOf(rows);
        expect(s.till).toBe(till.length);
        expect(s.till).toBe(rows.filter((r) => r.till && ['matched', 'differs', 'till-only', 'returned'].includes(r.kind)).length);
        expect(s.counter + s.waiting).toBe(uses.length);
        expect(s.matched + s.differs + s.tillOnly + s.counterOnly + s.returned + s.waiting).toBe(rows.length);
        for (const by of ['register', 'clerk'] as const) {
          const groups = groupsOf(rows, by);
          expect(groups.reduce((n, g) => n + g.till, 0)).toBe(s.till);
          expect(groups.reduce((n, g) => n + g.tillOnlyDiscount, 0)).toBe(s.tillOnlyDiscount);
        }
        expect(groupsOf(rows, 'day').reduce((n, g) => n + g.tillOnly, 0)).toBe(s.tillOnly);
        // a receipt and use with two different receipt numbers are never one
        for (const r of rows)
          if (r.by === 'time' || r.by === 'person' || r.by === 'day')
            expect(r.till?.receiptNo && r.counter?.receiptNo ? r.till.receiptNo === r.counter.receiptNo : true).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what names at the till mean', () => {
  const offers = [
    { id: FALL, name: 'Fall boots', tillKey: 'TEXT-20', sharedCode: null },
    { id: 2 as OfferId, name: 'Radio', tillKey: '', sharedCode: 'RADIO10' },
  ];
  it('an offer’s own key and shared code are known; words for texts, an offer’s name and company on receipts with codes are suggested', () => {
    expect(namesIn('SAVE10, Friends', 'friends')).toEqual(['SAVE10', 'friends']);
    expect(offerKnownBy('text 20', offers)).toBe(FALL);
    expect(offerKnownBy('radio-10', offers)).toBe(2);
    expect(offerKnownBy('Friends', offers)).toBeNull();
    const none = { receipts: 4, withCode: 0 };
    expect(suggestionFor('Text 20 %', offers, none)?.why).toBe('says-text');
    expect(suggestionFor('SMS15', offers, none)?.why).toBe('says-text');
    expect(suggestionFor('Fall Boots', offers, none)).toEqual({ why: 'offer-name', offerId: FALL });
    expect(suggestionFor('Textiles week', offers, none)).toBeNull();
    expect(suggestionFor('Context', offers, none)).toBeNull();
    expect(suggestionFor('20% off', offers, { receipts: 5, withCode: 3 })?.why).toBe('with-codes');
    expect(suggestionFor('20% off', offers, { receipts: 50, withCode: 3 })).toBeNull();
  });
});
