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
/** POSTs of the bare loop, and how many turns the two take. */
const BARE = Math.min(4000, TEXTS);
const SLICES = 10;
const MINUTE = 60_000;

/** The bare loop: the SDK and nothing else, eight at once, to a carrier of its own. `posts(n)` resolves with the milliseconds n of them took. */
async function bareLoop() {
  const sim = await carrier(['--rate', '1', '--latency', String(LATENCY_MS)]);
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
  const posts = async (count) => {
    const end = n + count;
    const lane = async () => {
      while (n < end) {
        await client.messages.create({
          to: `+1646555${String(1000 + (n++ % 9000)).padStart(4, '0')}`,
          from: '+15005550006',
          body: `Juniper & Main: hi, new boots are in. ${n} Reply STOP to opt out`,
          smartEncoded: false,
          validityPeriod: 3600,
        });
      }
    };
    const started = performance.now();
    await Promise.all(Array.from({ length: WINDOW }, lane));
    return performance.now() - started;
  };
  await posts(500); // warm
  return { posts, stop: () => sim.stop() };
}

const latency = ['--latency', String(LATENCY_MS)];

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
sampleShop(practice, ['--people', String(Math.ceil(TEXTS * 3.2)), '--lines', String(TEXTS), '--now', new Date(OPENING).toISOString()]);
for (const copy of ['pause', 'restart']) fs.cpSync(practice, path.join(dir, copy, 'practice'), { recursive: true });

{
  const probe = path.join(dir, 'loop.jsonl');
  const bare = await bareLoop();
  const { sim, shop, ask, campaign } = await sending(practice, 1000, latency, {
    NODE_OPTIONS: `--expose-gc --import=${pathToFileURL(at('scripts/bench/loop-probe.mjs')).href}`,
    LOOP_PROBE: probe,
  });
  await until('the first results', async () => (await sim.texts()) > 200);
  await sim.control('clock', { rate: 1 });
  const goal = Math.min(TEXTS, Math.floor(campaign.people * 0.93));
  const late = { running: [], resting: [] };
  const memory = [];
  const took = { texts: 0, textsMs: 0, posts: 0, postsMs: 0 };
  // By turns, a slice each: whatever else the machine does meanwhile hits both.
  for (let slice = 1; slice <= SLICES; slice++) {
    const from = await sim.texts();
    const began = Date.now();
    const started = performance.now();
    let sent = from;
    for (const upTo = 200 + ((goal - 200) * slice) / SLICES; sent < upTo; sent = await sim.texts()) {
      if (performance.now() - started > 5 * MINUTE) throw new Error(`${sent} of ${upTo} texts after 5 minutes`);
      await sleep(250);
    }
    took.texts += sent - from;
    took.textsMs += performance.now() - started;
    late.running.push([began, Date.now()]);
    await ask('campaigns/pause', { id: campaign.id });
    await sleep(500);
    process.kill(shop.pid, 'SIGUSR2'); // collects and tells what is kept; nothing is measured meanwhile
    memory.push(pssMb(shop.pid));
    await sleep(500);
    const rest = Date.now();
    const count = Math.ceil(BARE / SLICES);
    took.postsMs += await bare.posts(count);
    took.posts += count;
    late.resting.push([rest, Date.now()]);
    if (slice < SLICES) await ask('campaigns/resume', { id: campaign.id });
  }
  await sleep(1500); // the last second is told after it passed
  const told = fs
    .readFileSync(probe, 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l));
  const lateIn = (spans) =>
    told
      .filter((l) => l.late && spans.some(([a, b]) => l.at - 1000 >= a && l.at <= b))
      .flatMap((l) => [...l.late, ...Array(Math.max(0, l.samples - l.late.length)).fill(0)]);
  await shop.close();
  sim.stop();
  bare.stop();
  const rate = took.texts / (took.textsMs / 1000);
  const bareRate = took.posts / (took.postsMs / 1000);
  figure({ name: 'send.texts', value: rate, unit: 'texts/s', target: '>= 40', ok: rate >= 40, baseline: Math.round(bareRate) });
  figure({
    name: `send.beside-bare-sdk, ${goal} texts, ${LATENCY_MS} ms, ${WINDOW} at once`,
    value: rate / bareRate,
    unit: 'of the bare loop',
    target: '>= 0.85',
    ok: rate / bareRate >= 0.85,
    baseline: Math.round(bareRate),
  });
  // The first slice compiles and fills caches.
  const grownOver = (values) => {
    const [, ...settled] = values;
    const half = Math.max(1, Math.floor(settled.length / 2));
    return median(settled.slice(-half)) - median(settled.slice(0, half));
  };
  const kept = told.flatMap((l) => (l.heap === undefined ? [] : [l.heap / 1e6]));
  const grown = grownOver(kept);
  const flat = { unit: 'MB of objects kept, second half over first', target: '<= 5', ok: grown <= 5, baseline: Math.round(median(kept)) };
  figure({ name: 'send.memory-growth', value: grown, ...flat });
  const whole = { unit: 'MB of the process, second half over first', target: 'told', ok: true, baseline: Math.round(median(memory)) };
  figure({ name: 'send.process-growth', value: grownOver(memory), ...whole });
  const [running, resting] = [percentile(lateIn(late.running), 0.99), percentile(lateIn(late.resting), 0.99)];
  figure({ name: 'send.loop-p99', value: running, unit: 'ms late, flat out', target: '< 50', ok: running < 50, baseline: resting });
  figure({ name: 'send.loop-worst', value: Math.max(0, ...lateIn(late.running)), unit: 'ms', target: 'told', ok: true });
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
