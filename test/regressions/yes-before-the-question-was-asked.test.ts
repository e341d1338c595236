import { DAY, MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import type { CarrierMessage } from '@ports/sms-gateway';
import { marketingState, recordDoubleOptInAsked, withConsent } from '@services/consent';
import { takeInbound } from '@services/inbox';
import { expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';

const ANA = '+12125550123' as PhoneE164;
let n = 0;
const says = (ctx: TestCtx, body: string, at: number) =>
  takeInbound(ctx, [
    {
      sid: `SM${String(++n).padStart(32, '0')}`,
      direction: 'inbound',
      from: ANA,
      to: SENDER,
      messagingServiceSid: null,
      body,
      status: 'received',
      errorCode: null,
      segments: 1,
      price: null,
      priceCurrency: null,
      createdAt: at as UtcMs,
      sentAt: at as UtcMs,
      updatedAt: at as UtcMs,
    } satisfies CarrierMessage,
  ]);
const asked = (ctx: TestCtx, at: UtcMs = NOON) =>
  withConsent(ctx, (trx) => recordDoubleOptInAsked(ctx, trx, { phone: ANA, occurredAt: at, staffId: null }));
const left = (ctx: TestCtx, at: number) =>
  ctx.db.raw.prepare("UPDATE outbox SET state = 'accepted', left_at = ? WHERE cause_kind = 'double-opt-in'").run(at);

/*
 * Story: the clerk wrote down Ana's number, and the question had to wait for the carriers' approval. Ana answered "Yes" to something
 * else (the owner had asked her by text whether to keep the boots): it was read as her yes to a question nobody had asked her.
 */
it('a yes to a question that has not left is no permission', async () => {
  const ctx = aCtx();
  asked(ctx);
  await says(ctx, 'Yes', NOON + MINUTE);
  expect(marketingState(ctx, ANA)).toBe('pending');
  expect(ctx.db.raw.prepare("SELECT count(*) FROM outbox WHERE cause_kind = 'confirmation'").pluck().get()).toBe(0);
  // and somebody reads what it was about
  expect(ctx.db.raw.prepare('SELECT count(*) FROM inbound WHERE read_at IS NULL').pluck().get()).toBe(1);
});

it('nor is a yes written before the question left, read after it', async () => {
  const ctx = aCtx();
  asked(ctx);
  ctx.clock.advance(10 * MINUTE);
  left(ctx, NOON + 9 * MINUTE);
  await says(ctx, 'Yes', NOON - 5 * MINUTE);
  expect(marketingState(ctx, ANA)).toBe('pending');
  await says(ctx, 'Y', NOON + 9.5 * MINUTE);
  expect(marketingState(ctx, ANA)).toBe('in');
});

it('nor a yes to a question the carrier refused', async () => {
  const ctx = aCtx();
  asked(ctx);
  ctx.db.raw.prepare("UPDATE outbox SET state = 'rejected', final_at = ? WHERE cause_kind = 'double-opt-in'").run(NOON);
  ctx.clock.advance(DAY);
  await says(ctx, 'Yes', NOON + DAY);
  expect(marketingState(ctx, ANA)).toBe('pending');
});
