import { join } from 'node:path';
import { openDb } from '@db/open';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type Desktop, makeDesktop } from '../support/desktop';
import { Keyboard } from '../support/keyboard';
import { freshDir, launch, type Regulars } from '../support/launch';

/**
 * Somebody who never saw Regulars, with a desktop full of exports: two item files that overlap, the payments of the same days, the
 * customers, a report without receipts, a copy a spreadsheet ruined, and a list of their own. It must end with the right takings.
 */
test.describe.configure({ mode: 'serial' });
let r: Regulars;
let page: Page;
let kb: Keyboard;
let desktop: Desktop;

test.beforeAll(async () => {
  desktop = makeDesktop(freshDir('desktop'));
  r = await launch({ env: { TZ: 'America/New_York' } });
  page = r.page;
  kb = new Keyboard(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await r.call('settings/save-shop', {
    name: 'Corner Shoes',
    street: '12 Main St',
    city: 'Kingston',
    region: 'NY',
    postalCode: '12401',
    country: 'US',
    currency: 'USD',
    zone: 'America/New_York',
    phone: '+18455550142',
    email: '',
    website: '',
    hours: [null, ...Array.from({ length: 6 }, () => ({ open: 600, close: 1080 }))],
    closedDays: [],
  });
  await r.call('settings/save-staff', { name: 'Olga', role: 'owner', language: 'en', active: true, pin: '2468' });
  await r.call('settings/make-recovery-code');
  await r.call('settings/onboarding-step', { step: 'done' });
  await page.reload();
  await r.signIn();
  await page.getByRole('navigation').getByText('Import', { exact: true }).click();
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible();
});
test.afterAll(() => r?.close());

/** What the shop file holds, month by month, in cents. */
function takings(): Record<string, { sales: number; refunds: number; net: number }> {
  const db = openDb(join(r.dataDir, 'real', 'shop.sqlite'), { readonly: true });
  try {
    const rows = db.raw
      .prepare(
        `SELECT substr(shop_day, 1, 7) AS month, sum(kind = 'sale') AS sales, sum(kind = 'refund') AS refunds, sum(net) AS net
         FROM sale WHERE status IN ('completed', 'refunded', 'partially-refunded') GROUP BY 1 ORDER BY 1`,
      )
      .all() as { month: string; sales: number; refunds: number; net: number }[];
    return Object.fromEntries(rows.map(({ month, ...m }) => [month, m]));
  } finally {
    db.close();
  }
}

/** Files dropped on the window as a file manager drops them. */
async function dropFiles(target: Locator, files: string[]): Promise<void> {
  const box = await target.boundingBox();
  if (!box) throw new Error('nothing to drop on');
  const cdp = await page.context().newCDPSession(page);
  const at = { x: box.x + box.width / 2, y: box.y + 20 };
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await cdp.send('Input.dispatchDragEvent', { type, ...at, data });
  await cdp.detach();
}

const dollars = (cents: number) => (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
const primary = () => page.getByRole('button', { name: /^Import (?!another)/ });
const queued = (name: string) => page.getByRole('listitem').filter({ hasText: name });
/** The months the till's own report would show, beside the file's. */
async function provenMonths(want: Record<string, { net: number }>): Promise<void> {
  for (const { net } of Object.values(want))
    await expect(page.getByRole('gridcell', { name: dollars(net), exact: true }).first()).toBeVisible();
}

test('everything is dropped at once, and each file is named for what it is', async () => {
  await dropFiles(page.getByRole('region', { name: 'Drop files from your till here' }), [
    desktop.itemsSpring,
    desktop.summary,
    desktop.transactions,
    desktop.market,
    desktop.customers,
    desktop.itemsSummer,
  ]);
  await expect(page.getByRole('heading', { name: '5 files to look at' })).toBeVisible();
  await expect(queued('item-sales-summary.csv')).toContainText('Not this one');
  await expect(queued('item-sales-summary.csv')).toContainText('Items detail CSV');
  await expect(queued('market.csv')).toContainText('Needs a word from you');
  await expect(page.getByRole('button', { name: 'Start with customers.csv' })).toBeEnabled(); // all were looked at
  const names = await page.getByRole('listitem').filter({ hasText: '.csv' }).locator('strong').allTextContents();
  expect(names).toEqual([
    'customers.csv',
    'items-2026-04-01-2026-06-01.csv',
    'items-2026-05-01-2026-07-01.csv',
    'transactions-2026-04-01-2026-07-01.csv',
    'market.csv',
    'item-sales-summary.csv',
  ]);
});

test('they go in one after the other, each proven first', async () => {
  await page.getByRole('button', { name: 'Start with customers.csv' }).click();
  await expect(page.getByText('This is Square’s “Customer directory”')).toBeVisible();
  await expect(primary()).toHaveText(`Import ${desktop.people} people`);
  await primary().click();
  await page.getByRole('button', { name: 'Next file: items-2026-04' }).click();

  await expect(page.getByText('This is Square’s “Items detail”')).toBeVisible();
  await provenMonths({ april: desktop.till['2026-04'] as { net: number }, may: desktop.till['2026-05'] as { net: number } });
  await primary().click();
  await page.getByRole('button', { name: 'Next file: items-2026-05' }).click();

  // May is known already: only June is new
  const june = desktop.till['2026-06'] as { sales: number; refunds: number };
  await expect(primary()).toHaveText(`Import ${june.sales + june.refunds} sales`);
  await primary().click();
  await page.getByRole('button', { name: 'Next file: transactions' }).click();

  // the payments are the same receipts: they add tips, and change no takings
  await provenMonths(desktop.till);
  await expect(page.getByRole('tab', { name: /Changed sales/ })).toBeVisible();
  await primary().click();
  await expect(page.getByRole('button', { name: 'Next file: market.csv' })).toBeVisible();
  expect(takings()).toEqual(desktop.till);
});

test('of their own list they say what the columns mean, by keyboard', async () => {
  await kb.press(page.getByRole('button', { name: 'Next file: market.csv' }));
  await expect(page.getByRole('heading', { level: 1, name: 'What do the columns mean?' })).toBeVisible();
  await kb.press(page.getByRole('radio', { name: 'People' }), 'ArrowUp'); // the guess, as nothing in it looks like a sale
  await expect(page.getByRole('radio', { name: 'Sales' })).toBeChecked();
  await kb.choose(page.getByLabel('Means: Tag'), 'Date');
  await kb.choose(page.getByLabel('Means: Uhr'), 'Date');
  await expect(page.getByText('Together: “14.05.2026 10:30”')).toBeVisible();
  await kb.choose(page.getByLabel('Means: Was'), 'Phone');
  await expect(page.getByText('“Sandals” does not look like: Phone')).toBeVisible();
  await page.waitForTimeout(1200); // a list forgets what was typed into it before
  await kb.choose(page.getByLabel('Means: Was'), 'Item');
  await expect(page.getByLabel('Means: Was')).toHaveValue('item');
  await kb.choose(page.getByLabel('Means: Bezahlt'), 'Total paid');
  await kb.press(page.getByRole('button', { name: 'Check the file' }));
  await expect(primary()).toHaveText('Import 12 sales');
  await provenMonths(desktop.stall);
  await expect(page.getByRole('region', { name: 'First rows of the file' }).getByText('14 May 2026, 10:30 am')).toBeVisible();
  await kb.press(primary());
  await kb.press(page.getByRole('button', { name: 'Back to the files' }).last());
  await expect(page.getByRole('heading', { name: 'All files are dealt with' })).toBeVisible();
});

const together = (): Record<string, { sales: number; refunds: number; net: number }> =>
  Object.fromEntries(
    Object.entries(desktop.till).map(([month, m]) => {
      const more = desktop.stall[month];
      return [month, { sales: m.sales + (more?.sales ?? 0), refunds: m.refunds, net: m.net + (more?.net ?? 0) }];
    }),
  );

test('the takings of each month are right to the cent, and no receipt is there twice', () => {
  expect(takings()).toEqual(together());
});

test('a copy that a spreadsheet ruined is told apart, and left out', async () => {
  await page.getByRole('button', { name: 'Done with these files' }).click();
  await dropFiles(page.getByRole('region', { name: 'Drop files from your till here' }), [desktop.damaged]);
  await expect(page.getByText('Hardly any row could be read: is this the right file?')).toBeVisible();
  await expect(page.getByText('A spreadsheet cut digits off this number').first()).toBeVisible();
  await expect(primary()).toBeHidden();
  await page.getByRole('button', { name: 'Do not import' }).click();
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible();
  expect(takings()).toEqual(together());
});

test('the reports are there after a restart, sale by sale', async () => {
  await r.close();
  r = await launch({ dataDir: r.dataDir, env: { TZ: 'America/New_York' } });
  page = r.page;
  kb = new Keyboard(page);
  await r.signIn();
  await page.getByRole('navigation').getByText('Import', { exact: true }).click();
  await page.getByRole('row').filter({ hasText: 'transactions-2026' }).click();
  await provenMonths(desktop.till);
  await expect(page.getByRole('grid', { name: 'Changed sales' }).getByText('Collected').first()).toBeVisible();
  await page.getByRole('button', { name: 'All imports' }).click();
});

test('one is undone from its report, and the takings are as before it', async () => {
  await page.getByRole('row').filter({ hasText: 'market.csv' }).click();
  await page.getByRole('tab', { name: /New sales/ }).click();
  await expect(page.getByRole('grid', { name: 'New sales' }).getByRole('row').nth(1)).toContainText(/14 May.*Sandals/);
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click();
  await expect(page.getByText('What it brought is gone')).toBeVisible();
  expect(takings()).toEqual(desktop.till);
});
