import { saveSettings } from '@db/queries/settings';
import { instantOf } from '@domain/calendar';
import { type CustomerId, DAY, HOUR, MINUTE, type PhoneE164, SECOND } from '@domain/kernel';
import { cancelCampaign, pauseCampaign, resumeCampaign } from '@services/campaigns/control';
import { outlook, unschedule } from '@services/campaigns/schedule';
import { withConsent } from '@services/consent/ledger';
import { recordStop } from '@services/consent/record';
import { senderTurn } from '@services/outbox/sender';
import { erasePerson } from '@services/privacy/erase';
import { afterEach, describe, expect, it } from 'vitest';
import { aHeldShop, closeHeldShops, NY, OURS, sleepUntil, states, THURSDAY, there, turns, viaCarrier } from '../support/held-shop';
import { planned, textsOf } from '../support/planned';
import { owner } from '../support/test-ctx';

afterEach(closeHeldShops);

describe('what must not leave any more', () => {
  it('after a STOP is called back by its id, whatever else happens', async () => {
    const s = await aHeldShop(5);
    const id = await viaCarrier(s);
    await turns(s);
    const who = textsOf(s.ctx, id)[2]?.address as PhoneE164;
    s.carrier.sim.inbound({ from: who, to: OURS, body: 'STOP' });
    s.advance(6 * MINUTE);
    await turns(s);
    expect(textsOf(s.ctx, id).find((t) => t.address === who)).toMatchObject({ state: 'cancelled' });
    expect(there(s)).toMatchObject({ scheduled: 4, canceled: 1 });
  });

  it('after a STOP while this computer was off: replies are read and the text called back before anything else leaves', async () => {
    const s = await aHeldShop(5);
    const id = await viaCarrier(s);
    await turns(s);
    const who = textsOf(s.ctx, id)[0]?.address as PhoneE164;
    s.carrier.sim.inbound({ from: who, to: OURS, body: 'please take me off your list' });
    sleepUntil(s, THURSDAY - 30 * MINUTE);
    await senderTurn(s.ctx);
    expect(there(s)).toMatchObject({ scheduled: 4, canceled: 1 });
    sleepUntil(s, THURSDAY + HOUR);
    await turns(s);
    expect(s.carrier.sim.messages().filter((m) => m.m.to === who && m.status === 'delivered' && m.m.body.includes('boots'))).toEqual([]);
  });

  it('by the desk’s word, a changed number, a cap or the owner’s hours', async () => {
    const s = await aHeldShop(6);
    const id = await viaCarrier(s);
    await turns(s);
    const [a, b, c] = textsOf(s.ctx, id).map((t) => t.address) as [PhoneE164, PhoneE164, PhoneE164];
    withConsent(s.ctx, (trx) =>
      recordStop(s.ctx, trx, { phone: a, method: 'counter', reason: 'asked', carrierStop: false, occurredAt: s.ctx.clock.now() }),
    );
    s.ctx.db.prepare('UPDATE customer SET phone = NULL WHERE phone = ?').run(b);
    s.ctx.db
      .prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at)
       VALUES ('campaign', '77', 'sms', ?, 'marketing', 10, 'delivered', 'x', 1, 0, ?, 0, 0)`,
      )
      .run(c, THURSDAY - DAY);
    s.advance(6 * MINUTE);
    await turns(s);
    const of = (phone: string) => textsOf(s.ctx, id).find((t) => t.address === phone);
    expect([of(a)?.state, of(b)?.state, of(c)?.state]).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect([of(b)?.reason, of(c)?.reason]).toEqual(['number-changed', 'texted-recently']);
    expect(there(s)).toEqual({ scheduled: 3, canceled: 3 });
    // the owner opens at noon from now on: nobody gets it at ten
    const { courtesy } = s.ctx.settings();
    saveSettings(
      s.ctx.db,
      'courtesy',
      { ...courtesy, window: { ...courtesy.window, weekdays: { from: 12 * 60, to: 18 * 60 } } },
      s.ctx.clock.now(),
    );
    s.advance(6 * MINUTE);
    await turns(s, 8);
    expect(states(s, id)).toEqual({ cancelled: 3, scheduled: 3 });
    expect(
      textsOf(s.ctx, id)
        .filter((t) => t.state === 'scheduled')
        .every((t) => (t.sendAt ?? 0) >= THURSDAY + 2 * HOUR && (t.sendAt ?? 0) < THURSDAY + 2 * HOUR + MINUTE),
    ).toBe(true);
  });

  it('when the person is erased: by its id, though nothing else of them is left', async () => {
    const s = await aHeldShop(3);
    const id = await viaCarrier(s);
    await turns(s);
    const customer = s.ctx.db.prepare('SELECT min(id) FROM customer').pluck().get() as CustomerId;
    await s.ctx.tasks.finished(erasePerson(s.ctx, owner, { id: customer }).task);
    await turns(s);
    expect(there(s)).toEqual({ scheduled: 2, canceled: 1 });
    expect(states(s, id)).toEqual({ scheduled: 2, cancelled: 1 });
  });

  it('is asked for until the carrier answers; what left meanwhile is said to have left', async () => {
    const s = await aHeldShop(4);
    const id = await viaCarrier(s);
    await turns(s);
    const fault = s.carrier.faults.add({ method: 'POST', path: 'Messages/', effect: { kind: 'reset' } });
    cancelCampaign(s.ctx, id, owner);
    await turns(s);
    expect(states(s, id)).toEqual({ scheduled: 4 });
    expect((await outlook(s.ctx, id)).held).toMatchObject({ callingBack: 4 });
    s.carrier.faults.clear(fault);
    s.advance(20 * SECOND);
    await turns(s);
    expect(states(s, id)).toEqual({ cancelled: 4 });
    expect(there(s)).toEqual({ canceled: 4 });

    const late = await viaCarrier(s, instantOf(NY, 2026, 11, 25, 10));
    await turns(s);
    s.carrier.faults.add({ method: 'POST', path: 'Messages/', effect: { kind: 'reset' } });
    cancelCampaign(s.ctx, late, owner);
    await turns(s);
    sleepUntil(s, instantOf(NY, 2026, 11, 25, 11));
    s.carrier.faults.clear();
    await turns(s, 6);
    expect(states(s, late)).toEqual({ delivered: 4 });
    expect(textsOf(s.ctx, late).map((t) => t.reason)).toEqual(Array(4).fill('recall-too-late'));
    expect((await outlook(s.ctx, late)).held).toMatchObject({ tooLate: 4, callingBack: 0 });
  });

  it('while the campaign is paused; going on hands it over anew, one message each', async () => {
    const s = await aHeldShop(6);
    const id = await viaCarrier(s);
    await turns(s);
    pauseCampaign(s.ctx, id, owner);
    await turns(s);
    expect(states(s, id)).toEqual({ waiting: 6 });
    expect(there(s)).toEqual({ canceled: 6 });
    resumeCampaign(s.ctx, id, owner);
    await turns(s);
    expect(states(s, id)).toEqual({ scheduled: 6 });
    expect(there(s)).toEqual({ canceled: 6, scheduled: 6 });
    sleepUntil(s, THURSDAY + HOUR);
    await turns(s);
    expect(states(s, id)).toEqual({ delivered: 6 });
    expect(there(s)).toEqual({ canceled: 6, delivered: 6 });
  });

  it('when the owner changes it: it is called back and goes on as a copy that nobody can get twice', async () => {
    const s = await aHeldShop(3);
    const id = await viaCarrier(s);
    await turns(s);
    const copy = unschedule(s.ctx, id, owner);
    expect(copy).not.toBe(id);
    await turns(s);
    expect(there(s)).toEqual({ canceled: 3 });
    await planned(s.ctx, { id: copy, at: THURSDAY, viaCarrier: true });
    await turns(s);
    sleepUntil(s, THURSDAY + HOUR);
    await turns(s);
    expect(there(s)).toEqual({ canceled: 3, delivered: 3 });
  });
});
