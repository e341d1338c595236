import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '@adapters/practice-carrier/faults';
import type { RecipientTally } from '@adapters/practice-carrier/types';
import { expect, test } from '@playwright/test';
import { copyOf, killAllLives, killDriven, type Life, live, owned, practiceFolder, reading, seeded, until } from '../support/app-kill-lab';
import { TROUBLES } from '../support/kill-faults';
import { tellTally } from '../support/kill-tally';
import { type Carrier, freshDir, type Regulars, startCarrier } from '../support/launch';

/**
 * The real app, killed with all its processes at seeded random moments of sending a campaign, of preparing one and of an import.
 * `npm run soak -- app-kill --runs N` for more; SOAK_SEED repeats a run.
 */
const soak = process.env['SOAK'] === 'app-kill';
const KILLS = soak ? Number(process.env['SOAK_RUNS'] ?? 200) : 20;
const SEED = Number(process.env['SOAK_SEED'] ?? 1);
const PER_CAMPAIGN = 20;
/** Of the kills of one campaign, those while it is being prepared. */
const WHILE_STAGING = 4;
/** Tuesday 17 November 2026, 11:00 in New York: the shops and the carriers are awake. */
const OPENING = Date.parse('2026-11-17T16:00:00Z');
/** The carrier's clock runs this much faster, and faster still while the last answers are awaited. */
const RATE = 60;
const LAST_RATE = 400;
const MINUTE = 60_000;
/** Only texts of the campaign say this. */
const WORDS = '15% off boots';
const SENDER = '+15005550006';

/** The line of the last life is bad too: before or after the carrier accepted, busy, half answers. */
const BAD_LINE: readonly Fault[] = [
  { probability: 0.02, when: 'before', effect: { kind: 'reset' } },
  { probability: 0.03, when: 'after', effect: { kind: 'reset' } },
  { probability: 0.03, when: 'after', effect: { kind: 'status', status: 500 } },
  { probability: 0.02, when: 'before', effect: { kind: 'status', status: 503 } },
  { probability: 0.03, when: 'before', effect: { kind: 'status', status: 429, retryAfter: '1' } },
  { probability: 0.02, when: 'after', effect: { kind: 'truncated' } },
  { probability: 0.02, when: 'after', effect: { kind: 'empty' } },
].map((f) => ({ ...f, method: 'POST', path: 'Messages.json' }) as Fault);

/** Another line than before. */
async function lineOf(carrier: Carrier, faults: readonly Fault[]): Promise<void> {
  const cleared = await fetch(`${carrier.url}/__sim/faults`, { method: 'DELETE' });
  expect(cleared.ok).toBe(true);
  for (const f of faults) await carrier.control('faults', f);
}

/** Another mix of troubles for each life; answers take their time, so that deaths fall between the carrier's yes and our hearing it. */
async function aBadLine(carrier: Carrier, random: () => number): Promise<void> {
  const some = TROUBLES.filter(() => random() < 0.25).map(([fault, most]) => ({ ...fault, probability: random() * most }));
  const slow: Fault = { method: 'POST', path: 'Messages.json', when: 'after', probability: 0.4, effect: { kind: 'slow', ms: 60 } };
  await lineOf(carrier, [...some, slow]);
}

interface SimMessage {
  sid: string;
  direction: string;
  to: string;
  body: string;
  createdAt: number;
}
const textsOf = async (carrier: Carrier) =>
  (await carrier.control<{ messages: SimMessage[] }>('messages')).messages.filter((m) => m.direction !== 'inbound');

const carrierFor = (seed: number) => {
  const state = join(freshDir('carrier'), 'carrier.jsonl');
  return startCarrier(['--any-account', '--state', state, '--seed', String(seed), '--now', String(OPENING), '--rate', String(RATE)]);
};

interface Sent {
  campaignId: number;
  quoteToken: string;
  people: number;
}

/** Group, offer, text and review, as an owner makes them; the pace is set so that sending lasts through the kills. */
async function prepare(shop: Regulars, name: string): Promise<Sent> {
  const { id: segmentId } = await shop.call<{ id: number }>('segments/save', {
    id: null,
    name: `Lately here ${name}`,
    // A few hundred who are texted, and thousands whose exclusion takes preparing its time.
    rule: {
      any: [
        {
          all: [
            { is: 'may-text', value: true },
            { is: 'last-visit', op: 'within', days: 30 },
          ],
        },
        { is: 'may-text', value: false },
      ],
    },
  });
  const offer = await shop.call<{ id: number }>('offers/save', {
    id: null,
    name: `Boots ${name}`,
    kind: 'percent',
    percent: 15,
    validDays: 14,
    codeMode: 'personal',
  });
  const fields = {
    name,
    segmentId,
    body: `Juniper & Main: hi {first name|there}, ${WORDS} with code {code}.`,
    offerId: offer.id,
    addStopLine: true,
    holdout: 'auto',
    goal: { kind: 'none', target: null },
    windowDays: 14,
  };
  const { id } = await shop.call<{ id: number }>('campaigns/save', { id: null, fields });
  const review = await shop.call<{ people: number; segments: number; quoteToken: string; checks: unknown[] }>('campaigns/review', { id });
  expect(review.quoteToken, JSON.stringify(review.checks)).toBeTruthy();
  // 16 kills, a second or so of sending in each life.
  await atPace(shop, review.segments / 16 / RATE / 0.8);
  return { campaignId: id, quoteToken: review.quoteToken, people: review.people };
}

const atPace = (shop: Regulars, segmentsPerSecond: number) =>
  shop.call('settings/save-texting', {
    segmentsPerSecond,
    pricePerSegment: 8300,
    senderApproved: true,
    monthlyLimit: null,
    customStopWords: [],
  });

/** Where the deaths fell, as far as the file they left tells. */
const fell: Record<string, number> = {};
function count(where: string): void {
  fell[where] = (fell[where] ?? 0) + 1;
}
function countDeath(dataDir: string, campaignId: number, textsInThisLife: number): void {
  const { state, sending } = reading(dataDir, (all) => ({
    state: all<{ state: string }>('SELECT state FROM campaign WHERE id = ?', campaignId)[0]?.state,
    sending: all<{ n: number }>("SELECT count(*) AS n FROM outbox WHERE state = 'sending'")[0]?.n ?? 0,
  }));
  if (state === 'draft' || state === 'staging') count('while it was prepared');
  else if (sending > 0) count('with texts between commit and answer');
  else count(textsInThisLife > 0 ? 'between two texts' : 'before the first text of that life');
}

const stateOf = (shop: Regulars, id: number) => shop.call<{ state: string; pauseReason: string | null }>('campaigns/get', { id });

/** Presses send again and again, killed at another moment each time; rows half written are never seen by the sender. */
async function killWhileStaging(dataDir: string, carrier: Carrier, sent: Sent, random: () => number): Promise<number> {
  let kills = 0;
  for (let i = 0; i < WHILE_STAGING; i++) {
    const shop = await owned(dataDir, carrier);
    const { state } = await stateOf(shop, sent.campaignId);
    if (state === 'sending') {
      await killDriven(shop);
      countDeath(dataDir, sent.campaignId, 0);
      return kills + 1;
    }
    expect(['draft', 'staging']).toContain(state);
    expect(await textsOf(carrier)).toHaveLength(0);
    await shop.call('campaigns/start', { id: sent.campaignId, quoteToken: sent.quoteToken });
    await wait(random() * (i === 0 ? 60 : 350));
    await killDriven(shop);
    countDeath(dataDir, sent.campaignId, 0);
    kills++;
  }
  const shop = await owned(dataDir, carrier);
  const { state } = await stateOf(shop, sent.campaignId);
  if (state !== 'sending') await shop.call('campaigns/start', { id: sent.campaignId, quoteToken: sent.quoteToken });
  await until(
    'campaign under way',
    () => stateOf(shop, sent.campaignId),
    (c) => c.state === 'sending',
  );
  await killDriven(shop);
  countDeath(dataDir, sent.campaignId, (await textsOf(carrier)).length);
  return kills + 1;
}

/** The app as it comes up by itself; after the brake paused the campaign the owner looks, and goes on. */
async function goingOn(dataDir: string, carrier: Carrier, id: number): Promise<Pick<Life, 'kill'>> {
  const state = reading(dataDir, (all) => all<{ state: string }>('SELECT state FROM campaign WHERE id = ?', id)[0]?.state);
  if (state !== 'paused') return live(dataDir, carrier);
  const shop = await owned(dataDir, carrier);
  await shop.call('campaigns/resume', { id });
  count('(of these, after the owner went on from a pause)');
  return { kill: () => killDriven(shop) };
}

/** The app comes up by itself, sends, and dies: some time after its start, or just after the carrier took one more text. */
async function killWhileSending(
  dataDir: string,
  carrier: Carrier,
  { campaignId, kills }: { campaignId: number; kills: number },
  random: () => number,
  stopped: Map<string, number>,
) {
  for (let i = 0; i < kills; i++) {
    const before = (await textsOf(carrier)).length;
    await aBadLine(carrier, random);
    const app = await goingOn(dataDir, carrier, campaignId);
    const sends = random() < 0.6;
    if (sends) {
      const more = 1 + Math.floor(random() * 12);
      const limit = Date.now() + 8000;
      while ((await textsOf(carrier)).length < before + more && Date.now() < limit) await wait(15);
      await wait(random() * 120);
    } else await wait(300 + random() * 2500);
    if (i % 3 === 1) await somebodyStops(carrier, stopped, random);
    await wait(random() * 60);
    await app.kill();
    countDeath(dataDir, campaignId, (await textsOf(carrier)).length - before);
  }
}

/** One who was not texted yet writes STOP, or says it in words only we understand. */
async function somebodyStops(carrier: Carrier, stopped: Map<string, number>, random: () => number): Promise<void> {
  const left = waiting.filter((p) => !stopped.has(p));
  const phone = left[Math.floor(random() * left.length)];
  if (!phone) return;
  const { now } = await carrier.control<{ now: number }>('clock');
  await carrier.control('inbound', { from: phone, to: SENDER, body: random() < 0.5 ? 'STOP' : 'please stop texting me' });
  stopped.set(phone, now);
}
let waiting: string[] = [];

interface Row {
  customer_id: number;
  address: string;
  state: string;
  reason: string | null;
  sid: string | null;
  code: string | null;
  body: string;
}
const FINAL = ['delivered', 'undelivered', 'failed', 'rejected', 'sent', 'skipped', 'cancelled', 'uncertain'];

async function judge(dataDir: string, carrier: Carrier, sent: Sent, stopped: ReadonlyMap<string, number>): Promise<string> {
  const { rows, people, held, campaign } = reading(dataDir, (all) => ({
    rows: all<Row>("SELECT * FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?", String(sent.campaignId)),
    people: all<{ customer_id: number; phone: string }>(
      "SELECT customer_id, phone FROM campaign_person WHERE campaign_id = ? AND arm = 'text'",
      sent.campaignId,
    ),
    held: all<{ phone: string }>("SELECT phone FROM campaign_person WHERE campaign_id = ? AND arm <> 'text'", sent.campaignId),
    campaign: all<{ state: string }>('SELECT state FROM campaign WHERE id = ?', sent.campaignId)[0],
  }));
  const tallies = await carrier.control<Record<string, RecipientTally>>('assertions');
  // Answers to a STOP are texts too, but not of this campaign.
  const texts = (await textsOf(carrier)).filter((m) => m.body.includes(WORDS));
  const sentTo = new Map<string, SimMessage[]>();
  for (const m of texts) sentTo.set(m.to, [...(sentTo.get(m.to) ?? []), m]);
  expect(campaign?.state).toBe('finished');
  // Everybody who was reviewed is there, each with one row of their own and a code of their own.
  expect(people.length).toBeGreaterThan(sent.people * 0.97);
  expect(people.length).toBeLessThanOrEqual(sent.people);
  expect(new Set(rows.map((r) => r.customer_id))).toEqual(new Set(people.map((p) => p.customer_id)));
  expect(rows).toHaveLength(people.length);
  expect(new Set(rows.map((r) => r.code)).size).toBe(rows.length);
  const tally: Record<string, number> = {};
  for (const row of rows) {
    const sids = (sentTo.get(row.address) ?? []).map((m) => m.sid);
    const what = `${row.address} ${row.state} ${row.reason} ${row.sid}`;
    tally[`${row.state} ${row.reason ?? ''}`] = (tally[`${row.state} ${row.reason ?? ''}`] ?? 0) + 1;
    expect(sids.length, `two texts: ${what}`).toBeLessThanOrEqual(1);
    for (const [body, times] of Object.entries(tallies[row.address]?.bodies ?? {})) expect(times, `${what}: ${body}`).toBe(1);
    expect(FINAL, what).toContain(row.state);
    if (row.sid !== null) expect(sids, what).toEqual([row.sid]);
    else if (sids.length === 0) {
      expect(['uncertain', 'cancelled', 'skipped', 'rejected'], `silently missing: ${what}`).toContain(row.state);
      if (row.state !== 'rejected') expect(row.reason, what).toBeTruthy();
    } else expect(`${row.state} ${row.reason}`, `sent but not known: ${what}`).toBe('uncertain not-confirmed');
    expect(tallies[row.address]?.createdAfterStop ?? 0, what).toBe(0);
  }
  // What the carrier accepted is what our rows own.
  const owners = new Set(rows.flatMap((r) => (r.sid ? [r.sid] : [])));
  const notConfirmed = new Set(rows.filter((r) => r.state === 'uncertain').map((r) => r.address));
  expect(texts.filter((m) => !owners.has(m.sid) && !notConfirmed.has(m.to))).toEqual([]);
  for (const h of held) expect(sentTo.has(h.phone), `held out but texted: ${h.phone}`).toBe(false);
  // Replies are read before each batch, at most a minute old; what was on its way then may still arrive.
  for (const [phone, at] of stopped)
    for (const m of sentTo.get(phone) ?? []) expect(m.createdAt, `texted after STOP: ${phone}`).toBeLessThanOrEqual(at + 2 * MINUTE);
  const unknownButSent = rows.filter((r) => r.state === 'uncertain' && sentTo.has(r.address)).length;
  const twice = [...sentTo.values()].filter((sent) => sent.length > 1).length;
  return [
    `${rows.length} of ${people.length} people accounted for`,
    `${texts.length} texts at the carrier, ${twice} people texted twice`,
    `${stopped.size} stops, ${unknownButSent} sent but unconfirmed and shown`,
    `how they ended: ${JSON.stringify(tally)}`,
  ].join(', ');
}

test.use({ trace: 'off' });
test.afterEach(() => killAllLives());

test.describe
  .serial('the app killed at any moment', () => {
    /** A practice shop made once by the app itself. */
    let base: string;

    test('opens on a practice shop', async () => {
      const carrier = await carrierFor(SEED);
      try {
        base = practiceFolder('kill-base');
        const shop = await owned(base, carrier);
        await shop.close();
        expect(reading(base, (all) => all<{ n: number }>('SELECT count(*) AS n FROM customer')[0]?.n)).toBe(4000);
      } finally {
        carrier.stop();
      }
    });

    const campaigns = Math.max(1, Math.round(KILLS / PER_CAMPAIGN));
    for (let c = 0; c < campaigns; c++) {
      const seed = SEED + c;
      test(`nobody gets two texts, nobody is forgotten, nobody is texted after STOP (seed ${seed})`, async () => {
        test.setTimeout(300_000);
        const random = seeded(seed);
        const carrier = await carrierFor(seed);
        try {
          const dataDir = copyOf(base, 'app-kill');
          const first = await owned(dataDir, carrier);
          const sent = await prepare(first, `Boots ${seed}`);
          await killDriven(first);
          const inStaging = await killWhileStaging(dataDir, carrier, sent, random);
          waiting = reading(dataDir, (all) =>
            all<{ address: string }>("SELECT address FROM outbox WHERE cause_kind = 'campaign' AND state = 'waiting' ORDER BY id").map(
              (r) => r.address,
            ),
          );
          const stopped = new Map<string, number>();
          await killWhileSending(dataDir, carrier, { campaignId: sent.campaignId, kills: PER_CAMPAIGN - inStaging }, random, stopped);

          await lineOf(carrier, BAD_LINE);
          const last = await owned(dataDir, carrier);
          await atPace(last, 100);
          const look = async () => {
            const { state, pauseReason } = await stateOf(last, sent.campaignId);
            // Whoever is asked to stop too often by chance has to look and go on, as the owner would.
            if (state === 'paused') await last.call('campaigns/resume', { id: sent.campaignId });
            const status = await last.call<{ counts: Record<string, number>; uncertain: { looking: number } }>('outbox/status', {
              campaignId: sent.campaignId,
            });
            return { state, pauseReason, ...status, none: (...states: string[]) => states.every((k) => !status.counts[k]) };
          };
          await until('everything left', look, (s) => s.none('staged', 'waiting', 'sending'), 150_000);
          await carrier.control('clock', { rate: LAST_RATE });
          await until(
            'everything settled',
            look,
            (s) => s.state === 'finished' && s.uncertain.looking === 0 && s.none('waiting', 'accepted', 'queued', 'sent'),
            120_000,
          );
          await last.close();
          const how = await judge(dataDir, carrier, sent, stopped);
          const { hits } = await carrier.control<{ hits: Record<string, number> }>('state');
          tellTally([
            `SOAK_SEED=${seed}: where ${PER_CAMPAIGN} deaths fell: ${JSON.stringify(fell)}`,
            `faults hit: ${JSON.stringify(hits)}`,
            how,
          ]);
          for (const where of Object.keys(fell)) delete fell[where];
        } finally {
          carrier.stop();
        }
      });
    }
  });
