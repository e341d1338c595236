import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { makeDesktop } from '../support/desktop';
import { freshDir, launch, openPractice, type Regulars } from '../support/launch';

/** WCAG 2.2 AA on every screen, in both themes. */
const SCREENS = ['This week', 'Counter', 'Customers', 'Groups', 'Campaigns', 'Replies', 'Offers', 'Results', 'Import', 'Settings'] as const;

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`);
}

const go = (page: Page, name: string) =>
  page
    .getByRole('navigation')
    .getByRole('link', { name, exact: true })
    .or(page.getByRole('navigation').getByRole('button', { name, exact: true }))
    .first()
    .click();

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    let r: Regulars;
    test.beforeAll(async () => {
      r = await openPractice();
      await r.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await expect(r.page.getByRole('navigation').getByText('Campaigns')).toBeVisible();
    });
    test.afterAll(() => r.close());

    for (const screen of SCREENS) {
      test(screen, async () => {
        await go(r.page, screen);
        await expect(r.page.getByRole('heading', { level: 1 }).first()).toBeVisible();
        await r.page.waitForTimeout(700); // skeletons are over
        expect(await violations(r.page)).toEqual([]);
      });
    }

    test('a person, a group, a campaign, sign-up and the palette', async () => {
      const { page } = r;
      await go(page, 'Customers');
      await page.getByRole('row').nth(2).click();
      await page.waitForTimeout(700);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Control+k');
      await page.waitForTimeout(500);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await go(page, 'Customers');
      await page.getByRole('button', { name: /possible duplicate/ }).click();
      await page.waitForTimeout(700);
      expect(await violations(page)).toEqual([]);
      await go(page, 'Counter');
      await page.keyboard.press('F3');
      await page.waitForTimeout(700);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
    });
  });

  test(`an import from the files to its report, ${theme}`, async () => {
    const r = await openPractice();
    const { page } = r;
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const desktop = makeDesktop(freshDir('axe-desktop'));
    const clean = async (what: string) => {
      await page.waitForTimeout(700);
      expect(await violations(page), what).toEqual([]);
    };
    await go(page, 'Import');
    for (const tab of ['Arrives by itself', 'Lists you explained', 'Where to find it']) {
      await page.getByRole('tab', { name: tab }).click();
      await clean(tab);
    }
    await r.app.evaluate(
      ({ dialog }, chosen) => {
        dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: chosen })) as typeof dialog.showOpenDialog;
      },
      [desktop.customers, desktop.itemsSpring, desktop.market, desktop.summary],
    );
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await expect(page.getByRole('button', { name: 'Start with customers.csv' })).toBeEnabled();
    await clean('files dropped together');
    await page.getByRole('button', { name: /^Explain it/ }).click();
    await page.getByRole('radio', { name: 'Sales' }).check();
    await page.getByLabel('Means: Was').selectOption('total');
    await clean('what the columns mean');
    await page.getByRole('button', { name: 'Back to the files' }).click();
    await page.getByRole('button', { name: /^Check this one: items/ }).click();
    const go_ = page.getByRole('button', { name: /^Import \d/ });
    await expect(go_).toBeVisible();
    await clean('checked');
    await go_.click();
    await expect(page.getByRole('button', { name: 'Undo this import' })).toBeVisible();
    await clean('report');
    await page.getByRole('button', { name: 'Back to the files' }).first().click();
    await page.getByRole('button', { name: 'Clear this list' }).click();
    await r.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
    }, desktop.ambiguous);
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await page.getByRole('button', { name: 'Check the file' }).click();
    await expect(page.getByText('only you can know')).toBeVisible();
    await clean('questions');
    await r.close();
  });

  test(`onboarding, ${theme}`, async () => {
    const r = await launch();
    await r.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect(r.page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await violations(r.page)).toEqual([]);
    await r.close();
  });
}
