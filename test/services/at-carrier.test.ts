import { instantOf } from '@domain/calendar';
import { DAY, HOUR, MINUTE, type PhoneE164, type UtcMs, type Zone } from '@domain/kernel';
import { resumeCampaign } from '@services/campaigns/control';
import { outlook } from '@services/campaigns/schedule';
import { afterEach, describe, expect, it } from 'vitest';
import { SERVICE } from '../support/carrier';
import { aHeldShop, closeHeldShops, OURS, sleepUntil, states, THURSDAY, there, turns, viaCarrier } from '../support/held-shop';
import { addPeople, stateOfCampaign, textsOf } from '../support/planned';
import { refusalOf } from '../support/refusal';
import { givePermission } from '../support/sending-shop';
import { NOON, owner } from '../support/test-ctx';

afterEach(closeHeldShops);

describe('a campaign the carrier holds', () => {
  it('is handed over at once, each text once, and has not left', async () => {
    const s = await aHeldShop(8);
    const id = await viaCarrier(s);
    await turns(s);
    expect(states(s, id)).toEqual({ scheduled: 8 });
    expect(there(s)).toEqual({ scheduled: 8 });
    expect(textsOf(s.ctx, id).every((t) => t.leftAt === null && t.sendAt !== null && t.attempts === 1)).toBe(true);
    expect(stateOfCampaign(s.ctx, id)).toMatchObject({ state: 'sending', at: THURSDAY });
    expect(await outlook(s.ctx, id)).toMatchObject({ people: 8, held: { held: 8, callingBack: 0, tooLate: 0, nextAt: THURSDAY } });
  });

  it('leaves while this computer is off; what became of it is heard at the next start, and counts from then', async () => {
    const s = await aHeldShop(8);
    const id = await viaCarrier(s);
    await turns(s);
    sleepUntil(s, THURSDAY + 3 * HOUR);
    await turns(s);
    expect(states(s, id)).toEqual({ delivered: 8 });
    for (const t of textsOf(s.ctx, id)) expect(Math.abs((t.leftAt ?? 0) - (t.sendAt ?? 0))).toBeLessThan(MINUTE);
    expect(stateOfCampaign(s.ctx, id).state).toBe('finished');
  });

  it('sends the first twenty a quarter of an hour before the rest, and the rest at the pace of the number', async () => {
    const s = await aHeldShop(30, { settings: { texting: { segmentsPerSecond: 1 } } });
    const id = await viaCarrier(s);
    await turns(s, 12);
    const texts = textsOf(s.ctx, id);
    expect(states(s, id)).toEqual({ scheduled: 30 });
    const first = texts.filter((t) => t.brakeRank !== null).map((t) => t.sendAt ?? 0);
    const rest = texts.filter((t) => t.brakeRank === null).map((t) => t.sendAt ?? 0);
    expect(first.length).toBe(20);
    expect(Math.min(...first)).toBe(THURSDAY);
    expect(Math.max(...first)).toBeLessThan(THURSDAY + MINUTE);
    expect(Math.min(...rest)).toBe(THURSDAY + 15 * MINUTE);
    expect(new Set(rest).size).toBe(10);
  });

  it('is called back when the first ones turn out bad while this computer is on', async () => {
    const s = await aHeldShop(40, {
      carrier: { switches: { distribution: [{ weight: 1, outcome: { status: 'undelivered', errorCode: 30006 } as never }] } },
    });
    const id = await viaCarrier(s);
    await turns(s, 12);
    expect(states(s, id)).toEqual({ scheduled: 40 });
    sleepUntil(s, THURSDAY - MINUTE);
    await s.run(() => stateOfCampaign(s.ctx, id).state === 'paused', 20 * MINUTE);
    await turns(s, 10);
    expect(stateOfCampaign(s.ctx, id).reason).toMatch(/^brake:/);
    expect(there(s)).toEqual({ undelivered: 20, canceled: 20 });
    expect(states(s, id)).toEqual({ undelivered: 20, waiting: 20 });
  });

  it('gives people whose hours are closed then their own opening', async () => {
    const s = await aHeldShop(0);
    const { ctx } = s;
    const phone = '+13105550001' as PhoneE164; // Los Angeles: 7:00 there
    givePermission(ctx, [phone]);
    ctx.db
      .prepare("INSERT INTO customer (first_name, phone, phone_kind, created_at, updated_at) VALUES ('Cal', ?, 'mobile', 0, 0)")
      .run(phone);
    addPeople(ctx, 0, 2);
    const id = await viaCarrier(s);
    await turns(s, 6);
    const at = textsOf(ctx, id).find((t) => t.address === phone)?.sendAt;
    expect(at).toBe(instantOf('America/Los_Angeles' as Zone, 2026, 11, 19, 10));
    expect(states(s, id)).toEqual({ scheduled: 3 });
  });

  it('waits for a service, a time the carrier takes, and a group that nobody must look after', async () => {
    const s = await aHeldShop(3, { settings: { texting: { sender: { kind: 'number', number: '+12125550140' as PhoneE164 } } } });
    expect(await refusalOf(viaCarrier(s))).toMatchObject({ code: 'campaign.no-service', params: { why: 'no-service' } });
    expect(
      s.ctx.db.prepare("SELECT count(*) FROM campaign WHERE state = 'draft' AND scheduled_at IS NULL AND via_carrier = 0").pluck().get(),
    ).toBe(1);
    const t = await aHeldShop(3);
    expect(await refusalOf(viaCarrier(t, (NOON + 10 * MINUTE) as UtcMs))).toMatchObject({
      code: 'campaign.bad-time',
      params: { why: 'too-soon' },
    });
    expect(await refusalOf(viaCarrier(t, (NOON + 40 * DAY) as UtcMs))).toMatchObject({
      code: 'campaign.bad-time',
      params: { why: 'too-far' },
    });
  });

  it('is sent by this computer after all when the carrier could not be reached until too late', async () => {
    const s = await aHeldShop(3);
    s.carrier.faults.add({ method: 'POST', path: 'Messages.json', effect: { kind: 'status', status: 429, code: 20429 } });
    const id = await viaCarrier(s);
    await turns(s);
    expect(states(s, id)).toEqual({ waiting: 3 });
    sleepUntil(s, THURSDAY - 5 * MINUTE);
    s.carrier.faults.clear();
    await turns(s);
    expect(states(s, id)).toEqual({ waiting: 3 });
    s.advance(6 * MINUTE);
    await s.run(() => states(s, id)['delivered'] === 3);
    expect(there(s)).toEqual({ delivered: 3 });
  });
});

describe('a carrier that does not hold what it was given to hold', () => {
  it('gets one text, not the whole campaign: it is paused and the owner is told', async () => {
    const s = await aHeldShop(12, {
      // as Twilio does with times it drops without a word: the very same request without them
      wrap: (g) => ({ ...g, send: ({ sendAt: _dropped, ...r }) => g.send(r) }),
    });
    const id = await viaCarrier(s);
    await turns(s, 6);
    expect(stateOfCampaign(s.ctx, id)).toMatchObject({ state: 'paused', reason: 'schedule-not-kept' });
    expect(s.carrier.sim.messages().filter((m) => m.m.direction !== 'inbound').length).toBe(1);
    const left = textsOf(s.ctx, id).filter((t) => t.state !== 'waiting');
    expect(left.length).toBe(1);
    expect(left[0]?.leftAt).toBe(NOON);
    resumeCampaign(s.ctx, id, owner);
    await turns(s);
    expect(states(s, id)['waiting']).toBe(11);
    sleepUntil(s, THURSDAY + MINUTE);
    await s.run(() => states(s, id)['waiting'] === undefined, HOUR);
    expect(s.carrier.sim.messages().filter((m) => m.m.direction !== 'inbound').length).toBe(12);
  });

  it('is never posted a time without a service, not even by mistake', async () => {
    const s = await aHeldShop(1, { carrier: { switches: { scheduleWithoutService: 'send-now' } } });
    const gateway = await s.ctx.gateway();
    const wrong = {
      to: '+16465550001',
      sender: { kind: 'number', number: OURS },
      body: 'Corner Shoes: hi',
      validitySeconds: 60,
      sendAt: THURSDAY,
    };
    expect(await gateway.send(wrong as never)).toEqual({ kind: 'rejected', code: 35118, httpStatus: 400 });
    expect(s.carrier.sim.messages()).toEqual([]);
    const held = await gateway.send({ ...wrong, sender: { kind: 'service', sid: SERVICE } } as never);
    expect(held).toMatchObject({ kind: 'accepted', message: { status: 'scheduled' } });
    const sid = held.kind === 'accepted' ? held.message.sid : '';
    expect([await gateway.cancel(sid), await gateway.cancel(sid), await gateway.cancel(`SM${'0'.repeat(32)}`)]).toEqual([
      'cancelled',
      'cancelled',
      'gone',
    ]);
    s.advance(3 * DAY);
    expect(await gateway.cancel(sid)).toBe('cancelled');
  });
});
