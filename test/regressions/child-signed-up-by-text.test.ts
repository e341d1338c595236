import { dispatch } from '@backend/dispatch';
import type { PhoneE164, UtcMs } from '@domain/kernel';
import type { CarrierMessage } from '@ports/sms-gateway';
import { marketingState } from '@services/consent';
import { displayState } from '@services/counter/screen';
import { sessionAt, turnToCustomer } from '@services/counter/turn';
import { takeInbound } from '@services/inbox';
import { expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aCtx, clerk, NOON, type TestCtx } from '../support/test-ctx';

const TIM = '+12125550123' as PhoneE164;
const child = (ctx: TestCtx) =>
  ctx.db.raw
    .prepare(
      "INSERT INTO customer (first_name, phone, phone_kind, birthday, created_at, updated_at) VALUES ('Tim', ?, 'mobile', '2012-05-05', 0, 0)",
    )
    .run(TIM);
const join = {
  sid: `SM${'1'.padStart(32, '0')}`,
  direction: 'inbound',
  from: TIM,
  to: SENDER,
  messagingServiceSid: null,
  body: 'JOIN',
  status: 'received',
  errorCode: null,
  segments: 1,
  price: null,
  priceCurrency: null,
  createdAt: NOON,
  sentAt: NOON,
  updatedAt: NOON as UtcMs,
} satisfies CarrierMessage;

/*
 * Story: the shop knows that Tim is fourteen. On the screen he was refused as long as he typed his birthday; he left it empty, or texted
 * JOIN from the sign, and was in.
 */
it('somebody known to be under 18 is not signed up by text, and the owner reads what they wrote', async () => {
  const ctx = aCtx();
  child(ctx);
  await takeInbound(ctx, [join]);
  expect(marketingState(ctx, TIM)).toBe('never');
  expect(ctx.db.raw.prepare('SELECT count(*) FROM inbound WHERE read_at IS NULL').pluck().get()).toBe(1);
  expect(ctx.db.raw.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0);
});

it('nor by the clerk, nor on the screen, when the birthday is left empty', async () => {
  const ctx = aCtx();
  child(ctx);
  const said = { how: 'clerk', phone: TIM, firstName: 'Tim', birthday: '', ticked: true, language: 'en', wordingHash: null, topics: [] };
  const asked = await dispatch(ctx, clerk, 'counter/sign-up', said);
  expect(asked).toMatchObject({ ok: false, error: { code: 'consent.under-age' } });
  turnToCustomer(ctx, clerk, 'en');
  const session = sessionAt(ctx, clerk.windowId);
  const { words, turn } = displayState(ctx, session);
  const wordingHash = words?.wording.find((w) => w.language === 'en' && w.promiseMax === 4)?.hash ?? '';
  const done = await dispatch(ctx, session, 'display/sign-up', {
    turn,
    phone: TIM,
    firstName: 'Tim',
    birthday: '',
    ticked: true,
    promiseMax: 4,
    language: 'en',
    wordingHash,
    topics: [],
    email: '',
    emailTicked: false,
    emailWordingHash: '',
  });
  expect(done).toMatchObject({ ok: true, value: { outcome: 'refused' } });
  expect(marketingState(ctx, TIM)).toBe('never');
});

it('a mother at the same number is not taken for her child', async () => {
  const ctx = aCtx();
  child(ctx);
  ctx.db.raw
    .prepare("INSERT INTO customer (first_name, phone, phone_kind, created_at, updated_at) VALUES ('Mia', ?, 'mobile', 0, 0)")
    .run(TIM);
  await takeInbound(ctx, [join]);
  expect(marketingState(ctx, TIM)).toBe('in');
});
