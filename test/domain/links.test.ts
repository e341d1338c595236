import { isExchangeDay } from '@domain/customers/exchange';
import { type CustomerId, MINUTE, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import { NEAR_MS, paidAmounts, rankCandidates } from '@domain/links/candidates';
import { type MatchCount, matchRate } from '@domain/links/match-rate';
import { hitsInOrder, mayUndoLink, readReceiptNo, receiptOfPayment, standingOf, tiesByItself } from '@domain/links/receipt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const zone = 'America/New_York' as Zone;
const NOON = Date.UTC(2026, 10, 17, 17) as UtcMs;
const ana = 7 as CustomerId;

describe('a receipt number', () => {
  it.each([
    [' 1042 ', '1042'],
    ['#1042', '1042'],
    ['Receipt: 1042', '1042'],
    ['No. 1042', '1042'],
    ['Nº 1042', '1042'],
    ['recibo #A-17', 'A-17'],
    ['NO1234', 'NO1234'],
    ['2-1678', '2-1678'],
    ['   ', null],
    ['#', null],
  ])('%j is read as %j', (typed, no) => {
    expect(readReceiptNo(typed)).toBe(no);
  });

  it('is stable: reading what was read changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        const no = readReceiptNo(text);
        if (no !== null) expect(readReceiptNo(no)).toBe(no);
      }),
    );
  });

  it('may stand at the beginning of a scanned payment number, never of an ordinary one', () => {
    expect(receiptOfPayment('k7XqAAAABBBBCCCCDDDDEEEE')).toBe('k7Xq');
    expect(receiptOfPayment('1042')).toBeNull();
    expect(receiptOfPayment('k7Xq AAAABBBBCCCCDDDDEEEE')).toBeNull();
  });
});

describe('who may be tied', () => {
  it('somebody else known by name is for the owner; a card profile is nobody', () => {
    expect(standingOf(null, ana)).toBe('free');
    expect(standingOf({ id: ana, weak: false }, ana)).toBe('theirs');
    expect(standingOf({ id: 8 as CustomerId, weak: true }, ana)).toBe('weak');
    expect(standingOf({ id: 8 as CustomerId, weak: false }, ana)).toBe('other');
  });

  const hit = fc.record({
    day: fc.integer({ min: 10, max: 24 }).map((d) => `2026-11-${d}` as ShopDay),
    exact: fc.boolean(),
    holder: fc.option(fc.record({ id: fc.constantFrom(7 as CustomerId, 8 as CustomerId), weak: fc.boolean() })),
  });

  it('ties by itself only the one exact sale of the day give or take one, of nobody else, of a number that waited', () => {
    fc.assert(
      fc.property(fc.array(hit, { maxLength: 3 }), fc.boolean(), (hits, auto) => {
        const tied = tiesByItself({ at: NOON, auto, customerId: ana }, hits, zone);
        const only = hits[0];
        const safe =
          auto &&
          hits.length === 1 &&
          only?.exact === true &&
          ['2026-11-16', '2026-11-17', '2026-11-18'].includes(only.day) &&
          (only.holder === null || only.holder.id === ana || only.holder.weak);
        expect(tied).toBe(safe ? only : null);
      }),
    );
  });

  it('staff undo today, the owner whenever', () => {
    const later = (NOON + 24 * 60 * MINUTE) as UtcMs;
    expect(mayUndoLink(NOON, 'staff', NOON, zone)).toBe(true);
    expect(mayUndoLink(NOON, 'staff', later, zone)).toBe(false);
    expect(mayUndoLink(NOON, 'owner', later, zone)).toBe(true);
  });

  it('several sales with one number: those of the day and the amount first, then the newest', () => {
    const sale = (day: string, at: number, paid: number) => ({
      day: day as ShopDay,
      at: at as UtcMs,
      paid: [paid],
      exact: true,
      holder: null,
    });
    const old = sale('2025-01-02', NOON - 1e10, 500);
    const today = sale('2026-11-17', NOON - 1000, 4320);
    const other = sale('2026-11-17', NOON, 999);
    const order = hitsInOrder([other, old, today], { at: NOON, amount: 4320 }, zone);
    expect(order.map((h) => [h.at, h.fits])).toEqual([
      [today.at, true],
      [other.at, false],
      [old.at, false],
    ]);
    expect(hitsInOrder([old, other, today], { at: NOON, amount: null }, zone).map((h) => h.fits)).toEqual([true, true, false]);
  });
});

describe('sales that could be theirs', () => {
  const sale = fc.record({
    at: fc.integer({ min: -15 * MINUTE, max: 15 * MINUTE }).map((d) => (NOON + d) as UtcMs),
    timeKnown: fc.boolean(),
    paid: fc.constantFrom<number[]>([4320, 4000], [999]),
    last4: fc.constantFrom(null, '1111', '2222'),
  });
  it('are within ten minutes, of the amount typed, and only where the time is known', () => {
    fc.assert(
      fc.property(fc.array(sale), fc.constantFrom(null, 4320, 4000), (sales, amount) => {
        const offered = rankCandidates({ at: NOON, amount, last4: ['1111'] }, sales);
        for (const s of offered) {
          expect(s.timeKnown).toBe(true);
          expect(Math.abs(s.at - NOON)).toBeLessThanOrEqual(NEAR_MS);
          if (amount !== null) expect(s.paid).toContain(amount);
        }
        const fits = sales.filter((s) => s.timeKnown && Math.abs(s.at - NOON) <= NEAR_MS && (amount === null || s.paid.includes(amount)));
        // A card ranks, it never adds or removes anybody.
        expect(offered.length).toBe(fits.length);
        const same = offered.map((s) => s.sameCard);
        expect([...same].sort((a, b) => Number(b) - Number(a))).toEqual(same);
      }),
    );
  });
  it('knows what people call the amount paid', () => {
    expect(paidAmounts({ total: 4820, net: 4000, tax: 320, tip: 500 })).toEqual([4820, 4320, 4000]);
    expect(paidAmounts({ total: null, net: 1000, tax: 0, tip: 0 })).toEqual([1000]);
  });
});

describe('the match rate', () => {
  const count = (staff: string | null, sales: number, matched: number, more: Partial<MatchCount> = {}): MatchCount => ({
    week: '2026-11-09',
    source: 'square',
    register: null,
    staff,
    sales,
    matched,
    named: sales,
    ...more,
  });
  const weeks = ['2026-11-02', '2026-11-09'];
  const adviceOf = (counts: MatchCount[], name: string) => matchRate(counts, weeks).rows.find((r) => r.name === name)?.advice ?? null;

  it('tells a clerk far below the others to ask, in the shop’s own figures', () => {
    const counts = [count('Ana', 100, 4), count('Mei', 100, 40), count('Tom', 100, 36)];
    expect(adviceOf(counts, 'Ana')).toEqual({ kind: 'ask', others: 0.38 });
    expect(adviceOf(counts, 'Mei')).toEqual({ kind: 'best' });
    expect(adviceOf(counts, 'Tom')).toBeNull();
  });

  it('says nothing under twenty sales, nothing alone, and nothing that chance explains', () => {
    expect(adviceOf([count('Ana', 19, 0), count('Mei', 100, 40)], 'Ana')).toBeNull();
    expect(adviceOf([count('Ana', 100, 4)], 'Ana')).toBeNull();
    expect(adviceOf([count('Ana', 20, 1), count('Mei', 100, 12)], 'Ana')).toBeNull();
  });

  it('tells a till that names nobody from one whose customers nobody is tied to', () => {
    expect(adviceOf([count(null, 50, 0, { named: 0 })], 'square')).toEqual({ kind: 'no-customers' });
    expect(adviceOf([count(null, 50, 10, { named: 40 })], 'square')).toEqual({ kind: 'tie', named: 30 });
    expect(adviceOf([count(null, 50, 38, { named: 40 })], 'square')).toBeNull();
  });

  it('adds up: every group’s sales are the shop’s, week by week', () => {
    const some = fc.record({
      week: fc.constantFrom(...weeks),
      source: fc.constantFrom('square', 'clover'),
      register: fc.constantFrom('1', '2'),
      staff: fc.constantFrom('Ana', 'Mei'),
      sales: fc.integer({ min: 0, max: 50 }),
      matched: fc.constant(0),
      named: fc.constant(0),
    });
    fc.assert(
      fc.property(fc.array(some), (counts) => {
        const r = matchRate(counts, weeks);
        for (const group of ['source', 'register', 'staff'] as const) {
          const rows = r.rows.filter((x) => x.group === group);
          expect(rows.reduce((n, x) => n + x.sales, 0)).toBe(r.sales);
          for (const [i, w] of r.weeks.entries()) expect(rows.reduce((n, x) => n + (x.weeks[i]?.sales ?? 0), 0)).toBe(w.sales);
        }
      }),
    );
  });
});

describe('an exchange', () => {
  const real = fc.constantFrom('completed', 'refunded', 'partially-refunded');
  it('is something back and something bought on one day; what never took place is neither', () => {
    const sale = fc.record({
      kind: fc.constantFrom('sale' as const, 'refund' as const),
      status: fc.oneof(real, fc.constantFrom('void', 'open')),
    });
    fc.assert(
      fc.property(fc.array(sale, { maxLength: 5 }), (day) => {
        const counted = day.filter((s) => s.status !== 'void' && s.status !== 'open').map((s) => s.kind);
        expect(isExchangeDay(day)).toBe(counted.includes('sale') && counted.includes('refund'));
      }),
    );
  });
});
