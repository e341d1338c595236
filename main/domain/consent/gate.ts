import type { UtcMs } from '../kernel';
import { AFTER_CONFIRMATION_MS, CAUSED_MS, DOUBLE_OPT_IN_EVERY_MS, GATE, type MessageClass } from './gate-table';
import type { ConsentState } from './status';

export {
  CONFIRMATION_MAX_AGE_MS,
  DOUBLE_OPT_IN_EVERY_MS,
  GATE,
  MESSAGE_CLASSES,
  type MessageClass,
  REPLIES_FRESH_MS,
  STOP_CONFIRMATION_MS,
} from './gate-table';

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
  | 'stop-not-said'
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
    /** State of the purpose this text needs (purposes.ts). */
    state: ConsentState;
    /** State for marketing as a whole. */
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
  /** What the words say; left out while there are no words yet. */
  words?: { namesShop: boolean; saysStop: boolean };
}

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
  if (f.words && row.brand && !f.words.namesShop) return skip('shop-not-named');
  if (f.words && row.stopLine === 'always' && !f.words.saysStop) return skip('stop-not-said');
  if (f.consent.carrierStop) return skip('carrier-stop'); // the carrier answers and blocks by itself
  if (row.stopped === 'ends' && f.consent.marketing === 'out') return skip('opted-out');
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
  if (row.sync && !f.repliesFresh) return wait(null, 'replies-unread');
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
