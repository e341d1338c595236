import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launch, openPractice, type Regulars } from '../support/launch';
import { Camera } from '../support/shots';

const LOOK = process.env['REGISTRATION_SHOTS'];

/** A shop of its own, set up, not connected to any carrier. */
async function realShop(): Promise<Regulars> {
  const r = await launch();
  await expect(r.page.getByRole('heading', { level: 1 })).toBeVisible();
  await r.call('settings/save-shop', {
    name: 'Corner Shoes',
    street: '12 Main St',
    city: 'Kingston',
    region: 'NY',
    postalCode: '12401',
    country: 'US',
    currency: 'USD',
    zone: 'America/New_York',
    phone: '+18455550142',
    email: 'hello@cornershoes.example',
    website: 'cornershoes.example',
    hours: [null, ...Array.from({ length: 6 }, () => ({ open: 600, close: 1080 }))],
    closedDays: [],
  });
  await r.call('settings/save-staff', { name: 'Olga', role: 'owner', language: 'en', active: true, pin: '2468' });
  await r.call('settings/make-recovery-code');
  await r.call('settings/onboarding-step', { step: 'done' });
  await r.page.reload();
  await expect(r.page.getByRole('navigation').getByText('Counter', { exact: true })).toBeVisible();
  await r.signIn();
  await expect(r.page.getByRole('heading', { level: 1, name: 'This week' })).toBeVisible();
  return r;
}

async function clean(page: Page, what: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.waitForTimeout(600);
    const found = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .exclude('iframe')
      .analyze();
    expect(
      found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`),
      `${what}, ${theme}`,
    ).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

test('from the first question to the approval, with the pack in a folder', async () => {
  test.setTimeout(300_000);
  const r = await realShop();
  const { page } = r;
  const camera = LOOK ? new Camera(r, LOOK, 'registration') : null;
  const look = async (what: string) => {
    if (!camera) return;
    await camera.size(1280, 800);
    await camera.shot(what);
    const tall = await page.evaluate(() => Math.max(...[...document.querySelectorAll('*')].map((e) => e.scrollHeight)) + 40);
    await camera.size(1280, Math.min(tall, 4000));
    await camera.shot(`${what}-whole`);
    await camera.size(1280, 800);
  };
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  await expect(page.getByText('The carriers have not approved your number yet.')).toBeVisible();
  await look('this-week');

  // reached from the settings
  await page.getByRole('navigation').getByRole('button', { name: 'Settings', exact: true }).first().click();
  await button('Texting').click();
  await button('How to get approved').click();
  await expect(page.getByRole('heading', { name: 'First: do you sell any of these?' })).toBeVisible();
  await look('questions');
  await clean(page, 'questions');

  // a banned trade is told before any fee
  await page.getByLabel('Cannabis').check();
  await expect(page.getByText('Carriers will not deliver your texts: cannabis')).toBeVisible();
  await expect(page.getByText('What works without texts')).toBeVisible();
  expect(await page.getByRole('main').innerText()).not.toContain('$');
  await look('refused');
  await clean(page, 'refused');
  await button('Save these answers').click();
  await expect(button('Change the answers')).toBeVisible();
  expect(await page.getByRole('main').innerText()).not.toContain('$');
  await button('Change the answers').click();
  await page.getByLabel('Cannabis').uncheck();
  await page.getByLabel('Beer, wine or spirits').check();
  await expect(page.getByText('Alcohol is allowed with an age gate')).toBeVisible();
  await page.getByLabel('None of these').check();
  await expect(page.getByLabel('Beer, wine or spirits')).not.toBeChecked();

  // two questions, one way
  const answer = (question: string, yes: 'Yes' | 'No') =>
    page.getByRole('radiogroup', { name: question }).getByText(yes, { exact: true }).click();
  await answer('Do you have an EIN?', 'No');
  await answer('Do you have a website?', 'No');
  await button('Show me the way').click();
  await expect(page.getByRole('heading', { name: 'Your registration: 10DLC, Sole Proprietor' })).toBeVisible();
  await expect(page.getByText('No website? That is fine')).toBeVisible();
  await look('way-alone');
  await button('Change the answers').click();
  await answer('Do you have an EIN?', 'Yes');
  await answer('Do you have a website?', 'Yes');
  await button('Show me the way').click();
  await expect(page.getByRole('heading', { name: 'Your registration: 10DLC, Low-Volume Standard' })).toBeVisible();
  await expect(page.getByText(/Together about \$19\.00–\$19\.50 once/)).toBeVisible();
  await expect(page.getByText(/last checked .*21 Nov/)).toBeVisible();
  await look('way');
  await clean(page, 'the way');

  // what happened at Twilio
  const tell = async (stage: string, what: string, code?: string) => {
    await button(`${stage}: ${what}`).click();
    if (code) await page.getByLabel('Twilio’s error number').fill(code);
    await button('Note it').click();
    await expect(button('Note it')).toBeHidden();
  };
  await tell('Who you are', 'I handed it in');
  await expect(page.getByText(/being reviewed since/)).toBeVisible();
  await tell('Who you are', 'It was approved');
  await tell('What you send', 'I handed it in');
  await expect(page.getByText(/being reviewed since/)).toBeVisible();
  await tell('What you send', 'It was sent back', '30893');
  await expect(page.getByText('Error 30893: The sample texts were missing')).toBeVisible();
  await look('sent-back');
  await clean(page, 'sent back');
  await page.getByRole('navigation').getByRole('button', { name: 'This week', exact: true }).first().click();
  await expect(page.getByText('Your registration was sent back. See what to mend.')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/Go to a screen/).fill('registra');
  await expect(page.getByRole('button', { name: 'Registration', exact: true })).toBeVisible();
  await page.keyboard.press('Enter');

  // what to fill in
  await button('See what to fill in').click();
  await page.getByLabel('Legal business name').fill('Corner Shoes LLC');
  await page.getByLabel('Address of the picture').fill('https://cornershoes.example/sign-up.png');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('How do end-users consent to receive messages?')).toBeVisible();
  await button('Take the picture').click();
  const pictures = page.getByRole('img', { name: /The sign-up screen in/ });
  await expect(pictures).toHaveCount(2, { timeout: 30_000 });
  await look('form');
  await clean(page, 'what to fill in');
  const parent = mkdtempSync(join(tmpdir(), 'regulars-pack-'));
  await r.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [path] })) as typeof dialog.showOpenDialog;
  }, parent);
  await button('Save everything in a folder').click();
  await expect(page.getByText('Registration pack')).toBeVisible();
  const folder = join(parent, 'Registration pack');
  expect(readdirSync(folder).sort()).toEqual([
    'form.txt',
    'message-flow.txt',
    'privacy-es.html',
    'privacy.html',
    'sample-texts.txt',
    'sign-up-en.png',
    'sign-up-es.png',
    'terms-es.html',
    'terms.html',
    'wording.txt',
  ]);
  for (const png of ['sign-up-en.png', 'sign-up-es.png']) {
    const bytes = readFileSync(join(folder, png));
    expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(bytes.readUInt32BE(16)).toBe(1280); // wide as asked for, whatever the window is
    expect(bytes.length).toBeGreaterThan(20_000);
  }
  expect(readFileSync(join(folder, 'form.txt'), 'utf8')).toContain('Corner Shoes LLC');
  expect(readFileSync(join(folder, 'sample-texts.txt'), 'utf8')).toMatch(/^Corner Shoes: .*STOP/);

  // the two pages
  await page.getByRole('tab', { name: 'Your two pages' }).click();
  await expect(page.getByText('cornershoes.example/terms')).toBeVisible();
  await button('Look at both now').click();
  await expect(page.getByText('It could not be reached. Are you online?').first()).toBeVisible({ timeout: 40_000 });
  await button('See it: terms.html').click();
  await expect(page.frameLocator('iframe').getByRole('heading', { name: 'Corner Shoes text message terms' })).toBeVisible();
  await look('pages');
  await clean(page, 'the two pages');

  // approved
  await page.getByRole('tab', { name: 'The way' }).click();
  await tell('What you send', 'I handed it in');
  await tell('What you send', 'It was approved');
  await expect(page.getByText('The carriers said yes')).toBeVisible();
  await expect(page.getByText('Connect your texting account first.')).toBeVisible();
  await look('approved');
  await button('Take back the last step').click();
  await expect(page.getByText('The carriers said yes')).toBeHidden();
  await r.close();
});

test('where people signed up, in Results, and as a table in a file', async () => {
  const r = await openPractice();
  const { page } = r;
  await page.getByRole('navigation').getByRole('button', { name: 'Results', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Who asked' })).toBeVisible();
  if (LOOK) {
    const camera = new Camera(r, LOOK, 'sources');
    await camera.size(1280, 3000);
    await camera.shot('results');
    await camera.go('this-week');
    await camera.size(1280, 1900);
    await camera.shot('this-week');
    await camera.size(1280, 800);
    await camera.go('results');
  }
  await clean(page, 'results');
  const file = join(mkdtempSync(join(tmpdir(), 'regulars-csv-')), 'sign-ups.csv');
  await r.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = (async () => ({ canceled: false, filePath: path })) as typeof dialog.showSaveDialog;
  }, file);
  const shown = page.getByRole('heading', { name: /per 100 sales/ });
  const before = await shown.innerText();
  await page.getByLabel('Over', { exact: true }).selectOption('53');
  await expect(shown).not.toHaveText(before);
  await page.locator('section', { has: shown }).getByRole('button', { name: 'Save as CSV', exact: true }).click();
  await expect
    .poll(() => readFileSync(file, 'utf8').split('\r\n')[0])
    .toBe('Where,Signed up,Of all,Per 100 sales,Very likely,Currency,Time zone');
  await r.close();
});
