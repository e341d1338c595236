import { dispatch } from '@backend/dispatch';
import { DAY, type PhoneE164 } from '@domain/kernel';
import { expect, it } from 'vitest';
import { aCtx, NOON, owner } from '../support/test-ctx';

const ANA = '+12125550123' as PhoneE164;
const BO = '+12125550124' as PhoneE164;

/*
 * Story: an answer in a conversation needs no permission, because the customer began it. Nothing asked whether they had: any number,
 * of any customer who never agreed to anything, could be "answered".
 */
it('nobody is answered who never wrote to us', async () => {
  const ctx = aCtx();
  ctx.db.raw
    .prepare(
      `INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, rule, handled)
       VALUES ('SM1', ?, '+18005550100', 'Do you have red ones?', ?, ?, 'message', '', 1)`,
    )
    .run(ANA, NOON - DAY, NOON - DAY);
  expect(await dispatch(ctx, owner, 'inbox/reply', { phone: ANA, body: 'Yes', hours: 'wait' })).toMatchObject({ ok: true });
  expect(await dispatch(ctx, owner, 'inbox/reply', { phone: BO, body: 'Come and see our sale', hours: 'wait' })).toMatchObject({
    ok: false,
  });
  expect(ctx.db.raw.prepare('SELECT address FROM outbox').pluck().all()).toEqual([ANA]);
});
