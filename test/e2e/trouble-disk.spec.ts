import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { nextFile } from '../support/demo';
import { backToStaff, freshDir, openPractice } from '../support/launch';

/** A disk of its own that is really full: needs root on Linux. */
const dataDir = freshDir('full');
const shopDir = join(dataDir, 'practice');
let mounted = false;
test.beforeAll(() => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  mkdirSync(shopDir);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', shopDir], { stdio: 'ignore' });
    mounted = true;
  } catch {
    // a container may forbid it
  }
});
test.afterAll(() => {
  if (mounted) execFileSync('umount', ['-l', shopDir]);
});

const filler = join(shopDir, 'filler');
/** Takes every free byte of the disk. */
function fill(): void {
  const fd = openSync(filler, 'a');
  try {
    for (const size of [1_048_576, 4096]) {
      const block = Buffer.alloc(size, 7);
      try {
        while (writeSync(fd, block) === size);
      } catch {
        // smaller
      }
    }
  } finally {
    closeSync(fd);
  }
}

const ITEMS =
  'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID';

test('a full disk: said so at the counter and at an import, nothing half written, and on it goes when there is room', async () => {
  test.skip(!mounted, 'a small disk of our own cannot be mounted here (Linux and root only)');
  const r = await openPractice({ dataDir });
  const { page } = r;
  await expect(page.getByRole('navigation').getByText('Campaigns')).toBeVisible();
  const sales = Array.from(
    { length: 3000 },
    (_, i) =>
      `2026-11-10,12:00:00,Eastern Time (US & Canada),Shoes,Boot number ${i},1,Regular,,,$10.00,$0.00,$10.00,$0.00,FULL${i},P${i},,,,Payment,,,,,`,
  );
  const file = join(freshDir('files'), 'november.csv');
  writeFileSync(file, `${[ITEMS, ...sales].join('\n')}\n`);
  await page.getByRole('navigation').getByRole('button', { name: 'Import', exact: true }).click();
  await nextFile(r, file);
  await page.getByRole('button', { name: 'Choose a file' }).click();
  const importIt = page.getByRole('button', { name: /^Import 3,000 sales/ });
  await expect(importIt).toBeVisible({ timeout: 30_000 });
  const people = (await r.call<{ total: number }>('customers/list', { limit: 1 })).total;

  fill();
  expect(statfsSync(shopDir).bavail).toBe(0);
  // The write-ahead log still has room of its own from before; now that is used up too.
  const draft = { name: 'Filler', segmentId: null, body: 'x'.repeat(2000), offerId: null, addStopLine: true, holdout: 'auto' };
  const more = () => r.call('campaigns/save', { id: null, fields: { ...draft, goal: { kind: 'none', target: null }, windowDays: 14 } });
  let refused = '';
  for (let i = 0; i < 20_000 && !refused; i++) await more().catch((e: Error) => (refused = e.message));
  expect(refused).toContain('shop.disk-full');
  const alert = page.getByRole('alert').filter({ hasText: 'The disk is full' });
  await importIt.click();
  await expect(alert).toBeVisible({ timeout: 30_000 });
  await expect(alert).toContainText('Free some space on this computer');

  await page.getByRole('navigation').getByRole('button', { name: 'Counter', exact: true }).click();
  await page.keyboard.press('F3');
  const number = page.getByLabel('Your mobile number');
  await expect(number).toBeFocused();
  await page.keyboard.type('2125550173');
  await page.getByLabel('First name (optional)').fill('Rosa');
  await page.getByRole('checkbox', { name: /Yes, text me/ }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(alert).toBeVisible();
  // What she typed is still there.
  await expect(page.getByLabel('First name (optional)')).toHaveValue('Rosa');

  rmSync(filler);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Thank you, Rosa!')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await backToStaff(page);
  // once, though she pressed twice
  expect((await r.call<{ total: number }>('customers/list', { limit: 1 })).total).toBe(people + 1);

  // The import that could not be finished is taken back by itself within the minute; then it can be done again.
  await expect
    .poll(async () => (await r.call<{ rows: { state: string }[] }>('imports/list', { offset: 0, limit: 1 })).rows[0]?.state, {
      timeout: 90_000,
    })
    .not.toBe('committing');
  await page.getByRole('navigation').getByRole('button', { name: 'Import', exact: true }).click();
  await page
    .getByRole('button', { name: /Choose a file|Import another file/ })
    .first()
    .click();
  await expect(importIt).toBeVisible({ timeout: 30_000 });
  await importIt.click();
  await expect(page.getByRole('button', { name: 'Undo this import' })).toBeVisible({ timeout: 60_000 });
  await r.close();
});
