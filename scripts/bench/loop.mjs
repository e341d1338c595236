// How late timers fire on the backend's and the main thread of the real app: idle, while a 100,000-row file is imported, and
// while texts leave at a short code's pace, the fastest there is; and what the import adds to the memory of the real app. The idle
// figures of the same run are the baseline.
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { _electron } from '@playwright/test';
import { root, toolEnv } from '../lib/run.mjs';
import { tempDir } from './backend.mjs';
import { aCampaign, carrier, sleep, until } from './carrier.mjs';
import { figure, percentile } from './lib.mjs';
import { squareItems } from './square-file.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 100_000);
const IDLE_MS = 15_000;
/** Segments per second of the fastest usual sender. */
const PACE = 100;
const dir = tempDir();
fs.writeFileSync(path.join(dir, 'last-shop'), 'practice');
const file = path.join(dir, 'items.csv');
squareItems(file, { rows: ROWS });
const sim = await carrier(['--rate', '10']);
const app = await _electron.launch({
  args: ['.'],
  cwd: root,
  env: toolEnv({ REGULARS_DATA_DIR: dir, REGULARS_PASSPHRASE: 'bench', REGULARS_PERF: '1', ...sim.env }),
});
const told = [];
createInterface({ input: app.process().stdout }).on('line', (line) => {
  const m = /^LOOP (\{.*\})$/.exec(line);
  if (m) told.push(JSON.parse(m[1]));
});
const page = await app.firstWindow();
const ask = async (channel, input = {}) => {
  const answer = await page.evaluate(([c, i]) => globalThis.regulars.invoke(c, i), [channel, input]);
  if (!answer.ok) throw new Error(`${channel}: ${JSON.stringify(answer.error)}`);
  return answer.value;
};
const finished = (id) =>
  until(`task ${id}`, async () => {
    const task = (await ask('tasks/list')).find((t) => t.id === id);
    if (task && !['running', 'done'].includes(task.state)) throw new Error(`${task.kind}: ${task.state} ${task.errorCode}`);
    return task?.state === 'done';
  });

/** Percentile of the delays both threads told of between two instants; a timer that fired in time counts as 0. */
async function during(work) {
  const from = Date.now();
  await work();
  const to = Date.now();
  await sleep(1500); // the last second is told after it passed
  const of = (thread) => {
    const lines = told.filter((l) => l.thread === thread && l.at - 1000 >= from && l.at <= to + 1000);
    const late = lines.flatMap((l) => [...l.late, ...Array(Math.max(0, l.samples - l.late.length)).fill(0)]);
    return { p99: percentile(late, 0.99), worst: Math.max(0, ...late), seconds: lines.length };
  };
  return { backend: of('backend'), main: of('main') };
}

const { people } = await ask('session/state');
await ask('session/unlock', { staffId: people.find((p) => p.role === 'owner').id, pin: '2468' });
await sleep(5000);
/** The process that holds main thread and backend, in bytes; 0 where the system does not tell. */
const rss = () => {
  const file = `/proc/${app.process().pid}/status`;
  return fs.existsSync(file) ? Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(file, 'utf8'))?.[1] ?? 0) * 1024 : 0;
};
const idle = await during(() => sleep(IDLE_MS));
const idleMemory = rss();
let mostMemory = 0;
const watching = setInterval(() => {
  mostMemory = Math.max(mostMemory, rss());
}, 100);
const importing = await during(async () => {
  const { id, taskId } = await ask('imports/preview', { path: file });
  await finished(taskId);
  await finished((await ask('imports/commit', { id })).taskId);
});
clearInterval(watching);
await sleep(2000);
const campaign = await aCampaign(ask, PACE);
await ask('campaigns/start', { id: campaign.id, quoteToken: campaign.quoteToken });
// The first twenty wait for their results: that is no sending.
await until('the first texts answered', async () => (await sim.texts()) > 20);
await sim.control('clock', { rate: 1 });
const sending = await during(() => until('sent', async () => (await sim.texts()) >= campaign.people * 0.95));
await app.close();
sim.stop();

const tell = (what, now) => {
  const { backend, main } = now;
  figure({
    name: `loop.backend-p99-${what}`,
    value: backend.p99,
    unit: 'ms',
    target: '< 50',
    ok: backend.p99 < 50,
    baseline: idle.backend.p99,
  });
  const limit = idle.main.p99 + 10;
  figure({
    name: `loop.main-p99-${what}`,
    value: main.p99,
    unit: 'ms',
    target: '<= idle + 10',
    ok: main.p99 <= limit,
    baseline: idle.main.p99,
  });
  figure({ name: `loop.backend-worst-${what}`, value: backend.worst, unit: 'ms', target: 'told', ok: true, baseline: idle.backend.worst });
};
tell('import', importing);
tell('send', sending);
if (idleMemory) {
  const more = Math.round((mostMemory - idleMemory) / 1e6);
  const told = { unit: 'MB RSS over idle', target: '<= 150', ok: more <= 150, baseline: Math.round(idleMemory / 1e6) };
  figure({ name: 'loop.memory-import', value: more, ...told });
}
fs.rmSync(dir, { recursive: true, force: true });
