import { stateOf } from '@domain/consent/status';
import type { PhoneE164, UtcMs } from '@domain/kernel';
import type { CarrierMessage } from '@ports/sms-gateway';
import { consentOf } from '@services/consent';
import { takeInbound } from '@services/inbox';
import { expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aCtx, NOON } from '../support/test-ctx';

/**
 * The carrier's clock knows whole seconds, and its lists come newest first or in any order. Two texts of one second were taken in the
 * order of the list: somebody who wrote JOIN and then "stop texting me" was signed up by the one that happened to stand below.
 */
it('a stop and a JOIN of the same second end in a stop, whichever stands first in the list', async () => {
  const ana = '+12125550123' as PhoneE164;
  const said = (sid: string, body: string): CarrierMessage => ({
    sid: `SM${sid.padStart(32, '0')}`,
    direction: 'inbound',
    from: ana,
    to: SENDER,
    messagingServiceSid: null,
    body,
    status: 'received',
    errorCode: null,
    segments: 1,
    price: null,
    priceCurrency: null,
    createdAt: NOON as UtcMs,
    sentAt: NOON as UtcMs,
    updatedAt: NOON as UtcMs,
  });
  for (const list of [
    [said('1', 'JOIN'), said('2', 'stop texting me')],
    [said('1', 'stop texting me'), said('2', 'JOIN')],
    [said('2', 'stop texting me'), said('1', 'START')],
  ]) {
    const ctx = aCtx();
    await takeInbound(ctx, list);
    expect(stateOf(consentOf(ctx.db, ctx.hmacKey, ana, NOON), 'marketing')).toBe('out');
  }
});
