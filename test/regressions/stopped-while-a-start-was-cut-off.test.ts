import { saveDraft } from '@services/campaigns/drafts';
import { divisionOf } from '@services/campaigns/people';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { recordStop, withConsent } from '@services/consent/index';
import { sendingStatus } from '@services/outbox/status';
import { listGroups } from '@services/segments/segments';
import { expect, it } from 'vitest';
import { ACCOUNT, SENDER } from '../support/carrier';
import { aNewYorker, givePermission } from '../support/sending-shop';
import { aCtx, NOON, owner } from '../support/test-ctx';

/*
 * The power went while a campaign was being prepared; before it was started again one of its people wrote STOP. Their unseen text stayed
 * behind as cancelled beside their place among the excluded: the sums of the campaign were one too many. Found by the crash harness
 * (SOAK_SEED=2002).
 */
it('nobody stands in a campaign twice after an interrupted start', async () => {
  const sender = { kind: 'number', number: SENDER } as const;
  const ctx = aCtx({ settings: { texting: { mode: 'twilio', accountSid: ACCOUNT, sender, numbers: [SENDER], senderApproved: true } } });
  const phones = [aNewYorker(1), aNewYorker(2), aNewYorker(3)];
  givePermission(ctx, phones);
  const add = ctx.db.prepare(
    "INSERT INTO customer (first_name, phone, phone_kind, created_at, updated_at) VALUES ('P', ?, 'mobile', ?, ?)",
  );
  for (const phone of phones) add.run(phone, NOON, NOON);
  const id = saveDraft(ctx, null, {
    name: 'Boots',
    segmentId: listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id ?? null,
    body: 'Corner Shoes: boots are in.',
    offerId: null,
    addStopLine: true,
    holdout: 'off',
    goal: { kind: 'none', target: null },
    windowDays: 14,
  });
  const { quoteToken } = await review(ctx, id);
  const press = async () => ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: quoteToken ?? '' }, owner));
  await press();
  // as the power left it: written, not shown
  ctx.db.raw.exec("UPDATE outbox SET state = 'staged'; UPDATE campaign SET state = 'staging'");

  const stop = { phone: phones[1] as never, method: 'counter', reason: '', carrierStop: false, occurredAt: NOON } as const;
  withConsent(ctx, (trx) => recordStop(ctx, trx, stop));
  await press();

  const { text, excluded } = divisionOf(ctx, id);
  expect({ text, excluded: excluded.reduce((n, e) => n + e.count, 0) }).toEqual({ text: 2, excluded: 1 });
  expect(sendingStatus(ctx, id)).toMatchObject({ total: 2, counts: { waiting: 2 } });
});
