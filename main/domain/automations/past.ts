import { daysBetween, shopDay, startOfDay } from '../calendar';
import { DAY, type ShopDay, type UtcMs } from '../kernel';
import { absence } from './absence';
import { type Due, type Timing, yearly } from './due';

/** Days since 1970-01-01 of a shop day, and back: calendar days, no instants. */
export const dayNumber = (day: ShopDay): number => daysBetween('1970-01-01' as ShopDay, day);
export const dayOfNumber = (n: number): ShopDay => new Date(n * DAY).toISOString().slice(0, 10) as ShopDay;

const within = (d: Due, from: UtcMs, to: UtcMs): boolean => d.dueAt >= from && d.dueAt < to;

/** Yearly days whose moment fell into a stretch of time. */
export function pastYearly(name: string, monthDay: string, from: UtcMs, to: UtcMs, t: Timing, notBefore = 0): Due[] {
  const seen = new Map<string, Due>();
  // every year whose moment may lie in it: asked from both ends
  for (const at of [from, to]) for (const d of yearly(name, monthDay, at, t, notBefore)) seen.set(d.cause, d);
  return [...seen.values()].filter((d) => within(d, from, to));
}

const median = (sorted: readonly number[]): number | null => {
  if (sorted.length === 0) return null;
  const m = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[m] as number) : ((sorted[m - 1] as number) + (sorted[m] as number)) / 2;
};

/**
 * Absences whose moment fell into a stretch of time, with the rhythm as it was known then: after each visit only the gaps before it
 * counted, and the next visit ended it. `days`: visit days, ascending.
 */
export function pastAbsence(name: 'late' | 'lapse', days: readonly number[], shopGap: number, from: UtcMs, to: UtcMs, t: Timing): Due[] {
  const out: Due[] = [];
  const gaps: number[] = [];
  days.forEach((day, i) => {
    const before = days[i - 1];
    if (before !== undefined) {
      const gap = day - before;
      let at = gaps.length;
      while (at > 0 && (gaps[at - 1] as number) > gap) at--;
      gaps.splice(at, 0, gap);
    }
    // noon: no change of the clocks moves it to another day
    const seen = (startOfDay(dayOfNumber(day), t.zone) + DAY / 2) as UtcMs;
    if (seen >= to) return;
    const due = absence(name, { lastSeenAt: seen, medianGapDays: median(gaps), gapCount: gaps.length }, shopGap, t);
    const next = days[i + 1];
    if (due === null || !within(due, from, to)) return;
    if (next !== undefined && dayNumber(shopDay(due.dueAt, t.zone)) >= next) return;
    out.push(due);
  });
  return out;
}
