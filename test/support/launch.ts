import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

export interface Regulars {
  app: ElectronApplication;
  page: Page;
  dataDir: string;
  /** Any contract channel, as the page itself would call it. Throws the error's code. */
  call<T = unknown>(channel: string, input?: unknown): Promise<T>;
  close(): Promise<void>;
  /** The owner of a sample shop, by the contract. */
  signIn(): Promise<void>;
  /** No goodbye: SIGKILL of the whole app. */
  kill(): Promise<void>;
}

export interface LaunchOptions {
  dataDir?: string;
  env?: Record<string, string>;
  /** Of the app, such as the login item's. */
  args?: readonly string[];
  /** A packaged app instead of this folder. */
  executablePath?: string;
}

/** main/backend/sample-shop.ts */
const SAMPLE_PIN = '2468';

export const freshDir = (name = 'e2e') => mkdtempSync(join(tmpdir(), `regulars-${name}-`));

/** Starts the real app in a real window with a data folder of its own. */
export async function launch(options: LaunchOptions = {}): Promise<Regulars> {
  const dataDir = options.dataDir ?? freshDir();
  const env = {
    ...(process.env as Record<string, string>),
    REGULARS_DATA_DIR: dataDir,
    REGULARS_PASSPHRASE: 'test',
    REGULARS_E2E: '1',
    ...options.env,
  };
  const app = await _electron.launch(
    options.executablePath ? { executablePath: options.executablePath, args: [], env } : { args: ['.', ...(options.args ?? [])], env },
  );
  const page = await app.firstWindow();
  return {
    app,
    page,
    dataDir,
    call: <T>(channel: string, input: unknown = {}) => callFrom<T>(page, channel, input),
    async signIn() {
      const { people } = await callFrom<{ people: { id: number; role: string }[] }>(page, 'session/state', {});
      const staffId = people.find((p) => p.role === 'owner')?.id;
      await callFrom(page, 'session/unlock', { staffId, pin: SAMPLE_PIN });
    },
    async close() {
      await app.close();
    },
    async kill() {
      const process_ = app.process();
      const gone = new Promise((resolve) => process_.once('exit', resolve));
      process_.kill('SIGKILL');
      await gone;
    },
  };
}

/** The practice shop, filled with its sample people, with the owner signed in. */
export async function openPractice(options: LaunchOptions = {}): Promise<Regulars> {
  const dataDir = options.dataDir ?? freshDir('practice');
  writeFileSync(join(dataDir, 'last-shop'), 'practice');
  const r = await launch({ ...options, dataDir });
  await r.signIn();
  return r;
}

/** Takes a screen turned to a customer back, as staff do: with the owner's PIN. */
export async function backToStaff(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^(Back to staff|Staff)$/ })
    .last()
    .click();
  const olga = page.getByRole('button', { name: /^Olga/ });
  await page.locator('[data-sign-up="pin"]').waitFor();
  if (await olga.isVisible()) await olga.click();
  await page.keyboard.type(SAMPLE_PIN);
  await page.keyboard.press('Enter');
  await page.locator('[data-sign-up]').waitFor({ state: 'detached' });
}

interface Bridge {
  regulars: {
    invoke(channel: string, input: unknown): Promise<{ ok: boolean; value?: unknown; error?: { code: string; details?: string } }>;
  };
}

async function callFrom<T>(page: Page, channel: string, input: unknown): Promise<T> {
  const envelope = await page.evaluate(([c, i]) => (globalThis as unknown as Bridge).regulars.invoke(c as string, i), [
    channel,
    input,
  ] as const);
  if (!envelope.ok) throw new Error(`${channel}: ${envelope.error?.code} ${envelope.error?.details ?? ''}`);
  return envelope.value as T;
}

export interface Carrier {
  url: string;
  /** POST or GET on the simulator's control paths. */
  control<T = unknown>(path: string, body?: unknown): Promise<T>;
  stop(): void;
}

/** The practice carrier as a process of its own: it outlives the app that is killed. */
export async function startCarrier(args: readonly string[] = []): Promise<Carrier> {
  const child: ChildProcess = spawn(process.execPath, ['out/main/carrier-server.js', '--control', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`carrier left with ${code}`)));
    if (child.stdout) createInterface({ input: child.stdout }).once('line', (line) => resolve((JSON.parse(line) as { url: string }).url));
  });
  return {
    url,
    async control<T>(path: string, body?: unknown) {
      const r = await fetch(`${url}/__sim/${path}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
      if (!r.ok) throw new Error(`carrier ${path}: ${r.status} ${await r.text()}`);
      return (await r.json()) as T;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
