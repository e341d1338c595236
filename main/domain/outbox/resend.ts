import type { MessageClass } from '../consent/gate-table';
import { DAY, HOUR, MINUTE, type UtcMs } from '../kernel';
import { nextReset } from './daily-cap';
import type { OutboxState } from './state';

/**
 * When a text that ended `failed` may be tried again by itself. Each code here means that the text never left the carrier
 * (facts/twilio.md §4), so a second try cannot reach anybody twice. What is not in this table is never sent again by itself.
 */
type Again =
  /** So long after it failed; the second number is for the second time. */
  | { after: readonly [number, number] }
  /** When the carriers begin to count anew. */
  | { after: 'reset' }
  /** Once the account works again, which the owner says by going on. */
  | { after: 'account' };

const SOON: Again = { after: [5 * MINUTE, 30 * MINUTE] };
/** The number's queue was full: give it time to empty. */
const SLOWER: Again = { after: [20 * MINUTE, 60 * MINUTE] };
/** Twilio's own quiet hours were in the way and ours were not. */
const LATER: Again = { after: [3 * HOUR, 12 * HOUR] };

const FAILED: Readonly<Record<number, Again>> = {
  12400: SOON,
  30020: SOON,
  30021: SOON,
  30500: SOON,
  63017: SOON,
  30001: SLOWER,
  30036: SLOWER,
  30047: LATER,
  30610: LATER,
  30002: { after: 'account' },
  30454: { after: 'reset' },
  63038: { after: 'reset' },
};

/** Codes in the table, for the one query that looks for such texts and for tests. */
export const RESENT_CODES: readonly number[] = Object.keys(FAILED).map(Number);

/** A text is tried again by itself at most so often. */
export const MOST_RESENDS = 2;
/** A text without an end of its own is not brought back after this. */
const FORGOTTEN_MS = 3 * DAY;

/** What somebody asked for a moment ago is not answered hours later; a test is looked at when it is made. */
const NEVER: ReadonlySet<MessageClass> = new Set<MessageClass>(['help', 'stop-confirmation']);

export interface Ended {
  state: OutboxState;
  errorCode: number | null;
  messageClass: MessageClass;
  /** POSTs the carrier answered with a message: each of them ended as `failed`, or we would not be here. */
  accepted: number;
  finalAt: UtcMs | null;
  createdAt: UtcMs;
  /** The end of the text's own time; null = none. */
  expiresAt: UtcMs | null;
  /** Its campaign may still send (under way, or over with nothing cancelled); true for what has no campaign. */
  causeOpen: boolean;
  /** Sending is stopped because the account is refused. */
  accountBlocked: boolean;
}

/**
 * When a text may be tried again by itself (rules.md §4: only where it is provably safe); null = never, or not yet to be said. Only
 * `failed` with a code of the table: never `undelivered`, which was charged and may have been read, and never anything else.
 */
export function resendAt(e: Ended, now: UtcMs): UtcMs | null {
  if (e.state !== 'failed' || e.errorCode === null || e.finalAt === null || !e.causeOpen) return null;
  const again = FAILED[e.errorCode];
  if (again === undefined || NEVER.has(e.messageClass)) return null;
  if (e.accepted < 1 || e.accepted > MOST_RESENDS) return null;
  if (again.after === 'account' && e.accountBlocked) return null;
  const failedAt = Math.min(e.finalAt, now) as UtcMs; // the carrier's clock may be ahead of ours
  const after = again.after;
  const at = after === 'reset' ? nextReset(failedAt) : after === 'account' ? now : failedAt + (after[e.accepted - 1] ?? HOUR);
  const ends = e.expiresAt ?? e.createdAt + FORGOTTEN_MS;
  return Math.max(at, now) >= ends ? null : (Math.max(at, now) as UtcMs);
}

/**
 * Refused at once (HTTP 400), but only for now: nothing was created, so it simply waits. `slower` = too much is queued, `reset` = the
 * day is used up. Null: the refusal is an answer about this text or this account.
 */
export function refusedForNow(code: number): 'slower' | 'reset' | null {
  if (code === 21611 || code === 30001 || code === 63017 || code === 20429) return 'slower';
  return code === 63038 || code === 30454 || code === 30023 ? 'reset' : null;
}

/**
 * The carrier does not take the time a text was to be held until (its scheduling errors, 35111 to 35126): nothing was created, and sent at
 * its hour from here it is as good as any other.
 */
export const refusesTime = (code: number): boolean => code >= 35100 && code < 35200;

/** The sender takes less than we thought: its queue at the carrier ran over, or it was faster than its registration. */
export const tooFast = (code: number): boolean => code === 30001 || code === 21611 || code === 30022 || code === 63017;

/** How long everything waits after the carrier refused one for being too many. */
export const OVERFLOW_PAUSE_MS = 2 * MINUTE;
