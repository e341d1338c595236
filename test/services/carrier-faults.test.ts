import { control } from '@adapters/practice-carrier/control';
import type { FaultEffect } from '@adapters/practice-carrier/faults';
import { HOUR, MINUTE } from '@domain/kernel';
import { afterEach, describe, expect, test } from 'vitest';
import { ACCOUNT, aCarrier, aPhone, aText, SENDER, type TestCarrier } from '../support/carrier';
import { rawly, sdkOf } from '../support/carrier-sdk';
import { NOON } from '../support/test-ctx';

let carrier: TestCarrier;
afterEach(() => carrier?.close());

const PATH = `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`;
const form = (n = 1) => ({ To: aPhone(n), From: SENDER, Body: 'hello' });
const post = (n = 1) => rawly(carrier.url, PATH, { form: form(n) });
const wire = async (n = 1): Promise<string> => {
  try {
    const r = await fetch(`${carrier.url}${PATH}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${ACCOUNT}:practice-token`).toString('base64')}` },
      body: new URLSearchParams(form(n)),
      signal: AbortSignal.timeout(400),
    });
    const text = await r.text();
    return `${r.status} ${text.length === 0 ? 'empty' : text.startsWith('<') ? 'html' : valid(text) ? 'whole' : 'broken'}`;
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'nothing' : 'cut';
  }
};
const valid = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('each fault, on the wire', () => {
  const cases: [FaultEffect, string, string][] = [
    [{ kind: 'status', status: 500 }, '500 whole', '500 whole'],
    [{ kind: 'status', status: 503 }, '503 whole', '503 whole'],
    [{ kind: 'html', status: 502 }, '502 html', '502 html'],
    [{ kind: 'reset' }, 'cut', 'cut'],
    [{ kind: 'hang' }, 'nothing', 'nothing'],
    [{ kind: 'slow', ms: 50 }, '201 whole', '201 whole'],
    [{ kind: 'truncated' }, '200 broken', '201 broken'],
    [{ kind: 'cut' }, 'cut', 'cut'],
    [{ kind: 'empty' }, '200 empty', '201 empty'],
  ];
  test.each(cases)('%o before accepting, and after', async (effect, before, after) => {
    carrier = await aCarrier();
    carrier.faults.add({ effect, times: 1 });
    expect(await wire(1)).toBe(before);
    expect(carrier.sim.messages()).toHaveLength(effect.kind === 'slow' ? 1 : 0);
    carrier.faults.add({ effect, when: 'after', times: 1 });
    expect(await wire(2)).toBe(after);
    expect(carrier.sim.messages().filter((v) => v.m.to === aPhone(2))).toHaveLength(1);
    expect(await wire(3)).toBe('201 whole');
  });

  test('too many requests: with Retry-After in seconds, as a date, or without', async () => {
    carrier = await aCarrier();
    for (const retryAfter of ['2', 'Tue, 17 Nov 2026 16:00:05 GMT', undefined]) {
      carrier.faults.add({ effect: { kind: 'status', status: 429, ...(retryAfter ? { retryAfter } : {}) }, times: 1 });
      const r = await post();
      expect([r.status, r.body?.['code'], r.headers.get('retry-after')]).toEqual([429, 20429, retryAfter ?? null]);
    }
    expect(carrier.sim.messages()).toHaveLength(0);
  });

  test('each code has Twilio’s own number', async () => {
    carrier = await aCarrier();
    for (const [status, code] of [
      [401, 20003],
      [404, 20404],
      [400, 20001],
      [500, 20500],
      [503, 20503],
      [429, 20429],
    ] as const) {
      carrier.faults.add({ effect: { kind: 'status', status }, times: 1 });
      expect((await post()).body).toMatchObject({ code, status });
    }
  });

  test('hits after some, for some, at some time, now and then, in some places', async () => {
    carrier = await aCarrier();
    carrier.faults.add({ method: 'POST', skip: 2, times: 2, effect: { kind: 'status', status: 401 } });
    const seen = [];
    for (let i = 0; i < 6; i++) seen.push((await post(i)).status);
    expect(seen).toEqual([201, 201, 401, 401, 201, 201]);
    carrier.faults.add({ between: { from: NOON + HOUR, until: NOON + 2 * HOUR }, effect: { kind: 'status', status: 500 } });
    const at = [];
    for (let i = 0; i < 4; i++) {
      at.push((await post(10 + i)).status);
      carrier.advance(HOUR - MINUTE);
    }
    expect(at).toEqual([201, 201, 500, 201]);
    carrier.faults.clear();
    const a = carrier.faults.add({ body: 'Body=hello', effect: { kind: 'status', status: 500 } });
    const b = carrier.faults.add({ path: 'Balance', effect: { kind: 'status', status: 503 } });
    expect((await post()).status).toBe(500);
    expect((await rawly(carrier.url, PATH)).status).toBe(200);
    carrier.faults.clear(a);
    expect((await post()).status).toBe(201);
    expect(carrier.faults.list().map((f) => f.id)).toEqual([b]);
    carrier.faults.add({ method: 'GET', path: 'Messages', probability: 0.5, effect: { kind: 'status', status: 500 } });
    let hit = 0;
    for (let i = 0; i < 60; i++) if ((await rawly(carrier.url, PATH)).status === 500) hit += 1;
    expect(hit).toBeGreaterThan(12);
    expect(hit).toBeLessThan(48);
  });
});

describe('the carrier’s headers', () => {
  test('tell its own time on every answer, also of errors, and a wrong one when told to', async () => {
    carrier = await aCarrier();
    const date = async (path = PATH) => Date.parse((await rawly(carrier.url, path)).headers.get('date') ?? '');
    expect(await date()).toBe(NOON);
    carrier.advance(HOUR);
    expect(await date()).toBe(NOON + HOUR);
    expect(await date('/2010-04-01/Accounts/ACx/Messages.json')).toBe(NOON + HOUR);
    carrier.problems.splice(0);
    carrier.sim.change({ dateSkewMs: -10 * MINUTE });
    expect(await date()).toBe(NOON + 50 * MINUTE);
    for (const effect of [
      { kind: 'status', status: 500 },
      { kind: 'html', status: 502 },
    ] as const) {
      carrier.faults.add({ effect, times: 1 });
      expect(await date()).toBe(NOON + 50 * MINUTE);
    }
  });

  test('count requests under way; too many are refused untouched, hung ones count until they hang up', async () => {
    carrier = await aCarrier({ switches: { maxConcurrent: 4, latencyMs: 120 } });
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => post(i)));
    const taken = answers.filter((a) => a.status === 201);
    const refused = answers.filter((a) => a.status === 429);
    expect([taken.length, refused.length]).toEqual([4, 6]);
    for (const r of refused) {
      expect(r.body).toMatchObject({ code: 20429 });
      expect(Number(r.headers.get('twilio-concurrent-requests'))).toBeGreaterThan(4);
    }
    expect(Number(taken[0]?.headers.get('twilio-request-duration'))).toBeGreaterThan(0.1);
    expect(carrier.sim.messages()).toHaveLength(4);
    carrier.sim.change({ maxConcurrent: 1, latencyMs: 0 });
    carrier.faults.add({ effect: { kind: 'hang' }, times: 1 });
    const hung = wire(20);
    await new Promise((r) => setTimeout(r, 100));
    expect((await post(21)).status).toBe(429);
    expect(await hung).toBe('nothing');
    await new Promise((r) => setTimeout(r, 50));
    expect((await post(22)).status).toBe(201);
  });

  test('watching the clock takes none of the requests that are allowed', async () => {
    carrier = await aCarrier({ control, switches: { maxConcurrent: 1 } });
    const abort = new AbortController();
    const watch = fetch(`${carrier.url}/__sim/clock?version=${carrier.sim.clock.version}`, { signal: abort.signal }).catch(() => null);
    await new Promise((r) => setTimeout(r, 50));
    expect((await post()).status).toBe(201);
    abort.abort();
    await watch;
  });
});

describe('no line', () => {
  test('unplugged, every request is refused before it leaves; plugged in, all is as it was', async () => {
    carrier = await aCarrier();
    expect((await carrier.gateway.send(aText())).kind).toBe('accepted');
    await carrier.unplug();
    // The line that was kept open breaks first; who comes after finds nobody.
    await expect(carrier.gateway.list({})).rejects.toMatchObject({ code: 'sms.unreachable' });
    expect(await carrier.gateway.send(aText({ to: aPhone(2) }))).toEqual({ kind: 'not-sent', why: 'unreachable', retryAfterMs: null });
    await carrier.plugIn();
    await carrier.plugIn();
    expect((await carrier.gateway.send(aText({ to: aPhone(2) }))).kind).toBe('accepted');
    expect(carrier.sim.messages()).toHaveLength(2);
  });

  test('the SDK reads a 401, a web page and a broken answer as different things', async () => {
    carrier = await aCarrier();
    const sdk = await sdkOf(carrier.url);
    const kindOf = async (effect: FaultEffect) => {
      carrier.faults.add({ effect, times: 1, when: 'after' });
      return sdk.messages.list({ limit: 1 }).catch((e: { kind: string }) => e.kind);
    };
    expect(await kindOf({ kind: 'status', status: 401 })).toBe('rejected');
    expect(await kindOf({ kind: 'html', status: 502 })).toBe('server-error');
    expect(await kindOf({ kind: 'truncated' })).toBe('broken-answer');
    expect(await kindOf({ kind: 'reset' })).toBe('reset');
  });
});
