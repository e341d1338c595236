import { HOUR, MINUTE } from '@domain/kernel';
import type { MessagePage } from '@ports/sms-gateway';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aNewYorker, aSendingCampaign, aSendingShop, type SendingShop } from '../support/sending-shop';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('a stop that the carrier lists hours late, behind newer replies, is read all the same', async () => {
  const hidden = new Set<string>();
  const without = (p: MessagePage): MessagePage => ({ ...p, messages: p.messages.filter((m) => !hidden.has(m.sid)) });
  shop = await aSendingShop({
    wrap: (g) => ({ ...g, list: async (f) => without(await g.list(f)), nextPage: async (n) => without(await g.nextPage(n)) }),
  });
  const { ctx, carrier, advance } = shop;
  await senderTurn(ctx);
  hidden.add(carrier.sim.inbound({ from: aNewYorker(0), to: SENDER, body: 'STOP please, no more texts' }) ?? '');
  for (let i = 0; i < 24; i++) {
    advance(5 * MINUTE);
    carrier.sim.inbound({ from: aNewYorker(50 + i), to: SENDER, body: 'Are you open today?' });
    await senderTurn(ctx);
  }
  hidden.clear();
  advance(2 * HOUR);
  for (let i = 0; i < 3; i++) {
    await senderTurn(ctx);
    advance(5 * MINUTE);
  }
  aSendingCampaign(ctx, { people: 1 });
  for (let i = 0; i < 4; i++) {
    await senderTurn(ctx);
    advance(MINUTE);
  }
  expect(carrier.sim.messages().filter((m) => m.m.direction === 'outbound-api' && m.m.to === aNewYorker(0))).toEqual([]);
});
