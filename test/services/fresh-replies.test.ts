import { outboxById } from '@db/queries/outbox';
import { MINUTE, type OutboxId, type UtcMs } from '@domain/kernel';
import { syncReplies } from '@services/inbox';
import { freshReplies } from '@services/inbox/sync';
import { mayLeave } from '@services/outbox/may-leave';
import { expect, it } from 'vitest';
import { freshAt } from '../support/fresh';
import { aSendingCampaign, aSendingShop } from '../support/sending-shop';
import { aCtx, NOON } from '../support/test-ctx';

it('a proof that replies were read holds for five minutes, for its own shop, and until a reading fails', async () => {
  const shop = await aSendingShop();
  const { ctx } = shop;
  const [id] = aSendingCampaign(ctx, { people: 1 }).outbox as [OutboxId];
  const row = outboxById(ctx.db, id);
  if (!row) throw new Error('no row');
  const verdict = (now: number, proof: Parameters<typeof mayLeave>[3]) => {
    const v = mayLeave(ctx, row, now as UtcMs, proof);
    return v.kind === 'send' ? 'send' : v.reason;
  };
  const { proof } = await freshReplies(ctx, MINUTE);
  expect((await freshReplies(ctx, MINUTE)).again).toBe(false);
  expect(verdict(NOON, proof)).toBe('send');
  expect(verdict(NOON + 5 * MINUTE, proof)).toBe('send');
  expect(verdict(NOON + 5 * MINUTE + 1, proof)).toBe('replies-unread');
  expect(verdict(NOON - 1, proof)).toBe('replies-unread'); // a clock set back proves nothing
  expect(verdict(NOON, await freshAt(aCtx()))).toBe('replies-unread'); // another shop's

  shop.carrier.faults.add({ method: 'GET', path: 'Messages', effect: { kind: 'status', status: 503 } });
  await expect(syncReplies(ctx)).rejects.toThrow();
  expect(verdict(NOON, proof)).toBe('replies-unread');
  await expect(freshReplies(ctx, MINUTE)).rejects.toThrow();
  shop.carrier.faults.clear();
  expect(verdict(NOON, (await freshReplies(ctx, MINUTE)).proof)).toBe('send');
  await shop.close();
});
