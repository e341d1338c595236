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
  /** Cells without any sign, zero apart. */
  plain: number;
}

export const noMoneyEvidence = (): MoneyEvidence => ({ dot: 0, comma: 0, eitherDot: 0, eitherComma: 0, plain: 0 });

/** Currency words and codes tills write beside amounts; symbols (`$`, `€`, `৳`) are known by their Unicode class. */
const CURRENCY = new Set(
  `${Intl.supportedValuesOf('currency').join(' ')} A AU B C CA CFA CN F FR FT GB HK IE IN JP SG TW KC KČ KN KR LE LEI LV MX NT NZ R RM RP RS S S/ SFR TK TL US ZŁ ZL
  KR. FR. RS. TK. LEI. P PHP. EUR. CHF. SFR. B/. BS. BS KZ KSH TSH USH GH D. DKK. EURO EUROS DOLLARS`
    .split(/\s+/)
    .filter(Boolean),
);

const SHAPE =
  /^([-+]?)\s*(?:(\p{L}[\p{L}/.]*)\s?)?\p{Sc}?\s*([-+]?)\s*(\d[\d.,'\u00a0\u202f\u2019 ]*|[.,]\d+)\s*(?:(\p{L}[\p{L}/.]*)?\p{Sc}|\p{Sc}?(?:\s?(\p{L}[\p{L}/.]*))?)\s*(-?)$/u;

/** Digits and separators only: sign, brackets, currency words and blanks removed; null when it is no amount at all. */
function bare(text: string): { negative: boolean; number: string } | null {
  if (text.length > 40) return null; // no amount is so long, and the pattern below would take long over it
  let t = text.trim();
  let negative = false;
  if (t.startsWith('(') && t.endsWith(')')) {
    negative = true;
    t = t.slice(1, -1).trim();
  }
  // Swiss prices: `4.50.-`, `5.-`, `5,--`
  t = t.replace(/[\u2010-\u2015\u2212]/g, '-').replace(/[.,]-{1,2}(?=$|\s)/, '');
  const m = SHAPE.exec(t);
  if (!m || !isCurrency(m[2]) || !isCurrency(m[5] ?? m[6]) || (m[1] && m[3])) return null;
  if (m[1] === '-' || m[3] === '-' || m[7]) negative = !negative;
  return { negative, number: (m[4] as string).replace(/['\u00a0\u202f\u2019 ]/g, '') };
}

const isCurrency = (word: string | undefined): boolean => word === undefined || CURRENCY.has(word.toUpperCase());

/** Cells that say there is no amount: blank, a dash, a spreadsheet's or database's word for nothing. Not the same as zero. */
export const saysNothing = (text: string): boolean =>
  text === '' || (text.length < 6 && /^(?:[-\u2012-\u2015]+|n\/?a|null|none|nan|nil)$/i.test(text));

/** What one cell proves. Call for every cell of a money column before deciding its sign. */
export function observeMoney(e: MoneyEvidence, text: string): void {
  if (text === '') return;
  if (quickEvidence(e, text)) return;
  const n = bare(text)?.number;
  if (n !== undefined) prove(e, n);
}

/** `-$1234.56`, `12.5`, `7`: told without regular expressions. False = look closer. */
function quickEvidence(e: MoneyEvidence, text: string): boolean {
  const n = text.length;
  let i = text.charCodeAt(0) === 45 ? 1 : 0;
  if (text.charCodeAt(i) === 36) i++;
  const from = i;
  let at = -1;
  for (; i < n; i++) {
    const c = text.charCodeAt(i);
    if (c >= 48 && c <= 57) continue;
    if ((c !== 46 && c !== 44) || at >= 0) return false;
    at = i;
  }
  if (n === from) return false;
  if (at < 0) {
    if (n - from > 1 || text.charCodeAt(from) !== 48) e.plain++;
    return true;
  }
  if (at === from || n - at === 4 || n - at === 1) return false;
  if (text.charCodeAt(at) === 46) e.dot++;
  else e.comma++;
  return true;
}

function prove(e: MoneyEvidence, n: string): void {
  const dot = n.lastIndexOf('.');
  const comma = n.lastIndexOf(',');
  if (dot < 0 && comma < 0) {
    if (!/^0*$/.test(n)) e.plain++;
    return;
  }
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

/** What the cells of a column count: money of a currency with so many minor digits, or pieces. */
export type Counted = 0 | 2 | 3 | 'pieces';

/**
 * The column's decimal sign; null = its cells fit both readings or contradict each other more often than a slip of the pen (one in
 * twenty) would, so the owner must say. 'any' = no cell has a sign. `1.234` alone is decided by what is counted: yen have no decimals,
 * Omani rials always three, and a shop sells one piece (`1.000`) more often than a thousand.
 */
export function decideDecimal(e: MoneyEvidence, counted: Counted = 2): DecimalSign | 'any' | null {
  const [most, least] = e.dot > e.comma ? [e.dot, e.comma] : [e.comma, e.dot];
  if (most > 0) return least * 20 >= most ? null : e.dot > e.comma ? '.' : ',';
  if (!e.eitherDot && !e.eitherComma) return 'any';
  if (e.eitherDot && e.eitherComma) return null;
  const [sign, other]: [DecimalSign, DecimalSign] = e.eitherDot ? ['.', ','] : [',', '.'];
  if (counted === 0) return other;
  if (counted === 'pieces' || (counted === 3 && e.plain === 0)) return sign;
  return null;
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
  // accounting formats write zero as a dash beside the symbol
  if (text.length < 10 && /^(?:\p{Sc}\s*[-\u2012-\u2015]+|[-\u2012-\u2015]+\s*\p{Sc})$/u.test(text.trim())) return 0 as Cents;
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
