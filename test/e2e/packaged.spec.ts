import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { listPackage } from '@electron/asar';
import { expect, test } from '@playwright/test';
import { backToStaff, freshDir, launch } from '../support/launch';

/** The unpacked build of electron-builder, as a shop would get it. `npm test` builds it first. */
const folder = resolve('dist/linux-unpacked');
const executablePath = join(folder, 'regulars');
test.skip(!existsSync(executablePath), `no packaged app here (${executablePath}): npm run dist makes one on Linux`);

test('nothing of development is inside, and the runtime is locked down', async () => {
  const files = listPackage(join(folder, 'resources/app.asar'), { isPack: false }).map((f) => f.replaceAll('\\', '/'));
  for (const wanted of [
    '/out/main/index.js',
    '/out/main/backend.js',
    '/out/main/import-worker.js',
    '/out/preload/index.js',
    '/package.json',
  ])
    expect(files).toContain(wanted);
  for (const never of [/\/cli\.js$/, /\/seed\.js$/, /\/carrier-server\.js$/, /gallery/, /\.map$/, /\/test\//, /\/scripts\//, /\.tsx?$/])
    expect(files.filter((f) => never.test(f))).toEqual([]);
  // One external dependency, and of it only what this machine runs.
  expect(files.filter((f) => /^\/node_modules\/[^/]+$/.test(f))).toEqual(['/node_modules/better-sqlite3']);
  expect(existsSync(join(folder, 'resources/default_app.asar'))).toBe(false);
  expect(readdirSync(join(folder, 'resources/app.asar.unpacked/node_modules')).sort()).toEqual(['better-sqlite3']);

  const { getCurrentFuseWire, FuseV1Options: F, FuseState } = await import('@electron/fuses');
  const wire = await getCurrentFuseWire(executablePath);
  const state = (f: keyof typeof F) => wire[F[f] as keyof typeof wire];
  for (const on of ['EnableCookieEncryption', 'EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar'] as const)
    expect(state(on), on).toBe(FuseState.ENABLE);
  for (const off of ['RunAsNode', 'EnableNodeOptionsEnvironmentVariable', 'GrantFileProtocolExtraPrivileges'] as const)
    expect(state(off), off).toBe(FuseState.DISABLE);
});

test('a shop is opened, somebody signs up, and both are there the next day', async () => {
  // A simulator that must never be asked: what is meant for development has no say in a package.
  let asked = 0;
  const simulator = createServer((_, answer) => {
    asked++;
    answer.writeHead(500).end();
  });
  await new Promise<void>((ready) => simulator.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(simulator.address() as AddressInfo).port}`;
  const env = {
    REGULARS_PASSPHRASE: 'from the environment',
    REGULARS_TWILIO_URL: url,
    REGULARS_CLOCK_URL: `${url}/__sim/clock`,
    REGULARS_PAGE: 'gallery',
    REGULARS_PERF: '1',
  };
  const dataDir = freshDir('packaged');
  const r = await launch({ executablePath, dataDir, env });
  const { page } = r;
  expect(await r.app.evaluate(({ app }) => app.isPackaged)).toBe(true);
  const errors: string[] = [];
  page.on('pageerror', (e) => errors.push(e.message));
  const open = page.getByRole('button', { name: 'Open the shop' });
  // Where the computer has a keyring no passphrase is needed.
  await expect(open.or(page.getByRole('heading', { name: /What is your shop called/ })).first()).toBeVisible();
  const asksPassphrase = await open.isVisible();
  if (asksPassphrase) {
    await expect(page.getByRole('heading', { name: 'Choose a passphrase' })).toBeVisible();
    const boxes = page.locator('input[type="password"]');
    await boxes.nth(0).fill('four brown boots');
    await boxes.nth(1).fill('four brown boots');
    await open.click();
  }
  await expect(page.getByRole('heading', { level: 1, name: /What is your shop called/ })).toBeVisible();
  await page.getByRole('button', { name: 'Open the practice shop' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Counter' })).toBeVisible({ timeout: 60_000 });

  await page.keyboard.press('F3');
  await expect(page.getByLabel('Your mobile number')).toBeFocused();
  await page.keyboard.type('2125550173');
  await page.getByLabel('First name (optional)').fill('Rosa');
  await page.getByRole('checkbox', { name: /Yes, text me/ }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Thank you, Rosa!')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await backToStaff(page);

  // Every screen's code is in the package.
  await r.signIn();
  for (const screen of ['This week', 'Customers', 'Groups', 'Campaigns', 'Replies', 'Offers', 'Results', 'Import', 'Settings']) {
    await page.getByRole('navigation').getByRole('button', { name: screen, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: screen })).toBeVisible();
  }
  // The embedded practice carrier and the SDK work from inside the archive.
  await expect
    .poll(() => r.call<{ reachable: boolean }>('settings/texting-health').then((h) => h.reachable), { timeout: 30_000 })
    .toBe(true);
  await r.close();

  const again = await launch({ executablePath, dataDir, env });
  if (asksPassphrase) {
    await again.page.locator('input[type="password"]').fill('four brown boots');
    await again.page.getByRole('button', { name: 'Open the shop' }).click();
  }
  await expect(again.page.getByRole('heading', { level: 1, name: 'Counter' })).toBeVisible({ timeout: 30_000 });
  await again.page.keyboard.press('F2');
  await again.page.keyboard.type('5550173', { delay: 60 });
  await expect(again.page.getByText('Gets our texts').first()).toBeVisible();
  await again.close();
  expect(asked).toBe(0);
  expect(errors).toEqual([]);
  simulator.close();
});
