import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { violations } from '../support/axe';
import { type Carrier, launch, type Regulars, startCarrier } from '../support/launch';
import { finishSetUp } from '../support/real-shop';

/** The texting account as an owner meets it: before connecting, on its page, when something goes wrong, and what it cost. */
const KEY = { accountSid: `AC${'a'.repeat(32)}`, keySid: `SK${'b'.repeat(32)}`, keySecret: 'right-secret' };
const SERVICE = {
  sid: `MG${'c'.repeat(32)}`,
  name: 'Shop texts',
  numbers: ['+12125550141'],
  inboundRequestUrl: null,
  useInboundWebhookOnNumber: true,
};
const BRAND = { sid: `BN${'d'.repeat(32)}`, status: 'APPROVED', type: 'STANDARD', score: 42 };
const CAMPAIGN = {
  sid: `QE${'e'.repeat(32)}`,
  serviceSid: SERVICE.sid,
  brandSid: BRAND.sid,
  usecase: 'LOW_VOLUME',
  mps: 3.75,
  tmobileTier: 'LOW_MID',
};
const MORNING = Date.parse('2026-11-17T19:00:00Z');
const SHOTS = process.env['REGULARS_SHOTS_OUT'];

let carrier: Carrier | undefined;
let shop: Regulars | undefined;
test.afterEach(async () => {
  await shop?.close().catch(() => undefined);
  carrier?.stop();
  shop = undefined;
  carrier = undefined;
});

async function aShop(account: object): Promise<{ r: Regulars; c: Carrier; page: Page }> {
  const c = await startCarrier([
    '--account-sid',
    KEY.accountSid,
    '--key-sid',
    KEY.keySid,
    '--key-secret',
    KEY.keySecret,
    '--now',
    String(MORNING),
    '--rate',
    '1',
  ]);
  carrier = c;
  await c.control('account', { services: [SERVICE], brands: [BRAND], campaigns: [{ ...CAMPAIGN, status: 'VERIFIED' }], ...account });
  const launched = await launch({
    env: { REGULARS_TWILIO_URL: c.url, REGULARS_CLOCK_URL: `${c.url}/__sim/clock`, TZ: 'America/New_York' },
  });
  shop = await finishSetUp(launched);
  return { r: shop, c, page: shop.page };
}

/** Settings, Texting, the key, the sender; stops before "Connect". */
async function toSender(page: Page, between?: () => Promise<unknown>): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('main').getByRole('button', { name: 'Texting', exact: true }).click();
  await page.getByRole('button', { name: 'Connect Twilio' }).click();
  await page.getByLabel('Account SID').fill(KEY.accountSid);
  await page.getByLabel('API key SID').fill(KEY.keySid);
  await page.getByLabel('API key secret').fill(KEY.keySecret);
  await page.getByRole('button', { name: 'Check this key' }).click();
  const service = page.getByRole('radio', { name: /Shop texts/ });
  await service.waitFor();
  await between?.();
  await service.check();
}

async function picture(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${SHOTS}/${name}-${theme}.png` });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test('what is wrong is said before connecting; the page tells it all; the carrier’s no pauses and asks', async () => {
  test.setTimeout(180_000);
  const { r, c, page } = await aShop({
    keyType: 'main',
    type: 'Trial',
    campaigns: [{ ...CAMPAIGN, status: 'IN_PROGRESS' }],
    balance: '14.20',
  });
  await toSender(page);
  // a trial may be connected, but nobody can say they were not told
  await expect(page.getByText('This is still a trial account')).toBeVisible();
  await expect(page.getByText(/The carriers are still looking at what you send/)).toBeVisible();
  await page.waitForTimeout(400);
  expect(await violations(page)).toEqual([]);
  await page.getByText('This is still a trial account').scrollIntoViewIfNeeded();
  await picture(page, 'account-connect');
  await page.getByRole('button', { name: 'Connect and use this sender' }).click();
  await expect(page.getByRole('button', { name: 'Account and costs' })).toBeVisible();

  // Rate and daily limit came with the look, nobody had to type them.
  const texting = async () => (await r.call<{ texting: Record<string, unknown> }>('settings/get')).texting;
  expect(await texting()).toMatchObject({ dailySegments: 10_000, senderApproved: false });

  await page.getByRole('button', { name: 'Account and costs' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Texting account' })).toBeVisible();
  await expect(page.getByText('This is still a trial account')).toBeVisible();
  await expect(page.getByText('$14.20').first()).toBeVisible();
  await picture(page, 'account-problems');

  // Upgraded and approved at Twilio: one press, and both are known here.
  await c.control('account', { type: 'Full', campaigns: [{ ...CAMPAIGN, status: 'VERIFIED' }] });
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByText('Nothing needs you. Texts leave and replies come in.')).toBeVisible();
  expect(await texting()).toMatchObject({ senderApproved: true, segmentsPerSecond: 3.75 });
  await expect(page.getByText('score 42 of 100')).toBeVisible();
  await expect(page.getByText('No text has left yet.', { exact: false })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await picture(page, 'account-well');

  // Somebody changes the service at Twilio: found, and mended from here.
  await c.control('account', { services: [{ ...SERVICE, smartEncoding: true, useInboundWebhookOnNumber: false }] });
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.getByRole('button', { name: 'Keep replies' }).click();
  await expect(page.getByText('Replies would be lost')).toHaveCount(0);
  await page.getByRole('button', { name: 'Switch it off' }).click();
  await expect(page.getByText('Nothing needs you.', { exact: false })).toBeVisible();
  expect(await c.control('account')).toMatchObject({ services: [{ useInboundWebhookOnNumber: true, smartEncoding: false }] });

  // The carriers change their mind. Nothing is switched behind the owner's back.
  await c.control('account', { campaigns: [{ ...CAMPAIGN, status: 'SUSPENDED' }] });
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByText('Here it says approved, at Twilio it does not')).toBeVisible();
  expect(await texting()).toMatchObject({ senderApproved: true });
  await page.getByRole('navigation').getByRole('button', { name: 'This week', exact: true }).click();
  await expect(page.getByText('Your texting account needs you: no text leaves, or none arrives.')).toBeVisible();
  await page.getByRole('button', { name: /Your texting account needs you/ }).click();
  await page.getByRole('button', { name: 'Set to not approved' }).click();
  await expect(page.getByText('Here it says approved, at Twilio it does not')).toHaveCount(0);
  expect(await texting()).toMatchObject({ senderApproved: false });
});

test('an account that would lose replies or send nothing is refused until it is mended', async () => {
  const { c, page } = await aShop({ services: [{ ...SERVICE }] });
  // the key is good; before the sender is chosen the account is closed at Twilio
  await toSender(page, () => c.control('account', { keyType: 'main', closed: true }));
  await expect(
    page.getByText(/The Twilio account is closed|Twilio has suspended the account|Twilio no longer accepts the key/).first(),
  ).toBeVisible();
  const connect = page.getByRole('button', { name: 'Connect and use this sender' });
  await expect(connect).toBeDisabled();
  await c.control('account', { closed: false });
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(connect).toBeEnabled();
});

test('what it cost: a month, beside Twilio’s own count, and as a spreadsheet', async () => {
  test.setTimeout(180_000);
  const { r, c, page } = await aShop({});
  await toSender(page);
  await page.getByRole('button', { name: 'Connect and use this sender' }).click();
  await expect(page.getByRole('button', { name: 'Account and costs' })).toBeVisible();
  for (const n of [1, 2, 3]) await r.call('outbox/test-text', { phone: `+1646555000${n}`, body: '=1+1 is a test' });
  await expect.poll(async () => (await r.call<{ done: number }>('outbox/status', { campaignId: null })).done, { timeout: 30_000 }).toBe(3);
  // a program of somebody else texts from the account too
  await c.control('foreign', { to: '+16465550009', body: 'Not ours', serviceSid: SERVICE.sid }).catch(() => undefined);
  await page.getByRole('button', { name: 'Account and costs' }).click();
  const month = page.getByRole('region', { name: 'November 2026' });
  await expect(month.getByRole('row', { name: /^Test texts 3 3/ })).toBeVisible();
  await month.getByRole('button', { name: /Compare with Twilio/ }).click();
  await expect(month.getByText('Our texts')).toBeVisible();
  await expect(month.getByText('Twilio’s total')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await picture(page, 'account-statement');
  await page.setViewportSize({ width: 1024, height: 700 });
  await picture(page, 'account-small');

  const path = `${r.dataDir}/statement.csv`;
  await r.app.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = (async () => ({ canceled: false, filePath: file })) as typeof dialog.showSaveDialog;
  }, path);
  await page.getByRole('button', { name: 'Save as spreadsheet' }).click();
  await expect(page.getByText(/Saved to/)).toBeVisible();
  expect(readFileSync(path, 'utf8')).toMatch(/2026-11,Test texts,,3,3,USD/);
});
