import { shopDay, startOfDay } from '../calendar';
import { DAY, HOUR, type UtcMs, type Zone } from '../kernel';

/**
 * How somebody's absence compares with their own habit (rules.md §5, facts E6). An ordinary customer exceeds twice the usual gap
 * one time in four to seven, so it is worded "later than usual", never "lost".
 */
export const RHYTHM_CLASSES = ['never', 'usual', 'later', 'lapsed'] as const;
export type RhythmClass = (typeof RHYTHM_CLASSES)[number];

/** Until a shop has seen anybody twice. */
export const DEFAULT_SHOP_GAP_DAYS = 45;

/** Usual days between visits: the person's own median, pulled towards the shop's while there is little to go by. */
export function usualGap(p: { medianGapDays: number | null; gapCount: number }, shopMedianGap: number): number {
  return (2 * shopMedianGap + p.gapCount * (p.medianGapDays ?? 0)) / (2 + p.gapCount);
}

/**
 * Whole days since a visit, counted from the start of the shop's today; 0 = today. One hour of slack keeps a visit stored as
 * midnight on its own day across a change of the clocks. SQL does exactly this arithmetic.
 */
export function daysSince(at: UtcMs, startOfToday: UtcMs): number {
  const behind = startOfToday - at - HOUR;
  return behind <= 0 ? 0 : Math.floor((behind + DAY - 1) / DAY);
}

export const startOfToday = (now: UtcMs, zone: Zone): UtcMs => startOfDay(shopDay(now, zone), zone);

export function rhythmClass(
  p: { lastVisitAt: UtcMs | null; medianGapDays: number | null; gapCount: number },
  shopMedianGap: number,
  todayStart: UtcMs,
): RhythmClass {
  if (p.lastVisitAt === null) return 'never';
  const days = daysSince(p.lastVisitAt, todayStart);
  const gap = usualGap(p, shopMedianGap);
  if (days > 3 * gap && days > 30) return 'lapsed';
  return days > 2 * gap ? 'later' : 'usual';
}

/** Median of all gaps in the shop, from each person's own median weighted by how many gaps it stands for; null without any gap. */
export function shopMedianGap(gaps: readonly { medianGapDays: number; count: number }[]): number | null {
  const sorted = gaps.filter((g) => g.count > 0).sort((a, b) => a.medianGapDays - b.medianGapDays);
  const total = sorted.reduce((n, g) => n + g.count, 0);
  let seen = 0;
  for (const g of sorted) {
    seen += g.count;
    if (seen * 2 >= total) return g.medianGapDays;
  }
  return null;
}
