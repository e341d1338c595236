import type { CampaignId, CustomerId } from '@domain/kernel';
import { saveDraft } from '@services/campaigns/drafts';
import { peopleOf } from '@services/campaigns/people';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { erasePerson } from '@services/privacy/erase';
import { listGroups } from '@services/segments/segments';
import { expect, it } from 'vitest';
import { ACCOUNT, SENDER } from '../support/carrier';
import { aNewYorker, givePermission } from '../support/sending-shop';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

/*
 * Somebody whose data was erased while their text waited stood among all people of the campaign as "Gets the text" and in none of its
 * parts: the owner counted one person too few.
 */
const idsIn = async (ctx: TestCtx, id: CampaignId, view: 'all' | 'waiting' | 'skipped') =>
  (await peopleOf(ctx, { id, view, reason: null, offset: 0, limit: 200 })).rows.map((r) => ({ id: r.customerId, reason: r.reason }));

it('an erased person is listed among those who got no text, with the reason', async () => {
  const sender = { kind: 'number', number: SENDER } as const;
  const ctx = aCtx({ settings: { texting: { mode: 'twilio', accountSid: ACCOUNT, sender, numbers: [SENDER], senderApproved: true } } });
  const phones = [aNewYorker(1), aNewYorker(2), aNewYorker(3)];
  givePermission(ctx, phones);
  const people = phones.map(
    (phone) =>
      Number(
        ctx.db
          .prepare("INSERT INTO customer (first_name, phone, phone_kind, created_at, updated_at) VALUES ('P', ?, 'mobile', ?, ?)")
          .run(phone, NOON, NOON).lastInsertRowid,
      ) as CustomerId,
  );
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

  erasePerson(ctx, owner, { id: people[1] as CustomerId });

  const all = await idsIn(ctx, id, 'all');
  expect(all).toHaveLength(3);
  expect((await idsIn(ctx, id, 'waiting')).map((p) => p.id)).toEqual([people[0], people[2]]);
  const [left] = await idsIn(ctx, id, 'skipped');
  // erasing takes the permission first
  expect(left?.reason).toBe('opted-out');
  expect(all.filter((p) => p.id === left?.id)).toEqual([{ id: left?.id, reason: 'opted-out' }]);
});
