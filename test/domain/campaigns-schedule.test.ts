import { instantOf, localTime, shopDay } from '@domain/calendar';
import { checkCaps } from '@domain/campaigns/caps';
import {
  ceilingPrice,
  chosenTime,
  dueNow,
  FIRST_AHEAD_MS,
  GRACE_MS,
  LATE_POLICIES,
  overCeiling,
  staggered,
  timeProblem,
  usualCeiling,
} from '@domain/campaigns/schedule';
import { DAY, HOUR, MINUTE, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const NY = 'America/New_York' as Zone;
const ZONES = ['America/New_York', 'America/Los_Angeles', 'America/Phoenix', 'Australia/Lord_Howe', 'Europe/Berlin'] as Zone[];
const day = (s: string) => s as ShopDay;
const anyDay = fc.integer({ min: 0, max: 900 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10) as ShopDay);

describe('a time the owner chooses', () => {
  it('does not exist on the night clocks go forward: the later one is taken, and said', () => {
    const c = chosenTime(day('2027-03-14'), 2 * 60 + 30, NY);
    expect(c.clock).toBe('gap');
    expect(localTime(c.at, NY)).toMatchObject({ hour: 3, minute: 30, day: 14 });
  });

  it('comes twice on the night they go back: the first is taken, and said', () => {
    const c = chosenTime(day('2026-11-01'), 60 + 30, NY);
    expect(c.clock).toBe('twice');
    expect(c.at).toBe(Date.UTC(2026, 10, 1, 5, 30));
    expect(chosenTime(day('2026-11-01'), 3 * 60, NY).clock).toBe('once');
  });

  it('is the clock on that day, in any zone, on any day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 1439 }), fc.constantFrom(...ZONES), (d, minute, zone) => {
        const c = chosenTime(d, minute, zone);
        const t = localTime(c.at, zone);
        if (c.clock !== 'gap') expect(t.hour * 60 + t.minute).toBe(minute);
        expect(shopDay(c.at, zone)).toBe(d);
        if (c.clock === 'twice') {
          const before = [30, 60]
            .map((m) => localTime((c.at - m * MINUTE) as UtcMs, zone))
            .some((u) => u.hour * 60 + u.minute === minute && u.day === t.day);
          expect(before).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('lies ahead; the carrier takes it from a quarter of an hour to 34 days', () => {
    const now = 1_000_000_000_000 as UtcMs;
    const at = (ms: number) => (now + ms) as UtcMs;
    expect(timeProblem(at(0), now, false)).toBe('past');
    expect(timeProblem(at(30_000), now, false)).toBe('too-soon');
    expect(timeProblem(at(2 * MINUTE), now, false)).toBeNull();
    expect(timeProblem(at(14 * MINUTE), now, true)).toBe('too-soon');
    expect(timeProblem(at(15 * MINUTE), now, true)).toBeNull();
    expect(timeProblem(at(34 * DAY), now, true)).toBeNull();
    expect(timeProblem(at(34 * DAY + 1), now, true)).toBe('too-far');
    expect(timeProblem(at(367 * DAY), now, false)).toBe('too-far');
  });
});

describe('what becomes of a schedule', () => {
  const at = instantOf(NY, 2026, 11, 26, 10);
  const ask = (ms: number, policy: (typeof LATE_POLICIES)[number], openToday = true) =>
    dueNow({ at, now: (at + ms) as UtcMs, policy, zone: NY, openToday });

  it('waits, starts within a quarter of an hour, and then does what was chosen', () => {
    for (const p of LATE_POLICIES) {
      expect(ask(-1, p)).toBe('wait');
      expect(ask(0, p)).toBe('start');
      expect(ask(GRACE_MS, p)).toBe('start');
    }
    expect(ask(HOUR, 'ask')).toBe('ask');
    expect(ask(HOUR, 'skip')).toBe('skip');
    expect(ask(HOUR, 'send-late')).toBe('start');
  });

  it('is never sent late on another day, or when nobody may be texted any more', () => {
    expect(ask(8 * HOUR, 'send-late', false)).toBe('ask');
    expect(ask(14 * HOUR, 'send-late')).toBe('ask'); // midnight has passed
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * 24 * 60 }), fc.constantFrom(...LATE_POLICIES), fc.boolean(), (minutes, policy, open) => {
        const due = ask(minutes * MINUTE, policy, open);
        const late = minutes * MINUTE > GRACE_MS;
        if (due === 'start' && late) {
          expect(policy).toBe('send-late');
          expect(open && shopDay((at + minutes * MINUTE) as UtcMs, NY) === shopDay(at, NY)).toBe(true);
        }
        if (due === 'skip') expect(policy).toBe('skip');
      }),
    );
  });
});

describe('the approved ceiling', () => {
  it('leaves room for a few, costs in whole cents, and is never below what was quoted', () => {
    expect([usualCeiling(0), usualCeiling(12), usualCeiling(210)]).toEqual([5, 17, 231]);
    expect(ceilingPrice(113_000, 10, 15)).toBe(170_000); // 16.95 cents
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: 0, max: 50_000 }),
        (people, price, more) => {
          const ceiling = ceilingPrice(price, people, people + more);
          expect(ceiling).toBeGreaterThanOrEqual(price);
          expect(overCeiling({ people, price }, { people: people + more, price: ceiling })).toBeNull();
        },
      ),
    );
  });

  it('asks for one person or one millionth more, never for fewer', () => {
    const approved = { people: 20, price: 1000 };
    expect(overCeiling({ people: 21, price: 1 }, approved)).toEqual({ what: 'people', now: 21, approved: 20 });
    expect(overCeiling({ people: 20, price: 1001 }, approved)).toEqual({ what: 'price', now: 1001, approved: 1000 });
    expect(overCeiling({ people: 20, price: 1000 }, approved)).toBeNull();
  });
});

describe('texts the carrier holds', () => {
  it('leave first ones first, the rest a quarter of an hour later at the pace of the number', () => {
    const texts = [false, true, false, true].map((first) => ({ first, segments: 2 }));
    expect(staggered(texts, 1)).toEqual([FIRST_AHEAD_MS, 0, FIRST_AHEAD_MS + 2000, 2000]);
    expect(
      staggered(
        texts.map((t) => ({ ...t, first: true })),
        4,
      ),
    ).toEqual([0, 1000, 1000, 2000]);
  });

  it('never leave faster than the pace, in whole seconds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ segments: fc.integer({ min: 1, max: 4 }), first: fc.boolean() }), { maxLength: 60 }),
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        (texts, rate) => {
          const times = staggered(texts, rate);
          expect(times.every((t) => t % 1000 === 0)).toBe(true);
          for (const lane of [true, false]) {
            const own = texts.flatMap((t, i) => (t.first === lane ? [{ ...t, at: times[i] ?? 0 }] : []));
            let segments = 0;
            for (const t of own) {
              expect(t.at - (own[0]?.at ?? 0)).toBeGreaterThanOrEqual((segments / rate) * 1000 - 1000);
              segments += t.segments;
            }
          }
        },
      ),
    );
  });

  it('count for the number’s spacing and month at the moment they leave, not before', () => {
    const now = instantOf(NY, 2026, 11, 2, 12);
    const caps = (left: UtcMs[], at = now) => checkCaps({ left, promiseMax: 2, defaultPromise: 4, spacingDays: 5, now: at, shopZone: NY });
    expect(caps([instantOf(NY, 2026, 11, 5, 12)])).toMatchObject({ ok: false, reason: 'texted-recently' }); // in three days
    expect(caps([instantOf(NY, 2026, 11, 20, 12)])).toEqual({ ok: true });
    expect(caps([instantOf(NY, 2026, 11, 20, 12), instantOf(NY, 2026, 11, 28, 12)])).toMatchObject({ ok: false, reason: 'month-used' });
    expect(caps([instantOf(NY, 2026, 12, 3, 12), instantOf(NY, 2026, 12, 20, 12)])).toEqual({ ok: true });
  });
});
