import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR, MINUTE } from '@domain/kernel';
import { afterEach, describe, expect, test } from 'vitest';
import { aCarrier, aPhone, aText, SENDER, SERVICE, type TestCarrier } from '../support/carrier';
import { NOON } from '../support/test-ctx';

let carrier: TestCarrier;
afterEach(() => carrier?.close());

const fast = {
  account: {
    numbers: [
      { number: SENDER, mps: 1000 },
      { number: '+12125550141', mps: 1000 },
    ],
  },
};
const send = (n: number, Body = 'Boots are in') => carrier.sim.create({ To: aPhone(n), From: SENDER, Body }).m.sid;
const log = () => carrier.sim.assertionLog();

describe('the log of what must never happen', () => {
  test('one text twice to one person, by anybody of the shop', async () => {
    carrier = await aCarrier(fast);
    send(1);
    send(2);
    send(1, 'Another text');
    carrier.sim.foreign({ To: aPhone(2), From: SENDER, Body: 'Boots are in' });
    expect(log().duplicates).toEqual([]);
    send(2);
    expect(log().duplicates).toEqual([{ to: aPhone(2), body: 'Boots are in', count: 2 }]);
  });

  test('texts after a STOP, refused or taken, and how long after', async () => {
    carrier = await aCarrier(fast);
    await carrier.gateway.send(aText({ to: aPhone(1) }));
    carrier.sim.inbound({ from: aPhone(1), body: 'STOP' });
    expect(log().afterStop).toEqual([]);
    carrier.advance(3 * MINUTE);
    await carrier.gateway.send(aText({ to: aPhone(1) }));
    expect(log().afterStop).toEqual([{ to: aPhone(1), accepted: 0, refused: 1, stoppedAt: NOON, lastAt: NOON + 3 * MINUTE }]);
    carrier.sim.change({ serviceStop: 'fail' });
    carrier.sim.inbound({ from: aPhone(2), to: '+12125550141', body: 'STOP' });
    await carrier.gateway.send(aText({ to: aPhone(2), sender: { kind: 'service', sid: SERVICE } }));
    expect(log().afterStop.find((a) => a.to === aPhone(2))).toMatchObject({ accepted: 1, refused: 0 });
  });

  test('what is created after Pause and after its window, until Resume; after Cancel for ever', async () => {
    carrier = await aCarrier(fast);
    send(1);
    carrier.sim.mark('paused', { windowMs: 5000 });
    send(2);
    carrier.advance(4000);
    send(3);
    expect(log().marks).toMatchObject([{ kind: 'paused', created: 2, createdAfterWindow: 0, until: null }]);
    carrier.advance(2000);
    send(4);
    expect(log().marks[0]).toMatchObject({ created: 3, createdAfterWindow: 1, lastAt: NOON + 6000 });
    carrier.sim.mark('resumed');
    carrier.sim.mark('cancelled', { body: 'sandals' });
    carrier.advance(1000);
    send(5);
    send(6, 'sandals are in');
    carrier.sim.foreign({ To: aPhone(7), From: SENDER, Body: 'sandals, too' });
    expect(log().marks.map((m) => [m.kind, m.created, m.createdAfterWindow])).toEqual([
      ['paused', 3, 1],
      ['resumed', 0, 0],
      ['cancelled', 1, 1],
    ]);
  });

  test('how fast each sender was asked', async () => {
    carrier = await aCarrier(fast);
    for (let i = 0; i < 30; i++) {
      send(i, 'x'.repeat(161)); // two parts
      carrier.advance(500);
    }
    for (let i = 0; i < 5; i++) carrier.sim.create({ To: aPhone(i), From: '+12125550141', Body: 'all at once' });
    const later = { SendAt: new Date(carrier.now() + HOUR).toISOString(), ScheduleType: 'fixed' };
    carrier.sim.create({ To: aPhone(1), MessagingServiceSid: SERVICE, Body: 'later', ...later });
    expect(log().senders).toMatchObject({
      [SENDER]: { texts: 30, segments: 60, peakSecond: 4, peakTenSeconds: 4, from: NOON, to: NOON + 14_500 },
      '+12125550141': { texts: 5, peakSecond: 5 },
    });
  });

  test('at which hour of the person’s day each text left', async () => {
    carrier = await aCarrier({ ...fast, now: NOON - 4 * HOUR }); // 7:00 in New York, 4:00 in Los Angeles
    carrier.sim.create({ To: '+16465550001', From: SENDER, Body: 'too early' });
    carrier.advance(90 * MINUTE);
    carrier.sim.create({ To: '+16465550002', From: SENDER, Body: 'just right' });
    carrier.sim.create({ To: '+13105550001', From: SENDER, Body: 'still night' });
    const { hours, outsideHours } = log();
    expect(hours).toEqual({ 5: 1, 7: 1, 8: 1 });
    expect(outsideHours.map((o) => [o.to, o.hour, o.zone])).toEqual([
      ['+16465550001', 7, 'America/New_York'],
      ['+13105550001', 5, 'America/Los_Angeles'],
    ]);
  });

  test('what was asked, by kind: the cost of polling', async () => {
    carrier = await aCarrier();
    const sent = await carrier.gateway.send(aText());
    if (sent.kind !== 'accepted') throw new Error(sent.kind);
    for (let i = 0; i < 3; i++) await carrier.gateway.list({});
    await carrier.gateway.fetch(sent.message.sid);
    expect(log().requests).toEqual({ CreateMessage: 1, ListMessage: 3, FetchMessage: 1 });
    expect(log().unknownRoutes).toEqual([]);
  });

  test('a killed carrier remembers all of it', async () => {
    const stateFile = join(mkdtempSync(join(tmpdir(), 'regulars-carrier-')), 'carrier.jsonl');
    carrier = await aCarrier({ stateFile });
    carrier.sim.script({ to: '0004$', refuse: 21612, times: 1 });
    carrier.sim.script({ to: '0005$', outcome: { status: 'failed', errorCode: 30500 }, times: 1 });
    carrier.sim.change({ markers: true, serviceStop: 'fail', filters: [{ word: 'lottery' }] });
    carrier.sim.changeAccount({ lines: [{ to: '0001$', type: 'landline' }], countries: ['US'], dailyCap: 20 });
    for (const n of [1, 2, 2]) send(n);
    expect(() => send(4)).toThrow();
    send(5);
    carrier.sim.lookUp(aPhone(1));
    carrier.sim.mark('paused', { windowMs: 10 });
    carrier.sim.inbound({ from: aPhone(2), body: 'STOP' });
    expect(() => send(2)).toThrow();
    carrier.advance(1000);
    send(3, 'hello sim:30008');
    const { requests: _r, ...before } = log();
    const { switches, account } = structuredClone({ switches: carrier.sim.switches, account: carrier.sim.account });
    const balance = carrier.sim.balance();
    await carrier.close();
    carrier = await aCarrier({ stateFile });
    const { requests: _s, ...after } = log();
    expect(after).toEqual(before);
    expect(carrier.sim.switches).toEqual(switches);
    expect(carrier.sim.account).toEqual(account);
    expect(carrier.sim.balance()).toBe(balance);
    // Scripts were used up before.
    send(4);
    expect(carrier.sim.fetch(send(5, 'again'))?.m.steps.some((s) => s.errorCode === 30500)).toBe(false);
  });
});
