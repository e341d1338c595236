import { MINUTE, type PhoneE164, SECOND, type UtcMs } from '../kernel';

/** POST timeout: the carrier usually answers in one second, may take 26, and then we do not know. */
const POST_TIMEOUT_MS = 40 * SECOND;
const BEFORE_MS = 60 * SECOND; // its clock against ours
const AFTER_MS = POST_TIMEOUT_MS + 120 * SECOND;
/** Its list shows new messages late: look at once, then again this long after the POST. */
const LOOK_AGAIN_MS = [1 * MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE] as const;

/** Two clocks read at two moments agree no better than this. */
const EARLY_MS = 5 * SECOND;

/** A text whose POST may or may not have arrived. */
export interface Lost {
  to: PhoneE164;
  body: string;
  /** When the last POST began, by the carrier's clock. */
  startedAt: UtcMs;
  /** Where a POST may have begun much earlier (a restored copy knows nothing of what left since): the earliest it can be. */
  since?: UtcMs;
  /** The number or the Messaging Service it was posted with. */
  sender: string | null;
  /** Other lost texts of ours with the same number, words and time: each may own one of the matches. */
  twins: number;
}

/** The part of a carrier's message that tells whose it is. */
export interface Found {
  sid: string;
  direction: 'inbound' | 'outbound';
  from: string | null;
  to: string;
  messagingServiceSid: string | null;
  body: string;
  /** The carrier keeps no words: whatever else fits is taken for ours, for a second text would be worse. */
  wordless?: true;
  createdAt: UtcMs;
}

export type Match<F extends Found> = { kind: 'adopt'; message: F; duplicate: boolean } | { kind: 'none' };

/**
 * Finds the message a lost POST made, among the carrier's messages to that number (rules.md §4): outgoing, same words, same sender,
 * made around the POST, and not already another row's. Several: the oldest is ours and the row is flagged.
 */
export function matchLost<F extends Found>(lost: Lost, found: readonly F[], owned: (sid: string) => boolean): Match<F> {
  const ours = found
    .filter(
      (m) =>
        m.direction === 'outbound' &&
        m.to === lost.to &&
        (m.body === lost.body || m.wordless === true) &&
        (lost.sender === null || m.from === lost.sender || m.messagingServiceSid === lost.sender) &&
        m.createdAt >= (lost.since ?? lost.startedAt) - BEFORE_MS &&
        m.createdAt <= lost.startedAt + AFTER_MS &&
        !owned(m.sid),
    )
    .sort((a, b) => a.createdAt - b.createdAt || (a.sid < b.sid ? -1 : 1));
  const sids = new Set(ours.map((m) => m.sid)); // overlapping pages repeat rows
  const oldest = ours[0];
  return oldest ? { kind: 'adopt', message: oldest, duplicate: sids.size > 1 + lost.twins } : { kind: 'none' };
}

/** Oldest creation time worth listing for a lost POST. */
export const searchFrom = (startedAt: UtcMs): UtcMs => (startedAt - BEFORE_MS) as UtcMs;

/** No look is ever further off than this: a later one was reckoned by a clock that has been set back since. */
export const LONGEST_LOOK_MS = 61 * MINUTE;

/**
 * What follows a fruitless look: `elapsed` ms after the POST began, by the carrier's clock, with `looks` that counted before it (the
 * first happens at once). A look before its time (our clock was set forward) does not count. `inMs` null = not confirmed, only the owner
 * may decide. After a long pause of the computer the looks still come a minute apart: one empty list proves nothing.
 */
export function afterLook(elapsed: number, looks: number): { looks: number; inMs: number | null } {
  const passed = Math.max(0, elapsed);
  const due = looks === 0 ? 0 : (LOOK_AGAIN_MS[looks - 1] ?? 0);
  if (passed < due - EARLY_MS) return { looks, inMs: due - passed };
  const next = LOOK_AGAIN_MS[looks];
  return { looks: looks + 1, inMs: next === undefined ? null : Math.max(next - passed, MINUTE) };
}
