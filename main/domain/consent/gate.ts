import { DAY, MINUTE, type UtcMs } from '../kernel';
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
const CAUSED_MS = 15 * MINUTE;
/** A STOP is confirmed once, and only while the confirmation still counts as an answer (47 CFR 64.1200(a)(12)). */
export const STOP_CONFIRMATION_MS = 5 * MINUTE;
/** Replies must have been read this recently before anything leaves (rules.md §2). */
export const REPLIES_FRESH_MS = 5 * MINUTE;
/** No marketing until the confirmation has been out this long (rules.md §1). */
const AFTER_CONFIRMATION_MS = DAY;
/** A confirmation or double opt-in that waited longer than this for the carriers is asked again at the counter instead. */
export const CONFIRMATION_MAX_AGE_MS = 30 * DAY;
/** One double opt-in per number in this time. */
export const DOUBLE_OPT_IN_EVERY_MS = 90 * DAY;

export type GateReason =
  | 'not-agreed'
  | 'opted-out'
  | 'held'
  | 'paused'
  | 'carrier-stop'
  | 'not-asked'
  | 'too-late'
  | 'asked-recently'
  | 'stale-sign-up'
  | 'bad-number'
  | 'shop-not-named'
  | 'replies-unread'
  | 'sender-not-approved'
  | 'confirmation-first'
  | 'quiet-hours'
  | 'caps';

export type GateDecision =
  | { kind: 'send' }
  /** Ask again at `until`; null = when something changes (replies read, sender approved). */
  | { kind: 'wait'; until: UtcMs | null; reason: GateReason }
  /** Never: the row is finished. */
  | { kind: 'skip'; reason: GateReason };

export interface GateFacts {
  messageClass: MessageClass;
  now: UtcMs;
  consent: {
    /** State of the purpose this text needs: the topic's or `marketing`; for `service` the service purpose. */
    state: ConsentState;
    /** State for marketing as a whole: a stop there stops every class. */
    marketing: ConsentState;
    carrierStop: boolean;
  };
  /** The number was marked by the carrier as not textable (30005, 30006, 21614). */
  badNumber?: boolean;
  /** Replies were read and classified within REPLIES_FRESH_MS. */
  repliesFresh: boolean;
  /** The carriers approved the sender. */
  senderApproved: boolean;
  /** The recipient's send window; opensAt when closed. */
  hours: { open: boolean; opensAt: UtcMs | null };
  /** Spacing and monthly promise of this number; `freeAt` null = not again this campaign. */
  caps: { free: boolean; freeAt: UtcMs | null };
  /** When the customer's own message or sign-up that caused this text happened. */
  causedAt?: UtcMs | null;
  /** When the carrier accepted this number's latest confirmation; null = none was ever queued, undefined = queued, not out yet. */
  confirmedAt?: UtcMs | null;
  /** When another double opt-in to this number left. */
  lastDoubleOptInAt?: UtcMs | null;
  /** A personal answer the owner lets leave outside the hours, after a warning. */
  hoursWaived?: boolean;
  /** The body names the shop. */
  namesShop?: boolean;
}

interface Row {
  /** States of the needed purpose in which this may leave. */
  from: ReadonlySet<ConsentState>;
  /** May go to somebody who said stop (the answer to that stop; help, which must be answered for anyone). */
  toStopped: boolean;
  /** May go to somebody whose stop the owner has not decided on. */
  toHeld: boolean;
  /**
   * `window`: only in the recipient's hours; `caused`: any hour for 15 minutes, then the window; `warned`: like caused, but the owner
   * may let it leave after a warning (one-to-one answers are no campaign, rules.md §2).
   */
  hours: 'window' | 'caused' | 'warned';
  caps: boolean;
  /** Waits until the carriers approved the sender. */
  approval: boolean;
  /** Every text the shop sends by itself must say who it is from; a person's own reply in a conversation need not. */
  namesShop: boolean;
  /** Milliseconds after the cause when it is no longer worth sending; null = no limit. */
  maxAge: number | null;
}

const ANY: ReadonlySet<ConsentState> = new Set(['in', 'pending', 'out', 'never', 'hold', 'paused']);
const of = (...s: ConsentState[]): ReadonlySet<ConsentState> => new Set(s);

/**
 * The one gate table (rules.md §1). Asked when people are counted, when a text is queued and again at the moment it leaves.
 * HELP goes to stopped and held people too: carriers require an answer to whoever asks, and it carries no offer.
 */
export const GATE: Readonly<Record<MessageClass, Row>> = {
  marketing: {
    from: of('in'),
    toStopped: false,
    toHeld: false,
    hours: 'window',
    caps: true,
    approval: true,
    namesShop: true,
    maxAge: null,
  },
  service: {
    from: of('in'),
    toStopped: false,
    toHeld: false,
    hours: 'window',
    caps: false,
    approval: true,
    namesShop: true,
    maxAge: null,
  },
  reply: {
    from: of('in', 'pending', 'never', 'paused'),
    toStopped: false,
    toHeld: false,
    hours: 'warned',
    caps: false,
    approval: true,
    namesShop: false,
    maxAge: null,
  },
  'double-opt-in': {
    from: of('pending'),
    toStopped: false,
    toHeld: false,
    hours: 'caused',
    caps: false,
    approval: true,
    namesShop: true,
    maxAge: CONFIRMATION_MAX_AGE_MS,
  },
  confirmation: {
    from: of('in'),
    toStopped: false,
    toHeld: false,
    hours: 'caused',
    caps: false,
    approval: true,
    namesShop: true,
    maxAge: CONFIRMATION_MAX_AGE_MS,
  },
  help: { from: ANY, toStopped: true, toHeld: true, hours: 'caused', caps: false, approval: true, namesShop: true, maxAge: null },
  'stop-confirmation': {
    from: of('out'),
    toStopped: true,
    toHeld: false,
    hours: 'caused',
    caps: false,
    approval: true,
    namesShop: true,
    maxAge: STOP_CONFIRMATION_MS,
  },
};

const skip = (reason: GateReason): GateDecision => ({ kind: 'skip', reason });
const wait = (until: UtcMs | null, reason: GateReason): GateDecision => ({ kind: 'wait', until, reason });

/** Why a state does not allow a class. */
function refusal(state: ConsentState): GateReason {
  if (state === 'out') return 'opted-out';
  if (state === 'hold') return 'held';
  if (state === 'paused') return 'paused';
  return 'not-agreed';
}

/**
 * May this text leave now? What can never become right is skipped; what may become right waits. Consent is looked at first, so
 * a text that must not go is never kept waiting for an hour or a cap.
 */
export function gate(f: GateFacts): GateDecision {
  const row = GATE[f.messageClass];
  const age = f.causedAt == null ? null : f.now - f.causedAt;

  if (f.badNumber) return skip('bad-number');
  if (row.namesShop && f.namesShop === false) return skip('shop-not-named');
  if (f.consent.carrierStop) return skip('carrier-stop'); // the carrier answers and blocks by itself
  if (!row.toStopped && f.consent.marketing === 'out') return skip('opted-out');
  if (!row.toHeld && (f.consent.marketing === 'hold' || f.consent.state === 'hold')) return skip('held');
  if (!row.from.has(f.consent.state)) {
    return skip(f.messageClass === 'double-opt-in' && f.consent.state !== 'out' ? 'not-asked' : refusal(f.consent.state));
  }
  if (row.maxAge !== null && age !== null && age > row.maxAge) {
    return skip(f.messageClass === 'stop-confirmation' ? 'too-late' : 'stale-sign-up');
  }
  if (f.messageClass === 'double-opt-in' && f.lastDoubleOptInAt != null && f.now - f.lastDoubleOptInAt < DOUBLE_OPT_IN_EVERY_MS) {
    return skip('asked-recently');
  }

  if (row.approval && !f.senderApproved) return wait(null, 'sender-not-approved');
  if (!f.repliesFresh) return wait(null, 'replies-unread');
  if (f.messageClass === 'marketing' && f.confirmedAt !== null) {
    const free = f.confirmedAt === undefined ? null : ((f.confirmedAt + AFTER_CONFIRMATION_MS) as UtcMs);
    if (free === null || f.now < free) return wait(free, 'confirmation-first');
  }
  const caused = row.hours !== 'window' && age !== null && age <= CAUSED_MS;
  const waived = row.hours === 'warned' && f.hoursWaived === true;
  if (!caused && !waived && !f.hours.open) return wait(f.hours.opensAt, 'quiet-hours');
  if (row.caps && !f.caps.free) return f.caps.freeAt === null ? skip('caps') : wait(f.caps.freeAt, 'caps');
  return { kind: 'send' };
}
