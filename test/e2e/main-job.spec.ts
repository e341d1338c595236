import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDb } from '@db/open';
import { writeSquareExport } from '@db/seed/index';
import { addDays, shopDay } from '@domain/calendar';
import { DAY, type UtcMs, type Zone } from '@domain/kernel';
import { expect, test } from '@playwright/test';
import { type Demo, MORNING, nextFile, nextSave, startDemo } from '../support/demo';
import { Keyboard } from '../support/keyboard';

/** The main job, once through, in the real window and by keyboard alone: what `npm run demo -- --headless` shows. */
const zone = 'America/New_York' as Zone;
const out = process.env['REGULARS_DEMO_OUT'] ?? 'test-results/demo';
const till = join(out, 'till');

test.describe.configure({ mode: 'serial' });
let d: Demo;
let kb: Keyboard;
const summary: Record<string, unknown> = {};
test.beforeAll(async () => {
  d = await startDemo(out);
  kb = new Keyboard(d.page);
});
test.afterAll(async () => {
  writeFileSync(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  await d?.close();
});

const squareExport = (options: Omit<Parameters<typeof writeSquareExport>[2], 'zone'>) => {
  const db = openDb(join(d.dataDir, 'practice', 'shop.sqlite'), { readonly: true });
  try {
    return writeSquareExport(db, till, { ...options, zone });
  } finally {
    db.close();
  }
};

test('the owner signs in with a PIN', async () => {
  const { page } = d;
  await expect(page.getByRole('heading', { level: 1, name: 'Counter' })).toBeVisible({ timeout: 60_000 });
  await d.shot('counter');
  await kb.press(page.getByRole('button', { name: /Sign in/ }));
  await d.shot('pin');
  await kb.press(page.getByRole('button', { name: /Olga/ }));
  await page.keyboard.type('2468', { delay: 30 });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation').getByText('Campaigns')).toBeVisible();
  await kb.goTo('This week');
  await d.shot('this-week-before');
});
