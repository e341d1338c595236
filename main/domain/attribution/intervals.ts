import { normalTail, Z95 } from './normal';

/** A best guess and the range it very likely lies in. Proportions are 0…1, differences −1…1. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** x people of n did it. */
export interface Share {
  readonly x: number;
  readonly n: number;
}

function check({ x, n }: Share): void {
  if (!Number.isInteger(x) || !Number.isInteger(n) || n <= 0 || x < 0 || x > n) throw new RangeError(`not a share: ${x} of ${n}`);
}

/** Interval of a share (Wilson 1927): stays inside 0…1 and is honest near 0 % and 100 %, where the textbook one is not. */
export function wilson(share: Share, z = Z95): Interval {
  check(share);
  const { x, n } = share;
  const p = x / n;
  const z2 = z * z;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return { estimate: p, low: x === 0 ? 0 : Math.max(0, centre - half), high: x === n ? 1 : Math.min(1, centre + half) };
}

/** Share 1 minus share 2, hybrid score interval (Newcombe 1998, Statistics in Medicine 17:873, method 10). */
export function newcombe(first: Share, second: Share, z = Z95): Interval {
  return mover({ ...first, gain: 1 }, { ...second, gain: 1 }, z);
}

/** A group of which x of n bought; `gain` is the mean worth of one buyer, in any unit. */
export interface TwoPart extends Share {
  readonly gain: number;
}

/**
 * Worth per person of group 1 minus group 2: gain₁·p₁ − gain₂·p₂, with the MOVER two-part interval (after Zou & Donner 2008).
 * Chosen over Welch and bootstrap because with 60–500 held-out people those cover 86–94 % and claim false profit five times
 * too often, this one covers 93–96 % (facts E4). With both gains 1 it is Newcombe's interval. A negative gain (a discount
 * above the margin) turns that group's limits around.
 */
export function mover(first: TwoPart, second: TwoPart, z = Z95): Interval {
  const a = scaled(first, z);
  const b = scaled(second, z);
  const estimate = a.estimate - b.estimate;
  return {
    estimate,
    low: estimate - Math.hypot(a.estimate - a.low, b.high - b.estimate),
    high: estimate + Math.hypot(a.high - a.estimate, b.estimate - b.low),
  };
}

function scaled(part: TwoPart, z: number): Interval {
  const w = wilson(part, z);
  const ends = [part.gain * w.low, part.gain * w.high] as const;
  return { estimate: part.gain * w.estimate, low: Math.min(...ends), high: Math.max(...ends) };
}

/** Share 1 ÷ share 2 with Katz's log interval; null under 10 buyers in group 2, where a ratio misleads (facts E2). */
export function katz(first: Share, second: Share, z = Z95): Interval | null {
  check(first);
  check(second);
  if (second.x < 10 || first.x === 0) return null;
  const ratio = first.x / first.n / (second.x / second.n);
  const spread = z * Math.sqrt(1 / first.x - 1 / first.n + 1 / second.x - 1 / second.n);
  return { estimate: ratio, low: ratio * Math.exp(-spread), high: ratio * Math.exp(spread) };
}

/** Pooled two-proportion z with its two-sided p. For checks only: screens show intervals. */
export function pooledZ(first: Share, second: Share): { z: number; p: number } {
  check(first);
  check(second);
  const pooled = (first.x + second.x) / (first.n + second.n);
  const se = Math.sqrt(pooled * (1 - pooled) * (1 / first.n + 1 / second.n));
  if (se === 0) return { z: 0, p: 1 };
  const z = (first.x / first.n - second.x / second.n) / se;
  return { z, p: Math.min(1, 2 * normalTail(Math.abs(z))) };
}

/**
 * Several campaigns together: Mantel-Haenszel risk difference with Greenland & Robins' (1985) variance.
 * Only for campaigns that each drew their own fresh split; null when no campaign has people on both sides.
 */
export function mantelHaenszel(strata: readonly { text: Share; control: Share }[], z = Z95): (Interval & { se: number }) | null {
  let top = 0;
  let weight = 0;
  let variance = 0;
  for (const { text, control } of strata) {
    if (text.n === 0 || control.n === 0) continue;
    check(text);
    check(control);
    const { x: x1, n: n1 } = text;
    const { x: x2, n: n2 } = control;
    const n = n1 + n2;
    top += (x1 * n2 - x2 * n1) / n;
    weight += (n1 * n2) / n;
    variance += (x1 * (n1 - x1) * n2 ** 3 + x2 * (n2 - x2) * n1 ** 3) / (n1 * n2 * n * n);
  }
  if (weight === 0) return null;
  const estimate = top / weight;
  const se = Math.sqrt(variance) / weight;
  return { estimate, se, low: estimate - z * se, high: estimate + z * se };
}
