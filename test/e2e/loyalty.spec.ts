import { expect, test } from '@playwright/test';
import { openPractice } from '../support/launch';

test('the owner sees what rewards would cost, switches them on, and the counter fills a card and gives the reward', async () => {
  const r = await openPractice();
  const { page } = r;
  try {
    await page.getByRole('navigation').getByText('Offers').click();
    await page.getByRole('button', { name: 'Rewards' }).click();
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    // from points to a card per visit
    await page.getByRole('button', { name: 'A card per visit' }).click();
    await page.getByLabel('Visits needed').fill('1');
    await page.getByLabel('Reward', { exact: true }).selectOption({ label: 'Reward: $10 off' });
    await page.getByRole('button', { name: 'See what it costs' }).first().click();
    await expect(page.getByRole('heading', { name: /^About \$[\d,]+ a month$/ })).toBeVisible({ timeout: 20_000 });
    expect((await r.call<{ terms: { kind: string } }>('loyalty/programme')).terms.kind).toBe('points');
    await page.getByRole('button', { name: 'Change from today on' }).click();
    await expect(page.getByText('1 visit makes one reward')).toBeVisible();

    const added = await r.call<{ id: number }>('customers/save', { id: null, fields: { firstName: 'Zenobia', lastName: 'Quill' } });
    await page.getByRole('navigation').getByRole('button', { name: 'Counter', exact: true }).click();
    await page.locator('[data-big-box]').fill('Zenobia Quill');
    await page.keyboard.press('Enter');
    const card = page.locator(`[data-person="${added.id}"] [data-loyalty]`);
    await expect(card).toContainText('0 of 1 visits');
    await card.getByRole('button', { name: 'Count this visit' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Count it' }).click();
    await expect(card).toContainText('Reward ready');
    await card.getByRole('button', { name: 'Use reward' }).click();
    await page.getByRole('button', { name: 'Redeem', exact: true }).last().click();
    await expect(page.getByText('$10.00 off').first()).toBeVisible();
    const offers = await r.call<{ name: string; redeemed: number }[]>('offers/list');
    expect(offers.find((o) => o.name === 'Reward: $10 off')?.redeemed).toBe(1);
  } finally {
    await r.close();
  }
});
