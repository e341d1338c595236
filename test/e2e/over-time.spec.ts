import { expect, type Page, test } from '@playwright/test';
import { violations } from '../support/axe';
import { openPractice } from '../support/launch';
import { Camera } from '../support/shots';

const OUT = process.env['REGULARS_SHOTS_OUT'] ?? 'test-results/over-time';

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
test('results over time: every drawing tells what it shows, and a cell of the map becomes a group', async () => {
  test.setTimeout(120_000);
  const r = await openPractice();
  const { page } = r;
  const c = new Camera(r, OUT, 'over-time');
  await c.size(1024, 700);
  await expect(page.getByRole('navigation').getByText('Results')).toBeVisible();
  await page.getByRole('navigation').getByText('Results').click();
  await page.getByText('Over time', { exact: true }).click();
  await expect(page.getByText(/^The last four whole weeks took /)).toBeVisible();
  await expect(page.getByText(/^Busiest is .* slowest /)).toBeVisible();
  await expect(page.getByText(/^Of 100 people who signed up, /)).toBeVisible();

  const takings = page.getByRole('figure', { name: /^The last four whole weeks took/ });
  await takings.getByRole('button', { name: 'Show as table' }).press('t');
  await expect(takings.getByRole('columnheader', { name: 'Discounts' })).toBeVisible();
  await takings.getByRole('button', { name: 'Show as chart' }).press('t');

  const cell = page.getByRole('button', { name: /^[\d,]+ people\. How often: Most often\. How lately: Latest\./ });
  const people = (await cell.innerText()).trim();
  await cell.click();
  await expect(page.getByText('How often: Most often. How lately: Latest.', { exact: true })).toBeVisible();
  await look(page, 'cell');
  await page.getByRole('button', { name: 'Make a group of them' }).click();
  // the group holds as many people as the cell said
  await expect(page.getByRole('heading', { name: 'Most often, latest' })).toBeVisible();
  await expect(
    page
      .getByRole('button', { name: `All ${people}` })
      .or(page.getByText(`${people} people`))
      .first(),
  ).toBeVisible();
  await r.close();
});
