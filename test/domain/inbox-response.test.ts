import { type OpenHours, openingOf, openMsBetween } from '@domain/counter/open-hours';
import { responseFigures, type Wait, type WaitEvent, waitsOf } from '@domain/inbox/response';
import { DAY, HOUR, MINUTE, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import { DEFAULT_SETTINGS } from '@domain/settings/settings';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Mondays to Saturdays 9 to 18, New York. */
const SHOP: OpenHours = DEFAULT_SETTINGS.shop;
const at = (text: string) => Date.parse(text) as UtcMs;
/** Tuesday 17 November 2026, 11:00 in New York. */
const NOON = at('2026-11-17T16:00:00Z');
const instant = fc.integer({ min: at('2026-02-01T00:00:00Z'), max: at('2026-12-20T00:00:00Z') }).map((n) => n as UtcMs);

describe('opening time', () => {
  it('counts the hours between, over nights, Sundays, closed days and clock changes', () => {
    const hours = (from: string, to: string, shop = SHOP) => openMsBetween(at(from), at(to), shop) / HOUR;
    expect(hours('2026-11-17T16:00:00Z', '2026-11-17T17:30:00Z')).toBe(1.5);
    expect(hours('2026-11-17T22:00:00Z', '2026-11-18T15:00:00Z')).toBe(2); // an hour before closing, an hour after opening
    expect(hours('2026-11-21T22:00:00Z', '2026-11-23T15:00:00Z')).toBe(2); // Sunday is closed
    expect(hours('2026-11-17T22:00:00Z', '2026-11-18T15:00:00Z', { ...SHOP, closedDays: ['2026-11-18'] })).toBe(1);
    const sundays = { ...SHOP, hours: SHOP.hours.map(() => ({ open: 0, close: 24 * 60 })) };
    expect(hours('2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z', sundays)).toBe(23); // the clock goes forward
    expect(hours('2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z', sundays)).toBe(25);
    expect(openingOf('2026-11-22' as ShopDay, SHOP)).toBeNull();
  });

  it('adds up, never runs backwards and is never more than real time', () => {
    fc.assert(
      fc.property(
        fc.tuple(instant, instant, instant),
        fc.constantFrom('America/New_York', 'America/Phoenix', 'Pacific/Honolulu'),
        (three, zone) => {
          const [a, b, c] = three.sort((x, y) => x - y) as [UtcMs, UtcMs, UtcMs];
          const shop = { ...SHOP, zone: zone as Zone };
          const whole = openMsBetween(a, c, shop);
          expect(openMsBetween(a, b, shop) + openMsBetween(b, c, shop)).toBe(whole);
          expect(whole).toBeGreaterThanOrEqual(0);
          expect(whole).toBeLessThanOrEqual(c - a);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('waits', () => {
  const e = (kind: WaitEvent['kind'], hours: number): WaitEvent => ({ kind, at: (NOON + hours * HOUR) as UtcMs });
  it('run from the first unanswered message to our answer; closing ends one without an answer', () => {
    expect(waitsOf([e('asked', 0), e('asked', 1), e('answered', 2), e('asked', 3), e('closed', 4), e('asked', 5)])).toEqual([
      { askedAt: NOON, answeredAt: NOON + 2 * HOUR, closed: false },
      { askedAt: NOON + 3 * HOUR, answeredAt: null, closed: true },
      { askedAt: NOON + 5 * HOUR, answeredAt: null, closed: false },
    ]);
    expect(waitsOf([e('answered', 0), e('closed', 1)])).toEqual([]);
  });

  it('do not depend on the order in which things were written down', () => {
    const event = fc.record({ kind: fc.constantFrom('asked', 'answered', 'closed'), at: fc.integer({ min: 0, max: 8 }) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 10 }), fc.infiniteStream(fc.nat()), (events, seeds) => {
        const list = events.map((x) => ({ kind: x.kind as WaitEvent['kind'], at: (NOON + x.at * HOUR) as UtcMs }));
        const order = [...seeds.take(list.length)];
        const mixed = list
          .map((x, i) => [order[i] ?? 0, x] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, x]) => x);
        expect(waitsOf(mixed)).toEqual(waitsOf(list));
        for (const w of waitsOf(list)) expect(w.answeredAt === null || w.answeredAt >= w.askedAt).toBe(true);
      }),
    );
  });
});

describe('how quickly we answer', () => {
  /** Answered after so many minutes, or still open for so many. All on a Tuesday within the opening hours. */
  const wait = (minutes: number, done = true): Wait => ({
    askedAt: (NOON - (done ? 5 * HOUR : minutes * MINUTE)) as UtcMs,
    answeredAt: done ? ((NOON - 5 * HOUR + minutes * MINUTE) as UtcMs) : null,
    closed: false,
  });
  const now = (NOON + 2 * HOUR) as UtcMs;
  const day: OpenHours = { ...SHOP, hours: SHOP.hours.map(() => ({ open: 0, close: 24 * 60 })) };
  const median = (waits: Wait[]) => responseFigures(waits, now, day).medianMinutes;

  it('is the middle one of three, and says nothing of two', () => {
    expect(median([wait(5), wait(90), wait(10)])).toBe(10);
    expect(median([wait(5), wait(10)])).toBeNull();
    expect(median([])).toBeNull();
  });

  it('one answer after a week does not change what is usual', () => {
    expect(median([wait(5), wait(6), wait(7), wait(8), wait(7 * 24 * 60)])).toBe(7);
  });

  it('somebody who is still waiting makes it slower, never quicker', () => {
    const minutes = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(fc.array(minutes, { minLength: 3, maxLength: 12 }), fc.integer({ min: 0, max: 2000 }), (done, open) => {
        const waits = done.map((m) => wait(m));
        const before = median(waits);
        const after = median([...waits, { askedAt: (now - open * MINUTE) as UtcMs, answeredAt: null, closed: false }]);
        expect(before).not.toBeNull();
        if (after !== null) expect(after).toBeGreaterThanOrEqual(before ?? 0);
        expect(before).toBeGreaterThanOrEqual(Math.min(...done));
        expect(before).toBeLessThanOrEqual(Math.max(...done));
      }),
    );
  });

  it('when most are still waiting nobody can say the half', () => {
    const waiting = Array.from({ length: 9 }, () => wait(400, false));
    expect(median([wait(5), wait(6), wait(7), ...waiting])).toBeNull();
  });

  it('the share within a day leaves out whom a day has not been long enough for', () => {
    const shop = SHOP; // nine hours a day
    const asked = at('2026-11-16T14:00:00Z'); // Monday 9:00
    const waits: Wait[] = [
      { askedAt: asked, answeredAt: (asked + HOUR) as UtcMs, closed: false },
      { askedAt: asked, answeredAt: (asked + 2 * DAY) as UtcMs, closed: false }, // two days: too late
      { askedAt: asked, answeredAt: null, closed: false }, // open since Monday: too late
      { askedAt: NOON, answeredAt: null, closed: false }, // just asked: nobody can say yet
      { askedAt: asked, answeredAt: null, closed: true }, // nothing was asked
    ];
    expect(responseFigures(waits, (NOON + HOUR) as UtcMs, shop)).toMatchObject({ withinADay: { x: 1, n: 3 }, answered: 2, open: 2 });
  });
});
