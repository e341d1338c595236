// Finding somebody and redeeming at 100,000 people, through the backend as a process: every look-up a question of its own, the worst ones
// included. Baselines of the same run: a point query by id, and one fsynced commit of the same disk.
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { backend, sampleShop, tempDir } from './backend.mjs';
import { figure, median, percentile } from './lib.mjs';

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 100_000);
const NOW = '2026-11-17T16:00:00Z';
const dir = process.env.BENCH_SHOP ?? tempDir();
if (!process.env.BENCH_SHOP) sampleShop(dir, ['--people', String(PEOPLE), '--lines', String(PEOPLE * 4), '--now', NOW]);
const file = path.join(dir, 'shop.sqlite');
const round = (ms) => Math.round(ms * 1000) / 1000;

// As many redemptions as a busy week.
const REDEEMS = 300;
const setUp = new Database(file);
const people = setUp
  .prepare(
    "SELECT id, first_name AS first, last_name AS last, phone, email FROM customer WHERE weak = 0 AND phone IS NOT NULL AND last_name <> '' ORDER BY id",
  )
  .all();
let seed = 7;
const random = (n) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * n);
};
const pick = () => people[random(people.length)];
setUp.close();

const shop = backend(dir, ['--now', NOW]);
const first = await shop.ask('counter/find', { text: 'warm up' });
figure({ name: 'counter.read-in', value: first.ms, unit: 'ms', target: 'told', ok: true });

/** Milliseconds of each question, asked once. */
async function asked(texts, final = false) {
  const ms = [];
  for (const text of texts) ms.push((await shop.ask('counter/find', { text, final })).ms);
  return ms;
}
const times = (n, make) => Array.from({ length: n }, make);
const slip = (word) => {
  const at = 1 + random(Math.max(1, word.length - 2));
  return word.slice(0, at) + word.slice(at + 1);
};
const letters = 'abcdefghijklmnopqrstuvwxyz';
const pairs = [...letters].flatMap((a) => ['a', 'e', 'i', 'o', 'r'].map((b) => a + b));
const kinds = {
  'last-four': times(200, () => pick().phone.slice(-4)),
  'seven-digits': times(100, () =>
    pick()
      .phone.slice(-7)
      .replace(/^(...)/, '$1 '),
  ),
  'whole-number': times(100, () => pick().phone),
  'three-digits': [...times(100, () => String(random(900) + 100)), '212', '555', '646', '000'],
  'two-digits': times(60, () => String(random(90) + 10)),
  'two-letters': pairs,
  'common-name': ['maria', 'jose', 'ana', 'john', 'smith', 'garcia', 'rodriguez', 'johnson', 'martinez', 'lopez'].flatMap((t) =>
    times(10, () => t),
  ),
  'whole-name': times(200, () => `${pick().first} ${pick().last}`),
  'name-and-initial': times(100, () => {
    const p = pick();
    return `${p.first} ${p.last.slice(0, 1)}`;
  }),
  'with-a-slip': times(200, () => slip(pick().last)),
  'two-slips': times(100, () => {
    const p = pick();
    return `${slip(p.first)} ${slip(p.last)}`;
  }),
  nobody: times(60, () => times(9, () => letters[random(26)]).join('')),
  'e-mail': people
    .filter((p) => p.email)
    .slice(0, 100)
    .map((p) => p.email.slice(0, 6)),
};
for (const texts of Object.values(kinds)) await asked(texts.slice(0, 3));
const bare = [];
for (let i = 0; i < 300; i++) bare.push((await shop.ask('session/state')).ms);
const point = [];
for (let i = 0; i < 300; i++) point.push((await shop.ask('customers/get', { id: pick().id })).ms);
const baseline = { 'point-p99': round(percentile(point, 0.99)), 'bare-p99': round(percentile(bare, 0.99)) };
const all = [];
for (const [kind, texts] of Object.entries(kinds)) {
  const ms = await asked(texts, true);
  all.push(...ms);
  const p99 = percentile(ms, 0.99);
  figure({ name: `counter.find-${kind}`, value: p99, unit: 'ms p99', target: '< 20', ok: p99 < 20, baseline: round(median(ms)) });
}
const p99 = percentile(all, 0.99);
figure({ name: 'counter.find-p99', value: p99, unit: 'ms', target: '< 20', ok: p99 < 20, baseline });
figure({
  name: 'counter.find-ratio',
  value: p99 / percentile(point, 0.99),
  unit: 'x one person by id',
  target: 'told',
  ok: true,
  baseline,
});

// Redeeming: personal offers made for found people by the app itself are many commits; shared codes cost the same transaction.
await shop.ask('offers/save', {
  id: null,
  name: 'Ten off',
  kind: 'percent',
  percent: 10,
  validDays: 30,
  codeMode: 'shared',
  sharedCode: 'TENOFF',
});
const redeem = [];
for (let i = 0; i < REDEEMS; i++) {
  const person = pick();
  redeem.push((await shop.ask('counter/redeem', { code: 'TENOFF', how: 'code', customerId: person.id, amount: 4200 })).ms);
  if (i % 3 === 0) await shop.ask('counter/find', { text: person.phone.slice(-4) });
}
// The floor: one row, one commit, on the same disk with the same pragmas; and one appended line, as the journal's.
const floorFile = path.join(dir, 'floor.sqlite');
const floor = new Database(floorFile);
for (const p of ['journal_mode = WAL', 'synchronous = FULL']) floor.pragma(p);
floor.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT) STRICT');
const one = floor.prepare("INSERT INTO t (x) VALUES ('x')");
const commits = [];
for (let i = 0; i < REDEEMS; i++) {
  const at = performance.now();
  one.run();
  commits.push(performance.now() - at);
}
floor.close();
const fd = fs.openSync(path.join(dir, 'floor.log'), 'a');
const lines = [];
for (let i = 0; i < REDEEMS; i++) {
  const at = performance.now();
  fs.writeSync(fd, `one redemption in some hundred bytes of an encrypted line\n`);
  fs.fsyncSync(fd);
  lines.push(performance.now() - at);
}
fs.closeSync(fd);
const commit = percentile(commits, 0.99);
const line = percentile(lines, 0.99);
figure({
  name: 'counter.commit-floor',
  value: commit,
  unit: 'ms p99 of one fsynced commit',
  target: 'told',
  ok: true,
  baseline: round(median(commits)),
});
figure({
  name: 'counter.journal-floor',
  value: line,
  unit: 'ms p99 of one fsynced line',
  target: 'told',
  ok: true,
  baseline: round(median(lines)),
});
const r99 = percentile(redeem, 0.99);
figure({
  name: 'counter.redeem-median',
  value: median(redeem),
  unit: 'ms',
  target: 'told',
  ok: true,
  baseline: round(median(commits) + median(lines)),
});
figure({ name: 'counter.redeem-p99', value: r99, unit: 'ms', target: '< 20', ok: r99 < 20, baseline: round(commit + line) });
await shop.close();
if (!process.env.BENCH_SHOP) fs.rmSync(dir, { recursive: true, force: true });
