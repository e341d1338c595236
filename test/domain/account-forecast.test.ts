import { CAPS, capDay, dailyCap } from '@domain/account/daily-caps';
import { finishForecast, type WaitingGroup } from '@domain/account/forecast';
import { addDays, localTime, startOfDay } from '@domain/calendar';
import { HOUR, MINUTE, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aView, SERVICE_SENDER } from '../support/account-view';

const LA = 'America/Los_Angeles' as Zone;
const NY = 'America/New_York' as Zone;
const known = new Map<string, UtcMs>();
/** The instant a wall clock first shows an hour, found by looking at every quarter of it. */
const at = (day: string, hour: number, zone: Zone = NY): UtcMs => {
  const key = `${day} ${hour} ${zone}`;
  let t = known.get(key) ?? startOfDay(day as ShopDay, zone);
  while (localTime(t, zone).hour !== hour || localTime(t, zone).minute !== 0) t = (t + 15 * MINUTE) as UtcMs;
  known.set(key, t);
  return t;
};

/** 10:00–19:00 in a zone, on `days` days from `first` on. */
const daily = (first: string, days: number, zone: Zone = NY) =>
  Array.from({ length: days }, (_, i) => {
    const day = addDays(first as ShopDay, i);
    return { from: at(day, 10, zone), to: at(day, 19, zone) };
  });

describe('the carriers’ day', () => {
  it('runs from midnight to midnight in California, on short and long days too', () => {
    for (const [day, hours] of [
      ['2026-11-17', 24],
      ['2026-03-08', 23],
      ['2026-11-01', 25],
    ] as const) {
      const d = capDay((startOfDay(day as ShopDay, LA) + 5 * HOUR) as UtcMs);
      expect((d.to - d.from) / HOUR).toBe(hours);
      expect(localTime(d.from, LA)).toMatchObject({ hour: 0, minute: 0 });
    }
  });

  it('takes the tier of the campaign, a sole proprietor’s limit, or the brand’s score', () => {
    const cap = (over: Parameters<typeof aView>[0]) => dailyCap(aView(over), SERVICE_SENDER)?.segments ?? null;
    expect(cap({ tier: 'TOP' })).toBe(CAPS.top);
    expect(cap({ tier: 'high mid' })).toBe(40_000);
    expect(cap({ tier: null, score: 30 })).toBe(10_000);
    expect(cap({ tier: null, score: null })).toBe(2000);
    expect(cap({ tier: 'TOP', brand: 'SOLE_PROPRIETOR' })).toBe(1000);
    expect(cap({ kind: 'toll-free' })).toBeNull();
    expect(cap({ campaign: null })).toBeNull();
  });
});

describe('when a campaign will have left', () => {
  const noon = at('2026-11-17', 12);

  it('is now plus the pace while everything is open', () => {
    const f = finishForecast({ now: noon, groups: [{ segments: 600, spans: null }], pace: 2, daily: null });
    expect(f).toEqual({ finishesAt: noon + 300_000, left: 0, limitedBy: 'pace', days: 1 });
  });

  it('goes on the next morning when the hours end, and names them as the reason', () => {
    // seven hours at one a second are 25,200; the rest leaves from ten o'clock on
    const f = finishForecast({ now: noon, groups: [{ segments: 26_200, spans: daily('2026-11-17', 5) }], pace: 1, daily: null });
    expect(f.finishesAt).toBe(at('2026-11-18', 10) + 1_000_000);
    expect(f.limitedBy).toBe('hours');
  });

  it('keeps to the carriers’ day, counts what left today, and goes on after midnight in California', () => {
    const f = finishForecast({ now: noon, groups: [{ segments: 2500, spans: null }], pace: 1, daily: { cap: 2000, usedToday: 500 } });
    expect(f.limitedBy).toBe('daily');
    expect(f.finishesAt).toBe(capDay(noon).to + 1_000_000);
    expect(f.days).toBe(2);
  });

  it('an hour that does not exist is not used: over the spring night the same pace ends an hour of texts later', () => {
    const spans = [{ from: at('2026-03-07', 22), to: at('2026-03-08', 6) }];
    // 22:00 to 06:00 are seven real hours that night
    expect((spans[0]?.to ?? 0) - (spans[0]?.from ?? 0)).toBe(7 * HOUR);
    const f = finishForecast({ now: at('2026-03-07', 21), groups: [{ segments: 7 * 3600 + 1, spans }], pace: 1, daily: null });
    expect(f).toMatchObject({ finishesAt: null, left: 1 });
  });

  it('lets others go first, and waits for the first texts’ results', () => {
    const groups: WaitingGroup[] = [
      { segments: 100, spans: null },
      { segments: 50, spans: null, ahead: true },
    ];
    const f = finishForecast({ now: noon, groups, pace: 1, daily: null, notBefore: (noon + 600_000) as UtcMs });
    expect(f.finishesAt).toBe(noon + 600_000 + 150_000);
  });

  it('says what will not leave within a fortnight', () => {
    const f = finishForecast({ now: noon, groups: [{ segments: 50_000, spans: null }], pace: 1, daily: { cap: 1000, usedToday: 0 } });
    expect(f.finishesAt).toBeNull();
    expect(f.left).toBeGreaterThan(30_000);
  });

  const anyGroup = fc.record({
    segments: fc.integer({ min: 1, max: 30_000 }),
    spans: fc.option(
      fc.record({ first: fc.integer({ min: 0, max: 3 }), days: fc.integer({ min: 1, max: 12 }), zone: fc.constantFrom(NY, LA) }),
      { nil: null },
    ),
  });
  // around both changes of the clocks
  const anyStart = fc
    .constantFrom('2026-03-06', '2026-10-30', '2026-11-17')
    .chain((day) =>
      fc.integer({ min: 0, max: 47 }).map((half) => ({ day, now: (startOfDay(day as ShopDay, NY) + half * 30 * MINUTE) as UtcMs })),
    );
  const any = fc.record({
    start: anyStart,
    groups: fc.array(anyGroup, { minLength: 1, maxLength: 4 }),
    pace: fc.double({ min: 0.2, max: 40, noNaN: true }),
    daily: fc.option(fc.record({ cap: fc.integer({ min: 50, max: 20_000 }), usedToday: fc.integer({ min: 0, max: 2000 }) }), { nil: null }),
  });
  const input = (
    x: {
      start: { day: string; now: UtcMs };
      groups: { segments: number; spans: { first: number; days: number; zone: Zone } | null }[];
    } & Record<string, unknown>,
  ) =>
    x.groups.map(
      (g): WaitingGroup => ({
        segments: g.segments,
        spans: g.spans && daily(addDays(x.start.day as ShopDay, g.spans.first), g.spans.days, g.spans.zone),
      }),
    );

  it('never ends before the pace allows, never outside somebody’s hours, never over a day’s limit', () => {
    fc.assert(
      fc.property(any, (x) => {
        const groups = input(x);
        const { now } = x.start;
        const total = groups.reduce((n, g) => n + g.segments, 0);
        const f = finishForecast({ now, groups, pace: x.pace, daily: x.daily });
        if (f.finishesAt === null) {
          expect(f.left).toBeGreaterThan(0);
          expect(f.left).toBeLessThanOrEqual(total + 1);
          return;
        }
        expect(f.left).toBe(0);
        expect(f.finishesAt).toBeGreaterThanOrEqual(Math.floor(now + (total / x.pace) * 1000) - 1);
        const end = f.finishesAt;
        const inside = groups.some((g) => g.spans === null || g.spans.some((s) => s.from <= end && end <= s.to + 1));
        expect(inside).toBe(true);
        if (x.daily) {
          let days = 0;
          for (let d = capDay(now); d.from <= end; d = capDay(d.to)) days++;
          expect(total).toBeLessThanOrEqual(Math.max(0, x.daily.cap - x.daily.usedToday) + (days - 1) * x.daily.cap + 1);
        }
      }),
      { numRuns: 150 },
    );
  });

  // With a daily limit and different hours it may be later: a faster morning uses up the day that the evening's people needed.
  it('is never later with a higher limit, more speed or fewer texts, as long as nobody takes somebody else’s day', () => {
    fc.assert(
      fc.property(any, fc.constantFrom('pace', 'daily', 'fewer'), (x, change) => {
        const own = input(x);
        const groups = x.daily === null ? own : own.map((g) => ({ ...g, spans: own[0]?.spans ?? null }));
        const end = (g: WaitingGroup[], pace: number, d: typeof x.daily) =>
          finishForecast({ now: x.start.now, groups: g, pace, daily: d }).finishesAt ?? Number.POSITIVE_INFINITY;
        const before = end(groups, x.pace, x.daily);
        const fewer = groups.map((g) => ({ ...g, segments: Math.ceil(g.segments / 2) }));
        const after =
          change === 'pace'
            ? end(groups, x.pace * 2, x.daily)
            : change === 'daily'
              ? end(groups, x.pace, x.daily && { ...x.daily, cap: x.daily.cap * 2 })
              : end(fewer, x.pace, x.daily);
        expect(after).toBeLessThanOrEqual(before + 1);
      }),
      { numRuns: 300 },
    );
  });
});
