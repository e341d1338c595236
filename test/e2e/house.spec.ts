import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import BetterSqlite3 from 'better-sqlite3';
import { freshDir, launch, openPractice } from '../support/launch';

test('the page has no Node, no remote content, no way out', async () => {
  const r = await launch();
  const seen = await r.page.evaluate(async () => {
    const w = globalThis as unknown as Record<string, unknown>;
    const remote = await fetch('https://example.com').then(
      () => 'loaded',
      () => 'refused',
    );
    const inline = document.createElement('script');
    inline.textContent = 'window.inlineRan = true';
    document.head.append(inline);
    const opened = (w['open'] as (url: string) => unknown)('https://example.com');
    return {
      require: typeof w['require'],
      process: typeof w['process'],
      remote,
      inline: w['inlineRan'] ?? 'refused',
      opened: opened === null,
    };
  });
  expect(seen).toEqual({ require: 'undefined', process: 'undefined', remote: 'refused', inline: 'refused', opened: true });
  await r.page.evaluate(() => {
    location.href = 'https://example.com';
  });
  await r.page.waitForTimeout(300);
  expect(r.page.url()).toMatch(/^app:\/\/bundle\//);
  const prefs = await r.app.evaluate(({ BrowserWindow }) => {
    const w = BrowserWindow.getAllWindows()[0];
    const contents = w?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> } | undefined;
    return contents?.getLastWebPreferences();
  });
  expect(prefs).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  await r.close();
});

test('a call that is not in the contract, or does not fit it, is refused kindly', async () => {
  const r = await launch();
  const ask = (channel: string, input: unknown) =>
    r.page.evaluate(
      ([c, i]) =>
        (globalThis as unknown as { regulars: { invoke(c: string, i: unknown): Promise<unknown> } }).regulars.invoke(c as string, i),
      [channel, input] as const,
    );
  expect(await ask('shop/delete-everything', {})).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
  expect(await ask('session/unlock', { staffId: 'one', pin: 7 })).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
  await r.close();
});

test('a second copy of the app shows the first and leaves', async () => {
  const r = await launch();
  const second = spawn('node_modules/electron/dist/electron', ['--no-sandbox', '.'], {
    env: { ...process.env, REGULARS_DATA_DIR: r.dataDir, REGULARS_PASSPHRASE: 'test' },
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  await expect.poll(() => r.call<{ backend: string }>('shell/status').then((s) => s.backend)).toBe('ready');
  await r.close();
});

test('a crash of the backend restarts it, tells the owner, and loses nothing', async () => {
  const r = await openPractice();
  const before = await r.call<{ total: number }>('customers/list', { limit: 1 });
  await r.app.evaluate(() => {
    const shell = (globalThis as unknown as { regularsShell: { host: { worker: { terminate(): void } } } }).regularsShell;
    shell.host.worker.terminate();
  });
  // A restart comes back locked to the counter; until then calls say so kindly.
  await expect
    .poll(() =>
      r.call<{ role: string }>('session/state').then(
        (s) => s.role,
        (e: Error) => e.message,
      ),
    )
    .toBe('staff');
  await r.signIn();
  expect((await r.call<{ total: number }>('customers/list', { limit: 1 })).total).toBe(before.total);
  await expect(r.page.getByText(/started again|restarted/i).first()).toBeVisible();
  await r.close();
});

test('a file from a newer Regulars is named, not opened, not changed', async () => {
  const dataDir = freshDir('newer');
  mkdirSync(join(dataDir, 'real'), { recursive: true });
  const file = join(dataDir, 'real', 'shop.sqlite');
  const db = new BetterSqlite3(file);
  db.exec('CREATE TABLE later (id INTEGER)');
  db.pragma('user_version = 99990');
  db.close();
  const before = readFileSync(file);
  const r = await launch({ dataDir });
  await expect(r.page.getByText(/newer/i).first()).toBeVisible();
  await r.close();
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a damaged file is named and kept', async () => {
  const dataDir = freshDir('damaged');
  mkdirSync(join(dataDir, 'real'), { recursive: true });
  writeFileSync(join(dataDir, 'real', 'shop.sqlite'), 'SQLite format 3 — not any more '.repeat(300));
  const r = await launch({ dataDir });
  await expect(r.page.getByText(/damaged|cannot be read|can’t be read/i).first()).toBeVisible();
  await r.close();
});
