import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Fault } from '@adapters/practice-carrier/faults';
import type { RecipientTally } from '@adapters/practice-carrier/types';
import type { UtcMs } from '@domain/kernel';
import { build } from 'vite';
import { ACCOUNT, KEY, SECRET } from './carrier';

const root = fileURLToPath(new URL('../..', import.meta.url));
const at = (path: string) => join(root, path);

export interface Programs {
  sender: string;
  carrier: string;
  remove(): void;
}

/** Bundles the sender's and the carrier's processes; native and large packages stay outside. */
export async function buildPrograms(): Promise<Programs> {
  const outDir = at(`node_modules/.cache/kill-lab-${process.pid}`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: {
      alias: {
        '@domain': at('main/domain'),
        '@contract': at('preload/contract'),
        '@db': at('db'),
        '@ports': at('main/ports'),
        '@adapters': at('main/adapters'),
        '@services': at('main/services'),
        '@backend': at('main/backend'),
      },
    },
    ssr: { external: ['better-sqlite3', 'twilio'], noExternal: [/^@(domain|contract|db|ports|adapters|services|backend)\//] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: { sender: at('test/support/sender-process.ts'), carrier: at('main/backend/carrier-server.ts') },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return {
    sender: join(outDir, 'sender.mjs'),
    carrier: join(outDir, 'carrier.mjs'),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}

export interface Carrier {
  url: string;
  faults(list: readonly Fault[]): Promise<void>;
  clearFaults(): Promise<void>;
  inbound(from: string, to: string, body: string): Promise<void>;
  /** Changes its clock, or only asks when nothing is given. */
  clock(to: { rate?: number; advance?: number }): Promise<{ now: UtcMs }>;
  assertions(): Promise<Record<string, RecipientTally>>;
  messages(): Promise<{ sid: string; direction: string; to: string; from: string; body: string; createdAt: number }[]>;
  kill(): void;
}

/** The practice carrier as a process of its own, with its drawer open. */
export async function startCarrier(program: string, o: { seed: number; now: number; rate: number }): Promise<Carrier> {
  const dir = mkdtempSync(join(tmpdir(), 'regulars-carrier-'));
  const args = ['--port', '0', '--control', '--state', join(dir, 'carrier.jsonl'), '--seed', String(o.seed)];
  args.push('--now', String(o.now), '--rate', String(o.rate), '--account-sid', ACCOUNT, '--key-sid', KEY, '--key-secret', SECRET);
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`carrier ended: ${code}`)));
    createInterface({ input: child.stdout }).once('line', (line) => resolve((JSON.parse(line) as { url: string }).url));
  });
  const ask = async <T>(method: string, what: string, body?: object): Promise<T> => {
    const answer = await fetch(`${url}/__sim/${what}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${method} ${what}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    url,
    async faults(list) {
      for (const f of list) await ask('POST', 'faults', f);
    },
    clearFaults: () => ask('DELETE', 'faults'),
    inbound: (from, to, body) => ask('POST', 'inbound', { from, to, body }),
    clock: (to) => (Object.keys(to).length ? ask('POST', 'clock', to) : ask('GET', 'clock')),
    assertions: () => ask('GET', 'assertions'),
    messages: async () => (await ask<{ messages: Awaited<ReturnType<Carrier['messages']>> }>('GET', 'messages')).messages,
    kill: () => child.kill('SIGKILL'),
  };
}

export interface SenderRun {
  /** Once the sender is at work. */
  ready: Promise<void>;
  /** 'done' when everything was sent, 'killed' after `kill`. */
  ended: Promise<'done' | 'killed'>;
  kill(): void;
}

export function startSenderProcess(program: string, dir: string, carrierUrl: string): SenderRun {
  const child: ChildProcess = spawn(process.execPath, [program], {
    cwd: root, // packages outside the bundle are found from here
    env: { ...process.env, REGULARS_TEST_SHOP: dir, REGULARS_TEST_CARRIER: carrierUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let errors = '';
  let up: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    up = resolve;
  });
  child.stdout?.on('data', (d: Buffer) => {
    said += d.toString();
    if (said.includes('ready')) up();
  });
  child.stderr?.on('data', (d: Buffer) => {
    errors += d.toString();
  });
  const ended = new Promise<'done' | 'killed'>((resolve, reject) => {
    child.once('exit', (code, signal) => {
      up();
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve('done');
      else reject(new Error(`sender ended with ${code}: ${errors.slice(-2000)}`));
    });
  });
  return { ready, ended, kill: () => child.kill('SIGKILL') };
}
