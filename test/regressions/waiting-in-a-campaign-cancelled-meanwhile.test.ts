import { HOUR, type OutboxId } from '@domain/kernel';
import { cancelCampaign } from '@services/campaigns/control';
import { resendUncertain } from '@services/outbox/owner';
import { afterEach, expect, it } from 'vitest';
import { aSendingCampaign, aSendingShop, type SendingShop, stateOf } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('a text is not queued again in a campaign that was cancelled while the carrier was asked about it; two clicks queue it once', async () => {
  let meanwhile: () => void = () => {};
  shop = await aSendingShop({
    wrap: (g) => ({
      ...g,
      list: async (f) => {
        const page = await g.list(f);
        if (f.to !== undefined) meanwhile();
        return page;
      },
    }),
  });
  const { ctx, carrier } = shop;
  carrier.faults.add({ method: 'POST', path: 'Messages.json', when: 'before', times: 1, effect: { kind: 'reset' } });
  const { id, outbox } = aSendingCampaign(ctx, { people: 2 });
  const lost = () => outbox.find((o) => stateOf(ctx, o).reason === 'not-confirmed') as OutboxId;
  await shop.run(() => lost() !== undefined, 3 * HOUR);
  const text = lost();
  ctx.db.prepare("UPDATE campaign SET state = 'paused'").run();
  meanwhile = () => {
    meanwhile = () => {};
    cancelCampaign(ctx, id, owner);
  };
  await resendUncertain(ctx, [text]).catch(() => undefined);
  expect(stateOf(ctx, text).state).not.toBe('waiting');
});
