/** The four numbers of the model, fitted on a shop's own customers. */
export interface BgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** One customer: purchases after the first one, and in the model's unit of time when the last was and how long ago the first. */
export interface BgNbdPerson {
  readonly x: number;
  readonly lastAt: number;
  readonly age: number;
}

const odds = (m: BgNbd, p: BgNbdPerson) =>
  p.x > 0 ? (m.a / (m.b + p.x - 1)) * ((m.alpha + p.age) / (m.alpha + p.lastAt)) ** (m.r + p.x) : 0;

/** Chance that somebody still is a customer (BG/NBD; Fader, Hardie & Lee 2005). Who never came again is always 1: the model cannot tell. */
export const chanceAlive = (m: BgNbd, p: BgNbdPerson): number => 1 / (1 + odds(m, p));

/** Purchases to expect in the next `ahead` (same unit of time); Fader, Hardie & Lee 2005, equation 10. */
export function expectedPurchases(m: BgNbd, p: BgNbdPerson, ahead: number): number {
  const { r, alpha, a, b } = m;
  const whole = alpha + p.age + ahead;
  const hyper = gauss2F1(r + p.x, b + p.x, a + b + p.x - 1, ahead / whole);
  const paid = ((a + b + p.x - 1) / (a - 1)) * (1 - ((alpha + p.age) / whole) ** (r + p.x) * hyper);
  return paid / (1 + odds(m, p));
}

/** Gauss' hypergeometric series, 0 ≤ z < 1; terms fall like zᵏ. */
function gauss2F1(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 0; k < 5000; k++) {
    term *= (((a + k) * (b + k)) / ((c + k) * (k + 1))) * z;
    sum += term;
    if (Math.abs(term) < 1e-16 * Math.abs(sum)) break;
  }
  return sum;
}
