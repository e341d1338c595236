import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Fault } from '@adapters/practice-carrier/faults';
import type { RecipientTally } from '@adapters/practice-carrier/types';
import type { Envelope } from '@contract/errors';
import type { UtcMs } from '@domain/kernel';
import { build } from 'vite';
import { ACCOUNT, KEY, SECRET } from './carrier';

const root = fileURLToPath(new URL('../..', import.meta.url));
const at = (path: string) => join(root, path);

export interface Programs {
  sender: string;
  carrier: string;
  /** One asked for by name. */
  path(name: string): string;
  remove(): void;
}

/** Bundles the sender's and the carrier's processes, or others by name; native and large packages stay outside. */
export async function buildPrograms(
  input: Record<string, string> = { sender: 'test/support/sender-process.ts', carrier: 'main/backend/carrier-server.ts' },
): Promise<Programs> {
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
    ssr: { external: ['better-sqlite3', 'twilio'], noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(input).map(([name, file]) => [name, at(file)])),
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return {
    sender: join(outDir, 'sender.mjs'),
    carrier: join(outDir, 'carrier.mjs'),
    path: (name) => join(outDir, `${name}.mjs`),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}

export interface CarrierMessageSeen {
  sid: string;
  direction: string;
  to: string;
  from: string;
  body: string;
  status: string;
  createdAt: number;
}

export interface Carrier {
  url: string;
  /** True while its process lives; a fault may have ended it. */
  alive(): boolean;
  faults(list: readonly Fault[]): Promise<void>;
  clearFaults(): Promise<void>;
  /** How many requests the faults hit, by kind, in all its lives. */
  hits(): Promise<Record<string, number>>;
  lists(to: { lag?: { ms: number; share?: number } | null; staleMs?: number }): Promise<void>;
  /** Another secret than the shop knows: every request is answered with 401. `null` mends it. */
  revoke(yes: boolean): Promise<void>;
  inbound(from: string, to: string, body: string): Promise<void>;
  /** Changes its clock, or only asks when nothing is given. */
  clock(to: { rate?: number; advance?: number }): Promise<{ now: UtcMs }>;
  assertions(): Promise<Record<string, RecipientTally>>;
  messages(): Promise<CarrierMessageSeen[]>;
  kill(): void;
  /** After it died: the same books on the same port. */
  restart(): Promise<void>;
}

/** The practice carrier as a process of its own, with its drawer open. */
export async function startCarrier(
  program: string,
  o: { seed: number; now: number; rate: number; maxConcurrent?: number; dir?: string },
): Promise<Carrier> {
  const dir = o.dir ?? mkdtempSync(join(tmpdir(), 'regulars-carrier-'));
  const fixed = ['--control', '--state', join(dir, 'carrier.jsonl'), '--seed', String(o.seed)];
  fixed.push('--account-sid', ACCOUNT, '--key-sid', KEY, '--key-secret', SECRET);
  if (o.maxConcurrent !== undefined) fixed.push('--max-concurrent', String(o.maxConcurrent));
  let alive = false;
  let child: ChildProcess;
  const start = async (more: readonly string[]): Promise<string> => {
    const process_ = spawn(process.execPath, [program, ...fixed, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
    child = process_;
    alive = true;
    process_.once('exit', () => {
      if (child === process_) alive = false;
    });
    return await new Promise<string>((resolve, reject) => {
      process_.once('exit', (code) => reject(new Error(`carrier ended: ${code}`)));
      createInterface({ input: process_.stdout as NodeJS.ReadableStream }).once('line', (line) =>
        resolve((JSON.parse(line) as { url: string }).url),
      );
    });
  };
  const url = await start(['--port', '0', '--now', String(o.now), '--rate', String(o.rate)]);
  const earlierHits: Record<string, number> = {};
  let lastHits: Record<string, number> = {};
  const ask = async <T>(method: string, what: string, body?: object): Promise<T> => {
    const answer = await fetch(`${url}/__sim/${what}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${method} ${what}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  await ask('POST', 'clock', { rate: o.rate }); // written into its books: a restart goes on from here
  return {
    url,
    alive: () => alive,
    async faults(list) {
      for (const f of list) await ask('POST', 'faults', f);
    },
    clearFaults: () => ask('DELETE', 'faults'),
    async hits() {
      if (alive) ({ hits: lastHits } = await ask<{ hits: Record<string, number> }>('GET', 'state'));
      const all = { ...earlierHits };
      for (const [kind, n] of Object.entries(lastHits)) all[kind] = (all[kind] ?? 0) + n;
      return all;
    },
    lists: (to) => ask('POST', 'lists', to),
    revoke: (yes) => ask('POST', 'account', { keySecret: yes ? 'somebody-else-s' : SECRET }),
    inbound: (from, to, body) => ask('POST', 'inbound', { from, to, body }),
    clock: (to) => (Object.keys(to).length ? ask('POST', 'clock', to) : ask('GET', 'clock')),
    assertions: () => ask('GET', 'assertions'),
    messages: async () => (await ask<{ messages: CarrierMessageSeen[] }>('GET', 'messages')).messages,
    kill: () => void child.kill('SIGKILL'),
    async restart() {
      if (alive) await new Promise<void>((resolve) => child.once('exit', () => resolve()));
      for (const [kind, n] of Object.entries(lastHits)) earlierHits[kind] = (earlierHits[kind] ?? 0) + n;
      lastHits = {};
      await start(['--port', new URL(url).port]);
    },
  };
}

/** One step the dying process wrote down: what, and of whom. */
export interface Step {
  step: string;
  detail: string;
}

/** An answer of the backend. */
export interface Told<T> {
  /** The shop's time. */
  at: UtcMs;
  /** The newest POST of a campaign begun so far, by its number; null when the file was just replaced. */
  lastBegun: number | null;
  answer: Envelope<T>;
}

export interface SenderRun {
  /** Once everything runs, or the process is gone. */
  ready: Promise<void>;
  /** 'left' when it ended by itself (after a restore), 'killed' after `kill` or by its own hand. */
  ended: Promise<'left' | 'killed'>;
  isOver(): boolean;
  /** A call of the app's own channels; undefined when the process died over it. */
  call<T>(channel: string, input: unknown): Promise<Told<T> | undefined>;
  /** What it did in this life, oldest first. */
  steps(): Step[];
  kill(): void;
}

let lives = 0;

/** One life of the backend. `die`: by its own hand at the nth passing of a step; otherwise it lives until killed. */
export function startSenderProcess(
  program: string,
  dir: string,
  carrierUrl: string,
  die: { at: string; nth: number } | null = null,
): SenderRun {
  const trace = join(dir, `trace-${++lives}.log`);
  const child: ChildProcess = spawn(process.execPath, [program], {
    cwd: root, // packages outside the bundle are found from here
    env: {
      ...process.env,
      REGULARS_TEST_SHOP: dir,
      REGULARS_TEST_CARRIER: carrierUrl,
      REGULARS_TEST_TRACE: trace,
      REGULARS_TEST_DIE: JSON.stringify(die),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin?.on('error', () => {}); // it died before it could read
  let errors = '';
  let over = false;
  let calls = 0;
  const waiting = new Map<number, (told: Told<never> | undefined) => void>();
  const whenReady: (() => void)[] = [];
  const ready = new Promise<void>((resolve) => whenReady.push(resolve));
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    if (line === 'ready') for (const go of whenReady) go();
    else if (line.startsWith('{')) {
      const told = JSON.parse(line) as { id: number } & Told<never>;
      waiting.get(told.id)?.(told);
      waiting.delete(told.id);
    }
  });
  child.stderr?.on('data', (d: Buffer) => {
    errors += d.toString();
  });
  const ended = new Promise<'left' | 'killed'>((resolve, reject) => {
    child.once('close', (code, signal) => {
      over = true;
      for (const go of whenReady) go();
      for (const [, answer] of waiting) answer(undefined);
      waiting.clear();
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve('left');
      else reject(new Error(`sender ended with ${code}: ${errors.slice(-2000)}`));
    });
  });
  ended.catch(() => undefined); // whoever waits for it hears it
  return {
    ready,
    ended,
    isOver: () => over,
    call: <T>(channel: string, input: unknown) => {
      if (over) return Promise.resolve(undefined);
      const id = ++calls;
      return new Promise<Told<T> | undefined>((resolve) => {
        waiting.set(id, resolve as never);
        child.stdin?.write(`${JSON.stringify({ id, channel, input })}\n`);
      });
    },
    steps: () =>
      (existsSync(trace) ? readFileSync(trace, 'utf8') : '')
        .split('\n')
        .filter(Boolean)
        .map((line) => {
          const [step = '', detail = ''] = line.split(' ');
          return { step, detail };
        }),
    kill: () => void child.kill('SIGKILL'),
  };
}
