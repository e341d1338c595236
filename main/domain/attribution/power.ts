import { normalQuantile, normalTail } from './normal';

/**
 * People needed in each group to tell p1 from p2 (two-sided `alpha`, chance `power` of noticing); not rounded.
 * Same formula as R's power.prop.test.
 */
export function peoplePerGroup(p1: number, p2: number, alpha = 0.05, power = 0.8): number {
  const za = normalQuantile(1 - alpha / 2);
  const zb = normalQuantile(power);
  const mean = (p1 + p2) / 2;
  const root = za * Math.sqrt(2 * mean * (1 - mean)) + zb * Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2));
  return (root / (p1 - p2)) ** 2;
}

/**
 * Chance of telling p1 from p2 with `n` people in each group, either way round: R's power.prop.test with n given and both tails
 * (`strict`). The other tail matters only where almost nothing can be told.
 */
export function powerOf(p1: number, p2: number, n: number, alpha = 0.05): number {
  const za = normalQuantile(1 - alpha / 2);
  const mean = (p1 + p2) / 2;
  const needed = za * Math.sqrt(2 * mean * (1 - mean));
  const spread = Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2));
  const shift = Math.sqrt(n) * Math.abs(p1 - p2);
  return normalTail((needed - shift) / spread) + normalTail((needed + shift) / spread);
}

/** The smallest true difference of means groups of these sizes usually show; `sd` of one person, same unit as the answer (facts E2). */
export function smallestVisibleMean(sd: number, texted: number, heldOut: number, alpha = 0.05, power = 0.8): number {
  return (normalQuantile(1 - alpha / 2) + normalQuantile(power)) * sd * Math.sqrt(1 / texted + 1 / heldOut);
}

/**
 * The smallest true rise over `base` that groups of this size usually show (80 % of the time at 95 %), as a share 0…1;
 * null when even "everybody bought" would not be noticed. Told before sending, so that nobody expects a verdict from 200 people.
 */
export function smallestVisibleRise(base: number, texted: number, heldOut: number, alpha = 0.05, power = 0.8): number | null {
  if (texted < 1 || heldOut < 1) return null;
  const za = normalQuantile(1 - alpha / 2);
  const zb = normalQuantile(power);
  const noticed = (rise: number) => {
    const p = base + rise;
    const mean = (p * texted + base * heldOut) / (texted + heldOut);
    const needed =
      za * Math.sqrt(mean * (1 - mean) * (1 / texted + 1 / heldOut)) +
      zb * Math.sqrt((p * (1 - p)) / texted + (base * (1 - base)) / heldOut);
    return rise >= needed;
  };
  let low = 0;
  let high = 1 - base;
  if (!noticed(high)) return null;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (noticed(middle)) high = middle;
    else low = middle;
  }
  return high;
}

export interface SampleRatio {
  readonly chi2: number;
  readonly p: number;
  /** The split is not what was drawn: something lost people on one side, so the comparison is not shown. */
  readonly suspicious: boolean;
}

/** Do the group sizes fit the planned split? Chi-square with one degree of freedom, flagged under p = 0.001 (facts E2). */
export function sampleRatio(texted: number, heldOut: number, plannedHeldOut: number): SampleRatio {
  const n = texted + heldOut;
  const expected = n * plannedHeldOut;
  if (expected <= 0 || expected >= n) return { chi2: 0, p: 1, suspicious: false };
  const chi2 = (heldOut - expected) ** 2 / expected + (texted - (n - expected)) ** 2 / (n - expected);
  const p = Math.min(1, 2 * normalTail(Math.sqrt(chi2)));
  return { chi2, p, suspicious: p < 0.001 };
}
