import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDb } from '@db/open';
import { type SquareExport, writeSquareExport } from '@db/seed/index';
import type { ShopDay, UtcMs, Zone } from '@domain/kernel';
import { expect, test } from '@playwright/test';
import { makeDesktop } from '../support/desktop';
import { backToStaff, type Carrier, freshDir, launch, type Regulars, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';

/**
 * `npm run shots -- --out DIR`: every screen × light and dark × empty shop, sample shop (4,000 people) and 100,000 people in the
 * real window at 1280×800, and the sample shop once more at the smallest window. Not part of npm test.
 */
const OUT = process.env['REGULARS_SHOTS_OUT'] ?? 'test-results/shots';
const ONLY = process.env['REGULARS_SHOTS_ONLY']?.split(',');
/** Tuesday 17 November 2026, 11:00 in New York. */
const MORNING = Date.parse('2026-11-17T16:00:00Z');
const SECTIONS = [
  ['shop', 'Shop and hours'],
  ['staff', 'Staff and PINs'],
  ['activity', 'Who did what'],
  ['texting', 'Texting'],
  ['replies', 'Automatic answers'],
  ['kit', 'Sign-up kit and wording'],
  ['records', 'Permission records'],
  ['courtesy', 'Quiet hours and promises'],
  ['money', 'Money'],
  ['backups', 'Backups'],
  ['background', 'Running in the background'],
  ['appearance', 'Appearance'],
  ['display', 'Customer’s screen'],
  ['updates', 'Updates'],
  ['about', 'About'],
] as const;

test.use({ trace: 'off' });
test.describe.configure({ mode: 'default' });
let carrier: Carrier | undefined;
let shop: Regulars | undefined;
test.afterEach(async () => {
  await shop?.close().catch(() => undefined);
  carrier?.stop();
  shop = undefined;
  carrier = undefined;
});

async function open(dataDir: string): Promise<Regulars> {
  carrier = await startCarrier(['--any-account', '--people', '--seed', 'shots', '--now', String(MORNING), '--rate', '1']);
  shop = await launch({
    dataDir,
    env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`, TZ: 'America/New_York' },
  });
  return shop;
}

const finish = (camera: Camera) => {
  console.log(`${camera.taken} pictures`);
  expect(camera.missing).toEqual([]);
};

/** Screens every shop has, whatever is in it. */
async function everywhere(c: Camera): Promise<void> {
  for (const place of [
    'this-week',
    'counter',
    'customers',
    'groups',
    'campaigns',
    'replies',
    'offers',
    'results',
    'import',
    'kit',
    'registration',
    'account',
  ])
    await c.screen(place, () => c.go(place));
  for (const [section, label] of SECTIONS) {
    await c.screen(`settings-${section}`, async () => {
      await c.go('settings');
      await c.page.getByRole('main').or(c.page.locator('#content')).first().getByRole('button', { name: label, exact: true }).click();
    });
  }
  await c.screen('palette', async () => {
    await c.go('this-week');
    await c.wish({ do: 'palette' });
  });
  await c.escape(2);
  await c.screen('sign-up', () => c.wish({ do: 'sign-up' }));
  await backToStaff(c.page);
  await c.screen('redeem', () => c.wish({ do: 'redeem' }));
  await c.escape(2);
  await c.screen('group-new', async () => {
    await c.go('groups');
    await c.press('button', /New group/);
  });
  await c.escape(2);
  await c.screen('offer-new', async () => {
    await c.go('offers');
    await c.press('button', /New offer/);
  });
  await c.escape(2);
  await c.screen('campaign-new', async () => {
    await c.go('campaigns');
    await c.press('button', /New campaign/);
  });
  await c.escape(2);
}

/** A row of the table on screen, by its place. */
const row = (c: Camera, n: number) => c.page.getByRole('row').nth(n).click({ timeout: 5000 });

interface Prepared {
  name: string;
  id: number;
}

/** A group, an offer and a campaign to send, by the contract. */
async function aDraft(r: Regulars): Promise<Prepared> {
  const { id: segmentId } = await r.call<{ id: number }>('segments/save', {
    id: null,
    name: 'Not in for two months',
    rule: {
      all: [
        { is: 'last-visit', op: 'over', days: 60 },
        { is: 'may-text', value: true },
      ],
    },
  });
  const offer = await r.call<{ id: number }>('offers/save', {
    id: null,
    name: '20 % off your next pair',
    kind: 'percent',
    percent: 20,
    validDays: 14,
    codeMode: 'personal',
  });
  const name = 'Come back for shoes';
  const { id } = await r.call<{ id: number }>('campaigns/save', {
    id: null,
    fields: {
      name,
      segmentId,
      body: '{shop}: Hi {first name|there}, 20% off your next pair with code {code}, till {ends}.',
      offerId: offer.id,
      addStopLine: true,
      holdout: 'auto',
      goal: { kind: 'visits', target: 20 },
      windowDays: 14,
    },
  });
  return { name, id };
}

/** Screens of one thing, and the steps of the job. */
async function details(c: Camera, file: SquareExport | null): Promise<void> {
  const { call } = c.shop;
  await c.screen('person', async () => {
    await c.go('customers');
    await row(c, 3);
  });
  await c.screen('person-proof', async () => {
    await c.press('button', 'More');
    await c.page.getByRole('menuitem', { name: 'Proof of permission' }).click();
  });
  await c.screen('counter-found', async () => {
    await c.wish({ do: 'find' });
    await c.still();
    await c.page.keyboard.type('ann', { delay: 20 });
  });
  await c.escape(2);
  await c.screen('redeem-typo', async () => {
    await c.wish({ do: 'redeem' });
    await c.still();
    await c.page.keyboard.type('K7M4Q9A\n', { delay: 20 });
  });
  await c.escape(2);
  await c.screen('group', async () => {
    await c.go('groups');
    await row(c, 2);
  });
  await c.screen('replies-conversation', async () => {
    await c.go('replies');
    await c.page.getByRole('main').or(c.page.locator('#content')).first().getByRole('option').first().click({ timeout: 5000 });
  });
  await c.screen('offer', async () => {
    await c.go('offers');
    await row(c, 1);
  });
  await c.escape(2);
  await c.screen('results-campaign', async () => {
    await c.go('results');
    await row(c, 3);
  });
  const draft = await aDraft(c.shop);
  await c.screen('campaigns-composer', async () => {
    await c.go('campaigns');
    await c.press('row', new RegExp(draft.name));
  });
  await c.screen('campaigns-review', async () => {
    await c.press('button', 'Check and send');
    await expect(c.page.getByRole('button', { name: /^Text \d/ })).toBeVisible({ timeout: 30_000 });
  });
  await c.escape(2);
  const review = await call<{ quoteToken: string | null }>('campaigns/review', { id: draft.id });
  if (review.quoteToken) {
    await call('campaigns/start', { id: draft.id, quoteToken: review.quoteToken });
    await c.screen('campaigns-sending', async () => {
      await c.go('campaigns');
      await c.press('row', new RegExp(draft.name));
      await expect(c.page.getByRole('button', { name: 'Pause' })).toBeVisible({ timeout: 60_000 });
      await c.page.waitForTimeout(4000);
    });
    await c.screen('campaigns-paused', () => c.press('button', 'Pause'));
  }
  if (file) {
    const { id, taskId } = await call<{ id: number; taskId: string }>('imports/preview', { path: file.items });
    await expect
      .poll(async () => (await call<{ id: string; state: string }[]>('tasks/list')).find((t) => t.id === taskId)?.state, {
        timeout: 120_000,
      })
      .toBe('done');
    await c.screen('import-dry-run', async () => {
      await c.go('import');
      await c.page
        .getByText(file.items.split('/').at(-1) as string)
        .filter({ visible: true })
        .first()
        .click({ timeout: 5000 });
    });
    await call('imports/commit', { id });
    await c.screen('import-report', () =>
      expect(c.page.getByRole('button', { name: /Undo this import/ })).toBeVisible({ timeout: 120_000 }),
    );
  }
  await importing(c);
  await c.screen('pin', async () => {
    await c.wish({ do: 'lock' });
    await c.still();
    await c.press('button', /Sign in/);
  });
  await c.screen('counter-staff', () => c.escape(2));
}

/** The import screen's own states: tabs, files dropped together, explaining a list, a question, a ruined file. */
async function importing(c: Camera): Promise<void> {
  const desktop = makeDesktop(freshDir('shots-desktop'));
  const choose = async (files: string[]) => {
    await c.shop.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: chosen })) as typeof dialog.showOpenDialog;
    }, files);
    await c.go('import');
    await c.press('button', 'Choose a file');
  };
  for (const tab of ['Arrives by itself', 'Sales with a person', 'Lists you explained', 'Where to find it']) {
    await c.screen(`import-${tab.split(' ')[0]?.toLowerCase()}`, async () => {
      await c.go('import');
      await c.press('tab', tab);
    });
  }
  await c.screen('import-files', async () => {
    await choose([desktop.itemsSpring, desktop.summary, desktop.transactions, desktop.market, desktop.customers]);
    await expect(c.page.getByRole('button', { name: /^Start with/ })).toBeEnabled();
  });
  await c.screen('import-explain', async () => {
    await c.press('button', /^Explain it/);
    await c.page.getByRole('radio', { name: 'Sales' }).check();
    await c.page.getByLabel('Means: Tag').selectOption('date');
    await c.page.getByLabel('Means: Uhr').selectOption('date');
    await c.page.getByLabel('Means: Was').selectOption('phone');
  });
  await c.screen('import-question', async () => {
    await c.press('button', 'Back to the files');
    await c.press('button', 'Clear this list');
    await choose([desktop.ambiguous]);
    await c.press('button', 'Check the file');
    await expect(c.page.getByText('only you can know')).toBeVisible();
  });
  await c.screen('import-ruined', async () => {
    await c.press('button', 'Do not import');
    await choose([desktop.damaged]);
    await expect(c.page.getByText('is this the right file?')).toBeVisible();
  });
}

const squareFile = (file: string, dir: string): SquareExport => {
  const db = openDb(file, { readonly: true });
  try {
    return writeSquareExport(db, dir, {
      from: '2026-11-17' as ShopDay,
      to: '2026-11-17' as ShopDay,
      until: MORNING as UtcMs,
      zone: 'America/New_York' as Zone,
      newPeople: 12,
    });
  } finally {
    db.close();
  }
};

const shoot = (name: string, title: string, body: () => Promise<void>) => {
  if (!ONLY || ONLY.includes(name)) test(title, body);
};

shoot('empty', 'empty shop', async () => {
  test.setTimeout(600_000);
  const r = await open(freshDir('shots-empty'));
  const c = new Camera(r, OUT, 'empty');
  await c.size(1280, 800);
  await expect(r.page.getByRole('heading', { level: 1 })).toBeVisible();
  await c.shot('onboarding-1-shop');
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
    email: '',
    website: '',
    hours: [null, ...Array.from({ length: 6 }, () => ({ open: 600, close: 1080 }))],
    closedDays: [],
  });
  await r.call('settings/save-staff', { name: 'Olga', role: 'owner', language: 'en', active: true, pin: '2468' });
  for (const [i, step] of ['owner', 'recovery', 'backup', 'texting', 'import'].entries()) {
    await c.screen(`onboarding-${i + 2}-${step}`, async () => {
      await r.call('settings/onboarding-step', { step });
      await r.page.reload();
    });
  }
  await c.screen('onboarding-7-ready', () => c.press('button', /Later|Go on/));
  await r.call('settings/make-recovery-code');
  await r.call('settings/onboarding-step', { step: 'done' });
  await r.page.reload();
  await c.still();
  await r.signIn();
  await c.still();
  await everywhere(c);
  await c.screen('pin', async () => {
    await c.wish({ do: 'lock' });
    await c.still();
    await c.press('button', /Sign in/);
  });
  finish(c);
});

for (const [name, width, height] of [
  ['sample', 1280, 800],
  ['narrow', 1024, 700],
] as const) {
  shoot(name, `${name} shop`, async () => {
    test.setTimeout(600_000);
    const dataDir = freshDir(`shots-${name}`);
    writeFileSync(join(dataDir, 'last-shop'), 'practice');
    const r = await open(dataDir);
    await r.signIn();
    const c = new Camera(r, OUT, name);
    await c.size(width, height);
    await everywhere(c);
    await details(c, squareFile(join(dataDir, 'practice/shop.sqlite'), freshDir('till')));
    finish(c);
  });
}

shoot('large', '100,000 people', async () => {
  test.setTimeout(1_200_000);
  const dataDir = freshDir('shots-large');
  const made = spawnSync(
    process.execPath,
    [
      'out/main/seed.js',
      '--dir',
      join(dataDir, 'real'),
      '--people',
      '100000',
      '--lines',
      '2000000',
      '--now',
      new Date(MORNING).toISOString(),
    ],
    { env: { ...process.env, REGULARS_PASSPHRASE: 'test' }, encoding: 'utf8' },
  );
  expect(made.status, made.stderr).toBe(0);
  const r = await open(dataDir);
  await r.signIn();
  await r.call('settings/texting-connect', {
    accountSid: `AC${'1'.repeat(32)}`,
    keySid: `SK${'1'.repeat(32)}`,
    keySecret: 'shots-secret',
    sender: { kind: 'number', number: '+12125550140' },
  });
  await r.call('settings/save-texting', {
    segmentsPerSecond: 20,
    pricePerSegment: 11_300,
    senderApproved: true,
    monthlyLimit: null,
    customStopWords: [],
  });
  const c = new Camera(r, OUT, 'large');
  await c.size(1280, 800);
  await everywhere(c);
  await details(c, squareFile(join(dataDir, 'real/shop.sqlite'), freshDir('till')));
  finish(c);
});
