import type { Out } from '@renderer/api/client';
import { count, money, phone, when } from '@renderer/ui/format';

type FirstRows = NonNullable<Out<'imports/first-rows'>>;
export type Says = FirstRows['rows'][number][number]['says'];

interface Shop {
  currency: string;
  zone: string;
}

const day = (at: number, zone: string, locale: string, parts: Intl.DateTimeFormatOptions): Record<string, string> =>
  Object.fromEntries(
    new Intl.DateTimeFormat(locale, { timeZone: zone, ...parts }).formatToParts(at).map((p) => [p.type, p.value] as const),
  );

/** "1–31 May 2026", "28 Apr – 3 May 2026", "31 Dec 2025 – 2 Jan 2026", "2 May 2026". */
export function period(from: number, to: number, zone: string, locale: string): string {
  const of = (at: number) => day(at, zone, locale, { day: 'numeric', month: 'long', year: 'numeric' });
  const a = of(from);
  const b = of(to);
  const last = `${b['day']} ${b['month']} ${b['year']}`;
  if (a['year'] !== b['year']) return `${a['day']} ${a['month']} ${a['year']} – ${last}`;
  if (a['month'] !== b['month']) return `${a['day']} ${a['month']} – ${last}`;
  return a['day'] === b['day'] ? last : `${a['day']}–${last}`;
}

const clock = (minutes: number, locale: string): string => when(minutes * 60_000, 'time', 'UTC', locale, 0);

/** A day of the file in words that cannot be misread: "31 May 2026". */
export function dayWords(iso: string, locale: string): string {
  const at = Date.parse(`${iso}T12:00:00Z`);
  return Number.isNaN(at) ? iso : period(at, at, 'UTC', locale);
}

/** What a cell means, in words; '' when they would only repeat the cell. */
export function sayCell(raw: string, says: Says, shop: Shop, locale: string, words: { yes: string; no: string }): string {
  switch (says.is) {
    case 'day':
      return dayWords(says.day, locale) + (says.minutes === null ? '' : `, ${clock(says.minutes, locale)}`);
    case 'instant':
      return when(says.at, 'day-time', shop.zone, locale, 0);
    case 'time':
      return clock(says.minutes, locale);
    case 'money':
      return money(says.cents, shop.currency, locale);
    case 'quantity':
      return says.milli % 1000 === 0 ? count(says.milli / 1000, locale) : String(says.milli / 1000);
    case 'phone':
      return phone(says.phone);
    case 'yes-no':
      return says.yes ? words.yes : words.no;
    default:
      return says.is === 'text' ? raw : '';
  }
}

/** "1 in 3", "1 in 12": how many of them, as people say it. Null when it is nothing to speak of. */
export function oneIn(part: number, all: number): number | null {
  if (part === 0 || all === 0 || part / all < 0.1) return null;
  return Math.max(1, Math.round(all / part));
}

/** A long file name by its two ends, for buttons: "items-2026-04-…-06-01.csv". */
export const shortName = (name: string): string => (name.length <= 30 ? name : `${name.slice(0, 15)}…${name.slice(-12)}`);
