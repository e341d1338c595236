import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openPractice } from '../support/launch';

const HEADER =
  'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Event Type,Customer ID';
const rows = Array.from(
  { length: 400 },
  (_, i) =>
    `2026-05-${String(1 + (i % 28)).padStart(2, '0')},12:${String(i % 60).padStart(2, '0')}:00,Eastern Time (US & Canada),None,Boots,1.0,,,,$10.00,$0.00,$10.00,$0.80,E2E${i >> 1},P${i},Payment,`,
);

test('a till file goes in through the window, read by its own thread, and out again', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'regulars-e2e-')), 'items.csv');
  writeFileSync(path, [HEADER, ...rows, 'half,a,row', ''].join('\n'));
  const r = await openPractice();
  const sales = async () => (await r.call<{ rows: { counts: { sales: { new: number } } | null }[] }>('imports/list', {})).rows[0];
  await r.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
  }, path);
  await r.page.getByRole('navigation').getByText('Import', { exact: true }).click();
  await r.page.getByRole('button', { name: 'Choose a file' }).click();
  const go = r.page.getByRole('button', { name: 'Import 200 sales' });
  await expect(r.page.getByText('$4,000.00')).toBeVisible();
  await expect(r.page.getByText('Has more or fewer cells than the file has columns')).toBeVisible();
  await go.click();
  await r.page.getByRole('button', { name: 'Undo this import' }).click();
  expect((await sales())?.counts?.sales.new).toBe(200);
  await r.page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click();
  await expect(r.page.getByText('What it brought is gone')).toBeVisible();
  await r.close();
});
