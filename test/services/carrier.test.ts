import { appendFileSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '@adapters/clock/fixed-clock';
import { control } from '@adapters/practice-carrier/control';
import { startCarrierServer } from '@adapters/practice-carrier/server';
import { TwilioSim } from '@adapters/practice-carrier/sim';
import { SimClock } from '@adapters/practice-carrier/sim-clock';
import { makeTwilioGateway } from '@adapters/twilio/gateway';
import { DAY, HOUR, MINUTE } from '@domain/kernel';
import { afterEach, describe, expect, test } from 'vitest';
import { ACCOUNT, aCarrier, aPhone, aText, KEY, SECRET, SENDER, SERVICE, type TestCarrier } from '../support/carrier';
import { NOON } from '../support/test-ctx';

let carrier: TestCarrier | undefined;
afterEach(async () => {
  await carrier?.close();
  carrier = undefined;
});
const stateFile = () => join(mkdtempSync(join(tmpdir(), 'regulars-carrier-')), 'carrier.jsonl');
const still = (now: number = NOON) => new SimClock({ now, rate: 0 });
const basic = `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`;

async function raw(path: string, init: { method?: string; form?: Record<string, string>; auth?: string; host?: string } = {}) {
  const response = await fetch(`${carrier?.url}${path}`, {
    method: init.method ?? (init.form ? 'POST' : 'GET'),
    headers: { authorization: init.auth ?? basic, 'x-twilio-host': init.host ?? 'api.twilio.com' },
    ...(init.form ? { body: new URLSearchParams(init.form) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as Record<string, unknown>) };
}
const messages = `/2010-04-01/Accounts/${ACCOUNT}/Messages`;

describe('what a restart keeps', () => {
  test('messages, stops, prices, time and who was answered', async () => {
    const file = stateFile();
    carrier = await aCarrier({ stateFile: file, people: 'practice' });
    for (let i = 0; i < 60; i++) await carrier.gateway.send(aText({ to: aPhone(i), sender: { kind: 'service', sid: SERVICE } }));
    carrier.sim.inbound({ from: aPhone(900), to: SENDER, body: 'STOP' });
    await carrier.gateway.send(aText({ to: aPhone(900) }));
    carrier.advance(2 * HOUR);
    await carrier.gateway.letServiceLogReplies(SERVICE);
    const before = carrier.sim;
    const seen = { messages: before.messages(), stats: before.stats(), assertions: before.assertions(), balance: before.balance() };
    expect(seen.messages.some((v) => v.m.cause)).toBe(true);
    await carrier.close();

    carrier = await aCarrier({ stateFile: file, people: 'practice', seed: 'another' });
    const after = carrier.sim;
    expect(after.messages()).toEqual(seen.messages);
    expect(after.stats()).toEqual(seen.stats);
    expect(after.assertions()).toEqual(seen.assertions);
    expect(after.balance()).toBe(seen.balance);
    expect(await carrier.gateway.send(aText({ to: aPhone(900) }))).toMatchObject({ kind: 'rejected', code: 21610 });
    // New texts go on with new SIDs, answered people are not answered twice.
    await carrier.gateway.send(aText({ to: aPhone(901) }));
    carrier.advance(2 * HOUR);
    const sids = after.messages().map((v) => v.m.sid);
    expect(new Set(sids).size).toBe(sids.length);
    const causes = after.messages().flatMap((v) => (v.m.cause ? [v.m.cause] : []));
    expect(new Set(causes).size).toBe(causes.length);
  });

  test('redacted, deleted and cancelled stay so', async () => {
    const file = stateFile();
    carrier = await aCarrier({ stateFile: file });
    const sid = async (form: Record<string, string>) => String((await raw(`${messages}.json`, { form })).body?.['sid']);
    const a = await sid({ To: aPhone(1), From: SENDER, Body: 'a' });
    const b = await sid({ To: aPhone(2), From: SENDER, Body: 'b' });
    const at = new Date(NOON + HOUR).toISOString();
    const c = await sid({ To: aPhone(3), MessagingServiceSid: SERVICE, Body: 'c', SendAt: at, ScheduleType: 'fixed' });
    expect(await raw(`${messages}/${b}.json`, { method: 'DELETE' })).toMatchObject({ status: 400 });
    expect(await raw(`${messages}/${a}.json`, { form: { Status: 'canceled' } })).toMatchObject({ status: 400, body: { code: 30409 } });
    expect(await raw(`${messages}/${c}.json`, { form: { Status: 'canceled' } })).toMatchObject({
      status: 200,
      body: { status: 'canceled' },
    });
    carrier.advance(MINUTE);
    expect(await raw(`${messages}/${a}.json`, { form: { Body: '' } })).toMatchObject({ status: 200, body: { body: '' } });
    expect(await raw(`${messages}/${b}.json`, { method: 'DELETE' })).toEqual({ status: 204, body: null });
    await carrier.close();
    carrier = await aCarrier({ stateFile: file });
    carrier.advance(DAY);
    expect((await carrier.gateway.list({})).messages.map((m) => [m.body, m.status])).toEqual([
      ['c', 'canceled'],
      ['', 'delivered'],
    ]);
  });

  test('a torn last line is cut off, everything before it stays, and writing goes on', () => {
    const file = stateFile();
    const first = new TwilioSim({ stateFile: file, clock: still() });
    for (let i = 0; i < 5; i++) first.create({ To: aPhone(i), From: SENDER, Body: `text ${i}` });
    first.close();
    const whole = statSync(file).size;
    appendFileSync(file, '{"t":"out","m":{"sid":"SM12');
    const second = new TwilioSim({ stateFile: file, clock: still() });
    expect(second.messages()).toHaveLength(5);
    expect(statSync(file).size).toBe(whole);
    second.create({ To: aPhone(9), From: SENDER, Body: 'next' });
    second.close();
    const third = new TwilioSim({ stateFile: file, clock: still() });
    expect(third.messages().map((v) => v.m.body)).toEqual(['text 0', 'text 1', 'text 2', 'text 3', 'text 4', 'next']);
    third.close();
  });
});

describe('scheduling', () => {
  const form = (over: Record<string, string> = {}) => ({
    To: aPhone(1),
    MessagingServiceSid: SERVICE,
    Body: 'later',
    SendAt: new Date(NOON + HOUR).toISOString(),
    ScheduleType: 'fixed',
    ...over,
  });

  test('waits, leaves at its time, or fails when they stopped meanwhile', async () => {
    carrier = await aCarrier();
    const one = String((await raw(`${messages}.json`, { form: form() })).body?.['sid']);
    const two = String((await raw(`${messages}.json`, { form: form({ To: aPhone(2) }) })).body?.['sid']);
    expect(await carrier.gateway.fetch(one)).toMatchObject({ status: 'scheduled', sentAt: null });
    carrier.sim.inbound({ from: aPhone(2), to: '+12125550141', body: 'stop' });
    carrier.advance(HOUR - 1000);
    expect(await carrier.gateway.fetch(one)).toMatchObject({ status: 'scheduled' });
    carrier.advance(MINUTE);
    expect(await carrier.gateway.fetch(one)).toMatchObject({ status: 'delivered' });
    expect(await carrier.gateway.fetch(two)).toMatchObject({ status: 'failed', errorCode: 21610 });
  });

  test('needs a service and a time between 15 minutes and 35 days ahead', async () => {
    carrier = await aCarrier();
    const { MessagingServiceSid: _, ...single } = form();
    expect((await raw(`${messages}.json`, { form: { ...single, From: SENDER } })).body).toMatchObject({ code: 35118 });
    for (const ahead of [10 * MINUTE, 36 * DAY]) {
      expect((await raw(`${messages}.json`, { form: form({ SendAt: new Date(NOON + ahead).toISOString() }) })).body).toMatchObject({
        code: 35115,
      });
    }
  });
});

describe('the people of the practice shop', () => {
  test('some answer, somebody stops, phones fail in the usual proportions, all the same for the same seed', () => {
    const run = (seed: number) => {
      const sim = new TwilioSim({
        seed,
        people: 'practice',
        clock: still(),
        account: { numbers: [{ number: SENDER, mps: 1000 }], services: [] },
      });
      for (let i = 0; i < 3000; i++) sim.create({ To: aPhone(i), From: SENDER, Body: 'Corner Shoes: new boots are in' });
      sim.changeClock({ advance: DAY });
      return sim;
    };
    const sim = run(7);
    const all = sim.messages();
    const out = all.filter((v) => v.m.direction !== 'inbound');
    const share = (n: number) => n / out.length;
    expect(share(out.filter((v) => v.status === 'delivered').length)).toBeGreaterThan(0.93);
    for (const code of [30003, 30005, 30006, 30007, 30008]) expect(out.some((v) => v.errorCode === code)).toBe(true);
    expect(out.some((v) => v.status === 'sent')).toBe(true);
    const replies = all.filter((v) => v.m.direction === 'inbound');
    expect(share(replies.length)).toBeGreaterThan(0.05);
    expect(share(replies.length)).toBeLessThan(0.12);
    const stops = replies.filter((v) => v.m.body.toUpperCase() === 'STOP');
    expect(share(stops.length)).toBeLessThan(0.02);
    expect(run(7).messages()).toEqual(all);
    expect(run(8).messages()).not.toEqual(all);
  });

  test.each([1, 2, 3, 4, 5])('even a small campaign has one STOP (seed %i)', (seed) => {
    const sim = new TwilioSim({ seed, people: 'practice', clock: still() });
    for (let i = 0; i < 20; i++) sim.create({ To: aPhone(i), From: SENDER, Body: 'Corner Shoes: new boots are in' });
    sim.changeClock({ advance: DAY });
    const stops = sim.messages().filter((v) => v.m.direction === 'inbound' && v.m.body.toUpperCase() === 'STOP');
    expect(stops.length).toBeGreaterThanOrEqual(1);
    expect(stops.length).toBeLessThanOrEqual(3);
  });

  test('asked to reply Y, most do', () => {
    const sim = new TwilioSim({ seed: 1, people: 'practice', clock: still() });
    for (let i = 0; i < 100; i++) sim.create({ To: aPhone(i), From: SENDER, Body: 'Corner Shoes: reply Y to get our texts' });
    sim.changeClock({ advance: DAY });
    const yes = sim.messages().filter((v) => v.m.direction === 'inbound' && /^y/i.test(v.m.body));
    expect(yes.length).toBeGreaterThan(60);
  });

  test('do what a script says', () => {
    const sim = new TwilioSim({ seed: 1, clock: still() });
    sim.script({ to: '0001$', outcome: { status: 'undelivered', errorCode: 30003 }, times: 1 });
    sim.script({ body: 'boots', reply: { body: 'which colour?', afterMs: 1000 } });
    sim.create({ To: aPhone(1), From: SENDER, Body: 'boots' });
    sim.create({ To: aPhone(1), From: SENDER, Body: 'boots' });
    sim.changeClock({ advance: HOUR });
    expect(sim.messages().map((v) => [v.m.body, v.status])).toEqual([
      ['boots', 'undelivered'],
      ['boots', 'delivered'],
      ['which colour?', 'received'],
    ]);
  });
});

describe('the door', () => {
  test('account token works like the key, a Standard key may not see the account, other accounts and paths are refused', async () => {
    carrier = await aCarrier();
    const token = `Basic ${Buffer.from(`${ACCOUNT}:practice-token`).toString('base64')}`;
    expect((await raw(`${messages}.json?PageSize=1`, { auth: token })).status).toBe(200);
    expect(await raw(`${messages}.json`, { auth: 'Basic xxx' })).toMatchObject({ status: 401, body: { code: 20003 } });
    expect(await raw(`/2010-04-01/Accounts/${ACCOUNT}.json`)).toMatchObject({ status: 401, body: { code: 20003 } });
    expect(await raw(`/2010-04-01/Accounts/AC${'1'.repeat(32)}/Messages.json`)).toMatchObject({ status: 401 });
    expect(await raw(`${messages}.json?PageSize=1001`)).toMatchObject({ status: 400, body: { code: 20001 } });
    expect(carrier.problems.splice(0)).not.toEqual([]); // the page size is off the specification
    expect(await raw('/v1/Unheard')).toMatchObject({ status: 404, body: { code: 20404 } });
    expect(carrier.problems.splice(0)).toEqual(['no such path: GET api.twilio.com/v1/Unheard']);
  });

  test('embedded in a shop it runs on the shop’s clock', async () => {
    const clock = new FixedClock(NOON);
    carrier = await aCarrier({ clock });
    const sent = await carrier.gateway.send(aText());
    if (sent.kind !== 'accepted') throw new Error(sent.kind);
    expect(await carrier.gateway.fetch(sent.message.sid)).toMatchObject({ status: 'queued', createdAt: NOON });
    clock.advance(MINUTE);
    expect(await carrier.gateway.fetch(sent.message.sid)).toMatchObject({ status: 'delivered' });
  });

  test('may let in whatever account an app made for practice', async () => {
    carrier = await aCarrier({ account: { anyone: true } });
    const hex = 'ab'.repeat(16);
    const mine = makeTwilioGateway({ accountSid: `AC${hex}`, keySid: `SK${hex}`, keySecret: 'made up', baseUrl: carrier.url });
    expect((await mine.probe()).capabilities.messages).toBe('yes');
    expect((await mine.send(aText())).kind).toBe('accepted');
    expect((await mine.list({})).messages).toHaveLength(1);
  });

  test('days and instants filter by sending date; what was not sent has none', async () => {
    carrier = await aCarrier();
    await raw(`${messages}.json`, { form: { To: aPhone(1), From: SENDER, Body: 'today' } });
    const count = async (q: string) => ((await raw(`${messages}.json?${q}`)).body as { messages: unknown[] }).messages.length;
    expect(await count('DateSent=2026-11-17')).toBe(0);
    expect(await count('')).toBe(1);
    carrier.advance(MINUTE);
    expect(await count('DateSent=2026-11-17')).toBe(1);
    expect(await count('DateSent=2026-11-18')).toBe(0);
    expect(await count('DateSent%3C=2026-11-16')).toBe(0);
    expect(await count('DateSent%3E=2026-11-17T16:00:30Z')).toBe(0);
    expect(await count(`DateSent%3E=2026-11-17&To=${encodeURIComponent(aPhone(1))}`)).toBe(1);
    expect(await count('From=%2B19999999999')).toBe(0);
  });

  test('the control page is shut unless opened', async () => {
    carrier = await aCarrier();
    expect((await fetch(`${carrier.url}/__sim/state`)).status).toBe(404);
    const open = await startCarrierServer({ control, clock: still() });
    const post = (what: string, body: object) => fetch(`${open.url}/__sim/${what}`, { method: 'POST', body: JSON.stringify(body) });
    open.sim.create({ To: aPhone(1), From: SENDER, Body: 'hello' });
    expect(await (await post('inbound', { from: aPhone(1), body: 'hi' })).json()).toEqual({ sid: expect.stringMatching(/^SM/) });
    expect(await (await post('clock', { advance: HOUR })).json()).toMatchObject({ now: NOON + HOUR, rate: 0 });
    expect((await post('clock', { advance: 'x' })).status).toBe(400);
    await post('faults', { effect: { kind: 'status', status: 500 }, times: 1 });
    expect((await fetch(`${open.url}${messages}.json`)).status).toBe(500);
    expect(await (await fetch(`${open.url}/__sim/state`)).json()).toMatchObject({
      now: NOON + HOUR,
      hits: { status: 1 },
      statuses: { delivered: 1, received: 1 },
    });
    expect(await (await fetch(`${open.url}/__sim/assertions`)).json()).toMatchObject({ [aPhone(1)]: { created: 1, createdAfterStop: 0 } });
    await open.close();
  });

  test('the state file holds what was accepted before the answer left', async () => {
    const file = stateFile();
    carrier = await aCarrier({ stateFile: file });
    const sent = await carrier.gateway.send(aText());
    if (sent.kind !== 'accepted') throw new Error(sent.kind);
    expect(readFileSync(file, 'utf8')).toContain(sent.message.sid);
  });
});
