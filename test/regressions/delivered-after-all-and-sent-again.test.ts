import { attemptsOf } from '@db/queries/outbox';
import { HOUR, MINUTE, type OutboxId, type UtcMs } from '@domain/kernel';
import type { CarrierMessage, MessagePage } from '@ports/sms-gateway';
import { pollDeliveries } from '@services/outbox/poll';
import { afterEach, expect, it } from 'vitest';
import { aSendingCampaign, aSendingShop, type SendingShop, stateOf } from '../support/sending-shop';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('a text the carrier called failed, and corrects to delivered before it was tried again, is not sent again', async () => {
  const corrected = new Map<string, UtcMs>();
  const mend = (m: CarrierMessage): CarrierMessage => {
    const at = corrected.get(m.sid);
    return at === undefined ? m : { ...m, status: 'delivered', errorCode: null, sentAt: m.createdAt, updatedAt: at };
  };
  const page = (p: MessagePage): MessagePage => ({ ...p, messages: p.messages.map(mend) });
  shop = await aSendingShop({
    wrap: (g) => ({
      ...g,
      list: async (f) => page(await g.list(f)),
      nextPage: async (n) => page(await g.nextPage(n)),
      fetch: async (sid) => {
        const m = await g.fetch(sid);
        return m && mend(m);
      },
    }),
  });
  const { ctx, carrier } = shop;
  carrier.sim.script({ outcome: { status: 'failed', errorCode: 30001 }, times: 1 });
  const { outbox, phones } = aSendingCampaign(ctx, { people: 2 });
  await shop.run(() => outbox.some((id) => stateOf(ctx, id).reason === 'tried-again'), HOUR);
  const id = outbox.find((o) => stateOf(ctx, o).reason === 'tried-again') as OutboxId;
  const sid = attemptsOf(ctx.db, id)[0]?.sid ?? '';
  shop.advance(MINUTE);
  corrected.set(sid, ctx.clock.now());
  await pollDeliveries(ctx, undefined, (ctx.clock.now() - HOUR) as UtcMs);
  await shop.run(() => false, 2 * HOUR);
  expect(phones.map((p) => carrier.sim.assertions()[p]?.created)).toEqual([1, 1]);
  expect(stateOf(ctx, id)).toMatchObject({ state: 'delivered', sid });
});
