import { STOP_CONFIRMATION_MS } from '../consent/gate';
import { CAUSED_MS } from '../consent/gate-table';
import type { Reading } from '../consent/reply';
import type { ConsentState } from '../consent/status';
import { DAY, HOUR } from '../kernel';
import { choiceIn, emailIn, whyIn } from './commands';
import type { MenuKind, MenuOption } from './menu';

/** A JOIN that was sent long before we read it says nothing about today's offer: a person reads it. */
const JOIN_MAX_AGE_MS = 30 * DAY;
/** What nobody answered for this long is not answered by machine any more. */
const ANSWER_MAX_AGE_MS = DAY;
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
  /** Our question that this number may answer with a digit or an address. */
  menu: { kind: MenuKind; options: readonly string[] } | null;
  /** The whole message is one of the shop's JOIN words. */
  joinWord: { word: string; topics: readonly string[] } | null;
  /** It says a word of the campaign it answers, within that campaign's life. */
  campaignWord: boolean;
  /** The shop is closed, the owner wants that answered, and this number was not told today. */
  closedNow: boolean;
  body: string;
}

export type WrittenDown =
  | 'stop'
  | 'hold'
  | 'restart'
  | 'sign-up'
  | 'agreed'
  | 'declined'
  | 'reason'
  | 'less'
  | 'prefs'
  | 'choice'
  | 'email'
  | 'add-topics'
  | 'campaign-word';

export interface Consequence {
  record: WrittenDown | null;
  carrierStop: boolean;
  text: 'stop-confirmation' | 'help' | 'confirmation' | 'after-hours' | null;
  /** Nobody needs to read it. */
  read: boolean;
  reason: string | null;
  /** What the digit stood for. */
  choice: MenuOption | null;
}

const nothing: Consequence = { record: null, carrierStop: false, text: null, read: false, reason: null, choice: null };
const done = (record: WrittenDown): Consequence => ({ ...nothing, record, read: true });

/** What follows from a reply (rules.md §2): what goes into the ledger, what we answer, whether a person must look at it. */
export function consequenceOf(f: ReplyFacts): Consequence {
  const { reading } = f;
  if (answersWhy(f)) {
    const why = whyIn(f.body);
    if (why !== null) return { ...done('reason'), reason: `why: ${why}` };
  }
  switch (reading.meaning) {
    case 'opt-out': {
      const carrierStop = reading.carrierWord === 'stop';
      // the carrier confirms its own words; later than five minutes an answer would be one text too many
      const confirm = !carrierStop && !f.carrierStop && f.marketing !== 'out' && f.ageMs <= STOP_CONFIRMATION_MS;
      return { ...done('stop'), carrierStop, text: confirm ? 'stop-confirmation' : null, reason: reading.rule };
    }
    case 'hold':
      return f.marketing === 'out' ? nothing : { ...nothing, record: 'hold', reason: reading.rule };
    case 'help': {
      const answered = reading.carrierWord === 'help' || f.ageMs > ANSWER_MAX_AGE_MS;
      const again = f.lastHelpMsAgo !== null && f.lastHelpMsAgo < HELP_EVERY_MS;
      return { ...nothing, text: answered || again ? null : 'help', read: !answered || reading.carrierWord === 'help' };
    }
    case 'start':
      if (!f.restorable) return nothing; // nothing to bring back: START alone is no sign-up
      // only the carrier's own word lifts the carrier's block
      if (f.carrierStop && reading.carrierWord !== 'start') return nothing;
      return { ...done('restart'), text: reading.carrierWord === 'start' ? null : 'confirmation' };
    case 'yes':
      return done('agreed');
    case 'no':
      return done('declined');
    case 'reaction':
      return { ...nothing, read: true };
    case 'join':
    case 'message':
      return asked(f) ?? spoken(f);
  }
}

/** Our question why is open, and this is no new stop. */
const answersWhy = (f: ReplyFacts): boolean =>
  f.marketing === 'out' &&
  f.askedWhyMsAgo !== null &&
  f.askedWhyMsAgo <= REASON_MS &&
  (f.reading.meaning === 'message' || f.reading.meaning === 'hold');

/** Answers to a question of ours, commands and words that sign up. */
function asked(f: ReplyFacts): Consequence | null {
  const fresh = f.ageMs <= ANSWER_MAX_AGE_MS;
  const mayChoose = f.marketing === 'in' || f.marketing === 'paused';
  if (f.menu !== null && fresh && mayChoose) {
    const n = choiceIn(f.body);
    const option = n === null ? undefined : f.menu.options[n - 1];
    if (option !== undefined) return { ...done('choice'), choice: option as MenuOption };
    if (f.menu.kind === 'email' && emailIn(f.body) !== null) return done('email');
  }
  if (f.reading.command !== null && fresh && f.marketing === 'in') return done(f.reading.command.command);
  if (f.joinWord !== null || f.reading.meaning === 'join') {
    if (f.ageMs > JOIN_MAX_AGE_MS) return nothing;
    if (f.marketing !== 'in') return done('sign-up');
    return (f.joinWord?.topics.length ?? 0) > 0 ? done('add-topics') : { ...nothing, read: true };
  }
  return null;
}

/** Words that need somebody, at the counter or by text. */
function spoken(f: ReplyFacts): Consequence {
  const reachable = f.marketing !== 'out' && f.marketing !== 'hold' && !f.carrierStop;
  if (f.campaignWord) return { ...done('campaign-word'), read: true };
  const needsSomebody = /\p{L}{2}/u.test(f.body) && !CLOSING.test(f.body.trim());
  return reachable && f.closedNow && needsSomebody && f.ageMs <= CAUSED_MS ? { ...nothing, text: 'after-hours' } : nothing;
}

/** Ends a conversation: nobody waits for an answer to it. */
const CLOSING =
  /^(?:(?:ok|okay|k|thanks?|thank you|ty|thx|great|perfect|cool|awesome|got it|sounds good|will do|see you(?: \w+)?|bye|good night|lol|haha|yes|no|yep|nope|no thanks|gracias|muchas gracias|vale|perfecto|listo|adios|hasta luego|nos vemos|sale|bueno|si|you too|so much|again)[\s!.,]*)+$/i;
