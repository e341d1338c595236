import { practiceAccount } from '@adapters/practice-carrier/account';
import { instantOf } from '@domain/calendar';
import { DAY, type PhoneE164, type UtcMs, type Zone } from '@domain/kernel';
import { capDayStart } from '@domain/outbox/daily-cap';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { aPlanningShop, planned } from '../support/planned';
import type { SendingShop } from '../support/sending-shop';

const THURSDAY = instantOf('America/New_York' as Zone, 2026, 11, 19, 10);
const OURS = practiceAccount().services[0]?.numbers[0] as PhoneE164;

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('texts handed over for one day keep to the carriers’ daily limit', async () => {
  shop = await aPlanningShop(60, { settings: { texting: { numbers: [OURS], dailySegments: 45 } } });
  const { ctx, carrier } = shop;
  await planned(ctx, { at: THURSDAY, viaCarrier: true });
  for (let i = 0; i < 12; i++) await senderTurn(ctx);
  shop.advance(THURSDAY + 4 * DAY - ctx.clock.now());
  const days = new Map<number, number>();
  for (const m of carrier.sim.messages())
    if (m.sentAt !== null) days.set(capDayStart(m.sentAt as UtcMs), (days.get(capDayStart(m.sentAt as UtcMs)) ?? 0) + 1);
  expect(Math.max(...days.values())).toBeLessThanOrEqual(45);
  // a share of each day stays free for orders; nobody is left out
  expect([...days.values()].reduce((a, b) => a + b, 0)).toBe(60);
});
