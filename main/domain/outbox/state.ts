import type { UtcMs } from '../kernel';

/**
 * The life of one text (rules.md §4). The same words as the outbox table's CHECK:
 * staged (unseen) → waiting → sending → at the carrier, refused by it, or uncertain. `scheduled`: at the carrier, which holds it until
 * its time; it has not left and can be called back.
 */
export type OutboxState =
  | 'staged'
  | 'waiting'
  | 'sending'
  | 'scheduled'
  | 'accepted'
  | 'queued'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'rejected'
  | 'uncertain'
  | 'skipped'
  | 'cancelled';

/** What a carrier's status means for us. */
export type CarrierState = 'scheduled' | 'accepted' | 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed';

export type OutboxAction =
  | { do: 'show' }
  | { do: 'claim' }
  | { do: 'skip' }
  | { do: 'cancel' }
  /** The carrier answered our POST with a message, or one was found that can only be ours. */
  | { do: 'accept'; as: CarrierState }
  | { do: 'reject' }
  /** The POST surely never reached the carrier. */
  | { do: 'put-back' }
  | { do: 'lose-sight' }
  /** The carrier says it will never send what it held: the text may be posted again (`again`), or is called off. */
  | { do: 'recalled'; again: boolean }
  /** A later word from the carrier; `newer` = told after the last one we stored. */
  | { do: 'report'; as: CarrierState; newer: boolean }
  /** Only on the owner's click: an uncertain text (twice is their decision), or one refused because of the account. */
  | { do: 'resend' }
  /** By itself: it failed at the carrier for a reason that means it never left (resend.ts decides which). */
  | { do: 'retry' };

/** How far along a text is at the carrier; a report never takes it back. */
export const RANK: Readonly<Record<CarrierState, number>> = {
  scheduled: 0,
  accepted: 1,
  queued: 2,
  sent: 3,
  delivered: 4,
  undelivered: 4,
  failed: 4,
};

const AT_CARRIER: readonly string[] = Object.keys(RANK);
export const isAtCarrier = (s: OutboxState): s is CarrierState => AT_CARRIER.includes(s);

/** Nothing more is expected by itself. `sent` may stay for ever when no receipt comes. */
export const isFinal = (s: OutboxState): boolean =>
  s === 'delivered' || s === 'undelivered' || s === 'failed' || s === 'rejected' || s === 'skipped' || s === 'cancelled';

/** The next state, or null when the action does not apply (somebody else was first: leave the row alone). */
export function advance(state: OutboxState, action: OutboxAction): OutboxState | null {
  switch (action.do) {
    case 'show':
      return state === 'staged' ? 'waiting' : null;
    case 'claim':
      return state === 'waiting' ? 'sending' : null;
    case 'skip':
      return state === 'waiting' ? 'skipped' : null;
    case 'cancel':
      return state === 'staged' || state === 'waiting' ? 'cancelled' : null;
    case 'accept':
      return state === 'sending' || state === 'uncertain' ? action.as : null;
    case 'reject':
      return state === 'sending' ? 'rejected' : null;
    case 'put-back':
      return state === 'sending' ? 'waiting' : null;
    case 'lose-sight':
      return state === 'sending' ? 'uncertain' : null;
    case 'recalled':
      return state === 'scheduled' ? (action.again ? 'waiting' : 'cancelled') : null;
    case 'resend':
      return state === 'uncertain' || state === 'rejected' ? 'waiting' : null;
    case 'retry':
      return state === 'failed' ? 'waiting' : null;
    case 'report': {
      if (!isAtCarrier(state)) return null;
      const from = RANK[state];
      const to = RANK[action.as];
      if (to > from) return action.as;
      // A corrected receipt: the carrier may change its mind between endings, never back to "on its way".
      return to === from && to === 4 && action.as !== state && action.newer ? action.as : null;
    }
  }
}

/** The carrier's own status word in our terms; null for words an outgoing text never has. */
export function carrierState(status: string): CarrierState | null {
  switch (status) {
    case 'scheduled':
      return 'scheduled';
    case 'accepted':
      return 'accepted';
    case 'queued':
    case 'sending':
      return 'queued';
    case 'sent':
      return 'sent';
    case 'delivered':
    case 'read':
    case 'partially_delivered':
      return 'delivered';
    case 'undelivered':
      return 'undelivered';
    case 'failed':
    case 'canceled':
      return 'failed';
    default:
      return null;
  }
}

/** Keeps the carrier from delivering after the window closes: whole seconds left, 5–36,000; null when too little is left to try. */
export function validitySeconds(now: UtcMs, closesAt: UtcMs | null): number | null {
  if (closesAt === null) return 14_400;
  const left = Math.floor((closesAt - now) / 1000);
  return left < 5 ? null : Math.min(36_000, left);
}
