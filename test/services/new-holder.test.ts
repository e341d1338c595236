import { customerById, insertCustomer } from '@db/queries/customers';
import { stateOf } from '@domain/consent/status';
import { DAY, type PhoneE164, type UtcMs } from '@domain/kernel';
import { consentOf, recordRestart, recordSignUp, withConsent } from '@services/consent';
import { numberHasNewHolder } from '@services/customers/new-holder';
import { describe, expect, it } from 'vitest';
import { aCtx, NOON, owner } from '../support/test-ctx';

const PHONE = '+12125550123' as PhoneE164;

describe('a number that belongs to somebody else now', () => {
  it('ends what the former holder permitted for good, leaves both of a family, and begins anew by an own sign-up', () => {
    const ctx = aCtx({ settings: { texting: { senderApproved: true } } });
    const [ana, ben] = ['Ana', 'Ben'].map((firstName) => ctx.db.tx((trx) => insertCustomer(trx, { firstName, phone: PHONE }, NOON)));
    const signUp = (at: number) =>
      withConsent(ctx, (trx) => recordSignUp(ctx, trx, { phone: PHONE, occurredAt: at as UtcMs, method: 'screen' }));
    const state = () => stateOf(consentOf(ctx.db, ctx.hmacKey, PHONE, ctx.clock.now()), 'marketing');
    signUp(NOON - 100 * DAY);
    expect(state()).toBe('in');
    numberHasNewHolder(ctx, owner, ana as never);
    expect(state()).toBe('out');
    expect(ctx.db.raw.prepare("SELECT count(*) FROM outbox WHERE state = 'waiting'").pluck().get()).toBe(0);
    for (const id of [ana, ben]) expect(customerById(ctx.db, id as never)?.phone).toBeNull();
    ctx.clock.set((NOON + DAY) as UtcMs);
    withConsent(ctx, (trx) => recordRestart(ctx, trx, { phone: PHONE, occurredAt: (NOON + DAY) as UtcMs }));
    expect(state()).not.toBe('in'); // their START brings nobody else's yes back
    signUp(NOON + DAY);
    expect(state()).toBe('in');
    expect(() => numberHasNewHolder(ctx, owner, ana as never)).toThrow(expect.objectContaining({ code: 'customer.bad-phone' }));
  });
});
