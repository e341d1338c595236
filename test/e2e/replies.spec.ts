import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { Keyboard } from '../support/keyboard';
import { type Carrier, openPractice, type Regulars, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';

/** Tuesday 17 November 2026, 11:00 in New York. */
const MORNING = Date.parse('2026-11-17T16:00:00Z');
const OUT = process.env['REGULARS_SHOTS_OUT'];

let carrier: Carrier;
let r: Regulars;
let page: Page;
let kb: Keyboard;
let camera: Camera | null = null;
/** Who asks for the blue runner. */
let asker = '';

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  carrier = await startCarrier(['--any-account', '--seed', 'replies', '--now', String(MORNING), '--rate', '1']);
  r = await openPractice({
    env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`, TZ: 'America/New_York' },
  });
  page = r.page;
  kb = new Keyboard(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  if (OUT) camera = new Camera(r, OUT, 'replies');
  await expect(page.getByRole('navigation').getByText('Campaigns')).toBeVisible();
});
test.afterAll(async () => {
  await r?.close().catch(() => undefined);
  carrier?.stop();
});

const shot = async (what: string) => {
  if (camera) await camera.shot(what);
};
async function violations(): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`);
}
interface Line {
  id: number;
  phone: string | null;
  name: string;
}
/** People who may be texted, from the list itself. */
async function textable(): Promise<Line[]> {
  const { rows } = await r.call<{ rows: Line[] }>('customers/list', { offset: 0, limit: 60, permission: 'in' });
  return rows.filter((p) => p.phone !== null);
}
/** Somebody who got the newest campaign and may be texted, and that campaign. */
async function answersCampaign(): Promise<{ thread: string; campaign: number }> {
  const { rows } = await r.call<{ rows: { id: number; startedAt: number | null }[] }>('campaigns/list', { page: { offset: 0, limit: 50 } });
  const newest = rows.filter((x) => x.startedAt !== null).sort((x, y) => (y.startedAt ?? 0) - (x.startedAt ?? 0))[0];
  for (const p of (await textable()).slice(5)) {
    const { entries } = await r.call<{ entries: { kind: string; at: number; campaign?: string | null; state?: string }[] }>(
      'customers/timeline',
      {
        id: p.id,
        offset: 0,
        limit: 10,
      },
    );
    const text = entries.find((x) => x.kind === 'text-out' && x.state === 'delivered');
    if (p.phone && text && newest && Math.abs(text.at - (newest.startedAt ?? 0)) < 2 * 86_400_000)
      return { thread: p.phone, campaign: newest.id };
  }
  throw new Error('nobody got the newest campaign');
}
const writes = async (from: string, body: string) => {
  await carrier.control('inbound', { from, body });
};

test('replies come in, are counted in the rail and told once', async () => {
  const [a, b, c, d] = await textable();
  // somebody answers the latest campaign with its word
  const { thread, campaign } = await answersCampaign();
  await r.call('inbox/save-reply-words', {
    campaignId: campaign,
    words: [{ word: 'hold', means: 'hold', answerEn: '', answerEs: '', holdDays: 3 }],
  });
  await writes(thread, 'HOLD 8.5 in red');
  asker = a?.phone ?? '';
  await writes(asker, 'Do you have the blue runner in an 8? Please hold a pair for me');
  await writes(b?.phone ?? '', 'no more texts please');
  await writes(c?.phone ?? '', 'enough already');
  await writes(d?.phone ?? '', 'cancel');
  await kb.goTo('Counter');
  await r.call('inbox/sync');
  await expect(page.getByText(/conversations? to read/)).toBeAttached();
  await shot('rail');
});

test('the list, the filters and the search', async () => {
  await kb.goTo('Replies');
  await expect(page.getByRole('listbox', { name: 'Conversations' })).toBeVisible();
  await shot('full');
  await page.getByRole('listbox').focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('log')).toBeVisible();
  await shot('conversation');
  expect(await violations()).toEqual([]);
  if (camera) {
    await camera.size(1024, 700);
    await shot('narrow');
    await camera.size(1280, 800);
  }
});

test('an answer: kept words, the hours there, a counter task done by keyboard, the timeline', async () => {
  const list = page.getByRole('listbox', { name: 'Conversations' });
  await kb.to(list);
  const asked = page.getByRole('option', { name: /blue runner/ });
  await expect(asked).toBeVisible();
  for (let i = 0; i < 8 && (await asked.getAttribute('aria-selected')) !== 'true'; i++) await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('log')).toContainText('blue runner');
  await page.keyboard.press('Enter');
  const box = page.getByLabel('Your answer');
  await expect(box).toBeFocused();
  await page.keyboard.type('/held');
  await shot('kept-answers');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue(/it is set aside for you/);
  await shot('answer');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Your answer is on its way')).toBeVisible();
  await expect(page.getByRole('log')).toContainText('it is set aside for you');
  await expect(
    page
      .getByRole('log')
      .getByText(/^(Sent|Arrived|On its way)$/)
      .last(),
  ).toBeVisible({ timeout: 30_000 });
  // the task, from the very message
  await kb.press(page.getByRole('log').getByRole('button', { name: 'Counter task' }).last());
  await kb.type(page.getByLabel('What is to be done?'), 'Blue runner, size 8');
  await shot('task');
  await page.keyboard.press('Enter');
  await expect(page.getByText('On the counter')).toBeVisible();
  await kb.goTo('Counter');
  await expect(page.getByText('2 things to do for customers')).toBeVisible();
  await expect(page.getByText('Hold: 8.5 in red')).toBeVisible();
  await shot('counter');
  expect(await violations()).toEqual([]);
  await kb.press(
    page
      .getByRole('listitem')
      .filter({ hasText: 'Blue runner, size 8' })
      .getByRole('button', { name: /^Picked up: / }),
  );
  await expect(page.getByText('1 thing to do for a customer')).toBeVisible();
  // the next one has the focus: one more key, and nothing is left
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 thing to do for a customer')).toBeHidden();
  await shot('counter-done');
  const { rows } = await r.call<{ rows: { customerId: number; state: string; outcome: string }[] }>('counter-tasks/list', {
    offset: 0,
    limit: 10,
  });
  expect(rows.map((t) => t.outcome).sort()).toEqual(['picked-up', 'sold']);
  const { entries } = await r.call<{ entries: { kind: string; words?: string; outcome?: string }[] }>('customers/timeline', {
    id: rows.find((t) => t.outcome === 'picked-up')?.customerId,
    offset: 0,
    limit: 40,
  });
  expect(entries.find((e) => e.kind === 'task')).toMatchObject({ words: 'Blue runner, size 8', outcome: 'picked-up' });
});

test('at night the box says what time it is there, and the owner decides', async () => {
  await carrier.control('clock', { advance: 10 * 3_600_000 }); // 21:00
  await kb.goTo('Replies');
  await page.getByRole('textbox', { name: 'Find a person, a number or words' }).fill('blue runner');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const box = page.getByLabel('Your answer');
  await expect(box).toBeFocused();
  await page.keyboard.type('It is still here.');
  await expect(page.getByText(/where they are/)).toBeVisible();
  await shot('night');
  expect(await violations()).toEqual([]);
  await kb.press(page.locator('form').getByRole('button', { name: 'Send it now anyway' }));
  await expect(page.getByText('Your answer is on its way')).toBeVisible();
  await expect(
    page
      .getByRole('log')
      .getByText(/Sent|Arrived|On its way/)
      .last(),
  ).toBeVisible({ timeout: 60_000 });
  await page.getByRole('textbox', { name: 'Find a person, a number or words' }).fill('');
});

test('parked, stopped, tasks, kept answers', async () => {
  await page.getByRole('listbox').focus();
  await page
    .getByText(/^May be a stop/)
    .first()
    .click();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('Home');
  await shot('parked');
  await kb.press(page.getByRole('button', { name: 'Counter tasks', exact: true }));
  await shot('tasks');
  await page.keyboard.press('Escape');
  await page.getByText('Left', { exact: true }).click();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('Home');
  await shot('left');
});

test('the composer has words to answer with, settings the answer while closed', async () => {
  await r.call('campaigns/save', {
    id: null,
    fields: {
      name: 'Hold it',
      segmentId: null,
      body: '{shop}: the blue runner is back.',
      offerId: null,
      addStopLine: true,
      holdout: 'auto',
      goal: { kind: 'none', target: null },
      windowDays: 14,
    },
  });
  await kb.goTo('Campaigns');
  await page.getByRole('row', { name: /Hold it/ }).click();
  await kb.press(page.getByRole('button', { name: 'Let people answer HOLD' }));
  await expect(page.getByText('We answer at once')).toBeAttached();
  await kb.press(page.getByRole('button', { name: /Put “Reply HOLD”/ }));
  await page.getByText('Words people can answer with').scrollIntoViewIfNeeded();
  await page.waitForTimeout(900);
  if (OUT) await page.screenshot({ path: `${OUT}/replies-light-composer.png` });
  expect(await violations()).toEqual([]);
  await kb.goTo('Settings');
  await kb.press(page.getByRole('button', { name: 'Automatic answers' }));
  await expect(page.getByText('They read')).toBeVisible();
  await shot('settings');
  expect(await violations()).toEqual([]);
});

test('why people left, and how quickly we answer', async () => {
  await kb.goTo('Results');
  const panel = page.getByText('What you can do about it');
  await panel.scrollIntoViewIfNeeded();
  await page.waitForTimeout(600);
  if (OUT) await page.screenshot({ path: `${OUT}/replies-light-leaving.png`, fullPage: false });
  await kb.press(page.getByRole('button', { name: /Text less often/ }));
  await shot('remedy');
  await kb.press(page.getByRole('dialog').getByRole('button', { name: 'Text less often' }));
  await expect(page.getByText('Did it help?')).toBeVisible();
  await page.getByText('Did it help?').scrollIntoViewIfNeeded();
  if (OUT) await page.screenshot({ path: `${OUT}/replies-light-leaving-done.png` });
  expect(await violations()).toEqual([]);
});
