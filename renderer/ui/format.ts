/** How numbers, money, times and phones are said on screen. Pure: zone, locale and "now" are passed. */

const cache = new Map<string, unknown>();
function kept<T>(key: string, make: () => T): T {
  const found = cache.get(key) as T | undefined;
  if (found !== undefined) return found;
  const made = make();
  cache.set(key, made);
  return made;
}

const digitsOf = (currency: string): number =>
  kept(
    `digits ${currency}`,
    () => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2,
  );

/**
 * Minor units as money: 123456 → "$1,234.56". `round` drops the cents of whole-looking sums ("$1,235") for headlines.
 * A true minus sign, so that losses line up under gains.
 */
export function money(minor: number, currency: string, locale: string, options: { round?: boolean; sign?: boolean } = {}): string {
  const digits = digitsOf(currency);
  const f = kept(`money ${currency} ${locale} ${options.round} ${options.sign}`, () => {
    const base: Intl.NumberFormatOptions = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' };
    if (options.round) Object.assign(base, { maximumFractionDigits: 0, minimumFractionDigits: 0 });
    if (options.sign) base.signDisplay = 'exceptZero';
    return new Intl.NumberFormat(locale, base);
  });
  return f.format(minor / 10 ** digits).replace('-', '−');
}

/** Millionths of a major unit (carrier prices): 8300 → "$0.0083", 1_240_000 → "$1.24". */
export function micros(amount: number, currency: string, locale: string): string {
  const small = Math.abs(amount) < 1_000_000 && amount % 10_000 !== 0;
  return kept(
    `micros ${currency} ${locale} ${small}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: 2,
        maximumFractionDigits: small ? 4 : 2,
      }),
  )
    .format(amount / 1_000_000)
    .replace('-', '−');
}

/** 3912 → "3,912". */
export const count = (n: number, locale: string): string =>
  kept(`count ${locale}`, () => new Intl.NumberFormat(locale))
    .format(n)
    .replace('-', '−');

/** 0.1234 → "12.3 %" style of the locale. */
export const percent = (share: number, locale: string, digits = 1): string =>
  kept(`percent ${locale} ${digits}`, () => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits })).format(
    share,
  );

/** Reads what a person typed as money ("1,234.50", "$12", "12,50" in Spanish) into minor units; null when it is not money. */
export function parseMoney(text: string, currency: string, locale: string): number | null {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const point = parts.find((p) => p.type === 'decimal')?.value ?? '.';
  const group = parts.find((p) => p.type === 'group')?.value ?? ',';
  const clean = text
    .replace(/[\s\u00a0\u202f$€£]/g, '')
    .replace('−', '-')
    .split(group)
    .join('')
    .replace(point, '.');
  if (!/^-?\d+(\.\d*)?$/.test(clean)) return null;
  const minor = Math.round(Number(clean) * 10 ** digitsOf(currency));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** North American numbers as people write them; others in readable groups. */
export function phone(e164: string): string {
  if (/^\+000\d{12}$/.test(e164)) return '—'; // of somebody who was erased
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  if (us) return `(${us[1]}) ${us[2]}-${us[3]}`;
  const any = /^(\+\d{2})(\d{3})(\d{3})(\d+)$/.exec(e164);
  return any ? `${any[1]} ${any[2]} ${any[3]} ${any[4]}` : e164;
}

export type WhenStyle = 'day' | 'time' | 'day-time' | 'short-day' | 'month';

interface Parts {
  weekday: string;
  day: string;
  month: string;
  year: string;
  time: string;
  key: string;
}

function partsOf(at: number, zone: string, locale: string): Parts {
  const f = kept(`parts ${zone} ${locale}`, () => [
    new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    new Intl.DateTimeFormat(locale, { timeZone: zone, hour: 'numeric', minute: '2-digit' }),
    new Intl.DateTimeFormat('en-CA', { timeZone: zone }),
  ]) as [Intl.DateTimeFormat, Intl.DateTimeFormat, Intl.DateTimeFormat];
  const found: Record<string, string> = {};
  for (const p of f[0].formatToParts(at)) found[p.type] = p.value.replace(/\.$/, '');
  const { weekday = '', day = '', month = '', year = '' } = found;
  const time = f[1]
    .format(at)
    .replace(/[\u202f\u00a0 ]AM$/, ' am')
    .replace(/[\u202f\u00a0 ]PM$/, ' pm');
  return { weekday, day, month, year, time, key: f[2].format(at) };
}

/** "Tue 24 Nov, 9:00 am" in the shop's zone; the year only when it is not this one. `now` decides that. */
export function when(at: number, style: WhenStyle, zone: string, locale: string, now: number): string {
  const p = partsOf(at, zone, locale);
  const year = p.year === partsOf(now, zone, locale).year ? '' : ` ${p.year}`;
  switch (style) {
    case 'time':
      return p.time;
    case 'day':
      return `${p.weekday} ${p.day} ${p.month}${year}`;
    case 'short-day':
      return `${p.day} ${p.month}${year}`;
    case 'month':
      return `${p.month} ${p.year}`;
    case 'day-time':
      return `${p.weekday} ${p.day} ${p.month}${year}, ${p.time}`;
  }
}

/** "today, 9:00 am" / "yesterday, 6:12 pm" / the plain date: for things of this week. */
export function whenNear(at: number, zone: string, locale: string, now: number, words: { today: string; yesterday: string }): string {
  const p = partsOf(at, zone, locale);
  if (p.key === partsOf(now, zone, locale).key) return `${words.today}, ${p.time}`;
  if (p.key === partsOf(now - 86_400_000, zone, locale).key) return `${words.yesterday}, ${p.time}`;
  return when(at, 'day-time', zone, locale, now);
}

/** A shop day (`2026-11-24`) as "Tue 24 Nov"; no zone needed, a day is a day. */
export const dayText = (day: string, locale: string, now: number): string =>
  when(Date.parse(`${day}T12:00:00Z`), 'day', 'UTC', locale, now);

/** "about 3 min", "about 20 s": how long is left, rounded as a person would say it. */
export function duration(ms: number, locale: string): string {
  const [value, unit] =
    ms < 55_000
      ? [Math.max(5, Math.round(ms / 5000) * 5), 'second']
      : ms < 55 * 60_000
        ? [Math.round(ms / 60_000), 'minute']
        : [Math.round(ms / 3_600_000), 'hour'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit: unit as string, unitDisplay: 'short' }).format(value as number);
}

/** 12_345_678 → "12.3 MB". */
export function bytes(n: number, locale: string): string {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  let i = 0;
  let v = n;
  while (v >= 1000 && i < steps.length - 1) {
    v /= 1000;
    i++;
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: steps[i] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: v < 10 && i > 0 ? 1 : 0,
  }).format(v);
}
