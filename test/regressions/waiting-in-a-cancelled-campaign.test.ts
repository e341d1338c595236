import type { OutboxId } from '@domain/kernel';
import { cancelCampaign } from '@services/campaigns/control';
import { resendUncertain } from '@services/outbox/owner';
import { sendingStatus } from '@services/outbox/status';
import { expect, it } from 'vitest';
import { aSendingCampaign, aSendingShop, stateOf } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

/*
 * Story: the owner cancels a campaign while texts are in the air, and the carrier answers "too many". The rows went back to waiting
 * in a campaign nobody looks at any more: for ever "1 waiting" on screen, and counted as another campaign's text that is still to
 * leave, so those people were left out of every later campaign.
 */
it('what was in the air when its campaign was cancelled and came back unsent is cancelled too', async () => {
  let cancelled = false;
  const shop = await aSendingShop({
    wrap: (gateway) => ({
      ...gateway,
      send: async () => {
        if (!cancelled) cancelCampaign(shop.ctx, campaign.id, owner);
        cancelled = true;
        return { kind: 'not-sent', why: 'rate-limited', retryAfterMs: null };
      },
    }),
  });
  const campaign = aSendingCampaign(shop.ctx, { people: 3 });
  await shop.drain();
  for (const id of campaign.outbox) expect(stateOf(shop.ctx, id as OutboxId)).toMatchObject({ state: 'cancelled', reason: 'cancelled' });
  expect(sendingStatus(shop.ctx, campaign.id)).toMatchObject({ waiting: [], done: 3 });
  await shop.close();
});

it('an uncertain text of a cancelled campaign cannot be put back into a queue nobody looks at', async () => {
  const shop = await aSendingShop();
  const { id, outbox } = aSendingCampaign(shop.ctx, { people: 1 });
  shop.ctx.db.prepare("UPDATE outbox SET state = 'uncertain', reason = 'not-confirmed', left_at = 0").run();
  cancelCampaign(shop.ctx, id, owner);
  await expect(resendUncertain(shop.ctx, outbox)).rejects.toMatchObject({ code: 'campaign.bad-state' });
  expect(stateOf(shop.ctx, outbox[0] as OutboxId).state).toBe('uncertain');
  await shop.close();
});
