import { addDays, instantOf, shopDay, startOfDay } from '../calendar';
import type { ShopDay, UtcMs, Zone } from '../kernel';
import type { DayHours } from '../settings/settings';

/** When the shop is open: its zone, hours of each weekday (Monday first) and extra closed days. */
export interface OpenHours {
  readonly zone: Zone;
  readonly hours: readonly DayHours[];
  readonly closedDays: readonly string[];
}

/** The opening of one shop day as instants; null when closed that day. */
export function openingOf(day: ShopDay, shop: OpenHours): { from: UtcMs; to: UtcMs } | null {
  if (shop.closedDays.includes(day)) return null;
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const weekday = new Date(Date.UTC(y, m - 1, d)).getUTCDay();
  const hours = shop.hours[(weekday + 6) % 7] ?? null;
  if (hours === null || hours.close <= hours.open) return null;
  const at = (minutes: number) =>
    minutes >= 24 * 60 ? startOfDay(addDays(day, 1), shop.zone) : instantOf(shop.zone, y, m, d, Math.floor(minutes / 60), minutes % 60);
  return { from: at(hours.open), to: at(hours.close) };
}

/** Longer waits than this are counted no further: the answer is "months" either way. */
const LONGEST_DAYS = 400;

/** Milliseconds of opening time between two instants: what a customer waited while somebody could have answered. */
export function openMsBetween(from: UtcMs, to: UtcMs, shop: OpenHours): number {
  let waited = 0;
  let day = shopDay(from, shop.zone);
  for (let i = 0; i < LONGEST_DAYS && startOfDay(day, shop.zone) < to; i++, day = addDays(day, 1)) {
    const open = openingOf(day, shop);
    if (open) waited += Math.max(0, Math.min(open.to, to) - Math.max(open.from, from));
  }
  return waited;
}

/** The end of the opening that still has `atLeast` ms left, of this day or a later one; null when no day of four weeks is open. */
export function closingAfter(at: UtcMs, atLeast: number, shop: OpenHours): UtcMs | null {
  let day = shopDay(at, shop.zone);
  for (let i = 0; i < 28; i++, day = addDays(day, 1)) {
    const open = openingOf(day, shop);
    if (open && open.to - Math.max(at, open.from) >= atLeast) return open.to;
  }
  return null;
}

/** Minutes of opening time on an ordinary open day: what "a day" means when waits are told. */
export function minutesOfADay(shop: OpenHours): number {
  const open = shop.hours.flatMap((h) => (h && h.close > h.open ? [h.close - h.open] : [])).sort((a, b) => a - b);
  return open[Math.floor(open.length / 2)] ?? 9 * 60;
}
