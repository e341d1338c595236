// npm run demo: Regulars on a sample shop with the practice carrier.
//   --headless   walks the main job by itself in the real window (default where there is no display)
//   --out DIR    where pictures, results.pdf, the SQLite file and summary.json go (default demo-out)
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { at, hasDisplay, options, root, runNode, say, toolEnv, toolNode, withDisplay } from './lib/run.mjs';
import { setUp } from './setup.mjs';

const given = options(process.argv.slice(2), ['headless']);
const out = path.resolve(process.cwd(), given.out ?? 'demo-out');
await setUp();

if (given.headless || !hasDisplay()) {
  fs.mkdirSync(out, { recursive: true });
  // Only what an earlier demo left there: the folder may hold other things.
  for (const name of fs.readdirSync(out))
    if (/^(\d\d-[a-z0-9-]+\.png|results\.pdf|summary\.json|shop\.sqlite(-wal|-shm)?|till)$/.test(name))
      fs.rmSync(path.join(out, name), { recursive: true });
  const args = [process.execPath, at('node_modules/@playwright/test/cli.js'), 'test', '--project=app', '--reporter=list', 'main-job'];
  const failed = await withDisplay(args, { env: { REGULARS_DEMO_OUT: out } }).then(
    () => false,
    () => true,
  );
  say(failed ? `a step failed; what there is stands in ${out}` : `done: ${fs.readdirSync(out).length} files in ${out}`);
  process.exit(failed ? 1 : 0);
}

// In the evening nothing may be texted; the demo then lives at eleven in the morning.
const newYork = (at) =>
  Number(new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hour: 'numeric', hourCycle: 'h23' }).format(at));
const hour = newYork(Date.now());
const now = hour >= 10 && hour < 18 ? Date.now() : Date.now() + ((11 - hour + 24) % 24) * 3_600_000;
const data = path.join(out, 'shops');
fs.mkdirSync(data, { recursive: true });
fs.writeFileSync(path.join(data, 'last-shop'), 'practice');
const state = path.join(data, 'carrier.jsonl');
const carrier = spawn(
  toolNode(),
  [at('out/main/carrier-server.js'), '--control', '--any-account', '--people', '--now', String(now), '--state', state],
  {
    cwd: root,
    env: toolEnv(),
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const url = await new Promise((resolve, reject) => {
  carrier.once('exit', (code) => reject(new Error(`the practice carrier did not start (${code})`)));
  createInterface({ input: carrier.stdout }).once('line', (line) => resolve(JSON.parse(line).url));
});
// A carrier that was there before goes on in its own time, which may be night by now.
const setClock = (to) => fetch(`${url}/__sim/clock`, { method: 'POST', body: JSON.stringify(to) });
const { now: there } = await (await fetch(`${url}/__sim/clock`)).json();
if (newYork(there) < 10 || newYork(there) >= 18) await setClock({ advance: ((11 - newYork(there) + 24) % 24) * 3_600_000 });
say(`the practice shop is in ${data}; the owner's PIN is 2468`);
const env = { REGULARS_DATA_DIR: data, REGULARS_PASSPHRASE: 'demo', REGULARS_TWILIO_URL: url, REGULARS_CLOCK_URL: `${url}/__sim/clock` };
const args = ['.', ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
const code = await runNode(at('node_modules/electron/cli.js'), args, { env }).then(
  () => 0,
  (e) => e.code ?? 1,
);
carrier.kill();
process.exit(code);
