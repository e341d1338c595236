import { expect } from '@playwright/test';
import type { Camera } from './shots';
import { MAIL_PASSWORD, MAIL_USER, startPostOffice } from './smtp';

const say = (subject: string, body: string) => [
  { part: 1, language: 'en' as const, subject, body },
  { part: 1, language: 'es' as const, subject: 'Las botas nuevas están aquí', body: 'Hola, {first name|qué tal}:\n\nllegaron las botas.' },
];

/** E-mail in the sample shop: writing one beside a text, what is about to leave, what arrived, what is behind a campaign, and its settings. */
export async function mails(c: Camera): Promise<void> {
  const { call } = c.shop;
  const settings = async () => {
    await c.go('settings');
    await c.page.locator('#content').first().getByRole('button', { name: 'E-mail', exact: true }).click();
    await c.still();
  };
  const { id: segmentId } = await call<{ id: number }>('segments/save', {
    id: null,
    name: 'In this year',
    rule: { all: [{ is: 'last-visit', op: 'within', days: 365 }] },
  });
  const offer = await call<{ id: number }>('offers/save', {
    id: null,
    name: '20 % off boots',
    kind: 'percent',
    percent: 20,
    validDays: 14,
    codeMode: 'personal',
  });
  const { id } = await call<{ id: number }>('campaigns/save', {
    id: null,
    fields: {
      name: 'Boots by mail',
      segmentId,
      body: '{shop}: Hi {first name|there}, new boots are in, 20% off with {code}, till {ends}.',
      offerId: offer.id,
      addStopLine: true,
      holdout: 'off',
      goal: { kind: 'none', target: null },
      windowDays: 14,
      channels: 'email',
      mails: say(
        'New boots, {first name|friend}',
        'Hi {first name|there},\n\nthe new boots came in this morning, and you see them first. Come in until {ends}: a pair is 20 % off.\n\nSee you soon!',
      ),
    },
  });
  await c.screen('mail-composer', async () => {
    await c.go('campaigns');
    await c.press('row', /Boots by mail/);
    await c.page.getByLabel('Subject').scrollIntoViewIfNeeded();
  });
  for (const what of ['mail-composer-words', 'mail-composer-preview']) {
    await c.below(what, what.endsWith('words') ? c.page.getByLabel('How it reaches people') : c.page.getByTitle('The mail'));
  }
  await c.screen('mail-review', async () => {
    await c.press('button', 'Check and send');
    await expect(c.page.getByRole('button', { name: /^E-mail \d/ })).toBeVisible({ timeout: 30_000 });
  });
  await c.escape(2);
  const { quoteToken } = await call<{ quoteToken: string | null }>('campaigns/review', { id });
  if (quoteToken) {
    await call('campaigns/start', { id, quoteToken });
    await c.screen('mail-sending', async () => {
      await c.go('campaigns');
      await c.press('row', /Boots by mail/);
      await expect(c.page.getByText('By e-mail', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
      await c.page.waitForTimeout(4000);
    });
  }
  await c.screen('settings-mail', settings);
  await c.below('settings-mail-look', c.page.getByLabel('Postal address at the foot'));
  await c.below('settings-mail-list', c.page.getByText('What practice customers got'));
  await c.screen('mail-open', async () => {
    await c.page.getByText('New boots,').first().click({ timeout: 5000 });
    await expect(c.page.getByTitle('The mail')).toBeVisible();
  });
  await c.screen('mail-open-text', () => c.page.getByText('As plain words').click());
  await c.escape(2);
}

/** A shop of its own from nothing to a connected account, and what is said when it does not let us in. */
export async function accounts(c: Camera): Promise<void> {
  const { call, page } = { call: c.shop.call, page: c.page };
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const place = {
    street: '',
    city: 'Kingston',
    region: 'NY',
    postalCode: '12401',
    country: 'US',
    currency: 'USD',
    zone: 'America/New_York',
  };
  const hours = [null, ...Array.from({ length: 6 }, () => ({ open: 600, close: 1080 }))];
  await call('settings/save-shop', {
    name: 'Corner Shoes',
    ...place,
    phone: '+18455550142',
    email: '',
    website: '',
    hours,
    closedDays: [],
  });
  await call('settings/save-staff', { name: 'Olga', role: 'owner', language: 'en', active: true, pin: '2468' });
  await call('settings/make-recovery-code');
  await call('settings/onboarding-step', { step: 'done' });
  await page.reload();
  await c.shop.signIn();
  await c.screen('none', async () => {
    await c.go('settings');
    await page.locator('#content').first().getByRole('button', { name: 'E-mail', exact: true }).click();
  });
  await c.screen('connect', () => c.press('button', 'Connect a mail account'));
  const office = await startPostOffice();
  const stranger = await startPostOffice({ security: 'none' });
  try {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Provider').selectOption('other');
    await dialog.getByLabel('Address mails come from').fill('cornershoes@gmail.com');
    await dialog.getByLabel('Provider').selectOption('other');
    await dialog.getByLabel('Outgoing server (SMTP)').fill('localhost');
    await c.screen('connect-foreign', async () => {});
    await dialog.getByLabel('Address mails come from').fill(MAIL_USER);
    await dialog.getByLabel('User name').fill(MAIL_USER);
    await dialog.getByLabel('Port').first().fill(String(office.port));
    await dialog.getByLabel('Read unsubscribes').uncheck();
    const tries: [string, string, string][] = [
      ['connect-wrong-password', 'not-the-one', String(office.port)],
      ['connect-no-secret-line', MAIL_PASSWORD, String(stranger.port)],
      ['connect-nobody-there', MAIL_PASSWORD, '9'],
    ];
    for (const [what, password, port] of tries) {
      await c.screen(what, async () => {
        await dialog
          .getByLabel(/assword/)
          .first()
          .fill(password);
        await dialog.getByLabel('Port').first().fill(port);
        await dialog.getByRole('button', { name: 'Sign in and connect' }).click();
        await expect(dialog.getByRole('alert').first()).toBeVisible({ timeout: 30_000 });
      });
    }
    await dialog.getByLabel('Port').first().fill(String(office.port));
    await c.screen('connected', async () => {
      await dialog.getByRole('button', { name: 'Sign in and connect' }).click();
      await expect(dialog).toBeHidden({ timeout: 30_000 });
      await page.waitForTimeout(6000);
    });
    await c.below('connected-look', page.getByLabel('Postal address at the foot'));
    await call('mail/test', { to: 'olga@example.com' }).catch(() => undefined);
    await call('mail/save', { fromName: '', replyTo: '', postal: '12 Main St\nKingston, NY 12401', dailyLimit: 1 });
    await c.screen('day-used', async () => {
      await c.go('settings');
      await page.locator('#content').first().getByRole('button', { name: 'E-mail', exact: true }).click();
    });
    office.mood = { authBusy: true };
    await c.screen('test-busy', async () => {
      await c.press('button', 'Send a test mail');
      await page.waitForTimeout(2500);
    });
  } finally {
    await office.close();
    await stranger.close();
  }
}
