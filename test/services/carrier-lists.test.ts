import type { UtcMs } from '@domain/kernel';
import { DAY, HOUR, MINUTE } from '@domain/kernel';
import { afterEach, describe, expect, test } from 'vitest';
import { ACCOUNT, aCarrier, aPhone, aText, SENDER, type TestCarrier } from '../support/carrier';
import { rawly, sdkOf } from '../support/carrier-sdk';

let carrier: TestCarrier;
afterEach(() => carrier?.close());

const send = (n: number) => carrier.sim.create({ To: aPhone(n), From: SENDER, Body: `text ${n}` }).m.sid;
const fast = { account: { numbers: [{ number: SENDER, mps: 1000 }], services: [] } };

async function readAll(filter: { to?: string; pageSize?: number } = {}): Promise<string[]> {
  let page = await carrier.gateway.list({ pageSize: 10, ...filter });
  const sids = page.messages.map((m) => m.sid);
  while (page.next !== null) {
    page = await carrier.gateway.nextPage(page.next);
    sids.push(...page.messages.map((m) => m.sid));
  }
  return sids;
}

describe('lists', () => {
  test('lag: some or all new texts are missing for a while, fetching finds them', async () => {
    carrier = await aCarrier({ ...fast, switches: { listLag: { ms: 10 * MINUTE, share: 0.5 } } });
    const sids = Array.from({ length: 100 }, (_, i) => send(i));
    const seen = (await readAll()).length;
    expect(seen).toBeGreaterThan(25);
    expect(seen).toBeLessThan(75);
    for (const sid of sids.slice(0, 5)) expect(await carrier.gateway.fetch(sid)).not.toBeNull();
    carrier.advance(10 * MINUTE);
    expect(await readAll()).toHaveLength(100);
  });

  test('may show yesterday’s status while fetching shows today’s', async () => {
    carrier = await aCarrier({ ...fast, switches: { statusStaleMs: 5 * MINUTE } });
    const sid = send(1);
    carrier.advance(2 * MINUTE);
    const listed = async () => (await carrier.gateway.list({ to: aPhone(1) })).messages[0];
    expect(await carrier.gateway.fetch(sid)).toMatchObject({ status: 'delivered' });
    expect(await listed()).toMatchObject({ status: 'queued', sentAt: null });
    carrier.advance(5 * MINUTE);
    expect(await listed()).toMatchObject({ status: 'delivered' });
  });

  test('pages shift while they are read: replies come in, rows come twice, none is lost', async () => {
    carrier = await aCarrier({ ...fast, switches: { pagesShift: { arrive: 3, overlap: 4 } } });
    const sids = Array.from({ length: 45 }, (_, i) => send(i));
    carrier.advance(MINUTE);
    const read = await readAll();
    expect(read.length).toBeGreaterThan(45);
    expect(new Set(read)).toEqual(new Set(sids));
    const later = await readAll({ to: SENDER });
    expect(later.length).toBeGreaterThanOrEqual(15);
  });

  test('rows without a sending date are in no list that asks for one', async () => {
    carrier = await aCarrier({ switches: { markers: true } });
    const sdk = await sdkOf(carrier.url);
    const failed = carrier.sim.create({ To: aPhone(1), From: SENDER, Body: 'sim:30034' }).m.sid;
    const queued = carrier.sim.create({ To: aPhone(1), From: SENDER, Body: 'sim:queued' }).m.sid;
    const done = carrier.sim.create({ To: aPhone(1), From: SENDER, Body: 'fine' }).m.sid;
    carrier.advance(HOUR);
    expect((await sdk.messages.list({ dateSentAfter: new Date(carrier.now() - DAY) })).map((m) => m.sid)).toEqual([done]);
    expect((await sdk.messages.list({ to: aPhone(1) })).map((m) => m.sid).sort()).toEqual([failed, queued, done].sort());
    expect((await carrier.gateway.list({ sentAfter: (carrier.now() - DAY) as UtcMs })).messages).toHaveLength(1);
  });

  test('newest first, all of them, whatever the page size', async () => {
    carrier = await aCarrier(fast);
    const sids = Array.from({ length: 57 }, (_, i) => {
      carrier.advance(700);
      return send(i);
    });
    for (const pageSize of [1, 7, 57, 1000]) expect(await readAll({ pageSize })).toEqual([...sids].reverse());
  });

  test('forget what is older than 400 days; fetching it finds nothing either', async () => {
    carrier = await aCarrier(fast);
    const old = send(1);
    carrier.advance(399 * DAY);
    const young = send(2);
    expect(await readAll()).toEqual([young, old]);
    carrier.advance(2 * DAY);
    expect(await readAll()).toEqual([young]);
    expect(await carrier.gateway.fetch(old)).toBeNull();
  });

  test('texts of somebody else on the account are among them and on the bill', async () => {
    carrier = await aCarrier({ priceDelayMs: MINUTE });
    await carrier.gateway.send(aText());
    const { sid } = carrier.sim.foreign({ To: aPhone(1), Body: 'Dentist: see you at 9' }).m;
    carrier.advance(HOUR);
    const listed = (await carrier.gateway.list({ to: aPhone(1) })).messages;
    expect(listed.map((m) => m.body)).toContain('Dentist: see you at 9');
    expect((await carrier.gateway.fetch(sid))?.from).toBe('+15005550006');
    expect(await carrier.gateway.balance()).toEqual({ amount: 125_000_000 - 22_600, currency: 'USD' });
    expect(carrier.sim.assertions()[aPhone(1)]).toMatchObject({ created: 1 });
  });
});

describe('paths Twilio does not have', () => {
  test('are answered 404 20404, flagged, and fail the test that asked', async () => {
    carrier = await aCarrier();
    expect(await rawly(carrier.url, `/2010-04-01/Accounts/${ACCOUNT}/Massages.json`)).toMatchObject({ status: 404, body: { code: 20404 } });
    expect(carrier.sim.assertionLog().unknownRoutes).toEqual([`GET api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Massages.json`]);
    await expect(carrier.close()).rejects.toThrow('no such path');
    carrier.problems.splice(0);
    carrier = await aCarrier();
  });
});
