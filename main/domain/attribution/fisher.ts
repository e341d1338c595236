import { pooledZ, type Share } from './intervals';
import { logGamma } from './student';

/** Under this in any cell the normal approximation of `pooledZ` is not to be trusted (facts E2). */
const SMALL_CELL = 5;

const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/**
 * Fisher's exact test of two shares, two-sided p: the chance of every table with the same totals that is no likelier than this one
 * (Fisher 1935; ties taken as R's fisher.test does, within one ten-millionth).
 */
export function fisherExact(first: Share, second: Share): number {
  const n = first.n + second.n;
  const x = first.x + second.x;
  const all = logChoose(n, x);
  const chance = (k: number) => Math.exp(logChoose(first.n, k) + logChoose(second.n, x - k) - all);
  const seen = chance(first.x) * (1 + 1e-7);
  let p = 0;
  for (let k = Math.max(0, x - second.n); k <= Math.min(first.n, x); k++) {
    const c = chance(k);
    if (c <= seen) p += c;
  }
  return Math.min(1, p);
}

/** Two-sided p of a difference of two shares: Fisher's where a cell holds fewer than five, else pooled z. For checks; screens show ranges. */
export function differenceP(first: Share, second: Share): { readonly test: 'fisher' | 'z'; readonly p: number } {
  const cells = [first.x, first.n - first.x, second.x, second.n - second.x];
  return Math.min(...cells) < SMALL_CELL ? { test: 'fisher', p: fisherExact(first, second) } : { test: 'z', p: pooledZ(first, second).p };
}
