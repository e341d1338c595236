import { DAY, type UtcMs } from '../kernel';
import type { Due } from './due';
import { type AutomationKind, KINDS } from './kinds';

/** A cause that was taken. */
export interface Taken {
  cause: string;
  at: UtcMs;
  /** A text was written for it, or would have been for somebody who is compared; else they were left out, or it came too late. */
  told: boolean;
}

/**
 * Whether somebody was told already, under this cause or another name of it. A late import, an undone one or another zone may date the
 * same absence, purchase or birthday otherwise: nobody hears twice of one because of that.
 */
export function toldAlready(kind: AutomationKind, due: Pick<Due, 'cause' | 'since' | 'dueAt'>, taken: readonly Taken[]): boolean {
  const { restDays } = KINDS[kind];
  return taken.some(
    (t) =>
      t.cause === due.cause ||
      // an absence ends with a visit: whoever was told after their last one was told of this absence
      (t.told && (kind === 'late' || kind === 'lapsed') && t.at >= due.since) ||
      (t.told && restDays > 0 && t.at > due.dueAt - restDays * DAY),
  );
}
