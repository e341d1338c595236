import { addDays, instantOf, localTime, shopDay } from '@domain/calendar';
import type { ShopDay, UtcMs, Zone } from '@domain/kernel';
import { DAY, MINUTE } from '@domain/kernel';
import { MONTH_WEIGHT, WEEKDAY_WEIGHT } from './catalogue';

/** One day of the demo shop's past; index 0 is the first. */
export interface SeedDay {
  readonly day: ShopDay;
  readonly month: number;
  /** 0 = Sunday. */
  readonly weekday: number;
  readonly noon: UtcMs;
  /** How busy, relative; 0 = closed. */
  readonly weight: number;
}

/** The days from `count` before `now`'s day up to the day before it. */
export function pastDays(now: UtcMs, zone: Zone, count: number): SeedDay[] {
  const today = shopDay(now, zone);
  return Array.from({ length: count }, (_, i) => aDay(addDays(today, i - count), zone));
}

export function aDay(day: ShopDay, zone: Zone): SeedDay {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const noon = instantOf(zone, y, m, d, 12);
  const { weekday } = localTime(noon, zone);
  const closed = (m === 12 && d === 25) || (m === 1 && d === 1);
  return { day, month: m - 1, weekday, noon, weight: closed ? 0 : (WEEKDAY_WEIGHT[weekday] ?? 0) * (MONTH_WEIGHT[m - 1] ?? 1) };
}

/** Instant of a minute after local midnight; opening hours never touch the hours a clock change skips or repeats. */
export const instantAt = (day: SeedDay, minute: number): UtcMs => (day.noon + (minute - 720) * MINUTE) as UtcMs;

/** Eighteen months. */
export const SEED_DAYS = 549;
/** The shop opened its customer database this many days into the story; before that the till file is all there is. */
export const INSTALL_DAY = 110;
export const daysAgo = (now: UtcMs, n: number): UtcMs => (now - n * DAY) as UtcMs;
