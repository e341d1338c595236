/** Virtual time: an anchor and a rate. Rate 1 from the real now is real time, rate 0 stands still, 60 is a minute per second. */
export interface ClockState {
  now: number;
  /** Real epoch ms at which `now` held. */
  real: number;
  rate: number;
  /** Counts changes, so that a watcher can ask for "newer than". */
  version: number;
}

export class SimClock {
  private state: ClockState;
  /** The instant it was told to begin at. */
  readonly asked: number | null;
  private readonly watchers = new Set<() => void>();

  /** `source` is what "real" means: the computer's clock, or the clock of the process it is embedded in. */
  constructor(
    start: { now?: number | undefined; rate?: number | undefined } = {},
    private readonly source: () => number = Date.now,
  ) {
    const real = source();
    this.asked = start.now ?? null;
    this.state = { now: start.now ?? real, real, rate: start.rate ?? 1, version: 1 };
  }

  now(): number {
    return Math.floor(this.state.now + (this.source() - this.state.real) * this.state.rate);
  }

  snapshot(): ClockState {
    return { ...this.state };
  }

  get rate(): number {
    return this.state.rate;
  }

  get version(): number {
    return this.state.version;
  }

  /** After a restart: the same anchor, so that a running clock has also run meanwhile. */
  restore(state: ClockState): void {
    this.state = { ...state };
    this.changed();
  }

  /** `advance` in ms, `set` to an instant (never back), `rate` ≥ 0. */
  change(to: { advance?: number; set?: number; rate?: number }): void {
    const now = this.now();
    const next = Math.max(now, to.set ?? now) + Math.max(0, to.advance ?? 0);
    this.state = { now: next, real: this.source(), rate: Math.max(0, to.rate ?? this.state.rate), version: this.state.version + 1 };
    this.changed();
  }

  /** Calls back at the next change; the returned function stops watching. */
  watch(fn: () => void): () => void {
    this.watchers.add(fn);
    return () => this.watchers.delete(fn);
  }

  private changed(): void {
    for (const fn of [...this.watchers]) fn();
  }
}
