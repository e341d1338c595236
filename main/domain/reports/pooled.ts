import { type Interval, mantelHaenszel, newcombe, type Share } from '../attribution/intervals';
import { MIN_BUYERS, MIN_GROUP } from '../attribution/verdict';

/** Both sides of a campaign that drew its own fresh split. */
export interface Compared {
  readonly text: Share;
  readonly control: Share;
}

/**
 * Extra people per person texted: of one campaign as its own page says it (Newcombe), of several pooled (Mantel-Haenszel). Null where
 * they are too few to say anything (facts E5): as few as that say nothing, not that nothing happened.
 */
export function pooledBuyers(compared: readonly Compared[]): Interval | null {
  const sum = (of: (c: Compared) => number) => compared.reduce((n, c) => n + of(c), 0);
  if (
    sum((c) => c.text.x + c.control.x) < MIN_BUYERS ||
    Math.min(
      sum((c) => c.text.n),
      sum((c) => c.control.n),
    ) < MIN_GROUP
  )
    return null;
  const [only] = compared;
  if (compared.length === 1 && only) return newcombe(only.text, only.control);
  const pooled = mantelHaenszel(compared);
  return pooled && { estimate: pooled.estimate, low: pooled.low, high: pooled.high };
}
