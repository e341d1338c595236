import { DAY, type ShopDay, type UtcMs, type Zone } from '../kernel';
import { dayOf, daysAfter, minuteOf } from './days';
import type { Terms } from './terms';

/** A cause, and when a text for it is to be written. */
export interface Due {
  /** What it is for, for ever: the same fact has the same cause whatever the clock, the zone or the order of imports. */
  cause: string;
  /** When it is written at the earliest; it leaves when it may. */
  dueAt: UtcMs;
  /** From then on it is not worth saying any more. */
  until: UtcMs;
  /** When what it follows happened: who came, wrote or bought since is asked from here on. */
  since: UtcMs;
}

/** What a moment is reckoned with. */
export interface Timing {
  zone: Zone;
  /** Days to wait after what happened. */
  waitDays: number;
  /** Minute of the shop's day. */
  atMinute: number;
  terms: Terms;
}

export const atMinuteOf = minuteOf;

/** The end of a shop day, exclusive. */
export const endOfDay = (day: ShopDay, zone: Zone): UtcMs => minuteOf(daysAfter(day, 1), 0, zone);

/** A text so many days after a day, worth saying for `terms.goodFor` days; on the same day never before it happened. */
export function after(cause: string, day: ShopDay, since: UtcMs, days: number, t: Timing): Due {
  const due = daysAfter(day, days);
  const dueAt = Math.max(since, atMinuteOf(due, t.atMinute, t.zone)) as UtcMs;
  return { cause, dueAt, until: endOfDay(daysAfter(due, t.terms.goodFor), t.zone), since };
}

const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** A day of the year in a year; 29 February is kept on the 28th of ordinary years. */
export const dayIn = (year: number, monthDay: string): ShopDay =>
  `${year}-${monthDay === '02-29' && !leap(year) ? '02-28' : monthDay}` as ShopDay;

/**
 * The coming returns of a day of the year (`MM-DD`): the one that is still worth saying now, if any, and the next. The cause is the year of
 * the day itself, so that neither the hour nor the days before it matter. Past midnight of the last day it is over.
 */
export function yearly(name: string, monthDay: string, now: UtcMs, t: Timing, notBefore = 0): Due[] {
  const year = Number(dayOf(now, t.zone).slice(0, 4));
  const out: Due[] = [];
  for (let y = year - 1; y <= year + 2 && out.length < 2; y++) {
    if (y < notBefore) continue;
    const day = dayIn(y, monthDay);
    const due = daysAfter(day, -t.terms.daysBefore);
    const last = daysAfter(due > day ? due : day, t.terms.goodFor - 1);
    const until = endOfDay(last, t.zone);
    if (until <= now) continue;
    const dueAt = atMinuteOf(due, t.atMinute, t.zone);
    out.push({ cause: `${name}:${y}`, dueAt, until, since: (dueAt - DAY) as UtcMs });
  }
  return out;
}

/** `MM-DD` of a birthday with or without a year; null = none that can be read. */
export function monthDayOf(birthday: string | null): string | null {
  const m = /(?:^|-)(\d{2}-\d{2})$/.exec(birthday ?? '');
  return m?.[1] ?? null;
}
