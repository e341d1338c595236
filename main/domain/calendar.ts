import type { ShopDay, UtcMs, Zone } from './kernel';

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(zone: Zone): Intl.DateTimeFormat {
  let f = formatters.get(zone);
  if (!f) {
    f = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      weekday: 'short',
    });
    formatters.set(zone, f);
  }
  return f;
}

export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 0 = Sunday. */
  weekday: number;
}
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Wall-clock parts of an instant in a zone (DST by IANA rules). */
export function localTime(at: UtcMs, zone: Zone): LocalTime {
  const parts: Record<string, string> = {};
  for (const p of formatter(zone).formatToParts(at)) parts[p.type] = p.value;
  const n = (k: string) => Number(parts[k]);
  return {
    year: n('year'),
    month: n('month'),
    day: n('day'),
    hour: n('hour'),
    minute: n('minute'),
    second: n('second'),
    weekday: WEEKDAYS.indexOf(parts['weekday'] ?? ''),
  };
}

const two = (n: number) => String(n).padStart(2, '0');

/** The shop's calendar day of an instant. */
export function shopDay(at: UtcMs, zone: Zone): ShopDay {
  const t = localTime(at, zone);
  return `${t.year}-${two(t.month)}-${two(t.day)}` as ShopDay;
}

/** Hours of thousands of people open and close at the same few instants, and working one out takes a tenth of a millisecond. */
const instants = new Map<string, UtcMs>();
const INSTANTS_KEPT = 4000;

/**
 * The instant of a wall-clock time in a zone. In a spring gap the later reading is taken (02:30 becomes 03:30),
 * in an autumn overlap the first.
 */
export function instantOf(zone: Zone, year: number, month: number, day: number, hour = 0, minute = 0, second = 0): UtcMs {
  const key = `${zone} ${year} ${month} ${day} ${hour} ${minute} ${second}`;
  let at = instants.get(key);
  if (at === undefined) {
    at = workOut(zone, year, month, day, hour, minute, second);
    if (instants.size >= INSTANTS_KEPT) instants.clear();
    instants.set(key, at);
  }
  return at;
}

function workOut(zone: Zone, year: number, month: number, day: number, hour: number, minute: number, second: number): UtcMs {
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const offsetAt = (at: number) => {
    const t = localTime(at as UtcMs, zone);
    return Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second) - Math.floor(at / 1000) * 1000;
  };
  const before = wall - offsetAt(wall - 86_400_000);
  const after = wall - offsetAt(wall + 86_400_000);
  const fits = (at: number) => at + offsetAt(at) === wall;
  if (fits(before)) return before as UtcMs;
  if (fits(after)) return after as UtcMs;
  return Math.max(before, after) as UtcMs;
}

/** Start (00:00 local) of a shop day. */
export function startOfDay(day: ShopDay, zone: Zone): UtcMs {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  return instantOf(zone, y, m, d);
}

/** Calendar arithmetic on shop days; never by adding 24 hours to an instant. */
export function addDays(day: ShopDay, n: number): ShopDay {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(y, m - 1, d + n)).toISOString().slice(0, 10) as ShopDay;
}

/** Whole days from a to b. */
export function daysBetween(a: ShopDay, b: ShopDay): number {
  return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / 86_400_000);
}
