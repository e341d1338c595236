// Texts per second through the whole sender (replies read, consent, hours, caps, commit before POST, official SDK) against the carrier as a
// process of its own that takes 50 ms to answer, beside a bare loop over the same SDK with as many POSTs at once; memory and event loop
// meanwhile; how many texts still leave after Pause; and how soon the first one leaves after a restart with 100,000 waiting.
// BENCH_TEXTS and BENCH_WAITING make it smaller.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import twilio from 'twilio';
import { at } from '../lib/run.mjs';
import { backend, sampleShop, tempDir } from './backend.mjs';
import { aCampaign, carrier, OPENING, sleep, until } from './carrier.mjs';
import { figure, median, percentile, pssMb } from './lib.mjs';

/** POSTs under way at one time, as many as the sender allows itself. */
const WINDOW = 8;
const LATENCY_MS = 50;
const TEXTS = Number(process.env.BENCH_TEXTS ?? 20_000);
const WAITING = Number(process.env.BENCH_WAITING ?? 100_000);
/** POSTs of the bare loop, each time it is measured. */
const BARE = Math.min(2000, TEXTS);
const MINUTE = 60_000;

/** The bare loop: the SDK and nothing else, eight at once, to a carrier of its own. */
async function bareLoop(sim) {
  class Local extends twilio.RequestClient {
    request(o) {
      const uri = new URL(o.uri);
      const headers = { ...o.headers, 'x-twilio-host': uri.host };
      const to = new URL(sim.url);
      uri.protocol = to.protocol;
      uri.host = to.host;
      return super.request({ ...o, uri: uri.href, headers });
    }
  }
  const client = twilio(`SK${'0'.repeat(32)}`, 'secret', {
    accountSid: `AC${'0'.repeat(32)}`,
    httpClient: new Local({ maxSockets: 16 }),
    env: {},
  });
  let n = 0;
  const lane = async (count) => {
    while (n < count) {
      await client.messages.create({
        to: `+1646555${String(1000 + (n++ % 9000)).padStart(4, '0')}`,
        from: '+15005550006',
        body: `Juniper & Main: hi, new boots are in. ${n} Reply STOP to opt out`,
        smartEncoded: false,
        validityPeriod: 3600,
      });
    }
  };
  await Promise.all(Array.from({ length: WINDOW }, () => lane(200))); // warm
  n = 0;
  const started = performance.now();
  await Promise.all(Array.from({ length: WINDOW }, () => lane(BARE)));
  return BARE / ((performance.now() - started) / 1000);
}

const latency = ['--latency', String(LATENCY_MS)];

/** Measured in a carrier of its own, so that what it remembers slows nobody down. */
async function baseline() {
  const sim = await carrier(['--rate', '1', ...latency]);
  const rate = await bareLoop(sim);
  sim.stop();
  return rate;
}

/** A practice shop talking to a fresh carrier, with a campaign ready to start. Time runs ten times as fast until the brake has seen the first. */
async function sending(dir, segmentsPerSecond, more = [], env = {}) {
  const sim = await carrier(['--rate', '10', ...more]);
  const shop = backend(dir, ['--serve'], { ...sim.env, ...env });
  const ask = async (channel, input) => (await shop.ask(channel, input)).value;
  const campaign = await aCampaign(ask, segmentsPerSecond);
  await shop.ask('campaigns/start', { id: campaign.id, quoteToken: campaign.quoteToken }, { task: true });
  return { sim, shop, ask, campaign };
}

const dir = tempDir();
const practice = path.join(dir, 'practice');
// Seven of ten in a sample shop may be texted at this hour; some of those who agreed have a number twice.
sampleShop(practice, ['--people', String(Math.ceil(TEXTS * 2.4)), '--lines', String(TEXTS), '--now', new Date(OPENING).toISOString()]);
for (const copy of ['pause', 'restart']) fs.cpSync(practice, path.join(dir, copy, 'practice'), { recursive: true });

{
  const probe = path.join(dir, 'loop.jsonl');
  const before = await baseline();
  const { sim, shop, campaign } = await sending(practice, 1000, latency, {
    NODE_OPTIONS: `--import=${pathToFileURL(at('scripts/bench/loop-probe.mjs')).href}`,
    LOOP_PROBE: probe,
  });
  await until('the first results', async () => (await sim.texts()) > 100);
  await sim.control('clock', { rate: 1 });
  const goal = Math.min(TEXTS, Math.floor(campaign.people * 0.95));
  const from = await sim.texts();
  const since = Date.now();
  const started = performance.now();
  const memory = [];
  for (let sent = from; sent < goal; sent = await sim.texts()) {
    memory.push({ sent, mb: pssMb(shop.pid) });
    if (performance.now() - started > 20 * MINUTE) throw new Error(`${sent} of ${goal} texts after 20 minutes`);
    await sleep(1000);
  }
  const rate = ((await sim.texts()) - from) / ((performance.now() - started) / 1000);
  const late = fs
    .readFileSync(probe, 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l))
    .filter((l) => l.at >= since)
    .flatMap((l) => [...l.late, ...Array(Math.max(0, l.samples - l.late.length)).fill(0)]);
  await shop.close();
  sim.stop();
  const bare = median([before, await baseline()]);
  figure({ name: 'send.texts', value: rate, unit: 'texts/s', target: '>= 40', ok: rate >= 40, baseline: Math.round(bare) });
  figure({
    name: `send.beside-bare-sdk, ${goal} texts, ${LATENCY_MS} ms, ${WINDOW} at once`,
    value: rate / bare,
    unit: 'of the bare loop',
    target: '>= 0.85',
    ok: rate / bare >= 0.85,
    baseline: Math.round(bare),
  });
  // From a tenth of the way on: before that the engine is still compiling.
  const settled = memory.filter((m) => m.sent > goal / 10).map((m) => m.mb);
  const third = Math.max(1, Math.floor(settled.length / 3));
  const grown = median(settled.slice(-third)) - median(settled.slice(0, third));
  figure({
    name: 'send.memory-growth',
    value: grown,
    unit: 'MB, last third over first',
    target: '<= 30',
    ok: grown <= 30,
    baseline: Math.round(median(settled.slice(0, third))),
  });
  const p99 = percentile(late, 0.99);
  figure({ name: 'send.loop-p99', value: p99, unit: 'ms late, flat out', target: '< 50', ok: p99 < 50 });
  figure({ name: 'send.loop-worst', value: Math.max(0, ...late), unit: 'ms', target: 'told', ok: true });
}
{
  // At the pace of a usual account (10 segments a second), in the middle of the campaign.
  const { sim, shop, ask, campaign } = await sending(path.join(dir, 'pause', 'practice'), 10, ['--rate', '20']);
  await until('the first texts answered', async () => (await sim.texts()) > 20);
  await sim.control('clock', { rate: 1 });
  const running = await sim.texts();
  await until('sending at its pace', async () => (await sim.texts()) >= running + 20);
  const pressed = performance.now();
  const before = await sim.texts();
  await ask('campaigns/pause', { id: campaign.id });
  const answered = performance.now() - pressed;
  await sleep(5000);
  const after = (await sim.texts()) - before;
  figure({ name: 'send.after-pause', value: after, unit: 'texts in 5 s', target: '<= 8', ok: after <= 8 });
  figure({ name: 'send.pause-answered', value: answered, unit: 'ms', target: '<= 250', ok: answered <= 250 });
  await shop.close();
  sim.stop();
}
{
  // Killed in the middle of a campaign, then everybody who waits multiplied in the file, half of them put off for their hour.
  const place = path.join(dir, 'restart', 'practice');
  const { sim, shop, campaign } = await sending(place, 100, latency);
  await until('the first results', async () => (await sim.texts()) > 60);
  process.kill(shop.pid, 'SIGKILL');
  await sleep(500);
  const file = new Database(path.join(place, 'shop.sqlite'));
  const { now } = await sim.control('clock');
  const waiting = file.prepare("SELECT count(*) FROM outbox WHERE state = 'waiting'").pluck().get();
  file
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @more)
       INSERT INTO outbox (cause_kind, cause_id, channel, address, message_class, priority, state, reason, body, segments, quoted_price,
         not_before, retry_at, created_at, updated_at)
       SELECT 'campaign', @id, 'sms', '+1415' || (2000000 + i), 'marketing', 10, 'waiting', iif(i % 2, 'quiet-hours', NULL),
         'Juniper & Main: new boots are in. STOP to end', 1, 8300, @now, iif(i % 2, @now + 3600000, NULL), @now, @now FROM n`,
    )
    .run({ more: Math.max(1, WAITING - waiting), id: String(campaign.id), now });
  file.close();
  const sent = await sim.texts();
  const asked = async () => (await sim.control('log')).requests?.ListMessage ?? 0;
  const lists = await asked();
  const spawned = performance.now();
  const again = backend(place, ['--serve'], sim.env);
  const watch = async (what, test) => {
    await until(what, test);
    return performance.now() - spawned;
  };
  const [repliesAt, firstAt] = await Promise.all([
    watch('replies read', async () => (await asked()) > lists),
    watch('the first text', async () => (await sim.texts()) > sent),
  ]);
  figure({
    name: `send.restart-to-first-text, ${WAITING} waiting`,
    value: (firstAt - repliesAt) / 1000,
    unit: 's after replies were read',
    target: '<= 3',
    ok: firstAt - repliesAt <= 3000,
  });
  figure({ name: 'send.restart-whole', value: firstAt / 1000, unit: 's from the start of the process', target: 'told', ok: true });
  await again.close();
  sim.stop();
}
fs.rmSync(dir, { recursive: true, force: true });
