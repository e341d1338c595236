import type { CampaignId, PhoneE164, SegmentId } from '@domain/kernel';
import { cancelCampaign } from '@services/campaigns/control';
import { saveDraft } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { listGroups } from '@services/segments/segments';
import { expect, it } from 'vitest';
import { aNewYorker, givePermission } from '../support/sending-shop';
import { aCtx, owner } from '../support/test-ctx';

/*
 * Story: the owner presses send, sees the mistake and cancels while the texts are still being written. The writing went on, unseen
 * rows stayed behind in the cancelled campaign, and everybody in it counted as "another text is waiting": left out of every campaign
 * from then on.
 */
it('a campaign cancelled while it is being prepared leaves nobody behind as waiting', async () => {
  const ctx = aCtx({
    settings: { texting: { mode: 'practice', sender: { kind: 'number', number: '+12125559999' as PhoneE164 }, senderApproved: true } },
  });
  const phones = [1, 2, 3].map(aNewYorker);
  for (const phone of phones) {
    ctx.db.raw
      .prepare("INSERT INTO customer (first_name, phone, phone_kind, created_at, updated_at) VALUES ('Ana', ?, 'mobile', 0, 0)")
      .run(phone);
  }
  givePermission(ctx, phones);
  const segmentId = listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId;
  const draft = (name: string): CampaignId =>
    saveDraft(ctx, null, {
      name,
      segmentId,
      body: '{shop}: boots are in.',
      offerId: null,
      addStopLine: true,
      holdout: 'off',
      goal: { kind: 'none', target: null },
      windowDays: 14,
    });
  const id = draft('Boots');
  const { quoteToken } = await review(ctx, id);
  const task = await startCampaign(ctx, { id, quoteToken: quoteToken ?? '' }, owner);
  cancelCampaign(ctx, id, owner);
  await ctx.tasks.finished(task).catch(() => undefined);

  expect(ctx.db.raw.prepare('SELECT state FROM campaign WHERE id = ?').pluck().get(id)).toBe('cancelled');
  expect(ctx.db.raw.prepare("SELECT count(*) FROM outbox WHERE state IN ('staged', 'waiting')").pluck().get()).toBe(0);
  expect((await review(ctx, draft('Socks'))).people).toBe(3);
});
