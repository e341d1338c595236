import { practiceAccount } from '@adapters/practice-carrier/account';
import { instantOf } from '@domain/calendar';
import { HOUR, MINUTE, type PhoneE164, type Zone } from '@domain/kernel';
import { lookAtAccount } from '@services/account/look';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { aPlanningShop, planned, textsOf } from '../support/planned';
import type { SendingShop } from '../support/sending-shop';

const THURSDAY = instantOf('America/New_York' as Zone, 2026, 11, 19, 10);
const OURS = practiceAccount().services[0]?.numbers[0] as PhoneE164;

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('what the carrier holds is called back while it throws the replies away', async () => {
  shop = await aPlanningShop(2, { settings: { texting: { numbers: [OURS] } } });
  const { ctx, carrier, advance } = shop;
  const id = await planned(ctx, { at: THURSDAY, viaCarrier: true });
  for (let i = 0; i < 4; i++) await senderTurn(ctx);
  expect(textsOf(ctx, id).map((t) => t.state)).toEqual(['scheduled', 'scheduled']);
  carrier.sim.changeAccount({ services: practiceAccount().services.map((s) => ({ ...s, useInboundWebhookOnNumber: false })) });
  await lookAtAccount(ctx);
  for (let i = 0; i < 3; i++) {
    advance(6 * MINUTE);
    await senderTurn(ctx);
  }
  expect(carrier.sim.messages().map((m) => m.status)).toEqual(['canceled', 'canceled']);
  // mended: it leaves at its hour after all
  carrier.sim.changeAccount({ services: practiceAccount().services });
  await lookAtAccount(ctx);
  await senderTurn(ctx);
  advance(THURSDAY - 2 * HOUR - ctx.clock.now());
  await shop.run(() => textsOf(ctx, id).every((t) => t.state === 'delivered'), 5 * HOUR);
  expect(textsOf(ctx, id).map((t) => t.state)).toEqual(['delivered', 'delivered']);
});
