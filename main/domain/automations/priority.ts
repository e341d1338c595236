import { MINUTE, type UtcMs } from '../kernel';

/** When something is said at the earliest, and from when on it is not worth saying. */
export interface Day {
  dueAt: UtcMs;
  until: UtcMs;
}

/**
 * Until when somebody's text waits for another that goes before it; null = it leaves now. Two texts stand `spacing` apart, so the one that
 * leaves first holds the other up: what can wait gives way to what cannot, and of two that both can, or both cannot, the one that goes
 * before does.
 */
export function givesWayUntil(own: Day, earlier: readonly Day[], now: UtcMs, spacing: number): UtcMs | null {
  for (const e of earlier) {
    const at = Math.max(e.dueAt, now);
    if (at >= now + spacing || e.until <= at) continue;
    const canWait = own.until > at + spacing;
    const theyCanWait = e.until > now + spacing && e.until > e.dueAt + spacing;
    if (canWait || !theyCanWait) return (at + MINUTE) as UtcMs;
  }
  return null;
}
