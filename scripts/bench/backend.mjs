// A backend as a plain process, spoken to line by line; and sample shops for the benches, made once per run.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { at, root, toolEnv, toolNode } from '../lib/run.mjs';

export const tempDir = () => fs.mkdtempSync(path.join(os.tmpdir(), 'regulars-bench-'));

/** Makes a sample shop and returns what the seed told, with the seconds it took. */
export function sampleShop(dir, args) {
  const started = Date.now();
  const r = spawnSync(toolNode(), [at('out/main/seed.js'), '--dir', dir, ...args], { cwd: root, env: toolEnv(), encoding: 'utf8' });
  if (r.status !== 0) throw new Error(r.stderr);
  return { ...JSON.parse(r.stdout), seconds: (Date.now() - started) / 1000 };
}

/** `ask(channel, input)` resolves with the value and the milliseconds of the round trip. */
export function backend(dir, args = [], env = {}) {
  const child = spawn(toolNode(), [at('out/main/cli.js'), '--stdio', '--idle', '--db', path.join(dir, 'shop.sqlite'), ...args], {
    cwd: root,
    env: toolEnv(env),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting = new Map();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, ...envelope } = JSON.parse(line);
    const asked = waiting.get(id);
    if (!asked) return;
    asked.envelopes.push(envelope);
    const isTask = asked.envelopes.length === 1 && envelope.ok && (typeof envelope.value === 'string' || envelope.value?.taskId);
    if (isTask && asked.task) return;
    waiting.delete(id);
    const last = asked.envelopes[asked.envelopes.length - 1];
    if (last.ok) asked.resolve({ value: last.value, ms: performance.now() - asked.at });
    else asked.reject(new Error(`${asked.channel}: ${JSON.stringify(last.error)}`));
  });
  let seq = 0;
  return {
    pid: child.pid,
    /** With `task` the answer is the task's own result. */
    ask(channel, input = {}, { task = false } = {}) {
      return new Promise((resolve, reject) => {
        const id = ++seq;
        waiting.set(id, { resolve, reject, channel, task, envelopes: [], at: performance.now() });
        child.stdin.write(`${JSON.stringify({ id, channel, input })}\n`);
      });
    },
    close() {
      child.stdin.end();
      return new Promise((resolve) => child.once('exit', resolve));
    },
  };
}
