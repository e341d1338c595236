/** `YYYY-MM-DD`, or `--MM-DD` when the year was not given. */
export type Birthday = string;
export type DateOrder = 'ymd' | 'mdy' | 'dmy';

const two = (n: number): string => String(n).padStart(2, '0');

/** A day that exists; 29 February is fine without a year. Years outside 1900–2100 and 1900-01-01-style fillers are refused. */
export function makeBirthday(year: number | null, month: number, day: number): Birthday | null {
  if (!Number.isInteger(month) || !Number.isInteger(day) || month < 1 || month > 12 || day < 1) return null;
  const probe = year ?? 2000;
  if (!Number.isInteger(probe) || probe < 1900 || probe > 2100) return null;
  if (day > new Date(Date.UTC(probe, month, 0)).getUTCDate()) return null;
  return year === null ? `--${two(month)}-${two(day)}` : `${year}-${two(month)}-${two(day)}`;
}

/**
 * Reads a birthday written with numbers. `order` is the column's (or the shop's) day/month order, decided beforehand:
 * never per cell. ISO dates ignore it. A year before 1902 or the tills' fillers (0000, 1604, 1900) means "no year".
 */
export function parseBirthday(raw: string | null | undefined, order: DateOrder): Birthday | null {
  const text = (raw ?? '').trim().replace(/^'+/, '');
  const noYear = /^--(\d{2})-?(\d{2})$/.exec(text);
  if (noYear) return makeBirthday(null, Number(noYear[1]), Number(noYear[2]));
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso) return makeBirthday(realYear(Number(iso[1])), Number(iso[2]), Number(iso[3]));
  const full = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ].*)?$/.exec(text);
  if (full) return ordered(realYear(Number(full[3])), Number(full[1]), Number(full[2]), order);
  const short = /^(\d{1,2})[-/. ](\d{1,2})\.?$/.exec(text);
  if (short) return ordered(null, Number(short[1]), Number(short[2]), order);
  return null;
}

const realYear = (year: number): number | null => (year < 1902 ? null : year);

function ordered(year: number | null, a: number, b: number, order: DateOrder): Birthday | null {
  return order === 'dmy' ? makeBirthday(year, b, a) : makeBirthday(year, a, b);
}
