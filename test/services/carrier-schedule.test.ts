import { DAY, HOUR, MINUTE } from '@domain/kernel';
import { afterEach, describe, expect, test } from 'vitest';
import { aCarrier, aPhone, SENDER, SERVICE, type TestCarrier } from '../support/carrier';
import { sdkOf } from '../support/carrier-sdk';
import { NOON } from '../support/test-ctx';

let carrier: TestCarrier;
afterEach(() => carrier?.close());

const POOL = '+12125550141';
const schedule = async (over: object = {}) =>
  (await sdkOf(carrier.url)).messages.create({
    to: aPhone(1),
    messagingServiceSid: SERVICE,
    body: 'later',
    sendAt: new Date(NOON + HOUR),
    scheduleType: 'fixed',
    ...over,
  });
const code = async (over: object) => {
  try {
    return (await schedule(over)).status;
  } catch (error) {
    return (error as { code: number }).code;
  }
};
const ends = async (sid: string) => {
  const m = await (await sdkOf(carrier.url)).messages(sid).fetch();
  return m.errorCode ?? m.status;
};
const cancel = async (sid: string) => (await sdkOf(carrier.url)).messages(sid).update({ status: 'canceled' });

describe('a text for later', () => {
  test('has to say how and when, within 15 minutes and 35 days', async () => {
    carrier = await aCarrier();
    expect(await code({ sendAt: new Date(NOON + 15 * MINUTE) })).toBe('scheduled');
    expect(await code({ sendAt: new Date(NOON + 35 * DAY) })).toBe('scheduled');
    expect(await code({ sendAt: new Date(NOON + 14 * MINUTE) })).toBe(35115);
    expect(await code({ sendAt: new Date(NOON + 35 * DAY + MINUTE) })).toBe(35115);
    expect(await code({ scheduleType: undefined })).toBe(35111);
    expect(await code({ sendAt: undefined })).toBe(35114);
    expect(await code({ messagingServiceSid: undefined, from: POOL })).toBe(35118);
    expect(await code({ from: POOL })).toBe('scheduled');
  });

  test('without a service may be sent at once without a word: the trap', async () => {
    carrier = await aCarrier({ switches: { scheduleWithoutService: 'send-now' } });
    const m = await schedule({ messagingServiceSid: undefined, from: SENDER });
    expect(m.status).toBe('queued');
    carrier.advance(MINUTE);
    expect(await ends(m.sid)).toBe('delivered');
  });

  test('is called back while it waits, not afterwards, and not twice', async () => {
    carrier = await aCarrier();
    const one = await schedule();
    const two = await schedule({ to: aPhone(2) });
    expect((await cancel(one.sid)).status).toBe('canceled');
    await expect(cancel(one.sid)).rejects.toMatchObject({ code: 30409, httpStatus: 400 });
    carrier.advance(HOUR + 1000);
    await expect(cancel(two.sid)).rejects.toMatchObject({ code: 30409 });
    carrier.advance(MINUTE);
    expect(await ends(one.sid)).toBe('canceled');
    expect(await ends(two.sid)).toBe('delivered');
    await expect(cancel(`SM${'0'.repeat(32)}`)).rejects.toMatchObject({ httpStatus: 404 });
    carrier.advance(2 * DAY);
    expect(carrier.sim.fetch(one.sid)?.price).toBeNull();
  });

  test('is not called back by a STOP: it stays scheduled and fails in its time, unless they come back before', async () => {
    carrier = await aCarrier();
    const one = await schedule();
    const two = await schedule({ to: aPhone(2) });
    carrier.sim.inbound({ from: aPhone(1), to: POOL, body: 'STOP' });
    carrier.sim.inbound({ from: aPhone(2), to: POOL, body: 'STOP' });
    expect(await ends(one.sid)).toBe('scheduled');
    carrier.sim.inbound({ from: aPhone(2), to: POOL, body: 'START' });
    carrier.advance(HOUR + MINUTE);
    expect(await ends(one.sid)).toBe(21610);
    expect(await ends(two.sid)).toBe('delivered');
  });

  test('may be made for somebody who stopped, and fails in its time', async () => {
    carrier = await aCarrier();
    carrier.sim.inbound({ from: aPhone(1), to: POOL, body: 'STOP' });
    const m = await schedule();
    expect(m.status).toBe('scheduled');
    carrier.advance(HOUR + MINUTE);
    expect(await ends(m.sid)).toBe(21610);
  });

  test('may be missing from lists while it waits', async () => {
    carrier = await aCarrier({ switches: { hideScheduled: true } });
    const { sid } = await schedule();
    const sdk = await sdkOf(carrier.url);
    expect(await sdk.messages.list({ to: aPhone(1) })).toEqual([]);
    expect((await sdk.messages(sid).fetch()).status).toBe('scheduled');
    carrier.advance(HOUR + MINUTE);
    expect(await sdk.messages.list({ to: aPhone(1) })).toHaveLength(1);
  });

  test('made and then the carrier is killed: it still leaves, or was called back', async () => {
    const { mkdtempSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const { join } = await import('node:path');
    const stateFile = join(mkdtempSync(join(tmpdir(), 'regulars-carrier-')), 'carrier.jsonl');
    carrier = await aCarrier({ stateFile });
    const [a, b, c] = [await schedule(), await schedule({ to: aPhone(2) }), await schedule({ to: aPhone(3) })];
    await cancel(b.sid);
    carrier.sim.inbound({ from: aPhone(3), to: POOL, body: 'STOP' });
    await carrier.close();
    carrier = await aCarrier({ stateFile });
    carrier.advance(2 * HOUR);
    expect([await ends(a.sid), await ends(b.sid), await ends(c.sid)]).toEqual(['delivered', 'canceled', 21610]);
  });
});

describe('quiet hours of the carrier', () => {
  test('put a text off to eight in the morning where the person lives; it can be called back until then', async () => {
    carrier = await aCarrier({ now: NOON + 12 * HOUR, switches: { quietHours: { from: 8, to: 21 } } }); // 23:00 in New York, 20:00 in Los Angeles
    const sdk = await sdkOf(carrier.url);
    const send = (to: string) => sdk.messages.create({ to, messagingServiceSid: SERVICE, body: 'hello' });
    const east = await send('+16465550001');
    const again = await send('+16465550002');
    const west = await send('+13105550001');
    expect(east.status).toBe('accepted');
    carrier.advance(5 * MINUTE);
    expect([await ends(east.sid), await ends(again.sid), await ends(west.sid)]).toEqual(['scheduled', 'scheduled', 'delivered']);
    expect((await cancel(again.sid)).status).toBe('canceled');
    carrier.advance(8 * HOUR + 50 * MINUTE);
    expect(await ends(east.sid)).toBe('scheduled');
    carrier.advance(10 * MINUTE);
    expect([await ends(east.sid), await ends(again.sid)]).toEqual(['delivered', 'canceled']);
    expect(carrier.sim.assertionLog().outsideHours).toEqual([]);
  });
});
