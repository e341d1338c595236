import { HOUR, MINUTE, type UtcMs } from '../kernel';

/** Every so many wrong PINs in a row somebody has to wait, longer each time: a stranger gets some 40 guesses a day out of 10,000. */
const TRIES = 5;
const WAITS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR] as const;

/** How long the pad stays shut for a person after this many wrong PINs in a row, in milliseconds; 0 = it does not. */
export function lockOutMs(failures: number): number {
  if (failures === 0 || failures % TRIES !== 0) return 0;
  return WAITS[Math.min(failures / TRIES, WAITS.length) - 1] ?? HOUR;
}

/** Whole seconds left of a lock. Never longer than the longest wait: a clock that was set back must not shut somebody out for days. */
export function secondsLeft(lockedUntil: UtcMs, now: UtcMs): number {
  return Math.ceil(Math.min(Math.max(0, lockedUntil - now), HOUR) / 1000);
}
