import { addDays, shopDay, startOfDay } from '../calendar';
import type { ShopDay, UtcMs, Zone } from '../kernel';

/** How far ahead the calendar looks. */
export const AHEAD_DAYS = 30;

/** A stretch of shop days by the zone's own clock: an hour more or less when clocks change is still one day. */
export interface Frame {
  zone: Zone;
  days: readonly ShopDay[];
  /** Where each day begins, and at the end where the last one is over. */
  starts: readonly UtcMs[];
}

/** Today and the days after it. */
export function frameOf(now: UtcMs, zone: Zone, days = AHEAD_DAYS): Frame {
  const today = shopDay(now, zone);
  const list = Array.from({ length: days }, (_, i) => addDays(today, i));
  return { zone, days: list, starts: [...list, addDays(today, days)].map((d) => startOfDay(d, zone)) };
}

/** Which day an instant falls on; what should have left before today leaves today; null = later than all of them. */
export function dayIn({ starts }: Pick<Frame, 'starts'>, at: UtcMs): number | null {
  const end = starts.length - 1;
  if (at >= (starts[end] ?? 0)) return null;
  let low = 0;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Days for texts of which at most `share` leave in one shop day, in the order they are due: the first that is due and has room. Null =
 * after the last day of the frame.
 */
export function spreadOver(due: readonly (number | null)[], share: number | null, days: number): (number | null)[] {
  if (share === null) return [...due];
  const used = new Array<number>(days).fill(0);
  const order = due.map((d, i) => [d, i] as const).sort((a, b) => (a[0] ?? days) - (b[0] ?? days) || a[1] - b[1]);
  const out = new Array<number | null>(due.length).fill(null);
  let first = 0;
  for (const [d, i] of order) {
    if (d === null) continue;
    let day = Math.max(d, first);
    while (day < days && (used[day] ?? 0) >= share) day++;
    if (day >= days) continue;
    used[day] = (used[day] ?? 0) + 1;
    // whoever comes later in this order is due no earlier, so days that are full need not be looked at again
    first = Math.max(first, d <= first ? day : first);
    out[i] = day;
  }
  return out;
}
