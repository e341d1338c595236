// The check of a permission ledger of 1,000,000 events: hashes, links, proof beside each event, numbers, states. Beside it a plain loop
// that hashes the same bytes and does nothing else; how long the counter would have had to wait at most; what memory it took.
import path from 'node:path';
import { withLab } from './lab.mjs';
import { figure, median } from './lib.mjs';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 1_000_000);

await withLab('ledger-lab', async (lab, dir) => {
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
});
