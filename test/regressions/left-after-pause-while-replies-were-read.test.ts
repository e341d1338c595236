import { cancelCampaign, pauseCampaign } from '@services/campaigns/control';
import { pauseAll } from '@services/outbox/pause-all';
import { afterEach, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aSendingCampaign, aSendingShop, countStates, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

/*
 * The owner pressed Pause while the sender was reading replies: texts chosen from what was true before the reading left all the same.
 * Found by the crash harness (SOAK_SEED=1001).
 */
let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it.each([
  ['paused', (s: SendingShop, id: never) => pauseCampaign(s.ctx, id, owner)],
  ['cancelled', (s: SendingShop, id: never) => void cancelCampaign(s.ctx, id, owner)],
  ['paused with everything else', (s: SendingShop) => pauseAll(s.ctx, owner.staffId)],
])('nothing begins once it is %s, also in the middle of reading replies', async (_, act) => {
  let press: (() => void) | null = null;
  const s = await aSendingShop({
    wrap: (gateway) => ({
      ...gateway,
      async list(filter) {
        const page = await gateway.list(filter);
        if (filter.to === SENDER) press?.();
        press = null;
        return page;
      },
    }),
  });
  shop = s;
  const { id } = aSendingCampaign(s.ctx, { people: 5 });
  press = () => act(s, id as never);
  await s.drain();
  expect(press).toBeNull(); // it was pressed
  expect(Object.values(s.carrier.sim.assertions())).toEqual([]);
  expect(countStates(s.ctx)['sending']).toBeUndefined();
});
