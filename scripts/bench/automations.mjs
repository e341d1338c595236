// Automations at 100,000 people and 2,000,000 sale lines (BENCH_PEOPLE, BENCH_LINES for other sizes, BENCH_SHOP for a seeded shop that is
// there: it is changed): ten kinds run, everybody may be texted, an import touched everybody. Told as well: what a day's two thousand
// people cost, and a minute in which nothing changed. The counter is asked meanwhile.
import path from 'node:path';
import Database from 'better-sqlite3';
import { backend, sampleShop, tempDir } from './backend.mjs';
import { figure, percentile } from './lib.mjs';

const NOW = '2026-11-17T16:00:00Z';
const DAY = 86_400_000;
const dir = process.env.BENCH_SHOP ?? tempDir();
if (!process.env.BENCH_SHOP)
  sampleShop(dir, ['--people', process.env.BENCH_PEOPLE ?? '100000', '--lines', process.env.BENCH_LINES ?? '2000000', '--now', NOW]);
const file = path.join(dir, 'shop.sqlite');

const KINDS = [
  ['welcome-sign-up'],
  ['welcome-purchase'],
  ['thank-you'],
  ['late'],
  ['lapsed'],
  ['birthday'],
  ['bought-not', true],
  ['code-expiring'],
  ['review'],
  ['anniversary'],
];

/** Changes the file while nobody has it open. */
function changed(work) {
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  db.transaction(() => work(db))();
  db.close();
}

const shop = () => backend(dir, ['--idle', '--now', NOW]);
const first = shop();
await first.ask('session/state');
const names = [];
await first.close();
changed((db) => {
  db.exec(
    "INSERT OR IGNORE INTO customer_permission (purpose, state, customer_id) SELECT 'marketing', 'in', id FROM customer WHERE phone IS NOT NULL",
  );
  names.push(...db.prepare("SELECT name FROM article WHERE what = 'item' ORDER BY id LIMIT 2").pluck().all());
});
const making = shop();
const pattern = {
  segmentId: null,
  body: '{shop}: Hi {first name|there}!',
  offerId: null,
  addStopLine: true,
  holdout: 'off',
  goal: { kind: 'none', target: null },
  windowDays: 14,
};
for (const [kind, two] of KINDS)
  await making.ask('automations/make', { kind, name: kind, pattern, ...(two ? { terms: { name: names[0], notName: names[1] } } : {}) });
await making.close();
changed((db) => {
  // switched on as the owner does it, but without a carrier that approves the sender
  db.prepare("UPDATE automation SET state = 'on', on_since = ?, walk_after = 0").run(Date.parse(NOW));
  db.exec('DELETE FROM automation_todo');
});

/** One look, with the counter asked beside it. */
async function look(name, target) {
  const s = shop();
  await s.ask('counter/find', { text: 'warm up' });
  const from = performance.now();
  const asked = [];
  let done = false;
  const work = s.ask('automations/keep').then((r) => {
    done = true;
    return r;
  });
  while (!done) {
    asked.push((await s.ask('counter/find', { text: ['ana', '212', 'smith', '555'][asked.length % 4] })).ms);
    await new Promise((r) => setTimeout(r, 20));
  }
  const { value } = await work;
  const seconds = (performance.now() - from) / 1000;
  figure({
    name: `automations.${name}`,
    value: seconds,
    unit: 's',
    target: target === null ? 'told' : `< ${target}`,
    ok: target === null || seconds < target,
  });
  if (target !== null) {
    const p99 = percentile(asked, 99);
    figure({ name: `automations.${name}.counter-p99`, value: p99, unit: 'ms', target: '< 30', ok: p99 < 30 });
  }
  await s.close();
  return value.looked;
}

await look('switched-on', null);
changed((db) => {
  db.prepare('UPDATE customer SET last_visit_at = last_visit_at + ? WHERE last_visit_at IS NOT NULL').run(DAY);
  db.exec('INSERT OR IGNORE INTO automation_todo SELECT id FROM customer');
});
await look('import-of-everybody', 5);
changed((db) => db.exec('INSERT OR IGNORE INTO automation_todo SELECT id FROM customer ORDER BY id DESC LIMIT 2000'));
await look('import-of-a-day', null);
await look('nothing-changed', null);
