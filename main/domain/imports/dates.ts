import type { DateOrder } from '../customers/birthday';

/** A calendar date and clock as a cell tells them, before any zone is applied. */
export interface CellTime {
  year: number;
  month: number;
  day: number;
  /** Seconds after midnight; null when the cell has no time. */
  seconds: number | null;
  /** Minutes east of UTC when the value itself carries an offset; wins over every zone. */
  offset: number | null;
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

const TIME = /^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?(?:[Mm]\.?)?$/;
const OFFSET = /\s*(Z|UTC|GMT)?([+-])(\d{2}):?(\d{2})$|\s*(?:Z|UTC|GMT)$/;

/** Seconds after midnight: `12:59:30`, `9:15:51 AM`, `14:05`; null when it is no time. */
export function readTime(text: string): number | null {
  const m = TIME.exec(text.trim());
  if (!m) return null;
  let hour = Number(m[1]);
  const minute = Number(m[2]);
  const second = Number(m[3] ?? 0);
  const half = m[4]?.toLowerCase();
  if (half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  return hour > 23 || minute > 59 || second > 59 ? null : hour * 3600 + minute * 60 + second;
}

const real = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= 31 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();

/** 00–69 → this century, 70–99 → the last. */
const century = (y: number, width: number): number => (width > 2 ? y : y < 70 ? 2000 + y : 1900 + y);

interface Split {
  date: string;
  seconds: number | null;
  offset: number | null;
}

/** Date part, time part and offset of a cell; null when something in it is neither. */
function split(raw: string): Split | null {
  let text = raw.replace(/[\u00a0\u202f\s]+/g, ' ').trim();
  let offset: number | null = null;
  const at = text.search(/\d{1,2}:\d{2}/);
  if (at < 0) return { date: text.replace(/T$/, ''), seconds: null, offset: null };
  const zone = OFFSET.exec(text.slice(at));
  if (zone) {
    offset = zone[2] ? (zone[2] === '-' ? -1 : 1) * (Number(zone[3]) * 60 + Number(zone[4])) : 0;
    text = text.slice(0, at + zone.index);
  } else text = text.replace(/ \(?[A-Z]{2,5}\)?$/, (m) => (/^ [AP]M$/.test(m) ? m : '')); // EST, CEST: ambiguous, ignored
  const seconds = readTime(text.slice(at).trim());
  if (seconds === null) return null;
  return {
    date: text
      .slice(0, at)
      .replace(/[T,]?\s*$/, '')
      .trim(),
    seconds,
    offset,
  };
}

const NUMERIC = /^(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})$/;

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
  if (text.length < 6 || (text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45)) return; // blank or ISO: proves nothing
  const m = NUMERIC.exec(split(text)?.date ?? '');
  if (!m || (m[1] as string).length > 2) return;
  const a = Number(m[1]);
  const b = Number(m[3]);
  const year = century(Number(m[4]), (m[4] as string).length);
  const asDmy = real(year, b, a);
  const asMdy = real(year, a, b);
  if (asDmy) e.latestDmy = Math.max(e.latestDmy, year * 10_000 + b * 100 + a);
  if (asMdy) e.latestMdy = Math.max(e.latestMdy, year * 10_000 + a * 100 + b);
  if (asDmy && asMdy) {
    if (m[2] === '.')
      e.dmy++; // 02.03.2024: dotted dates are day first wherever they are written
    else if (a !== b) e.either++;
  } else if (asDmy) e.dmy++;
  else if (asMdy) e.mdy++;
}

/**
 * The column's day/month order. `today` (yyyymmdd) rules out an order under which cells would lie in the future; pass null for
 * birthdays and the like. 'any' = no cell depends on it; null = the cells fit both, so the owner must say.
 */
export function decideDateOrder(e: DateEvidence, today: number | null): DateOrder | 'any' | null {
  if (e.dmy > e.mdy) return 'dmy';
  if (e.mdy > e.dmy) return 'mdy';
  if (e.dmy > 0) return null;
  if (e.either === 0) return 'any';
  if (today !== null) {
    if (e.latestDmy > today && e.latestMdy <= today) return 'mdy';
    if (e.latestMdy > today && e.latestDmy <= today) return 'dmy';
  }
  return null;
}

/**
 * Reads one cell in the column's order. Understands ISO with or without offset, numeric dates with `/ . -`, two-digit years,
 * month names in five languages and unix seconds or milliseconds. Null = no such day, or not the column's form.
 */
export function readDate(raw: string, order: DateOrder): CellTime | CellInstant | null {
  if (raw.length === 10 && raw.charCodeAt(4) === 45 && raw.charCodeAt(7) === 45) {
    const year = Number(raw.slice(0, 4));
    const month = Number(raw.slice(5, 7));
    const day = Number(raw.slice(8));
    return real(year, month, day) ? { year, month, day, seconds: null, offset: null } : null;
  }
  if (/^\d{10}$/.test(raw)) return { instant: Number(raw) * 1000 };
  if (/^\d{13}$/.test(raw)) return { instant: Number(raw) };
  const s = split(raw);
  if (!s) return null;
  const day = readDay(s.date, order);
  return day && { ...day, seconds: s.seconds, offset: s.offset };
}

function readDay(text: string, order: DateOrder): { year: number; month: number; day: number } | null {
  const n = NUMERIC.exec(text);
  if (n) {
    const [a, b, c] = [n[1], n[3], n[4]] as [string, string, string];
    if (a.length > 2) return made(Number(a), Number(b), Number(c));
    const year = century(Number(c), c.length);
    return order === 'mdy' ? made(year, Number(a), Number(b)) : made(year, Number(b), Number(a));
  }
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact) return made(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  const words = text.match(/\p{L}+|\d+/gu);
  if (!words) return null;
  const named = words.filter((w) => /\p{L}/u.test(w)).map((w) => MONTHS.get(w.toLowerCase()));
  const month = named.find((m) => m !== undefined);
  const numbers = words.filter((w) => /^\d+$/.test(w));
  if (month === undefined || numbers.length !== 2) return null;
  const [first, second] = numbers as [string, string];
  if (first.length === 4) return made(Number(first), month, Number(second));
  return made(century(Number(second), second.length), month, Number(first));
}

const made = (year: number, month: number, day: number) =>
  year >= 1900 && year <= 2200 && real(year, month, day) ? { year, month, day } : null;
