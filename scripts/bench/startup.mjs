// Painted shell, usable counter and memory with 4,000 people, beside a hello-world Electron in the same run (median of 7, interleaved).
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { at, root, say, toolEnv, toolNode } from '../lib/run.mjs';
import { figure, median, pssMb } from './lib.mjs';

const RUNS = 7;
const electron = at(
  'node_modules/electron/dist',
  process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron',
);
const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'regulars-bench-'));
const env = toolEnv({ REGULARS_DATA_DIR: data, REGULARS_PASSPHRASE: 'bench', REGULARS_PERF: '1' });

spawnSync(toolNode(), [at('out/main/seed.js'), '--dir', path.join(data, 'real'), '--people', '4000'], {
  cwd: root,
  env,
  stdio: ['ignore', 2, 2],
});

/** Other Electron windows share their pages with ours, and PSS then reads low for both: the ratio of memory only counts alone. */
function othersOpen() {
  if (process.platform !== 'linux') return 0;
  const real = fs.realpathSync(electron);
  return fs.readdirSync('/proc').filter((p) => {
    try {
      return /^\d+$/.test(p) && fs.readlinkSync(`/proc/${p}/exe`) === real;
    } catch {
      return false;
    }
  }).length;
}
if (othersOpen() > 0) say('other Electron windows are open: close them for a true figure of memory');

/** Starts an app, waits until every wanted mark is told, lets it settle, measures, ends it. */
async function once(args, wanted) {
  const child = spawn(electron, [...sandbox, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] });
  const marks = await new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`not seen: ${wanted}`)), 30_000);
    let text = '';
    child.stdout.on('data', (d) => {
      text += d;
      for (const m of text.matchAll(/PERF (\{.*\})/g)) {
        const told = JSON.parse(m[1]);
        if (wanted.every((w) => told[w] !== undefined)) {
          clearTimeout(limit);
          resolve(told);
        }
      }
    });
  });
  await new Promise((r) => setTimeout(r, 1500));
  const pss = pssMb(child.pid);
  child.kill('SIGTERM');
  await new Promise((r) => {
    child.on('exit', r);
    setTimeout(() => child.kill('SIGKILL'), 3000).unref();
  });
  return { ...marks, pss };
}

const hello = [];
const app = [];
for (let i = 0; i <= RUNS; i++) {
  const h = await once([at('scripts/bench/hello')], ['first-contentful-paint']);
  const a = await once(['.'], ['shell-painted', 'counter-usable']);
  if (i > 0) {
    hello.push(h);
    app.push(a);
  }
}
const of = (rows, key) => median(rows.map((r) => r[key]));
const paint = of(hello, 'first-contentful-paint');
const pss = of(hello, 'pss');
const ratio = (name, value, baseline, limit, unit) =>
  figure({
    name,
    value: value / baseline,
    unit: `× hello world (${Math.round(value)} ${unit})`,
    target: `<= ${limit}`,
    ok: value / baseline <= limit,
    baseline: Math.round(baseline),
  });
ratio('startup.shell-painted', of(app, 'shell-painted'), paint, 1.3, 'ms');
ratio('startup.counter-usable', of(app, 'counter-usable'), paint, 1.8, 'ms');
ratio('startup.memory', of(app, 'pss'), pss, 1.4, 'MB PSS');
fs.rmSync(data, { recursive: true, force: true });
