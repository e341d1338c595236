import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { violations } from '../support/axe';
import { openPractice, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';

/** Pictures of the screens, when a place for them is given. */
const OUT = process.env['REGULARS_SHOTS_OUT'];
const MORNING = Date.parse('2026-11-17T16:00:00Z');
const open: { stop(): void }[] = [];
test.afterEach(() => {
  for (const c of open.splice(0)) c.stop();
});

interface Campaigns {
  rows: { id: number; name: string; state: string; excluded: number }[];
}
interface People {
  rows: { customerId: number; firstName: string; lastName: string; arm: string }[];
}

test('why somebody got a text, or did not: asked on the campaign and on the person’s page; links only once a website tells', async () => {
  test.setTimeout(OUT ? 300_000 : 120_000);
  const carrier = await startCarrier(['--any-account', '--people', '--seed', 'why', '--now', String(MORNING), '--rate', '1']);
  open.push(carrier);
  const r = await openPractice({
    env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`, TZ: 'America/New_York' },
  });
  const { page } = r;
  const camera = OUT ? new Camera(r, OUT, 'why') : null;
  const shoot = async (name: string) => {
    await camera?.screen(name, async () => undefined);
  };
  await camera?.size(1280, 800);
  const { rows } = await r.call<Campaigns>('campaigns/list', { page: { offset: 0, limit: 50 } });
  const sent = rows.find((c) => c.state === 'finished' || c.state === 'sending');
  if (!sent) throw new Error('the sample shop has no campaign');
  const people = await r.call<People>('campaigns/people', { id: sent.id, view: 'all', reason: null, page: { offset: 0, limit: 200 } });
  const texted = people.rows.find((p) => p.arm === 'text' && p.firstName.length > 2);
  if (!texted) throw new Error('nobody got it');

  const draft = 'Best of the best';
  const all = [
    { is: 'visits', op: 'at-least', count: 500, days: null },
    { is: 'may-text', value: true },
  ];
  const { id: segmentId } = await r.call<{ id: number }>('segments/save', { id: null, name: draft, rule: { all } });
  const body = '{shop}: Hi {first name|there}, come by.';
  const rest = { offerId: null, addStopLine: true, holdout: 'off', goal: { kind: 'none', target: null }, windowDays: 14 };
  await r.call('campaigns/save', { id: null, fields: { name: draft, segmentId, body, ...rest } });

  await page.getByRole('navigation').getByRole('button', { name: 'Campaigns', exact: true }).click();
  await page.getByRole('row', { name: sent.name }).click();
  await page.getByRole('button', { name: 'Why did somebody get it, or not?' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Who?').fill(`${texted.firstName} ${texted.lastName}`);
  await dialog.getByRole('listitem').first().waitFor();
  await shoot('who');
  await dialog.getByRole('listitem').first().getByRole('button').click();
  await expect(dialog.getByRole('status').first()).toContainText(texted.firstName);
  await expect(dialog.getByRole('heading', { name: 'The text' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await shoot('answer');

  // the same from her own page
  await dialog.getByRole('button', { name: 'Open the person' }).click();
  await page.getByRole('button', { name: 'Why this text, or not?' }).click();
  await dialog.getByLabel('Which campaign?').fill(sent.name.slice(0, 4));
  await shoot('which');
  await dialog.getByRole('listitem').filter({ hasText: sent.name }).first().getByRole('button').click();
  await expect(dialog.getByRole('status').first()).toContainText(texted.firstName);
  // a draft: what would happen now, and which condition keeps her out
  await dialog.getByRole('button', { name: 'Ask about another' }).click();
  await dialog.getByRole('listitem').filter({ hasText: draft }).getByRole('button').click();
  await expect(dialog.getByText('is not in the group')).toBeVisible();
  await expect(dialog.getByText(/People who came in at least 500 times:/)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await shoot('answer-draft');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // no website tells: no field for a link, and it is said what it would take
  await page.getByRole('navigation').getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Texting', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Connect links' })).toBeVisible();
  await shoot('links-none');
  const file = join(mkdtempSync(join(tmpdir(), 'clicks-')), 'clicks.csv');
  writeFileSync(file, 'code,time,user agent\n');
  const { shop } = await r.call<{ shop: { website: string } }>('settings/get', {});
  const host = shop.website.replace(/^https?:\/\//, '').split('/')[0] || 'cornershoes.example';
  await r.call('taps/connect', { base: `${host}/t/`, path: file });
  appendFileSync(file, `zzzzzzzz,${new Date(MORNING).toISOString()},Safari\n`);
  await expect(page.getByText(`${host}/t/k7m4q9xz`)).toBeVisible();
  await page.getByRole('button', { name: 'Look now' }).click();
  await expect(page.getByText('1 visit with a code nobody has')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await shoot('links');
  await r.close();
});
