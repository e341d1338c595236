// What the owner reads about money, at 100,000 people, 2,000,000 sale lines and 60 campaigns, one of them to 45,000 (BENCH_PEOPLE, BENCH_LINES for
// other sizes, BENCH_SHOP=…/real for a seeded shop that is there: it is changed). Every page is asked of a process that has just started, so
// nothing of it is in memory (BENCH_DISK=1 as root: nor of its file); beside it the same figures by plain SQL over the sales, texts and codes
// themselves, in the same run. Then the real app: from click to painted, and frames while scrolling. The file carries no statistics: no shop's
// own file ever does, only sample shops are made with them (BENCH_STATISTICS=1 keeps them).
import { execSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { at, hasDisplay } from '../lib/run.mjs';
import { backend, sampleShop, tempDir } from './backend.mjs';
import { figure, median, percentile } from './lib.mjs';
import { chartsAreTrue } from './results-charts.mjs';
import { screensBench } from './results-screens.mjs';

const NOW = '2026-11-17T16:00:00Z';
const DAY = 86_400_000;
const CAMPAIGNS = 60;
const LARGE = 45_000;
const RUNS = 5;

const data = process.env.BENCH_SHOP ? path.dirname(process.env.BENCH_SHOP) : tempDir();
const dir = process.env.BENCH_SHOP ?? path.join(data, 'real');
if (!process.env.BENCH_SHOP)
  sampleShop(dir, ['--people', process.env.BENCH_PEOPLE ?? '100000', '--lines', process.env.BENCH_LINES ?? '2000000', '--now', NOW]);
const file = path.join(dir, 'shop.sqlite');
const open = (options) => {
  const db = new Database(file, options);
  db.pragma('cache_size = -16000');
  db.pragma('temp_store = MEMORY');
  return db;
};
const probe = path.join(data, 'loop.jsonl');
const start = (env = {}) => backend(dir, ['--idle', '--now', NOW], env);
const startWatched = () => {
  fs.rmSync(probe, { force: true });
  return start({ NODE_OPTIONS: `--import=${pathToFileURL(at('scripts/bench/loop-probe.mjs')).href}`, LOOP_PROBE: probe });
};

if (!process.env.BENCH_STATISTICS) {
  const db = open();
  db.exec('DROP TABLE IF EXISTS sqlite_stat1; DROP TABLE IF EXISTS sqlite_stat4');
  db.close();
}

// brings a shop of an older seed up to this version
await (async () => {
  const shop = start();
  await shop.ask('session/state');
  await shop.close();
})();
const large = more();

// everything derived is counted for the first time
{
  const db = open();
  for (const table of ['outcome_state', 'campaign_outcome', 'outcome_total', 'outcome_todo']) db.exec(`DELETE FROM ${table}`);
  db.exec(`DELETE FROM meta WHERE key IN ('suggestions', 'credit-rules') OR key LIKE 'kept:%';
    INSERT OR IGNORE INTO day_todo SELECT DISTINCT shop_day FROM sale`);
  db.close();
}

/** Campaigns until there are sixty; the first of the new ones goes to 45,000 people and a tenth is held out. Returns its id. */
function more() {
  const db = open();
  const there = db.prepare('SELECT id, name FROM campaign WHERE started_at IS NOT NULL').all();
  const known = there.find((c) => c.name === 'To everybody');
  let last = db.prepare('SELECT max(id) FROM campaign').pluck().get() ?? 0;
  const first = last + 1;
  const now = Date.parse(NOW);
  db.pragma('synchronous = OFF');
  for (let n = there.length; n < CAMPAIGNS; n++) {
    const id = ++last;
    const at = now - (20 + (n - there.length) * 9) * DAY;
    const people = id === first ? Math.round(LARGE / 0.9) : 2000 + ((n * 977) % 8000);
    const chosen = id === first ? 'phone IS NOT NULL' : `phone IS NOT NULL AND (id * 7919 + ${n}) % 100 < 60`;
    db.transaction(() => {
      db.prepare(
        `INSERT INTO campaign (id, name, state, body, holdout, holdout_percent, window_days, created_at, updated_at, started_at, finished_at, window_ends_at)
         VALUES (?, ?, 'finished', 'x', 'auto', 10, 14, ?, ?, ?, ?, ?)`,
      ).run(id, id === first ? 'To everybody' : `Campaign ${id}`, at, at, at, at + 3_600_000, at + 14 * DAY);
      db.prepare(
        `INSERT INTO campaign_person (campaign_id, customer_id, phone, arm, till_fixed, drawn_at, words)
         SELECT ?, id, phone, CASE WHEN id % 10 = 0 THEN 'control' ELSE 'text' END, EXISTS (SELECT 1 FROM customer_identity i WHERE i.customer_id = customer.id
           AND i.linked_at <= ?), ?, 'en.a.any' FROM customer WHERE weak = 0 AND ${chosen} GROUP BY phone ORDER BY id LIMIT ?`,
      ).run(id, at, at, people);
      db.prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, quoted_price, not_before,
           left_at, final_at, price, created_at, updated_at)
         SELECT 'campaign', CAST(campaign_id AS TEXT), 'sms', phone, customer_id, 'marketing', 10, CASE WHEN customer_id % 33 = 0 THEN 'undelivered' ELSE 'delivered' END,
           'Corner Shoes: new boots are in. Reply STOP to opt out', 1, 8300, ?, ?, ?, 8300, ?, ? FROM campaign_person WHERE campaign_id = ? AND arm = 'text'`,
      ).run(at, at + 60_000, at + 90_000, at, at, id);
      // one in forty answers with something, one in a hundred and fifty stops
      db.prepare(
        `INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, customer_id, campaign_id, handled, read_at)
         SELECT 'B' || campaign_id || '-' || customer_id, phone, '+1', '', ?, ?, CASE WHEN customer_id % 150 = 1 THEN 'opt-out' ELSE 'message' END, customer_id,
           campaign_id, 1, ? FROM campaign_person WHERE campaign_id = ? AND arm = 'text' AND (customer_id % 40 = 1 OR customer_id % 150 = 1)`,
      ).run(at + DAY, at + DAY, at + DAY, id);
    })();
  }
  db.close();
  return known?.id ?? first;
}

const told = (name, value, unit) => figure({ name, value, unit, target: 'told', ok: true });

/** People, campaigns and days whose figures are behind, asked beside the backend. */
const BEHIND = `SELECT (SELECT count(*) FROM outcome_todo) + (SELECT count(*) FROM credit_todo) + (SELECT count(*) FROM day_todo)
  + (SELECT count(*) FROM campaign WHERE started_at IS NOT NULL AND id NOT IN (SELECT campaign_id FROM outcome_state WHERE upto IS NULL))
  + (NOT EXISTS (SELECT 1 FROM meta WHERE key = 'suggestions') AND (SELECT max(id) FROM customer) >= 10000)`; // a small shop keeps none

/** Until nothing is being counted any more, the counter asking meanwhile: seconds, how long a turn held the thread, how long the counter waited. */
async function recounted(shop) {
  const db = open({ readonly: true });
  const behind = db.prepare(BEHIND).pluck();
  const names = db.prepare("SELECT last_name FROM customer WHERE last_name <> '' AND id % 997 = 0 LIMIT 50").pluck().all();
  await shop.ask('counter/find', { text: 'x' });
  // the list of who is looked up was made: that is not measured here
  const rested = Date.now();
  await new Promise((r) => setTimeout(r, 3500));
  const at = Date.now();
  const from = performance.now();
  const asked = shop.ask('reports/overview');
  const waits = [];
  do {
    waits.push((await shop.ask('counter/find', { text: names[waits.length % names.length] })).ms);
    await new Promise((r) => setTimeout(r, 25));
  } while (behind.get() > 0);
  const seconds = (performance.now() - from) / 1000;
  await asked;
  db.close();
  return { seconds, waits, rested, at };
}

/** A timer of the backend thread that fires late was held up by one turn of it, or by whatever else the machine did. */
function heldBetween(from, to) {
  const late = fs
    .readFileSync(probe, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter((line) => line.at - 1000 >= from && line.at <= to)
    .flatMap((line) => line.late ?? []);
  return Math.max(0, ...late);
}

async function toldRecount(name, shop) {
  const { seconds, waits, rested, at } = await recounted(shop);
  await new Promise((r) => setTimeout(r, 1200)); // the last second is told after it passed
  const held = heldBetween(at, Date.now());
  const baseline = heldBetween(rested, at);
  figure({ name: `results.${name}-held`, value: held, unit: 'ms, longest turn', target: '<= 50', ok: held <= 50, baseline });
  told(`results.${name}-counter-p99`, percentile(waits, 0.99), `ms (worst ${Math.round(Math.max(...waits))}, ${waits.length} asked)`);
  return seconds;
}

{
  const shop = startWatched();
  await shop.ask('session/state');
  told('results.first-count', await toldRecount('first-count', shop), 's');
  await shop.ask('reports/this-week');
  await shop.close();
}

/** Where the system lets us, nothing of any file stays in memory. */
function forgetFiles() {
  execSync('sync');
  fs.writeFileSync('/proc/sys/vm/drop_caches', '3');
}

/** A question to a process that has just started; the bare round trip beside it. */
async function cold(channel, input = {}) {
  const ms = [];
  let value;
  for (let i = 0; i < RUNS; i++) {
    const shop = start();
    await shop.ask('session/state');
    const answer = await shop.ask(channel, input);
    ms.push(answer.ms);
    value = answer.value;
    await shop.close();
  }
  return { ms: median(ms), value };
}

/** The same figures by hand, over the rows themselves. */
function byHand(sql, params) {
  const ms = [];
  let row;
  for (let i = 0; i < RUNS; i++) {
    const db = open({ readonly: true });
    const t = performance.now();
    row = db.prepare(sql).get(params);
    ms.push(performance.now() - t);
    db.close();
  }
  return { ms: median(ms), row };
}
const CAMPAIGN = `SELECT count(*) AS texted, sum(o.state = 'delivered') AS delivered, sum(o.state = 'delivered' AND EXISTS (SELECT 1 FROM sale s
    WHERE s.customer_id = p.customer_id AND s.kind = 'sale' AND s.status IN ('completed', 'partially-refunded', 'refunded')
      AND s.occurred_at BETWEEN o.left_at AND c.window_ends_at)) AS came
  FROM campaign_person p JOIN campaign c ON c.id = p.campaign_id
    JOIN outbox o ON o.cause_kind = 'campaign' AND o.cause_id = CAST(p.campaign_id AS TEXT) AND o.channel = 'sms' AND o.address = p.phone
  WHERE p.campaign_id = @id AND p.arm = 'text'`;

const check = (name, { ms }, limit, hand) =>
  figure({
    name,
    value: ms,
    unit: 'ms',
    target: `< ${limit}`,
    ok: ms < limit,
    ...(hand === undefined ? {} : { baseline: Math.round(hand.ms * 1000) / 1000 }),
  });

{
  const shop = start();
  await shop.ask('session/state');
  told('results.round-trip', median(await Promise.all(Array.from({ length: 9 }, () => shop.ask('session/state').then((a) => a.ms)))), 'ms');
  await shop.close();
}
check('results.this-week', await cold('reports/this-week'), 250);
check('results.overview', await cold('reports/overview'), 300);
const hand = byHand(CAMPAIGN, { id: large });
const page = await cold('reports/campaign', { campaignId: large });
const step = (name) => page.value.funnel.find((f) => f.name === name).count;
const same = step('texted') === hand.row.texted && step('delivered') === hand.row.delivered && step('came') === hand.row.came;
if (!same) throw new Error(`the page and plain SQL differ: ${JSON.stringify([page.value.funnel, hand.row])}`);
check('results.campaign-45000', page, 300, hand);

check('results.breakdown-45000', await cold('reports/breakdown', { campaignId: large }), 300);
check('results.people-45000', await cold('reports/people', { campaignId: large, figure: 'came', limit: 200 }), 300);
check('results.campaigns', await cold('reports/campaigns', { offset: 0, limit: 100 }), 300);
check('results.offers', await cold('reports/offers'), 300);
check('results.hours', await cold('reports/hours', { weeks: 52 }), 300);
check('results.rfm-map', await cold('reports/rfm-map'), 300);
check('results.campaign-trend', await cold('reports/campaign-trend'), 300);
const other = page.value.head.id === 1 ? 2 : 1;
check('results.compare', await cold('reports/compare', { a: large, b: other }), 300);
check('results.quarterly', await cold('suggestions/quarterly'), 300);
check('results.till-check', await cold('till-check/report', { days: 91 }), 300);
check('results.till-check-rows', await cold('till-check/rows', { days: 91, show: 'all', offset: 0, limit: 100 }), 300);
check('results.margins', await cold('margins/list', { kind: 'item', offset: 0, limit: 100 }), 300);
check('results.paper-week', await cold('papers/week'), 300);
check('results.paper-campaign', await cold('papers/campaign', { campaignId: large }), 300);
for (const channel of ['reports/cohorts', 'reports/opt-outs', 'reports/list-growth']) {
  const shop = start();
  told(`results.${channel.slice(8)}-first`, (await shop.ask(channel)).ms, 'ms');
  await shop.close();
  check(`results.${channel.slice(8)}`, await cold(channel), 300);
}

// A week's till file: last week's sales once more, a week later.
{
  const db = open();
  if (db.prepare("DELETE FROM sale WHERE source_sale_id LIKE 'again-%'").run().changes > 0) {
    const shop = start();
    await recounted(shop);
    await shop.close();
  }
  const since = Date.parse(NOW) - 7 * DAY;
  const skip = new Set(['id', 'source_sale_id', 'occurred_at', 'shop_day']);
  const columns = db
    .pragma('table_info(sale)')
    .map((c) => c.name)
    .filter((c) => !skip.has(c));
  const sales = db
    .prepare(
      `INSERT INTO sale (source_sale_id, occurred_at, shop_day, ${columns.join(', ')}) SELECT 'again-' || id || '-' || @stamp, occurred_at + @week,
         date(shop_day, '+7 days'), ${columns.join(', ')} FROM sale WHERE occurred_at >= @since`,
    )
    .run({ since, week: 7 * DAY, stamp: String(Date.now()) }).changes;
  told('results.week-sales', sales, 'sales');
  told('results.week-people', db.prepare('SELECT count(*) FROM outcome_todo').pluck().get(), 'people');
  db.prepare("INSERT OR IGNORE INTO credit_todo (what, id) SELECT 'person', customer_id FROM outcome_todo").run();
  db.close();
  const shop = startWatched();
  await shop.ask('session/state');
  const seconds = await toldRecount('recompute-week', shop);
  figure({ name: 'results.recompute-week', value: seconds, unit: 's', target: '< 5', ok: seconds < 5 });
  await shop.close();
}
{
  const shop = start();
  const db = open({ readonly: true });
  await chartsAreTrue(shop, db, Date.parse(NOW));
  db.close();
  await shop.close();
}

if (process.env.BENCH_DISK) {
  for (const [name, channel, input] of [
    ['this-week', 'reports/this-week', {}],
    ['campaign-45000', 'reports/campaign', { campaignId: large }],
  ]) {
    forgetFiles();
    const shop = start();
    await shop.ask('session/state');
    told(`results.${name}-disk-cold`, (await shop.ask(channel, input)).ms, 'ms');
    await shop.close();
  }
}

if (hasDisplay()) await screensBench(data, { now: NOW, large: 'To everybody' });
if (!process.env.BENCH_SHOP) fs.rmSync(data, { recursive: true, force: true });
