import { practiceAccount } from '@adapters/practice-carrier/account';
import { saveSettings } from '@db/queries/settings';
import { instantOf } from '@domain/calendar';
import { type CampaignId, type CustomerId, DAY, HOUR, MINUTE, type PhoneE164, SECOND, type UtcMs, type Zone } from '@domain/kernel';
import { cancelCampaign, pauseCampaign, resumeCampaign } from '@services/campaigns/control';
import { review } from '@services/campaigns/review';
import { outlook, unschedule } from '@services/campaigns/schedule';
import { startCampaign } from '@services/campaigns/start';
import { withConsent } from '@services/consent/ledger';
import { recordStop } from '@services/consent/record';
import { recoverSending } from '@services/outbox/reconcile';
import { senderTurn } from '@services/outbox/sender';
import { erasePerson } from '@services/privacy/erase';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { SERVICE } from '../support/carrier';
import { aDraft, addPeople, aPlanningShop, planned, stateOfCampaign, textsOf } from '../support/planned';
import { refusalOf } from '../support/refusal';
import { givePermission, type SendingShop } from '../support/sending-shop';
import { NOON, owner } from '../support/test-ctx';

const NY = 'America/New_York' as Zone;
const THURSDAY = instantOf(NY, 2026, 11, 19, 10);
const OURS = practiceAccount().services[0]?.numbers[0] as PhoneE164;

const open: SendingShop[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});
async function aShop(people: number, o: Parameters<typeof aPlanningShop>[1] = {}): Promise<SendingShop> {
  const s = await aPlanningShop(people, {
    ...o,
    settings: { ...o.settings, texting: { numbers: [OURS], ...o.settings?.texting } },
  });
  open.push(s);
  return s;
}

const states = (s: SendingShop, id: CampaignId) => {
  const n: Record<string, number> = {};
  for (const t of textsOf(s.ctx, id)) n[t.state] = (n[t.state] ?? 0) + 1;
  return n;
};
/** What the carrier has, by status now. */
const there = (s: SendingShop) => {
  const n: Record<string, number> = {};
  for (const m of s.carrier.sim.messages()) if (m.m.direction !== 'inbound') n[m.status] = (n[m.status] ?? 0) + 1;
  return n;
};
const turns = async (s: SendingShop, n = 4) => {
  for (let i = 0; i < n; i++) await senderTurn(s.ctx);
};
const viaCarrier = (s: SendingShop, at: UtcMs = THURSDAY) => planned(s.ctx, { at, viaCarrier: true });
/** The clocks go on while this computer is off; then it is on again. */
const sleepUntil = (s: SendingShop, at: number) => s.advance(at - s.ctx.clock.now());

describe('a campaign the carrier holds', () => {
  it('is handed over at once, each text once, and has not left', async () => {
    const s = await aShop(8);
    const id = await viaCarrier(s);
    await turns(s);
    expect(states(s, id)).toEqual({ scheduled: 8 });
    expect(there(s)).toEqual({ scheduled: 8 });
    expect(textsOf(s.ctx, id).every((t) => t.leftAt === null && t.sendAt !== null && t.attempts === 1)).toBe(true);
    expect(stateOfCampaign(s.ctx, id)).toMatchObject({ state: 'sending', at: THURSDAY });
    expect(await outlook(s.ctx, id)).toMatchObject({ people: 8, held: { held: 8, callingBack: 0, tooLate: 0, nextAt: THURSDAY } });
  });

  it('leaves while this computer is off; what became of it is heard at the next start, and counts from then', async () => {
    const s = await aShop(8);
    const id = await viaCarrier(s);
    await turns(s);
    sleepUntil(s, THURSDAY + 3 * HOUR);
    await turns(s);
    expect(states(s, id)).toEqual({ delivered: 8 });
    for (const t of textsOf(s.ctx, id)) expect(Math.abs((t.leftAt ?? 0) - (t.sendAt ?? 0))).toBeLessThan(MINUTE);
    expect(stateOfCampaign(s.ctx, id).state).toBe('finished');
  });

  it('sends the first twenty a quarter of an hour before the rest, and the rest at the pace of the number', async () => {
    const s = await aShop(30, { settings: { texting: { segmentsPerSecond: 1 } } });
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
    const s = await aShop(40, {
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
    const s = await aShop(0);
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
    const s = await aShop(3, { settings: { texting: { sender: { kind: 'number', number: '+12125550140' as PhoneE164 } } } });
    expect(await refusalOf(viaCarrier(s))).toMatchObject({ code: 'campaign.no-service', params: { why: 'no-service' } });
    expect(
      s.ctx.db.prepare("SELECT count(*) FROM campaign WHERE state = 'draft' AND scheduled_at IS NULL AND via_carrier = 0").pluck().get(),
    ).toBe(1);
    const t = await aShop(3);
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
    const s = await aShop(3);
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

describe('what must not leave any more', () => {
  it('after a STOP is called back by its id, whatever else happens', async () => {
    const s = await aShop(5);
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
    const s = await aShop(5);
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
    const s = await aShop(6);
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
    const s = await aShop(3);
    const id = await viaCarrier(s);
    await turns(s);
    const customer = s.ctx.db.prepare('SELECT min(id) FROM customer').pluck().get() as CustomerId;
    await s.ctx.tasks.finished(erasePerson(s.ctx, owner, { id: customer }).task);
    await turns(s);
    expect(there(s)).toEqual({ scheduled: 2, canceled: 1 });
    expect(states(s, id)).toEqual({ scheduled: 2, cancelled: 1 });
  });

  it('is asked for until the carrier answers; what left meanwhile is said to have left', async () => {
    const s = await aShop(4);
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
    const s = await aShop(6);
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
    const s = await aShop(3);
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

describe('when nobody knows whether the carrier took it', () => {
  it('finds what it holds and keeps it held; nothing is posted twice', async () => {
    const s = await aShop(6);
    s.carrier.faults.add({ method: 'POST', path: 'Messages.json', when: 'after', skip: 2, times: 2, effect: { kind: 'reset' } });
    const id = await viaCarrier(s);
    for (let i = 0; i < 14; i++) {
      await senderTurn(s.ctx);
      s.advance(MINUTE);
    }
    expect(states(s, id)).toEqual({ scheduled: 6 });
    expect(there(s)).toEqual({ scheduled: 6 });
    sleepUntil(s, THURSDAY + HOUR);
    await turns(s);
    expect(states(s, id)).toEqual({ delivered: 6 });
  });

  it('after a power cut in the middle of a POST: looked for, found held, never posted again', async () => {
    const s = await aShop(4);
    const id = await viaCarrier(s);
    await turns(s);
    // the answer of one was never written down
    const cut = textsOf(s.ctx, id)[1];
    s.ctx.db.prepare("UPDATE outbox SET state = 'sending', sid = NULL, updated_at = ? WHERE id = ?").run(s.ctx.clock.now(), cut?.id);
    s.ctx.db.prepare('UPDATE outbox_attempt SET finished_at = NULL, outcome = NULL, sid = NULL WHERE outbox_id = ?').run(cut?.id);
    recoverSending(s.ctx);
    expect(textsOf(s.ctx, id)[1]).toMatchObject({ state: 'uncertain', leftAt: null });
    s.advance(2 * MINUTE);
    await turns(s);
    expect(textsOf(s.ctx, id)[1]).toMatchObject({ state: 'scheduled', sid: cut?.sid });
    expect(there(s)).toEqual({ scheduled: 4 });
  });

  it('a plan cut off before its people were written down is a plain draft again', async () => {
    const s = await aShop(2);
    const id = aDraft(s.ctx);
    s.ctx.db.prepare('UPDATE campaign SET via_carrier = 1, scheduled_at = ? WHERE id = ?').run(THURSDAY, id);
    const { quoteToken } = await review(s.ctx, id);
    await s.ctx.tasks.finished(await startCampaign(s.ctx, { id, quoteToken: quoteToken ?? '' }, owner));
    await s.run(() => states(s, id)['delivered'] === 2);
    expect(there(s)).toEqual({ delivered: 2 });
  });

  it('calls it back once it is found, if a STOP came meanwhile', async () => {
    const s = await aShop(2);
    s.carrier.faults.add({ method: 'POST', path: 'Messages.json', when: 'after', skip: 1, times: 1, effect: { kind: 'reset' } });
    s.carrier.sim.change({ hideScheduled: true });
    const id = await viaCarrier(s);
    await turns(s);
    const lost = textsOf(s.ctx, id).find((t) => t.state === 'uncertain');
    expect(lost?.leftAt).toBeNull();
    s.carrier.sim.inbound({ from: lost?.address as string, to: OURS, body: 'STOP' });
    s.advance(6 * MINUTE);
    await turns(s);
    s.carrier.sim.change({ hideScheduled: false });
    s.advance(20 * MINUTE);
    await turns(s, 6);
    expect(textsOf(s.ctx, id).find((t) => t.address === lost?.address)?.state).toBe('cancelled');
    expect(there(s)).toEqual({ scheduled: 1, canceled: 1 });
  });
});

describe('a carrier that does not hold what it was given to hold', () => {
  it('gets one text, not the whole campaign: it is paused and the owner is told', async () => {
    const s = await aShop(12, {
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
    const s = await aShop(1, { carrier: { switches: { scheduleWithoutService: 'send-now' } } });
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

describe('whatever comes when', () => {
  type Act =
    | { do: 'look' }
    | { do: 'pass'; minutes: number }
    | { do: 'stop'; who: number; words: string }
    | { do: 'desk'; who: number }
    | { do: 'pause' | 'resume' }
    | { do: 'trouble'; when: 'before' | 'after'; cancels: boolean; times: number };
  const PEOPLE = 5;
  const act: fc.Arbitrary<Act> = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Act>({ do: 'look' }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 400 }) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('stop' as const),
        who: fc.nat(PEOPLE - 1),
        words: fc.constantFrom('STOP', 'stop texting me', 'no more messages please'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('desk' as const), who: fc.nat(PEOPLE - 1) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('trouble' as const),
        when: fc.constantFrom('before' as const, 'after' as const),
        cancels: fc.boolean(),
        times: fc.integer({ min: 1, max: 3 }),
      }),
    },
  );

  it('nobody who stopped while the app ran before its time gets the text, and nobody gets two', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
        const s = await aPlanningShop(PEOPLE, { settings: { texting: { numbers: [OURS] } } });
        try {
          const at = (NOON + 4 * HOUR) as UtcMs; // 15:00
          const id = await planned(s.ctx, { at, viaCarrier: true });
          const phones = s.ctx.db.prepare('SELECT phone FROM customer ORDER BY id').pluck().all() as PhoneE164[];
          const stoppedAt = new Map<string, number>();
          /** Stopped and called back for sure: the app looked twice after it, with the line open, before their text was due. */
          const safe = new Set<string>();
          const look = async () => {
            await senderTurn(s.ctx);
          };
          for (const a of acts) {
            const now = s.ctx.clock.now();
            const first = phones[(a as { who?: number }).who ?? 0] as PhoneE164;
            if (a.do === 'look') await look();
            else if (a.do === 'pass') s.advance(a.minutes * MINUTE);
            else if (a.do === 'stop') {
              s.carrier.sim.inbound({ from: first, to: OURS, body: a.words });
              if (!stoppedAt.has(first)) stoppedAt.set(first, now);
            } else if (a.do === 'desk') {
              withConsent(s.ctx, (trx) =>
                recordStop(s.ctx, trx, { phone: first, method: 'counter', reason: 'asked', carrierStop: false, occurredAt: now }),
              );
              if (!stoppedAt.has(first)) stoppedAt.set(first, now);
            } else if (a.do === 'pause' || a.do === 'resume') {
              const { state } = stateOfCampaign(s.ctx, id);
              if (a.do === 'pause' && state === 'sending') pauseCampaign(s.ctx, id, owner);
              if (a.do === 'resume' && state === 'paused') resumeCampaign(s.ctx, id, owner);
            } else if (a.do === 'trouble') {
              s.carrier.faults.add({
                method: 'POST',
                path: a.cancels ? 'Messages/' : 'Messages.json',
                when: a.when,
                times: a.times,
                effect: { kind: 'reset' },
              });
            }
            if (s.ctx.clock.now() < at - 10 * MINUTE && a.do === 'look') {
              s.carrier.faults.clear();
              s.advance(6 * MINUTE);
              for (let i = 0; i < 3; i++) await look();
              for (const [phone, t] of stoppedAt) if (t < s.ctx.clock.now() && s.ctx.clock.now() < at) safe.add(phone);
            }
          }
          s.carrier.faults.clear();
          for (let i = 0; i < 10; i++) {
            s.advance(40 * MINUTE);
            await look();
          }
          const sent = s.carrier.sim
            .messages()
            .filter((m) => m.m.direction !== 'inbound' && m.m.body.includes('boots') && m.status !== 'canceled');
          for (const phone of phones) {
            const own = sent.filter((m) => m.m.to === phone);
            expect(own.length, `messages to ${phone}`).toBeLessThanOrEqual(1);
            if (safe.has(phone))
              expect(
                own.filter((m) => m.status === 'delivered' || m.status === 'sent'),
                `stopped: ${phone}`,
              ).toEqual([]);
          }
          const rows = textsOf(s.ctx, id);
          expect(rows.length).toBe(PEOPLE);
          for (const r of rows) if (r.state === 'delivered') expect(sent.some((m) => m.m.sid === r.sid)).toBe(true);
        } finally {
          await s.close();
        }
      }),
      { numRuns: 30, seed: 5 },
    );
  });
});
