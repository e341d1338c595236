import { givesWayUntil } from '@domain/automations/priority';
import { DAY, type UtcMs } from '@domain/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const NOW = Date.UTC(2026, 10, 2) as UtcMs;
const SPACING = 5 * DAY;
const day = fc
  .record({ from: fc.integer({ min: -2, max: 8 }), good: fc.integer({ min: 1, max: 30 }) })
  .map(({ from, good }) => ({ dueAt: (NOW + from * DAY) as UtcMs, until: (NOW + (from + good) * DAY) as UtcMs }));

it('nobody waits for what is over or far away; who waits, waits until the other has gone, and loses nothing by it that could be had', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.array(day, { maxLength: 4 }), (good, earlier) => {
      const own = { dueAt: NOW, until: (NOW + good * DAY) as UtcMs };
      const live = earlier.filter((e) => e.until > Math.max(NOW, e.dueAt) && e.dueAt < NOW + SPACING);
      const until = givesWayUntil(own, earlier, NOW, SPACING);
      if (until === null) {
        // each of the others can still be said after this one, and this one could not be after them
        for (const e of live) {
          expect(e.until).toBeGreaterThan(NOW + SPACING);
          expect(own.until).toBeLessThanOrEqual(Math.max(NOW, e.dueAt) + SPACING);
        }
        return;
      }
      expect(live.some((e) => Math.max(NOW, e.dueAt) < until)).toBe(true);
      expect(until).toBeLessThan(NOW + SPACING + DAY);
    }),
  );
});
