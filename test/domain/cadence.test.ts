import { DAY, HOUR, MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { depth, listIsCheaper, nextPause, notBeyond, repliesPause, stragglerAgain } from '@domain/outbox/cadence';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NOON } from '../support/test-ctx';

const at = (ms: number) => (NOON - ms) as UtcMs;

it('while nothing changes the pauses grow from 15 seconds to an hour, and one change brings them back', () => {
  const pauses = [15 * SECOND];
  for (let i = 0; i < 8; i++) pauses.push(nextPause(pauses[i] as number, { busy: false, pages: 1 }));
  expect(pauses).toEqual([15, 30, 60, 120, 300, 900, 3600, 3600, 3600].map((s) => s * SECOND));
  expect(nextPause(HOUR, { busy: true, pages: 1 })).toBe(15 * SECOND);
  expect(nextPause(15 * SECOND, { busy: true, pages: 8 })).toBe(40 * SECOND); // a long list is not read every 15 seconds
  expect(nextPause(15 * SECOND, { busy: true, pages: 100 })).toBe(MINUTE);
});

it('every text of the last half hour is looked at again before sixteen looks are over', () => {
  for (let from = 0; from < 40; from++) {
    const deepest = Math.max(...Array.from({ length: 16 }, (_, i) => depth(from + i, 15 * SECOND)));
    expect(deepest).toBe(30 * MINUTE);
  }
  expect(depth(3, 5 * MINUTE)).toBe(30 * MINUTE);
});

it('replies are asked for at least every 12 minutes at any hour, and every minute while something goes on', () => {
  const instant = fc.option(fc.integer({ min: 0, max: 30 * DAY }).map(at), { nil: null });
  fc.assert(
    fc.property(instant, instant, fc.integer({ min: 0, max: 23 }), fc.boolean(), (lastLeftAt, lastReplyAt, hour, signs) => {
      const pause = repliesPause({ now: NOON, lastLeftAt, lastReplyAt, hour, signs });
      expect(pause).toBeGreaterThanOrEqual(MINUTE);
      expect(pause).toBeLessThanOrEqual(12 * MINUTE); // an answer to JOIN may be given within 15
      if (lastLeftAt !== null && NOON - lastLeftAt < HOUR) expect(pause).toBe(MINUTE);
      // a stop after a text of the last three days is confirmed within 5 minutes by day
      if (lastLeftAt !== null && NOON - lastLeftAt < 3 * DAY && hour >= 8 && hour < 21) expect(pause).toBeLessThan(5 * MINUTE);
      // quieter is never asked more often
      expect(repliesPause({ now: NOON, lastLeftAt: null, lastReplyAt: null, hour: 3, signs: false })).toBeGreaterThanOrEqual(pause);
    }),
  );
});

it('a text without an ending has six looks in three days', () => {
  let now = (NOON + 30 * MINUTE) as UtcMs;
  let looks = 1;
  for (let step = 0; ; step++) {
    const again = stragglerAgain(step, now);
    if (again === null) break;
    expect(again).toBeGreaterThan(now);
    now = again;
    looks++;
  }
  expect(looks).toBe(6);
  expect(now - NOON).toBe(72.5 * HOUR);
});

it('lists are walked where that is fewer questions than texts, never for a handful', () => {
  expect(listIsCheaper(3, 100)).toBe(false);
  expect(listIsCheaper(200, 10_000)).toBe(true);
  expect(listIsCheaper(12, 40_000)).toBe(false);
});

it('a moment remembered by a clock that was ahead is no further away than one pause', () => {
  expect(notBeyond(NOON + DAY, NOON, MINUTE)).toBe(NOON + MINUTE);
  expect(notBeyond(NOON - DAY, NOON, MINUTE)).toBe(NOON - DAY);
});
