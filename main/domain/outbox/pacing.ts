import type { UtcMs } from '../kernel';

/** Share of the sender's known rate we use, so that nothing piles up at the carrier where Pause could not reach it. */
const PACE_SHARE = 0.8;
/** Texts whose POST is under way at one time; Pause takes effect within these. */
export const WINDOW = 8;

/** Segments that may leave now. Negative while a long text is being paid off. */
export interface Bucket {
  readonly tokens: number;
  readonly at: UtcMs;
}

/** Segments per second we allow ourselves. */
export const pace = (segmentsPerSecond: number): number => Math.max(0.01, segmentsPerSecond * PACE_SHARE);

/** At most one second's worth is saved up, and always enough for one segment. */
const capacity = (rate: number) => Math.max(1, rate);

export function fullBucket(now: UtcMs, rate: number): Bucket {
  return { tokens: capacity(rate), at: now };
}

export function refill(bucket: Bucket, now: UtcMs, rate: number): Bucket {
  // A clock set back must neither grant nor freeze anything.
  const passed = Math.max(0, now - bucket.at) / 1000;
  return { tokens: Math.min(capacity(rate), bucket.tokens + passed * rate), at: now };
}

/** Takes `segments`, or null when it is too early. A text longer than the bucket leaves when it is full and leaves a debt. */
export function take(bucket: Bucket, segments: number, rate: number): Bucket | null {
  const needed = Math.min(segments, capacity(rate));
  return bucket.tokens + 1e-9 >= needed ? { tokens: bucket.tokens - segments, at: bucket.at } : null;
}

/** Milliseconds until a text of `segments` may leave. */
export function waitMs(bucket: Bucket, segments: number, rate: number): number {
  const missing = Math.min(segments, capacity(rate)) - bucket.tokens;
  return missing <= 0 ? 0 : Math.ceil((missing / rate) * 1000);
}

/** How many POSTs at once: halved when the carrier says "too many", one more after each run of good answers. */
export interface Parallel {
  readonly allowed: number;
  readonly good: number;
  /** When it was last halved: POSTs begun before say nothing new about the smaller number. */
  readonly cutAt: UtcMs | null;
}

export const PARALLEL_START: Parallel = { allowed: 4, good: 0, cutAt: null };
const RUN_OF_GOOD = 20;

export const afterGood = (p: Parallel): Parallel =>
  p.good + 1 >= RUN_OF_GOOD ? { ...p, allowed: Math.min(WINDOW, p.allowed + 1), good: 0 } : { ...p, good: p.good + 1 };

/** `startedAt`: when the POST that was refused began. Eight refusals of one moment halve once, not eight times. */
export const afterTooMany = (p: Parallel, startedAt: UtcMs, now: UtcMs): Parallel =>
  p.cutAt !== null && startedAt <= p.cutAt && p.cutAt <= now
    ? { ...p, good: 0 }
    : { allowed: Math.max(1, Math.floor(p.allowed / 2)), good: 0, cutAt: now };

/** A share of the usual pace, while the sender's queue at the carrier runs over. */
export interface Ease {
  readonly share: number;
  readonly since: UtcMs;
}

export const NO_EASE: Ease = { share: 1, since: 0 as UtcMs };
const LEAST_SHARE = 1 / 8;
/** A full queue makes many texts fail within one moment: that is one sign, not many. */
const ONE_SIGN_MS = 60_000;
/** Doubles again after each of these without another sign. */
const WON_BACK_MS = 10 * 60_000;

export function shareAt(e: Ease, now: UtcMs): number {
  const steps = Math.floor(Math.max(0, now - e.since) / WON_BACK_MS);
  return Math.min(1, e.share * 2 ** Math.min(steps, 10));
}

/** Half as fast from here on (facts/twilio.md §4: 30001, 21611, 30022). */
export function afterOverflow(e: Ease, now: UtcMs): Ease {
  if (e.share < 1 && now >= e.since && now - e.since < ONE_SIGN_MS) return e;
  return { share: Math.max(LEAST_SHARE, shareAt(e, now) / 2), since: now };
}
