import { expect, test } from '@playwright/test';
import { reading } from '../support/app-kill-lab';
import { violations, violationsInBoth } from '../support/axe';
import { type BackgroundShop, openBackground } from '../support/background';

/** Whoever quits while texts would stay behind is asked, told what each answer means, and nobody else is. */
test.describe.configure({ mode: 'serial' });
test.use({ trace: 'off' });

let shop: BackgroundShop;
test.afterAll(() => shop?.end());

const waiting = (s: BackgroundShop) =>
  reading(s.dataDir, (all) => all<{ n: number }>("SELECT count(*) AS n FROM outbox WHERE state IN ('waiting', 'sending')")[0]?.n ?? 0);

test('nothing waits: the window closes and the app is gone at once', async () => {
  shop = await openBackground();
  await shop.quit('window');
  expect(await shop.isGone()).toBe(true);
});

test('texts wait: quitting asks, with the truth about each choice; Cancel leaves everything as it was', async () => {
  shop = await openBackground({ dataDir: shop.dataDir, carrier: shop.carrier });
  const { people } = await shop.sendSlowly();
  expect(people).toBeGreaterThan(100);
  const { page } = shop;
  await shop.quit('menu');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText(/[\d,]+ texts have not left yet/);
  await expect(dialog).toContainText(/[\d,]+ are leaving now/);
  await expect(dialog).toContainText('They wait. Nothing leaves until Regulars is open again');
  await expect(dialog.getByRole('checkbox')).toHaveCount(0); // only closing the window can be settled for good
  expect(await violationsInBoth(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(await shop.isGone(1500)).toBe(false);
  const before = await shop.textsLeft();
  await expect.poll(() => shop.textsLeft()).toBeGreaterThan(before);
});

test('closing the window and keeping it running: texts go on without a window, and starting the app again shows it', async () => {
  const { page } = shop;
  await shop.quit('window');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: /Do the same whenever the window is closed/ }).check();
  await dialog.getByRole('button', { name: 'Keep running in the background' }).click();
  await expect.poll(() => shop.windowShown()).toBe(false);
  await expect.poll(async () => (await shop.desktop()).page?.says).toBe('Regulars: Texts are leaving');
  const before = await shop.textsLeft();
  await expect.poll(() => shop.textsLeft()).toBeGreaterThan(before + 2);
  await shop.app.evaluate(({ app }) => app.emit('second-instance', {}, ['regulars'], '/'));
  expect(await shop.windowShown()).toBe(true);
  // remembered: the next time nobody asks
  await shop.quit('window');
  await expect.poll(() => shop.windowShown()).toBe(false);
  await expect(dialog).toHaveCount(0);
});

test('Quit from the tray asks in the window; the texts wait for the next start and then go on', async () => {
  const { page } = shop;
  await shop.press('quit');
  await expect.poll(() => shop.windowShown()).toBe(true);
  // the window may be gone before the press is over
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Quit', exact: true })
    .click()
    .catch(() => undefined);
  expect(await shop.isGone()).toBe(true);
  expect((await shop.textsLeft()) > 0).toBe(true);
  expect(waiting(shop)).toBeGreaterThan(50);
  const left = await shop.textsLeft();
  shop = await openBackground({ dataDir: shop.dataDir, carrier: shop.carrier });
  await expect.poll(() => shop.textsLeft(), { timeout: 30_000 }).toBeGreaterThan(left);
  // ended as somebody wished: nothing to tell
  expect((await shop.call<{ notes: unknown[] }>('away/state')).notes).toEqual([]);
});

test('staff are asked without numbers', async () => {
  const { page } = shop;
  const { people } = await shop.call<{ people: { id: number; role: string }[] }>('session/state');
  await shop.call('session/unlock', { staffId: people.find((p) => p.role === 'staff')?.id, pin: '2468' });
  await shop.quit('menu');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/Some texts have not left yet|Quedan mensajes por enviar/)).toBeVisible();
  expect(await dialog.innerText()).not.toMatch(/\d/);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('a system that shuts down is not asked: the app ends in time, and the next start does not call it a crash', async () => {
  const began = Date.now();
  await shop.emit('shutdown').catch(() => undefined);
  expect(await shop.isGone(6000)).toBe(true);
  expect(Date.now() - began).toBeLessThan(6000);
  expect(waiting(shop)).toBeGreaterThan(0);
  shop = await openBackground({ dataDir: shop.dataDir, carrier: shop.carrier });
  expect((await shop.call<{ notes: unknown[] }>('away/state')).notes).toEqual([]);
});

test('the word a session of Linux ends programs with is taken as shutting down, too', async () => {
  test.skip(process.platform === 'win32', 'Windows ends programs without a signal');
  shop.app.process().kill('SIGTERM');
  expect(await shop.isGone(6000)).toBe(true);
  shop = await openBackground({ dataDir: shop.dataDir, carrier: shop.carrier });
  expect((await shop.call<{ notes: unknown[] }>('away/state')).notes).toEqual([]);
});

test('killed in the middle: told at the next start, with what is looked for, until it was read', async () => {
  await shop.kill();
  shop = await openBackground({ dataDir: shop.dataDir, carrier: shop.carrier });
  const { page } = shop;
  await expect(page.getByText(/Regulars ended unexpectedly \(about/)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Got it' }).click();
  await expect(page.getByText(/ended unexpectedly/)).toHaveCount(0);
});
