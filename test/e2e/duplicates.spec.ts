import { expect, test } from '@playwright/test';
import { openPractice } from '../support/launch';

test('two records become one person and two again, by keyboard alone', async () => {
  const r = await openPractice();
  const { page } = r;
  const save = (fields: Record<string, string>) => r.call<{ id: number }>('customers/save', { id: null, fields, sharedNumber: true });
  const people = async () => (await r.call<{ any: number }>('customers/counts')).any;
  const a = await save({ firstName: 'Wilhelmina', lastName: 'Zeldenrust', phone: '212-555-0188' });
  await save({ firstName: 'Wilhelmina', lastName: 'Zeldenrust-Ruiz', phone: '212-555-0188', email: 'mina@example.com' });
  await r.call('customers/note', { id: a.id, note: 'likes red' });
  const before = await people();

  await page.getByRole('navigation').getByText('Customers', { exact: true }).click();
  await page.getByRole('button', { name: /possible duplicate/ }).focus();
  await page.keyboard.press('Enter');
  const pair = page.getByRole('button', { name: /Wilhelmina Zeldenrust .*Zeldenrust-Ruiz/ });
  await pair.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Is this one person?' })).toBeVisible();
  // the last name of the second one stays
  await page.getByRole('group', { name: 'Which stays: Last name' }).getByRole('radio').first().focus();
  await page.keyboard.press('ArrowRight');
  const merge = page.getByRole('button', { name: 'Make them one person' });
  for (let i = 0; i < 12 && !(await merge.evaluate((e) => e === document.activeElement)); i++) await page.keyboard.press('Tab');
  await expect(merge).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('They are one person now')).toBeVisible();
  expect(await people()).toBe(before - 1);
  const found = await r.call<{ rows: { id: number; lastName: string; email: string }[] }>('customers/list', { search: 'Wilhelmina' });
  expect(found.rows).toMatchObject([{ lastName: 'Zeldenrust-Ruiz', email: 'mina@example.com' }]);
  const line = await r.call<{ entries: { kind: string }[] }>('customers/timeline', { id: found.rows[0]?.id });
  expect(line.entries.some((e) => e.kind === 'note')).toBe(true);

  await page.getByRole('region', { name: 'Put together so far' }).getByRole('button', { name: 'Undo' }).first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('They are two people again').first()).toBeVisible();
  expect(await people()).toBe(before);
  await expect(pair).toBeVisible();
  await r.close();
});
