import { practiceAccount } from '@adapters/practice-carrier/account';
import { instantOf } from '@domain/calendar';
import { HOUR, type PhoneE164, type Zone } from '@domain/kernel';
import { spentThisMonth } from '@services/outbox/spend';
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

it('a text the carrier may hold for later, its answer being lost, counts against the monthly limit', async () => {
  shop = await aPlanningShop(3, { settings: { texting: { numbers: [OURS] } } });
  const { ctx, carrier } = shop;
  carrier.sim.change({ hideScheduled: true });
  carrier.faults.add({ method: 'POST', path: 'Messages.json', when: 'after', effect: { kind: 'reset' } });
  await planned(ctx, { at: THURSDAY, viaCarrier: true });
  await shop.run(() => carrier.sim.messages().length === 3, HOUR);
  expect(carrier.sim.messages()).toHaveLength(3);
  const { pricePerSegment } = ctx.settings().texting;
  expect(spentThisMonth(ctx)).toBe(3 * pricePerSegment);
});
