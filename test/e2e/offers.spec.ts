import { expect, test } from '@playwright/test';
import { box, byHand, scan } from '../support/counter-shift';
import { openPractice } from '../support/launch';

/** One offer of each kind, made by the owner and redeemed at the counter by its code; what speaks against one is said, and waved through. */
test('offers of every kind are made, and redeemed at the counter as they say', async () => {
  test.setTimeout(180_000);
  const r = await openPractice();
  const { page } = r;
  const till = page.locator('[data-till]');

  // "2 for $30" on boots, on no day but today: made by hand, with its words beside it.
  await page
    .getByRole('link', { name: 'Offers' })
    .or(page.getByRole('button', { name: 'Offers', exact: true }))
    .first()
    .click();
  await page.getByRole('button', { name: 'New offer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name, as your staff will see it').fill('Two pairs of socks');
  await dialog.getByLabel('What people get').selectOption('bundle');
  await dialog.getByLabel('Buy', { exact: true }).fill('2');
  await dialog.getByLabel('For together').fill('30');
  const preview = dialog.getByRole('complementary');
  await expect(preview.getByText('2 for $30.00')).toBeVisible();
  await expect(preview.getByText('2 por $30.00')).toBeVisible();
  await expect(preview.locator('[data-qr]')).toBeVisible();
  await dialog.getByRole('button', { name: 'More rules' }).click();
  await dialog.getByLabel('Categories').fill('Socks');
  await page.keyboard.press('Enter');
  await expect(preview.getByText('2 for $30.00 on Socks')).toBeVisible();
  await dialog.getByLabel('Uses of each code').fill('2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Offer made')).toBeVisible();
  await expect(page.getByRole('row', { name: /Two pairs of socks.*2 for \$30\.00 on Socks/ })).toBeVisible();
  await expect(page.getByText('Worth a look')).toBeVisible();

  const listed = await r.call<{ id: number; name: string }[]>('offers/list');
  const socks = listed.find((o) => o.name === 'Two pairs of socks')?.id ?? 0;
  const save = async (o: Record<string, unknown>) =>
    (await r.call<{ id: number }>('offers/save', { id: null, validDays: 14, codeMode: 'personal', ...o })).id;
  const code = async (offerId: number) => (await r.call<{ codes: string[] }>('offers/make-paper', { offerId, count: 1 })).codes[0] ?? '';
  /** Every day but today by any clock this test may run at. */
  const today = new Date().getUTCDay();
  const notToday = [1, 2, 4].reduce((mask, n) => mask | (1 << ((today + n + 1) % 7)), 0);

  const ready = () => expect(page.getByRole('button', { name: /^(Yes, redeem|Redeem)$/ })).toBeFocused();
  const done = async (says: string) => {
    await ready();
    await page.keyboard.press('Enter');
    await expect(till.getByRole('heading', { name: says })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(till).toHaveCount(0);
    await expect(box(page)).toBeFocused();
  };
  await expect(async () => {
    await page.keyboard.press('F2');
    await expect(box(page)).toBeFocused({ timeout: 1000 });
  }).toPass();

  // Two uses of one code, and no third.
  const socksCode = await code(socks);
  for (const left of ['2 uses left', 'last use']) {
    await scan(page, socksCode);
    await expect(page.getByText('Make sure it is for Socks.')).toBeVisible();
    await expect(page.getByText(left)).toBeVisible();
    await done('Give: 2 for $30.00 on Socks');
  }
  await scan(page, socksCode);
  await expect(page.getByText('Already redeemed')).toBeVisible();
  await page.keyboard.press('Escape');

  // The plain kinds.
  await scan(page, await code(await save({ name: 'Percent', kind: 'percent', percent: 20 })));
  await done('Key 20% off');
  await scan(page, await code(await save({ name: 'Amount', kind: 'amount', amount: 1000 })));
  await done('Take $10.00 off');
  await scan(page, await code(await save({ name: 'Item', kind: 'free-item', item: 'laces' })));
  await done('Ring up laces as $0.00');
  const points = await code(await save({ name: 'Points', kind: 'points', points: 50 }));
  await scan(page, points);
  await ready();
  await page.keyboard.press('Enter');
  await expect(till.getByText('Otherwise add them where you keep them')).toBeVisible();
  await page.keyboard.press('Enter');

  // Too little spent, and not today: said plainly, and the owner waves it through.
  await scan(page, await code(await save({ name: 'Big spender', kind: 'percent', percent: 10, minSpend: 4000 })));
  await expect(page.getByText('Make sure they spend $40.00 or more.')).toBeVisible();
  await page.getByLabel(/Amount paid/).fill('12');
  await page.keyboard.press('Enter');
  await expect(page.getByText('They spend too little for this offer')).toBeVisible();
  await page.getByRole('button', { name: 'Honour it anyway' }).click();
  await expect(till).toBeVisible();
  await page.keyboard.press('Enter');
  await scan(page, await code(await save({ name: 'Other days', kind: 'other', weekdays: notToday })));
  await expect(page.getByText('Not today')).toBeVisible();
  await page.getByRole('button', { name: 'Honour it anyway' }).click();
  await expect(page.getByText('Honoured by the owner')).toBeVisible();
  await done('Give: Other days');

  // For members: the poster's code is not enough; on a member's card it is one press.
  await save({ name: 'Members', kind: 'percent', percent: 5, codeMode: 'shared', sharedCode: 'CLUB5', membersOnly: true });
  await scan(page, 'CLUB5');
  await expect(page.getByText('Find them by name or number first.')).toBeVisible();
  await page.keyboard.press('Escape');
  await r.call('sign-up/member', { firstName: 'Zenobia', lastName: 'Quill', language: 'en' });
  await byHand(page, 'Zenobia');
  await page.keyboard.press('Enter');
  const offer = page.locator('[data-person]').first().getByRole('listitem').filter({ hasText: '5% off' }).first();
  await offer.getByRole('button', { name: 'Redeem' }).click();
  await done('Key 5% off');

  const list = await r.call<{ name: string; redeemed: number }[]>('offers/list');
  const made = new Set(['Two pairs of socks', 'Percent', 'Amount', 'Item', 'Points', 'Big spender', 'Other days', 'Members']);
  expect(Object.fromEntries(list.flatMap((o) => (made.has(o.name) ? [[o.name, o.redeemed]] : [])))).toEqual({
    'Two pairs of socks': 2,
    Percent: 1,
    Amount: 1,
    Item: 1,
    Points: 1,
    'Big spender': 1,
    'Other days': 1,
    Members: 1,
  });
  await r.close();
});
