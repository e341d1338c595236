import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FixedClock } from '@adapters/clock/fixed-clock';
import { PassphraseVault } from '@adapters/disk/vault';
import type { Fault } from '@adapters/practice-carrier/faults';
import { openShop } from '@backend/open-shop';
import { openDb } from '@db/open';
import { readSettings, saveSettings } from '@db/queries/settings';
import { MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import type { SecretStore } from '@ports/secrets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT, KEY, SECRET, SENDER } from '../support/carrier';
import { buildPrograms, type Carrier, type Programs, startCarrier, startSenderProcess } from '../support/kill-lab';
import { aSendingCampaign } from '../support/sending-shop';
import { NOON } from '../support/test-ctx';

/**
 * `SOAK=outbox-kill SOAK_RUNS=500` kills the sender 500 times; without it a small slice runs with every test run.
 * SOAK_SEED repeats a run.
 */
const soak = process.env['SOAK'] === 'outbox-kill';
const KILLS = Number(process.env['SOAK_RUNS'] ?? (soak ? 500 : 8));
/** A campaign is large enough to be killed about so often while it is being sent. */
const KILLS_PER_CAMPAIGN = soak ? 25 : 8;
const SEED = Number(process.env['SOAK_SEED'] ?? 1);
const PEOPLE = 25 * KILLS_PER_CAMPAIGN;
/** The carrier's hours run this much faster while the sender is being killed, and while the last answers are awaited. */
const RATE = 60;
const LAST_RATE = 1500;

function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The line is bad: before or after the carrier accepted, busy, half answers. */
const BAD_LINE: readonly Fault[] = [
  { probability: 0.02, when: 'before', effect: { kind: 'reset' } },
  { probability: 0.03, when: 'after', effect: { kind: 'reset' } },
  { probability: 0.03, when: 'after', effect: { kind: 'status', status: 500 } },
  { probability: 0.02, when: 'before', effect: { kind: 'status', status: 503 } },
  { probability: 0.03, when: 'before', effect: { kind: 'status', status: 429, retryAfter: '1' } },
  { probability: 0.02, when: 'after', effect: { kind: 'truncated' } },
  { probability: 0.02, when: 'after', effect: { kind: 'empty' } },
  // Answers that take their time, so that many deaths fall between the carrier's yes and our hearing it.
  { probability: 0.5, when: 'after', effect: { kind: 'slow', ms: 60 } },
].map((f) => ({ ...f, method: 'POST', path: 'Messages.json' }) as Fault);

async function aShopOnDisk(seed: number): Promise<{ dir: string; phones: PhoneE164[] }> {
  const dir = mkdtempSync(join(tmpdir(), 'regulars-kill-'));
  const secrets: SecretStore = new PassphraseVault(join(dir, 'vault.json'), 'test');
  const shop = await openShop({ dir, kind: 'real', secrets, clock: new FixedClock(NOON) });
  try {
    await secrets.set('twilio-key-secret', SECRET);
    const { db } = shop.ctx;
    const settings = readSettings(db);
    saveSettings(db, 'shop', { ...settings.shop, name: 'Corner Shoes' }, NOON);
    saveSettings(
      db,
      'texting',
      {
        ...settings.texting,
        mode: 'twilio',
        accountSid: ACCOUNT,
        keySid: KEY,
        sender: { kind: 'number', number: SENDER },
        numbers: [SENDER],
        segmentsPerSecond: 1.2,
        senderApproved: true,
      },
      NOON,
    );
    const { phones } = aSendingCampaign(shop.ctx, { people: PEOPLE, from: seed * 1000 });
    return { dir, phones };
  } finally {
    await shop.close();
  }
}

interface Row {
  address: string;
  state: string;
  reason: string | null;
  sid: string | null;
}

async function judge(dir: string, carrier: Carrier, phones: readonly string[], stopped: ReadonlyMap<string, number>): Promise<void> {
  const db = openDb(join(dir, 'shop.sqlite'), { readonly: true });
  const rows = db.prepare("SELECT address, state, reason, sid FROM outbox WHERE cause_kind = 'campaign'").all() as Row[];
  db.close();
  const tallies = await carrier.assertions();
  const all = (await carrier.messages()).filter((m) => m.direction !== 'inbound');
  const messages = all.filter((m) => m.body.includes('boots are in'));
  expect(rows).toHaveLength(phones.length);
  for (const row of rows) {
    const created = messages.filter((m) => m.to === row.address).length;
    const what = `${row.address} ${row.state} ${row.reason} ${row.sid}`;
    // At most once, whatever happened.
    expect(created, what).toBeLessThanOrEqual(1);
    // Nothing is lost without saying so, nothing is claimed that did not happen.
    if (row.sid !== null) {
      expect(created, what).toBe(1);
      expect(messages.find((m) => m.to === row.address)?.sid, what).toBe(row.sid);
    } else if (created === 0) {
      expect(['uncertain', 'cancelled', 'skipped', 'rejected'], what).toContain(row.state);
      if (row.state !== 'rejected') expect(row.reason, what).toBeTruthy();
    } else {
      expect(row.state, what).toBe('uncertain');
      expect(row.reason, what).toBe('not-confirmed');
    }
    expect(tallies[row.address]?.createdAfterStop ?? 0, what).toBe(0);
  }
  // Replies are read before each batch, at most a minute old; what was on its way then may still arrive.
  for (const [phone, at] of stopped) {
    for (const m of messages) if (m.to === phone) expect(m.createdAt, `texted after STOP: ${phone}`).toBeLessThanOrEqual(at + 2 * MINUTE);
    // At most one answer to it, and only within five minutes.
    const answers = all.filter((m) => m.to === phone && !m.body.includes('boots are in'));
    expect(answers.length, `answers to STOP: ${phone}`).toBeLessThanOrEqual(1);
    for (const m of answers) expect(m.createdAt).toBeLessThanOrEqual(at + 5 * MINUTE + 30_000);
  }
}

describe('killed at any moment', () => {
  let programs: Programs | undefined;
  const running: { kill(): void }[] = [];
  beforeAll(async () => {
    programs = await buildPrograms();
  }, 60_000);
  afterAll(() => {
    for (const r of running) r.kill();
    programs?.remove();
  });

  /** One campaign through up to `most` deaths. Returns how often the sender was really killed in the middle. */
  async function oneCampaign({ sender: senderProgram, carrier: carrierProgram }: Programs, seed: number, most: number): Promise<number> {
    const random = seeded(seed);
    const { dir, phones } = await aShopOnDisk(seed);
    const carrier = await startCarrier(carrierProgram, { seed, now: NOON, rate: RATE });
    running.push(carrier);
    await carrier.faults(BAD_LINE);
    const stopped = new Map<string, UtcMs>();
    let kills = 0;
    for (;;) {
      const sender = startSenderProcess(senderProgram, dir, carrier.url);
      running.push(sender);
      await sender.ready;
      if (kills >= most) {
        await carrier.clock({ rate: LAST_RATE });
        expect(await sender.ended, `seed ${seed}`).toBe('done');
        break;
      }
      await wait(20 + random() * 500);
      // The carrier blocks the first kind by itself; the second only we can know.
      const phone = phones[Math.floor(random() * phones.length)];
      if (phone && !stopped.has(phone)) {
        const { now } = await carrier.clock({});
        await carrier.inbound(phone, SENDER, random() < 0.5 ? 'STOP' : 'stop texting me');
        stopped.set(phone, now);
      }
      await wait(random() * 300);
      sender.kill();
      if ((await sender.ended) === 'done') break;
      kills++;
    }
    await judge(dir, carrier, phones, stopped);
    carrier.kill();
    return kills;
  }

  it(
    `nobody gets two texts, nobody is forgotten, nobody is texted after STOP: ${KILLS} kills`,
    async () => {
      let kills = 0;
      for (let seed = SEED; kills < KILLS; seed++) {
        kills += await oneCampaign(programs as Programs, seed, Math.min(KILLS_PER_CAMPAIGN, KILLS - kills));
      }
      expect(kills).toBe(KILLS);
    },
    60_000 + KILLS * 6000,
  );
});
