import { expect, type Page } from '@playwright/test';
import { backToStaff } from './launch';

export const box = (page: Page) => page.getByRole('textbox', { name: 'Find a person or a code' });

/** Slower than any scanner (renderer/screens/counter/useScanner.ts), as fingers are. */
export const byHand = (page: Page, text: string) => page.keyboard.type(text, { delay: 60 });

/** What a scanner does: keys a few milliseconds apart, then Enter, into whatever has the focus. */
export async function scan(page: Page, text: string): Promise<void> {
  await page.evaluate(async (keys) => {
    for (const key of [...keys, 'Enter']) {
      const at = document.activeElement ?? document.body;
      const free = at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      // a real key types into what has the focus after its keydown was heard
      const now = document.activeElement;
      if (free && key.length === 1 && now instanceof HTMLInputElement) {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(now, now.value + key);
        now.dispatchEvent(new Event('input', { bubbles: true }));
      }
      if (free && key === 'Enter' && now instanceof HTMLInputElement) now.form?.requestSubmit();
      await new Promise((done) => setTimeout(done, 1));
    }
  }, text);
}

/** F3, the customer's own keys and tick, and the screen turned back with a PIN. Nobody waits for the page before they type. */
export async function signUp(page: Page, number: string, name: string): Promise<void> {
  await page.keyboard.press('F3');
  await page.keyboard.type(number, { delay: 30 });
  await expect(page.getByLabel('Your mobile number')).toHaveValue(`(${number.slice(0, 3)}) ${number.slice(3, 6)}-${number.slice(6)}`);
  await page.getByLabel(/First name/).focus();
  await page.keyboard.type(name);
  await page.getByRole('checkbox', { name: /Yes, text me/ }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Continue' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`Thank you, ${name}!`)).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).press('Enter');
  await backToStaff(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Counter' })).toBeVisible();
  // what a receipt could add is asked for; this one has none
  await toBox(page);
}

/** F2: the empty box, ready for the next one. */
export async function toBox(page: Page): Promise<void> {
  await page.keyboard.press('F2');
  await expect(box(page)).toBeFocused();
  await expect(box(page)).toHaveValue('');
}

/** Enter goes to the people found; one of several is opened by its digit. */
export async function openCard(page: Page, has: string): Promise<void> {
  await page.keyboard.press('Enter');
  const cards = page.locator('[data-person]');
  await expect(cards.first().locator('button:focus')).toHaveCount(1);
  const at = await cards.evaluateAll((all, text) => all.findIndex((p) => p.textContent?.includes(text)), has);
  expect(at, has).toBeGreaterThanOrEqual(0);
  if ((await cards.count()) > 1) await page.keyboard.press(String(at + 1));
  await expect(cards.nth(at).getByRole('button', { name: 'Add a wish' })).toBeVisible();
}

/** A shared code scanned and redeemed by Enter: the till words stand there and the receipt is asked for. */
export async function redeem(page: Page, code: string): Promise<void> {
  await scan(page, code);
  await expect(page.getByRole('button', { name: 'Redeem', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Key 10% off as TEXT10' })).toBeVisible();
  await expect(page.getByLabel(/Receipt number/)).toBeFocused();
}
