import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRemoteClock } from '@adapters/clock/remote-clock';
import { makeTwilioGateway } from '@adapters/twilio/gateway';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { ACCOUNT, aPhone, aText, KEY, SECRET } from '../support/carrier';
import { bundled, type CarrierProcess, carrierProcess } from '../support/carrier-process';
import { NOON } from '../support/test-ctx';

beforeAll(() => bundled('main/backend/carrier-server.ts'), 60_000);

const gatewayOf = (url: string) =>
  makeTwilioGateway({
    accountSid: ACCOUNT,
    keySid: KEY,
    keySecret: SECRET,
    baseUrl: url,
    timeouts: { postMs: 5000, getMs: 5000 },
    retryPausesMs: [5],
  });

async function logOf(carrier: CarrierProcess): Promise<string[]> {
  const { messages } = await carrier.control<{ messages: { sid: string }[] }>('GET', 'messages');
  return messages.map((m) => m.sid);
}

describe('the carrier as a process', () => {
  test('killed at any moment it loses no accepted text, and keeps every text made once (property)', async () => {
    const run = fc.record({
      lives: fc.array(fc.record({ texts: fc.integer({ min: 0, max: 4 }), end: fc.constantFrom('kill', 'crash before', 'crash after') }), {
        minLength: 1,
        maxLength: 3,
      }),
    });
    await fc.assert(
      fc.asyncProperty(run, async ({ lives }) => {
        const state = join(mkdtempSync(join(tmpdir(), 'regulars-crash-')), 'carrier.jsonl');
        const accepted: string[] = [];
        let lost = 0;
        let n = 0;
        for (const life of lives) {
          const carrier = await carrierProcess(['--state', state, '--seed', '5', '--now', String(NOON), '--rate', '0']);
          const gateway = gatewayOf(carrier.url);
          for (let i = 0; i < life.texts; i++) {
            const out = await gateway.send(aText({ to: aPhone(n++) }));
            if (out.kind === 'accepted') accepted.push(out.message.sid);
          }
          if (life.end !== 'kill') {
            const when = life.end === 'crash before' ? 'before' : 'after';
            await carrier.control('POST', 'faults', { method: 'POST', path: 'Messages', when, effect: { kind: 'crash' } });
            expect(await gateway.send(aText({ to: aPhone(n++) }))).toMatchObject({ kind: 'uncertain', why: 'reset' });
            if (when === 'after') lost += 1;
          }
          await carrier.kill();
        }
        const last = await carrierProcess(['--state', state, '--now', String(NOON), '--rate', '0']);
        try {
          const sids = await logOf(last);
          expect(sids).toEqual(expect.arrayContaining(accepted));
          // Exactly the accepted ones and those accepted without an answer: nothing twice, nothing invented.
          expect(sids).toHaveLength(accepted.length + lost);
          expect(new Set(sids).size).toBe(sids.length);
        } finally {
          await last.kill();
        }
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  test('time: stands, is moved, runs; a restart goes on where it was', async () => {
    const state = join(mkdtempSync(join(tmpdir(), 'regulars-crash-')), 'carrier.jsonl');
    let carrier = await carrierProcess(['--state', state, '--now', String(NOON), '--rate', '0']);
    const clock = await connectRemoteClock(`${carrier.url}/__sim/clock`);
    try {
      expect(clock.now()).toBe(NOON);
      const woken: string[] = [];
      const nap = clock.sleep(60_000).then(() => woken.push('minute'));
      const long = clock.sleep(3_600_000).then(() => woken.push('hour'));
      await carrier.control('POST', 'clock', { advance: 59_000 });
      await new Promise((r) => setTimeout(r, 100));
      expect(clock.now()).toBe(NOON + 59_000);
      expect(woken).toEqual([]);
      await carrier.control('POST', 'clock', { advance: 1_000 });
      await nap;
      expect(woken).toEqual(['minute']);
      await carrier.control('POST', 'clock', { rate: 36_000 }); // ten hours a second
      await long;
      expect(clock.now()).toBeGreaterThanOrEqual(NOON + 3_600_000);
      await carrier.control('POST', 'clock', { rate: 0 });
      const { now } = await carrier.control<{ now: number }>('GET', 'clock');
      await carrier.kill();
      carrier = await carrierProcess(['--state', state, '--now', '1000', '--rate', '1']);
      expect(await carrier.control('GET', 'clock')).toMatchObject({ now, rate: 0 });
    } finally {
      clock.close();
      await carrier.kill();
    }
  }, 30_000);

  test('time that was never touched runs on over a kill, too', async () => {
    const state = join(mkdtempSync(join(tmpdir(), 'regulars-crash-')), 'carrier.jsonl');
    const args = ['--state', state, '--now', String(NOON), '--rate', '100000'];
    const nowOf = async (c: CarrierProcess) => (await c.control<{ now: number }>('GET', 'clock')).now;
    let carrier = await carrierProcess(args);
    await new Promise((r) => setTimeout(r, 100));
    const before = await nowOf(carrier);
    expect(before).toBeGreaterThan(NOON);
    await carrier.kill();
    carrier = await carrierProcess(args);
    try {
      expect(await nowOf(carrier)).toBeGreaterThan(before);
      // It may be told to begin later, never earlier.
      await carrier.kill();
      const later = NOON + 365 * 86_400_000;
      carrier = await carrierProcess(['--state', state, '--now', String(later)]);
      expect(await nowOf(carrier)).toBeGreaterThanOrEqual(later);
      await carrier.kill();
      carrier = await carrierProcess(args);
      expect(await nowOf(carrier)).toBeGreaterThanOrEqual(later);
    } finally {
      await carrier.kill();
    }
  }, 30_000);

  test('sleeping ends when told, and only this machine is asked for the time', async () => {
    const carrier = await carrierProcess(['--now', String(NOON), '--rate', '0']);
    const clock = await connectRemoteClock(carrier.url);
    const abort = new AbortController();
    const nap = clock.sleep(1000, abort.signal);
    abort.abort(new Error('enough'));
    await expect(nap).rejects.toThrow('enough');
    await expect(clock.sleep(1000, abort.signal)).rejects.toThrow('enough');
    clock.close();
    await carrier.kill();
    for (const url of ['http://example.com/__sim/clock', 'https://127.0.0.1/', 'nonsense']) {
      await expect(connectRemoteClock(url)).rejects.toMatchObject({ code: 'input.invalid' });
    }
  }, 30_000);
});
