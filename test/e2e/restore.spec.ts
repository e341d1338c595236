import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { RecipientTally } from '@adapters/practice-carrier/types';
import { expect, test } from '@playwright/test';
import { killAllLives, owned, practiceFolder, until } from '../support/app-kill-lab';
import { violations, violationsInBoth } from '../support/axe';
import { type Carrier, freshDir, type Regulars, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';

/** Tuesday 17 November 2026, 11:00 in New York: the shops and the carriers are awake. */
const OPENING = Date.parse('2026-11-17T16:00:00Z');

const LOOK = process.env['RESTORE_SHOTS'];

let carrier: Carrier;
let shop: Regulars | undefined;
test.beforeEach(async () => {
  carrier = await startCarrier([
    '--any-account',
    '--state',
    join(freshDir('carrier'), 'c.jsonl'),
    '--seed',
    '7',
    '--now',
    String(OPENING),
    '--rate',
    '60',
  ]);
});
test.afterEach(async () => {
  await shop?.close().catch(() => undefined);
  shop = undefined;
  carrier.stop();
  killAllLives();
});

const texts = async (words: string) => (await messages(words)).length;
const messages = async (words: string) =>
  (await carrier.control<{ messages: { direction: string; body: string; to: string }[] }>('messages')).messages.filter(
    (m) => m.direction !== 'inbound' && m.body.includes(words),
  );

async function startCampaign(s: Regulars): Promise<number> {
  const { id: segmentId } = await s.call<{ id: number }>('segments/save', {
    id: null,
    name: 'Lately here',
    rule: {
      all: [
        { is: 'may-text', value: true },
        { is: 'last-visit', op: 'within', days: 90 },
      ],
    },
  });
  const offer = await s.call<{ id: number }>('offers/save', {
    id: null,
    name: 'Boots',
    kind: 'percent',
    percent: 15,
    validDays: 14,
    codeMode: 'personal',
  });
  const fields = {
    name: 'Boots are in',
    segmentId,
    body: 'Juniper & Main: hi {first name|there}, 15% off boots with code {code}.',
    offerId: offer.id,
    addStopLine: true,
    holdout: 'off',
    goal: { kind: 'none', target: null },
    windowDays: 14,
  };
  const { id } = await s.call<{ id: number }>('campaigns/save', { id: null, fields });
  const review = await s.call<{ quoteToken: string }>('campaigns/review', { id });
  // slow enough that a copy can be made in the middle
  await s.call('settings/save-texting', {
    segmentsPerSecond: 1,
    pricePerSegment: 8300,
    senderApproved: true,
    monthlyLimit: null,
    customStopWords: [],
  });
  await s.call('campaigns/start', { id, quoteToken: review.quoteToken });
  return id;
}

test('part of a campaign leaves, a copy is made, more leaves, the copy is brought back: nobody gets a second text, and the owner decides about the rest', async () => {
  test.setTimeout(240_000);
  const dataDir = practiceFolder('restore');
  shop = await owned(dataDir, carrier);
  const id = await startCampaign(shop);
  await until(
    'some left',
    () => texts('15% off boots'),
    (t) => t >= 6,
    60_000,
  );
  // the first copy of a new shop is made by itself; two at once are not
  await until(
    'no copy is being made',
    async () =>
      (await shop?.call<{ kind: string; state: string }[]>('tasks/list'))?.some((t) => t.kind === 'backups.make' && t.state === 'running'),
    (busy) => busy === false,
    60_000,
  );
  const task = await shop.call<string>('backups/make');
  await until(
    'the copy',
    async () => (await shop?.call<{ id: string; state: string }[]>('tasks/list'))?.find((t) => t.id === task)?.state,
    (s) => s === 'done',
  );
  const copy = (await shop.call<{ files: { path: string }[] }>('backups/list')).files;
  const atCopy = await texts('15% off boots');
  await until(
    'more left',
    () => texts('15% off boots'),
    (t) => t >= atCopy + 10,
    90_000,
  );

  await shop.call('backups/restore', { path: copy[0]?.path });
  const state = async () =>
    shop
      ?.call<{ look: string; campaigns: { id: number; left: number; notLeft: number }[]; found: { seen: number } } | null>('restore/state')
      .catch(() => null);
  // signed out by the restart
  await wait(1500);
  const { people } = await shop.call<{ people: { id: number; role: string }[] }>('session/state');
  await shop.call('session/unlock', { staffId: people.find((p) => p.role === 'owner')?.id, pin: '2468' });
  const first = await until('the first look', state, (s) => s?.look === 'second' || s?.look === 'proven', 60_000);
  const left = await texts('15% off boots');
  expect(first?.campaigns).toMatchObject([{ id, left }]);
  expect(first?.campaigns[0]?.notLeft).toBeGreaterThan(0);

  const shots = LOOK ? new Camera(shop, LOOK, 'restore') : null;
  await shots?.size(1280, 800);
  // the page says so, and the rest goes on only from it
  await shop.page.getByRole('button', { name: 'See what came back' }).click();
  await expect(shop.page.getByRole('heading', { name: /Your shop was put back to/ })).toBeVisible();
  await expect(shop.page.getByText('On hold until you decide')).toBeVisible();
  await shots?.shot('on-hold');
  expect(await violationsInBoth(shop.page)).toEqual([]);
  await shop.page.getByRole('button', { name: /Send the other/ }).click();
  await expect(shop.page.getByText('Send the rest before the second look?')).toBeVisible();
  await shots?.shot('early');
  expect(await violations(shop.page)).toEqual([]);
  await shop.page.keyboard.press('Escape');
  await carrier.control('clock', { advance: 50 * 60_000 }); // most of the hour before a look proves anything
  await until('the second look', state, (s) => s?.look === 'proven', 120_000);
  expect(await texts('15% off boots')).toBe(left);
  await expect(shop.page.getByText(/Read to its end, more than an hour after/)).toBeVisible({ timeout: 30_000 });
  await shots?.shot('proven');
  await shop.page.getByRole('button', { name: /Send the other/ }).click();
  await expect(shop.page.getByText('Nothing is on hold.')).toBeVisible({ timeout: 30_000 });
  await until(
    'the rest leaves',
    () => texts('15% off boots'),
    (t) => t > left,
    90_000,
  );
  const tally = await carrier.control<Record<string, RecipientTally>>('assertions');
  expect(Object.values(tally).filter((t) => t.created > 1)).toEqual([]);
});
