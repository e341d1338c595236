import { addDays, shopDay } from '../calendar';
import type { UtcMs } from '../kernel';
import { usualGap } from '../segments/rhythm';
import { atMinuteOf, type Due, endOfDay, type Timing } from './due';

/** Somebody's rhythm as the shop knows it (rules.md §5). */
export interface Rhythm {
  /** Last purchase, or seen at the counter since; null = never. */
  lastSeenAt: UtcMs | null;
  medianGapDays: number | null;
  gapCount: number;
}

/** The first whole day on which somebody has been away for longer than so many usual gaps. */
export const firstDayAway = (gapDays: number, factor: number, leastDays: number): number =>
  Math.max(Math.floor(factor * gapDays) + 1, leastDays);

/**
 * "Later than usual" and "lapsed": when somebody who came once has been away longer than their own rhythm says. Once per absence: the clock
 * starts again with the next visit. `before`: from that factor on another automation speaks (lapsed after late).
 */
export function absence(name: 'late' | 'lapse', r: Rhythm, shopGap: number, t: Timing): Due | null {
  if (r.lastSeenAt === null) return null;
  const day = shopDay(r.lastSeenAt, t.zone);
  const gap = usualGap(r, shopGap);
  const due = addDays(day, firstDayAway(gap, t.terms.factor, t.terms.leastDays));
  return {
    cause: `${name}:${day}`,
    dueAt: atMinuteOf(due, t.atMinute, t.zone),
    until: endOfDay(addDays(due, t.terms.goodFor), t.zone),
    since: r.lastSeenAt,
  };
}
