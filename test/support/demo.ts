import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDb } from '@db/open';
import type { Page } from '@playwright/test';
import { type Carrier, freshDir, launch, type Regulars, startCarrier } from './launch';

/** Tue 17 Nov 2026, 11:00 in New York: the demo's morning. */
export const MORNING = Date.UTC(2026, 10, 17, 16, 0, 0);

export interface Demo extends Regulars {
  carrier: Carrier;
  out: string;
  /** The shop file, read beside the running app. */
  sql<T>(query: string, ...params: unknown[]): T[];
  /** Numbered picture of the window as it stands. */
  shot(name: string): Promise<void>;
  /** Moves the clock of shop and carrier. */
  advance(ms: number): Promise<void>;
  speed(rate: number): Promise<void>;
}

/** The practice shop with a carrier of its own and a clock both follow. */
export async function startDemo(out: string): Promise<Demo> {
  mkdirSync(out, { recursive: true });
  const dataDir = freshDir('demo');
  writeFileSync(join(dataDir, 'last-shop'), 'practice');
  const carrier = await startCarrier([
    '--any-account',
    '--people',
    '--seed',
    'demo',
    '--now',
    String(MORNING),
    '--rate',
    '1',
    '--state',
    join(dataDir, 'carrier.jsonl'),
  ]);
  const app = await launch({
    dataDir,
    env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`, TZ: 'America/New_York' },
  });
  const file = join(dataDir, 'practice', 'shop.sqlite');
  let n = 0;
  return {
    ...app,
    carrier,
    out,
    sql<T>(query: string, ...params: unknown[]) {
      const db = openDb(file, { readonly: true });
      try {
        return db.raw.prepare(query).all(...params) as T[];
      } finally {
        db.close();
      }
    },
    async shot(name) {
      await settled(app.page);
      await app.page.screenshot({ path: join(out, `${String(++n).padStart(2, '0')}-${name}.png`) });
    },
    advance: async (ms) => void (await carrier.control('clock', { advance: ms })),
    speed: async (rate) => void (await carrier.control('clock', { rate })),
    async close() {
      await app.close();
      carrier.stop();
    },
  };
}

/** Skeletons gone, fonts and small transitions over. */
async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(400);
}

/** Native dialogs cannot be driven; the file somebody would choose is handed over instead. */
export async function nextFile(r: Regulars, path: string): Promise<void> {
  await r.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
  }, path);
}

export async function nextSave(r: Regulars, path: string): Promise<void> {
  await r.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = (async () => ({ canceled: false, filePath: chosen })) as typeof dialog.showSaveDialog;
  }, path);
}
