import { statesOf } from '@db/queries/consent';
import { cancelMailsTo, emailNow } from '@db/queries/mail';
import { addressHmac } from '@domain/consent/hmac';
import { stateOf } from '@domain/consent/status';
import { toEmail } from '@domain/customers/phone';
import { AppError } from '@domain/errors';
import type { CustomerId, StaffId } from '@domain/kernel';
import { recordEmailStop, withConsent } from '../consent';
import type { Ctx, Session } from '../ctx';

/**
 * No more e-mails to an address, from this moment on: the ledger, and what waits for it, in one transaction. Said again by their program
 * it is not written down again. Returns how many mails were called off.
 * @throws AppError customer.bad-email
 */
export function stopMails(
  ctx: Ctx,
  raw: string,
  o: { method: 'reply' | 'counter' | 'owner'; reason: string; text?: string; staffId: StaffId | null },
): number {
  const email = toEmail(raw);
  if (email === null) throw new AppError('customer.bad-email');
  const now = ctx.clock.now();
  const n = withConsent(ctx, (trx) => {
    const out = stateOf(statesOf(trx, addressHmac(ctx.hmacKey, email), 'email'), 'marketing') === 'out';
    if (!out || o.method !== 'reply') {
      recordEmailStop(ctx, trx, {
        email,
        method: o.method,
        reason: o.reason,
        occurredAt: now,
        staffId: o.staffId,
        ...(o.text === undefined ? {} : { inboundText: o.text }),
      });
    }
    return cancelMailsTo(trx, email, 'opted-out', now);
  });
  ctx.changed('consent', 'customers', 'outbox', 'campaigns');
  return n;
}

/** "Please, no more e-mails", said at the counter. @throws AppError customer.not-found */
export function stopPerson(ctx: Ctx, session: Session, customerId: CustomerId): void {
  const email = emailNow(ctx.db, customerId);
  if (!email) throw new AppError('customer.not-found');
  stopMails(ctx, email, { method: 'counter', reason: 'asked', staffId: session.staffId });
}
