import { expect, test } from '@playwright/test';
import { violations, violationsInBoth } from '../support/axe';
import { type BackgroundShop, openBackground } from '../support/background';

/** A computer that falls asleep in the middle of a campaign, and one whose clock is wrong. Events injected: this machine does neither. */
test.describe.configure({ mode: 'serial' });
test.use({ trace: 'off' });

const HOUR = 3_600_000;
const SENDER = '+15005550006';
let shop: BackgroundShop;
test.afterAll(() => shop?.end());

interface SimMessage {
  direction: string;
  to: string;
  createdAt: number;
}
const texts = async () =>
  (await shop.carrier.control<{ messages: SimMessage[] }>('messages')).messages.filter((m) => m.direction !== 'inbound');
const waitingNow = async () => await shop.call<{ now: number; later: { count: number; next: number | null } }>('outbox/leaving');

test('nothing begins after the system’s word; after waking, replies come first and the owner is told', async () => {
  shop = await openBackground();
  await shop.sendSlowly();
  await shop.emit('suspend');
  await shop.page.waitForTimeout(1500); // what was under way is answered
  const asleep = (await texts()).length;
  await shop.page.waitForTimeout(2500);
  expect((await texts()).length).toBe(asleep);

  // Three hours later; meanwhile somebody who was not texted yet wrote in words of their own.
  await shop.carrier.control('clock', { advance: 3 * HOUR });
  const done = new Set((await texts()).map((m) => m.to));
  const { rows } = await shop.call<{ rows: { phone: string | null }[] }>('customers/list', { limit: 200 });
  const quitter = rows.find((c) => c.phone !== null && !done.has(c.phone))?.phone as string;
  await shop.carrier.control('inbound', { from: quitter, to: SENDER, body: 'please stop texting me' });
  await shop.emit('resume');
  await expect.poll(async () => (await texts()).length, { timeout: 30_000 }).toBeGreaterThan(asleep);
  expect((await texts()).filter((m) => m.to === quitter).length).toBeLessThanOrEqual(1); // the answer owed, at most
  await expect(shop.page.getByText(/This computer slept for 3 hr/)).toBeVisible();
  await expect(shop.page.getByText(/leaving now\./).first()).toBeVisible();
  expect(await violationsInBoth(shop.page)).toEqual([]);
  await shop.page.getByRole('button', { name: 'Got it' }).click();
});

test('woken at night: the texts wait for the morning, and the note says until when', async () => {
  await shop.emit('suspend');
  await shop.carrier.control('clock', { advance: 8 * HOUR });
  await expect.poll(async () => (await waitingNow()).now).toBe(0); // the app has heard that it is night
  await shop.emit('resume');
  await expect(shop.page.getByText(/This computer slept for 8 hr/)).toBeVisible();
  await expect(shop.page.getByText(/[\d,]+ texts wait until .*18 Nov/)).toBeVisible({ timeout: 30_000 });
  const before = (await texts()).length;
  await shop.page.waitForTimeout(2500);
  expect((await texts()).length).toBe(before);
  expect((await waitingNow()).later.count).toBeGreaterThan(0);
});

test('a clock that disagrees with the carrier’s holds every text, says by how much, and lets go once it is right', async () => {
  await shop.carrier.control('clock', { advance: 13 * HOUR }); // the next morning
  const before = (await texts()).length;
  await expect.poll(async () => (await texts()).length, { timeout: 40_000 }).toBeGreaterThan(before);
  await shop.carrier.control('switches', { dateSkewMs: -2 * HOUR }); // the carrier's clock says it is two hours earlier: ours is ahead
  await expect(shop.page.getByText(/This computer’s clock is 2 hr ahead of the real time/)).toBeVisible({ timeout: 90_000 });
  await shop.page.waitForTimeout(1000);
  const held = (await texts()).length;
  await shop.page.waitForTimeout(3000);
  expect((await texts()).length).toBe(held);
  expect(await violations(shop.page)).toEqual([]);
  await shop.carrier.control('switches', { dateSkewMs: 0 });
  await shop.page.getByRole('button', { name: 'Look again' }).click();
  await expect(shop.page.getByText(/This computer’s clock is/)).toHaveCount(0);
  await expect.poll(async () => (await texts()).length, { timeout: 30_000 }).toBeGreaterThan(held);
});
