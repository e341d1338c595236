import type { Db } from '@db/open';
import { askedLeftAt, type EvidenceLine, evidenceLines, statesOf } from '@db/queries/consent';
import { addressHmac } from '@domain/consent/hmac';
import { type FoldedState, PENDING_MS, stateOf } from '@domain/consent/status';
import type { PhoneE164, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

/**
 * What a number may be texted for at this moment. Reads the kept states; ends that have passed but were not written down yet (an
 * unanswered question after 7 days, an undecided hold after 10 business days) count as over. No record means no.
 */
export function consentOf(db: Db, hmacKey: Uint8Array, phone: PhoneE164, now: UtcMs): FoldedState[] {
  const states = statesOf(db, addressHmac(hmacKey, phone));
  const asked = states.filter((s) => s.state === 'pending' && !s.carrierStop).map((s) => s.eventId);
  const leftAt = asked.length > 0 ? askedLeftAt(db, asked) : null;
  return states.map((s) => {
    if (s.state === 'hold' && s.expiresAt !== null && now >= s.expiresAt)
      return { ...s, state: 'out', since: s.expiresAt, expiresAt: null };
    if (s.state !== 'pending' || s.carrierStop) return s;
    const left = leftAt?.get(s.eventId);
    if (left === undefined) return s;
    const expiresAt = (left + PENDING_MS) as UtcMs;
    return now > expiresAt ? { ...s, state: 'never', expiresAt: null } : { ...s, expiresAt };
  });
}

/** What an e-mail address may be written to for. Nobody is asked by e-mail, so nothing lapses by itself. */
export function emailConsentOf(db: Db, hmacKey: Uint8Array, email: string): FoldedState[] {
  return statesOf(db, addressHmac(hmacKey, email), 'email');
}

/** The state for marketing texts. */
export function marketingState(ctx: Ctx, phone: PhoneE164): FoldedState['state'] {
  return stateOf(consentOf(ctx.db, ctx.hmacKey, phone, ctx.clock.now()), 'marketing');
}

/** Every event of a number with the words shown and said, oldest first: the one-page proof. */
export function evidenceOf(ctx: Ctx, phone: PhoneE164): EvidenceLine[] {
  return evidenceLines(ctx.db, addressHmac(ctx.hmacKey, phone));
}
