// What the owner reads about money, at 100,000 people, 2,000,000 sale lines and 60 campaigns, one of them to 45,000 (BENCH_PEOPLE, BENCH_LINES for
// other sizes, BENCH_SHOP for a seeded shop that is there: it is changed). Every page is asked of a process that has just started, so nothing
// of it is in memory; beside it the same figures by plain SQL over the sales, texts and codes themselves, in the same run.
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { backend, sampleShop, tempDir } from './backend.mjs';
import { figure, median } from './lib.mjs';

const NOW = '2026-11-17T16:00:00Z';
const DAY = 86_400_000;
const CAMPAIGNS = 60;
const LARGE = 45_000;
const RUNS = 5;

const dir = process.env.BENCH_SHOP ?? tempDir();
if (!process.env.BENCH_SHOP)
  sampleShop(dir, ['--people', process.env.BENCH_PEOPLE ?? '100000', '--lines', process.env.BENCH_LINES ?? '2000000', '--now', NOW]);
const file = path.join(dir, 'shop.sqlite');
const open = (options) => {
  const db = new Database(file, options);
  db.pragma('cache_size = -16000');
  db.pragma('temp_store = MEMORY');
  return db;
};
const start = () => backend(dir, ['--idle', '--now', NOW]);

// brings a shop of an older seed up to this version
await (async () => {
  const shop = start();
  await shop.ask('session/state');
  await shop.close();
})();
const large = more();

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

/** Until nothing is being counted any more. */
async function counted(shop) {
  const from = performance.now();
  let answer = (await shop.ask('reports/overview')).value;
  while (answer.counting > 0) {
    await new Promise((r) => setTimeout(r, 200));
    answer = (await shop.ask('reports/overview')).value;
  }
  return { seconds: (performance.now() - from) / 1000, answer };
}

async function settle(shop) {
  await counted(shop);
  await shop.close();
}

const told = (name, value, unit) => figure({ name, value, unit, target: 'told', ok: true });

{
  const shop = start();
  told('results.first-count', (await counted(shop)).seconds, 's');
  await shop.ask('reports/this-week');
  await shop.close();
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
for (const channel of ['reports/cohorts', 'reports/opt-outs', 'reports/list-growth']) {
  const shop = start();
  told(`results.${channel.slice(8)}-first`, (await shop.ask(channel)).ms, 'ms');
  await shop.close();
  check(`results.${channel.slice(8)}`, await cold(channel), 300);
}

// A week's till file: last week's sales once more, a week later.
{
  const db = open();
  db.prepare("DELETE FROM sale WHERE source_sale_id LIKE 'again-%'").run();
  await settle(start());
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
  const shop = start();
  await shop.ask('session/state');
  const { seconds } = await counted(shop);
  figure({ name: 'results.recompute-week', value: seconds, unit: 's', target: '< 5', ok: seconds < 5 });
  await shop.close();
}
if (!process.env.BENCH_SHOP) fs.rmSync(dir, { recursive: true, force: true });
