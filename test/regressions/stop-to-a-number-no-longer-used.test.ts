import { practiceAccount } from '@adapters/practice-carrier/account';
import { saveSettings } from '@db/queries/settings';
import { DAY, HOUR, MINUTE, type PhoneE164 } from '@domain/kernel';
import { lookAtAccount } from '@services/account/look';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { SENDER, SERVICE } from '../support/carrier';
import { aNewYorker, aSendingCampaign, aSendingShop, type SendingShop, stateOf } from '../support/sending-shop';

const POOL = (practiceAccount().services[0]?.numbers ?? []) as PhoneE164[];
const THIRD = '+12125550147' as PhoneE164;

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

const ask = 'please take me off your list';

it('a stop written to the number the shop texted from before is read after another number was chosen', async () => {
  shop = await aSendingShop();
  const { ctx, carrier, advance } = shop;
  aSendingCampaign(ctx, { id: 1, people: 1 });
  await shop.run(() => carrier.sim.messages().length > 0, HOUR);
  saveSettings(ctx.db, 'texting', { ...ctx.settings().texting, sender: { kind: 'service', sid: SERVICE }, numbers: POOL }, ctx.clock.now());
  advance(8 * DAY);
  await senderTurn(ctx);
  advance(MINUTE);
  carrier.sim.inbound({ from: aNewYorker(0), to: SENDER, body: ask });
  advance(MINUTE);
  const next = ctx.db.tx((trx) =>
    trx.prepare("INSERT INTO campaign (id, name, state, created_at, updated_at, started_at) VALUES (2, 'B', 'sending', 1, 1, 1)").run(),
  );
  expect(next.changes).toBe(1);
  ctx.db
    .prepare(
      `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, quoted_price, not_before, created_at, updated_at)
       SELECT cause_kind, '2', channel, address, customer_id, message_class, priority, 'waiting', body || '!', segments, quoted_price, ?, ?, ? FROM outbox WHERE cause_kind = 'campaign'`,
    )
    .run(ctx.clock.now(), ctx.clock.now(), ctx.clock.now());
  for (let i = 0; i < 4; i++) {
    await senderTurn(ctx);
    advance(MINUTE);
  }
  expect(carrier.sim.messages().filter((m) => m.m.direction === 'outbound-api' && m.m.body.endsWith('!'))).toEqual([]);
});

it('a stop written to a number added to the service later is read', async () => {
  shop = await aSendingShop({
    settings: { texting: { sender: { kind: 'service', sid: SERVICE }, numbers: POOL } },
  });
  const { ctx, carrier, advance } = shop;
  const account = practiceAccount();
  carrier.sim.changeAccount({
    numbers: [...account.numbers, { number: THIRD, mps: 20 }],
    services: account.services.map((s) => ({ ...s, numbers: [...s.numbers, THIRD] })),
  });
  await lookAtAccount(ctx);
  carrier.sim.inbound({ from: aNewYorker(0), to: THIRD, body: ask });
  advance(MINUTE);
  const { outbox } = aSendingCampaign(ctx, { people: 1 });
  for (let i = 0; i < 4; i++) {
    await senderTurn(ctx);
    advance(MINUTE);
  }
  expect(carrier.sim.messages().filter((m) => m.m.body.includes('boots'))).toEqual([]);
  expect(stateOf(ctx, outbox[0] as never).state).toMatch(/cancelled|skipped/);
});
