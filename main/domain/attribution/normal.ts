/** 97.5th percentile of the standard normal: two-sided 95 % intervals. */
export const Z95 = 1.959963984540054;
/** 90th percentile: two-sided 80 % intervals, used only for "leaning". */
export const Z80 = 1.2815515655446004;

/**
 * Upper tail P(Z > x) of the standard normal. Series around zero, Lentz's continued fraction further out
 * (Abramowitz & Stegun 26.2.10 and 26.2.14); relative error below 1e-13 over the range reports use.
 */
export function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let k = 1; k < 200 && Math.abs(term) > 1e-17; k++) {
      term *= (x * x) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let k = 160; k >= 1; k--) fraction = k / (x + fraction);
  return density / (x + fraction);
}

/** The x with P(Z ≤ x) = p, 0 < p < 1, by Newton steps on the tail (converges from 0 for every p a report can ask for). */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`not a probability inside (0, 1): ${p}`);
  if (p < 0.5) return -normalQuantile(1 - p);
  const tail = 1 - p;
  let low = 0;
  let high = 40;
  let x = 1;
  for (let i = 0; i < 200; i++) {
    const miss = normalTail(x) - tail;
    if (miss > 0) low = x;
    else high = x;
    const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    let next = x + miss / density;
    if (!(next > low && next < high)) next = (low + high) / 2; // Newton overshoots far out: fall back to halving
    if (Math.abs(next - x) < 1e-15 * Math.max(1, x)) return next;
    x = next;
  }
  return x;
}
