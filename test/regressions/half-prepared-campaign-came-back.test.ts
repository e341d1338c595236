import { replayJournal } from '@services/backups/replay';
import { saveDraft } from '@services/campaigns/drafts';
import { divisionOf } from '@services/campaigns/people';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { sendingStatus } from '@services/outbox/status';
import { listGroups } from '@services/segments/segments';
import { expect, it } from 'vitest';
import { ACCOUNT, SENDER } from '../support/carrier';
import { aNewYorker, givePermission } from '../support/sending-shop';
import { aCtx, NOON, owner } from '../support/test-ctx';

/*
 * A copy was made while a campaign was being prepared, and brought back after the campaign had left. It came back as a campaign to the
 * few people written down by then, all of them told as never texted; the rest stood nowhere. Found by the crash harness (SOAK_SEED=3000).
 */
it('a copy made in the middle of a start brings back no part of its people', async () => {
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
  await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: quoteToken ?? '' }, owner));
  // as the copy caught it: two of three written, none shown
  ctx.db.raw.exec(`UPDATE outbox SET state = 'staged'; UPDATE campaign SET state = 'staging';
    DELETE FROM outbox WHERE customer_id = 3; DELETE FROM campaign_person WHERE customer_id = 3`);
  expect(divisionOf(ctx, id).text).toBe(2);

  ctx.db.tx((trx) => replayJournal(trx, ctx.hmacKey, [{ kind: 'campaign-started', at: NOON, row: { id } }], NOON));
  expect(ctx.db.raw.prepare('SELECT state FROM campaign WHERE id = ?').pluck().get(id)).toBe('cancelled');
  expect({ people: divisionOf(ctx, id), texts: sendingStatus(ctx, id).total }).toMatchObject({
    people: { text: 0, excluded: [] },
    texts: 0,
  });
  await expect(startCampaign(ctx, { id, quoteToken: quoteToken ?? '' }, owner)).rejects.toMatchObject({ code: 'campaign.bad-state' });
});
