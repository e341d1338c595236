import { addDays, daysBetween } from '../calendar';
import type { ShopDay } from '../kernel';
import { weekdayOf } from '../offers/window';

export const RETAIL_DAYS = [
  'new-year',
  'valentine',
  'st-patrick',
  'easter',
  'cinco-de-mayo',
  'mothers-day',
  'memorial-day',
  'fathers-day',
  'independence-day',
  'back-to-school',
  'labor-day',
  'halloween',
  'thanksgiving',
  'black-friday',
  'small-business-saturday',
  'christmas',
] as const;
/** A day shops sell by, with the kind of text that suits it. */
export type RetailDayKey = (typeof RETAIL_DAYS)[number];

export interface RetailDay {
  key: RetailDayKey;
  day: ShopDay;
  /** `gift`: people buy for somebody; `sale`: they look for a price; `greeting`: a friendly word. */
  kind: 'gift' | 'sale' | 'greeting';
}

const two = (n: number) => String(n).padStart(2, '0');
const date = (year: number, month: number, day: number) => `${year}-${two(month)}-${two(day)}` as ShopDay;

/** The nth (1 = first) such weekday of a month; 0 = Sunday. */
function nth(year: number, month: number, n: number, wanted: number): ShopDay {
  const first = date(year, month, 1);
  return addDays(first, ((wanted - weekdayOf(first) + 7) % 7) + (n - 1) * 7);
}

function last(year: number, month: number, wanted: number): ShopDay {
  const end = addDays(month === 12 ? date(year + 1, 1, 1) : date(year, month + 1, 1), -1);
  return addDays(end, -((weekdayOf(end) - wanted + 7) % 7));
}

/** Easter Sunday of the Gregorian calendar, by Gauss's reckoning in Butcher's form. */
export function easter(year: number): ShopDay {
  const a = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const g = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * a + century - Math.floor(century / 4) - g + 15) % 30;
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7;
  const m = Math.floor((a + 11 * epact + 22 * sunday) / 451);
  const n = epact + sunday - 7 * m + 114;
  return date(year, Math.floor(n / 31), (n % 31) + 1);
}

/** The days of one year, in order; US dates. */
export function retailDays(year: number): RetailDay[] {
  const thanksgiving = nth(year, 11, 4, 4);
  const days: [RetailDayKey, ShopDay, RetailDay['kind']][] = [
    ['new-year', date(year, 1, 1), 'greeting'],
    ['valentine', date(year, 2, 14), 'gift'],
    ['st-patrick', date(year, 3, 17), 'greeting'],
    ['easter', easter(year), 'gift'],
    ['cinco-de-mayo', date(year, 5, 5), 'greeting'],
    ['mothers-day', nth(year, 5, 2, 0), 'gift'],
    ['memorial-day', last(year, 5, 1), 'sale'],
    ['fathers-day', nth(year, 6, 3, 0), 'gift'],
    ['independence-day', date(year, 7, 4), 'sale'],
    ['back-to-school', nth(year, 8, 2, 1), 'sale'],
    ['labor-day', nth(year, 9, 1, 1), 'sale'],
    ['halloween', date(year, 10, 31), 'greeting'],
    ['thanksgiving', thanksgiving, 'greeting'],
    ['black-friday', addDays(thanksgiving, 1), 'sale'],
    ['small-business-saturday', addDays(thanksgiving, 2), 'sale'],
    ['christmas', date(year, 12, 25), 'gift'],
  ];
  return days.map(([key, day, kind]) => ({ key, day, kind })).sort((x, y) => (x.day < y.day ? -1 : x.day > y.day ? 1 : 0));
}

/** The next days from today on, soonest first, at most `days` days away. */
export function upcoming(today: ShopDay, days: number): (RetailDay & { inDays: number })[] {
  const year = Number(today.slice(0, 4));
  return [...retailDays(year), ...retailDays(year + 1)]
    .map((d) => ({ ...d, inDays: daysBetween(today, d.day) }))
    .filter((d) => d.inDays >= 0 && d.inDays <= days);
}
