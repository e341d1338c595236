import { DAY, HOUR, MINUTE } from '@domain/kernel';
import type { CarrierStatus } from '@ports/sms-gateway';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { aCarrier, aPhone, aText, SENDER, SERVICE, type TestCarrier } from '../support/carrier';
import { sdkOf } from '../support/carrier-sdk';
import { NOON } from '../support/test-ctx';

let carrier: TestCarrier;
afterEach(() => carrier?.close());

const BRAND = `BN${'3'.repeat(32)}`;
const SLOW = '+12125550141';
/** Parts of 153 letters each. */
const parts = (n: number) => 'x'.repeat(153 * n);
const service = (numbers: string[]) => ({ sid: SERVICE, name: 'Texts', numbers, inboundRequestUrl: null, useInboundWebhookOnNumber: true });
const create = (to: string, over: Record<string, string> = {}) =>
  carrier.sim.create({ To: to, From: SENDER, Body: 'hello', ...over }).m.sid;
const now = (sid: string) => {
  const v = carrier.sim.fetch(sid);
  return [v?.status, v?.errorCode];
};
const left = (sid: string) => carrier.sim.fetch(sid)?.m.steps.find((s) => s.status === 'sending')?.at ?? Number.NaN;

describe('the queue of a sender', () => {
  test('runs at the sender’s segments per second, however fast it is asked', async () => {
    carrier = await aCarrier({ account: { numbers: [{ number: SENDER, mps: 2 }], services: [] } });
    const sids = Array.from({ length: 10 }, (_, i) => create(aPhone(i), { Body: parts(2) }));
    const times = sids.map(left);
    for (let i = 1; i < times.length; i++) expect((times[i] as number) - (times[i - 1] as number)).toBeGreaterThanOrEqual(1000);
    expect((times[9] as number) - NOON).toBeLessThan(10_500);
    carrier.advance(4000);
    const waiting = sids.filter((s) => now(s)[0] === 'queued').length;
    expect(waiting).toBeGreaterThan(3);
    expect(waiting).toBeLessThan(8);
  });

  test('ten hours are full: a number refuses, a service accepts and fails later', async () => {
    carrier = await aCarrier({
      account: {
        numbers: [
          { number: SENDER, mps: 1 },
          { number: SLOW, mps: 1 },
        ],
        services: [service([SLOW])],
      },
    });
    // 3,600 texts of ten segments at one a second.
    for (let i = 0; i < 3600; i++) {
      create(aPhone(i), { Body: parts(10) });
      carrier.sim.create({ To: aPhone(i), MessagingServiceSid: SERVICE, Body: parts(10) });
    }
    expect(await carrier.gateway.send(aText({ to: aPhone(9000) }))).toEqual({ kind: 'rejected', code: 21611, httpStatus: 400 });
    const sent = await carrier.gateway.send(
      aText({ to: aPhone(9000), sender: { kind: 'service', sid: SERVICE }, validitySeconds: 36_000 }),
    );
    if (sent.kind !== 'accepted') throw new Error(sent.kind);
    carrier.advance(5000);
    expect(await carrier.gateway.fetch(sent.message.sid)).toMatchObject({ status: 'failed', errorCode: 30001 });
    // An hour later there is room again.
    carrier.advance(HOUR);
    expect((await carrier.gateway.send(aText({ to: aPhone(9001) }))).kind).toBe('accepted');
  });

  test('a text that waits longer than its validity fails for nothing; a service has a validity of its own', async () => {
    carrier = await aCarrier({
      account: {
        numbers: [
          { number: SENDER, mps: 1 },
          { number: SLOW, mps: 1 },
        ],
        services: [{ ...service([SLOW]), validityPeriod: 30 }],
      },
    });
    create(aPhone(0), { Body: parts(10) });
    create(aPhone(1), { Body: parts(10) });
    const late = create(aPhone(2), { ValidityPeriod: '10' });
    const patient = create(aPhone(3), { ValidityPeriod: '60' });
    for (let i = 0; i < 4; i++) carrier.sim.create({ To: aPhone(i), MessagingServiceSid: SERVICE, Body: parts(10) });
    const tooLate = carrier.sim.create({ To: aPhone(5), MessagingServiceSid: SERVICE, Body: 'hello' }).m.sid;
    carrier.advance(HOUR);
    expect(now(late)).toEqual(['failed', 30036]);
    expect(now(patient)[0]).toBe('delivered');
    expect(now(tooLate)).toEqual(['failed', 30036]);
    carrier.advance(2 * DAY);
    expect(await carrier.gateway.fetch(late)).toMatchObject({ price: null, segments: 1 });
  });

  test('a scheduled text does not stand in the way of those sent now', async () => {
    carrier = await aCarrier({ account: { numbers: [{ number: SLOW, mps: 1 }], services: [service([SLOW])] } });
    const later = carrier.sim.create({
      To: aPhone(1),
      MessagingServiceSid: SERVICE,
      Body: 'later',
      SendAt: new Date(NOON + 2 * HOUR).toISOString(),
      ScheduleType: 'fixed',
    }).m.sid;
    const at = carrier.sim.create({ To: aPhone(2), MessagingServiceSid: SERVICE, Body: 'now' }).m.sid;
    expect(left(at) - NOON).toBeLessThan(2000);
    expect(left(later) - NOON).toBeGreaterThanOrEqual(2 * HOUR);
  });

  test('never faster than its rate and never out of turn (property)', async () => {
    carrier = await aCarrier();
    const { TwilioSim } = await import('@adapters/practice-carrier/sim');
    const { SimClock } = await import('@adapters/practice-carrier/sim-clock');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.record({ wait: fc.integer({ min: 0, max: 3000 }), parts: fc.integer({ min: 2, max: 6 }) }), {
          maxLength: 40,
          size: 'max',
        }),
        (mps, texts) => {
          const sim = new TwilioSim({
            seed: 1,
            clock: new SimClock({ now: NOON, rate: 0 }),
            account: { numbers: [{ number: SENDER, mps }], services: [] },
          });
          let free = 0;
          texts.forEach((t, i) => {
            sim.changeClock({ advance: t.wait });
            const m = sim.create({ To: aPhone(i), From: SENDER, Body: parts(t.parts) }).m;
            const leaves = m.steps.find((s) => s.status === 'sending')?.at ?? 0;
            expect(leaves).toBeGreaterThanOrEqual(Math.floor(free));
            expect(leaves).toBeGreaterThan(sim.now());
            free = leaves + (t.parts / mps) * 1000 - 1;
          });
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('daily limits', () => {
  const tmobile = (cap: number) => ({
    numbers: [{ number: SLOW, mps: 1000 }],
    services: [service([SLOW])],
    brands: [{ sid: BRAND, status: 'APPROVED' as const, dailySegments: cap }],
    campaigns: [{ sid: `QE${'3'.repeat(32)}`, serviceSid: SERVICE, brandSid: BRAND, status: 'VERIFIED' }],
    lines: [
      { to: '[02468]$', type: 'mobile' as const, carrier: 'T-Mobile' as const },
      { to: '[13579]$', type: 'mobile' as const, carrier: 'AT&T' as const },
    ],
  });
  const viaService = (to: string, body = 'hello') => carrier.sim.create({ To: to, MessagingServiceSid: SERVICE, Body: body }).m.sid;

  test('T-Mobile takes so many segments of a brand a day, anew from midnight on the Pacific coast', async () => {
    carrier = await aCarrier({ account: tmobile(5) });
    const first = [0, 2, 4].map((n) => viaService(aPhone(n)));
    const two = viaService(aPhone(6), parts(2));
    const over = viaService(aPhone(8));
    const other = viaService(aPhone(1));
    carrier.advance(HOUR);
    expect([...first, two, other].map((s) => now(s)[0])).toEqual(Array(5).fill('delivered'));
    expect(now(over)).toEqual(['undelivered', 30023]);
    // NOON is 8:00 in Los Angeles; midnight there is 16 hours on.
    carrier.advance(14 * HOUR + 50 * MINUTE);
    const still = viaService(aPhone(10));
    carrier.advance(15 * MINUTE);
    const anew = viaService(aPhone(12));
    carrier.advance(HOUR);
    expect(now(still)).toEqual(['undelivered', 30023]);
    expect(now(anew)[0]).toBe('delivered');
  });

  test('limits by kind and score of the brand', async () => {
    carrier = await aCarrier();
    const { dailySegments } = await import('@adapters/practice-carrier/outcome');
    const brand = (over: object) => dailySegments({ sid: BRAND, status: 'APPROVED', ...over });
    expect([
      brand({ type: 'SOLE_PROPRIETOR' }),
      brand({}),
      brand({ score: 10 }),
      brand({ score: 30 }),
      brand({ score: 60 }),
      brand({ score: 75 }),
      brand({ russell3000: true }),
    ]).toEqual([1000, 2000, 2000, 10_000, 40_000, 200_000, 200_000]);
  });

  test.each([[undefined, 63038] as const, [30454, 30454] as const])('the account’s own limit a day (%s)', async (dailyCapCode, code) => {
    carrier = await aCarrier({ account: { dailyCap: 3, ...(dailyCapCode === undefined ? {} : { dailyCapCode }) } });
    const sids = [0, 1, 2, 3].map((n) => create(aPhone(n)));
    carrier.advance(MINUTE);
    expect(sids.map((s) => now(s)[1])).toEqual([null, null, null, code]);
    carrier.advance(DAY);
    const next = create(aPhone(9));
    carrier.advance(MINUTE);
    expect(now(next)[0]).toBe('delivered');
    carrier.advance(2 * DAY);
    expect(await carrier.gateway.fetch(sids[3] as string)).toMatchObject({ price: null });
  });
});

describe('what becomes of a text', () => {
  test('every status there is, as the SDK reads it', async () => {
    carrier = await aCarrier({ switches: { markers: true } });
    const sdk = await sdkOf(carrier.url);
    const send = async (body: string) => (await sdk.messages.create({ to: aPhone(1), messagingServiceSid: SERVICE, body })).sid;
    const words = ['accepted', 'queued', 'sending', 'sent', 'delivered', 'read', '30005', '30500'];
    const sids = new Map<string, string>();
    for (const word of words) sids.set(word, await send(`hi sim:${word}`));
    const seen = new Set<string>();
    for (let i = 0; i < 600; i++) {
      carrier.advance(i < 200 ? 100 : MINUTE);
      for (const sid of sids.values()) seen.add(String(carrier.sim.fetch(sid)?.status));
    }
    const final = async (word: string) => (await sdk.messages(sids.get(word) as string).fetch()).status;
    for (const stuck of ['accepted', 'queued', 'sending', 'sent', 'delivered', 'read']) expect(await final(stuck)).toBe(stuck);
    expect(await final('30005')).toBe('undelivered');
    expect(await final('30500')).toBe('failed');
    expect([...seen].sort()).toEqual([
      'accepted',
      'delivered',
      'failed',
      'queued',
      'read',
      'sending',
      'sent',
      'undelivered',
    ] satisfies CarrierStatus[]);
    carrier.sim.change({ receivingMs: 5000 });
    const reply = carrier.sim.inbound({ from: aPhone(1), body: 'hi' }) as string;
    expect((await sdk.messages(reply).fetch()).status).toBe('receiving');
    carrier.advance(5000);
    expect((await sdk.messages(reply).fetch()).status).toBe('received');
  });

  test('the last digits of a number decide, when switched on', async () => {
    carrier = await aCarrier({ switches: { suffixes: true } });
    const ends = ['0003', '0005', '0006', '0007', '0023', '0032', '0034', '0099', '0097', '0050'];
    const sids = ends.map((end) => create(`+1310555${end}`));
    carrier.advance(HOUR);
    expect(sids.map(now)).toEqual([
      ['undelivered', 30003],
      ['undelivered', 30005],
      ['undelivered', 30006],
      ['undelivered', 30007],
      ['undelivered', 30023],
      ['failed', 30032],
      ['failed', 30034],
      ['sent', null],
      ['queued', null],
      ['delivered', null],
    ]);
  });

  test('a distribution holds, the same for the same seed', async () => {
    carrier = await aCarrier({
      account: { numbers: [{ number: SENDER, mps: 10_000 }], services: [] },
      switches: {
        distribution: [
          { weight: 93, outcome: { status: 'delivered' } },
          { weight: 3, outcome: { status: 'undelivered', errorCode: 30006 } },
          { weight: 1, outcome: { status: 'undelivered', errorCode: 30007 } },
          { weight: 3, outcome: { status: 'sent' } },
        ],
      },
    });
    for (let i = 0; i < 2000; i++) create(aPhone(i));
    carrier.advance(DAY);
    const counts: Record<string, number> = {};
    for (const v of carrier.sim.messages())
      counts[`${v.status}${v.errorCode ?? ''}`] = (counts[`${v.status}${v.errorCode ?? ''}`] ?? 0) + 1;
    expect(Object.keys(counts).sort()).toEqual(['delivered', 'sent', 'undelivered30006', 'undelivered30007']);
    expect(counts['delivered']).toBeGreaterThan(1800);
    expect(counts['undelivered30007']).toBeLessThan(45);
  });

  test('late confirmations, corrections and updates that come in the wrong order', async () => {
    carrier = await aCarrier({ switches: { backwards: 1 } });
    const back = create(aPhone(1));
    carrier.sim.change({ backwards: 0, corrected: 1 });
    const corrected = create(aPhone(2));
    carrier.sim.change({ corrected: 0 });
    carrier.sim.script({ to: aPhone(3).slice(1), outcome: { status: 'delivered', afterMs: 30 * HOUR } });
    const late = create(aPhone(3));
    const story = (sid: string) => carrier.sim.fetch(sid)?.m.steps.map((s) => s.status);
    expect(story(back)).toEqual(['queued', 'sending', 'sent', 'delivered', 'sent', 'delivered']);
    expect(story(corrected)).toEqual(['queued', 'sending', 'sent', 'undelivered', 'delivered']);
    carrier.advance(HOUR);
    const first = await carrier.gateway.fetch(back);
    expect([now(back)[0], now(corrected), now(late)[0]]).toEqual(['delivered', ['undelivered', 30008], 'sent']);
    carrier.advance(30 * HOUR);
    expect([now(back)[0], now(corrected), now(late)[0]]).toEqual(['delivered', ['delivered', null], 'delivered']);
    expect((await carrier.gateway.fetch(back))?.sentAt).toBe(first?.sentAt);
  });

  test('a price comes a minute to a day after sending, or never', async () => {
    carrier = await aCarrier();
    const sids = Array.from({ length: 60 }, (_, i) => create(aPhone(i)));
    carrier.advance(50_000);
    const priced = () => sids.filter((s) => carrier.sim.fetch(s)?.price !== null).length;
    expect(priced()).toBe(0);
    carrier.advance(HOUR);
    expect(priced()).toBeGreaterThan(40);
    expect(priced()).toBeLessThan(60);
    carrier.advance(DAY);
    expect(priced()).toBe(60);
    carrier.sim.change({ unpriced: 1 });
    const never = create(aPhone(99));
    carrier.advance(10 * DAY);
    expect(await carrier.gateway.fetch(never)).toMatchObject({ status: 'delivered', price: null });
  });
});
