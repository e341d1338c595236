import { DAY, HOUR, type PhoneE164, type UtcMs } from '@domain/kernel';
import { recordSignUp, withConsent } from '@services/consent';
import { whyNotNow } from '@services/consent/may-text';
import { expect, it } from 'vitest';
import { aCtx, NOON } from '../support/test-ctx';

it('a sign-up that a restored copy knows without its confirmation still waits a day for the first offer', () => {
  const ctx = aCtx({ settings: { texting: { senderApproved: true } } });
  const phone = '+12125550123' as PhoneE164;
  withConsent(ctx, (trx) => recordSignUp(ctx, trx, { phone, occurredAt: (NOON - HOUR) as UtcMs, method: 'screen' }));
  ctx.db.raw.exec('DELETE FROM outbox'); // the copy is older than the text
  const asked = () => whyNotNow(ctx, { customerId: null, phone }, 'marketing');
  expect(asked()).toMatchObject({ kind: 'later', why: [{ reason: 'confirmation-first' }] });
  ctx.clock.set((NOON + DAY) as UtcMs);
  expect(asked()).toMatchObject({ kind: 'now' });
});
