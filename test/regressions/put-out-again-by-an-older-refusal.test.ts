import { HOUR, MINUTE } from '@domain/kernel';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aSendingCampaign, aSendingShop, type SendingShop } from '../support/sending-shop';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('somebody who came back with START is not put out again by a refusal from before it, heard of later', async () => {
  shop = await aSendingShop();
  const { ctx, carrier, advance } = shop;
  carrier.sim.script({ times: 1, outcome: { status: 'failed', errorCode: 21610 } });
  const { phones } = aSendingCampaign(ctx, { people: 1 });
  const [phone] = phones;
  await shop.run(() => carrier.sim.messages().length > 0, HOUR);
  // this computer is off; they had stopped, and come back
  advance(20 * MINUTE);
  carrier.sim.inbound({ from: phone as string, to: SENDER, body: 'START' });
  advance(30 * MINUTE);
  for (let i = 0; i < 6; i++) {
    await senderTurn(ctx);
    advance(MINUTE);
  }
  expect(carrier.sim.messages()[0]?.errorCode).toBe(21610);
  const now = ctx.db.prepare("SELECT state FROM consent_state WHERE purpose = 'marketing'").all();
  expect(now).toEqual([{ state: 'in' }]);
});
