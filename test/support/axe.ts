import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const asTold = async (axe: AxeBuilder): Promise<string[]> =>
  (await axe.analyze()).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`);

/** WCAG 2.2 AA and good practice on the screen as it stands; empty when it is clean. */
export const violations = (page: Page): Promise<string[]> =>
  asTold(new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']));

/** The rules whose answer depends on the theme; all others are of the structure, which is the same in both. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** The same on the screen in light and in dark. */
export async function violationsInBoth(page: Page): Promise<string[]> {
  await wear(page, 'light');
  const light = await violations(page);
  await wear(page, 'dark');
  const dark = await asTold(new AxeBuilder({ page }).setLegacyMode(true).withRules(OF_COLOURS));
  await wear(page, 'light');
  return [...light.map((v) => `light: ${v}`), ...dark.map((v) => `dark: ${v}`)];
}

async function wear(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const worn = () => page.evaluate(() => document.documentElement.dataset['mantineColorScheme']);
  if ((await worn()) === colorScheme) return;
  await expect.poll(worn).toBe(colorScheme);
  await page.waitForTimeout(150);
}

/** A screen as it is seen: clean in both themes, nothing to scroll sideways; a picture of each where `REGULARS_SHOTS_OUT` asks for them. */
export async function lookAt(page: Page, name: string): Promise<void> {
  expect(await violationsInBoth(page), name).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
  const out = process.env['REGULARS_SHOTS_OUT'];
  if (out === undefined) return;
  for (const theme of ['light', 'dark'] as const) {
    await wear(page, theme);
    await page.waitForTimeout(theme === 'dark' ? 1100 : 350);
    await page.screenshot({ path: `${out}/${name}-${theme}.png` });
  }
  await wear(page, 'light');
}
