import type { UtcMs } from '@domain/kernel';

/** The only source of time for services: real, fixed (tests, --now), or driven by a simulator (REGULARS_CLOCK_URL). */
export interface Clock {
  now(): UtcMs;
  /** Resolves after `ms` of this clock's time; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A counter of ms that nobody can set, with any beginning; absent where time is made up (tests, simulators). */
  steady?(): number;
}
