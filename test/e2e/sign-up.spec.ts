import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { openDb } from '@db/open';
import { expect, type Page, test } from '@playwright/test';
import { openPractice, type Regulars } from '../support/launch';

const shots = process.env['REGULARS_SHOTS'];
const rows = <T>(r: Regulars, sql: string, ...params: unknown[]): T[] => {
  const db = openDb(join(r.dataDir, 'practice', 'shop.sqlite'), { readonly: true });
  try {
    return db.raw.prepare(sql).all(...params) as T[];
  } finally {
    db.close();
  }
};
async function look(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.waitForTimeout(theme === 'dark' ? 900 : 300);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(
      violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`),
      `${name} ${theme}`,
    ).toEqual([]);
    if (shots) await page.screenshot({ path: join(shots, `${name}-${theme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

test.describe('one window, turned to the customer', () => {
  test.describe.configure({ mode: 'serial' });
  let r: Regulars;
  test.beforeAll(async () => {
    r = await openPractice();
    await expect(r.page.getByRole('navigation').getByText('Campaigns')).toBeVisible();
  });
  test.afterAll(() => r.close());

  test('nothing else of the app can be reached, and a PIN takes it back', async () => {
    const { page } = r;
    // the menu is there a moment before its keys are
    await expect(async () => {
      await page.keyboard.press('F3');
      await expect(page.getByLabel('Your mobile number')).toBeFocused({ timeout: 2000 });
    }).toPass();
    await look(page, 'form');
    for (const key of ['Control+k', 'F2', 'F4', 'Escape', 'Control+2', 'Control+p', 'Control+l', 'Control+w', 'Alt+F4'])
      await page.keyboard.press(key);
    await r.app.evaluate(({ BrowserWindow }) => {
      const w = BrowserWindow.getAllWindows()[0];
      w?.webContents.send('event', 'menu', { go: 'customers' });
      w?.webContents.send('event', 'menu', { do: 'palette' });
      w?.close();
    });
    await expect(page.getByLabel('Your mobile number')).toBeVisible();
    expect(await r.app.evaluate(({ Menu }) => Menu.getApplicationMenu() === null)).toBe(true);
    await expect(page.getByRole('navigation')).toHaveCount(0);
    for (const channel of ['customers/list', 'counter/find', 'session/unlock', 'shell/pick-file', 'session/lock'])
      await expect(
        r.call(
          channel,
          channel === 'counter/find'
            ? { text: 'a' }
            : channel === 'session/unlock'
              ? { staffId: 1, pin: '2468' }
              : channel === 'shell/pick-file'
                ? { kind: 'csv' }
                : {},
        ),
      ).rejects.toThrow('session.locked');

    await page.keyboard.type('4155550123');
    await expect(page.getByLabel('Your mobile number')).toHaveValue('(415) 555-0123');
    await page.getByLabel('First name (optional)').fill('Rosa');
    await page.getByRole('button', { name: '2 a month' }).click();
    await page.getByRole('button', { name: 'Español' }).click();
    await expect(page.getByText(/Hasta 2 mensajes/)).toBeVisible();
    await page.getByRole('button', { name: '¿También por correo?' }).click();
    await look(page, 'form-es-email');
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByLabel('Your mobile number')).toHaveValue('(415) 555-0123');
    await page.getByRole('checkbox', { name: /Yes, text me/ }).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText('Thank you, Rosa!')).toBeVisible();
    await look(page, 'thanks');
    expect(rows(r, 'SELECT kind, method, promise_max, device FROM consent_event ORDER BY id DESC LIMIT 1')).toEqual([
      { kind: 'signed-up', method: 'screen', promise_max: 2, device: 'counter' },
    ]);
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('Please turn the screen back to us.')).toBeVisible();
    await page.getByRole('button', { name: 'Back to staff' }).click();
    await look(page, 'pin');
    await page.keyboard.type('0000');
    await page.keyboard.press('Enter');
    await expect(page.getByText('This PIN is not right.')).toBeVisible();
    await page.keyboard.type('2468');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Counter' })).toBeVisible();
    await expect(page.getByText('Rosa signed up. They may be texted.')).toBeVisible();
    expect(await r.app.evaluate(({ Menu }) => Menu.getApplicationMenu() !== null)).toBe(true);
    await expect(page.getByRole('navigation').getByText('Campaigns')).toBeVisible();
  });

  test('after a reload in the middle it is still the customer’s', async () => {
    const { page } = r;
    await page.keyboard.press('F3');
    await expect(page.getByLabel('Your mobile number')).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('Your mobile number')).toBeVisible();
    await page.getByRole('button', { name: 'Staff' }).click();
    await page.keyboard.type('2468');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Counter' })).toBeVisible();
  });

  test('choices of the person in front: fewer texts, by their own hand', async () => {
    const { page } = r;
    await page.getByRole('textbox', { name: 'Find a person or a code' }).fill('4155550123');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Choices' }).first().click();
    await expect(page.getByText('For the number that ends in 0123')).toBeVisible();
    await look(page, 'choices');
    await page.getByRole('button', { name: '1 a month' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'Saved' })).toBeVisible();
    expect(rows(r, 'SELECT kind, method, promise_max FROM consent_event ORDER BY id DESC LIMIT 1')).toEqual([
      { kind: 'preferred', method: 'screen', promise_max: 1 },
    ]);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Back to staff' }).click();
    await page.keyboard.type('2468');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Counter' })).toBeVisible();
  });

  test('a card handed over, a member without a phone and their card, a day caught up by keyboard', async () => {
    const { page } = r;
    await page.keyboard.press('Escape'); // no receipt for the one before
    await page.keyboard.press('F6');
    await expect(page.getByText('Noted under “Finish later”.')).toBeVisible();
    await look(page, 'counter-later');
    await page.getByRole('button', { name: 'Take off' }).click();
    await page.getByRole('button', { name: 'They left' }).click();
    await expect(page.locator('[data-later]')).toHaveCount(0);
    await page.getByRole('button', { name: 'Member without a phone' }).click();
    await page.getByLabel('First name (optional)').fill('Bea');
    await page.getByRole('button', { name: 'Make the card' }).click();
    await expect(page.getByRole('img', { name: /Number M \d{4} \d{4}/ }).first()).toBeVisible();
    await look(page, 'card');
    if (shots) await page.pdf({ path: join(shots, 'card.pdf'), printBackground: true }).catch(() => undefined);
    const [card] = rows<{ number: string }>(r, 'SELECT number FROM member_card');
    expect(card?.number).toMatch(/^M\d{8}$/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Catch up' }).click();
    await page.getByLabel('Day', { exact: true }).selectOption({ index: 1 });
    const codes = rows<{ code: string }>(
      r,
      "SELECT code FROM offer_code WHERE state = 'issued' AND issued_at < ? AND expires_at > ? LIMIT 20",
      Date.now() - 3 * 86_400_000,
      Date.now(),
    );
    const box = page.locator('[data-catch-up]');
    await box.focus();
    for (const { code } of codes) {
      await page.keyboard.type(code);
      await page.keyboard.press('Enter');
    }
    await page.keyboard.type('K7M4Q9X');
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-line="good"]')).toHaveCount(codes.length);
    await expect(page.locator('[data-line="bad"]')).toHaveCount(1);
    await look(page, 'catch-up');
    expect(
      rows<{ n: number }>(
        r,
        "SELECT count(*) n FROM audit WHERE action = 'offer.redeemed' AND json_extract(detail, '$.happenedAt') < at - 36000000",
      ),
    ).toEqual([{ n: codes.length }]);
    await page.keyboard.press('Escape');
  });
});

test('a second window for customers: idle, form, thanks, each seen by staff; it can do nothing else and cannot be closed', async () => {
  const r = await openPractice({ env: { REGULARS_CUSTOMER_DISPLAY: '1' } });
  try {
    const { page } = r;
    await expect(page.getByRole('navigation').getByText('Campaigns')).toBeVisible();
    await expect.poll(() => r.app.windows().length).toBe(2);
    const theirs = r.app.windows().find((w) => w.url().includes('display.html')) as Page;
    await expect(theirs.getByText('Join our list: just ask us.')).toBeVisible();
    await look(theirs, 'display-idle');
    await expect(theirs.getByRole('button')).toHaveCount(0);
    const call = (channel: string, input: unknown = {}) =>
      theirs.evaluate(
        ([c, i]) =>
          (
            globalThis as unknown as { regulars: { invoke(c: string, i: unknown): Promise<{ ok: boolean; error?: { code: string } }> } }
          ).regulars.invoke(c as string, i),
        [channel, input] as const,
      );
    for (const [channel, input] of [
      ['customers/list', {}],
      ['counter/find', { text: 'ana', final: true }],
      ['session/state', {}],
      ['session/unlock', { staffId: 1, pin: '2468' }],
      ['shell/status', {}],
      ['shell/save-text', { name: 'x', text: 'x' }],
      ['sign-up/turn', { language: 'en' }],
    ] as const)
      expect(await call(channel, input), channel).toMatchObject({ ok: false, error: { code: 'session.locked' } });
    expect(await call('display/leave', { unlock: null })).toMatchObject({ ok: false });

    await page.keyboard.press('F3');
    await expect(theirs.getByLabel('Your mobile number')).toBeVisible();
    await expect(page.getByText('is typing their number')).toBeVisible();
    await expect(page.getByRole('navigation').getByText('Campaigns')).toBeVisible(); // staff keep their screen
    await theirs.getByLabel('Your mobile number').fill('4155550144');
    await expect(page.getByText('typed a number')).toBeVisible();
    expect(await page.evaluate(() => document.body.innerText)).not.toContain('555-0144');
    await theirs.getByRole('checkbox', { name: /Yes, text me/ }).check();
    await expect(page.getByText('ticked the box')).toBeVisible();
    await look(page, 'staff-waits');
    await theirs.getByRole('button', { name: 'Continue' }).click();
    await expect(theirs.getByText('Thank you!')).toBeVisible();
    await theirs.getByRole('button', { name: 'Done' }).click();
    await expect(theirs.getByText('Join our list: just ask us.')).toBeVisible();
    await expect(page.getByText('The customer signed up. They may be texted.')).toBeVisible();
    expect(rows(r, 'SELECT method, device FROM consent_event ORDER BY id DESC LIMIT 1')).toEqual([{ method: 'screen', device: 'display' }]);

    // staff break it off: nothing of it stays on the other window
    await page.keyboard.press('F3');
    await theirs.getByLabel('Your mobile number').fill('4155550155');
    await page.getByRole('button', { name: 'Break off' }).click();
    await expect(theirs.getByText('Join our list: just ask us.')).toBeVisible();
    expect(await theirs.evaluate(() => document.documentElement.outerHTML)).not.toContain('0155');

    // it cannot be closed, reloaded into something else, or used to open windows
    await r.app.evaluate(({ BrowserWindow }) => {
      for (const w of BrowserWindow.getAllWindows()) if (w.webContents.getURL().includes('display.html')) w.close();
    });
    await theirs.evaluate(() => {
      location.href = 'app://bundle/index.html';
      window.open('app://bundle/index.html');
    });
    await theirs.waitForTimeout(300);
    expect(r.app.windows()).toHaveLength(2);
    expect(theirs.url()).toContain('display.html');

    // a backend that dies and comes back knows it is still a customer's window
    await r.app.evaluate(() =>
      (globalThis as unknown as { regularsShell: { host: { restart(): Promise<void> } } }).regularsShell.host.restart(),
    );
    await expect.poll(async () => (await call('display/state')).ok, { timeout: 30_000 }).toBe(true);
    expect(await call('session/state')).toMatchObject({ ok: false });
  } finally {
    await r.close();
  }
});
