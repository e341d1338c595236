import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCode } from '@domain/offers/code';
import { expect, type Page, test } from '@playwright/test';
import { reading } from '../support/app-kill-lab';
import { nextFile } from '../support/demo';
import { freshDir, launch, openPractice, type Regulars } from '../support/launch';

/** Bad input in the real window: each has words of its own and leaves everything as it was. */
const go = (page: Page, name: string) => page.getByRole('navigation').getByRole('button', { name, exact: true }).click();

test.describe('bad input', () => {
  let r: Regulars;
  let figures: unknown;
  const now = async () => ({
    people: (await r.call<{ total: number }>('customers/list', { limit: 1 })).total,
    imports: (await r.call<{ rows: { state: string }[] }>('imports/list', { offset: 0, limit: 50 })).rows.filter((i) => i.state === 'done')
      .length,
  });
  test.beforeAll(async () => {
    r = await openPractice();
    await expect(r.page.getByRole('navigation').getByText('Campaigns')).toBeVisible();
    figures = await now();
  });
  test.afterAll(() => r?.close());

  const ITEMS =
    'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID\n';
  const FILES: [name: string, content: string | Buffer, words: RegExp, what: string][] = [
    ['sales.xlsx', Buffer.from('PK\u0003\u0004\u0014\u0000 [Content_Types].xml xl/workbook.xml'), /Excel workbook/, 'a workbook'],
    ['report.pdf', '%PDF-1.7\n1 0 obj', /This is a PDF/, 'a PDF'],
    [
      'deposits.csv',
      'Deposit Date,Deposit ID,Deposit Status,Deposit Amount\n2026-11-02,ABC,Paid,$120.00\n',
      /deposits to your bank/,
      'Square’s deposits',
    ],
    [
      'cut-short.csv',
      `${ITEMS}2026-11-10,12:00:00,Eastern Time (US & Canada),Shoes,"Boot,1,Regular,,,$10.00,$0.00,$10.00`,
      /breaks off in the middle of a field \(line 2\)/,
      'a quote left open',
    ],
    ['empty.csv', '', /nothing in this file/i, 'an empty file'],
    ['header-only.csv', ITEMS, /nothing in this file/i, 'only a header'],
    [
      'picked.csv',
      'Date,Item,Price Point Name,Modifiers Applied,Net Sales\n2026-11-01,Boot,Regular,,$1.00\n',
      /without the column Transaction ID/,
      'columns left out',
    ],
  ];
  for (const [name, content, words, what] of FILES) {
    test(`a wrong file: ${what}`, async () => {
      const { page } = r;
      await go(page, 'Import');
      const path = join(freshDir('files'), name);
      writeFileSync(path, content);
      await nextFile(r, path);
      await page
        .getByRole('button', { name: /Choose a file|Import another file/ })
        .first()
        .click();
      await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
      await expect(page.getByRole('button', { name: /^Import (?!another)/ })).toHaveCount(0);
      // The way on is where the message is.
      const another = page.getByRole('button', { name: /Choose a file|Import another file/ }).first();
      await expect(another).toBeEnabled();
      expect(await now()).toEqual(figures);
    });
  }

  test('a text with no body cannot be checked or sent', async () => {
    const { page } = r;
    const groups = await r.call<{ id: number }[]>('segments/list');
    const fields = {
      name: 'Nothing to say',
      segmentId: groups[0]?.id,
      body: '',
      offerId: null,
      addStopLine: true,
      holdout: 'auto',
      goal: { kind: 'none', target: null },
      windowDays: 14,
    };
    const { id } = await r.call<{ id: number }>('campaigns/save', { id: null, fields });
    await go(page, 'Campaigns');
    await page.getByText('Nothing to say').first().click();
    const check = page.getByRole('button', { name: 'Check and send' });
    await expect(check).toBeDisabled();
    await page.getByRole('textbox', { name: 'Text' }).fill('   ');
    await expect(check).toBeDisabled();
    // Asked past the button, the review says why and gives nothing to send with.
    const review = await r.call<{ quoteToken: string | null; checks: { code: string; level: string }[] }>('campaigns/review', { id });
    expect(review.quoteToken).toBeNull();
    expect(review.checks).toContainEqual({ code: 'empty-text', level: 'stop' });
    expect((await r.call<{ state: string }>('campaigns/get', { id })).state).toBe('draft');
    // A field nobody knows is named while typing, and keeps the text from leaving.
    await page.getByRole('textbox', { name: 'Text' }).fill('{shop}: hello {frist name}');
    await expect(
      page
        .getByText(/frist name/)
        .and(page.locator(':not(textarea)'))
        .first(),
    ).toBeVisible();
    await check.click();
    await expect(page.getByText('A field in braces is not one we know')).toBeVisible();
    await expect(page.getByText('Mend what is marked red, then send.')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Text \d/ })).toHaveCount(0);
  });

  test('a code typed wrong, never given out, and used twice', async () => {
    const { page } = r;
    const codes = () =>
      reading(r.dataDir, (all) =>
        all<{ code: string; state: string; expires_at: number }>('SELECT code, state, expires_at FROM offer_code ORDER BY code'),
      );
    const before = codes();
    const good = before.find((c) => c.state === 'issued')?.code ?? '';
    const used = before.find((c) => c.state === 'redeemed')?.code ?? '';
    expect([good, used]).not.toContain('');
    await go(page, 'Counter');
    const box = page.getByRole('textbox', { name: /Find a person or a code/ });
    const type = async (code: string) => {
      await page.keyboard.press('F4');
      await box.fill(code);
      await page.keyboard.press('Enter');
    };
    const other = good[3] === 'K' ? 'M' : 'K';
    await type(`${good.slice(0, 3)}${other}${good.slice(4)}`);
    await expect(page.getByRole('alert')).toContainText('There is a mistake in this code');
    // Rightly formed, but nobody ever got it.
    let n = 0;
    let stranger = '';
    do stranger = makeCode((count) => Uint8Array.from({ length: count }, () => (n = (n * 31 + 7) % 251)));
    while (before.some((c) => c.code === stranger));
    await type(stranger);
    await expect(page.getByRole('alert')).toContainText('We never gave out this code');
    await type(used);
    await expect(page.getByRole('alert')).toContainText('Already redeemed');
    await expect(page.getByRole('button', { name: 'Redeem', exact: true })).toHaveCount(0);
    expect(codes()).toEqual(before);
  });

  test('a wrong PIN says so; after five the pad rests and the counter goes on', async () => {
    const { page } = r;
    await r.call('session/lock');
    await page.getByRole('button', { name: /Sign in/ }).click();
    await page.getByRole('button', { name: /Olga/ }).click();
    const status = page.getByRole('status');
    for (let i = 1; i <= 5; i++) {
      await page.keyboard.type('1111');
      await page.keyboard.press('Enter');
      await expect(status.filter({ hasText: i < 5 ? 'That PIN is not right' : /That PIN is not right|Too many wrong PINs/ })).toBeVisible();
    }
    await page.keyboard.type('2468');
    await page.keyboard.press('Enter');
    await expect(status.filter({ hasText: /Too many wrong PINs\. Try again in \d+ s/ })).toBeVisible();
    expect((await r.call<{ role: string }>('session/state')).role).toBe('staff');
    await page.getByRole('button', { name: 'Back to the counter' }).click();
    await expect(page.getByRole('textbox', { name: /Find a person or a code/ })).toBeVisible();
  });
});

test('the passphrase of the vault: chosen, wrong, right', async () => {
  const dataDir = freshDir('vault');
  const env = { REGULARS_PASSPHRASE: '' };
  const first = await launch({ dataDir, env });
  await expect(first.page.getByRole('heading', { name: 'Choose a passphrase' })).toBeVisible();
  const boxes = first.page.locator('input[type="password"]');
  await boxes.nth(0).fill('short');
  await boxes.nth(1).fill('short');
  await first.page.getByRole('button', { name: 'Open the shop' }).click();
  await expect(first.page.getByText('At least 8 letters or numbers.')).toBeVisible();
  await boxes.nth(0).fill('four brown boots');
  await boxes.nth(1).fill('four brown bots');
  await first.page.getByRole('button', { name: 'Open the shop' }).click();
  await expect(first.page.getByText('The two are not the same.')).toBeVisible();
  await boxes.nth(1).fill('four brown boots');
  await first.page.getByRole('button', { name: 'Open the shop' }).click();
  await expect(first.page.getByRole('heading', { level: 1, name: /What is your shop called/ })).toBeVisible();
  await first.close();

  const again = await launch({ dataDir, env });
  await expect(again.page.getByRole('heading', { name: 'Type your passphrase' })).toBeVisible();
  const box = again.page.locator('input[type="password"]');
  await box.fill('Four brown boots');
  await again.page.getByRole('button', { name: 'Open the shop' }).click();
  await expect(again.page.getByRole('alert')).toContainText('That passphrase is not right');
  await box.fill('four brown boots');
  await again.page.getByRole('button', { name: 'Open the shop' }).click();
  await expect(again.page.getByRole('heading', { level: 1, name: /What is your shop called/ })).toBeVisible();
  await again.close();
});
