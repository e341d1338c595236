// Everything a fresh clone needs before any other command: dependencies, runtime, database addon, libraries, build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { at, root, run, runBin, runNode, say, sourceHash } from './lib/run.mjs';

const stampFile = () => at('node_modules/.regulars-setup');
const lockHash = () =>
  createHash('sha256')
    .update(fs.readFileSync(at('package-lock.json')))
    .digest('hex');

function installed() {
  return (
    fs.existsSync(stampFile()) &&
    fs.readFileSync(stampFile(), 'utf8') === lockHash() &&
    fs.existsSync(at('node_modules/.bin/electron-vite'))
  );
}

async function dependencies() {
  if (installed()) return;
  // `npm ci` empties node_modules first, and the Node this runs on may be one of its packages: only into an empty place.
  const how = fs.existsSync(at('node_modules')) ? 'install' : 'ci';
  say(`installing the dependencies (npm ${how})…`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await run(npm, [how, '--no-audit', '--no-fund'], { quiet: true });
  fs.writeFileSync(stampFile(), lockHash());
}

/** Electron, its libraries and the database addon; quick when all is there. */
async function runtime() {
  const ready = at('node_modules/.regulars-runtime');
  const exe = spawnSync(process.execPath, ['-e', "process.stdout.write(require('electron'))"], { cwd: root, encoding: 'utf8' }).stdout;
  if (fs.existsSync(ready) && exe && fs.existsSync(exe)) return;
  say('preparing the Electron runtime…');
  await runNode(at('scripts/lib/electron-runtime.mjs'), [], { quiet: true });
  fs.writeFileSync(ready, new Date().toISOString());
}

/** Builds when a source changed since the last build. */
export async function build() {
  const stamp = at('out/.source-hash');
  const hash = sourceHash();
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash) return;
  say('building…');
  await runBin('electron-vite', ['build', '--logLevel', 'warn'], { quiet: true });
  fs.writeFileSync(stamp, hash);
}

export async function setUp({ built = true } = {}) {
  await dependencies();
  await runtime();
  if (built) await build();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp({ built: false });
  say('ready: npm start, npm run demo, npm test');
}
