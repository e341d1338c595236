import { countsByState, enqueue, marketingLeft, outboxById } from '@db/queries/outbox';
import { unsureAfterRestore } from '@db/queries/replay';
import { insertRestore, NOTHING_BROUGHT } from '@db/queries/restore';
import { instantOf } from '@domain/calendar';
import { type Cents, DAY, HOUR, MINUTE, type OutboxId, type PhoneE164, SECOND, type UtcMs, type Zone } from '@domain/kernel';
import { withConsent } from '@services/consent/ledger';
import { consentOf } from '@services/consent/read';
import { recordHold, recordStop } from '@services/consent/record';
import { giveUpUncertain, resendUncertain } from '@services/outbox/owner';
import { wakeSender } from '@services/outbox/sender-state';
import { sendingStatus, uncertainList } from '@services/outbox/status';
import { sendTestText, testTexts } from '@services/outbox/test-text';
import { textHistory } from '@services/outbox/texts';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import {
  aMarketingDraft,
  aNewYorker,
  aSendingCampaign,
  aSendingShop,
  countStates,
  PRICE,
  type SendingShop,
  stateOf,
} from '../support/sending-shop';
import { NOON } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});
const open = async (o: Parameters<typeof aSendingShop>[0] = {}) => {
  shop = await aSendingShop(o);
  return shop;
};
const campaignOf = (s: SendingShop) =>
  s.ctx.db.prepare('SELECT state, pause_reason AS reason FROM campaign WHERE id = 1').get() as { state: string; reason: string | null };
const resume = (s: SendingShop) => {
  s.ctx.db.prepare("UPDATE campaign SET state = 'sending', pause_reason = NULL WHERE id = 1").run();
  wakeSender(s.ctx);
};
const created = (s: SendingShop) => Object.values(s.carrier.sim.assertions()).reduce((n, t) => n + t.created, 0);
const run = (s: SendingShop, ms = HOUR) => s.run(() => campaignOf(s).state !== 'sending', ms);

describe('checked at the moment of sending', () => {
  it('leaves out who stopped, is held, has a new number, was texted lately or is gone — each with the reason', async () => {
    const s = await open();
    const { outbox, phones } = aSendingCampaign(s.ctx, { people: 8 });
    const at = (i: number) => phones[i] as PhoneE164;
    // Written behind the sender's back, so that only the check at the last moment can notice.
    withConsent(s.ctx, (trx) => {
      recordStop(s.ctx, trx, { phone: at(0), method: 'counter', reason: 'asked', carrierStop: false, occurredAt: NOON });
      recordHold(s.ctx, trx, { phone: at(1), rule: 'weak', occurredAt: NOON });
    });
    s.ctx.db.prepare("UPDATE outbox SET state = 'waiting', reason = NULL, final_at = NULL").run();
    s.ctx.db.prepare('UPDATE customer SET phone = ? WHERE phone = ?').run(aNewYorker(99), at(2));
    s.ctx.db.prepare("UPDATE customer SET phone_problem = '30006' WHERE phone = ?").run(at(3));
    s.ctx.db.prepare('DELETE FROM customer WHERE phone = ?').run(at(4));
    s.ctx.db.prepare('UPDATE outbox SET expires_at = ? WHERE id = ?').run(NOON, outbox[5]);
    s.ctx.db.tx((trx) => {
      const before = enqueue(trx, { ...aMarketingDraft(at(6)), cause: { kind: 'campaign', id: '77' } });
      trx.prepare("UPDATE outbox SET state = 'delivered', left_at = ? WHERE id = ?").run(NOON - 2 * DAY, before);
    });
    await s.drain();
    expect(outbox.map((id) => stateOf(s.ctx, id)).map((r) => r.reason ?? r.state)).toEqual([
      'opted-out',
      'held',
      'number-changed',
      'bad-number',
      'person-gone',
      'expired',
      'texted-recently',
      'queued',
    ]);
    expect(created(s)).toBe(1);
  });

  it('lets nothing leave while replies cannot be read, and hears a stop sent just before', async () => {
    const s = await open();
    const { outbox, phones } = aSendingCampaign(s.ctx, { people: 3 });
    s.carrier.faults.add({ method: 'GET', path: 'Messages', effect: { kind: 'status', status: 503 } });
    await s.drain();
    await s.run(() => false, 10 * MINUTE);
    expect(created(s)).toBe(0);
    expect(sendingStatus(s.ctx, 1 as never).blocked?.reason).toBe('replies-unread');
    s.carrier.sim.inbound({ from: phones[0] as string, to: SENDER, body: 'Stop' });
    s.carrier.sim.inbound({ from: phones[1] as string, to: SENDER, body: 'please take me off your list' });
    s.carrier.faults.clear();
    await s.run(() => stateOf(s.ctx, outbox[2] as OutboxId).sid !== null);
    expect(
      outbox
        .slice(0, 2)
        .map((id) => stateOf(s.ctx, id))
        .map((r) => [r.state, r.reason]),
    ).toEqual([
      ['cancelled', 'opted-out'],
      ['cancelled', 'opted-out'],
    ]);
    const boots = s.carrier.sim.messages().filter((m) => m.m.body.includes('boots'));
    expect(boots.map((m) => m.m.to)).toEqual([phones[2]]);
    // The word the carrier answers itself is not answered twice; the other one is.
    const answers = s.carrier.sim.messages().filter((m) => m.m.direction !== 'inbound' && !m.m.body.includes('boots'));
    expect(answers.map((m) => m.m.to)).toEqual([phones[1]]);
  });

  it('keeps the promise of the number for the calendar month of the shop', async () => {
    const s = await open();
    const { outbox, phones } = aSendingCampaign(s.ctx, { people: 1 });
    s.ctx.db.tx((trx) => {
      for (const [i, days] of [16, 15, 14, 13].entries()) {
        const id = enqueue(trx, { ...aMarketingDraft(phones[0] as PhoneE164), cause: { kind: 'campaign', id: `7${i}` } });
        trx.prepare('UPDATE outbox SET state = ?, left_at = ? WHERE id = ?').run(i === 0 ? 'uncertain' : 'sent', NOON - days * DAY, id);
      }
    });
    await s.drain();
    expect(stateOf(s.ctx, outbox[0] as OutboxId)).toMatchObject({ state: 'skipped', reason: 'month-used' });
  });

  it('waits for the window of the person, and the carrier may not keep it past closing time', async () => {
    const closing: number[] = [];
    const s = await open({
      wrap: (g) => ({
        ...g,
        send: (r) => {
          closing.push(r.validitySeconds);
          return g.send(r);
        },
      }),
    });
    const zone = 'America/New_York' as Zone;
    const late = instantOf(zone, 2026, 11, 17, 18, 56);
    s.advance(late - NOON);
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    await s.drain();
    expect(stateOf(s.ctx, outbox[0] as OutboxId)).toMatchObject({ state: 'waiting', reason: 'quiet-hours' });
    s.advance(instantOf(zone, 2026, 11, 18, 9, 59) - late);
    await s.drain();
    expect(created(s)).toBe(0);
    s.advance(2 * MINUTE);
    await s.drain();
    expect(created(s)).toBe(1);
    const { outbox: last } = aSendingCampaign(s.ctx, { id: 2, people: 1, from: 5 });
    s.advance(instantOf(zone, 2026, 11, 18, 18, 54) - s.ctx.clock.now());
    await s.drain();
    expect(stateOf(s.ctx, last[0] as OutboxId).state).toBe('queued');
    expect(closing[1]).toBeLessThanOrEqual(60);
  });

  it('judges again at once when the owner widens the hours', async () => {
    const s = await open({ now: instantOf('America/New_York' as Zone, 2026, 11, 17, 9, 30) });
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    await s.drain();
    expect(stateOf(s.ctx, outbox[0] as OutboxId).reason).toBe('quiet-hours');
    const { courtesy } = s.ctx.settings();
    const wider = { ...courtesy, window: { ...courtesy.window, weekdays: { from: 9 * 60, to: 20 * 60 } } };
    s.ctx.db.prepare("INSERT OR REPLACE INTO setting (key, value, updated_at) VALUES ('courtesy', ?, 0)").run(JSON.stringify(wider));
    await s.drain();
    expect(stateOf(s.ctx, outbox[0] as OutboxId).state).toBe('queued');
  });

  it('stops at the monthly limit, but never keeps back the answer to a stop', async () => {
    const s = await open({ settings: { texting: { monthlyLimit: 5 as Cents, pricePerSegment: PRICE } } });
    aSendingCampaign(s.ctx, { people: 10 });
    await run(s);
    expect(campaignOf(s)).toEqual({ state: 'paused', reason: 'spend-limit' });
    expect(created(s)).toBe(4); // 4 × $0.0113 fit into $0.05
    const phone = aNewYorker(50);
    withConsent(s.ctx, (trx) => {
      recordStop(s.ctx, trx, { phone, method: 'reply', reason: 'said so', carrierStop: false, occurredAt: s.ctx.clock.now() });
      enqueue(trx, {
        ...aMarketingDraft(phone, s.ctx.clock.now()),
        cause: { kind: 'stop-confirmation', id: 'SMx' },
        messageClass: 'stop-confirmation',
      });
    });
    await s.drain();
    expect(created(s)).toBe(5);
    expect(sendingStatus(s.ctx, 1 as never)).toMatchObject({ state: 'paused', pauseReason: 'spend-limit' });
  });
});

describe('the brake', () => {
  it('pauses when five of the first twenty fail alike; goes on when the owner says so', async () => {
    const s = await open();
    s.carrier.sim.script({ outcome: { status: 'undelivered', errorCode: 30005 }, times: 5 });
    aSendingCampaign(s.ctx, { people: 60 });
    await run(s);
    expect(campaignOf(s)).toEqual({ state: 'paused', reason: 'brake:same-error:30005:5/20' });
    expect(created(s)).toBe(20);
    resume(s);
    await run(s);
    expect(campaignOf(s).state).toBe('finished');
    expect(created(s)).toBe(60);
    const marked = s.ctx.db.prepare("SELECT count(*) AS n FROM customer WHERE phone_problem = '30005' AND phone_kind = 'invalid'").get();
    expect(marked).toEqual({ n: 5 });
  });

  it('a sleeping or withdrawn first text gives its place to somebody awake: it does not hold up the campaign', async () => {
    const s = await open();
    const { phones } = aSendingCampaign(s.ctx, { people: 60 });
    // At 11:00 in New York it is 6:00 in Honolulu: most of the campaign sleeps for hours.
    s.ctx.db.prepare("UPDATE customer SET zone = 'Pacific/Honolulu' WHERE id % 3 <> 0").run();
    withConsent(s.ctx, (trx) => {
      recordStop(s.ctx, trx, { phone: phones[2] as PhoneE164, method: 'counter', reason: 'asked', carrierStop: false, occurredAt: NOON });
    });
    const start = s.ctx.clock.now();
    await s.run(() => created(s) === 19, HOUR);
    expect(created(s)).toBe(19);
    expect(s.ctx.clock.now() - start).toBeLessThan(15 * MINUTE);
    expect(s.ctx.db.prepare('SELECT count(*) AS n FROM outbox WHERE brake_rank IS NOT NULL AND left_at IS NOT NULL').get()).toEqual({
      n: 19,
    });
    await run(s, 12 * HOUR);
    expect(campaignOf(s).state).toBe('finished');
    expect(created(s)).toBe(59);
    // The sample was filled up from the first who woke.
    expect(s.ctx.db.prepare('SELECT count(*) AS n FROM outbox WHERE brake_rank IS NOT NULL AND left_at IS NOT NULL').get()).toEqual({
      n: 20,
    });
  });

  it('pauses when carriers filter it', async () => {
    const s = await open();
    s.carrier.sim.script({ outcome: { status: 'undelivered', errorCode: 30007 }, times: 2 });
    aSendingCampaign(s.ctx, { people: 40 });
    await run(s);
    expect(campaignOf(s)).toMatchObject({ state: 'paused', reason: expect.stringContaining('brake:filtered:30007:2/') });
  });

  it('waits ten minutes for slow phones, then goes on at half pace', async () => {
    const s = await open({ settings: { texting: { segmentsPerSecond: 10 } } });
    s.carrier.sim.script({ outcome: { status: 'sent' }, times: 20 });
    aSendingCampaign(s.ctx, { people: 100 });
    const start = s.ctx.clock.now();
    await s.run(() => created(s) === 20);
    await s.run(() => created(s) > 20);
    expect(s.ctx.clock.now() - start).toBeGreaterThanOrEqual(10 * MINUTE);
    const half = s.ctx.clock.now();
    await run(s);
    expect(s.ctx.clock.now() - half).toBeGreaterThanOrEqual((70 / 4) * SECOND); // 0.8 × 10 / 2 a second
    expect(created(s)).toBe(100);
  });

  it('an account that refuses everything pauses every campaign and nothing else is tried', async () => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 30 });
    aSendingCampaign(s.ctx, { id: 2, people: 30, from: 100 });
    s.carrier.faults.add({ method: 'POST', path: 'Messages', effect: { kind: 'status', status: 403, code: 20005 } });
    await run(s);
    expect(campaignOf(s)).toEqual({ state: 'paused', reason: 'account:20005' });
    expect(s.ctx.db.prepare("SELECT count(*) AS n FROM campaign WHERE state = 'paused'").get()).toEqual({ n: 2 });
    const refused = countStates(s.ctx)['rejected'] ?? 0;
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThanOrEqual(8);
    // Repaired: nothing was created for them, so they can be sent again, once.
    s.carrier.faults.clear();
    const list = uncertainList(s.ctx, { campaignId: null, page: { offset: 0, limit: 50 } });
    expect(list.rows.map((r) => r.kind)).toEqual(Array(refused).fill('refused'));
    await resendUncertain(
      s.ctx,
      list.rows.map((r) => r.outboxId),
    );
    resume(s);
    await run(s);
    expect(Object.values(s.carrier.sim.assertions()).every((t) => t.created === 1)).toBe(true);
    expect(countsByState(s.ctx.db, { kind: 'campaign', id: '1' })['rejected']).toBeUndefined();
  });

  it('a stop only the carrier knows of becomes a stop here', async () => {
    const s = await open();
    const { outbox, phones } = aSendingCampaign(s.ctx, { people: 1 });
    const phone = phones[0] as PhoneE164;
    s.carrier.faults.add({ method: 'POST', path: 'Messages', times: 1, effect: { kind: 'status', status: 400, code: 21610 } });
    await s.drain();
    expect(stateOf(s.ctx, outbox[0] as OutboxId)).toMatchObject({ state: 'rejected', error_code: 21610 });
    const marketing = consentOf(s.ctx.db, s.ctx.hmacKey, phone, s.ctx.clock.now()).find((c) => c.purpose === 'marketing');
    expect(marketing).toMatchObject({ state: 'out', carrierStop: true });
  });
});

describe('the owner decides about uncertain texts', () => {
  const lost = async () => {
    const s = await open();
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    s.carrier.faults.add({ method: 'POST', path: 'Messages', times: 1, when: 'before', effect: { kind: 'reset' } });
    await s.run(() => stateOf(s.ctx, outbox[0] as OutboxId).reason === 'not-confirmed');
    return { s, id: outbox[0] as OutboxId };
  };

  it('send again: one more attempt, kept in the history', async () => {
    const { s, id } = await lost();
    expect(uncertainList(s.ctx, { campaignId: 1 as never, page: { offset: 0, limit: 10 } }).rows[0]).toMatchObject({
      kind: 'not-confirmed',
    });
    expect(await resendUncertain(s.ctx, [id])).toEqual({ queued: 1, found: 0 });
    await s.run(() => stateOf(s.ctx, id).state === 'delivered');
    expect(created(s)).toBe(1);
    expect(textHistory(s.ctx, id).attempts.map((a) => a.outcome)).toEqual(['uncertain', 'accepted']);
  });

  it('looks once more before sending again: what turned up late is not sent twice', async () => {
    const s = await open({ carrier: { listLag: { ms: 2 * HOUR } } });
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    const id = outbox[0] as OutboxId;
    s.carrier.faults.add({ method: 'POST', path: 'Messages', times: 1, when: 'after', effect: { kind: 'reset' } });
    await s.run(() => stateOf(s.ctx, id).reason === 'not-confirmed');
    expect(stateOf(s.ctx, id).sid).toBeNull();
    s.advance(2 * HOUR);
    expect(await resendUncertain(s.ctx, [id])).toEqual({ queued: 0, found: 1 });
    expect(created(s)).toBe(1);
  });

  it('leave it: closed, counted as sent, never sent', async () => {
    const { s, id } = await lost();
    expect(giveUpUncertain(s.ctx, [id])).toBe(1);
    await s.run(() => false, 2 * HOUR);
    expect(created(s)).toBe(0);
    expect(outboxById(s.ctx.db, id)).toMatchObject({ state: 'uncertain', reason: 'given-up' });
    expect(marketingLeft(s.ctx.db, aNewYorker(0), 0 as UtcMs)).toHaveLength(1);
    expect(() => giveUpUncertain(s.ctx, [999 as OutboxId])).toThrow('outbox.not-found');
  });

  it('after a restore: what left since the copy is found in one walk, the rest is asked', async () => {
    const s = await open();
    const { outbox } = aSendingCampaign(s.ctx, { people: 3 });
    s.ctx.db.prepare("UPDATE outbox SET state = 'cancelled' WHERE id = ?").run(outbox[2]);
    await s.run(() => countStates(s.ctx)['delivered'] === 2);
    // The copy was made before anything left; another text of ours went out meanwhile.
    sendTestText(s.ctx, aNewYorker(0), 'another text');
    await s.drain();
    s.ctx.db.prepare('DELETE FROM outbox_attempt').run();
    s.ctx.db
      .prepare(
        "UPDATE outbox SET state = 'waiting', sid = NULL, sender = NULL, left_at = NULL, reconcile_at = NULL WHERE cause_kind = 'campaign'",
      )
      .run();
    s.advance(3 * DAY);
    const now = s.ctx.clock.now();
    s.ctx.db.tx((trx) => {
      unsureAfterRestore(trx, now);
      // long enough ago for one look to be proof
      const at = (now - 2 * HOUR) as UtcMs;
      const knowsUntil = (now - 4 * DAY) as UtcMs;
      const journal = { read: 1, unreadable: 0, torn: false, gap: 0, foreign: false };
      insertRestore(trx, { epoch: 2, how: 'restored', at, copyAt: knowsUntil, knowsUntil, brought: NOTHING_BROUGHT, journal });
    });
    s.ctx.db.prepare("UPDATE campaign SET state = 'paused', pause_reason = 'restored'").run();
    await s.run(() => false, MINUTE);
    expect(outbox.map((id) => stateOf(s.ctx, id)).map((r) => [r.state, r.reason])).toEqual([
      ['delivered', null],
      ['delivered', null],
      ['uncertain', 'restored'],
    ]);
    const { rows } = uncertainList(s.ctx, { campaignId: 1 as never, page: { offset: 0, limit: 9 } });
    expect(rows.map((r) => r.kind)).toEqual(['not-confirmed']);
    expect(created(s)).toBe(3);
  });

  it('a test text takes the real way out', async () => {
    const s = await open();
    const id = sendTestText(s.ctx, aNewYorker(7), '“Hello” — test');
    await s.drain();
    expect(s.carrier.sim.messages()[0]?.m.body).toBe('"Hello" - test');
    expect(stateOf(s.ctx, id).state).toBe('queued');
  });

  it('test texts are few, so that nobody is texted by them; tomorrow there are new ones', async () => {
    const s = await open();
    for (let i = 0; i < 10; i++) sendTestText(s.ctx, aNewYorker(7), `Hello ${i}`);
    expect(() => sendTestText(s.ctx, aNewYorker(8), 'Hello')).toThrow('outbox.tests-used');
    expect(testTexts(s.ctx)).toEqual({ lastPhone: aNewYorker(7), leftToday: 0 });
    s.advance(25 * HOUR);
    expect(testTexts(s.ctx).leftToday).toBe(10);
  });
});
