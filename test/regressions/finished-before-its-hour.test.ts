import { practiceAccount } from '@adapters/practice-carrier/account';
import { instantOf } from '@domain/calendar';
import { MINUTE, type PhoneE164, type Zone } from '@domain/kernel';
import { cancelCampaign } from '@services/campaigns/control';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { aPlanningShop, planned, stateOfCampaign, textsOf } from '../support/planned';
import type { SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

const THURSDAY = instantOf('America/New_York' as Zone, 2026, 11, 19, 10);
const OURS = practiceAccount().services[0]?.numbers[0] as PhoneE164;

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('a campaign whose only text the carrier holds without our knowing it can still be cancelled', async () => {
  shop = await aPlanningShop(1, { settings: { texting: { numbers: [OURS] } } });
  const { ctx, carrier } = shop;
  carrier.faults.add({ method: 'POST', path: 'Messages.json', when: 'after', times: 1, effect: { kind: 'reset' } });
  carrier.sim.change({ listLag: { ms: 10 * MINUTE } });
  const id = await planned(ctx, { at: THURSDAY, viaCarrier: true });
  for (let i = 0; i < 4; i++) await senderTurn(ctx);
  expect(textsOf(ctx, id)[0]).toMatchObject({ state: 'uncertain' });
  expect(stateOfCampaign(ctx, id).state).toBe('sending');
  cancelCampaign(ctx, id, owner);
  for (let i = 0; i < 40; i++) {
    await senderTurn(ctx);
    shop.advance(MINUTE);
  }
  expect(textsOf(ctx, id)[0]).toMatchObject({ state: 'cancelled' });
  expect(carrier.sim.messages().map((m) => m.status)).toEqual(['canceled']);
});
