import { HOUR } from '@domain/kernel';
import { afterEach, expect, it } from 'vitest';
import { aSendingCampaign, aSendingShop, type SendingShop, stateOf } from '../support/sending-shop';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('a person whose time zone nobody knows waits with a reason; everybody behind them gets their text', async () => {
  shop = await aSendingShop();
  const { ctx } = shop;
  const { outbox } = aSendingCampaign(ctx, { people: 5 });
  const [first, ...others] = outbox;
  ctx.db.prepare("UPDATE customer SET zone = 'Mars/Olympus' WHERE id = (SELECT customer_id FROM outbox WHERE id = ?)").run(first as number);
  await shop.run(() => others.every((o) => stateOf(ctx, o).state === 'delivered'), HOUR);
  expect(others.map((o) => stateOf(ctx, o).state)).toEqual(others.map(() => 'delivered'));
  expect(stateOf(ctx, first as (typeof outbox)[number])).toMatchObject({ state: 'waiting', reason: 'not-judged' });
});
