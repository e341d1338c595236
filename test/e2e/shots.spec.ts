import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDb } from '@db/open';
import { type SquareExport, writeSquareExport } from '@db/seed/index';
import type { ShopDay, UtcMs, Zone } from '@domain/kernel';
import { expect, test } from '@playwright/test';
import { practiceFolder } from '../support/app-kill-lab';
import { openBackground } from '../support/background';
import { type Carrier, freshDir, launch, type Regulars, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';
import { accounts, mails } from '../support/shots-mail';
import { sending } from '../support/shots-sending';
import { details, everywhere, leaving } from '../support/shots-walks';

/**
 * `npm run shots -- --out DIR`: every screen × light and dark × empty shop, sample shop (4,000 people) and 100,000 people in the
 * real window at 1280×800, and the sample shop once more at the smallest window; `sending` and `sending-narrow` are a campaign from its
 * plan to a copy brought back. Not part of npm test.
 */
const OUT = process.env['REGULARS_SHOTS_OUT'] ?? 'test-results/shots';
const ONLY = process.env['REGULARS_SHOTS_ONLY']?.split(',');
/** Tuesday 17 November 2026, 11:00 in New York. */
const MORNING = Date.parse('2026-11-17T16:00:00Z');
/** 14:00 in New York, 11:00 in Los Angeles: nobody has to wait for their morning. */
const NOON = MORNING + 3 * 3_600_000;

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
  await c.screen('arrive', () => c.press('button', 'I have a shop from another computer'));
  await c.press('button', 'Back to setting up a new shop');
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
  const { code } = await r.call<{ code: string }>('settings/make-recovery-code');
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
  await leaving(c, r, code);
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

for (const [name, width, height] of [
  ['sending', 1280, 800],
  ['sending-narrow', 1024, 700],
] as const) {
  shoot(name, `${name}: a campaign from its plan to a copy brought back`, async () => {
    test.setTimeout(900_000);
    const own = await startCarrier(['--any-account', '--people', '--seed', 'shots', '--now', String(NOON), '--rate', '20']);
    carrier = own;
    const s = await openBackground({ dataDir: practiceFolder(`shots-${name}`), carrier: own, env: { TZ: 'America/New_York' } });
    try {
      const c = new Camera(s, OUT, name);
      await c.size(width, height);
      await sending(c, s);
      finish(c);
    } finally {
      await s.end();
    }
  });
}

for (const [name, width, height] of [
  ['mail', 1280, 800],
  ['mail-narrow', 1024, 700],
] as const) {
  shoot(name, `${name}: e-mail, in a sample shop and at an account of its own`, async () => {
    test.setTimeout(600_000);
    const dataDir = freshDir(`shots-${name}`);
    writeFileSync(join(dataDir, 'last-shop'), 'practice');
    const r = await open(dataDir);
    await r.signIn();
    const c = new Camera(r, OUT, name);
    await c.size(width, height);
    await mails(c);
    await r.close();
    carrier?.stop();
    const own = await launch({
      dataDir: freshDir(`shots-${name}-own`),
      env: { TZ: 'America/New_York', NODE_EXTRA_CA_CERTS: join(process.cwd(), 'test/fixtures/mail/cert.pem') },
    });
    shop = own;
    const o = new Camera(own, OUT, `${name}-own`);
    await o.size(width, height);
    await accounts(o);
    finish(c);
    finish(o);
  });
}
