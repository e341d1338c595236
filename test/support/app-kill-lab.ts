import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { type Carrier, freshDir, launch, type Regulars } from './launch';

/** PIN of every person of a practice shop (main/backend/sample-shop.ts). */
const PIN = '2468';

/** Numbers in [0, 1): the same seed gives the same run as far as the machine allows. */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Sends every process of an app to its end at once: window, GPU, network and all, the main process first. */
export function killTree(pid: number): void {
  const tree = [pid];
  if (process.platform !== 'win32') {
    const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((l) => l.trim().split(/\s+/).map(Number));
    for (let i = 0; i < tree.length; i++) for (const [p, parent] of rows) if (p !== undefined && parent === tree[i]) tree.push(p);
  }
  for (const p of tree) {
    try {
      process.kill(p, 'SIGKILL');
    } catch {
      // already gone with its parent
    }
  }
}

export interface Life {
  /** Resolves when the process is gone, killed or not. */
  gone: Promise<number | null>;
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();
/** After a failed test nothing may go on running. */
export const killAllLives = (): void => {
  for (const c of running) if (c.pid !== undefined) killTree(c.pid);
};

const environment = (dataDir: string, carrier: Carrier) => ({
  REGULARS_DATA_DIR: dataDir,
  REGULARS_PASSPHRASE: 'test',
  REGULARS_TWILIO_URL: carrier.url,
  REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`,
});

/** The app as a shop starts it, nobody touching it: what was being sent goes on by itself. */
export function live(dataDir: string, carrier: Carrier): Life {
  const electron = createRequire(join(process.cwd(), 'package.json'))('electron') as unknown as string;
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(electron, [...sandbox, '.'], { env: { ...process.env, ...environment(dataDir, carrier) }, stdio: 'ignore' });
  running.add(child);
  const gone = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      running.delete(child);
      resolve(code);
    }),
  );
  return {
    gone,
    async kill() {
      if (child.pid !== undefined) killTree(child.pid);
      await gone;
    },
  };
}

/** The app with the owner signed in, driven through its own page. */
export async function owned(dataDir: string, carrier: Carrier): Promise<Regulars> {
  const shop = await launch({ dataDir, env: environment(dataDir, carrier) });
  const { people } = await shop.call<{ people: { id: number; role: string }[] }>('session/state');
  const owner = people.find((p) => p.role === 'owner');
  await shop.call('session/unlock', { staffId: owner?.id, pin: PIN });
  return shop;
}

/** The driven app, gone without a goodbye. */
export async function killDriven(shop: Regulars): Promise<void> {
  const child = shop.app.process();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.pid !== undefined) killTree(child.pid);
  await gone;
}

/** A data folder that opens on a practice shop. */
export function practiceFolder(name: string): string {
  const dir = freshDir(name);
  writeFileSync(join(dir, 'last-shop'), 'practice');
  return dir;
}

/** The same shop once more, with its keys, in a folder of its own. */
export function copyOf(dataDir: string, name: string): string {
  const dir = practiceFolder(name);
  mkdirSync(join(dir, 'practice'), { recursive: true });
  cpSync(join(dataDir, 'practice'), join(dir, 'practice'), { recursive: true });
  return dir;
}

/** Reads a shop file with Node's own SQLite: what is judged does not go through the app's code. */
export function reading<T>(dataDir: string, read: (all: <R>(sql: string, ...values: (string | number)[]) => R[]) => T): T {
  const db = new DatabaseSync(join(dataDir, 'practice/shop.sqlite'), { readOnly: true });
  try {
    return read(<R>(sql: string, ...values: (string | number)[]) => db.prepare(sql).all(...values) as R[]);
  } finally {
    db.close();
  }
}

/** Everything in some tables as one fingerprint. */
export const fingerprint = (dataDir: string, queries: readonly string[]): string =>
  reading(dataDir, (all) => {
    const hash = createHash('sha256');
    for (const q of queries) hash.update(JSON.stringify(all(q)));
    return hash.digest('hex');
  });

/** Asks until the answer is good; fails with what it last was. */
export async function until<T>(what: string, ask: () => Promise<T> | T, good: (value: T) => boolean, limitMs = 60_000): Promise<T> {
  const end = Date.now() + limitMs;
  let value = await ask();
  while (!good(value)) {
    if (Date.now() > end) throw new Error(`${what}: still ${JSON.stringify(value)} after ${limitMs / 1000} s`);
    await wait(100);
    value = await ask();
  }
  return value;
}
