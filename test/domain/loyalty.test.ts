import { addDays } from '@domain/calendar';
import type { Cents, OfferId, ShopDay, UtcMs } from '@domain/kernel';
import { accountOf, type LoyaltyFacts, type NoteFact } from '@domain/loyalty/account';
import type { LineFact, SaleFact } from '@domain/loyalty/purchases';
import { type LoyaltyTerms, type LoyaltyVersion, NO_TERMS, percentOn } from '@domain/loyalty/terms';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceByDay } from '../support/loyalty-by-day';

const D0 = '2026-01-31' as ShopDay;
const day = (n: number): ShopDay => addDays(D0, n);
const at = (d: ShopDay): UtcMs => Date.parse(`${d}T15:00:00Z`) as UtcMs;
const terms = (t: Partial<LoyaltyTerms>): LoyaltyTerms => ({ ...NO_TERMS, rewards: [{ offerId: 1 as OfferId, cost: 10 }], ...t });
const on = (t: LoyaltyTerms, o: Partial<LoyaltyVersion> = {}): LoyaltyVersion => ({
  id: 1,
  fromDay: D0,
  state: 'on',
  terms: t,
  history: null,
  carry: 0,
  useUntil: null,
  ...o,
});
const line = (item: string, net: number, category = 'Shoes', qty = 1000): LineFact => ({
  thing: item,
  item,
  category,
  qty,
  net: net as Cents,
});
let n = 0;
const sale = (d: ShopDay, lines: LineFact[], o: Partial<SaleFact> = {}): SaleFact => ({
  key: `till ${++n}`,
  kind: 'sale',
  status: 'completed',
  at: at(d),
  day: d,
  net: lines.reduce((s, l) => s + l.net, 0) as Cents,
  tax: 0 as Cents,
  refunded: 0 as Cents,
  receiptNo: null,
  lines,
  ...o,
});
const refund = (d: ShopDay, lines: LineFact[]): SaleFact =>
  sale(
    d,
    lines.map((l) => ({ ...l, net: -l.net as Cents, qty: -l.qty })),
    { kind: 'refund' },
  );
const punch = (uid: string, d: ShopDay, o: Partial<NoteFact> = {}): NoteFact => ({
  uid,
  kind: 'punch',
  at: at(d),
  day: d,
  points: 0,
  amount: null,
  count: 1,
  receiptNo: null,
  ...o,
});
const facts = (f: Partial<LoyaltyFacts>): LoyaltyFacts => ({ sales: [], notes: [], rewards: [], bonuses: [], memberSince: null, ...f });
const balance = (versions: LoyaltyVersion[], f: Partial<LoyaltyFacts>, today = day(30)): number =>
  accountOf(versions, facts(f), today).balance;

describe('a card per visit', () => {
  const card = [on(terms({ minSpend: 500 as Cents }))];

  it('counts a day once, however often they paid, and only what comes to enough', () => {
    const s = [sale(day(1), [line('Boots', 900)]), sale(day(1), [line('Socks', 600)]), sale(day(2), [line('Laces', 300)])];
    expect(balance(card, { sales: s })).toBe(1);
    expect(balance(card, { sales: [...s, sale(day(2), [line('Wax', 200)])] })).toBe(2);
  });

  it('a visit typed at the counter gives way to the sale of its day, also where the sale is too small', () => {
    const notes = [punch('a', day(3), { amount: 800 as Cents })];
    expect(balance(card, { notes })).toBe(1);
    expect(balance(card, { notes, sales: [sale(day(3), [line('Boots', 900)])] })).toBe(1);
    expect(balance(card, { notes, sales: [sale(day(3), [line('Laces', 100)])] })).toBe(0);
    const byReceipt = [punch('b', day(3), { receiptNo: '#1042' })];
    expect(balance(card, { notes: byReceipt, sales: [sale(day(4), [line('Boots', 900)], { receiptNo: '1042' })] })).toBe(1);
  });

  it('what is brought back takes its visit back, an exchange leaves it', () => {
    const bought = sale(day(1), [line('Boots', 900)]);
    expect(balance(card, { sales: [bought, refund(day(9), [line('Boots', 900)])] })).toBe(0);
    expect(balance(card, { sales: [bought, refund(day(9), [line('Boots', 900)]), sale(day(9), [line('Shoes', 900)])] })).toBe(1);
    expect(balance(card, { sales: [{ ...bought, status: 'refunded' }] })).toBe(0);
  });

  it('goes below zero when the reward was used before the things came back, and says so', () => {
    const sales = Array.from({ length: 10 }, (_, i) => sale(day(i), [line(`Boots ${i}`, 900)]));
    const rewards = [{ code: 'K7M4Q9X', day: day(11), cost: 10, back: false, endsOn: null }];
    expect(balance(card, { sales, rewards })).toBe(0);
    expect(balance(card, { sales: [...sales, refund(day(12), [line('Boots 3', 900)])], rewards })).toBe(-1);
    // what comes next pays it off first
    const later = [...sales, refund(day(12), [line('Boots 3', 900)]), sale(day(13), [line('Wax', 600)])];
    expect(balance(card, { sales: later, rewards })).toBe(0);
  });

  it('gives back what a reward cost when its code ran out unused', () => {
    const sales = Array.from({ length: 10 }, (_, i) => sale(day(i), [line('Boots', 900)]));
    expect(balance(card, { sales, rewards: [{ code: 'A', day: day(11), cost: 10, back: true, endsOn: null }] })).toBe(10);
  });
});

describe('a card per thing', () => {
  it('counts things of the named categories, not what was free or brought back', () => {
    const v = [on(terms({ kind: 'items', categories: ['coffee'] }))];
    const s = [
      sale(day(1), [line('Latte', 900, 'Coffee', 3000), line('Cake', 400, 'Food')]),
      sale(day(2), [line('Latte', 0, 'Coffee', 1000), line('Mocha', 400, 'Coffee')]),
    ];
    expect(balance(v, { sales: s })).toBe(4);
    expect(balance(v, { sales: [...s, refund(day(5), [line('Mocha', 400, 'Coffee')])] })).toBe(3);
  });
});

describe('points', () => {
  it('per whole dollar before tax; more for a category, double on a day, more for a tier; a refund takes what was given', () => {
    const double = { weekdays: 127, fromDay: day(5), untilDay: day(5), percent: 200 };
    const t = terms({
      kind: 'points',
      perUnit: 2,
      times: [{ category: 'Sale', percent: 0 }],
      specialDays: [double],
      tiers: [{ name: 'Gold', nameEs: 'Oro', least: 10_000, percent: 150 }],
    });
    const v = [on(t)];
    const first = sale(day(1), [line('Boots', 9_999), line('Socks', 500, 'Sale')], { tax: 800 as Cents });
    expect(balance(v, { sales: [first] })).toBe(199);
    const twice = sale(day(5), [line('Shoes', 1_050)]);
    // by then 104.99 were spent: gold
    expect(balance(v, { sales: [first, twice] })).toBe(199 + 63);
    expect(balance(v, { sales: [first, twice, refund(day(20), [line('Shoes', 1_050)])] })).toBe(199);
    expect(balance(v, { sales: [first, { ...twice, status: 'partially-refunded', refunded: 525 as Cents }] })).toBe(199 + 31);
  });

  it('the best of two special days counts, by the days of the shop', () => {
    const t = terms({
      kind: 'points',
      specialDays: [
        { weekdays: 0b0000100, fromDay: null, untilDay: null, percent: 200 },
        { weekdays: 127, fromDay: '2026-03-03' as ShopDay, untilDay: '2026-03-04' as ShopDay, percent: 300 },
      ],
    });
    expect(percentOn(t, '2026-03-02' as ShopDay)).toBe(100);
    expect(percentOn(t, '2026-03-03' as ShopDay)).toBe(300);
    expect(percentOn(t, '2026-03-10' as ShopDay)).toBe(200);
  });
});

describe('lapsing', () => {
  it('so many months after they were earned, on the last day of a shorter month', () => {
    const v = [on(terms({ kind: 'points', expiry: { kind: 'earned', months: 1 } }))];
    const sales = [sale(D0, [line('Boots', 5_000)])];
    expect(accountOf(v, facts({ sales }), '2026-02-28' as ShopDay)).toMatchObject({
      balance: 50,
      expiring: { day: '2026-02-28', points: 50 },
      changesOn: '2026-03-01',
    });
    expect(balance(v, { sales }, '2026-03-01' as ShopDay)).toBe(0);
  });

  it('is put off by a late file that tells of a visit, where they lapse without one', () => {
    const v = [on(terms({ kind: 'points', expiry: { kind: 'idle', months: 2 } }))];
    const sales = [sale(day(0), [line('Boots', 5_000)])];
    expect(balance(v, { sales }, day(70))).toBe(0);
    expect(balance(v, { sales: [...sales, sale(day(40), [line('Wax', 300)])] }, day(70))).toBe(53);
  });

  it('never comes sooner than was promised when they were earned', () => {
    const sales = [sale(day(0), [line('Boots', 5_000)])];
    const v = [
      on(terms({ kind: 'points', expiry: { kind: 'earned', months: 12 } })),
      on(terms({ kind: 'points', expiry: { kind: 'earned', months: 1 } }), { id: 2, fromDay: day(10) }),
    ];
    expect(balance(v, { sales }, day(100))).toBe(50);
    expect(balance(v, { sales }, day(400))).toBe(0);
  });

  it('what lapsed already is not taken back once more', () => {
    const v = [on(terms({ kind: 'points', expiry: { kind: 'earned', months: 1 } }))];
    const sales = [sale(day(0), [line('Boots', 5_000)]), sale(day(50), [line('Wax', 1_000)])];
    expect(balance(v, { sales: [...sales, refund(day(55), [line('Boots', 5_000)])] }, day(60))).toBe(10);
  });
});

describe('from before, changed and switched off', () => {
  it('purchases from before are one sum, capped, and what of them is brought back is taken back', () => {
    const before = [1, 2, 3, 4].map((i) => sale(addDays(D0, -i), [line(`Boots ${i}`, 900)]));
    const v = [on(terms({}), { history: { since: addDays(D0, -3), most: 2 } })];
    expect(balance(v, { sales: before })).toBe(2);
    expect(balance([on(terms({}), { history: { since: addDays(D0, -3), most: null } })], { sales: before })).toBe(3);
    expect(
      balance([on(terms({}), { history: { since: addDays(D0, -3), most: null } })], {
        sales: [...before, refund(day(2), [line('Boots 2', 900)])],
      }),
    ).toBe(2);
    expect(balance([on(terms({}))], { sales: before })).toBe(0);
  });

  it('of several promises of one day the last holds', () => {
    const before = [sale(addDays(D0, -1), [line('Boots', 900)])];
    const first = on(terms({}), { history: { since: addDays(D0, -9), most: null } });
    expect(balance([first, on(terms({}), { id: 2 })], { sales: before })).toBe(0);
    expect(balance([on(terms({})), { ...first, id: 2 }], { sales: before })).toBe(1);
    const card = [on(terms({})), on(terms({ kind: 'points' }), { id: 2, fromDay: day(5), carry: 3 })];
    const s = [sale(day(1), [line('Boots', 900)])];
    expect(balance(card, { sales: s })).toBe(3);
  });

  it('points an offer gives are points, never punches', () => {
    const bonuses = [{ key: 'A/1/0', day: day(3), points: 50 }];
    expect(balance([on(terms({}))], { bonuses })).toBe(0);
    expect(balance([on(terms({ kind: 'points' }))], { bonuses })).toBe(50);
    expect(balance([on(terms({ kind: 'points' }), { state: 'off' })], { bonuses })).toBe(0);
  });

  it('only whoever asked for a card, from that day on', () => {
    const v = [on(terms({ joining: 'asked' }))];
    const s = [sale(day(1), [line('Boots', 900)]), sale(day(5), [line('Boots', 900)])];
    expect(balance(v, { sales: s })).toBe(0);
    expect(balance(v, { sales: s, memberSince: day(5) })).toBe(1);
  });

  it('nothing is earned while it is off; another kind turns what there is into so many each', () => {
    const visit = terms({});
    const points = terms({ kind: 'points' });
    const s = [1, 11, 21].map((i) => sale(day(i), [line('Boots', 900)]));
    expect(
      balance([on(visit), on(visit, { id: 2, fromDay: day(10), state: 'off' }), on(visit, { id: 3, fromDay: day(20) })], { sales: s }),
    ).toBe(2);
    expect(balance([on(visit), on(points, { id: 2, fromDay: day(20), carry: 5 })], { sales: s })).toBe(2 * 5 + 9);
    expect(balance([on(visit), on(points, { id: 2, fromDay: day(20), carry: 0 })], { sales: s })).toBe(9);
  });
});

describe('whatever happened, in whatever order it is told', () => {
  const someDay = fc.integer({ min: 0, max: 70 }).map(day);
  const something = fc.record({
    sales: fc.array(fc.tuple(someDay, fc.integer({ min: 100, max: 9_000 }), fc.constantFrom('Boots', 'Socks')), { maxLength: 8 }),
    returns: fc.array(fc.tuple(someDay, fc.integer({ min: 100, max: 9_000 }), fc.constantFrom('Boots', 'Socks')), { maxLength: 4 }),
    notes: fc.array(fc.tuple(someDay, fc.integer({ min: 100, max: 9_000 })), { maxLength: 4 }),
    hand: fc.array(
      fc.tuple(
        someDay,
        fc.integer({ min: -40, max: 40 }).filter((p) => p !== 0),
      ),
      { maxLength: 3 },
    ),
    rewards: fc.array(fc.tuple(someDay, fc.integer({ min: 1, max: 60 }), fc.boolean()), { maxLength: 4 }),
    bonuses: fc.array(fc.tuple(someDay, fc.integer({ min: 1, max: 30 })), { maxLength: 2 }),
    months: fc.option(fc.integer({ min: 1, max: 2 })),
    double: fc.integer({ min: 1, max: 127 }),
    today: fc.integer({ min: 30, max: 120 }).map(day),
  });
  const read = (x: typeof something extends fc.Arbitrary<infer T> ? T : never) => {
    const t = terms({
      kind: 'points',
      expiry: x.months === null ? { kind: 'never' } : { kind: 'earned', months: x.months },
      specialDays: [{ weekdays: x.double, fromDay: day(10), untilDay: day(40), percent: 200 }],
    });
    const untilToday = <T extends { day: ShopDay }>(list: T[]): T[] => list.filter((y) => y.day <= x.today);
    const f = facts({
      sales: untilToday([
        ...x.sales.map(([d, net, item], i) => sale(d, [line(item, net)], { key: `s${i}` })),
        ...x.returns.map(([d, net, item], i) => ({ ...refund(d, [line(item, net)]), key: `z${i}` })),
      ]),
      notes: untilToday([
        ...x.notes.map(([d, amount], i) => punch(`p${i}`, d, { amount: amount as Cents })),
        ...x.hand.map(([d, points], i) => ({ ...punch(`a${i}`, d), kind: 'adjust' as const, points })),
      ]),
      rewards: untilToday(x.rewards.map(([d, cost, back], i) => ({ code: `C${i}`, day: d, cost, back, endsOn: null }))),
      bonuses: untilToday(x.bonuses.map(([d, points], i) => ({ key: `b${i}`, day: d, points }))),
    });
    return { t, f };
  };

  it('the account is what anybody would come to who goes through it day by day', () => {
    fc.assert(
      fc.property(something, (x) => {
        const { t, f } = read(x);
        expect(accountOf([on(t)], f, x.today).balance).toBe(balanceByDay(t, f, D0, x.today));
      }),
      { numRuns: 300 },
    );
  });

  it('and the order of files, notes and codes makes no difference, nor how often it is worked out', () => {
    fc.assert(
      fc.property(something, fc.infiniteStream(fc.nat()), (x, dice) => {
        const { t, f } = read(x);
        const mix = <T>(list: readonly T[]): T[] =>
          list
            .map((v): [number, T] => [dice.next().value as number, v])
            .sort((a, b) => a[0] - b[0])
            .map(([, v]) => v);
        const mixed = { ...f, sales: mix(f.sales), notes: mix(f.notes), rewards: mix(f.rewards), bonuses: mix(f.bonuses) };
        const sorted = (m: ReturnType<typeof accountOf>['movements']) => [...m].sort((a, b) => (a.cause < b.cause ? -1 : 1));
        const [one, other] = [accountOf([on(t)], f, x.today), accountOf([on(t)], mixed, x.today)];
        expect(sorted(other.movements)).toEqual(sorted(one.movements));
        expect(new Set(one.movements.map((m) => m.cause)).size).toBe(one.movements.length);
        expect(one.movements.reduce((s, m) => s + m.points, 0)).toBe(one.balance);
      }),
      { numRuns: 200 },
    );
  });

  const kinds = fc.constantFrom('visits' as const, 'items' as const, 'points' as const);
  const bought = fc.array(fc.tuple(someDay, fc.integer({ min: 100, max: 9_000 })), { minLength: 1, maxLength: 8 });
  const doubled = [{ weekdays: 0b0010010, fromDay: null, untilDay: null, percent: 200 }];

  it('what was bought last and comes back whole takes exactly what it gave, whatever it gave', () => {
    fc.assert(
      fc.property(kinds, bought, fc.integer({ min: 80, max: 120 }), (kind, list, later) => {
        const tiers = [{ name: 'G', nameEs: 'O', least: 8_000, percent: 150 }];
        const v = [on(terms({ kind, specialDays: doubled, tiers, minSpend: 2_000 as Cents }))];
        const sales = list.map(([d, net], i) => sale(d, [line(`Thing ${i}`, net)], { key: `s${i}` }));
        const last = sale(day(75), [line('Last', 5_000)], { key: 'last' });
        const without = balance(v, { sales }, day(130));
        expect(balance(v, { sales: [...sales, last] }, day(130))).toBeGreaterThan(without);
        expect(balance(v, { sales: [...sales, last, refund(day(later), [line('Last', 5_000)])] }, day(130))).toBe(without);
      }),
    );
  });

  it('a visit typed at the counter never counts beside the sale it was typed for', () => {
    fc.assert(
      fc.property(kinds, bought, fc.nat(7), fc.boolean(), (kind, list, which, numbered) => {
        const v = [on(terms({ kind, specialDays: doubled }))];
        const sales = list.map(([d, net], i) => sale(d, [line(`Thing ${i}`, net)], { key: `s${i}`, receiptNo: `R${i}` }));
        const s = sales[which % sales.length] as SaleFact;
        const note = punch('n', s.day, { amount: s.net, receiptNo: numbered ? s.receiptNo : null });
        expect(balance(v, { sales, notes: [note] }, day(90))).toBe(balance(v, { sales }, day(90)));
      }),
    );
  });
});
