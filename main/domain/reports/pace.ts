import { addDays } from '../calendar';
import type { ShopDay } from '../kernel';

/** From so many people on, what a text brings can be measured (rules.md §7). */
export const MEASURABLE = 250;
/** What a counter that asks everybody reaches on an open day; used until there is a pace of one's own. */
export const USUAL_A_DAY = 10;

export interface Pace {
  /** Sign-ups per open day, one decimal. */
  readonly perDay: number;
  /** Nobody has signed up yet: the usual pace of a shop that asks. */
  readonly assumed: boolean;
  /** The open day on which the list reaches 250; null when it is further than two years. */
  readonly on: ShopDay;
}

const FAR = 730;

/** When the list is long enough at the pace of the last two weeks; null when it is already, or too far to say. */
export function paceToMeasurable(f: {
  onList: number;
  joinedIn14Days: number;
  today: ShopDay;
  isOpen: (day: ShopDay) => boolean;
}): Pace | null {
  if (f.onList >= MEASURABLE) return null;
  let open = 0;
  for (let i = 0; i < 14; i++) if (f.isOpen(addDays(f.today, -i))) open++;
  const assumed = f.joinedIn14Days <= 0;
  const perDay = assumed ? USUAL_A_DAY : f.joinedIn14Days / Math.max(1, open);
  let left = Math.ceil((MEASURABLE - f.onList) / perDay);
  for (let i = 1; i <= FAR; i++) {
    const day = addDays(f.today, i);
    if (!f.isOpen(day)) continue;
    left--;
    if (left <= 0) return { perDay: Math.round(perDay * 10) / 10, assumed, on: day };
  }
  return null;
}
