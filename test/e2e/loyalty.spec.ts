import { shopDay } from '@domain/calendar';
import type { UtcMs, Zone } from '@domain/kernel';
import { expect, test } from '@playwright/test';
import { openPractice } from '../support/launch';
import { Camera } from '../support/shots';
import { loyaltyWalk, noRewardsWalk } from '../support/shots-loyalty';

/** Where pictures go; nothing is photographed without it. */
const OUT = process.env['REGULARS_SHOTS_OUT'];

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
    await page.getByRole('navigation').getByRole('button', { name: 'Offers', exact: true }).click();
    await page.getByRole('button', { name: 'Rewards' }).click();
    await page.getByRole('button', { name: 'What you owe' }).click();
    const given = page.getByRole('row', { name: /^Reward: \$10 off/ }).getByRole('cell');
    await expect(given.nth(-2)).toHaveText(/^[1-9]/);
    await expect(given.nth(-1)).toHaveText(/^[1-9]/);
    const offers = await r.call<{ name: string; redeemed: number }[]>('offers/list');
    expect(offers.find((o) => o.name === 'Reward: $10 off')?.redeemed).toBe(1);
  } finally {
    await r.close();
  }
});

test('rewards are photographed', async () => {
  test.skip(!OUT);
  test.setTimeout(900_000);
  await noRewardsWalk(OUT ?? '');
  const r = await openPractice();
  try {
    const c = new Camera(r, OUT ?? '', 'rewards');
    await loyaltyWalk(c, shopDay(Date.now() as UtcMs, 'America/New_York' as Zone));
    expect(c.missing).toEqual([]);
  } finally {
    await r.close();
  }
});
