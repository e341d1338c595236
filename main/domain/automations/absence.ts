import type { UtcMs } from '../kernel';
import { usualGap } from '../segments/rhythm';
import { dayOf, daysAfter } from './days';
import { atMinuteOf, type Due, endOfDay, type Timing } from './due';

/** Somebody's rhythm as the shop knows it (rules.md §5). */
export interface Rhythm {
  /** Last purchase, or seen at the counter since; null = never. */
  lastSeenAt: UtcMs | null;
  medianGapDays: number | null;
  gapCount: number;
}

/** Rules.md §5. */
const LAPSED = { factor: 3, leastDays: 31 };

/** The first whole day on which somebody has been away for longer than so many usual gaps. */
export const firstDayAway = (gapDays: number, factor: number, leastDays: number): number =>
  Math.max(Math.floor(factor * gapDays) + 1, leastDays);

/**
 * "Later than usual" and "lapsed": when somebody who came once has been away longer than their own rhythm says. Once per absence: the clock
 * starts again with the next visit. `before`: from that factor on another automation speaks (lapsed after late).
 */
export function absence(name: 'late' | 'lapse', r: Rhythm, shopGap: number, t: Timing): Due | null {
  if (r.lastSeenAt === null) return null;
  const day = dayOf(r.lastSeenAt, t.zone);
  const gap = usualGap(r, shopGap);
  const due = daysAfter(day, firstDayAway(gap, t.terms.factor, t.terms.leastDays));
  let until = endOfDay(daysAfter(due, t.terms.goodFor), t.zone);
  // whoever has lapsed by now is not "later than usual" any more
  const lapsed = atMinuteOf(daysAfter(day, firstDayAway(gap, LAPSED.factor, LAPSED.leastDays)), 0, t.zone);
  if (name === 'late' && lapsed < until) until = lapsed;
  return {
    cause: `${name}:${day}`,
    dueAt: atMinuteOf(due, t.atMinute, t.zone),
    until,
    since: r.lastSeenAt,
  };
}
