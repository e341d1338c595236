import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { violations } from '../support/axe';
import { freshDir, openPractice, type Regulars } from '../support/launch';

/** Proof, erasure, export and stop lists in the real window. With REGULARS_PRIVACY_OUT its pictures and PDFs are kept to be looked at. */
const OUT = process.env['REGULARS_PRIVACY_OUT'];
const PHONE = '+12125550171';
const SHOWN = '(212) 555-0171';

let r: Regulars;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  r = await openPractice();
  if (OUT) mkdirSync(OUT, { recursive: true });
});
test.afterAll(() => r.close());

const keep = (name: string, data: Uint8Array) => OUT && writeFileSync(join(OUT, name), data);
/** Axe in both themes, and a picture of each where wanted. */
const look = async (name: string) => {
  for (const theme of ['light', 'dark'] as const) {
    await r.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await r.page.waitForTimeout(700);
    expect(await violations(r.page), `${name}, ${theme}`).toEqual([]);
    if (OUT) keep(`${name}-${theme}.png`, await r.page.screenshot());
  }
  await r.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
};
/** As the printer would get it, and how many pages it takes. */
const pdf = async (name: string): Promise<number> => {
  const bytes = await r.app.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    window?.setBackgroundColor('#ffffff');
    const made = await window?.webContents.printToPDF({ printBackground: true, pageSize: 'Letter' });
    return made ? [...made] : [];
  });
  keep(`${name}.pdf`, Uint8Array.from(bytes));
  return (
    Buffer.from(bytes)
      .toString('latin1')
      .match(/\/Type\s*\/Page\b/g)?.length ?? 0
  );
};
const person = async (name: string) => {
  await r.page.keyboard.press('Control+k');
  await r.page.getByPlaceholder(/./).last().fill(name);
  await r.page.getByText(name).filter({ visible: true }).last().click();
  await expect(r.page.getByRole('heading', { level: 1, name: new RegExp(name) })).toBeVisible();
};
const pickFolder = (path: string) =>
  r.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
  }, path);
const settings = async () => {
  await r.page.getByRole('navigation').getByRole('button', { name: 'Settings', exact: true }).first().click();
  await r.page.getByRole('button', { name: 'Permission records', exact: true }).click();
  await expect(r.page.getByRole('heading', { level: 2, name: 'Permission records' })).toBeVisible();
};

test('the proof of a person is one page with everything on it', async () => {
  const photo = await r.app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.resize({ width: 700 }).toJPEG(70).toString('base64') ?? '';
  });
  const form = await r.call<{ wordings: { hash: string; language: string }[]; today: string; promises: number[] }>('sign-up/paper-form');
  await r.call('sign-up/paper', {
    phone: PHONE,
    firstName: 'Winifred',
    signedOn: form.today,
    wordingHash: form.wordings.find((w) => w.language === 'en')?.hash,
    language: 'en',
    promiseMax: form.promises[0],
    topics: ['news'],
    photo,
  });
  await r.call('consent/stop', { phone: PHONE, reason: 'said so on the phone' });
  await person('Winifred');
  await look('person');
  await r.page.getByRole('button', { name: 'More' }).click();
  await r.page.getByRole('menuitem', { name: 'Proof of permission' }).click();
  const sheet = r.page.getByRole('region', { name: 'Proof of permission' });
  await expect(sheet.getByText(SHOWN)).toBeVisible();
  await expect(sheet.getByText('Stopped: never texted').first()).toBeVisible();
  await expect(sheet.getByText(/events of the shop are whole and in order/)).toBeVisible({ timeout: 30_000 });
  await expect(sheet.getByRole('img')).toBeVisible();
  await look('proof');
  expect(await pdf('proof')).toBe(1);
});

test('everything about a person goes into a folder, then they are erased and the certificate stands', async () => {
  const folder = freshDir('privacy-out');
  await pickFolder(folder);
  await r.page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(r.page.getByRole('heading', { level: 1, name: 'Winifred' })).toBeVisible();
  await r.page.getByRole('button', { name: 'More' }).click();
  await r.page.getByRole('menuitem', { name: 'Export everything' }).click();
  await expect(r.page.getByText(/Everything is saved/)).toBeVisible();
  const [made] = readdirSync(folder);
  expect(readFileSync(join(folder, made as string, 'everything.json'), 'utf8')).toContain(PHONE);
  await r.page.getByRole('button', { name: 'More' }).click();
  await r.page.getByRole('menuitem', { name: 'Erase this person' }).click();
  const dialog = r.page.getByRole('dialog');
  await expect(dialog.getByText('This stays, and why')).toBeVisible();
  await look('erase');
  const button = dialog.getByRole('button', { name: /Erase Winifred/ });
  await button.focus();
  await r.page.keyboard.down('Enter');
  await r.page.waitForTimeout(2300);
  await r.page.keyboard.up('Enter');
  const sheet = r.page.getByRole('region', { name: 'Certificate of erasure' });
  await expect(sheet.getByText('Kept, and why')).toBeVisible();
  await expect(sheet.getByText('Winifred')).toHaveCount(0);
  await look('certificate');
  expect(await pdf('certificate')).toBe(1);
  const after = await r.call<{ rows: unknown[] }>('customers/list', { search: 'Winifred' });
  expect(after.rows).toEqual([]);
});

test('the records: checked, one number looked up, saved, a list of stops brought', async () => {
  await settings();
  await r.page.getByRole('button', { name: 'Check all records' }).click();
  await expect(r.page.getByText(/Whole and in order/)).toBeVisible({ timeout: 30_000 });
  await look('records');
  const folder = freshDir('ledger-out');
  await pickFolder(folder);
  await r.page.getByRole('button', { name: 'Save to a folder' }).click();
  await expect(r.page.getByText('The permission records are saved')).toBeVisible({ timeout: 30_000 });
  const [made] = readdirSync(folder);
  expect(existsSync(join(folder, made as string, 'permission-records.jsonl'))).toBe(true);
  expect(readFileSync(join(folder, made as string, 'permission-records.csv'), 'utf8')).not.toContain(PHONE);

  await r.page.getByRole('button', { name: 'Bring a list' }).click();
  await r.page.getByLabel('Numbers or e-mails').fill('212 555 0181\n(212) 555-0182\nnot a number\n');
  await look('list-paste');
  await r.page.getByRole('button', { name: 'Look at it' }).click();
  await expect(r.page.getByRole('dialog').getByText(/2 phone numbers/)).toBeVisible();
  await look('list-found');
  const button = r.page.getByRole('dialog').getByRole('button', { name: /Stop 2 people/ });
  await button.focus();
  await r.page.keyboard.down('Enter');
  await r.page.waitForTimeout(1500);
  await r.page.keyboard.up('Enter');
  await expect(r.page.getByText('2 people stopped')).toBeVisible({ timeout: 30_000 });
  await look('records-after');

  await r.page.getByLabel('Phone number').fill(SHOWN);
  await r.page.getByRole('button', { name: 'Show the proof' }).click();
  const sheet = r.page.getByRole('region', { name: 'Proof of permission' });
  await expect(sheet.getByText(/This person was erased/)).toBeVisible();
  await expect(r.page.getByRole('button', { name: 'Open the locked proof' })).toBeVisible();
  await look('proof-erased');
});
