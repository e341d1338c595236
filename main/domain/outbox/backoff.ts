const FLOOR_MS = 250;
const CAP_MS = 30_000;
/** A carrier asking for more than this is answered by asking again then. */
const LONGEST_MS = 60 * 60_000;

/**
 * Full-jitter wait before trying again, in ms (rules.md §4: 0.25–30 s). `streak` counts failures in a row from 0, `random` is in
 * [0, 1). The carrier's own Retry-After is never undercut.
 */
export function backoffMs(streak: number, random: number, retryAfterMs: number | null = null): number {
  const ceiling = Math.min(CAP_MS, FLOOR_MS * 2 ** Math.min(Math.max(0, streak) + 1, 20));
  const jittered = Math.round(FLOOR_MS + random * (ceiling - FLOOR_MS));
  return Math.min(LONGEST_MS, Math.max(jittered, retryAfterMs ?? 0));
}
