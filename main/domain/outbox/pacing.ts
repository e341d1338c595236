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
}

export const PARALLEL_START: Parallel = { allowed: 4, good: 0 };
const RUN_OF_GOOD = 20;

export const afterGood = (p: Parallel): Parallel =>
  p.good + 1 >= RUN_OF_GOOD ? { allowed: Math.min(WINDOW, p.allowed + 1), good: 0 } : { ...p, good: p.good + 1 };

export const afterTooMany = (p: Parallel): Parallel => ({ allowed: Math.max(1, Math.floor(p.allowed / 2)), good: 0 });
