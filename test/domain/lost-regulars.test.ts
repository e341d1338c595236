import type { CustomerId, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { lostRegulars, type Stopper } from '@domain/reports/lost-regulars';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const NOW = Date.UTC(2026, 10, 17) as UtcMs;
const stopper = (over: Partial<Stopper> = {}): Stopper => ({
  customerId: 1 as CustomerId,
  at: (NOW - 60 * DAY) as UtcMs,
  campaignId: null,
  firstVisitAt: (NOW - 900 * DAY) as UtcMs,
  visits: 12,
  year: 24_000,
  visitsSince: 0,
  ...over,
});

describe('what opt-outs put at stake', () => {
  it('is a regular’s own year, give or take chance: 12 visits of $20 are $240, between $104 and $376', () => {
    const l = lostRegulars([stopper()], NOW);
    expect(l).toMatchObject({ stopped: 1, regulars: 1, unknown: 0, cameSince: { x: 0, n: 1 } });
    expect(l.yearly?.estimate).toBe(24_000);
    expect(l.yearly?.low).toBeCloseTo(24_000 - (1.96 * 24_000) / Math.sqrt(12), -1);
    expect(l.yearly?.high).toBeCloseTo(24_000 + (1.96 * 24_000) / Math.sqrt(12), -1);
  });

  it('says nothing of people known for weeks, of those who came twice, and no sum from a handful of visits', () => {
    expect(lostRegulars([stopper({ firstVisitAt: (NOW - 100 * DAY) as UtcMs })], NOW)).toMatchObject({ regulars: 0, unknown: 1 });
    expect(lostRegulars([stopper({ firstVisitAt: null, visits: 0, year: 0 })], NOW)).toMatchObject({
      regulars: 0,
      unknown: 1,
      yearly: null,
    });
    expect(lostRegulars([stopper({ visits: 2 })], NOW)).toMatchObject({ regulars: 0, unknown: 0, yearly: null });
    expect(lostRegulars([stopper({ visits: 9 })], NOW)).toMatchObject({ regulars: 1, yearly: null });
  });

  it('who has been in since is counted beside it, of those who had a month for it', () => {
    const l = lostRegulars([stopper({ visitsSince: 3 }), stopper(), stopper({ at: (NOW - 5 * DAY) as UtcMs })], NOW);
    expect(l).toMatchObject({ regulars: 3, cameSince: { x: 1, n: 2 } });
  });

  it('somebody known for half a year counts in proportion', () => {
    const half = stopper({ at: NOW, firstVisitAt: (NOW - 182.5 * DAY) as UtcMs, visits: 12, year: 12_000 });
    expect(lostRegulars([half], NOW).yearly?.estimate).toBe(24_000);
  });

  it('the range holds the sum, never goes below nothing, and grows tighter with more people', () => {
    const some = fc.array(fc.record({ visits: fc.integer({ min: 3, max: 60 }), year: fc.integer({ min: 1, max: 500_000 }) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(some, (list) => {
        const l = lostRegulars(
          list.map((x) => stopper(x)),
          NOW,
        );
        if (l.yearly === null) return;
        expect(l.yearly.low).toBeGreaterThanOrEqual(0);
        expect(l.yearly.low).toBeLessThanOrEqual(l.yearly.estimate);
        expect(l.yearly.estimate).toBeCloseTo(
          list.reduce((n, x) => n + x.year, 0),
          3,
        );
        const width = (r: { low: number; estimate: number; high: number }) => (r.high - r.estimate) / r.estimate;
        const twice = lostRegulars(
          [...list, ...list].map((x) => stopper(x)),
          NOW,
        ).yearly;
        if (twice) expect(width(twice)).toBeLessThan(width(l.yearly));
      }),
    );
  });
});
