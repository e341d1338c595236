import { instantOf } from '@domain/calendar';
import { HOUR, type Zone } from '@domain/kernel';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { aSendingCampaign, aSendingShop, countStates, type SendingShop } from '../support/sending-shop';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it.each([30023, 63038])('a day used up yesterday (%i), heard of this morning, does not keep today’s texts back', async (code) => {
  shop = await aSendingShop({ now: instantOf('America/New_York' as Zone, 2026, 11, 17, 17) });
  const { ctx, carrier, advance } = shop;
  carrier.sim.script({ times: 1, outcome: { status: code === 30023 ? 'undelivered' : 'failed', errorCode: code } } as never);
  aSendingCampaign(ctx, { id: 1, people: 1 });
  await shop.run(() => carrier.sim.messages().length > 0, HOUR);
  // switched off for the night before anything was heard of it
  advance(instantOf('America/New_York' as Zone, 2026, 11, 18, 11) - ctx.clock.now());
  expect(carrier.sim.messages()[0]?.errorCode).toBe(code);
  await senderTurn(ctx);
  aSendingCampaign(ctx, { id: 2, people: 3, from: 10 });
  await shop.run(() => (countStates(ctx)['waiting'] ?? 0) === 0, HOUR);
  expect(countStates(ctx)['waiting'] ?? 0).toBe(0);
});
