import { enqueue, type OutboxState } from '@db/queries/outbox';
import { saveSettings } from '@db/queries/settings';
import { DAY, HOUR, MINUTE, type OutboxId, type PhoneE164 } from '@domain/kernel';
import { marketingState, recordDoubleOptInAsked, recordSignUp, sweepConsent, withConsent } from '@services/consent/index';
import { decideHold, syncReplies } from '@services/inbox';
import { wakeSender } from '@services/outbox/sender-state';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aMarketingDraft, aNewYorker, aSendingShop, type SendingShop, stateOf } from '../support/sending-shop';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});
const open = async (approved: boolean) => {
  shop = await aSendingShop({ settings: { texting: { senderApproved: approved } } });
  shop.ctx.db.raw.exec(
    "INSERT INTO campaign (id, name, state, created_at, updated_at, started_at) VALUES (1, 'Boots', 'sending', 0, 0, 0), (2, 'More boots', 'sending', 0, 0, 0)",
  );
  return shop;
};
const approve = (s: SendingShop) => {
  saveSettings(s.ctx.db, 'texting', { ...s.ctx.settings().texting, senderApproved: true }, s.ctx.clock.now());
  wakeSender(s.ctx);
};
const signUp = (s: SendingShop, phone: PhoneE164) =>
  withConsent(s.ctx, (trx) => recordSignUp(s.ctx, trx, { phone, method: 'screen', occurredAt: s.ctx.clock.now() }));
const ask = (s: SendingShop, phone: PhoneE164) =>
  withConsent(s.ctx, (trx) => recordDoubleOptInAsked(s.ctx, trx, { phone, occurredAt: s.ctx.clock.now() })).outcome;
const offer = (s: SendingShop, phone: PhoneE164, campaign = '1') =>
  s.ctx.db.tx((trx) =>
    enqueue(trx, {
      ...aMarketingDraft(phone, s.ctx.clock.now()),
      cause: { kind: 'campaign', id: campaign },
      body: 'Corner Shoes: boots are in. Reply STOP to opt out.',
    }),
  ) as OutboxId;
/** What reached the carrier for a number, in order. */
const got = (s: SendingShop, phone: PhoneE164): string[] =>
  s.carrier.sim
    .messages()
    .filter((v) => v.m.to === phone && v.m.direction !== 'inbound')
    .map((v) =>
      /signed up/.test(v.m.body) ? 'confirmation' : /Reply Y/.test(v.m.body) ? 'question' : /boots/.test(v.m.body) ? 'offer' : v.m.body,
    );
const states = (s: SendingShop): Record<string, OutboxState> =>
  Object.fromEntries(
    (
      s.ctx.db.raw.prepare("SELECT address, state FROM outbox WHERE message_class = 'confirmation'").all() as {
        address: string;
        state: OutboxState;
      }[]
    ).map((r) => [r.address, r.state]),
  );
const pass = (s: SendingShop, ms: number) => {
  s.advance(ms);
  wakeSender(s.ctx);
};

describe('confirmations', () => {
  it('wait for the carriers’ approval, then leave once and before any offer; those older than 30 days do not', async () => {
    const s = await open(false);
    const [old, edge, fresh] = [aNewYorker(1), aNewYorker(2), aNewYorker(3)];
    signUp(s, old);
    pass(s, 2 * DAY);
    signUp(s, edge);
    pass(s, 20 * DAY);
    signUp(s, fresh);
    await s.drain();
    expect(s.carrier.sim.messages()).toHaveLength(0);
    pass(s, 9 * DAY); // old: 31 days, edge: 29, fresh: 9
    for (const p of [old, edge, fresh]) offer(s, p);
    approve(s);
    await s.drain();
    await s.drain();
    expect([old, edge, fresh].map((p) => got(s, p))).toEqual([[], ['confirmation'], ['confirmation']]);
    expect(states(s)[old]).toBe('skipped');
    sweepConsent(s.ctx, true);
    expect(marketingState(s.ctx, old)).toBe('paused');
    pass(s, 23 * HOUR);
    await s.drain();
    expect(got(s, fresh)).toEqual(['confirmation']);
    pass(s, 2 * HOUR);
    await s.drain();
    await s.drain();
    expect([old, edge, fresh].map((p) => got(s, p))).toEqual([[], ['confirmation', 'offer'], ['confirmation', 'offer']]);
    // asked again at the counter
    signUp(s, old);
    await s.drain();
    expect(got(s, old)).toEqual(['confirmation']);
  });

  it('are paced on the day of approval: no more leave in a minute than the sender may', async () => {
    const s = await open(false);
    const people = Array.from({ length: 40 }, (_, i) => aNewYorker(100 + i));
    for (const p of people) signUp(s, p);
    saveSettings(s.ctx.db, 'texting', { ...s.ctx.settings().texting, segmentsPerSecond: 0.25 }, s.ctx.clock.now());
    approve(s);
    await s.run(() => false, MINUTE);
    const first = Object.values(states(s)).filter((x) => x !== 'waiting').length;
    expect(first).toBeGreaterThan(3);
    expect(first).toBeLessThan(25);
    await s.run(() => Object.values(states(s)).every((x) => x !== 'waiting'), 20 * MINUTE);
    for (const p of people) expect(got(s, p)).toEqual(['confirmation']);
  });

  it('called off by a parked reply, leave after the owner’s word; no offer leaves before', async () => {
    const s = await open(false);
    const ana = aNewYorker(1);
    signUp(s, ana);
    s.carrier.sim.inbound({ from: ana, to: SENDER, body: 'enough already' });
    await syncReplies(s.ctx);
    expect(states(s)[ana]).toBe('cancelled');
    const sid = s.ctx.db.raw.prepare("SELECT sid FROM inbound WHERE meaning = 'hold'").pluck().get() as string;
    decideHold(s.ctx, { sid, decision: 'not-a-stop', reason: 'about a shoe', staffId: null });
    const row = offer(s, ana);
    approve(s);
    await s.drain();
    expect(got(s, ana)).toEqual(['confirmation']);
    expect(stateOf(s.ctx, row)).toMatchObject({ state: 'waiting', reason: 'confirmation-first' });
    pass(s, 25 * HOUR);
    await s.drain();
    expect(got(s, ana)).toEqual(['confirmation', 'offer']);
  });

  it('called off by a stop, leave after START; no offer leaves before', async () => {
    const s = await open(false);
    const ana = aNewYorker(1);
    signUp(s, ana);
    s.carrier.sim.inbound({ from: ana, to: SENDER, body: 'please stop texting me' });
    await syncReplies(s.ctx);
    pass(s, HOUR);
    s.carrier.sim.inbound({ from: ana, to: SENDER, body: 'START' });
    await syncReplies(s.ctx);
    expect(marketingState(s.ctx, ana)).toBe('in');
    offer(s, ana);
    approve(s);
    await s.drain();
    expect(got(s, ana)).toEqual(['confirmation']);
    pass(s, 25 * HOUR);
    await s.drain();
    expect(got(s, ana)).toEqual(['confirmation', 'offer']);
  });
});

describe('the question to who said yes to the clerk', () => {
  it('leaves once per number in 90 days, and nobody is reached before their Y', async () => {
    const s = await open(true);
    const bo = aNewYorker(7);
    expect(ask(s, bo)).toBe('asked');
    offer(s, bo);
    await s.drain();
    expect(got(s, bo)).toEqual(['question']);
    pass(s, 8 * DAY);
    sweepConsent(s.ctx, true);
    expect(ask(s, bo)).toBe('asked-recently');
    pass(s, 81 * DAY);
    expect(ask(s, bo)).toBe('asked-recently');
    pass(s, 2 * DAY);
    expect(ask(s, bo)).toBe('asked');
    await s.drain();
    expect(got(s, bo)).toEqual(['question', 'question']);
    s.carrier.sim.inbound({ from: bo, to: SENDER, body: 'y' });
    await syncReplies(s.ctx);
    expect(marketingState(s.ctx, bo)).toBe('in');
    await s.drain();
    expect(got(s, bo)).toEqual(['question', 'question', 'confirmation']);
    const late = offer(s, bo, '2');
    await s.drain();
    expect(stateOf(s.ctx, late).state).toBe('waiting');
    expect(stateOf(s.ctx, late).reason).toBe('confirmation-first');
  });
});
