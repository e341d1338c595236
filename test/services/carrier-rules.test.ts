import type { SimAccount } from '@adapters/practice-carrier/types';
import { makeTwilioGateway } from '@adapters/twilio/gateway';
import { HOUR, MINUTE } from '@domain/kernel';
import { afterEach, describe, expect, test } from 'vitest';
import { ACCOUNT, aCarrier, aPhone, aText, KEY, SECRET, SENDER, SERVICE, type TestCarrier } from '../support/carrier';
import { rawly, sdkOf } from '../support/carrier-sdk';

let carrier: TestCarrier;
afterEach(() => carrier?.close());

const TOLL_FREE = '+18885550143';
const POOL = '+12125550141';
const service = { sid: SERVICE, name: 'Texts', numbers: [POOL], inboundRequestUrl: null, useInboundWebhookOnNumber: true };
const campaign = (status: string) => ({ sid: `QE${'4'.repeat(32)}`, serviceSid: SERVICE, brandSid: `BN${'4'.repeat(32)}`, status });

/** Creates through the SDK and waits until it is over. */
async function send(form: { from?: string; messagingServiceSid?: string; to?: string; body?: string } = {}) {
  const sdk = await sdkOf(carrier.url);
  const { sid } = await sdk.messages.create({
    to: aPhone(1),
    body: 'hello',
    ...(form.messagingServiceSid ? {} : { from: SENDER }),
    ...form,
  });
  carrier.advance(5 * MINUTE);
  const m = await sdk.messages(sid).fetch();
  return [m.status, m.errorCode];
}
const refused = async (form: Parameters<typeof send>[0] = {}) => {
  try {
    return await send(form);
  } catch (error) {
    return { code: (error as { code: number }).code, httpStatus: (error as { httpStatus: number }).httpStatus };
  }
};

describe('registration decides about every text to the United States', () => {
  const cases: [string, Partial<SimAccount>, { from?: string; messagingServiceSid?: string }, [string, number | null]][] = [
    [
      'a toll-free number that was never handed in',
      { numbers: [{ number: TOLL_FREE, verification: null }] },
      { from: TOLL_FREE },
      ['failed', 30032],
    ],
    [
      'one that is being looked at',
      { numbers: [{ number: TOLL_FREE, verification: { status: 'IN_REVIEW' } }] },
      { from: TOLL_FREE },
      ['failed', 30032],
    ],
    [
      'one that was approved',
      { numbers: [{ number: TOLL_FREE, verification: { status: 'TWILIO_APPROVED' } }] },
      { from: TOLL_FREE },
      ['delivered', null],
    ],
    ['a long code nobody registered', { numbers: [{ number: POOL, registration: 'unregistered' }] }, { from: POOL }, ['failed', 30034]],
    ['a number bought a moment ago', { numbers: [{ number: POOL, registration: 'provisioning' }] }, { from: POOL }, ['undelivered', 30024]],
    [
      'a number just added to its campaign',
      { numbers: [{ number: POOL, registration: 'configuring' }] },
      { from: POOL },
      ['undelivered', 30035],
    ],
    [
      'a service without registration',
      { services: [{ ...service, registered: false }] },
      { messagingServiceSid: SERVICE },
      ['failed', 30034],
    ],
    [
      'a campaign still in review',
      { services: [service], campaigns: [campaign('IN_PROGRESS')] },
      { messagingServiceSid: SERVICE },
      ['failed', 30034],
    ],
    [
      'a suspended campaign',
      { services: [service], campaigns: [campaign('SUSPENDED')] },
      { messagingServiceSid: SERVICE },
      ['failed', 30033],
    ],
    [
      'a suspended campaign, by the number of its service',
      { services: [service], campaigns: [campaign('SUSPENDED')] },
      { from: POOL },
      ['failed', 30033],
    ],
    [
      'a verified campaign',
      { services: [service], campaigns: [campaign('VERIFIED')] },
      { messagingServiceSid: SERVICE },
      ['delivered', null],
    ],
    ['a short code', { numbers: [{ number: '894546' }] }, { from: '894546' }, ['delivered', null]],
  ];
  test.each(cases)('%s', async (_what, account, form, expected) => {
    carrier = await aCarrier({ account });
    expect(await send(form)).toEqual(expected);
  });
});

describe('the carriers filter', () => {
  test('by words, by links, by speed', async () => {
    carrier = await aCarrier({ switches: { filters: [{ word: '\\bfree money\\b' }] } });
    expect(await send({ body: 'Get FREE money now' })).toEqual(['undelivered', 30007]);
    expect(await send({ body: 'Boots are in' })).toEqual(['delivered', null]);
    carrier.sim.change({ filters: [{ link: true }] });
    expect(await send({ body: 'See bit.ly/x1' })).toEqual(['undelivered', 30007]);
    expect(await send({ body: 'See https://corner.example/boots' })).toEqual(['undelivered', 30007]);
    expect(await send({ body: 'Boots are in. See you' })).toEqual(['delivered', null]);
    carrier.sim.change({ filters: [{ perMinute: 3 }] });
    carrier.advance(MINUTE);
    const sids = [0, 1, 2, 3, 4].map((n) => carrier.sim.create({ To: aPhone(n), From: SENDER, Body: 'hello' }).m.sid);
    carrier.advance(5 * MINUTE);
    expect(sids.map((s) => carrier.sim.fetch(s)?.errorCode)).toEqual([null, null, null, 30007, 30007]);
    carrier.sim.change({ filters: [{ share: 0.5, code: 30008 }] });
    for (let i = 0; i < 200; i++) carrier.sim.create({ To: aPhone(i), From: '+12125550142', Body: 'some' });
    carrier.advance(HOUR);
    const hit = carrier.sim.messages().filter((v) => v.m.body === 'some' && v.errorCode === 30008).length;
    expect(hit).toBeGreaterThan(60);
    expect(hit).toBeLessThan(140);
  });
});

describe('whom the account may text', () => {
  test('a trial account, and one without a compliance profile, only verified numbers', async () => {
    carrier = await aCarrier({ account: { type: 'Trial', verified: [aPhone(2)] } });
    expect(await refused()).toEqual({ code: 21608, httpStatus: 400 });
    expect(await send({ to: aPhone(2) })).toEqual(['delivered', null]);
    carrier.sim.changeAccount({ type: 'Full', complianceProfile: false });
    expect(await refused()).toEqual({ code: 21608, httpStatus: 400 });
    carrier.sim.changeAccount({ complianceProfile: true });
    expect(await send()).toEqual(['delivered', null]);
  });

  test('only countries that are switched on', async () => {
    carrier = await aCarrier();
    expect(await refused({ to: '+447700900123' })).toEqual({ code: 21408, httpStatus: 400 });
    expect(await refused({ to: '+12425550100' })).toEqual({ code: 21408, httpStatus: 400 }); // the Bahamas share +1
    carrier.sim.changeAccount({ countries: ['US', 'GB'] });
    expect(await send({ to: '+447700900123' })).toEqual(['delivered', null]);
    expect(await refused({ to: '+16135550100' })).toEqual({ code: 21408, httpStatus: 400 });
  });

  test('landlines are tried, or refused at once; numbers nobody has any more are told', async () => {
    carrier = await aCarrier({
      account: {
        lines: [
          { to: '0001$', type: 'landline' },
          { to: '0002$', gone: true },
          { to: '0003$', type: 'nonFixedVoip' },
        ],
      },
    });
    expect(await send({ to: aPhone(1) })).toEqual(['undelivered', 30006]);
    expect(await send({ to: aPhone(2) })).toEqual(['undelivered', 30005]);
    expect(await send({ to: aPhone(3) })).toEqual(['delivered', null]);
    carrier.sim.changeAccount({ landlines: 'refuse' });
    expect(await refused({ to: aPhone(1) })).toEqual({ code: 21614, httpStatus: 400 });
  });

  test('a script may refuse, decide and answer, in its turn', async () => {
    carrier = await aCarrier();
    carrier.sim.script({ to: '0001$', refuse: 21612, times: 1 });
    carrier.sim.script({ body: 'boots', outcome: { status: 'failed', errorCode: 30500 } });
    expect(await refused({ to: aPhone(1), body: 'boots' })).toEqual({ code: 21612, httpStatus: 400 });
    expect(await send({ to: aPhone(1), body: 'boots' })).toEqual(['failed', 30500]);
    expect(await send({ to: aPhone(1), body: 'hats' })).toEqual(['delivered', null]);
  });
});

describe('a service’s own settings', () => {
  const body = 'Juniper’s “best” — new boots…';
  const stored = async (smartEncoded?: boolean) => {
    const sdk = await sdkOf(carrier.url);
    const m = await sdk.messages.create({
      to: aPhone(1),
      messagingServiceSid: SERVICE,
      body,
      ...(smartEncoded === undefined ? {} : { smartEncoded }),
    });
    return (await sdk.messages(m.sid).fetch()).body;
  };

  test('smart encoding rewrites the text it keeps; a request may refuse it, unless the service wins', async () => {
    carrier = await aCarrier({ account: { services: [{ ...service, smartEncoding: true }] } });
    const plain = 'Juniper\'s "best" - new boots...';
    expect([await stored(), await stored(true), await stored(false)]).toEqual([plain, plain, body]);
    carrier.sim.change({ smartEncoding: 'service' });
    expect(await stored(false)).toBe(plain);
    carrier.sim.changeAccount({ services: [service] });
    expect([await stored(), await stored(true)]).toEqual([body, plain]);
  });

  test('a sticky sender keeps to one number for a person, another changes about', async () => {
    const numbers = [POOL, '+12125550142', '+12125550143'];
    const account = { numbers: numbers.map((number) => ({ number })), services: [{ ...service, numbers }] };
    carrier = await aCarrier({ account });
    const senders = () => {
      const found = Array.from(
        { length: 20 },
        () => carrier.sim.create({ To: aPhone(1), MessagingServiceSid: SERVICE, Body: 'hello' }).m.from,
      );
      return new Set(found).size;
    };
    expect(senders()).toBe(1);
    carrier.sim.changeAccount({ services: [{ ...service, numbers, stickySender: false }] });
    expect(senders()).toBe(3);
  });
});

describe('an account that is suspended mid-way', () => {
  test('refuses new texts, drops what was queued, delivers what had left; scheduled ones wait for the day', async () => {
    carrier = await aCarrier({
      account: {
        numbers: [
          { number: SENDER, mps: 1 },
          { number: POOL, mps: 1 },
        ],
        services: [service],
      },
    });
    const queue = Array.from({ length: 10 }, (_, i) => carrier.sim.create({ To: aPhone(i), From: SENDER, Body: 'hello' }).m.sid);
    const at = (hours: number) => ({
      To: aPhone(20 + hours),
      MessagingServiceSid: SERVICE,
      Body: 'later',
      SendAt: new Date(carrier.now() + hours * HOUR).toISOString(),
      ScheduleType: 'fixed',
    });
    const soon = carrier.sim.create(at(1)).m.sid;
    const later = carrier.sim.create(at(5)).m.sid;
    carrier.advance(4500);
    carrier.sim.changeAccount({ active: false });
    expect(await refused()).toEqual({ code: 20005, httpStatus: 403 });
    carrier.advance(2 * HOUR);
    const ends = queue.map((s) => carrier.sim.fetch(s)?.errorCode);
    expect(ends.slice(0, 3)).toEqual([null, null, null]);
    expect(ends.slice(6)).toEqual([30002, 30002, 30002, 30002]);
    expect(carrier.sim.fetch(soon)).toMatchObject({ status: 'failed', errorCode: 30002, price: null });
    expect(carrier.sim.fetch(later)?.status).toBe('scheduled');
    carrier.sim.changeAccount({ active: true });
    expect(await send()).toEqual(['delivered', null]);
    carrier.advance(4 * HOUR);
    expect(carrier.sim.fetch(later)?.status).toBe('delivered');
  });
});

describe('test credentials', () => {
  test('know magic numbers, send nothing and answer nothing else', async () => {
    carrier = await aCarrier({ account: { test: true } });
    const sdk = await sdkOf(carrier.url);
    const ask = async (from: string, to: string) => {
      try {
        return (await sdk.messages.create({ from, to, body: 'test' })).status;
      } catch (error) {
        return (error as { code: number }).code;
      }
    };
    const magic = (n: number) => `+1500555000${n}`;
    expect(await ask(magic(6), aPhone(1))).toBe('queued');
    expect(await Promise.all([1, 7, 8].map((n) => ask(magic(n), aPhone(1))))).toEqual([21212, 21606, 21611]);
    expect(await ask(SENDER, aPhone(1))).toBe(21606);
    expect(await Promise.all([1, 2, 3, 4, 9].map((n) => ask(magic(6), magic(n))))).toEqual([21211, 21612, 21408, 21610, 21614]);
    await expect(sdk.messages.list({ limit: 1 })).rejects.toMatchObject({ httpStatus: 403, code: 20008 });
    await expect(sdk.balance.fetch()).rejects.toMatchObject({ httpStatus: 403, code: 20008 });
    expect(carrier.sim.messages()).toEqual([]);
  });
});

describe('keys', () => {
  test('are taken away in the middle of a campaign and given back', async () => {
    carrier = await aCarrier();
    expect((await carrier.gateway.send(aText())).kind).toBe('accepted');
    carrier.sim.changeAccount({ keySecret: 'changed' });
    expect(await carrier.gateway.send(aText({ to: aPhone(2) }))).toEqual({ kind: 'rejected', code: 20003, httpStatus: 401 });
    await expect(carrier.gateway.list({})).rejects.toMatchObject({ code: 'sms.refused-key' });
    carrier.sim.changeAccount({ keySecret: SECRET });
    expect((await carrier.gateway.send(aText({ to: aPhone(2) }))).kind).toBe('accepted');
  });

  test('of one account open no other, and test credentials of none', async () => {
    carrier = await aCarrier();
    const other = makeTwilioGateway({ accountSid: `AC${'7'.repeat(32)}`, keySid: KEY, keySecret: SECRET, baseUrl: carrier.url });
    expect(await other.send(aText())).toMatchObject({ kind: 'rejected', httpStatus: 401 });
    expect(await rawly(carrier.url, `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, { secret: 'x' })).toMatchObject({
      status: 401,
      body: { code: 20003 },
    });
  });
});
