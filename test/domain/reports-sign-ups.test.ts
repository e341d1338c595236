import { addDays } from '@domain/calendar';
import { DAY, HOUR, type ShopDay, type StaffId, type UtcMs, type Zone } from '@domain/kernel';
import { paceToMeasurable } from '@domain/reports/pace';
import { firstDay, type SignUpEvent, signUpReport, sourceOf } from '@domain/reports/sign-ups';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ZONE = 'America/New_York' as Zone;
const NOW = Date.UTC(2026, 10, 20, 20) as UtcMs; // Fri 20 Nov, 15:00 in New York
const day = (d: string) => d as ShopDay;
let n = 0;
const yes = (change: Partial<SignUpEvent> = {}): SignUpEvent => ({
  who: `p${++n}`,
  kind: 'signed-up',
  method: 'screen',
  device: 'counter',
  staffId: 1 as StaffId,
  at: (NOW - DAY) as UtcMs,
  answered: false,
  askedBy: null,
  ...change,
});
const many = (count: number, change: Partial<SignUpEvent>) => Array.from({ length: count }, () => yes(change));
const report = (f: Partial<Parameters<typeof signUpReport>[0]>) =>
  signUpReport({ events: [], sales: [], coveredThrough: null, now: NOW, zone: ZONE, weeks: 4, ...f });

describe('where a yes came from', () => {
  it.each([
    [{ method: 'screen', device: 'counter' }, 'counter'],
    [{ method: 'screen', device: 'display' }, 'display'],
    [{ method: 'paper', device: 'paper' }, 'paper'],
    [{ method: 'paper', device: 'catch-up' }, 'catch-up'],
    [{ method: 'screen', device: 'catch-up' }, 'catch-up'],
    [{ method: 'join-text', device: 'word:BAGCLUB' }, 'word:BAGCLUB'],
    [{ method: 'join-text', device: '' }, 'word:JOIN'],
    [{ kind: 'agreed', method: 'reply', device: '' }, 'asked'],
    [{ kind: 'attested', method: 'import', device: 'old text club' }, 'import'],
    [{ kind: 'asked', method: 'clerk', device: 'counter' }, null],
  ] as const)('%o is %s', (e, source) => expect(sourceOf({ kind: 'signed-up', ...e } as never)).toBe(source));
});

describe('the report', () => {
  const sales = (perDay: number) => Array.from({ length: 60 }, (_, i) => ({ day: addDays(day('2026-10-01'), i), sales: perDay }));

  it('counts places, leaves files apart, and asks a rate only of covered days', () => {
    const from = firstDay(NOW, ZONE, 4);
    expect(from).toBe('2026-10-26'); // a Monday
    const r = report({
      events: [
        ...many(12, { device: 'word:JOIN', method: 'join-text', staffId: null }),
        ...many(4, {}),
        ...many(30, { kind: 'attested', method: 'import' }),
      ],
      sales: sales(20),
      coveredThrough: day('2026-11-18'),
    });
    // 24 covered days of 20 sales; yesterday's 16 yeses lie behind the till file and do not count towards it
    expect([r.total, r.imported, r.sales, r.covered]).toEqual([16, 30, 480, { through: '2026-11-18', signUps: 0 }]);
    expect(r.perHundred?.estimate).toBe(0);
    expect(r.sources.map((s) => [s.source, s.count])).toEqual([
      ['import', 30],
      ['word:JOIN', 12],
      ['counter', 4],
    ]);
    expect(r.sources[0]?.perHundred).toBeNull();
    expect(r.best).toBe('word:JOIN');
  });

  it('3 per 100 sales, with the range it very likely lies in', () => {
    const covered = report({ events: many(12, { at: (NOW - 10 * DAY) as UtcMs }), sales: sales(20), coveredThrough: day('2026-11-14') });
    expect(covered.sales).toBe(400);
    expect(covered.perHundred?.estimate).toBeCloseTo(3, 10);
    expect(covered.perHundred?.low).toBeCloseTo(1.7246, 3);
    expect(covered.perHundred?.high).toBeCloseTo(5.168, 2);
  });

  it('says nothing per 100 of few sales, and crowns nobody on few or level numbers', () => {
    const few = report({ events: many(4, {}), sales: [{ day: day('2026-11-10'), sales: 99 }], coveredThrough: day('2026-11-20') });
    expect([few.perHundred, few.best, few.sales]).toEqual([null, null, 99]);
    expect(report({ events: many(9, {}) }).best).toBeNull();
    expect(report({ events: many(30, {}) }).best).toBeNull(); // one place only
    expect(report({ events: [...many(10, {}), ...many(8, { device: 'display' })] }).best).toBeNull();
    expect(report({ events: [...many(10, {}), ...many(6, { device: 'display' })] }).best).toBe('counter');
  });

  it('counts a person who presses twice once, and again on another day', () => {
    const twice = [
      yes({ who: 'ann' }),
      yes({ who: 'ann', at: (NOW - DAY + HOUR) as UtcMs }),
      yes({ who: 'ann', at: (NOW - 3 * DAY) as UtcMs }),
    ];
    expect(report({ events: twice }).total).toBe(2);
  });

  it('gives staff the yeses in front of them, what they asked by text and what was answered', () => {
    const two = 2 as StaffId;
    const r = report({
      events: [
        ...many(3, {}),
        ...many(2, { device: 'display', staffId: two }),
        yes({ kind: 'asked', method: 'clerk', staffId: two, answered: true }),
        yes({ kind: 'asked', method: 'clerk', staffId: two }),
        yes({ kind: 'agreed', method: 'reply', device: '', staffId: null, askedBy: two }),
        ...many(2, { method: 'join-text', device: 'word:JOIN', staffId: null }),
        yes({ staffId: null }),
      ],
    });
    expect(r.staff).toEqual([
      { staffId: 2, signedUp: 2, asked: 2, answered: 1 },
      { staffId: 1, signedUp: 3, asked: 0, answered: 0 },
      { staffId: null, signedUp: 1, asked: 0, answered: 0 },
    ]);
    expect(r.sources.find((s) => s.source === 'asked')?.count).toBe(1);
  });

  it('weeks begin on Monday where the shop is, also when the clocks change, and know their sales only when all are here', () => {
    const midnight = Date.UTC(2026, 10, 2, 5, 0, 0) as UtcMs; // Mon 2 Nov 00:00 in New York, the clocks changed on the 1st
    const r = report({
      events: [yes({ at: midnight }), yes({ at: (midnight - 1) as UtcMs })],
      sales: sales(1),
      coveredThrough: day('2026-11-15'),
    });
    expect(r.weeks).toEqual([
      { week: '2026-10-26', signUps: 1, sales: 7 },
      { week: '2026-11-02', signUps: 1, sales: 7 },
      { week: '2026-11-09', signUps: 0, sales: 7 },
      { week: '2026-11-16', signUps: 0, sales: null },
    ]);
  });

  it('nothing is lost or counted twice, whatever happened', () => {
    const any = fc.record({
      who: fc.string({ minLength: 1, maxLength: 3 }),
      kind: fc.constantFrom('signed-up', 'asked', 'agreed', 'attested'),
      method: fc.constantFrom('screen', 'join-text', 'paper', 'clerk', 'reply', 'import'),
      device: fc.constantFrom('counter', 'display', 'paper', 'catch-up', 'word:A', 'word:B', ''),
      staffId: fc.constantFrom(null, 1, 2),
      at: fc.integer({ min: NOW - 40 * DAY, max: NOW + DAY }),
      answered: fc.boolean(),
      askedBy: fc.constant(null),
    }) as fc.Arbitrary<SignUpEvent>;
    fc.assert(
      fc.property(fc.array(any, { maxLength: 60 }), fc.integer({ min: 0, max: 50 }), (events, perDay) => {
        const r = report({ events, sales: sales(perDay), coveredThrough: day('2026-11-15') });
        expect(r.sources.reduce((s, x) => s + x.count, 0)).toBe(r.total + r.imported);
        expect(r.weeks.reduce((s, w) => s + w.signUps, 0)).toBe(r.total);
        expect(r.covered?.signUps ?? 0).toBeLessThanOrEqual(r.total);
        for (const s of r.staff) expect(s.answered).toBeLessThanOrEqual(s.asked);
        for (const s of r.sources)
          if (s.perHundred) expect(s.perHundred.low <= s.perHundred.estimate && s.perHundred.estimate <= s.perHundred.high).toBe(true);
      }),
    );
  });
});

describe('when the list is long enough', () => {
  const today = day('2026-11-20');
  const sixDays = (d: ShopDay) => new Date(`${d}T12:00:00Z`).getUTCDay() !== 0;

  it('at ten a day on open days, until there is a pace of one’s own', () => {
    expect(paceToMeasurable({ onList: 0, joinedIn14Days: 0, today, isOpen: sixDays })).toEqual({
      perDay: 10,
      assumed: true,
      on: '2026-12-19',
    });
    // 24 in two weeks of twelve open days: two a day, 115 to go
    expect(paceToMeasurable({ onList: 20, joinedIn14Days: 24, today, isOpen: sixDays })).toEqual({
      perDay: 2,
      assumed: false,
      on: '2027-04-03',
    });
  });

  it('says nothing when it is, when it never will be, or when the shop never opens', () => {
    expect(paceToMeasurable({ onList: 250, joinedIn14Days: 3, today, isOpen: sixDays })).toBeNull();
    expect(paceToMeasurable({ onList: 0, joinedIn14Days: 1, today, isOpen: sixDays })).toBeNull();
    expect(paceToMeasurable({ onList: 0, joinedIn14Days: 0, today, isOpen: () => false })).toBeNull();
  });

  it('falls on an open day, never in the past', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), (onList, joinedIn14Days) => {
        const p = paceToMeasurable({ onList, joinedIn14Days, today, isOpen: sixDays });
        if (p) expect(p.on > today && sixDays(p.on)).toBe(true);
      }),
    );
  });
});
