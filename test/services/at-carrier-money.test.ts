import { saveSettings } from '@db/queries/settings';
import { instantOf } from '@domain/calendar';
import type { Zone } from '@domain/kernel';
import { senderTurn } from '@services/outbox/sender';
import { sendingStatus } from '@services/outbox/status';
import { afterEach, describe, expect, it } from 'vitest';
import { ownerReads } from '../support/owner-reads';
import { aPlanningShop, planned, stateOfCampaign } from '../support/planned';
import { aSendingCampaign, countStates, PRICE, type SendingShop } from '../support/sending-shop';

/* The month's limit, where Twilio holds texts that leave in another month than they are handed over in. */
const NY = 'America/New_York' as Zone;
const NEXT_MONTH = instantOf(NY, 2026, 12, 3, 11);
const CENTS_PER_TEXT = PRICE / 10_000;

let s: SendingShop | undefined;
afterEach(async () => {
  await s?.close();
});
const aShop = async (people: number, monthlyLimit: number) => {
  s = await aPlanningShop(people, { settings: { texting: { monthlyLimit: monthlyLimit as never } } });
  return s;
};
const turns = async (n: number) => {
  for (let i = 0; i < n && s; i++) await senderTurn(s.ctx);
};

describe('texts held for next month', () => {
  it('take nothing from this month: what leaves today still leaves', async () => {
    const { ctx, run } = await aShop(6, Math.ceil(7 * CENTS_PER_TEXT));
    const id = await planned(ctx, { at: NEXT_MONTH, viaCarrier: true });
    await turns(8);
    expect(countStates(ctx)).toEqual({ scheduled: 6 });
    expect(sendingStatus(ctx, id).spentThisMonth).toBe(0);
    const today = aSendingCampaign(ctx, { id: 99, people: 6, from: 500 });
    await run(() => stateOfCampaign(ctx, today.id).state !== 'sending');
    expect(stateOfCampaign(ctx, today.id)).toMatchObject({ state: 'finished', reason: null });
  });

  it('keep to the limit of the month they leave in, whatever this month still has', async () => {
    const { ctx, carrier } = await aShop(8, 1000);
    const id = await planned(ctx, { at: NEXT_MONTH, viaCarrier: true });
    // the owner thinks again before they are handed over
    const monthlyLimit = Math.ceil(5 * CENTS_PER_TEXT) as never;
    saveSettings(ctx.db, 'texting', { ...ctx.settings().texting, monthlyLimit }, ctx.clock.now());
    await turns(8);
    // handed over up to the limit, and then, as with every pause, called back
    expect(carrier.sim.messages().map((m) => m.status)).toEqual(Array(5).fill('canceled'));
    expect(countStates(ctx)).toEqual({ waiting: 8 });
    expect(ownerReads(ctx, id)[0]).toBe('Sending is paused: Your monthly limit is reached. Raise it under Settings → Texting, then go on.');
  });
});
