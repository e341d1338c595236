import { practiceAccount } from '@adapters/practice-carrier/account';
import { instantOf } from '@domain/calendar';
import { HOUR, MINUTE, type PhoneE164, type Zone } from '@domain/kernel';
import type { CarrierMessage, MessagePage } from '@ports/sms-gateway';
import { cancelCampaign } from '@services/campaigns/control';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { aPlanningShop, planned } from '../support/planned';
import type { SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

const THURSDAY = instantOf('America/New_York' as Zone, 2026, 11, 19, 10);
const OURS = practiceAccount().services[0]?.numbers[0] as PhoneE164;

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('a text the carrier goes on calling "scheduled" hours after its time is not asked for every few seconds', async () => {
  const still = (m: CarrierMessage): CarrierMessage => (m.direction === 'outbound' ? { ...m, status: 'scheduled', sentAt: null } : m);
  const page = (p: MessagePage): MessagePage => ({ ...p, messages: p.messages.map(still) });
  let asked = 0;
  shop = await aPlanningShop(1, {
    settings: { texting: { numbers: [OURS] } },
    wrap: (g) => ({
      ...g,
      list: async (f) => {
        if (f.to === undefined) asked++;
        return page(await g.list(f));
      },
      nextPage: async (n) => page(await g.nextPage(n)),
      fetch: async (sid) => {
        asked++;
        const m = await g.fetch(sid);
        return m === null ? null : still(m);
      },
    }),
  });
  const { ctx } = shop;
  await planned(ctx, { at: THURSDAY, viaCarrier: true });
  for (let i = 0; i < 4; i++) await senderTurn(ctx);
  shop.advance(THURSDAY + 2 * HOUR - ctx.clock.now());
  await shop.run(() => false, MINUTE);
  asked = 0;
  await shop.run(() => false, 40 * MINUTE);
  expect(asked).toBeLessThan(20);
});

it('a text that can neither be called back nor be read is asked for again later, not without end', async () => {
  let asked = 0;
  shop = await aPlanningShop(1, {
    settings: { texting: { numbers: [OURS] } },
    wrap: (g) => ({
      ...g,
      cancel: async () => {
        asked++;
        if (asked > 200) throw new Error('asked without end');
        return 'too-late';
      },
      fetch: async (sid) => {
        const m = await g.fetch(sid);
        return m === null ? null : { ...m, status: 'a-new-word' as never };
      },
    }),
  });
  const { ctx } = shop;
  const id = await planned(ctx, { at: THURSDAY, viaCarrier: true });
  for (let i = 0; i < 4; i++) await senderTurn(ctx);
  cancelCampaign(ctx, id, owner);
  await senderTurn(ctx);
  expect(asked).toBeLessThan(5);
});
