import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeTasks } from '@backend/tasks';
import { migrate } from '@db/migrate';
import { openDb } from '@db/open';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aFile, importFile, preview, squareCustomers, squareItems } from '../support/imports';
import { aCtx } from '../support/test-ctx';

/**
 * A backend killed with SIGKILL while it checks, imports and takes back: the file is in once or not at all, whatever is left is brought
 * to its end by the next start. `SOAK=import-kill SOAK_RUNS=500` for the full count; SOAK_SEED repeats a run.
 */
const soak = process.env['SOAK'] === 'import-kill';
const KILLS = soak ? Number(process.env['SOAK_RUNS'] ?? 500) : 4;
const SEED = Number(process.env['SOAK_SEED'] ?? 1);
const root = fileURLToPath(new URL('../..', import.meta.url));
const outDir = join(root, `node_modules/.cache/import-kill-${process.pid}`);

let state = SEED >>> 0;
function random(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

async function bundle(): Promise<void> {
  const folders = { '@domain': 'main/domain', '@contract': 'preload/contract', '@db': 'db', '@ports': 'main/ports' };
  const more = { '@adapters': 'main/adapters', '@services': 'main/services', '@backend': 'main/backend' };
  const alias = Object.fromEntries(Object.entries({ ...folders, ...more }).map(([name, path]) => [name, join(root, path)]));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias },
    ssr: { external: ['better-sqlite3'], noExternal: [/^@(domain|contract|db|ports|adapters|services|backend)\//] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: { life: join(root, 'test/support/import-process.ts'), worker: join(root, 'main/backend/import-worker.ts') },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
}

/** Starts a life; `until(step)` resolves when it tells that step, `end` when it is over. */
function live(dir: string, file?: string) {
  const child = spawn(process.execPath, [join(outDir, 'life.mjs'), dir, join(outDir, 'worker.mjs'), ...(file ? [file] : [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const steps: { step: string; at: number }[] = [];
  let errors = '';
  let woken: () => void = () => undefined;
  child.stdout.on('data', (d: Buffer) => {
    for (const step of d.toString().trim().split('\n')) steps.push({ step, at: performance.now() });
    woken();
  });
  child.stderr.on('data', (d: Buffer) => {
    errors += d.toString();
  });
  const end = new Promise<void>((resolve, reject) => {
    child.once('exit', (code, signal) =>
      code === 0 || signal === 'SIGKILL' ? resolve() : reject(new Error(`ended with ${code}: ${errors}`)),
    );
  });
  end.catch(() => woken());
  return {
    steps,
    end,
    kill: () => child.kill('SIGKILL'),
    async until(step: string): Promise<void> {
      while (!steps.some((s) => s.step === step)) {
        if (child.exitCode !== null) await end;
        await new Promise<void>((resolve) => {
          woken = resolve;
        });
      }
    },
  };
}

const WRITTEN = [
  'SELECT * FROM sale_line ORDER BY sale_id, line_no',
  'SELECT * FROM customer ORDER BY id',
  'SELECT * FROM customer_identity ORDER BY source, source_customer_id',
  'SELECT * FROM sale ORDER BY id',
];

/** What imports write, without the numbers of the imports themselves. */
function shopOf(dir: string): string {
  const db = openDb(join(dir, 'shop.sqlite'), { readonly: true });
  try {
    expect(db.raw.pragma('quick_check', { simple: true })).toBe('ok');
    expect(db.raw.pragma('foreign_key_check')).toEqual([]);
    return WRITTEN.map((sql) =>
      (db.raw.prepare(sql).all() as Record<string, unknown>[]).map(({ import_id: _, ...row }) => JSON.stringify(row)).join('\n'),
    ).join('\n\n');
  } finally {
    db.close();
  }
}

const statesOf = (dir: string): string[] => {
  const db = openDb(join(dir, 'shop.sqlite'), { readonly: true });
  try {
    return db.raw
      .prepare("SELECT state || iif(state = 'done' AND undone_at IS NOT NULL, ' cut', '') FROM import WHERE file_name <> 'before.csv'")
      .pluck()
      .all() as string[];
  } finally {
    db.close();
  }
};

const person = (i: number) => ({
  'Square Customer ID': `C${i}`,
  'First Name': `P${i}`,
  'Email Address': `p${i}@x.example`,
  City: i % 3 ? 'Ulster' : '',
});
const sold = (i: number, net = 10 + (i % 90)) => ({
  'Transaction ID': `T${(i * 7919) % 100_003}`,
  Date: `2026-10-${String(1 + (i % 28)).padStart(2, '0')}`,
  'Customer ID': i % 2 ? `C${i % 400}` : '',
  'Net Sales': `$${net}.00`,
  'Gross Sales': `$${net}.00`,
});

describe('killed at random moments', () => {
  /** People and older sales: some are linked, some will be changed. */
  let start = '';
  beforeAll(async () => {
    await bundle();
    start = mkdtempSync(join(tmpdir(), 'regulars-kill-'));
    const db = openDb(join(start, 'shop.sqlite'));
    migrate(db.raw);
    const ctx = { ...aCtx({ db }), dir: start };
    await importFile(ctx, aFile(squareCustomers(Array.from({ length: 60 }, (_, i) => person(i * 2))), 'before.csv'));
    await importFile(ctx, aFile(squareItems(Array.from({ length: 600 }, (_, i) => sold(i * 3, 5))), 'before.csv'));
    db.close();
  }, 120_000);
  afterAll(() => rmSync(outDir, { recursive: true, force: true }));

  it.each([
    ['receipts', squareItems(Array.from({ length: soak ? 20_000 : 4000 }, (_, i) => sold(i)))],
    ['people with older receipts', squareCustomers(Array.from({ length: 400 }, (_, i) => ({ ...person(i), Memo: 'news' })))],
  ])(
    '%s are in once, or not at all',
    async (_, text) => {
      const file = aFile(text);
      const dir = mkdtempSync(join(tmpdir(), 'regulars-kill-'));
      cpSync(start, dir, { recursive: true });
      const without = shopOf(dir);
      // once undisturbed: how long each step takes
      const first = live(dir, file);
      await first.until('undo');
      first.kill();
      await first.end;
      const span: Record<string, number> = {};
      const at = (step: string) => first.steps.find((s) => s.step === step)?.at ?? 0;
      span['preview'] = at('commit') - at('preview');
      span['commit'] = at('undo') - at('commit');
      span['undo'] = span['commit'];
      await live(dir).end;
      const within = (dirOf: string) => (shopOf(dirOf) === without ? 'out' : 'in');
      const counts = { in: 0, out: 0 };
      let known: string | null = null;
      for (let kill = 0; kill < KILLS / 2; kill++) {
        const step = ['preview', 'commit', 'undo'][Math.floor(random() * 3)] as string;
        const life = live(dir, file);
        await life.until(step);
        await wait(random() * (span[step] as number) * 1.1);
        life.kill();
        await life.end;
        await live(dir).end;
        const now = statesOf(dir);
        expect(now.filter((s) => s !== 'done' && s !== 'undone' && s !== 'cancelled' && s !== 'previewed' && s !== 'failed')).toEqual([]);
        const standing = now.filter((s) => s === 'done').length;
        expect(standing).toBeLessThan(2);
        expect(within(dir)).toBe(standing ? 'in' : 'out');
        counts[standing ? 'in' : 'out']++;
        if (standing) {
          // the same every time, down to the last column
          known ??= shopOf(dir);
          expect(shopOf(dir) === known, 'another result than the time before').toBe(true);
        }
        expect(readdirSync(join(dir, 'imports')).filter((f) => /-(journal|wal|small)/.test(f))).toEqual([]);
      }
      if (soak) expect(Math.min(counts.in, counts.out)).toBeGreaterThan(0);
      // nothing is doubled or missing: the file says nothing new once it is in
      const db = openDb(join(dir, 'shop.sqlite'));
      const base = aCtx({ db });
      const { clock, log, changed } = base;
      const ctx = { ...base, dir, tasks: makeTasks({ db, clock, log, changed, newId: randomUUID }) };
      if (!statesOf(dir).includes('done')) await importFile(ctx, file);
      const again = await preview(ctx, file);
      expect(again.counts).toMatchObject({ sales: { new: 0, changed: 0 }, people: { new: 0, changed: 0 } });
      db.close();
    },
    soak ? 7_200_000 : 240_000,
  );
});
