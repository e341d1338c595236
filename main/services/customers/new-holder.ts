import { customerById, customersByPhone, updateCustomer } from '@db/queries/customers';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { CustomerId } from '@domain/kernel';
import { recordNewHolder, withConsent } from '../consent';
import type { Ctx, Session } from '../ctx';

/**
 * The shop was told that a person's number belongs to somebody else now: what they had permitted is over for good, texts waiting for it are
 * called off, and it is taken off everybody who had it. Whoever has it now begins a line of their own by signing up (rules.md §1).
 */
export function numberHasNewHolder(ctx: Ctx, session: Session, id: CustomerId): void {
  const person = customerById(ctx.db, id);
  if (!person) throw new AppError('customer.not-found');
  const { phone } = person;
  if (!phone) throw new AppError('customer.bad-phone', { why: 'empty' });
  const now = ctx.clock.now();
  withConsent(ctx, (trx) => {
    recordNewHolder(ctx, trx, { phone, occurredAt: now, method: 'owner', staffId: session.staffId, customerId: id });
    for (const c of customersByPhone(trx, phone)) {
      updateCustomer(trx, c.id, { phone: null, phoneRaw: null, phoneKind: 'unknown', phoneProblem: null }, now);
    }
    audit(trx, { at: now, staffId: session.staffId, action: 'customer.new-holder', subject: String(id) });
  });
}
