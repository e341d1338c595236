import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { control } from '@adapters/practice-carrier/control';
import { startCarrierServer } from '@adapters/practice-carrier/server';
import { HOUR, MINUTE } from '@domain/kernel';
import { afterEach, describe, expect, test } from 'vitest';
import { ACCOUNT, aCarrier, aPhone, KEY, SECRET, SENDER, SERVICE, type TestCarrier } from '../support/carrier';
import { NOON } from '../support/test-ctx';

let carrier: TestCarrier | undefined;
afterEach(async () => {
  await carrier?.close();
  carrier = undefined;
});

async function ask<T = Record<string, unknown>>(method: string, what: string, body?: object): Promise<{ status: number; body: T }> {
  const r = await fetch(`${carrier?.url}/__sim/${what}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: r.status, body: (await r.json()) as T };
}
const text = (to: string, Body: string) => carrier?.sim.create({ To: to, From: SENDER, Body }).m.sid;

describe('the drawer’s handles', () => {
  test('time: moved, run, skewed; nonsense is refused', async () => {
    carrier = await aCarrier({ control });
    expect((await ask('POST', 'clock', { advance: MINUTE })).body).toMatchObject({ now: NOON + MINUTE, rate: 0 });
    expect((await ask('POST', 'clock', { rate: 3600 })).body).toMatchObject({ rate: 3600 });
    await new Promise((r) => setTimeout(r, 40));
    const ran = (await ask<{ now: number }>('POST', 'clock', { rate: 0 })).body.now;
    expect(ran).toBeGreaterThan(NOON + 2 * MINUTE);
    expect((await ask('POST', 'clock', { set: NOON })).body).toMatchObject({ now: ran }); // never back
    await ask('POST', 'clock', { dateSkewMs: HOUR });
    expect(carrier.sim.switches.dateSkewMs).toBe(HOUR);
    for (const bad of [{}, { rate: 'fast' }, { advance: null }]) expect((await ask('POST', 'clock', bad)).status).toBe(400);
  });

  test('switches, account, lists of old; what is set is told and kept', async () => {
    carrier = await aCarrier({ control });
    expect((await ask('POST', 'switches', { quietHours: { from: 8, to: 21 }, markers: true })).body).toMatchObject({ markers: true });
    await ask('POST', 'lists', { lag: { ms: 5 }, staleMs: 7 });
    expect((await ask('GET', 'switches')).body).toMatchObject({ quietHours: { from: 8 }, listLag: { ms: 5 }, listStaleMs: 7 });
    await ask('POST', 'account', { type: 'Trial', verified: [aPhone(1)] });
    expect((await ask('GET', 'account')).body).toMatchObject({ type: 'Trial', verified: [aPhone(1)] });
  });

  test('texts from people, from others on the account, scripts', async () => {
    carrier = await aCarrier({ control });
    expect((await ask('POST', 'inbound', { from: aPhone(1), to: SENDER, body: 'hi' })).body).toEqual({ sid: expect.stringMatching(/^SM/) });
    const storm = Array.from({ length: 30 }, (_, i) => ({ from: aPhone(i), to: SENDER, body: 'STOP' }));
    expect((await ask<{ sids: string[] }>('POST', 'inbound', storm)).body.sids).toHaveLength(30);
    expect((await ask('GET', 'state')).body).toMatchObject({ stopped: 30 });
    await ask('POST', 'script', { to: '0050$', outcome: { status: 'undelivered', errorCode: 30008 } });
    text(aPhone(50), 'x');
    expect((await ask('POST', 'foreign', { to: aPhone(60), from: SENDER, body: 'other app' })).body).toEqual({
      sid: expect.stringMatching(/^SM/),
    });
    expect(await ask('POST', 'foreign', { to: aPhone(1), from: SENDER, body: 'stopped' })).toMatchObject({
      status: 400,
      body: { code: 21610 },
    });
    const sendAt = new Date(NOON + HOUR).toISOString();
    expect((await ask('POST', 'foreign', { to: aPhone(61), service: SERVICE, body: 'later', sendAt })).status).toBe(200);
    await ask('POST', 'clock', { advance: MINUTE });
    const { messages } = (await ask<{ messages: Record<string, unknown>[] }>('GET', 'messages')).body;
    expect(messages.filter((m) => m['direction'] === 'outbound-api')).toMatchObject([
      { to: aPhone(50), status: 'undelivered', errorCode: 30008, foreign: false, leftAt: expect.any(Number) },
      { to: aPhone(60), status: 'delivered', foreign: true },
      { to: aPhone(61), status: 'scheduled', foreign: true },
    ]);
    expect(Object.keys((await ask('GET', 'assertions')).body)).not.toContain(aPhone(60));
  });

  test('faults are added, told, taken out by number or all', async () => {
    carrier = await aCarrier({ control });
    const add = async () =>
      (await ask<{ id: number }>('POST', 'faults', { path: 'Messages', effect: { kind: 'status', status: 500 } })).body.id;
    const [one] = [await add(), await add()];
    await ask('DELETE', `faults?id=${one}`);
    expect((await ask<{ faults: object[] }>('GET', 'faults')).body.faults).toHaveLength(1);
    await ask('DELETE', 'faults');
    expect((await ask<{ faults: object[] }>('GET', 'faults')).body.faults).toHaveLength(0);
  });

  test('marks and the log of what must never happen', async () => {
    carrier = await aCarrier({ control });
    await ask('POST', 'mark', { kind: 'paused', windowMs: 1000 });
    await ask('POST', 'clock', { advance: 2000 });
    text(aPhone(1), 'late');
    expect((await ask('GET', 'log')).body).toMatchObject({
      duplicates: [],
      marks: [{ kind: 'paused', created: 1, createdAfterWindow: 1 }],
    });
    expect((await ask('POST', 'mark', { kind: 'exploded' })).status).toBe(400);
  });

  test('the plug: out for a while, then in by itself', async () => {
    carrier = await aCarrier({ control });
    expect((await ask('POST', 'unplug', {})).status).toBe(400);
    await ask('POST', 'unplug', { forMs: 300 });
    await new Promise((r) => setTimeout(r, 120));
    await expect(fetch(`${carrier.url}/__sim/state`)).rejects.toThrow();
    await new Promise((r) => setTimeout(r, 500));
    expect((await ask('GET', 'state')).status).toBe(200);
  });

  test('what is not JSON, and what does not exist', async () => {
    carrier = await aCarrier({ control });
    expect((await fetch(`${carrier.url}/__sim/clock`, { method: 'POST', body: '{' })).status).toBe(400);
    expect((await ask('POST', 'nothing', {})).status).toBe(404);
  });
});

/** Every file of ours that `entry` brings along, through imports of any kind. */
function closure(entry: string): Set<string> {
  const root = process.cwd();
  const alias: Record<string, string> = {
    '@domain': 'main/domain',
    '@contract': 'preload/contract',
    '@db': 'db',
    '@ports': 'main/ports',
    '@adapters': 'main/adapters',
    '@services': 'main/services',
    '@backend': 'main/backend',
    '@renderer': 'renderer',
  };
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const code = readFileSync(join(root, file), 'utf8');
    for (const [, from = ''] of code.matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)) {
      const [head = '', ...rest] = from.split('/');
      const base = from.startsWith('.') ? resolve(dirname(join(root, file)), from) : alias[head] ? join(root, alias[head], ...rest) : null;
      if (base === null) continue;
      const found = [`${base}.ts`, `${base}.tsx`, join(base, 'index.ts')].find(existsSync);
      if (found) visit(found.slice(root.length + 1));
    }
  };
  visit(entry);
  return seen;
}

describe('only development can reach into the drawer', () => {
  const PAGE = 'main/adapters/practice-carrier/control.ts';

  test('the page comes along with the one program that is never shipped, and with no other', () => {
    const config = readFileSync('electron.vite.config.mts', 'utf8');
    const entries = [...config.matchAll(/'((?:main|preload)\/[^']+\.ts)'/g)].map((m) => m[1] as string);
    expect(entries).toContain('main/backend/worker.ts');
    for (const entry of entries) expect([entry, closure(entry).has(PAGE)]).toEqual([entry, entry === 'main/backend/carrier-server.ts']);
    // The practice shop does bring its carrier along: the walk sees that much.
    expect(closure('main/backend/worker.ts').has('main/adapters/practice-carrier/server.ts')).toBe(true);
    expect(readFileSync('electron-builder.yml', 'utf8')).toContain('"!out/main/carrier-server.js"');
  });

  test('nothing else in the sources speaks of it, bar the clock a developer points at', () => {
    const files = (dir: string): string[] =>
      readdirSync(dir, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(`${dir}/${e.name}`) : [`${dir}/${e.name}`]));
    const speak = ['main', 'preload', 'db', 'renderer']
      .flatMap(files)
      .filter((f) => /\.tsx?$/.test(f) && readFileSync(f, 'utf8').includes('__sim'));
    expect(speak.sort()).toEqual(['main/adapters/clock/remote-clock.ts', PAGE, 'main/adapters/practice-carrier/server.ts'].sort());
  });

  test('without the page every handle is a path nobody knows', async () => {
    const shop = await startCarrierServer({ seed: 1 });
    const authorization = `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`;
    for (const what of ['clock', 'state', 'messages', 'switches', 'account']) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const r = await fetch(`${shop.url}/__sim/${what}`, {
          method,
          headers: { authorization },
          ...(method === 'POST' ? { body: '{}' } : {}),
        });
        expect([r.status, ((await r.json()) as { code: number }).code]).toEqual([404, 20404]);
      }
    }
    expect(shop.sim.account.accountSid).toBe(ACCOUNT);
    await shop.close();
  });
});
