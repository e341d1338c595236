import type { UtcMs } from '@domain/kernel';
import type { Clock } from '@ports/clock';

interface Sleeper {
  due: number;
  wake(): void;
}

/**
 * Time that jumps from one thing to the next: everything that sleeps is woken at its time and in order, and nobody waits in between.
 * `busy` says whether somebody is still at work at this moment (an answer is on its way); time stands still until they are done.
 */
export class StoryClock implements Clock {
  private readonly sleepers = new Set<Sleeper>();
  private at: number;
  private asleep = false;

  constructor(
    start: number,
    private readonly busy: () => boolean,
  ) {
    this.at = start;
  }

  now(): UtcMs {
    return this.at as UtcMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        due: this.at + ms,
        wake: () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
      };
      this.sleepers.add(sleeper);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  /** Everything that can happen at this moment has happened. */
  private async settled(): Promise<void> {
    for (let calm = 0; calm < 5; ) {
      await new Promise((resolve) => setImmediate(resolve));
      calm = this.busy() ? 0 : calm + 1;
    }
  }

  /** Lives until `t`, thing by thing. */
  async liveUntil(t: number): Promise<void> {
    while (this.at < t) {
      await this.settled();
      let next = t;
      for (const s of this.sleepers) next = Math.min(next, Math.max(s.due, this.at));
      this.at = next;
      this.wakeDue();
    }
    await this.settled();
  }

  /** The lid is closed: time passes and nobody wakes. */
  async closeLid(): Promise<void> {
    await this.settled();
    this.asleep = true;
  }

  passAsleep(t: number): void {
    if (!this.asleep) throw new Error('awake');
    this.at = Math.max(this.at, t);
  }

  /** Whatever was due meanwhile wakes at once. */
  openLid(): void {
    this.asleep = false;
    this.wakeDue();
  }

  private wakeDue(): void {
    const due = [...this.sleepers].filter((s) => s.due <= this.at).sort((a, b) => a.due - b.due);
    for (const s of due) {
      this.sleepers.delete(s);
      s.wake();
    }
  }
}
