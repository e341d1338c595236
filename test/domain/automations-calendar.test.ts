import { absence } from '@domain/automations/absence';
import { after, atMinuteOf, dayIn, endOfDay, type Timing, yearly } from '@domain/automations/due';
import { ALL_TERMS, type Terms } from '@domain/automations/terms';
import { addDays, daysBetween, instantOf, localTime, shopDay, startOfDay } from '@domain/calendar';
import { openingOf } from '@domain/counter/open-hours';
import { DAY, HOUR, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import type { LoyaltyFacts } from '@domain/loyalty/account';
import { accountOf } from '@domain/loyalty/account';
import { type LoyaltyVersion, NO_TERMS } from '@domain/loyalty/terms';
import { type OrderDates, reminderOf } from '@domain/orders/order';
import { DEFAULT_SETTINGS } from '@domain/settings/settings';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Both ways at an hour of the night, at midnight, by half an hour, not at all, and a day left out of the calendar (Apia, 30 December 2011). */
const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Havana',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
] as Zone[];
const zone = fc.constantFrom(...ZONES);
const minute = fc.integer({ min: 0, max: 1439 });
const dayOfNo = (n: number): ShopDay => new Date(n * DAY).toISOString().slice(0, 10) as ShopDay;
/** Any day of sixteen years: leap days, ends of months and both changes of every zone among them. */
const someDay = fc.integer({ min: Date.UTC(2020, 0, 1) / DAY, max: Date.UTC(2036, 0, 1) / DAY }).map(dayOfNo);
/** Days around which something goes wrong if anything does. */
const edge = fc.oneof(
  someDay,
  fc.constantFrom(
    ...(['2028-02-29', '2027-02-28', '2028-03-12', '2028-11-05', '2027-03-14', '2027-11-07', '2027-12-31', '2028-01-31'] as ShopDay[]),
  ),
);
const timing = (z: Zone, terms: Partial<Terms> = {}, atMinute = 11 * 60, waitDays = 0): Timing => ({
  zone: z,
  waitDays,
  atMinute,
  terms: { ...ALL_TERMS, goodFor: 2, ...terms },
});
const lengthOf = (day: ShopDay, z: Zone): number => startOfDay(addDays(day, 1), z) - startOfDay(day, z);

/** Every cause somebody looks at from day to day would meet, once each. */
function lookedAtDaily(monthDay: string, from: ShopDay, days: number, t: Timing): Map<string, ShopDay[]> {
  const told = new Map<string, ShopDay[]>();
  for (let i = 0; i < days; i++) {
    const day = addDays(from, i);
    const now = instantOf(t.zone, ...(day.split('-').map(Number) as [number, number, number]), 12);
    for (const d of yearly('birthday', monthDay, now, t)) {
      if (d.dueAt > now || told.has(d.cause)) continue;
      told.set(d.cause, [day]);
    }
  }
  return told;
}

describe('a leap day', () => {
  it('is kept once a year, every year, on the 28th or the 29th, however many days before it is told', () => {
    fc.assert(
      fc.property(zone, fc.integer({ min: 2021, max: 2031 }), fc.integer({ min: -5, max: 40 }), (z, year, daysBefore) => {
        const t = timing(z, { daysBefore }, 11 * 60);
        const from = addDays(`${year}-01-01` as ShopDay, 45);
        const told = lookedAtDaily('02-29', from, 366 * 3, t);
        const years = [...told.keys()].map((c) => Number(c.split(':')[1])).sort();
        expect(new Set(years).size).toBe(years.length);
        for (const [i, y] of years.entries()) if (i > 0) expect(y).toBe((years[i - 1] as number) + 1);
        expect(years.length).toBeGreaterThanOrEqual(3);
        for (const [cause, [day]] of told) {
          const kept = dayIn(Number(cause.split(':')[1]), '02-29');
          expect(kept.slice(5)).toBe(new Date(Date.UTC(Number(kept.slice(0, 4)), 1, 29)).getUTCMonth() === 1 ? '02-29' : '02-28');
          // the first day of the look may be one on which it is still worth saying
          if (day !== from) expect(daysBetween(day as ShopDay, kept)).toBe(daysBefore);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('of a century without one is on the 28th, too', () => {
    expect(['2096', '2100', '2104'].map((y) => dayIn(Number(y), '02-29'))).toEqual(['2096-02-29', '2100-02-28', '2104-02-29']);
  });
});

describe('the last day of a month', () => {
  it('counts whole days from any day to any day, never months', () => {
    fc.assert(
      fc.property(edge, zone, minute, fc.integer({ min: 0, max: 400 }), (day, z, m, days) => {
        const since = atMinuteOf(day, 13 * 60, z);
        const d = after('x', day, since, days, timing(z, { goodFor: 3 }, m));
        expect(daysBetween(day, shopDay(d.dueAt, z))).toBe(days);
        expect(d.dueAt).toBeGreaterThanOrEqual(since);
        // good through the whole of its last day
        expect(shopDay((d.until - 1) as UtcMs, z)).toBe(addDays(day, days + 3));
        expect(shopDay(d.until, z)).not.toBe(shopDay((d.until - 1) as UtcMs, z));
      }),
    );
  });

  it('is a birthday in the months that have one and in no other', () => {
    fc.assert(
      fc.property(
        zone,
        fc.constantFrom('01-31', '03-31', '05-31', '08-31', '10-31', '12-31', '11-30'),
        fc.integer({ min: -10, max: 45 }),
        (z, md, n) => {
          const told = lookedAtDaily(md, '2027-06-10' as ShopDay, 366 * 2, timing(z, { daysBefore: n }));
          expect([...told.keys()].length).toBeGreaterThanOrEqual(2);
          for (const [cause, [day]] of told) {
            const kept = `${cause.split(':')[1]}-${md}` as ShopDay;
            if (day !== '2027-06-10') expect(addDays(day as ShopDay, n)).toBe(kept);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('clocks that change', () => {
  it('move no absence to another day: away for whole days of the shop, also of 23 and 25 hours', () => {
    fc.assert(
      fc.property(edge, zone, minute, minute, fc.integer({ min: 1, max: 60 }), (day, z, at, m, gap) => {
        const seen = atMinuteOf(day, at, z);
        const seenOn = shopDay(seen, z);
        const d = absence('lapse', { lastSeenAt: seen, medianGapDays: gap, gapCount: 50 }, gap, timing(z, { factor: 3, leastDays: 31 }, m));
        expect(d?.cause).toBe(`lapse:${seenOn}`);
        expect(daysBetween(seenOn, shopDay(d?.dueAt as UtcMs, z))).toBe(Math.max(31, 3 * gap + 1));
      }),
    );
  });

  it('a day begins where the one before ends, and has as many hours as it has', () => {
    fc.assert(
      fc.property(edge, zone, (day, z) => {
        expect(endOfDay(day, z)).toBe(startOfDay(addDays(day, 1), z));
        const hours = lengthOf(day, z) / HOUR;
        expect([23, 23.5, 24, 24.5, 25]).toContain(hours);
        const at = atMinuteOf(day, 12 * 60, z);
        expect(localTime(at, z)).toMatchObject({ hour: 12, minute: 0 });
      }),
    );
  });
});

describe('a shop that moves to another zone', () => {
  it('keeps its causes: a year is a year, and the same facts are due at the same hour of the other wall', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 365 }).map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(5, 10)),
        edge,
        zone,
        zone,
        minute,
        (md, day, a, b, m) => {
          const noon = (z: Zone) => atMinuteOf(day, 12 * 60, z);
          const here = yearly('birthday', md, noon(a), timing(a, { daysBefore: 7 }, m));
          const there = yearly('birthday', md, noon(b), timing(b, { daysBefore: 7 }, m));
          expect(there.map((d) => d.cause)).toEqual(here.map((d) => d.cause));
          expect(there.map((d) => shopDay(d.dueAt, b))).toEqual(here.map((d) => shopDay(d.dueAt, a)));
        },
      ),
    );
  });

  it('dates nothing more than a day otherwise', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 0, 1) }), zone, zone, (at, a, b) => {
        const dayIn = (z: Zone) =>
          absence('late', { lastSeenAt: at as UtcMs, medianGapDays: 10, gapCount: 9 }, 10, timing(z, { factor: 2, leastDays: 14 }));
        const [here, there] = [dayIn(a), dayIn(b)].map((d) => d?.cause.split(':')[1] as ShopDay);
        expect(Math.abs(daysBetween(here as ShopDay, there as ShopDay))).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('points that lapse', () => {
  const version = (months: number): LoyaltyVersion => ({
    id: 1,
    fromDay: '2019-01-01' as ShopDay,
    state: 'on',
    terms: { ...NO_TERMS, kind: 'points', expiry: { kind: 'earned', months } },
    history: null,
    carry: 0,
    useUntil: null,
  });
  const factsOf = (days: readonly ShopDay[]): LoyaltyFacts => ({
    sales: days.map((day, i) => ({
      key: `r${i}`,
      kind: 'sale',
      status: 'completed',
      at: startOfDay(day, ZONES[0] as Zone),
      day,
      net: 1000 as never,
      tax: 0 as never,
      refunded: 0 as never,
      receiptNo: null,
      lines: [],
    })),
    notes: [],
    rewards: [],
    bonuses: [],
    memberSince: null,
  });

  it('are good through the same day of the month, or the last there is; whoever earned later never loses sooner', () => {
    fc.assert(
      fc.property(edge, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 40 }), (day, months, later) => {
        const last = accountOf([version(months)], factsOf([day]), day).expiring?.day as ShopDay;
        const [y, m, d] = day.split('-').map(Number) as [number, number, number];
        const [ly, lm, ld] = last.split('-').map(Number) as [number, number, number];
        expect(ly * 12 + lm - (y * 12 + m)).toBe(months);
        const longest = new Date(Date.UTC(ly, lm, 0)).getUTCDate();
        expect(ld).toBe(Math.min(d, longest));
        const next = accountOf([version(months)], factsOf([addDays(day, later)]), addDays(day, later)).expiring?.day as ShopDay;
        expect(next >= last).toBe(true);
        // whole on its last day, nothing on the next
        expect(accountOf([version(months)], factsOf([day]), last).balance).toBe(10);
        expect(accountOf([version(months)], factsOf([day]), addDays(last, 1)).balance).toBe(0);
      }),
    );
  });

  it('lapse once each, by day, whatever day it is looked at and in whatever order the receipts came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 1400 }),
        (offsets, months, look) => {
          const days = offsets.map((n) => addDays('2026-12-31' as ShopDay, n));
          const today = addDays('2026-12-31' as ShopDay, look);
          const known = days.filter((d) => d <= today);
          const a = accountOf([version(months)], factsOf(known), today);
          const b = accountOf([version(months)], factsOf([...known].sort()), today);
          expect(b.balance).toBe(a.balance);
          const gone = a.movements.filter((m) => m.kind === 'expire');
          expect(new Set(gone.map((m) => m.cause)).size).toBe(gone.length);
          const alive = known.filter((d) => (accountOf([version(months)], factsOf([d]), d).expiring?.day as ShopDay) >= today).length;
          expect(a.balance).toBe(alive * 10);
        },
      ),
    );
  });
});

describe('an order that waits', () => {
  it('is reminded of at an opening of the shop, within days of three after it was ready, whatever the clocks do and wherever the shop is', () => {
    fc.assert(
      fc.property(edge, zone, minute, (day, z, m) => {
        const shop = { ...DEFAULT_SETTINGS.shop, zone: z };
        const readyAt = atMinuteOf(day, m, z);
        const o: OrderDates = { kind: 'special-order', state: 'ready', createdAt: readyAt, readyAt, dueOn: null };
        const due = reminderOf(o, shop);
        const on = shopDay(due?.at as UtcMs, z);
        const waited = daysBetween(shopDay(readyAt, z), on);
        // one day a week is closed
        expect([3, 4]).toContain(waited);
        expect(openingOf(on, shop)?.from).toBe(due?.at);
      }),
    );
  });
});
