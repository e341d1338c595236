import type { Out } from '@renderer/api';
import { useShell } from '@renderer/api';
import type { Place } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { type CalendarWords, calendar } from '@renderer/strings/calendar';
import { composer } from '@renderer/strings/composer';
import { count, dayText, micros, when } from '@renderer/ui/format';

export type Ahead = Out<'ahead/days'>;
export type DayAhead = Ahead['days'][number];
export type Item = DayAhead['items'][number];
type Named = Pick<Item, 'kind' | 'id' | 'name'>;

/** Everything the calendar says, in the shop's own numbers and dates. */
export function useSay(currency: string) {
  const w = useWords(calendar);
  const { holidays } = useWords(composer);
  const { locale, shop } = useShell();
  const utc = (day: string, o: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...o, timeZone: 'UTC' }).format(Date.parse(`${day}T12:00:00Z`));
  return {
    w,
    holidays,
    n: (x: number) => count(x, locale),
    money: (m: number) => micros(Math.ceil(m / 10_000) * 10_000, currency, locale),
    time: (at: number) => when(at, 'time', shop.zone, locale, Date.now()),
    zone: shop.zone.split('/').pop()?.replaceAll('_', ' ') ?? shop.zone,
    at: (at: number) => when(at, 'day', shop.zone, locale, Date.now()),
    day: (day: string) => dayText(day, locale, Date.now()),
    number: (day: string) => String(Number(day.slice(8))),
    month: (day: string) => utc(day, { month: 'short' }),
    weekday: (day: string) => utc(day, { weekday: 'short' }),
    name: (i: Named) => nameOf(i, w),
    kind: (i: Item) => (i.fixed === 'at-carrier' ? w.kept : w.kinds[i.kind]),
    /** Why it stays where it is; null = it may be moved. */
    stays: (i: Item) => (i.fixed === null ? null : w.stays(nameOf(i, w), w.fixed[i.fixed])),
    person: (p: { firstName: string; lastName: string; company: string }) =>
      [p.firstName, p.lastName].filter(Boolean).join(' ') || p.company || '—',
  };
}
export type Say = ReturnType<typeof useSay>;

export const nameOf = (i: Named, w: CalendarWords): string =>
  i.name !== '' ? i.name : i.kind === 'order' ? w.unnamed.order : w.unnamed.other;

/** Where a click on it leads; null = nowhere. */
export function placeOf(i: Named): Place | null {
  if (i.kind === 'other') return { screen: 'texts', view: 'waiting' };
  if (i.kind === 'order') return { screen: 'counter' };
  if (i.id === null) return null;
  return i.kind === 'automation' ? { screen: 'automations', id: i.id } : { screen: 'campaigns', id: i.id };
}

/** Sundays first, as calendars on the wall are here: days of the first week that lie before today are empty. */
export const lead = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay();

export const keyOf = (i: Named, day: string): string => `${day} ${i.kind} ${i.id} ${i.name}`;
