import { outboxById } from '@db/queries/outbox';
import { claim } from '@db/queries/outbox-sender';
import { HOUR, type UtcMs } from '@domain/kernel';
import { writeAnswers } from '@services/outbox/post';
import { recoverSending } from '@services/outbox/reconcile';
import type { Answer } from '@services/outbox/sender-state';
import { senderState } from '@services/outbox/sender-state';
import { afterEach, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aSendingCampaign, aSendingShop, type SendingShop, stateOf } from '../support/sending-shop';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('an answer that could be written only after its text was taken for cut off still settles it', async () => {
  shop = await aSendingShop();
  const { ctx, carrier } = shop;
  const { outbox } = aSendingCampaign(ctx, { people: 1 });
  const id = outbox[0] as never;
  const now = ctx.clock.now();
  const row = outboxById(ctx.db, id);
  if (!row) throw new Error('no row');
  const attemptId = ctx.db.tx((trx) => claim(trx, row, { epoch: 1, sender: SENDER, now, offset: 0 })) as number;
  const outcome = await carrier.gateway.send({
    to: row.address,
    body: row.body,
    sender: { kind: 'number', number: SENDER },
    validitySeconds: 3600,
  });
  // the disk was full when the answer came, the sender ended and began anew
  const answer: Answer = { row, attemptId, startedAt: now as UtcMs, outcome };
  recoverSending(ctx);
  expect(stateOf(ctx, id).state).toBe('uncertain');
  const s = senderState(ctx);
  s.unwritten.push(answer);
  writeAnswers(ctx, s);
  await shop.run(() => stateOf(ctx, id).state === 'delivered', 3 * HOUR);
  expect(stateOf(ctx, id).state).toBe('delivered');
});
