import type { DateOrder } from '../customers/birthday';
import type { Zone } from '../kernel';

/** A calendar date and clock as a cell tells them, before any zone is applied. */
export interface CellTime {
  year: number;
  month: number;
  day: number;
  /** Seconds after midnight; null when the cell has no time. */
  seconds: number | null;
  /** Minutes east of UTC when the value itself carries an offset; wins over every zone. */
  offset: number | null;
  /** Zone written behind the time (`EST`, `Europe/Berlin`); what it means depends on the shop (zones.ts). */
  zone?: string;
  /** What that means here. */
  in?: Zone;
}

/** A cell that is an instant already (unix seconds or milliseconds). */
export interface CellInstant {
  instant: number;
}

/** Months as tills write them: English, German, French, Spanish, Italian, by their first letters. */
const MONTHS = new Map<string, number>();
for (const [i, names] of (
  [
    'jan januar january janv janvier ene enero gen gennaio jän jänner',
    'feb februar february févr fevr février feb febrero febbraio',
    'mar mär mrz märz march mars marzo maerz',
    'apr april avr avril abr abril aprile',
    'may mai mayo mag maggio',
    'jun juni june juin junio giu giugno',
    'jul juli july juil juillet julio lug luglio',
    'aug august août aout ago agosto',
    'sep sept september septembre septiembre set settembre',
    'oct okt oktober october octobre octubre ott ottobre',
    'nov november novembre noviembre',
    'dec dez dezember december déc décembre dic diciembre dicembre',
  ] as const
).entries())
  for (const name of names.split(' ')) MONTHS.set(name, i + 1);

interface Clock {
  seconds: number;
  offset: number | null;
  zone?: string;
}

const digit = (text: string, i: number): number => {
  const c = text.charCodeAt(i) - 48;
  return c >= 0 && c <= 9 ? c : -1;
};

/**
 * Time of day with what may follow it: seconds and their fraction, AM/PM in its spellings, an offset, a zone's name. Hand-written, not
 * a regular expression: it reads a million cells.
 */
function readClock(text: string): Clock | null {
  let i = 0;
  const n = text.length;
  let hour = digit(text, i);
  if (hour < 0) return null;
  if (digit(text, ++i) >= 0) hour = hour * 10 + digit(text, i++);
  let minute = 0;
  let second = 0;
  const sep = text[i];
  if ((sep === ':' || sep === '.' || sep === 'h') && digit(text, i + 1) >= 0 && digit(text, i + 2) >= 0) {
    minute = digit(text, i + 1) * 10 + digit(text, i + 2);
    i += 3;
    if ((text[i] === ':' || text[i] === '.') && digit(text, i + 1) >= 0 && digit(text, i + 2) >= 0) {
      second = digit(text, i + 1) * 10 + digit(text, i + 2);
      i += 3;
      if ((text[i] === '.' || text[i] === ',') && digit(text, i + 1) >= 0) {
        i++;
        while (digit(text, i) >= 0) i++;
      }
    }
  } else if (!/^\s?[ap]/i.test(text.slice(i))) return null; // `2 PM` is a time, a bare number is none
  let offset: number | null = null;
  let zone: string | undefined;
  if (i < n) {
    let rest = text.slice(i).trim();
    const half = /^([ap])\.?\s?m\.?(?=$|[\s(])/i.exec(rest) ?? /^([ap])$/i.exec(rest);
    if (half) {
      if (hour < 1 || hour > 12) return null;
      hour = (hour % 12) + (/p/i.test(half[1] as string) ? 12 : 0);
      rest = rest.slice(half[0].length).trim();
    }
    if (rest !== '' && !/^(?:uhr|hrs?|h)\.?$/i.test(rest)) {
      const shift = /^(?:Z|UTC|GMT)?\s?([+-])(\d{2})(?::?(\d{2}))?(?:\s*\(.*\))?$/.exec(rest);
      const name = /^\(?([A-Z]{2,5}|[A-Z][A-Za-z_]+(?:\/[A-Za-z_]+)+)\)?$/.exec(rest);
      if (shift) offset = (shift[1] === '-' ? -1 : 1) * (Number(shift[2]) * 60 + Number(shift[3] ?? 0));
      else if (/^\(?(?:Z|UTC|GMT)\)?$/.test(rest)) offset = 0;
      else if (name) zone = name[1];
      else return null;
    }
  }
  if (hour > 23 || minute > 59 || second > 59) return null;
  const seconds = hour * 3600 + minute * 60 + second;
  return zone === undefined ? { seconds, offset } : { seconds, offset, zone };
}

/** Seconds after midnight: `12:59:30`, `9:15:51 AM`, `14:05`; null when it is no time, or a zone stands behind it (see readDate). */
export function readTime(text: string): number | null {
  const clock = readClock(text.trim());
  return clock && clock.offset === null && clock.zone === undefined ? clock.seconds : null;
}

const real = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && (day <= 28 || (day <= 31 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()));

/** The number between two places; NaN when anything there is no digit (`Number` also takes blanks and `1e3`). */
function digits(text: string, from: number, to: number): number {
  let n = 0;
  for (let i = from; i < to; i++) {
    const d = text.charCodeAt(i) - 48;
    if (d < 0 || d > 9) return Number.NaN;
    n = n * 10 + d;
  }
  return n;
}

/** 00–69 → this century, 70–99 → the last. */
const century = (y: number, width: number): number => (width > 2 ? y : y < 70 ? 2000 + y : 1900 + y);

/** Three numbers between equal separators, and where they end. */
interface Numeric {
  a: number;
  b: number;
  c: number;
  /** Digits of the first and the last. */
  aWidth: number;
  cWidth: number;
  separator: string;
  end: number;
}

function numeric(text: string): Numeric | null {
  let i = 0;
  let a = 0;
  while (i < 5 && digit(text, i) >= 0) a = a * 10 + digit(text, i++);
  const aWidth = i;
  const separator = text[i] as string;
  if (aWidth === 0 || aWidth > 4 || (separator !== '/' && separator !== '-' && separator !== '.' && separator !== ' ')) return null;
  let b = 0;
  let from = ++i;
  while (i - from < 3 && digit(text, i) >= 0) b = b * 10 + digit(text, i++);
  if (i === from || i - from > 2 || text[i] !== separator) return null;
  let c = 0;
  from = ++i;
  while (i - from < 5 && digit(text, i) >= 0) c = c * 10 + digit(text, i++);
  const cWidth = i - from;
  if (cWidth === 0 || cWidth > 4) return null;
  if (separator === '.' && text[i] === '.') i++; // 2024.03.02.
  return { a, b, c, aWidth, cWidth, separator, end: i };
}

/** One kind of blank, no blanks behind separators, none around. */
const tidy = (raw: string): string =>
  raw
    .replace(/[\u00a0\u202f\s]+/g, ' ')
    .trim()
    .replace(/(\d[./-]) (?=\d)/g, '$1');

/** No day with its time and zone takes more characters. */
const LONGEST = 80;

/** What the cells of one date column prove about their order, over the whole file. */
export interface DateEvidence {
  /** Numeric cells that only fit one order. */
  dmy: number;
  mdy: number;
  /** Numeric cells that fit both. */
  either: number;
  /** Latest day either reading would give, as yyyymmdd; a sale cannot lie in the future. */
  latestDmy: number;
  latestMdy: number;
}

export const noDateEvidence = (): DateEvidence => ({ dmy: 0, mdy: 0, either: 0, latestDmy: 0, latestMdy: 0 });

/** What one cell proves. Call for every cell of a date column before deciding its order. */
export function observeDate(e: DateEvidence, text: string): void {
  if (text.length < 6 || text.length > LONGEST || (text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45)) return; // blank or ISO: proves nothing
  const n = numeric(text) ?? numeric(tidy(text));
  if (!n || n.aWidth > 2) return;
  const { a, b } = n;
  const year = century(n.c, n.cWidth);
  const asDmy = real(year, b, a);
  const asMdy = real(year, a, b);
  if (asDmy) e.latestDmy = Math.max(e.latestDmy, year * 10_000 + b * 100 + a);
  if (asMdy) e.latestMdy = Math.max(e.latestMdy, year * 10_000 + a * 100 + b);
  if (asDmy && asMdy) {
    if (n.separator === '.')
      e.dmy++; // 02.03.2024: dotted dates are day first wherever they are written
    else if (a !== b) e.either++;
  } else if (asDmy) e.dmy++;
  else if (asMdy) e.mdy++;
}

/**
 * The column's day/month order. `today` (yyyymmdd) rules out an order under which cells would lie in the future; pass null for
 * birthdays and the like. 'any' = no cell depends on it; null = the cells fit both, or contradict each other more often than a slip of the
 * pen (one in twenty) would, so the owner must say.
 */
export function decideDateOrder(e: DateEvidence, today: number | null): DateOrder | 'any' | null {
  const [most, least] = e.dmy > e.mdy ? [e.dmy, e.mdy] : [e.mdy, e.dmy];
  if (most > 0) return least * 20 >= most ? null : e.dmy > e.mdy ? 'dmy' : 'mdy';
  if (e.either === 0) return 'any';
  if (today !== null) {
    if (e.latestDmy > today && e.latestMdy <= today) return 'mdy';
    if (e.latestMdy > today && e.latestDmy <= today) return 'dmy';
  }
  return null;
}

/**
 * Reads one cell in the column's order; ISO dates are read whatever the order, so both may stand in one column. Understands offsets and
 * zone names behind the time, numeric dates with `/ . -`, two-digit years, month names in five languages, unix seconds and milliseconds.
 * Null = no such day, or not the column's form.
 */
export function readDate(raw: string, order: DateOrder): CellTime | CellInstant | null {
  if (raw.length === 10 && raw.charCodeAt(4) === 45 && raw.charCodeAt(7) === 45) {
    const year = digits(raw, 0, 4);
    const month = digits(raw, 5, 7);
    const day = digits(raw, 8, 10);
    return year >= 1900 && year <= 2200 && real(year, month, day) ? { year, month, day, seconds: null, offset: null } : null;
  }
  if (raw.length <= 20 && /^\d{8,}(?:\.\d+)?$/.test(raw)) return readDigits(raw);
  if (raw.length > LONGEST) return null;
  const quick = numeric(raw);
  if (quick) {
    const cell = joined(inOrder(quick, order), behind(raw, quick.end));
    if (cell) return cell;
  }
  const text = tidy(raw);
  const n = numeric(text);
  if (n) return joined(inOrder(n, order), behind(text, n.end));
  const at = text.search(/\b\d{1,2}[:h]\d{2}/);
  return joined(named(at < 0 ? text : text.slice(0, at)), at < 0 ? '' : text.slice(at));
}

function readDigits(raw: string): CellTime | CellInstant | null {
  if (/^\d{10}(?:\.\d+)?$/.test(raw)) return { instant: Math.round(Number(raw) * 1000) };
  if (/^\d{13}$/.test(raw)) return { instant: Number(raw) };
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(raw);
  const day = compact && made(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  return day && { ...day, seconds: null, offset: null };
}

interface Day {
  year: number;
  month: number;
  day: number;
}

/** What stands behind the date: '' = nothing, null = something that cannot be a time. */
function behind(text: string, end: number): string | null {
  const rest = text.slice(end);
  const m = /^(?:T(?=\d)|,?\s+)/.exec(rest);
  return m ? rest.slice(m[0].length).trim() : rest === '' || rest === 'T' ? '' : null;
}

function joined(day: Day | null, time: string | null): CellTime | null {
  if (!day || time === null) return null;
  if (time === '') return { ...day, seconds: null, offset: null };
  const clock = readClock(time);
  return clock && { ...day, ...clock };
}

function inOrder(n: Numeric, order: DateOrder): Day | null {
  if (n.aWidth > 2) return made(n.a, n.b, n.c);
  const year = century(n.c, n.cWidth);
  return order === 'mdy' ? made(year, n.a, n.b) : made(year, n.b, n.a);
}

/** `Dec 8, 2024`, `10-Dez-25`, `8 de diciembre de 2024`: the last word that is a month (French `mar.` is a weekday too), two numbers. */
function named(text: string): Day | null {
  const words = text.match(/\p{L}+|\d+/gu);
  if (!words) return null;
  const month = words.map((w) => MONTHS.get(w.toLowerCase())).findLast((m) => m !== undefined);
  const numbers = words.filter((w) => /^\d+$/.test(w));
  if (month === undefined || numbers.length !== 2) return null;
  const [first, second] = numbers as [string, string];
  if (first.length === 4) return made(Number(first), month, Number(second));
  return made(century(Number(second), second.length), month, Number(first));
}

const made = (year: number, month: number, day: number): Day | null =>
  year >= 1900 && year <= 2200 && real(year, month, day) ? { year, month, day } : null;
