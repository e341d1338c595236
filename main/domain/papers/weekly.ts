import { addDays, instantOf, shopDay } from '../calendar';
import type { ShopDay, UtcMs, Zone } from '../kernel';

/** When the printed week is due, on the shop's clock. */
export interface WeeklyPlan {
  /** 0 = Monday. */
  weekday: number;
  /** 0–23. */
  hour: number;
}

/** One week that is to be printed. */
export interface WeeklyDue {
  /** The shop day it became due: what tells one week from another. */
  day: ShopDay;
  at: UtcMs;
  /** The seven whole days before it. */
  first: ShopDay;
  last: ShopDay;
}

/** 0 = Monday. */
const weekdayOf = (day: ShopDay): number => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;

function dueOn(day: ShopDay, hour: number, zone: Zone): WeeklyDue {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  return { day, at: instantOf(zone, y, m, d, hour), first: addDays(day, -7), last: addDays(day, -1) };
}

/** The newest week that is due by `now`: today's when its hour has come, else that of the last such weekday. */
export function newestDue(now: UtcMs, zone: Zone, { weekday, hour }: WeeklyPlan): WeeklyDue {
  const today = shopDay(now, zone);
  const day = addDays(today, -((weekdayOf(today) - weekday + 7) % 7));
  const due = dueOn(day, hour, zone);
  return due.at <= now ? due : dueOn(addDays(day, -7), hour, zone);
}

/** When the next one will be due. */
export const nextDue = (now: UtcMs, zone: Zone, plan: WeeklyPlan): UtcMs =>
  dueOn(addDays(newestDue(now, zone, plan).day, 7), plan.hour, zone).at;

/**
 * The week to print now, or null: nothing that was due before the owner asked for it (`since`), and none twice (`done`: the day of the
 * newest one made; a day that has not come yet was written under a wrong clock and counts for nothing). Of several that were missed only
 * the newest is made up for.
 */
export function weekToPrint(now: UtcMs, zone: Zone, plan: WeeklyPlan, o: { since: UtcMs | null; done: ShopDay | null }): WeeklyDue | null {
  const due = newestDue(now, zone, plan);
  if (o.since === null || due.at < o.since) return null;
  const done = o.done !== null && o.done <= shopDay(now, zone) ? o.done : null;
  return done !== null && done >= due.day ? null : due;
}

/** The file of a week: named by its days, so that files stand in order and one week has one name. */
export const weeklyFile = (due: Pick<WeeklyDue, 'first' | 'last'>, practice: boolean): string =>
  `${practice ? 'Practice shop ' : ''}This week ${due.first} to ${due.last}.pdf`;
