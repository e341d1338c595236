import { join } from 'node:path';
import type { RecipientTally } from '@adapters/practice-carrier/types';
import { expect, test } from '@playwright/test';
import { reading, until } from '../support/app-kill-lab';
import { freshDir, launch, openPractice, type Regulars, startCarrier } from '../support/launch';
import { finishSetUp, openReal } from '../support/real-shop';

/** The texting account refuses, or cannot be reached: said once, nothing lost, and it goes on by itself. */
const KEY = { accountSid: `AC${'a'.repeat(32)}`, keySid: `SK${'b'.repeat(32)}`, keySecret: 'right-secret' };
const SERVICE = { sid: `MG${'c'.repeat(32)}`, name: 'Shop texts', numbers: ['+12125550141'], inboundRequestUrl: null };

/** 14:00 in New York, 11:00 in Los Angeles: nobody has to wait for their morning. */
const NOON = Date.parse('2026-11-17T19:00:00Z');

const open: { stop(): void }[] = [];
const aCarrier = async (args: readonly string[]) => {
  const c = await startCarrier(args);
  open.push(c);
  return c;
};
test.afterEach(() => {
  for (const c of open.splice(0)) c.stop();
});

test('Twilio refuses the key; then a service that would lose every STOP is mended before it may be used', async () => {
  const carrier = await aCarrier(['--account-sid', KEY.accountSid, '--key-sid', KEY.keySid, '--key-secret', KEY.keySecret]);
  await carrier.control('account', { services: [{ ...SERVICE, useInboundWebhookOnNumber: false }] });
  const r = await launch({ env: { REGULARS_TWILIO_URL: carrier.url } });
  const { page } = r;
  await r.call('settings/onboarding-step', { step: 'texting' });
  await page.reload();
  await page.getByRole('button', { name: /Connect my Twilio account/ }).click();
  const check = page.getByRole('button', { name: 'Check this key' });

  // Typed wrong: said at the box, before anybody is asked.
  await page.getByLabel('Account SID').fill('AC12');
  await check.click();
  await expect(page.getByText('Starts with AC and has 34 characters.')).toBeVisible();
  await expect(page.getByText('At least 8 characters.')).toBeVisible();

  await page.getByLabel('Account SID').fill(KEY.accountSid);
  await page.getByLabel('API key SID').fill(KEY.keySid);
  await page.getByLabel('API key secret').fill('wrong-secret');
  await check.click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Twilio refused the key');
  await expect(alert).toContainText('nothing was stored');
  // What was typed is still there, so that one slip is mended, not three boxes filled anew.
  await expect(page.getByLabel('Account SID')).toHaveValue(KEY.accountSid);
  expect((await r.call<{ texting: { mode: string; accountSid: string } }>('settings/get')).texting).toMatchObject({
    mode: 'none',
    accountSid: '',
  });

  await page.getByLabel('API key secret').fill(KEY.keySecret);
  await check.click();
  const service = page.getByRole('radio', { name: /Shop texts/ });
  await service.check();
  const connect = page.getByRole('button', { name: 'Connect and use this sender' });
  await expect(page.getByText('Replies to this service would be lost')).toBeVisible();
  await expect(connect).toBeDisabled();
  await page.getByRole('button', { name: 'Fix it' }).click();
  await expect(page.getByText('Fixed: replies are kept.')).toBeVisible();
  await connect.click();
  await expect(page.getByText(/Bring in your customers/)).toBeVisible();
  expect((await r.call<{ texting: object }>('settings/get')).texting).toMatchObject({
    mode: 'twilio',
    accountSid: KEY.accountSid,
    sender: { kind: 'service', sid: SERVICE.sid },
    numbers: SERVICE.numbers,
  });
  expect(JSON.stringify(await r.call('settings/get'))).not.toContain(KEY.keySecret);

  // The key is withdrawn at Twilio later: Settings says it in words, and the rest of the shop goes on.
  await finishSetUp(r);
  await carrier.control('account', { keySecret: 'another-secret' });
  await page.getByRole('navigation').getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByText('Texting', { exact: true }).first().click();
  await expect(page.getByText('Twilio refused the key').first()).toBeVisible();
  await r.close();
});

test('no internet is said once, and again only when it went away again', async () => {
  const r = await openReal();
  const { page } = r;
  const banner = page.getByRole('status').filter({ hasText: 'No internet. Everything works except sending' });
  await page.context().setOffline(true);
  await expect(banner).toBeVisible();
  await banner.getByRole('button', { name: 'Close' }).click();
  await expect(banner).toHaveCount(0);
  await page.getByRole('navigation').getByRole('button', { name: 'Customers', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
  await expect(banner).toHaveCount(0);
  await page.context().setOffline(false);
  await page.context().setOffline(true);
  await expect(banner).toBeVisible();
  await page.context().setOffline(false);
  await expect(banner).toHaveCount(0);
  await r.close();
});

interface Status {
  state: string;
  counts: Record<string, number>;
  total: number;
  blocked: { reason: string } | null;
  uncertain: { looking: number; needsDecision: number };
}

/** A campaign to those who were in lately, under way when this returns. */
async function sending(shop: Regulars): Promise<number> {
  await shop.call('settings/save-texting', {
    segmentsPerSecond: 20,
    pricePerSegment: 8300,
    senderApproved: true,
    monthlyLimit: null,
    customStopWords: [],
  });
  const { id: segmentId } = await shop.call<{ id: number }>('segments/save', {
    id: null,
    name: 'Lately here',
    rule: {
      any: [
        {
          all: [
            { is: 'may-text', value: true },
            { is: 'last-visit', op: 'within', days: 21 },
          ],
        },
      ],
    },
  });
  const fields = {
    name: 'Boots are in',
    segmentId,
    body: 'Juniper & Main: hi {first name|there}, boots are in.',
    offerId: null,
    addStopLine: true,
    holdout: 'off',
    goal: { kind: 'none', target: null },
    windowDays: 14,
  };
  const { id } = await shop.call<{ id: number }>('campaigns/save', { id: null, fields });
  const { quoteToken } = await shop.call<{ quoteToken: string }>('campaigns/review', { id });
  await shop.call('campaigns/start', { id, quoteToken });
  return id;
}

test('the carrier goes away in the middle of a campaign: said once, waited for, and nobody is texted twice', async () => {
  test.setTimeout(240_000);
  // Two processes, so that time goes on while the carrier is away.
  const time = await aCarrier(['--now', String(NOON), '--rate', '20']);
  const state = join(freshDir('carrier'), 'carrier.jsonl');
  const args = ['--any-account', '--state', state, '--now', String(NOON), '--rate', '20'];
  let carrier = await aCarrier(args);
  const { port } = new URL(carrier.url);
  const r = await openPractice({ env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${time.url}/__sim/clock` } });
  const { page } = r;
  const id = await sending(r);
  const status = () => r.call<Status>('outbox/status', { campaignId: id });
  await page.getByRole('navigation').getByRole('button', { name: 'Campaigns', exact: true }).click();
  await page.getByRole('row', { name: /Boots are in/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Boots are in' })).toBeVisible();
  const left = (s: Status) => s.total - (s.counts['waiting'] ?? 0) - (s.counts['staged'] ?? 0);
  const before = await until('well under way', status, (s) => left(s) > 30);
  carrier.stop();

  const said = page.getByRole('status').filter({ hasText: /cannot be reached\. It goes on by itself|replies could not be read/ });
  await expect(said).toBeVisible({ timeout: 60_000 });
  await expect(said).toHaveCount(1);
  const held = await status();
  expect(held.counts['waiting'] ?? 0).toBeGreaterThan(0);
  await page.waitForTimeout(3000);
  // one that was on its way waits again; none leaves
  expect((await status()).counts['waiting'] ?? 0).toBeGreaterThanOrEqual(held.counts['waiting'] ?? 0);
  // Everything but sending works meanwhile.
  expect((await r.call<{ total: number }>('customers/list', { limit: 1 })).total).toBeGreaterThan(3000);

  carrier = await aCarrier([...args, '--port', port]); // its own time went on meanwhile, as the shop's did
  const later = (ms: number) => Promise.all([time, carrier].map((c) => c.control('clock', { advance: ms })));
  await until(
    'everything left by itself',
    async () => {
      await later(15_000);
      await page.waitForTimeout(400);
      return status();
    },
    (s) => !s.counts['waiting'] && !s.counts['staged'] && !s.counts['sending'],
    120_000,
  );
  await expect(said).toHaveCount(0, { timeout: 30_000 });
  // Those cut off in mid-air are looked for during an hour.
  await later(2 * 3_600_000);
  await until('nothing is looked for any more', status, (s) => s.uncertain.looking === 0);

  const tallies = await carrier.control<Record<string, RecipientTally>>('assertions');
  const rows = reading(r.dataDir, (all) =>
    all<{ address: string; state: string; sid: string | null }>(
      "SELECT * FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?",
      String(id),
    ),
  );
  expect(rows).toHaveLength(before.total);
  for (const row of rows) {
    const times = Object.entries(tallies[row.address]?.bodies ?? {})
      .filter(([body]) => body.includes('boots are in'))
      .reduce((n, [, t]) => n + t, 0);
    if (row.state === 'uncertain')
      expect(times).toBeLessThanOrEqual(1); // lost on the way: the owner is asked
    else if (row.state !== 'skipped') expect(times, `${row.address} ${row.state}`).toBe(1);
  }
  console.log(`${rows.length} texts, ${rows.filter((x) => x.state === 'uncertain').length} left to the owner`);
  await r.close();
});
