import { addDays, daysBetween, localTime, shopDay, startOfDay } from '../calendar';
import type { ShopDay, UtcMs, Zone } from '../kernel';
import { EVERY_DAY, type OfferWindow } from './offer';

/** Day of the week of a shop day, 0 = Sunday. */
export const weekdayOf = (day: ShopDay): number => new Date(`${day}T00:00:00Z`).getUTCDay();

export const onWeekday = (weekdays: number, weekday: number): boolean => (weekdays & (1 << weekday)) !== 0;

/** The last day up to `last` that is one of the weekdays, not before `first`; `last` itself when there is none. */
function lastUsable(first: ShopDay, last: ShopDay, weekdays: number): ShopDay {
  if (weekdays === EVERY_DAY) return last;
  for (let back = 0; back < 7; back++) {
    const day = addDays(last, -back);
    if (day < first) break;
    if (onWeekday(weekdays, weekdayOf(day))) return day;
  }
  return last;
}

export interface CodeWindow {
  /** First instant it counts; null = at once. */
  startsAt: UtcMs | null;
  /** First instant it no longer counts: the midnight after its last day in the shop's zone. */
  endsAt: UtcMs;
}

/**
 * When a code given out at `givenAt` may be used. Fixed dates stand for everybody; else the days count from the shop day of the text.
 * The end is the last day on which it really can be used: good on Mondays only and until Sunday, it ends on Monday. An end that is not
 * after `givenAt` means the offer was over by then.
 */
export function codeWindow(o: OfferWindow, givenAt: UtcMs, zone: Zone): CodeWindow {
  const given = shopDay(givenAt, zone);
  const first = o.fromDay !== null && o.fromDay > given ? o.fromDay : given;
  const last = lastUsable(first, o.untilDay ?? addDays(given, o.validDays), o.weekdays);
  return {
    startsAt: first > given ? startOfDay(first, zone) : null,
    endsAt: startOfDay(addDays(last, 1), zone),
  };
}

/** What is wrong with this moment of the day or week; null when nothing. By the shop's clock, also on days when it is changed. */
export function wrongMoment(
  o: Pick<OfferWindow, 'weekdays' | 'fromMinute' | 'untilMinute'>,
  at: UtcMs,
  zone: Zone,
): 'weekday' | 'hours' | null {
  const t = localTime(at, zone);
  if (!onWeekday(o.weekdays, t.weekday)) return 'weekday';
  if (o.fromMinute === null || o.untilMinute === null) return null;
  const minute = t.hour * 60 + t.minute;
  return minute < o.fromMinute || minute >= o.untilMinute ? 'hours' : null;
}

/** Where an offer with fixed dates stands on a day; one that counts from the text is always open. */
export function phaseOf(o: Pick<OfferWindow, 'fromDay' | 'untilDay'>, day: ShopDay): 'ahead' | 'open' | 'over' {
  if (o.untilDay === null) return 'open';
  if (day > o.untilDay) return 'over';
  return o.fromDay !== null && day < o.fromDay ? 'ahead' : 'open';
}

/**
 * Why an offer is no use in a text that leaves then; null when it is. `over`: it ends before the text. `no-day`: none of its days lies
 * between the text and its end.
 */
export function uselessAt(o: OfferWindow, givenAt: UtcMs, zone: Zone): 'over' | 'no-day' | null {
  const given = shopDay(givenAt, zone);
  if (o.untilDay !== null && o.untilDay < given) return 'over';
  const first = o.fromDay !== null && o.fromDay > given ? o.fromDay : given;
  const last = o.untilDay ?? addDays(given, o.validDays);
  if (o.weekdays === EVERY_DAY) return null;
  for (let day = first, n = 0; day <= last && n < 7; day = addDays(day, 1), n++) if (onWeekday(o.weekdays, weekdayOf(day))) return null;
  return 'no-day';
}

/** How many days results of a text with this offer are counted at least: until the offer's last day. */
export function daysUntilEnd(o: OfferWindow, givenAt: UtcMs, zone: Zone): number {
  return o.untilDay === null ? o.validDays : Math.max(0, daysBetween(shopDay(givenAt, zone), o.untilDay));
}
