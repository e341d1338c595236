import { MINUTE, type UtcMs } from '../kernel';

/** The computer's clock and a counter that nobody can set, read at one moment; ms. */
export interface Moment {
  wall: UtcMs;
  steady: number;
}

/** Smaller differences are drift, a slow answer, or the system adjusting its clock little by little. */
const JUMP_MS = MINUTE;
/** From here on quiet hours and windows would be wrong by more than the five minutes texts stop early (quiet-hours.ts). */
export const WRONG_FROM_MS = 5 * MINUTE;

/**
 * How far the clock moved against the counter between two moments: ms, positive = it went forward. 0 when it did not. Where the counter
 * stands still in sleep (Linux) a sleep looks like a clock set forward; the carrier's time tells which it was.
 */
export function jumpBetween(a: Moment, b: Moment): number {
  const jump = b.wall - a.wall - (b.steady - a.steady);
  return Math.abs(jump) < JUMP_MS ? 0 : Math.round(jump);
}

/**
 * How far this clock is from the carrier's, ms; positive = this computer is ahead. `date` is the Date header of an answer, whole seconds,
 * made at some moment between asking and hearing: 0 when it lies between them.
 */
export function skewOf(date: UtcMs, asked: UtcMs, heard: UtcMs): number {
  if (date + 1000 < asked) return asked - date - 1000;
  if (date > heard) return heard - date;
  return 0;
}

export type ClockVerdict = 'right' | 'wrong' | 'unchecked';

/**
 * Whether hours may be read off this computer's clock. `skew` null: the carrier has not been heard since the last jump; without a jump the
 * clock is taken as right until somebody says otherwise.
 */
export function clockVerdict(o: { skew: number | null; jumped: boolean }): ClockVerdict {
  if (o.skew !== null) return Math.abs(o.skew) > WRONG_FROM_MS ? 'wrong' : 'right';
  return o.jumped ? 'unchecked' : 'right';
}
