// Dry run and import of a 100,000-row Square file into a shop of 4,000 people, beside plain csv-parse reading the same file.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse';
import { backend, sampleShop, tempDir } from './backend.mjs';
import { figure } from './lib.mjs';
import { squareItems } from './square-file.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 100_000);
const dir = tempDir();
const file = path.join(dir, 'items.csv');
sampleShop(path.join(dir, 'real'), ['--now', '2026-11-17T16:00:00Z']);
squareItems(file, { rows: ROWS });

const started = performance.now();
let read = 0;
for await (const record of fs.createReadStream(file).pipe(parse({ columns: true }))) if (record.Date) read++;
if (read !== ROWS) throw new Error(`csv-parse read ${read} rows`);
const baseline = Math.round(ROWS / ((performance.now() - started) / 1000));

const shop = backend(path.join(dir, 'real'), ['--now', '2026-11-17T16:00:00Z']);
await shop.ask('session/state');
const timed = async (channel, input) => {
  const { value, ms } = await shop.ask(channel, input, { task: true });
  return { value, perSecond: ROWS / (ms / 1000) };
};
const rate = (name, value, target) =>
  figure({ name, value: Math.round(value), unit: 'rows/s', target: `>= ${target}`, ok: value >= target, baseline });
const preview = await timed('imports/preview', { path: file });
rate('import.dry-run', preview.perSecond, 10_000);
const commit = await timed('imports/commit', { id: preview.value.importId });
rate('import.commit', commit.perSecond, 5_000);
const { value: report } = await shop.ask('imports/report', { id: preview.value.importId });
if (report.counts.rows !== ROWS || report.counts.rejected !== 0) throw new Error(`report: ${JSON.stringify(report.counts)}`);
const again = await timed('imports/preview', { path: file });
rate('import.dry-run-again', again.perSecond, 10_000);
const { value: same } = await shop.ask('imports/report', { id: again.value.importId });
const { new: added, changed } = same.counts.sales;
figure({ name: 'import.again-changes', value: added + changed, unit: 'sales', target: '0', ok: added + changed === 0 });
await shop.close();
fs.rmSync(dir, { recursive: true, force: true });
