/** A fault of the line or of the carrier, for tests: how a request that fits is answered. */
export type FaultEffect =
  /** An HTTP error with Twilio's JSON. */
  | { kind: 'status'; status: number; code?: number; retryAfter?: string }
  /** A web page in place of JSON, as a proxy in between would answer. */
  | { kind: 'html'; status: number }
  /** The connection is cut. */
  | { kind: 'reset' }
  /** No answer, ever. */
  | { kind: 'hang' }
  /** The real answer, late. */
  | { kind: 'slow'; ms: number }
  /** Half of the real answer, properly ended. */
  | { kind: 'truncated' }
  /** Half of the real answer, then the connection is cut. */
  | { kind: 'cut' }
  /** The right status with nothing in it. */
  | { kind: 'empty' }
  /** The carrier's own process dies. */
  | { kind: 'crash' };

export interface Fault {
  /** HTTP method, `GET` or `POST`; default both. */
  method?: string;
  /** Regular expressions as text. */
  path?: string;
  body?: string;
  /** Before the carrier did anything, or after it accepted. Default before. */
  when?: 'before' | 'after';
  /** So many fitting requests pass unharmed first. */
  skip?: number;
  /** Only while the carrier's clock is in here (epoch ms, end exclusive). */
  between?: { from: number; until: number };
  /** How many requests it hits; default all that fit. */
  times?: number;
  /** Share of fitting requests it hits, 0–1; default 1. */
  probability?: number;
  effect: FaultEffect;
}

/** The faults in force. The first that fits a request wins. */
export class FaultBox {
  private faults: (Fault & { id: number; left: number; seen: number })[] = [];
  private ids = 0;
  /** How many requests were hit, by effect. */
  readonly hits: Record<string, number> = {};

  /** `roll` is chance (0–1) that depends on the fault and on the how-manieth fitting request it is. */
  constructor(private readonly roll: (fault: number, n: number) => number) {}

  /** Answers the fault's number, by which it can be taken out again. */
  add(fault: Fault): number {
    this.ids += 1;
    this.faults.push({ ...fault, id: this.ids, left: fault.times ?? Number.POSITIVE_INFINITY, seen: 0 });
    return this.ids;
  }

  /** Takes out one fault, or all. */
  clear(id?: number): void {
    this.faults = id === undefined ? [] : this.faults.filter((f) => f.id !== id);
  }

  /** The faults in force. */
  list(): readonly (Fault & { id: number; left: number })[] {
    return this.faults.filter((f) => f.left > 0).map(({ seen: _seen, ...f }) => f);
  }

  match(request: { method: string; path: string; body: string }, now: number): Fault | null {
    for (const f of this.faults) {
      if (f.left <= 0) continue;
      if (f.method && f.method.toUpperCase() !== request.method) continue;
      if (f.path && !new RegExp(f.path).test(request.path)) continue;
      if (f.body && !new RegExp(f.body).test(request.body)) continue;
      if (f.between && (now < f.between.from || now >= f.between.until)) continue;
      f.seen += 1;
      if (f.seen <= (f.skip ?? 0)) continue;
      if (f.probability !== undefined && this.roll(f.id, f.seen) >= f.probability) continue;
      f.left -= 1;
      this.hits[f.effect.kind] = (this.hits[f.effect.kind] ?? 0) + 1;
      return f;
    }
    return null;
  }
}
