// A Square items export of 1,000,000 rows into a shop of 4,000 people: check, import, check again, while somebody looks people up and
// redeems at the counter. Beside it in the same run SQLite's own `.import` of the same file into a table of the same columns with
// two indexes, and the bare cutting of the file into cells. BENCH_ROWS for a smaller run, BENCH_QUIET=1 without
// the counter, BENCH_WILD=1 for random ids and hundreds of articles: indexes are then touched everywhere, .import's too.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { at, say, toolNode } from '../lib/run.mjs';
import { backend, sampleShop, tempDir } from './backend.mjs';
import { figure, percentile } from './lib.mjs';
import { squareItems } from './square-file.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const NOW = '2026-11-17T16:00:00Z';
const LOOK_EVERY_MS = 40;
const REDEEM_EVERY_MS = 200;
const dir = tempDir();
const shopDir = path.join(dir, 'real');
const file = path.join(dir, 'items.csv');
sampleShop(shopDir, ['--now', NOW]);
const { bytes } = squareItems(file, { rows: ROWS, wild: Boolean(process.env.BENCH_WILD) });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const size = (name) => (fs.existsSync(name) ? fs.statSync(name).size : 0);
const mb = (n) => Math.round(n / 1e5) / 10;

/** SQLite's own command line, in milliseconds; null where it is not installed. */
function ownImport() {
  const db = path.join(dir, 'own.sqlite');
  const columns = fs
    .readFileSync(file, { encoding: 'utf8', flag: 'r' })
    .slice(0, 4000)
    .split('\n')[0]
    .split(',')
    .map((c) => `"${c}" TEXT`)
    .join(', ');
  const script = [
    'PRAGMA journal_mode = WAL;',
    'PRAGMA synchronous = FULL;',
    `CREATE TABLE t (${columns});`,
    'CREATE INDEX by_sale ON t ("Transaction ID");',
    'CREATE INDEX by_customer ON t ("Customer ID");',
    '.mode csv',
    `.import --skip 1 ${file} t`,
  ].join('\n');
  const started = performance.now();
  const r = spawnSync('sqlite3', [db], { input: script, stdio: ['pipe', 'ignore', 'ignore'] });
  if (r.error || r.status !== 0) return null;
  const ms = performance.now() - started;
  const stored = size(db) + size(`${db}-wal`);
  for (const end of ['', '-wal', '-shm']) fs.rmSync(db + end, { force: true });
  return { ms, stored };
}

/** The file cut into cells by the importer's own tokenizer, nothing kept. */
function bareParse() {
  const code = `
    import fs from 'node:fs';
    import { Tokenizer } from ${JSON.stringify(at('main/adapters/csv/tokenize.ts'))};
    const cut = new Tokenizer(',');
    const decoder = new TextDecoder();
    let rows = 0;
    const started = performance.now();
    for await (const chunk of fs.createReadStream(${JSON.stringify(file)}, { highWaterMark: 1 << 18 }))
      for (let i = 0; i < chunk.length; i += 1 << 15) rows += cut.push(decoder.decode(chunk.subarray(i, i + (1 << 15)), { stream: true })).length;
    rows += cut.end().length;
    console.log(JSON.stringify({ rows, ms: performance.now() - started }));`;
  const r = spawnSync(toolNode(), ['--no-warnings', '--experimental-transform-types', '--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  if (r.status !== 0) {
    say(`the tokenizer alone could not be measured: ${r.stderr.split('\n')[0]}`);
    return null;
  }
  return JSON.parse(r.stdout);
}

const own = ownImport();
if (!own) say('sqlite3 is not installed: no baseline of its own .import in this run');
const bare = bareParse();

// One arena: like Electron's own allocator, and unlike glibc's default, memory of a thread that ended is used again.
const shop = backend(shopDir, ['--now', NOW], { MALLOC_ARENA_MAX: '1' });
await shop.ask('session/state');
await shop.ask('imports/list', { limit: 1, offset: 0 });
const { rows: people } = (await shop.ask('customers/list', { limit: 50, offset: 100 })).value;
const { value: offer } = await shop.ask('offers/save', {
  ...{ id: null, name: 'Ten off', kind: 'percent', percent: 10, validDays: 30, codeMode: 'shared', sharedCode: 'TENOFF' },
});
if (!offer.id) throw new Error('no offer');

const rss = () => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${shop.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
const memory = () => (process.platform === 'linux' ? rss() : 0);

/** Latencies at the counter and the most memory while `work` runs. */
async function during(work) {
  const lookups = [];
  const redeems = [];
  let most = 0;
  let going = true;
  let turn = 0;
  const looking = (async () => {
    while (going) {
      const p = people[turn++ % people.length];
      lookups.push((await shop.ask('counter/find', { text: `${p.firstName} ${p.lastName}`.trim() || p.phone })).ms);
      await sleep(LOOK_EVERY_MS);
    }
  })();
  const redeeming = (async () => {
    while (going) {
      const { id } = people[redeems.length % people.length];
      const { ms, value } = await shop.ask('counter/redeem', { code: 'TENOFF', how: 'code', customerId: id, amount: 5000 });
      redeems.push(ms);
      await shop.ask('counter/undo-redeem', { redemptionId: value.redemptionId });
      await sleep(REDEEM_EVERY_MS);
    }
  })();
  const measuring = (async () => {
    while (going) {
      most = Math.max(most, memory());
      await sleep(50);
    }
  })();
  const value = await work();
  going = false;
  await Promise.all([looking, redeeming, measuring]);
  return { value, lookups, redeems, most };
}

const idle = await during(() => sleep(3000));
const alone = async (work) => ({ value: await work(), lookups: [], redeems: [], most: memory() });
const run = process.env.BENCH_QUIET ? alone : during;
const sizes = () => size(path.join(shopDir, 'shop.sqlite')) + size(path.join(shopDir, 'shop.sqlite-wal'));
const before = sizes();

const first = await run(() => shop.ask('imports/preview', { path: file }, { task: true }));
const id = first.value.value.importId;
const staged = size(path.join(shopDir, 'imports', `${id}.sqlite`));
const applied = await run(() => shop.ask('imports/commit', { id }, { task: true }));
const { value: report } = await shop.ask('imports/report', { id });
if (report.counts.rows !== ROWS || report.counts.rejected !== 0) throw new Error(`report: ${JSON.stringify(report.counts)}`);
const again = await run(() => shop.ask('imports/preview', { path: file }, { task: true }));
const { value: same } = await shop.ask('imports/report', { id: again.value.value.importId });
const secondApply = await run(() => shop.ask('imports/commit', { id: again.value.value.importId }, { task: true }));
await shop.close();
const stored = size(path.join(shopDir, 'shop.sqlite'));

const planned = first.value.ms;
const apply = applied.value.ms;
const whole = planned + apply;
const second = again.value.ms + secondApply.value.ms;
const told = (name, value, unit) => figure({ name, value, unit, target: 'told', ok: true });
const times = (name, ms, limit) => {
  if (own)
    figure({
      name,
      value: ms / own.ms,
      unit: `× .import (${Math.round(ms)} ms)`,
      target: `<= ${limit}`,
      ok: ms <= own.ms * limit,
      baseline: Math.round(own.ms),
    });
  else told(name, ms, 'ms');
};
told('import.rows', ROWS, 'rows');
told('import.file', mb(bytes), 'MB');
if (own) told('import.own-import', own.ms, 'ms');
if (bare) told('import.bare-parse', bare.ms, 'ms');
times('import.apply', apply, 1.5);
times('import.drop-to-done', whole, 2.5);
figure({
  name: 'import.again',
  value: second / whole,
  unit: `× the first (${Math.round(second)} ms)`,
  target: '<= 0.5',
  ok: second <= whole * 0.5,
  baseline: Math.round(whole),
});
const { new: added, changed } = same.counts.sales;
figure({ name: 'import.again-changes', value: added + changed, unit: 'sales', target: '0', ok: added + changed === 0 });
const shopFile = new Database(path.join(shopDir, 'shop.sqlite'), { readonly: true });
const took = JSON.parse(shopFile.prepare('SELECT plan FROM import WHERE id = ?').pluck().get(id)).took;
shopFile.close();
if (took) {
  const shares = { ...took, apply };
  const all = Object.values(shares).reduce((a, b) => a + b, 0);
  for (const [step, ms] of Object.entries(shares)) told(`import.share-${step}`, (100 * ms) / all, `% (${Math.round(ms)} ms)`);
}
told('import.rows-per-second', ROWS / (whole / 1000), 'rows/s');
told(
  'import.disk',
  mb(stored - before),
  `MB more in the shop (.import: ${own ? mb(own.stored) : '?'} MB; plan meanwhile: ${mb(staged)} MB)`,
);
if (idle.most) {
  const most = Math.max(first.most, applied.most, again.most, secondApply.most);
  if (process.env.BENCH_TELL)
    say(
      `most memory, MB: idle ${mb(idle.most)}, check ${mb(first.most)}, import ${mb(applied.most)}, again ${mb(again.most)}, ${mb(secondApply.most)}`,
    );
  figure({
    name: 'import.memory',
    value: mb(most - idle.most),
    unit: 'MB RSS over idle',
    target: '<= 150',
    ok: most - idle.most <= 150e6,
    baseline: mb(idle.most),
  });
}
if (!process.env.BENCH_QUIET) {
  const all = [first, applied, again, secondApply];
  const p99 = (name, values, limit, base) =>
    figure({
      name,
      value: percentile(values, 0.99),
      unit: `ms of ${values.length}`,
      target: `< ${limit}`,
      ok: percentile(values, 0.99) < limit,
      baseline: Math.round(percentile(base, 0.99) * 10) / 10,
    });
  p99(
    'import.look-up-p99',
    all.flatMap((x) => x.lookups),
    30,
    idle.lookups,
  );
  p99(
    'import.redeem-p99',
    all.flatMap((x) => x.redeems),
    20,
    idle.redeems,
  );
  p99('import.look-up-p99-apply', applied.lookups, 30, idle.lookups);
  p99('import.redeem-p99-apply', applied.redeems, 20, idle.redeems);
}
fs.rmSync(dir, { recursive: true, force: true });
