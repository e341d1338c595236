import { DAY, MINUTE } from '../kernel';
import type { ConsentState } from './status';

/** Classes of texts, as in the outbox. */
export type MessageClass = 'marketing' | 'service' | 'reply' | 'double-opt-in' | 'confirmation' | 'help' | 'stop-confirmation';
export const MESSAGE_CLASSES: readonly MessageClass[] = [
  'marketing',
  'service',
  'reply',
  'double-opt-in',
  'confirmation',
  'help',
  'stop-confirmation',
];

/** What the customer caused leaves at any hour, but only this long after their message (rules.md §3). */
export const CAUSED_MS = 15 * MINUTE;
/** A STOP is confirmed once, and only while the confirmation still counts as an answer (47 CFR 64.1200(a)(12)). */
export const STOP_CONFIRMATION_MS = 5 * MINUTE;
/** Replies must have been read this recently before anything leaves (rules.md §2). */
export const REPLIES_FRESH_MS = 5 * MINUTE;
/** No marketing until the confirmation has been out this long (rules.md §1). */
export const AFTER_CONFIRMATION_MS = DAY;
/** A confirmation or double opt-in that waited longer than this for the carriers is asked again at the counter instead. */
export const CONFIRMATION_MAX_AGE_MS = 30 * DAY;
/** One double opt-in per number in this time. */
export const DOUBLE_OPT_IN_EVERY_MS = 90 * DAY;

/** What one class of text must pass. One column each of the table in rules.md §1. */
export interface GateRow {
  /** Consent: states of the needed purpose (purposes.ts) in which it may leave. */
  from: ReadonlySet<ConsentState>;
  /**
   * Consent: what a stop of everything does to it. `ends`: never to somebody who is out. `line`: the purpose's own line tells, for a
   * box "text me about this order" may be ticked anew after a stop. `answers`: it is the answer owed to whoever asks or stops.
   */
  stopped: 'ends' | 'line' | 'answers';
  /** Hold: may go to somebody whose reply the owner has not decided on. */
  toHeld: boolean;
  /**
   * Hours: `window`: only in the recipient's hours; `caused`: any hour for 15 minutes, then the window; `warned`: like caused, but the
   * owner may let it leave after a warning (one-to-one answers are no campaign, rules.md §2).
   */
  hours: 'window' | 'caused' | 'warned';
  /** Caps: spacing and monthly promise of the number. */
  caps: boolean;
  /** Sync: unread replies must have been read and classified within REPLIES_FRESH_MS. No class is exempt. */
  sync: true;
  /** Waits until the carriers approved the sender. No class is exempt: an unregistered sender is filtered for everybody. */
  approval: true;
  /** Brand: the words must name the shop; a person's own answer in a conversation need not. */
  brand: boolean;
  /**
   * STOP line: `always`: the words must say STOP; `offered`: on unless the owner takes it off; `none`: they answer something, or say
   * that texts have ended.
   */
  stopLine: 'always' | 'offered' | 'none';
  /** No offer, no news: fixed words, or word about an order only (a single promotional line makes it marketing). */
  promoFree: boolean;
  /** The owner's monthly spending limit holds it back; what carriers and law require to be answered never waits for money. */
  spendLimit: boolean;
  /** Milliseconds after the cause when it is no longer worth sending; null = no limit. */
  maxAge: number | null;
}

const of = (...s: ConsentState[]): ReadonlySet<ConsentState> => new Set(s);
const ANY = of('in', 'pending', 'out', 'never', 'hold', 'paused');
const EVERY = { sync: true, approval: true } as const;

/**
 * The one table (rules.md §1). Asked when people are counted, when a text is queued and again in the transaction that claims it for
 * sending; nothing else decides. Sources per row, all in facts/compliance.md:
 * - marketing: A1 prior express written consent; A2 every text identifies the sender, STOP line at least every 30 days; B hours; D caps
 * - service: A1 express consent for that purpose is enough, any promotional line makes it marketing
 * - reply: rules.md §2, a conversation they began; hours are a warning
 * - double-opt-in: A4, one message, no reminder; rules.md §1, once per number per 90 days
 * - confirmation: A2 the five elements; rules.md §1, for sign-ups up to 30 days old
 * - help: A2, answered even for people who never subscribed or have stopped
 * - stop-confirmation: 47 CFR 64.1200(a)(12): one, within five minutes, no marketing
 */
export const GATE: Readonly<Record<MessageClass, GateRow>> = {
  marketing: {
    ...EVERY,
    from: of('in'),
    stopped: 'ends',
    toHeld: false,
    hours: 'window',
    caps: true,
    brand: true,
    stopLine: 'offered',
    promoFree: false,
    spendLimit: true,
    maxAge: null,
  },
  service: {
    ...EVERY,
    from: of('in'),
    stopped: 'line',
    toHeld: false,
    hours: 'window',
    caps: false,
    brand: true,
    stopLine: 'offered',
    promoFree: true,
    spendLimit: true,
    maxAge: null,
  },
  reply: {
    ...EVERY,
    from: of('in', 'pending', 'never', 'paused'),
    stopped: 'ends',
    toHeld: false,
    hours: 'warned',
    caps: false,
    brand: false,
    stopLine: 'none',
    promoFree: false,
    spendLimit: true,
    maxAge: null,
  },
  'double-opt-in': {
    ...EVERY,
    from: of('pending'),
    stopped: 'ends',
    toHeld: false,
    hours: 'caused',
    caps: false,
    brand: true,
    stopLine: 'always',
    promoFree: true,
    spendLimit: true,
    maxAge: CONFIRMATION_MAX_AGE_MS,
  },
  confirmation: {
    ...EVERY,
    from: of('in'),
    stopped: 'ends',
    toHeld: false,
    hours: 'caused',
    caps: false,
    brand: true,
    stopLine: 'always',
    promoFree: true,
    spendLimit: true,
    maxAge: CONFIRMATION_MAX_AGE_MS,
  },
  help: {
    ...EVERY,
    from: ANY,
    stopped: 'answers',
    toHeld: true,
    hours: 'caused',
    caps: false,
    brand: true,
    stopLine: 'always',
    promoFree: true,
    spendLimit: false,
    maxAge: null,
  },
  'stop-confirmation': {
    ...EVERY,
    from: of('out'),
    stopped: 'answers',
    toHeld: false,
    hours: 'caused',
    caps: false,
    brand: true,
    stopLine: 'none',
    promoFree: true,
    spendLimit: false,
    maxAge: STOP_CONFIRMATION_MS,
  },
};
