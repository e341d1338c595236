// The check of a permission ledger of 1,000,000 events: hashes, links, proof beside each event, numbers, states. Beside it a plain loop
// that hashes the same bytes and does nothing else; how long the counter would have had to wait at most; what memory it took.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { at } from '../lib/run.mjs';
import { tempDir } from './backend.mjs';
import { figure, median } from './lib.mjs';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 1_000_000);
const dir = tempDir();
// beside the sources, so that the database driver is found
const out = at('node_modules/.cache/bench-ledger');
await build({
  configFile: false,
  logLevel: 'error',
  resolve: {
    alias: Object.fromEntries(
      Object.entries({
        '@domain': 'main/domain',
        '@contract': 'preload/contract',
        '@db': 'db',
        '@ports': 'main/ports',
        '@services': 'main/services',
      }).map(([name, folder]) => [name, at(folder)]),
    ),
  },
  build: {
    ssr: at('test/support/ledger-lab.ts'),
    outDir: out,
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: { external: ['better-sqlite3'] },
  },
});
try {
  const lab = await import(pathToFileURL(path.join(out, 'ledger-lab.mjs')).href);
  const db = lab.makeLedger(path.join(dir, 'ledger.sqlite'), EVENTS);
  const plain = lab.plainHashing(db, EVENTS);
  await lab.timedCheck(db); // warm
  const runs = [];
  for (let i = 0; i < 3; i++) runs.push(await lab.timedCheck(db));
  for (const { check } of runs)
    if (!check.ok || check.events !== EVENTS) throw new Error(`the ledger does not hold: ${JSON.stringify(check)}`);
  const seconds = median(runs.map((r) => r.seconds));
  figure({
    name: 'ledger.verify-seconds',
    value: seconds,
    unit: 's',
    target: '<= 10',
    ok: seconds <= 10,
    baseline: Math.round(plain * 1000) / 1000,
  });
  figure({ name: 'ledger.verify-cpu', value: median(runs.map((r) => r.cpuSeconds)), unit: 's of processor', target: '<= 10', ok: true });
  figure({
    name: 'ledger.cost-beside-hashing',
    value: seconds / plain,
    unit: 'times',
    target: '<= 25',
    ok: seconds / plain <= 25,
    baseline: 1,
  });
  const turn = median(runs.map((r) => r.longTurnMs));
  figure({ name: 'ledger.turn-p999', value: turn, unit: 'ms of processor', target: '<= 16', ok: turn <= 16 });
  // a second check takes no more than the first: nothing is kept
  const grown = runs[2].peakMb - runs[0].peakMb;
  figure({
    name: 'ledger.memory-kept',
    value: Math.max(0, grown),
    unit: 'MB',
    target: '<= 30',
    ok: grown <= 30,
    baseline: Math.round(runs[0].peakMb),
  });
  db.close();
} finally {
  fs.rmSync(dir, { recursive: true, force: true });
  fs.rmSync(out, { recursive: true, force: true });
}
