import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { freshDir, launch, type Regulars } from '../support/launch';
import { Camera } from '../support/shots';

const LOOK = process.env['MOVE_SHOTS'];
const PIN = '2468';
const shops: Regulars[] = [];
test.afterEach(async () => {
  for (const s of shops.splice(0)) await s.close().catch(() => undefined);
});

async function opened(dataDir: string): Promise<Regulars> {
  const r = await launch({ dataDir });
  shops.push(r);
  return r;
}

/** The native dialogs of the system answer with this. */
const pick = (r: Regulars, path: string) =>
  r.app.evaluate(({ dialog }, p) => {
    dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [p] })) as never;
  }, path);

async function clean(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([]);
}

const camera = (r: Regulars, name: string) => (LOOK ? new Camera(r, LOOK, name) : null);

async function setUp(r: Regulars): Promise<string> {
  await expect(r.page.getByRole('heading', { level: 1 })).toBeVisible();
  const { shop } = await r.call<{ shop: Record<string, unknown> }>('settings/get');
  await r.call('settings/save-shop', { ...shop, name: 'Corner Shoes', zone: 'America/New_York' });
  await r.call('settings/save-staff', { name: 'Olga', role: 'owner', language: 'en', active: true, pin: PIN });
  const { code } = await r.call<{ code: string }>('settings/make-recovery-code');
  await r.call('settings/onboarding-step', { step: 'done' });
  await r
    .call('customers/save', { id: null, fields: { firstName: 'Ana', lastName: 'Silva', phone: '(212) 555-0147' } })
    .catch(() => undefined);
  await r.page.reload();
  await r.signIn();
  return code;
}

async function unlock(r: Regulars): Promise<void> {
  const { people } = await r.call<{ people: { id: number; role: string }[] }>('session/state');
  await r.call('session/unlock', { staffId: people.find((p) => p.role === 'owner')?.id, pin: PIN });
}

test('a shop moves: the old computer only shows it, the new one goes on with it, and it can be taken back', async () => {
  test.setTimeout(180_000);
  const stick = freshDir('stick');
  mkdirSync(stick, { recursive: true });
  const old = await opened(freshDir('old'));
  const code = await setUp(old);
  const shots = camera(old, 'move');
  await shots?.size(1280, 800);

  await old.page.getByRole('navigation').getByText('Settings').click();
  await old.page.getByRole('button', { name: 'Backups', exact: true }).click();
  await shots?.shot('backups');
  await old.page.getByRole('button', { name: 'Move this shop' }).click();
  await shots?.shot('what-happens');
  await clean(old.page);
  await old.page.getByRole('button', { name: 'Go on' }).click();
  await pick(old, stick);
  await old.page.getByRole('button', { name: 'Choose the place' }).click();
  await old.page.getByRole('textbox', { name: 'Recovery code' }).fill('WRNG-WRNG-WRNG-WRNG-WRNG-WRNG');
  await old.page.getByRole('button', { name: 'Make the file and stop here' }).click();
  await expect(old.page.getByRole('alert')).toBeVisible();
  await old.page.getByRole('textbox', { name: 'Recovery code' }).fill(code);
  await shots?.shot('where-and-code');
  await clean(old.page);
  await old.page.getByRole('button', { name: 'Make the file and stop here' }).click();

  await expect(old.page.getByRole('heading', { name: /This shop moved to another computer/ })).toBeVisible({ timeout: 30_000 });
  await clean(old.page);
  await shots?.shot('retired');
  const [file] = readdirSync(stick);
  expect(file).toMatch(/^Regulars - Corner Shoes - .*\.regulars-move$/);
  // looking is all that is left
  await old.page.getByRole('button', { name: 'Open it read-only' }).click();
  await expect(old.page.getByText('Read-only: this shop moved to another computer.')).toBeVisible();
  await unlock(old);
  await expect(old.call('backups/make')).rejects.toThrow('shop.retired');

  const fresh = await opened(freshDir('new'));
  const pictures = camera(fresh, 'arrive');
  await pictures?.size(1280, 800);
  await fresh.page.getByRole('button', { name: 'I have a shop from another computer' }).click();
  await pictures?.shot('empty');
  await clean(fresh.page);
  await pick(fresh, join(stick, file ?? ''));
  await fresh.page.getByRole('button', { name: 'Choose the file' }).click();
  await fresh.page.getByRole('textbox', { name: 'Recovery code' }).fill(code.toLowerCase().replaceAll('-', ' '));
  await pictures?.shot('filled');
  await fresh.page.getByRole('button', { name: 'Open my shop here' }).click();
  await expect(fresh.page.getByRole('navigation').getByText('Counter', { exact: true })).toBeVisible({ timeout: 30_000 });
  await unlock(fresh);
  expect(await fresh.call<{ shop: { name: string } }>('session/state')).toMatchObject({ shop: { name: 'Corner Shoes', setUp: true } });
  await fresh.page.getByRole('navigation').getByText('Settings').click();
  await fresh.page.getByRole('button', { name: 'Backups', exact: true }).click();
  await fresh.page.getByRole('main').getByRole('button', { name: 'See what came back' }).click();
  await expect(fresh.page.getByRole('heading', { name: /came here from another computer/ })).toBeVisible();
  await clean(fresh.page);
  await pictures?.shot('what-came');

  // over there it never was: the old one is taken back
  await old.page.getByRole('button', { name: 'I am not moving after all' }).click();
  await old.page.getByLabel('The other computer never opened this shop').check();
  await shots?.shot('take-back');
  await clean(old.page);
  await old.page.getByRole('button', { name: 'Take it back' }).click();
  await expect(old.page.getByText('Read-only: this shop moved to another computer.')).toBeHidden({ timeout: 30_000 });
  await unlock(old);
  expect(await old.call<{ how: string }>('restore/state')).toMatchObject({ how: 'taken-back' });
  await old.call('backups/make');
});
