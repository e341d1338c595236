import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { openDb } from '@db/open';
import { instantOf, localTime, shopDay } from '@domain/calendar';
import { DAY, HOUR, MINUTE, type UtcMs, type Zone } from '@domain/kernel';
import { expect, test } from '@playwright/test';
import { Keyboard } from '../support/keyboard';
import { type Carrier, freshDir, openPractice, type Regulars, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';

/** Campaigns planned ahead, in the real window: this computer on, off at their hour, and off while Twilio sends. */
const NY = 'America/New_York' as Zone;
const OUT = process.env['REGULARS_SHOTS_OUT'];
/** The practice carrier's Messaging Service and its first number. */
const SERVICE = `MG${'0'.repeat(24)}00abcdef`;
const SERVICE_NUMBER = '+12125550141';
const PEOPLE = 8;

test.describe.configure({ mode: 'serial' });
let carrier: Carrier;
let dataDir: string;
let r: Regulars;
/** Ours in the group, some of them. */
let phones: string[] = [];
let segmentId = 0;

interface Text {
  to: string;
  from: string | null;
  status: string;
  direction: string;
  body: string;
}
interface Figures {
  state: string;
  pauseReason: string | null;
  delivered: number;
  left: number;
}
const texts = async () =>
  (await carrier.control<{ messages: Text[] }>('messages')).messages.filter((m) => m.direction !== 'inbound' && m.body.includes('boots'));
const statuses = async (words: string) => {
  const n: Record<string, number> = {};
  for (const m of await texts()) if (m.body.includes(words)) n[m.status] = (n[m.status] ?? 0) + 1;
  return n;
};
const get = (id: number) => r.call<Figures>('campaigns/get', { id });
const carrierNow = async () => (await carrier.control<{ now: number }>('clock')).now;
const advanceTo = async (at: number) => void (await carrier.control('clock', { advance: at - (await carrierNow()) }));
const file = () => join(dataDir, 'practice', 'shop.sqlite');

const open = async () => {
  r = await openPractice({
    dataDir,
    env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`, TZ: NY },
  });
  await expect(r.page.getByRole('navigation').getByText('Campaigns')).toBeVisible({ timeout: 60_000 });
};
/** The shop file while the app is off. */
function whileOff(change: (raw: ReturnType<typeof openDb>['raw']) => void): void {
  const db = openDb(file());
  change(db.raw);
  db.close();
}

/** A plain weekday at eleven, at least `days` from now, when everybody of the group may be texted. */
async function goodTime(draft: number, days: number): Promise<UtcMs> {
  const now = await carrierNow();
  for (let d = days; d < days + 9; d++) {
    const [y, m, n] = shopDay((now + d * DAY) as UtcMs, NY)
      .split('-')
      .map(Number) as [number, number, number];
    const at = instantOf(NY, y, m, n, 11);
    if (localTime(at, NY).weekday === 0) continue;
    const review = await r.call<{ leaving: { now: number; later: number } }>('campaigns/review', { id: draft, at });
    if (review.leaving.now > 0 && review.leaving.later === 0) return at;
  }
  throw new Error('no good day');
}

async function draft(name: string, words: string): Promise<number> {
  const fields = {
    name,
    segmentId,
    body: `{shop}: hi {first name|there}, ${words} boots are in.`,
    offerId: null,
    addStopLine: true,
    holdout: 'off',
    goal: { kind: 'none', target: null },
    windowDays: 14,
  };
  return (await r.call<{ id: number }>('campaigns/save', { id: null, fields })).id;
}

async function plan(id: number, at: number, o: { latePolicy?: string; viaCarrier?: boolean } = {}): Promise<void> {
  const viaCarrier = o.viaCarrier ?? false;
  const review = await r.call<{ quoteToken: string; checks: unknown[]; people: number; ceiling: { people: number } }>('campaigns/review', {
    id,
    at,
    viaCarrier,
  });
  expect(review.quoteToken, JSON.stringify(review.checks)).toBeTruthy();
  await r.call('campaigns/schedule', {
    id,
    quoteToken: review.quoteToken,
    at,
    latePolicy: o.latePolicy ?? 'ask',
    ceilingPeople: viaCarrier ? review.people : review.ceiling.people,
    viaCarrier,
  });
}

test.beforeAll(async () => {
  carrier = await startCarrier(['--any-account', '--seed', 'schedule', '--now', String(Date.now()), '--rate', '1']);
  dataDir = freshDir('practice');
  await open();
  await r.close();
  whileOff((raw) => {
    // New Yorkers who may be texted and were not lately: a group small enough to look at
    const some = raw
      .prepare(
        `SELECT c.id, c.phone FROM customer c JOIN address_book a ON a.address = c.phone
         JOIN consent_state s ON s.address_hmac = a.address_hmac AND s.channel = 'sms' AND s.purpose = 'marketing' AND s.state = 'in'
         WHERE c.phone_problem IS NULL AND c.phone_kind = 'mobile' AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.address = c.phone)
         GROUP BY c.phone HAVING count(*) = 1 ORDER BY c.id LIMIT ${PEOPLE}`,
      )
      .all() as { id: number; phone: string }[];
    for (const p of some) raw.prepare('UPDATE customer SET tags = ? WHERE id = ?').run('["planned"]', p.id);
    phones = some.map((p) => p.phone);
  });
  await open();
  segmentId = (await r.call<{ id: number }>('segments/save', { id: null, name: 'Planned', rule: { all: [{ is: 'tag', tag: 'planned' }] } }))
    .id;
});
test.afterAll(async () => {
  await r?.close().catch(() => undefined);
  carrier?.stop();
});

async function violations(): Promise<string[]> {
  const found = await new AxeBuilder({ page: r.page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`);
}
const shot = async (what: string, height = 768) => {
  if (!OUT) return;
  const camera = new Camera(r, OUT, 'schedule');
  await camera.size(1280, height);
  await camera.shot(what);
};

test('the owner plans a campaign by keys, sees it on its page and in the list, and moves it', async () => {
  const { page } = r;
  const kb = new Keyboard(page);
  const id = await draft('Thursday boots', 'first');
  const at = await goodTime(id, 2);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await kb.goTo('Campaigns');
  await page.getByRole('row', { name: /Thursday boots/ }).click();
  await kb.press(page.getByRole('button', { name: 'Check and send' }));
  await page.getByRole('radio', { name: 'At a time' }).focus();
  await page.keyboard.press('Space');
  const boxes = { day: shopDay(at, NY), time: '11:00' };
  await page.getByLabel('Day').fill(boxes.day);
  await page.getByLabel('Time', { exact: true }).fill('03:00');
  await expect(page.getByText(/None of them may be texted then/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await shot('review-closed', 1300);
  await page.getByLabel('Time', { exact: true }).fill(boxes.time);
  await expect(page.getByText(/Up to 13 people and/)).toBeVisible();
  await page.getByLabel('At most').fill('20');
  await expect(page.getByText(/Up to 20 people and/)).toBeVisible();
  await kb.choose(page.getByLabel('If this computer is off then'), 'Leave');
  await shot('review-time', 1300);
  // a number that is in no service of its own: says what is missing, and stays off
  await page.getByRole('switch', { name: 'Send even if this computer is off' }).click();
  await expect(page.getByText(/Messaging Service/).first()).toBeVisible();
  await shot('review-no-service', 1300);
  await kb.hold(page.getByRole('button', { name: /^Plan it for/ }), 1500);
  await expect(page.getByText('If it left today')).toBeVisible();
  await expect(page.getByText('8 people would get it')).toBeVisible();
  await expect(page.getByText(/You approved up to 20 people/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await shot('planned');
  await kb.press(page.getByRole('button', { name: 'Another time' }));
  await page.getByRole('dialog').getByLabel('Time', { exact: true }).fill('12:30');
  await shot('move');
  await kb.press(page.getByRole('button', { name: 'Save this time' }));
  await expect(page.getByText(/leaves .*12:30/)).toBeVisible();
  await kb.goTo('Campaigns');
  await expect(page.getByRole('row', { name: /Thursday boots/ })).toContainText('Planned');
  await expect(page.getByRole('row', { name: /Thursday boots/ })).toContainText('12:30');
  await shot('list');
  expect(await texts()).toEqual([]);
  await r.call('campaigns/cancel', { id });
});

test('off at their hour: one asks, one is left out, one leaves later that day', async () => {
  const [asks, skips, late] = [await draft('Asks', 'asking'), await draft('Skips', 'skipped'), await draft('Late', 'late')];
  const at = await goodTime(asks, 1);
  await plan(asks, at, { latePolicy: 'ask' });
  await plan(skips, at, { latePolicy: 'skip' });
  await plan(late, at, { latePolicy: 'send-late' });
  await r.close();
  await advanceTo(at + 2 * HOUR);
  expect(await texts()).toEqual([]);
  await open();
  await expect.poll(async () => (await get(asks)).pauseReason, { timeout: 60_000 }).toBe('missed');
  await expect.poll(async () => (await get(skips)).state, { timeout: 60_000 }).toBe('cancelled');
  await expect.poll(async () => (await get(late)).left, { timeout: 60_000 }).toBe(PEOPLE);
  expect(await statuses('asking')).toEqual({});
  expect(await statuses('skipped')).toEqual({});
  const { page } = r;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const kb = new Keyboard(page);
  await kb.goTo('Campaigns');
  await expect(page.getByText(/“Skips” was left out/)).toBeVisible();
  await expect(page.getByRole('row', { name: /Asks/ })).toContainText('Waits for you');
  expect(await violations()).toEqual([]);
  await shot('missed-list');
  await kb.press(page.getByRole('button', { name: 'Open', exact: true }));
  await expect(page.getByText('It did not leave: this computer was off')).toBeVisible();
  expect(await violations()).toEqual([]);
  await shot('missed');
  await kb.press(page.getByRole('button', { name: 'Look at it again' }));
  await expect.poll(async () => (await get(asks)).state).toBe('draft');
});

test('Twilio sends while this computer is off; at the next start it is known', async () => {
  await r.close();
  whileOff((raw) => {
    const texting = JSON.parse(raw.prepare("SELECT value FROM setting WHERE key = 'texting'").pluck().get() as string);
    texting.sender = { kind: 'service', sid: SERVICE };
    texting.numbers = [SERVICE_NUMBER, '+12125550142'];
    raw.prepare("UPDATE setting SET value = ? WHERE key = 'texting'").run(JSON.stringify(texting));
  });
  await advanceTo((await carrierNow()) + 7 * DAY);
  await open();
  const id = await draft('By Twilio', 'held');
  const at = await goodTime(id, 1);
  await plan(id, at, { viaCarrier: true });
  await expect.poll(() => statuses('held'), { timeout: 60_000 }).toEqual({ scheduled: PEOPLE });
  const kb = new Keyboard(r.page);
  await r.page.emulateMedia({ reducedMotion: 'reduce' });
  await kb.goTo('Campaigns');
  await r.page.getByRole('row', { name: /By Twilio/ }).click();
  await expect(r.page.getByText(`Twilio holds ${PEOPLE} texts`)).toBeVisible();
  expect(await violations()).toEqual([]);
  await shot('held');
  await r.close();
  await advanceTo(at + 30 * MINUTE);
  await expect.poll(() => statuses('held'), { timeout: 30_000 }).toEqual({ delivered: PEOPLE });
  await open();
  await expect.poll(async () => (await get(id)).delivered, { timeout: 60_000 }).toBe(PEOPLE);
  await expect.poll(async () => (await get(id)).state, { timeout: 60_000 }).toBe('finished');
});

test('a STOP while this computer is off is found at the start, before the hour, and that text called back', async () => {
  await advanceTo((await carrierNow()) + 7 * DAY);
  const id = await draft('With a stop', 'stopped');
  const at = await goodTime(id, 1);
  await plan(id, at, { viaCarrier: true });
  await expect.poll(() => statuses('stopped'), { timeout: 60_000 }).toEqual({ scheduled: PEOPLE });
  await r.close();
  const who = phones[3] as string;
  await carrier.control('inbound', { from: who, to: SERVICE_NUMBER, body: 'please stop texting me' });
  await advanceTo(at - 2 * HOUR);
  await open();
  await expect.poll(() => statuses('stopped'), { timeout: 60_000 }).toEqual({ scheduled: PEOPLE - 1, canceled: 1 });
  await advanceTo(at + 30 * MINUTE);
  await expect.poll(() => statuses('stopped'), { timeout: 30_000 }).toEqual({ delivered: PEOPLE - 1, canceled: 1 });
  expect((await texts()).filter((m) => m.to === who && m.body.includes('stopped')).map((m) => m.status)).toEqual(['canceled']);
});
