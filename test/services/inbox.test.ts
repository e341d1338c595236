import { inboundBySid, readInboundPoll } from '@db/queries/inbox';
import { AppError } from '@domain/errors';
import { DAY, HOUR, MINUTE, type PhoneE164, type StaffId, type UtcMs } from '@domain/kernel';
import type { CarrierMessage } from '@ports/sms-gateway';
import { consentOf, currentWording, evidenceOf, recordDoubleOptInAsked, recordSignUp, verifyLedger, withConsent } from '@services/consent';
import { sweepConsent } from '@services/consent/sweep';
import { decideHold, listInbox, readThread, repliesAreFresh, replyTo, syncReplies, takeInbound } from '@services/inbox';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aNewYorker, aSendingCampaign, aSendingShop, type SendingShop } from '../support/sending-shop';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

const ANA = '+12125550123' as PhoneE164;
const ALL = { filter: 'all', q: '', offset: 0, limit: 10 } as const;
let n = 0;
const text = (body: string, over: Partial<CarrierMessage> = {}): CarrierMessage => ({
  sid: `SM${String(++n).padStart(32, '0')}`,
  direction: 'inbound',
  from: ANA,
  to: SENDER,
  messagingServiceSid: null,
  body,
  status: 'received',
  errorCode: null,
  segments: 1,
  price: null,
  priceCurrency: null,
  createdAt: NOON,
  sentAt: NOON,
  updatedAt: NOON,
  ...over,
});
const states = (ctx: TestCtx, phone = ANA) => consentOf(ctx.db, ctx.hmacKey, phone, ctx.clock.now());
const marketing = (ctx: TestCtx, phone = ANA) => states(ctx, phone).find((s) => s.purpose === 'marketing');
const outbox = (ctx: TestCtx) =>
  ctx.db.raw.prepare('SELECT cause_kind AS cause, state, body, address FROM outbox ORDER BY id').all() as {
    cause: string;
    state: string;
    body: string;
    address: string;
  }[];
const signUp = (ctx: TestCtx, phone = ANA) =>
  withConsent(ctx, (trx) =>
    recordSignUp(ctx, trx, {
      phone,
      method: 'screen',
      occurredAt: ctx.clock.now(),
      wordingHash: currentWording(ctx, 'sign-up', 'en').hash,
    }),
  );
const waiting = (ctx: TestCtx) => outbox(ctx).filter((o) => o.state === 'waiting');

describe('taking replies', () => {
  it('takes each once, however often and in whatever order the carrier lists it', async () => {
    const ctx = aCtx();
    signUp(ctx);
    const replies = [text('hello'), text('please take me off your list', { sentAt: (NOON - MINUTE) as UtcMs }), text('hello again')];
    expect(await takeInbound(ctx, replies)).toBe(3);
    const dump = () => [...evidenceOf(ctx, ANA).map((e) => e.hash), ...outbox(ctx).map((o) => JSON.stringify(o)), ctx.journalled.length];
    const before = dump();
    expect(await takeInbound(ctx, [...replies].reverse())).toBe(0);
    expect(await takeInbound(ctx, [...replies, ...replies])).toBe(0);
    expect(dump()).toEqual(before);
    expect(marketing(ctx)?.state).toBe('out');
  });

  it('stops at once: ledger, queue and one confirmation, only for stops the carrier does not answer', async () => {
    const ctx = aCtx();
    signUp(ctx);
    await takeInbound(ctx, [text('No more texts please')]);
    expect(outbox(ctx).map((o) => [o.cause, o.state])).toEqual([
      ['confirmation', 'cancelled'],
      ['stop-confirmation', 'waiting'],
    ]);
    await takeInbound(ctx, [text('I said stop')]); // said again: kept as evidence, not answered again
    expect(waiting(ctx)).toHaveLength(0); // and the first answer is one text too many by now
    expect(evidenceOf(ctx, ANA).filter((e) => e.event.kind === 'stopped')).toHaveLength(2);

    const other = aCtx();
    signUp(other);
    await takeInbound(other, [text('STOP')]);
    expect(waiting(other)).toEqual([]);
    expect(marketing(other)).toMatchObject({ state: 'out', carrierStop: true });
  });

  it('sends no confirmation when the reply is older than five minutes', async () => {
    const ctx = aCtx({ now: (NOON + 6 * MINUTE) as UtcMs });
    await takeInbound(ctx, [text('remove me')]);
    expect(outbox(ctx)).toEqual([]);
    expect(marketing(ctx)?.state).toBe('out'); // a number nobody knew is suppressed all the same
  });

  it('asks why, and keeps the answer as the reason', async () => {
    const ctx = aCtx();
    await takeInbound(ctx, [text('remove me')]);
    ctx.db.raw.prepare("UPDATE outbox SET state = 'delivered', left_at = ?").run(NOON);
    await takeInbound(ctx, [text('1')]);
    expect(evidenceOf(ctx, ANA).at(-1)?.event.reason).toBe('why: too-many');
    expect(marketing(ctx)?.state).toBe('out');
    expect(listInbox(ctx, ALL).counts.unread).toBe(0);
  });

  it('parks a weak word: suppressed at once, the owner decides', async () => {
    const ctx = aCtx();
    signUp(ctx);
    const m = text('enough already');
    await takeInbound(ctx, [m]);
    expect(marketing(ctx)?.state).toBe('hold');
    expect(waiting(ctx)).toEqual([]);
    const [parked] = listInbox(ctx, ALL).parked;
    expect(parked).toMatchObject({ sid: m.sid, body: 'enough already' });
    expect(parked?.holdUntil).toBe(marketing(ctx)?.expiresAt);
    expect(() => replyTo(ctx, owner, { phone: ANA, body: 'hi', hours: 'wait' })).toThrow(AppError);
    expect(() => decideHold(ctx, { sid: m.sid, decision: 'not-a-stop', reason: ' ', staffId: null })).toThrow('input.invalid');
    expect(marketing(ctx)?.state).toBe('hold');
    decideHold(ctx, { sid: m.sid, decision: 'not-a-stop', reason: 'meant the rain', staffId: 1 as StaffId });
    expect(marketing(ctx)?.state).toBe('in');
    expect(() => decideHold(ctx, { sid: m.sid, decision: 'stop', reason: '', staffId: null })).toThrow('inbox.not-found');
    expect(evidenceOf(ctx, ANA).at(-1)?.event).toMatchObject({ kind: 'hold-released', reason: 'meant the rain' });
  });

  it('frees a number only when its last parked reply is decided, and stops all of them at once', async () => {
    const ctx = aCtx();
    signUp(ctx);
    const [a, b] = [text('enough already'), text('so annoying')];
    await takeInbound(ctx, [a, b]);
    decideHold(ctx, { sid: a.sid, decision: 'not-a-stop', reason: 'x', staffId: null });
    expect(marketing(ctx)?.state).toBe('hold');
    decideHold(ctx, { sid: b.sid, decision: 'stop', reason: '', staffId: null });
    expect(marketing(ctx)?.state).toBe('out');
    await takeInbound(ctx, [text('this is spam')]);
    expect(listInbox(ctx, ALL).parked).toEqual([]); // out already: nothing to decide
  });

  it('lets an undecided reply run out into a stop', async () => {
    const ctx = aCtx();
    signUp(ctx);
    const m = text('this is spam');
    await takeInbound(ctx, [m]);
    ctx.clock.set(marketing(ctx)?.expiresAt as UtcMs);
    expect(sweepConsent(ctx, true).stopped).toBe(1);
    expect(inboundBySid(ctx.db, m.sid)?.resolution).toBe('stop');
    expect(marketing(ctx)?.state).toBe('out');
  });

  it('answers HELP once an hour unless the carrier does', async () => {
    const ctx = aCtx();
    await takeInbound(ctx, [text('HELP')]);
    expect(outbox(ctx)).toEqual([]);
    await takeInbound(ctx, [text('ayuda'), text('help please')]);
    expect(outbox(ctx).map((o) => o.cause)).toEqual(['help']);
  });

  it('signs up who texts JOIN, and tells someone the carrier blocks nothing', async () => {
    const ctx = aCtx();
    await takeInbound(ctx, [text('Join!')]);
    expect(marketing(ctx)?.state).toBe('in');
    expect(waiting(ctx).map((o) => o.cause)).toEqual(['confirmation']);
    await takeInbound(ctx, [text('STOP'), text('JOIN', { sentAt: (NOON + 1000) as UtcMs })]);
    expect(marketing(ctx)).toMatchObject({ state: 'pending', carrierStop: true });
    expect(waiting(ctx)).toEqual([]);
    await takeInbound(ctx, [text('start please')]); // not the carrier's word: its block stands
    expect(marketing(ctx)?.carrierStop).toBe(true);
    await takeInbound(ctx, [text('YES')]);
    expect(marketing(ctx)).toMatchObject({ state: 'in', carrierStop: false });
  });

  it('does not take a START for a sign-up', async () => {
    const ctx = aCtx();
    await takeInbound(ctx, [text('START')]);
    expect(states(ctx)).toEqual([]);
    expect(listInbox(ctx, ALL).counts.unread).toBe(1);
  });

  it('lets Y answer only a pending question', async () => {
    const ctx = aCtx();
    await takeInbound(ctx, [text('Y'), text('yes')]);
    expect(states(ctx)).toEqual([]);
    const asked = (c: TestCtx) => {
      withConsent(c, (trx) => recordDoubleOptInAsked(c, trx, { phone: ANA, occurredAt: NOON }));
      c.db.raw.prepare("UPDATE outbox SET state = 'accepted', left_at = ? WHERE cause_kind = 'double-opt-in'").run(NOON);
    };
    asked(ctx);
    await takeInbound(ctx, [text('Y')]);
    expect(marketing(ctx)?.state).toBe('in');
    const other = aCtx();
    asked(other);
    await takeInbound(other, [text('No thanks')]);
    expect(marketing(other)?.state).toBe('never');
  });

  it('links a message to the person and the last campaign text, and never loses one from a short code', async () => {
    const ctx = aCtx();
    const { phones } = aSendingCampaign(ctx, { people: 1 });
    const phone = phones[0] as PhoneE164;
    ctx.db.raw.prepare("UPDATE outbox SET state = 'delivered', left_at = ?").run(NOON - HOUR);
    await takeInbound(ctx, [text('do you have a 9?', { from: phone }), text('stop', { from: '32665' })]);
    const thread = readThread(ctx, phone);
    expect(thread).toMatchObject({ name: 'P0', mayReply: true, state: 'in' });
    expect(thread.messages.map((m) => [m.fromUs, m.campaignName])).toEqual([
      [true, 'Boots'],
      [false, 'Boots'],
    ]);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM inbound').pluck().get()).toBe(2);
    ctx.clock.advance(MINUTE);
    expect(replyTo(ctx, owner, { phone, body: 'Yes – we’ll hold it “for you”', hours: 'wait' }).segments).toBe(1);
    expect(outbox(ctx).at(-1)).toMatchObject({ cause: 'reply', body: 'Yes - we\'ll hold it "for you"' });
    expect(listInbox(ctx, ALL).threads[0]).toMatchObject({ phone, lastFromUs: true, unread: 0, name: 'P0' });
  });

  it('reads a stop that is older than everything else as a stop, and a START older than a stop as nothing', async () => {
    const ctx = aCtx({ now: (NOON + DAY) as UtcMs });
    signUp(ctx);
    await takeInbound(ctx, [text('stop')]); // sent yesterday, while this computer was off
    expect(marketing(ctx)?.state).toBe('out');
    await takeInbound(ctx, [text('START', { sentAt: (NOON - HOUR) as UtcMs })]);
    expect(marketing(ctx)?.state).toBe('out');
    expect((await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() })).ok).toBe(true);
  });
});

describe('reading replies from the carrier', () => {
  let shop: SendingShop | undefined;
  afterEach(async () => {
    await shop?.close();
    shop = undefined;
  });
  const open = async () => {
    shop = await aSendingShop({ settings: { texting: { numbers: [SENDER] } } });
    return shop;
  };

  it('finds new ones by polling, keeps a cursor, and looks back over late ones', async () => {
    const s = await open();
    const [a, b] = [aNewYorker(501), aNewYorker(502)];
    s.carrier.sim.inbound({ from: a, to: SENDER, body: 'Can I stop by tomorrow?' });
    s.carrier.sim.inbound({ from: b, to: SENDER, body: 'take me off your list' });
    expect(repliesAreFresh(s.ctx.db, s.ctx.clock.now())).toBe(false);
    expect(await syncReplies(s.ctx)).toBe(2);
    expect(await syncReplies(s.ctx)).toBe(0);
    expect(repliesAreFresh(s.ctx.db, s.ctx.clock.now())).toBe(true);
    expect(marketing(s.ctx, b)?.state).toBe('out');
    expect(states(s.ctx, a)).toEqual([]);
    expect(readInboundPoll(s.ctx.db).cursor[SENDER]).toBeGreaterThan(0);
    s.advance(5 * MINUTE + 1);
    expect(repliesAreFresh(s.ctx.db, s.ctx.clock.now())).toBe(false);
    s.carrier.sim.inbound({ from: a, to: SENDER, body: 'STOP' });
    expect(await syncReplies(s.ctx)).toBe(1);
    expect(marketing(s.ctx, a)).toMatchObject({ state: 'out', carrierStop: true });
  });

  it('shares one look between callers at the same time', async () => {
    const s = await open();
    s.carrier.sim.inbound({ from: aNewYorker(503), to: SENDER, body: 'hi' });
    const both = await Promise.all([syncReplies(s.ctx), syncReplies(s.ctx)]);
    expect(both).toEqual([1, 1]);
    expect(s.ctx.db.raw.prepare('SELECT count(*) FROM inbound').pluck().get()).toBe(1);
  });

  it('says so when replies cannot be read', async () => {
    const ctx = aCtx();
    await expect(syncReplies(ctx)).rejects.toThrow('sms.not-connected');
    expect(readInboundPoll(ctx.db)).toMatchObject({ lastSuccessAt: null, lastError: 'sms.not-connected' });
    expect(repliesAreFresh(ctx.db, ctx.clock.now())).toBe(false);
  });
});
