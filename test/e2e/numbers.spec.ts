import { expect, test } from '@playwright/test';
import { violations } from '../support/axe';
import { openPractice, type Regulars, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';

/** Pictures of the screens, when a place for them is given. */
const OUT = process.env['REGULARS_SHOTS_OUT'];
const MORNING = Date.parse('2026-11-17T16:00:00Z');
const open: { stop(): void }[] = [];
test.afterEach(() => {
  for (const c of open.splice(0)) c.stop();
});

interface Row {
  id: number;
  why: string;
}
const listed = (r: Regulars, filter: string, offset = 0) =>
  r.call<{ total: number; rows: Row[] }>('numbers/cannot-text', { filter, offset, limit: 100 });

test('who cannot be texted: corrected on the spot, looked up for a price that is shown first, or dealt with in another way', async () => {
  test.setTimeout(OUT ? 480_000 : 180_000);
  const carrier = await startCarrier(['--any-account', '--people', '--seed', 'numbers', '--now', String(MORNING), '--rate', '1']);
  open.push(carrier);
  const r = await openPractice({
    env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`, TZ: 'America/New_York' },
  });
  const { page } = r;
  const camera = OUT ? new Camera(r, OUT, 'numbers') : null;
  const shoot = async (name: string) => {
    await camera?.screen(name, async () => undefined);
  };
  await camera?.size(1280, 800);

  await page.getByRole('navigation').getByRole('button', { name: 'Customers', exact: true }).click();
  await page.getByRole('button', { name: 'Can’t be texted' }).click();
  await expect(page.getByRole('heading', { name: 'Can’t be texted' })).toBeVisible();
  await expect(page.getByText(/best customers first/)).toBeVisible();
  await page.getByRole('row').nth(1).waitFor();
  expect(await violations(page)).toEqual([]);
  await shoot('list');
  const before = (await listed(r, 'numbers')).total;
  expect(before).toBeGreaterThan(5);

  // a landline: the mobile is told at the counter
  await page.getByRole('button', { name: /^Landline/ }).click();
  await expect(page.getByText(/A landline rings/)).toBeVisible();
  await shoot('landlines');
  await page
    .getByRole('button', { name: /^Correct the number of/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('New number').fill('123');
  await dialog.getByRole('button', { name: 'Save the number' }).click();
  await expect(dialog.getByText('This is not a whole phone number.')).toBeVisible();
  await shoot('fix');
  await dialog.getByLabel('New number').fill('(646) 321-4567');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await listed(r, 'numbers')).total).toBe(before - 1);

  // nobody at all without a number: other ways
  await page.getByRole('button', { name: /^No number/ }).click();
  await expect(page.getByText(/Nothing to text to/)).toBeVisible();
  await shoot('no-number');

  // the price first
  await page.getByRole('button', { name: 'Look numbers up…' }).click();
  await expect(dialog.getByText('Together')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await shoot('look-up-price');
  const quote = await r.call<{ count: number; price: number }>('numbers/look-up-quote', {});
  expect(quote.price).toBe(quote.count * 8000);
  await dialog.getByRole('button', { name: /^Look up for \$/ }).click();
  await expect(dialog.getByText(/Asking Twilio/).or(dialog.getByText(/asked:/))).toBeVisible();
  await shoot('look-up-running');
  await expect(dialog.getByText(/asked: .* mobile/)).toBeVisible({ timeout: 120_000 });
  await shoot('look-up-done');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

  // one person: what is known, and how; no smartphone
  const [first] = (await listed(r, 'landline')).rows;
  await page.getByRole('button', { name: /^Landline/ }).click();
  await page.getByRole('row').nth(1).click();
  await expect(page.getByText(/looked up|seen when texting|by its digits|by your records/).first()).toBeVisible();
  await page.getByRole('button', { name: 'No smartphone' }).click();
  await expect(page.getByText('no smartphone', { exact: true })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await shoot('person');
  expect(first).toBeDefined();

  if (camera) {
    await camera.size(1024, 700);
    await page.keyboard.press('Escape');
    await shoot('list-small');
    await camera.size(1280, 800);
    await camera.screen('account', async () => {
      await camera.go('account');
      await page.getByRole('heading', { name: 'Traffic on the account' }).scrollIntoViewIfNeeded();
    });
    await page.getByRole('navigation').getByRole('button', { name: 'Customers', exact: true }).click();
    await shoot('customers');
    await page.getByRole('button', { name: 'Can’t be texted' }).click();
    for (let rows = (await listed(r, 'numbers')).rows; rows.length > 0; rows = (await listed(r, 'numbers')).rows) {
      for (const row of rows) await r.call('customers/save', { id: row.id, fields: { phone: '' }, sharedNumber: true });
      if (rows.every((row) => row.why === 'not-a-number')) break;
    }
    await camera.still();
    await shoot('empty');
    expect(camera.missing).toEqual([]);
  }
  await r.close();
});
