import type { Cents } from '../kernel';

export type DecimalSign = '.' | ',';

/** Minor-unit digits of a currency: 2 for USD, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Evidence about one money column, gathered over the whole file: what its numbers prove about the decimal sign. */
export interface MoneyEvidence {
  dot: number;
  comma: number;
  /** Cells such as `1.234`: one sign, three digits behind it; either reading fits. */
  eitherDot: number;
  eitherComma: number;
}

export const noMoneyEvidence = (): MoneyEvidence => ({ dot: 0, comma: 0, eitherDot: 0, eitherComma: 0 });

/** Digits and separators only: sign, brackets, currency words and blanks removed; null when it is no amount at all. */
function bare(text: string): { negative: boolean; number: string } | null {
  let t = text.trim();
  let negative = false;
  if (t.startsWith('(') && t.endsWith(')')) {
    negative = true;
    t = t.slice(1, -1).trim();
  }
  t = t.replace(/[\u2212\u2013]/g, '-');
  const m =
    /^(-?)\s*(?:[\p{Sc}]|[A-Za-z]{1,3}\$?\s?|[A-Z]{2,3}\$|kr\.?|Fr\.?|zł)?\s*(-?)\s*([\d][\d.,'\u00a0\u202f\u2019 ]*|[.,]\d+)\s*(?:[\p{Sc}]|[A-Za-z]{2,3}|kr\.?|zł)?\s*(-?)$/u.exec(
      t,
    );
  if (!m) return null;
  if (m[1] || m[2] || m[4]) negative = !negative;
  return { negative, number: (m[3] as string).replace(/['\u00a0\u202f\u2019 ]/g, '') };
}

/** What one cell proves. Call for every cell of a money column before deciding its sign. */
export function observeMoney(e: MoneyEvidence, text: string): void {
  if (text === '') return;
  const n = bare(text)?.number;
  if (n === undefined) return;
  const dot = n.lastIndexOf('.');
  const comma = n.lastIndexOf(',');
  if (dot < 0 && comma < 0) return;
  if (dot >= 0 && comma >= 0) {
    if (dot > comma) e.dot++;
    else e.comma++;
    return;
  }
  const at = Math.max(dot, comma);
  const sign = dot >= 0 ? '.' : ',';
  const several = n.indexOf(sign) !== at;
  const behind = n.length - at - 1;
  if (several) {
    if (sign === '.')
      e.comma++; // 1.234.567: the dot groups
    else e.dot++;
  } else if (behind !== 3 || at === 0 || at > 3 || n.startsWith('0')) {
    if (sign === '.') e.dot++;
    else e.comma++;
  } else if (sign === '.') e.eitherDot++;
  else e.eitherComma++;
}

/** The column's decimal sign; null = its cells fit both readings, so the owner must say. 'any' = no cell has a sign. */
export function decideDecimal(e: MoneyEvidence): DecimalSign | 'any' | null {
  if (e.dot > e.comma) return '.';
  if (e.comma > e.dot) return ',';
  if (e.dot > 0) return null;
  return e.eitherDot || e.eitherComma ? null : 'any';
}

/** Exact decimal: `units` × 10^-scale. */
interface Decimal {
  units: bigint;
  scale: number;
}

function readDecimal(text: string, sign: DecimalSign): Decimal | null {
  const b = bare(text);
  if (!b) return null;
  const group = sign === '.' ? ',' : '.';
  let n = b.number;
  if (n.includes(group)) {
    const whole = n.split(sign)[0] as string;
    const parts = whole.split(group);
    // a grouping sign stands before three digits, or (Indian style) two; anything else means the column's sign is the other one
    if (
      !parts.slice(1).every((p, i, all) => p.length === 3 || (p.length === 2 && i < all.length - 1)) ||
      (n.indexOf(sign) >= 0 && n.lastIndexOf(group) > n.indexOf(sign))
    )
      return null;
    n = n.replaceAll(group, '');
  }
  const parts = n.split(sign);
  if (parts.length > 2) return null;
  const [whole = '', fraction = ''] = parts;
  if (!/^\d*$/.test(whole) || !/^\d*$/.test(fraction) || whole.length + fraction.length === 0 || whole.length > 15 || fraction.length > 12)
    return null;
  const units = BigInt(whole + fraction);
  return { units: b.negative ? -units : units, scale: fraction.length };
}

/** Half away from zero, as tills round. */
function scaled(d: Decimal, digits: number): number | null {
  let { units } = d;
  if (d.scale < digits) units *= 10n ** BigInt(digits - d.scale);
  else if (d.scale > digits) {
    const by = 10n ** BigInt(d.scale - digits);
    const half = by / 2n;
    units = units >= 0n ? (units + half) / by : -((-units + half) / by);
  }
  const n = Number(units);
  return Number.isSafeInteger(n) ? n : null;
}

/** An amount in minor units; null when it is not one in the column's form. Blank is the caller's business: it is not zero. */
export function readMoney(text: string, sign: DecimalSign, digits: number): Cents | null {
  if (digits === 2) {
    const quick = quickDollars(text, sign);
    if (quick !== null) return quick as Cents;
  }
  const d = readDecimal(text, sign);
  const n = d && scaled(d, digits);
  return n === null ? null : (n as Cents);
}

/** The common form `-$1234.56` without regular expressions: it is nearly every cell of a million-row file. */
function quickDollars(text: string, sign: DecimalSign): number | null {
  const n = text.length;
  let i = 0;
  let negative = false;
  if (text.charCodeAt(i) === 45) {
    negative = true;
    i++;
  }
  if (text.charCodeAt(i) === 36) i++;
  const end = n - 3;
  if (end <= i || n - i > 14 || text[end] !== sign) return null;
  let value = 0;
  for (; i < n; i++) {
    if (i === end) continue;
    const c = text.charCodeAt(i) - 48;
    if (c < 0 || c > 9) return null;
    value = value * 10 + c;
  }
  return negative && value !== 0 ? -value : value;
}

/** A quantity in thousandths (`1.0` → 1000), rounded half away from zero. */
export function readQuantity(text: string, sign: DecimalSign): number | null {
  const d = readDecimal(text, sign);
  return d && scaled(d, 3);
}

/** Unit price × quantity, exact until the one rounding at the end. */
export function priceTimes(unitPrice: string, sign: DecimalSign, qtyMilli: number, digits: number): Cents | null {
  const d = readDecimal(unitPrice, sign);
  if (!d) return null;
  const n = scaled({ units: d.units * BigInt(qtyMilli), scale: d.scale + 3 }, digits);
  return n === null ? null : (n as Cents);
}
