import { expect, type Page, test } from '@playwright/test';
import { violations } from '../support/axe';
import { openPractice } from '../support/launch';
import { Camera } from '../support/shots';

const OUT = process.env['REGULARS_SHOTS_OUT'] ?? 'test-results/campaign-results';

/** As it is seen: no finding in either theme, nothing to scroll sideways, a picture of each. */
async function look(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.waitForTimeout(300);
    expect(await violations(page), `${name}, ${theme}`).toEqual([]);
    await page.screenshot({ path: `${OUT}/${name}-${theme}.png` });
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
}

/** The smallest window; a shop of 4,000 people. */
test('from a campaign’s numbers to its people, to how they are counted, and beside another campaign', async () => {
  test.setTimeout(120_000);
  const r = await openPractice();
  const { page } = r;
  const c = new Camera(r, OUT, 'campaign-results');
  await c.size(1024, 700);
  await page.getByRole('navigation').getByText('Results').click();
  const grid = page.getByRole('grid', { name: 'Results' });
  await expect(grid).toBeVisible();
  await c.still();
  await look(page, 'all');

  await grid.getByRole('row').nth(2).click(); // the newest one still runs
  const came = page.getByRole('button', { name: /^Came in [\d,]+$/ });
  await expect(came).toBeVisible();
  await c.still();
  for (const ask of await page.getByRole('button', { name: 'How is this counted?' }).all()) await ask.click();
  await expect(page.getByText(/^Ranges are 95%/)).toBeVisible();
  await look(page, 'how');

  // as many as the number says, by keys, and on to one of them
  const n = /[\d,]+$/.exec(await came.innerText())?.[0] ?? '';
  await came.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('grid')).toHaveAttribute('aria-rowcount', String(Number(n.replace(',', '')) + 1));
  await expect(dialog.getByText(/came in after the text arrived/)).toBeVisible();
  await look(page, 'people');
  await dialog.getByRole('grid').press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Customers' }).first()).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Compare two' }).click();
  await page.getByLabel('Second campaign').selectOption({ index: 3 });
  await expect(page.getByText(/more came in after|can’t be told apart/)).toBeVisible();
  await c.still();
  await look(page, 'two');
  await r.close();
});
