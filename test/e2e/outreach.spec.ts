import { expect, type Page, test } from '@playwright/test';
import { lookAt } from '../support/axe';
import { openPractice } from '../support/launch';
import { Camera } from '../support/shots';

const look = (page: Page, name: string) => lookAt(page, `outreach-${name}`);

/** The smallest window; a shop of 4,000 people. */
test('a group goes to labels with who is left out, a draw is prepared, opened and entered at the counter, a poster gets its code', async () => {
  test.setTimeout(240_000);
  const r = await openPractice();
  const { page } = r;
  const c = new Camera(r, 'test-results/outreach', 'outreach');
  await c.size(1024, 700);

  // a group as labels: the review says who is on it before anything is written
  await c.go('outreach');
  await expect(page.getByText('No list has left yet')).toBeVisible();
  await look(page, 'lists-empty');
  await c.go('groups');
  await page.getByRole('row').nth(1).dblclick();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Post, e-mail, ads' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/people are on it/)).toBeVisible();
  await dialog.getByRole('button', { name: /^Who: told you to stop/ }).click();
  await look(page, 'list');
  await dialog.getByRole('radio', { name: 'An ads audience' }).click();
  await expect(dialog.getByLabel('Made for')).toBeVisible();
  await dialog.getByRole('radio', { name: 'Printed labels' }).click();
  await dialog.getByRole('button', { name: 'Print the labels' }).click();
  await expect(page.getByText(/sheets of 30/)).toBeVisible();
  await look(page, 'labels');
  await c.go('outreach');
  await expect(page.getByRole('row').nth(1)).toContainText('Labels');
  await look(page, 'lists');

  // a draw: not before its rules are complete
  await c.go('draws');
  await look(page, 'draws-empty');
  await page.getByRole('button', { name: 'New draw' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('Boots for the holidays');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The official rules are not complete')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open for entries' })).toBeDisabled();
  await look(page, 'draw-draft');
  await page.getByRole('button', { name: 'Edit' }).click();
  for (const [label, value] of [
    ['Word people answer with (optional)', 'win'],
    ['Address', '1 Main St, New York, NY 10001'],
    ['Prize', 'One pair of boots'],
    ['All prizes are worth', '180'],
    ['Who may enter', 'Legal residents of New York'],
    ['The free way in', 'Ask anybody at the counter.'],
    ['How to learn who won', 'Ask at the counter.'],
  ] as const)
    await dialog.getByLabel(label, { exact: true }).fill(value);
  await look(page, 'draw-form');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Open for entries' }).click();
  await dialog.getByRole('button', { name: 'Open for entries' }).click();
  await expect(page.getByText(/Open until the end of/)).toBeVisible();
  await page.getByRole('button', { name: 'Enter somebody' }).click();
  await dialog.getByLabel('Name').fill('Zoe Fox');
  await dialog.getByLabel('Mobile number').fill('212 555 0199');
  await dialog.getByRole('button', { name: 'Enter', exact: true }).click();
  await expect(dialog.getByText(/Ticket \w{4}-\w{4}/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(page.getByText('Zoe Fox')).toBeVisible();
  await look(page, 'draw-open');
  await page.getByRole('button', { name: 'Print the rules' }).click();
  await expect(page.getByText('NO ES NECESARIO COMPRAR', { exact: false }).first()).toBeVisible();
  await look(page, 'draw-rules');

  // at the counter in two taps
  await c.go('counter');
  const [person] = (await r.call<{ rows: { phone: string | null }[] }>('customers/list', { limit: 50 })).rows.filter((p) => p.phone);
  await page.keyboard.type(person?.phone?.slice(-10) ?? '');
  await page.locator('[data-person]').getByRole('button', { name: 'Prize draw' }).click();
  await dialog.getByRole('button', { name: 'Enter', exact: true }).click();
  await expect(dialog.getByText(/Ticket \w{4}-\w{4}/)).toBeVisible();
  await look(page, 'counter-draw');
  await page.keyboard.press('Escape');

  // one code for the poster
  await c.go('offers');
  await page.getByRole('row').nth(1).dblclick();
  await page.getByRole('button', { name: 'New medium' }).click();
  await dialog.getByLabel('Medium').selectOption('poster');
  await dialog.getByLabel('Code people say or show').fill('WINDOW10');
  await look(page, 'medium');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('WINDOW10')).toBeVisible();
  await look(page, 'media');
  await r.close();
});
