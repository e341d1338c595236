import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { reading } from '../support/app-kill-lab';
import { violations } from '../support/axe';
import { type BackgroundShop, openBackground } from '../support/background';

/** Without a window: tray, starting at login, staying awake, and the one switch for everything. */
test.describe.configure({ mode: 'serial' });
test.use({ trace: 'off' });

let shop: BackgroundShop;
test.afterAll(() => shop?.end());

const openSettings = async (s: BackgroundShop) => {
  await s.page.getByRole('navigation').getByRole('button', { name: 'Settings', exact: true }).click();
  await s.page.getByRole('button', { name: 'Running in the background' }).click();
};
const waiting = (s: BackgroundShop) =>
  reading(s.dataDir, (all) => all<{ n: number }>("SELECT count(*) AS n FROM outbox WHERE state = 'waiting'")[0]?.n ?? 0);

test('the settings say what runs without a window, and starting at login is one switch', async () => {
  shop = await openBackground();
  await openSettings(shop);
  const { page } = shop;
  await expect(page.getByText('Nothing waits to leave.')).toBeVisible();
  expect((await shop.desktop()).page).toBeNull(); // no icon for a shop that does not need one
  await page.getByRole('switch', { name: 'Start when I log in' }).click({ force: true });
  await expect.poll(async () => (await shop.desktop()).loginOn).toBe(true);
  await expect.poll(async () => (await shop.desktop()).page?.says).toBe('Regulars: Nothing waits to leave');
  expect(await violations(page)).toEqual([]);
});

test('while texts leave the computer is kept awake on mains, not on battery', async () => {
  await shop.sendSlowly();
  await expect.poll(async () => (await shop.desktop()).awakeNow).toBe(true);
  await shop.emit('on-battery');
  await expect.poll(async () => (await shop.desktop()).awakeNow).toBe(false);
  await shop.emit('on-ac');
  await expect.poll(async () => (await shop.desktop()).awakeNow).toBe(true);
});

test('paused from the tray nothing leaves any more; the owner sees it above every screen and lets it go on', async () => {
  const { page } = shop;
  await shop.press('pause');
  await expect(page.getByText(/All sending has been paused since/)).toBeVisible();
  await expect.poll(async () => (await shop.desktop()).page?.says).toBe('Regulars: All sending is paused');
  expect((await shop.desktop()).awakeNow).toBe(false);
  await page.waitForTimeout(1500); // what was under way is answered
  const before = await shop.textsLeft();
  await page.waitForTimeout(3000);
  expect(await shop.textsLeft()).toBe(before);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Resume sending' }).first().click();
  await expect(page.getByText(/All sending has been paused since/)).toHaveCount(0);
  await expect.poll(() => shop.textsLeft()).toBeGreaterThan(before);
});

test('whoever is not the owner cannot let texts leave again from the tray', async () => {
  const { page } = shop;
  await shop.press('pause');
  await expect(page.getByText(/All sending has been paused since/)).toBeVisible();
  await shop.call('session/lock').catch(() => undefined);
  await shop.press('resume');
  await page.waitForTimeout(500);
  await shop.signIn();
  const { pausedSince } = await shop.call<{ pausedSince: number | null }>('away/state');
  expect(pausedSince).not.toBeNull();
  await shop.press('resume');
  await expect.poll(async () => (await shop.call<{ pausedSince: number | null }>('away/state')).pausedSince).toBeNull();
});

test('started by the system at login it has no window, sends all the same, and opens from the tray', async () => {
  await shop.kill();
  const left = await shop.textsLeft();
  // as the settings of this computer keep it
  mkdirSync(join(shop.dataDir, 'app'), { recursive: true });
  writeFileSync(join(shop.dataDir, 'app', 'background.json'), JSON.stringify({ onClose: 'background', keepAwake: false }));
  shop = await openBackground({ dataDir: shop.dataDir, carrier: shop.carrier, args: ['--hidden'] });
  expect(await shop.windowShown()).toBe(false);
  await expect.poll(() => shop.textsLeft(), { timeout: 30_000 }).toBeGreaterThan(left);
  await expect.poll(async () => (await shop.desktop()).page?.says).toBe('Regulars: Texts are leaving');
  expect((await shop.desktop()).awakeNow).toBe(false); // not allowed
  expect(waiting(shop)).toBeGreaterThan(0);
  await shop.press('open');
  expect(await shop.windowShown()).toBe(true);
});

test('the backend fails in the middle: it is started again, the screen says so, and no text is lost or sent twice', async () => {
  const { page } = shop;
  await shop.app.evaluate(() => {
    const { host } = (globalThis as unknown as { regularsShell: { host: { worker: { terminate(): void } } } }).regularsShell;
    host.worker.terminate();
  });
  await expect(page.getByText('Regulars restarted a part of itself. Everything saved is safe.')).toBeVisible();
  await shop.signIn();
  await page.reload();
  await expect(page.getByText(/A part of Regulars failed \(.*\) and was started again\./)).toBeVisible();
  const before = await shop.textsLeft();
  await expect.poll(() => shop.textsLeft(), { timeout: 30_000 }).toBeGreaterThan(before);
  const tallies = await shop.carrier.control<Record<string, { bodies: Record<string, number> }>>('assertions');
  for (const t of Object.values(tallies)) for (const n of Object.values(t.bodies ?? {})) expect(n).toBe(1);
});
