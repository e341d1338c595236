import { STOP_CONFIRMATION_MS } from '../consent/gate';
import type { Reading } from '../consent/reply';
import type { ConsentState } from '../consent/status';
import { DAY, HOUR } from '../kernel';

/** A JOIN that was sent long before we read it says nothing about today's offer: a person reads it. */
const JOIN_MAX_AGE_MS = 30 * DAY;
/** HELP that nobody answered for this long is not answered by machine any more. */
const HELP_MAX_AGE_MS = DAY;
/** One HELP text per number and hour: two machines must not talk to each other. */
const HELP_EVERY_MS = HOUR;
/** "1", "2" or "3" counts as the answer to our question for this long. */
const REASON_MS = 7 * DAY;

export interface ReplyFacts {
  reading: Reading;
  /** How old the message is when we read it. */
  ageMs: number;
  marketing: ConsentState;
  carrierStop: boolean;
  /** There is something that START would bring back or end. */
  restorable: boolean;
  lastHelpMsAgo: number | null;
  /** When our stop confirmation with its question left. */
  askedWhyMsAgo: number | null;
  body: string;
}

export interface Consequence {
  record: 'stop' | 'hold' | 'restart' | 'sign-up' | 'agreed' | 'declined' | 'reason' | null;
  carrierStop: boolean;
  text: 'stop-confirmation' | 'help' | 'confirmation' | null;
  /** Nobody needs to read it. */
  read: boolean;
  reason: string | null;
}

const nothing: Consequence = { record: null, carrierStop: false, text: null, read: false, reason: null };
const WHY: Readonly<Record<string, string>> = { '1': 'too-many', '2': 'not-for-me', '3': 'other' };

/** What follows from a reply (rules.md §2): what goes into the ledger, what we answer, whether a person must look at it. */
export function consequenceOf(f: ReplyFacts): Consequence {
  const { reading } = f;
  switch (reading.meaning) {
    case 'opt-out': {
      const carrierStop = reading.carrierWord === 'stop';
      // the carrier confirms its own words; later than five minutes an answer would be one text too many
      const confirm = !carrierStop && !f.carrierStop && f.marketing !== 'out' && f.ageMs <= STOP_CONFIRMATION_MS;
      return { record: 'stop', carrierStop, text: confirm ? 'stop-confirmation' : null, read: true, reason: reading.rule };
    }
    case 'hold':
      return f.marketing === 'out' ? nothing : { ...nothing, record: 'hold', reason: reading.rule };
    case 'help': {
      const answered = reading.carrierWord === 'help' || f.ageMs > HELP_MAX_AGE_MS;
      const again = f.lastHelpMsAgo !== null && f.lastHelpMsAgo < HELP_EVERY_MS;
      return { ...nothing, text: answered || again ? null : 'help', read: !answered || reading.carrierWord === 'help' };
    }
    case 'start':
      if (!f.restorable) return nothing; // nothing to bring back: START alone is no sign-up
      // only the carrier's own word lifts the carrier's block
      if (f.carrierStop && reading.carrierWord !== 'start') return nothing;
      return { ...nothing, record: 'restart', text: reading.carrierWord === 'start' ? null : 'confirmation', read: true };
    case 'join':
      if (f.ageMs > JOIN_MAX_AGE_MS) return nothing;
      return { ...nothing, record: f.marketing === 'in' ? null : 'sign-up', read: true };
    case 'yes':
      return { ...nothing, record: 'agreed', read: true };
    case 'no':
      return { ...nothing, record: 'declined', read: true };
    case 'reaction':
      return { ...nothing, read: true };
    case 'message': {
      const why = WHY[f.body.trim().replace(/[.)]$/, '')];
      if (why !== undefined && f.marketing === 'out' && f.askedWhyMsAgo !== null && f.askedWhyMsAgo <= REASON_MS) {
        return { ...nothing, record: 'reason', read: true, reason: `why: ${why}` };
      }
      return nothing;
    }
  }
}
