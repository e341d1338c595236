import { enqueue } from '@db/queries/outbox';
import { DAY, HOUR, type OutboxId, type PhoneE164 } from '@domain/kernel';
import { marketingState, recordSignUp, sweepConsent, withConsent } from '@services/consent/index';
import { expect, it } from 'vitest';
import { aMarketingDraft, aNewYorker, aSendingShop, stateOf } from '../support/sending-shop';

/*
 * Story: Ana signs up while the shop's number still waits for the carriers. Approval takes 40 days. Her confirmation is too old to
 * send by then, so it was skipped, and the first offer left at once, to somebody who never had a confirmation. She is to be asked
 * again at the counter (rules.md §1).
 */
it('a sign-up whose confirmation could not leave in 30 days gets no marketing until it is made again', async () => {
  const shop = await aSendingShop({ settings: { texting: { senderApproved: false } } });
  const { ctx } = shop;
  const ana: PhoneE164 = aNewYorker(1);
  const signUp = () => withConsent(ctx, (trx) => recordSignUp(ctx, trx, { phone: ana, method: 'screen', occurredAt: ctx.clock.now() }));
  signUp();
  await shop.drain();
  shop.advance(40 * DAY);
  ctx.db.prepare("UPDATE setting SET value = json_set(value, '$.senderApproved', json('true')) WHERE key = 'texting'").run();
  ctx.db.raw
    .prepare("INSERT INTO campaign (id, name, state, created_at, updated_at, started_at) VALUES (1, 'Boots', 'sending', 0, 0, 0)")
    .run();
  const offer = ctx.db.tx((trx) => enqueue(trx, aMarketingDraft(ana, ctx.clock.now()))) as OutboxId;

  await shop.drain();
  expect(stateOf(ctx, offer).state).not.toBe('accepted');
  sweepConsent(ctx, true);
  expect(marketingState(ctx, ana)).toBe('paused');
  shop.advance(HOUR);
  await shop.drain();
  expect(stateOf(ctx, offer)).toMatchObject({ state: 'skipped', sid: null });

  signUp(); // asked again at the counter
  expect(marketingState(ctx, ana)).toBe('in');
  const confirmation = ctx.db.prepare("SELECT state FROM outbox WHERE message_class = 'confirmation' ORDER BY id DESC").pluck().get();
  expect(confirmation).toBe('waiting');
  sweepConsent(ctx, true);
  expect(marketingState(ctx, ana)).toBe('in');
  await shop.close();
});
