import { appendFileSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launch, type Regulars } from '../support/launch';
import { openReal } from '../support/real-shop';

const HEADER =
  'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Event Type,Customer ID';
const week = (n: number, rows = 40) =>
  [
    HEADER,
    ...Array.from(
      { length: rows },
      (_, i) =>
        `2026-05-${String(n).padStart(2, '0')},12:${String(i % 60).padStart(2, '0')}:00,Eastern Time (US & Canada),None,Boots,1.0,,,,$10.00,$0.00,$10.00,$0.80,W${n}-${i},P${n}-${i},Payment,`,
    ),
    '',
  ].join('\n');

const imports = (r: Regulars) =>
  r.call<{ rows: { fileName: string; state: string; staffId: number | null; counts: { sales: { new: number } } | null }[] }>(
    'imports/list',
    {},
  );
const newSales = async (r: Regulars) =>
  (await imports(r)).rows.filter((x) => x.state === 'done').map((x) => [x.fileName, x.counts?.sales.new]);

interface Told {
  title: string;
  body: string;
}

/** The system's notifications as they would be shown; there is no desktop to show them here. */
async function hearNotifications(r: Regulars): Promise<() => Promise<Told[]>> {
  await r.app.evaluate(({ Notification, BrowserWindow }) => {
    const told: Told[] = [];
    Object.assign(globalThis, { told });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Told) {
      told.push({ title: this.title, body: this.body });
    };
    for (const w of BrowserWindow.getAllWindows()) w.isFocused = () => false;
  });
  await r.page.evaluate(() => {
    document.hasFocus = () => false;
  });
  return () => r.app.evaluate(() => (globalThis as unknown as { told: Told[] }).told);
}

test('files that arrive in the watched folder: known ones come in by themselves, others wait and ask', async () => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'regulars-till-'));
  writeFileSync(join(folder, 'old.csv'), week(1));
  const r = await openReal();
  const told = await hearNotifications(r);
  await r.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
  }, folder);
  await r.page.getByRole('navigation').getByText('Import', { exact: true }).click();
  await r.page.getByRole('tab', { name: 'Arrives by itself' }).click();
  await r.page.getByRole('button', { name: 'Choose a folder' }).click();
  await expect(r.page.getByText('Watched', { exact: true })).toBeVisible();

  // what lay there is offered, not swallowed
  await expect(r.page.getByText('One file was already in the folder')).toBeVisible({ timeout: 15_000 });
  expect(await newSales(r)).toEqual([]);

  // a first file of a till asks once
  writeFileSync(join(folder, 'sales-june.csv'), week(2));
  await expect(r.page.getByText('One file waits for you')).toBeVisible({ timeout: 15_000 });
  await r.page.getByRole('button', { name: /from now on: sales-june/ }).click();
  await expect.poll(() => newSales(r), { timeout: 20_000 }).toEqual([['sales-june.csv', 40]]);
  await expect(r.page.getByText('sales-june.csv: 40 new sales')).toBeVisible();

  // from now on by themselves, also while the owner is locked out; half-written ones wait until they are whole
  await r.call('session/lock');
  const text = week(3, 60);
  const half = join(folder, 'sales-july.csv');
  writeFileSync(half, text.slice(0, 3000));
  await r.page.waitForTimeout(2500);
  appendFileSync(half, text.slice(3000));
  await expect.poll(async () => (await told()).map((t) => t.body), { timeout: 30_000 }).toContain('sales-july.csv: 60 new sales');
  await r.signIn();
  expect(await newSales(r)).toEqual([
    ['sales-july.csv', 60],
    ['sales-june.csv', 40],
  ]);
  expect((await imports(r)).rows[0]?.staffId).toBeNull();

  // the same bytes under another name are no news
  renameSync(half, join(folder, 'sales-july (1).csv'));

  // an unknown one waits, tells, and opens the wizard on that very file
  writeFileSync(join(folder, 'club.csv'), 'who,call\nAnn Lee,212 555 0142\nBo Ray,212 555 0199\n');
  await expect.poll(async () => (await told()).map((t) => t.title), { timeout: 30_000 }).toContain('A file waits for you');
  expect((await imports(r)).rows).toHaveLength(2);
  await r.page.reload();
  await r.page.getByRole('navigation').getByText('This week', { exact: true }).click();
  await expect(r.page.getByText('2 files wait for you before they are imported.')).toBeVisible();
  await r.page.getByRole('navigation').getByText('Import', { exact: true }).click();
  await r.page.getByRole('button', { name: 'Say what its columns mean: club.csv' }).click();
  await expect(r.page.getByRole('heading', { name: 'What do the columns mean?' })).toBeVisible();
  await expect(r.page.getByLabel(/^Means: who/)).toBeVisible();
  await r.close();

  // after a start it catches up with what came meanwhile
  writeFileSync(join(folder, 'sales-august.csv'), week(4));
  const again = await launch({ dataDir: r.dataDir });
  const { people } = await again.call<{ people: { id: number }[] }>('session/state');
  await again.call('session/unlock', { staffId: people[0]?.id, pin: '1357' });
  await expect.poll(() => newSales(again).then((s) => s[0]), { timeout: 30_000 }).toEqual(['sales-august.csv', 40]);
  await again.close();
});
