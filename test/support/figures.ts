import type { Page } from '@playwright/test';

/** Cents as the screens show them. */
export const dollars = (cents: number) => (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' });

/** Every figure on the screen: tiles by their label, tables row by row, the verdicts in words. */
export async function figuresOf(page: Page): Promise<{ text: string[]; tables: string[][][] }> {
  return page.locator('main').evaluate((main) => ({
    text: (main as HTMLElement).innerText.split('\n').filter((line) => /\d/.test(line)),
    tables: [...main.querySelectorAll('table')].map((t) =>
      [...t.querySelectorAll('tr')].map((r) => [...r.querySelectorAll('th, td')].map((c) => (c.textContent ?? '').trim())),
    ),
  }));
}
