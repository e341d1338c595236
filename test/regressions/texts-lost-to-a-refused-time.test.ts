import { practiceAccount } from '@adapters/practice-carrier/account';
import { instantOf } from '@domain/calendar';
import { HOUR, MINUTE, type PhoneE164, type Zone } from '@domain/kernel';
import { resumeCampaign } from '@services/campaigns/control';
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

it.each([35118, 35125, 35111])(
  'texts whose time the carrier refuses (%i) are not lost: the campaign pauses, then this computer sends them',
  async (code) => {
    shop = await aPlanningShop(4, { settings: { texting: { numbers: [OURS] } } });
    const { ctx, carrier } = shop;
    carrier.faults.add({ method: 'POST', path: 'Messages.json', body: 'SendAt', effect: { kind: 'status', status: 400, code } });
    const id = await planned(ctx, { at: THURSDAY, viaCarrier: true });
    for (let i = 0; i < 8; i++) {
      await senderTurn(ctx);
      shop.advance(MINUTE);
    }
    expect(textsOf(ctx, id).map((t) => t.state)).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
    expect(stateOfCampaign(ctx, id)).toMatchObject({ state: 'paused', reason: 'schedule-refused' });
    resumeCampaign(ctx, id, owner);
    shop.advance(THURSDAY - ctx.clock.now());
    await shop.run(() => textsOf(ctx, id).every((t) => t.state === 'delivered'), 3 * HOUR);
    expect(textsOf(ctx, id).map((t) => t.state)).toEqual(['delivered', 'delivered', 'delivered', 'delivered']);
  },
);
