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
  /** How many requests it hits; default all that fit. */
  times?: number;
  /** Share of fitting requests it hits, 0–1; default 1. */
  probability?: number;
  effect: FaultEffect;
}

/** The faults in force. The first that fits a request wins. */
export class FaultBox {
  private faults: (Fault & { left: number; seen: number })[] = [];
  /** How many requests were hit, by effect. */
  readonly hits: Record<string, number> = {};

  constructor(private readonly roll: (n: number) => number) {}

  add(fault: Fault): void {
    this.faults.push({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY, seen: 0 });
  }

  clear(): void {
    this.faults = [];
  }

  match(request: { method: string; path: string; body: string }): Fault | null {
    for (const f of this.faults) {
      if (f.left <= 0) continue;
      if (f.method && f.method.toUpperCase() !== request.method) continue;
      if (f.path && !new RegExp(f.path).test(request.path)) continue;
      if (f.body && !new RegExp(f.body).test(request.body)) continue;
      f.seen += 1;
      if (f.probability !== undefined && this.roll(f.seen) >= f.probability) continue;
      f.left -= 1;
      this.hits[f.effect.kind] = (this.hits[f.effect.kind] ?? 0) + 1;
      return f;
    }
    return null;
  }
}
