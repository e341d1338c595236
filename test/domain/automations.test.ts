import { absence } from '@domain/automations/absence';
import { toldAlready } from '@domain/automations/cause';
import { dayOf, daysAfter, minuteOf } from '@domain/automations/days';
import { dayIn, type Timing, yearly } from '@domain/automations/due';
import { dayOfNumber, pastAbsence, pastYearly } from '@domain/automations/past';
import { risingDays } from '@domain/automations/rising';
import { ALL_TERMS, type Terms, termsOf } from '@domain/automations/terms';
import { addDays, daysBetween, instantOf, localTime, shopDay, startOfDay } from '@domain/calendar';
import { DAY, HOUR, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Havana',
] as Zone[];
const zone = fc.constantFrom(...ZONES);
const at = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2029, 11, 31) }).map((n) => n as UtcMs);
const monthDay = fc.integer({ min: 0, max: 365 }).map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(5, 10));
const timing = (z: Zone, terms: Partial<Terms> = {}, atMinute = 11 * 60): Timing => ({
  zone: z,
  waitDays: 0,
  atMinute,
  terms: { ...ALL_TERMS, goodFor: 2, ...terms },
});
const minute = fc.integer({ min: 0, max: 1439 });

describe('yearly days', () => {
  it('one cause a year, whatever the hour, the zone and the days before it; nothing is over and nothing is missing', () => {
    fc.assert(
      fc.property(monthDay, at, zone, fc.integer({ min: -30, max: 60 }), minute, (day, now, z, daysBefore, m) => {
        const t = timing(z, { daysBefore }, m);
        const dues = yearly('birthday', day, now, t);
        expect(dues).toHaveLength(2);
        const years = dues.map((d) => Number(d.cause.split(':')[1]));
        expect(years[1]).toBe((years[0] ?? 0) + 1);
        for (const [i, d] of dues.entries()) {
          expect(d.until).toBeGreaterThan(now);
          expect(d.until).toBeGreaterThan(d.dueAt);
          // so many shop days before the day itself
          expect(daysBetween(shopDay(d.dueAt, z), dayIn(years[i] as number, day))).toBe(daysBefore);
        }
        // the year before is over: nobody is skipped
        const before = yearly('birthday', day, (dues[0] as { dueAt: UtcMs }).dueAt, t);
        expect(before[0]?.cause).toBe(dues[0]?.cause);
      }),
    );
  });

  it('asked again an hour later the same causes stand, until one is over', () => {
    fc.assert(
      fc.property(monthDay, at, zone, fc.integer({ min: 0, max: 60 }), (day, now, z, daysBefore) => {
        const t = timing(z, { daysBefore });
        const [one] = yearly('birthday', day, now, t);
        const [later] = yearly('birthday', day, (now + HOUR) as UtcMs, t);
        expect(later?.cause === one?.cause || (one as { until: UtcMs }).until <= now + HOUR).toBe(true);
      }),
    );
  });

  it('29 February is kept on the 28th of ordinary years, on the 29th of leap years', () => {
    const t = timing(ZONES[0] as Zone, { daysBefore: 0 });
    const days = [2027, 2028].map((y) => {
      const [d] = yearly('birthday', '02-29', Date.UTC(y, 0, 10) as UtcMs, t);
      return shopDay(d?.dueAt as UtcMs, t.zone);
    });
    expect(days).toEqual(['2027-02-28', '2028-02-29']);
  });

  it('the hour is the shop’s, also on days whose clocks change', () => {
    fc.assert(
      fc.property(monthDay, at, zone, minute, (day, now, z, m) => {
        for (const d of yearly('x', day, now, timing(z, {}, m))) {
          const local = localTime(d.dueAt, z);
          const said = local.hour * 60 + local.minute;
          // an hour that does not exist that day is the next one that does (Lord Howe moves by half an hour)
          expect(said === m || (said > m && said - m <= 60)).toBe(true);
        }
      }),
    );
  });

  it('what a dry run finds in two halves of a stretch is what it finds in the whole', () => {
    fc.assert(
      fc.property(monthDay, at, zone, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), (day, from, z, a, b) => {
        const t = timing(z, { daysBefore: 3 });
        const mid = (from + a * DAY) as UtcMs;
        const to = (mid + b * DAY) as UtcMs;
        const causes = (x: UtcMs, y: UtcMs) => pastYearly('birthday', day, x, y, t).map((d) => d.cause);
        expect([...causes(from, mid), ...causes(mid, to)].sort()).toEqual(causes(from, to).sort());
      }),
    );
  });
});

const visits = fc
  .uniqueArray(fc.integer({ min: 20_000, max: 20_700 }), { minLength: 1, maxLength: 25 })
  .map((days) => days.sort((a, b) => a - b));

describe('absences', () => {
  it('are later than so many usual gaps, and later when somebody came later', () => {
    fc.assert(
      fc.property(
        at,
        zone,
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 90 }),
        (seen, z, median, n, shopGap) => {
          const t = timing(z, { factor: 2, leastDays: 14, goodFor: 21 });
          const r = { lastSeenAt: seen, medianGapDays: n === 0 ? null : median, gapCount: n };
          const due = absence('late', r, shopGap, t);
          const usual = (2 * shopGap + n * (n === 0 ? 0 : median)) / (2 + n);
          const away = daysBetween(shopDay(seen, z), shopDay(due?.dueAt as UtcMs, z));
          expect(away).toBe(Math.max(14, Math.floor(2 * usual) + 1));
          const later = absence('late', { ...r, lastSeenAt: (seen + DAY) as UtcMs }, shopGap, t);
          expect((later?.dueAt ?? 0) >= (due?.dueAt ?? 0)).toBe(true);
        },
      ),
    );
  });

  it('in the past there is one at most between two visits, none on a day somebody came', () => {
    fc.assert(
      fc.property(visits, zone, fc.integer({ min: 5, max: 60 }), (days, z, shopGap) => {
        const t = timing(z, { factor: 3, leastDays: 31 });
        const from = startOfDay(dayOfNumber(19_900), z);
        const to = startOfDay(dayOfNumber(21_500), z);
        const found = pastAbsence('lapse', days, shopGap, from, to, t);
        expect(new Set(found.map((d) => d.cause)).size).toBe(found.length);
        for (const d of found) {
          const seen = d.cause.split(':')[1] as ShopDay;
          const due = shopDay(d.dueAt, z);
          const between = days.map(dayOfNumber).filter((v) => v > seen && v <= due);
          expect(between).toEqual([]);
        }
      }),
    );
  });
});

describe('buying that rises', () => {
  it('is told once a row, never of somebody new, and not by what came later', () => {
    fc.assert(
      fc.property(visits, fc.integer({ min: 20_000, max: 20_700 }), (days, upTo) => {
        const known = days.filter((day) => day <= upTo);
        // visits after a day do not change what that day was
        expect(risingDays(known, 1.5)).toEqual(risingDays(days, 1.5).filter((day) => day <= upTo));
        for (const day of risingDays(days, 1.5)) expect(day - (days[0] ?? 0)).toBeGreaterThanOrEqual(180);
      }),
    );
  });

  it('three visits in a month after one in half a year is more than before; three a month for ever is not', () => {
    expect(risingDays([0, 200, 300, 310, 320, 330], 1.5)).toEqual([320]);
    expect(
      risingDays(
        Array.from({ length: 60 }, (_, i) => i * 10),
        1.5,
      ),
    ).toEqual([]);
  });
});

describe('who was told', () => {
  const due = { cause: 'late:2026-10-01', since: 100 as UtcMs, dueAt: 1000 as UtcMs };
  it('hears of no cause twice, and of no absence without a visit since', () => {
    const taken = (cause: string, t: number, told = true) => [{ cause, at: t as UtcMs, told }];
    expect(toldAlready('late', due, taken('late:2026-10-01', 50, false))).toBe(true);
    expect(toldAlready('late', due, taken('late:2026-09-30', 150))).toBe(true);
    expect(toldAlready('late', due, taken('late:2026-09-30', 99))).toBe(false);
    expect(toldAlready('late', due, taken('late:2026-09-30', 150, false))).toBe(false);
  });
  it('a birthday moved by a correction is not told twice within half a year', () => {
    const next = { cause: 'birthday:2027', since: 0 as UtcMs, dueAt: (250 * DAY) as UtcMs };
    expect(toldAlready('birthday', next, [{ cause: 'birthday:2026', at: (100 * DAY) as UtcMs, told: true }])).toBe(true);
    expect(toldAlready('birthday', next, [{ cause: 'birthday:2026', at: (30 * DAY) as UtcMs, told: true }])).toBe(false);
  });
});

describe('terms', () => {
  it('what a kind does not use is left as usual; the last day of a month is a day like others', () => {
    expect(termsOf('birthday', { factor: 99 }).factor).toBe(ALL_TERMS.factor);
    const t = timing('America/New_York' as Zone, { daysBefore: 1 });
    const now = instantOf(t.zone, 2026, 2, 1);
    expect(shopDay(yearly('x', '03-01', now, t)[0]?.dueAt as UtcMs, t.zone)).toBe('2026-02-28');
    expect(addDays('2026-01-31' as ShopDay, 31)).toBe('2026-03-03');
  });
});

describe('the calendar for thousands', () => {
  it('says the day the calendar says', () => {
    fc.assert(
      fc.property(zone, at, fc.integer({ min: -40, max: 40 }), (z, now, n) => {
        expect(dayOf(now, z)).toBe(shopDay(now, z));
        // around midnight and where clocks change
        const edge = (startOfDay(shopDay(now, z), z) + n * 60_000) as UtcMs;
        expect(dayOf(edge, z)).toBe(shopDay(edge, z));
        expect(daysAfter(shopDay(now, z), n)).toBe(addDays(shopDay(now, z), n));
        const day = addDays(shopDay(now, z), n);
        const [y, m, d] = day.split('-').map(Number) as [number, number, number];
        const minute = Math.abs(n) % 1440;
        expect(minuteOf(day, minute, z)).toBe(instantOf(z, y, m, d, Math.floor(minute / 60), minute % 60));
        expect(minuteOf(day, 0, z)).toBe(startOfDay(day, z));
      }),
    );
  });
});
