import type { UtcMs } from '@domain/kernel';
import type { Clock } from '@ports/clock';

interface Sleeper {
  due: number;
  wake: () => void;
}

/** A clock that only moves when told: tests and `call --now`. */
export class FixedClock implements Clock {
  private sleepers: Sleeper[] = [];

  constructor(private at: UtcMs) {}

  now(): UtcMs {
    return this.at;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper: Sleeper = { due: this.at + ms, wake: resolve };
      this.sleepers.push(sleeper);
      signal?.addEventListener(
        'abort',
        () => {
          this.sleepers = this.sleepers.filter((s) => s !== sleeper);
          reject(signal.reason);
        },
        { once: true },
      );
    });
  }

  /** Moves time on and wakes who is due, in order. */
  advance(ms: number): void {
    this.set((this.at + ms) as UtcMs);
  }

  set(at: UtcMs): void {
    this.at = at;
    const due = this.sleepers.filter((s) => s.due <= at).sort((a, b) => a.due - b.due);
    this.sleepers = this.sleepers.filter((s) => s.due > at);
    for (const s of due) s.wake();
  }
}
