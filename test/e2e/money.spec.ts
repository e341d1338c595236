import { mkdirSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { violations } from '../support/axe';
import { openPractice } from '../support/launch';
import { Camera } from '../support/shots';

const OUT = process.env['REGULARS_SHOTS_OUT'] ?? 'test-results/money';

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
test('the till check says what its discounts mean and lists receipts without a code; margins stand beside takings', async () => {
  test.setTimeout(240_000);
  const r = await openPractice();
  const { page } = r;
  mkdirSync(OUT, { recursive: true });
  const c = new Camera(r, OUT, 'money');
  await c.size(1024, 700);
  // a wish sent before the owner's menu stands is lost
  await expect(page.getByRole('navigation').getByText('Offers')).toBeVisible();
  await page.getByRole('navigation').getByText('Offers').click();
  await page.getByRole('button', { name: 'Till check' }).click();
  await expect(page.getByText('Which of these at your till mean a text offer?')).toBeVisible();
  await look(page, 'till-names');
  await page
    .getByRole('button', { name: /: A text offer$/ })
    .first()
    .click();
  await expect(page.getByText(/The till shows .* text discounts, the counter recorded/)).toBeVisible();
  await page.getByRole('button', { name: '10% off: A text offer' }).click();
  await expect(page.getByText(/with a text discount and no code/)).toBeVisible();
  await page
    .getByLabel(/^Why has receipt/)
    .first()
    .selectOption({ label: 'Wrong key' });
  await expect(page.getByText('Noted.').first()).toBeVisible();
  await look(page, 'till-check-open');

  await page.getByRole('navigation').getByText('Results').click();
  await page.getByRole('button', { name: 'Margins', exact: true }).click();
  const first = page.getByLabel(/^Margin of .* in percent$/).first();
  await expect(first).toBeVisible();
  await first.fill('120');
  await expect(page.getByText('0 to 100')).toBeVisible();
  await first.fill('52.5');
  await look(page, 'margins-typed');
  await page.getByRole('button', { name: 'Save 1 margin' }).click();
  await expect(page.getByText(/^Saved\./).first()).toBeVisible();
  await expect(first).toHaveValue('52.5');
  await page.getByRole('button', { name: 'Things', exact: true }).click();
  await expect(page.getByText('its category').first()).toBeVisible();
  await r.close();
});
