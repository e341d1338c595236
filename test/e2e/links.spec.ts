import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openPractice, type Regulars } from '../support/launch';

const HEADER =
  'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Event Type,Customer ID';
const sale = (day: string, receipt: string, item: string, net: string, customer: string) =>
  `${day},12:00:00,Eastern Time (US & Canada),None,${item},1.0,,,,${net},$0.00,${net},$0.00,TX-${receipt},${receipt}00000000000000000000,Payment,${customer}`;

/** Twelve sales of one till customer nobody here knows yet, and one of somebody without any. */
const rows = [
  ...Array.from({ length: 12 }, (_, i) =>
    sale(`2026-0${1 + (i % 9)}-1${i % 10}`, `RC${10 + i}`, i % 2 ? 'Socks' : 'Boots', '$30.00', 'TILLCUST'),
  ),
  sale('2026-05-02', 'ZZ99', 'Laces', '$5.00', ''),
];

async function imported(r: Regulars, content: string, name: string): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'regulars-e2e-')), name);
  writeFileSync(path, content);
  const done = async (taskId: string) =>
    expect
      .poll(async () => (await r.call<{ id: string; state: string }[]>('tasks/list')).find((t) => t.id === taskId)?.state, {
        timeout: 60_000,
      })
      .toBe('done');
  const { id, taskId } = await r.call<{ id: number; taskId: string }>('imports/preview', { path });
  await done(taskId);
  await done((await r.call<{ taskId: string }>('imports/commit', { id })).taskId);
}

/** A code of the sample shop that may be redeemed now, and whose it is. */
async function aLiveCode(r: Regulars): Promise<{ code: string; customerId: number }> {
  for (const offer of await r.call<{ id: number }[]>('offers/list')) {
    const { rows: codes } = await r.call<{ rows: { code: string; customerId: number | null }[] }>('offers/codes', {
      offerId: offer.id,
      state: 'issued',
    });
    const mine = codes.find((c) => c.customerId !== null);
    if (mine) return { code: mine.code, customerId: mine.customerId as number };
  }
  throw new Error('no code of the sample shop is live');
}

/** How many purchases stand on a person's line. */
async function sales(r: Regulars, id: number): Promise<number> {
  const { entries } = await r.call<{ entries: { kind: string }[] }>('customers/timeline', { id, offset: 0, limit: 200 });
  return entries.filter((e) => e.kind === 'sale').length;
}

test('a receipt number typed at redeem brings a history, and takes it back again', async () => {
  const r = await openPractice();
  await imported(r, [HEADER, ...rows, ''].join('\n'), 'items.csv');
  const { id: person } = await r.call<{ id: number }>('customers/save', { id: null, fields: { firstName: 'Zora', lastName: 'Quill' } });
  const visits = async () => (await r.call<{ customer: { visits: number } }>('customers/get', { id: person })).customer.visits;

  // At redeem: scan or type the code, type the receipt number, Enter: what it adds. Enter: added.
  await r.page.getByRole('navigation').getByText('Counter', { exact: true }).click();
  const box = r.page.getByLabel('Find a person or a code');
  const live = await aLiveCode(r);
  const before = await sales(r, live.customerId);
  await box.fill(live.code);
  await r.page.keyboard.press('Enter');
  await r.page.getByLabel('Receipt number (optional)').fill('rc15');
  await r.page.keyboard.press('Enter');
  await expect(r.page.getByText('This adds 12 past sales, $360.00, since Jan 2026')).toBeVisible();
  await expect(r.page.getByRole('button', { name: /^Add 12 sales to / })).toBeFocused();
  await r.page.keyboard.press('Enter');
  await expect(r.page.getByText(/12 sales are now on .* record/)).toBeVisible();
  expect(await sales(r, live.customerId)).toBe(before + 12);
  await r.page.locator('[data-receipt="linked"]').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => sales(r, live.customerId)).toBe(before);

  // "She's here": the number ties what she bought before. Typing it, Enter, Enter.
  await box.fill('Zora Quill');
  await r.page.keyboard.press('Enter');
  await r.page.getByRole('button', { name: 'Here now' }).click();
  await r.page.getByLabel('Receipt number').fill('rc15');
  await r.page.keyboard.press('Enter');
  await expect(r.page.getByText('This adds 12 past sales, $360.00, since Jan 2026')).toBeVisible();
  await r.page.keyboard.press('Enter');
  await expect(r.page.getByText(/12 sales are now on Zora Quill’s record/)).toBeVisible();
  expect(await visits()).toBeGreaterThan(5);
  await r.page.locator('[data-receipt="linked"]').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(visits).toBe(0);

  // On her page: the same, and a number that waits for the next till file.
  await r.page.getByRole('navigation').getByText('Customers', { exact: true }).click();
  await r.page.getByLabel('Find people').fill('Quill');
  await r.page.getByRole('row').filter({ hasText: 'Quill' }).click();
  await r.page.getByRole('button', { name: 'Add a receipt' }).click();
  await r.page.getByLabel('Receipt number').fill('NEW1');
  await r.page.keyboard.press('Enter');
  await expect(r.page.getByText('Not in the till file yet')).toBeVisible();
  await r.page.getByRole('button', { name: 'Done' }).click();
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(new Date());
  await imported(r, [HEADER, sale(today, 'NEW1', 'Hat', '$20.00', 'TILLCUST'), ''].join('\n'), 'more.csv');
  await expect(r.page.getByText('Receipt NEW1 · 13 sales')).toBeVisible();
  await expect(r.page.getByText('tied by itself from the till file')).toBeVisible();
  await r.page.getByRole('button', { name: 'It was a gift' }).first().click();
  await expect(r.page.getByText('gift', { exact: true })).toBeVisible();
  await r.page.locator('[data-link]').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(visits).toBe(0);
  await r.close();
});
