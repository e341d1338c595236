import type { UtcMs } from '../kernel';
import type { ConsentEvent } from './event';

/** What the folding of a ledger (status.ts) keeps for each purpose while it walks through a number's events. */

export interface Grant {
  state: 'in' | 'pending' | 'paused';
  promiseMax: number | null;
  since: UtcMs;
  eventId: number;
  source: 'own' | 'attested' | 'asked';
  /** Which import vouched for it, so that undoing that import takes back only its own. */
  reason: string | null;
  /** Paused because they chose another channel, not because they were silent: choosing this one again is enough. */
  elsewhere?: boolean;
}
export interface Mark {
  at: UtcMs;
  eventId: number;
}
export interface Line {
  /** Kept underneath a stop, so that START can restore the earlier scope. */
  grant: Grant | null;
  stop: (Mark & { carrier: boolean }) | null;
  /** A form signed while the carrier still blocks the number: waits for START. */
  form: Grant | null;
  /** A topic they left, the rest going on: only their own act brings it back. */
  left: Mark | null;
  /** They once said no themselves: imports may not say yes for them. */
  refused: boolean;
  /** What to show as "since" where nothing else stands. */
  last: Mark;
}
/** A parked reply: everything is suppressed until the owner decides, or until it turns into a stop. */
export type Hold = Mark & { until: UtcMs };

export const mark = (e: ConsentEvent): Mark => ({ at: e.occurredAt, eventId: e.id });

/** Of two promises the smaller; none is no promise at all. */
export const strictest = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));

export const CARRIER_STOP = 'carrier-stop';

/** A stop the carrier enforces by itself (STOP and the other carrier words, error 21610). */
function isCarrierStop(e: Pick<ConsentEvent, 'kind' | 'method' | 'reason'>): boolean {
  return e.kind === 'stopped' && (e.method === 'carrier' || (e.reason ?? '').startsWith(CARRIER_STOP));
}

/** Stops add up: the latest counts, and a carrier's stop stays one whoever says stop again. */
export function stopMark(e: ConsentEvent, before: Line['stop']): NonNullable<Line['stop']> {
  const at = before && before.at > e.occurredAt ? before.at : e.occurredAt;
  return { at, eventId: e.id, carrier: isCarrierStop(e) || (before?.carrier ?? false) };
}

/** True when they said less after this event happened, though it was written down later. */
export function overtaken(l: Line, e: ConsentEvent): boolean {
  const elsewhere = l.grant?.elsewhere ? l.grant.since : 0;
  return e.occurredAt < Math.max(l.stop?.at ?? 0, l.left?.at ?? 0, elsewhere);
}
