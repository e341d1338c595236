import { saveLookUp } from '@db/queries/phone-facts';
import { type CampaignId, HOUR } from '@domain/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { ownerReads } from '../support/owner-reads';
import { aSendingCampaign, aSendingShop, countStates, type SendingShop } from '../support/sending-shop';

/* The owner paid to learn which numbers are landlines while a campaign waited; the texts to them left and were charged all the same. */
let s: SendingShop | undefined;
afterEach(async () => {
  await s?.close();
});

describe('a look-up while texts wait', () => {
  it('landlines, toll-free and dead numbers are left out with the reason; what could not be told, and mobiles, get theirs', async () => {
    s = await aSendingShop();
    const { ctx } = s;
    const { phones } = aSendingCampaign(ctx, { people: 6 });
    ctx.db.prepare("UPDATE customer SET phone_kind = 'unknown'").run();
    const kinds = ['landline', 'toll-free', 'invalid', 'mobile', 'voip', null] as const;
    ctx.db.tx((trx) => {
      kinds.forEach((kind, i) => void saveLookUp(trx, phones[i] as never, { kind, now: ctx.clock.now() }));
    });
    await s.run(() => ctx.db.prepare("SELECT state = 'finished' FROM campaign").pluck().get() === 1, 3 * HOUR);
    await s.run(() => false, HOUR);
    expect(countStates(ctx)).toEqual({ skipped: 3, delivered: 3 });
    expect(Object.keys(s.carrier.sim.assertions()).sort()).toEqual(phones.slice(3).sort());
    expect(ownerReads(ctx, 1 as CampaignId)).toEqual(['3: The number cannot get texts']);
  });
});
