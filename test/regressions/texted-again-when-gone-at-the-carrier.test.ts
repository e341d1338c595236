import { practiceAccount } from '@adapters/practice-carrier/account';
import { instantOf } from '@domain/calendar';
import { HOUR, type PhoneE164, type Zone } from '@domain/kernel';
import { pauseCampaign, resumeCampaign } from '@services/campaigns/control';
import { senderTurn } from '@services/outbox/sender';
import { afterEach, expect, it } from 'vitest';
import { aPlanningShop, planned, textsOf } from '../support/planned';
import type { SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

const THURSDAY = instantOf('America/New_York' as Zone, 2026, 11, 19, 10);
const OURS = practiceAccount().services[0]?.numbers[0] as PhoneE164;

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('a text that left while this computer was off, and was deleted from the log since, is not posted again', async () => {
  shop = await aPlanningShop(3, { settings: { texting: { numbers: [OURS] } } });
  const { ctx, carrier } = shop;
  const id = await planned(ctx, { at: THURSDAY, viaCarrier: true });
  for (let i = 0; i < 4; i++) await senderTurn(ctx);
  expect(textsOf(ctx, id).every((t) => t.state === 'scheduled')).toBe(true);
  // off at its hour; somebody tidied the log of the account; the owner pauses before anything was read back
  shop.advance(THURSDAY + HOUR - ctx.clock.now());
  for (const t of textsOf(ctx, id)) carrier.sim.delete(t.sid ?? '');
  pauseCampaign(ctx, id, owner);
  for (let i = 0; i < 4; i++) await senderTurn(ctx);
  resumeCampaign(ctx, id, owner);
  await shop.run(() => false, HOUR);
  const made: Record<string, number> = {};
  for (const { m } of carrier.sim.messages()) if (m.direction !== 'inbound') made[m.to] = (made[m.to] ?? 0) + 1;
  expect(Object.values(made)).toEqual([1, 1, 1]);
});
