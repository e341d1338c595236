import { DAY } from '@domain/kernel';
import { expect, test } from '@playwright/test';
import { violations } from '../support/axe';
import { type Carrier, freshDir, openPractice, type Regulars, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';

/** Follow-ups in the real window: drawn from a ready-made path, priced in the review, watched as they run. */
const OUT = process.env['REGULARS_SHOTS_OUT'];
let carrier: Carrier;
let r: Regulars;
test.describe.configure({ mode: 'serial' });
test.afterAll(async () => {
  await r?.close().catch(() => undefined);
  carrier?.stop();
});

/** In both themes, and with nothing to scroll sideways. */
const clean = async (what: string) => {
  for (const colorScheme of ['dark', 'light'] as const) {
    await r.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await r.page.waitForTimeout(250);
    expect(await violations(r.page), `${what}, ${colorScheme}`).toEqual([]);
  }
  expect(await r.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), what).toBe(0);
  // the window itself never scrolls: only what is inside its frame
  expect(await r.page.evaluate(() => document.documentElement.scrollHeight - innerHeight), what).toBe(0);
};

test('bought shirts, never a suit: drawn, priced, sent and followed', async () => {
  test.setTimeout(180_000);
  carrier = await startCarrier([
    '--any-account',
    '--people',
    '--seed',
    'ladder',
    '--now',
    String(Date.UTC(2026, 10, 17, 16)),
    '--rate',
    '1',
  ]);
  r = await openPractice({
    dataDir: freshDir('ladder'),
    env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`, TZ: 'America/New_York' },
  });
  const { page } = r;
  const camera = OUT ? new Camera(r, OUT, 'ladder') : null;
  const shot = async (name: string) => {
    if (!camera) return;
    for (const theme of ['light', 'dark'] as const) {
      await camera.theme(theme);
      await camera.still();
      await page.screenshot({ path: `${OUT}/ladder-${name}-${theme}.png` });
    }
    await camera.theme('light');
  };
  await expect(page.getByRole('navigation').getByText('Campaigns')).toBeVisible({ timeout: 60_000 });
  const groups = await r.call<{ id: number; readyMade: string | null; permitted: number }[]>('segments/list', {});
  const group = groups.filter((g) => g.permitted > 20).sort((a, b) => a.permitted - b.permitted)[0];
  const offer = await r.call<{ id: number }>('offers/save', {
    id: null,
    name: '10 % off your first suit',
    kind: 'percent',
    percent: 10,
    codeMode: 'personal',
    validDays: 14,
  });
  const fields = {
    name: 'Bought shirts, never a suit',
    segmentId: group?.id,
    body: '{shop}: Hi {first name|there}, 10 % off your first suit: {code}. Reply SUIT and we pick it up.',
    offerId: offer.id,
    addStopLine: true,
    holdout: 'off',
    goal: { kind: 'none', target: null },
    windowDays: 14,
  };
  const { id } = await r.call<{ id: number }>('campaigns/save', { id: null, fields });
  await r.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.send('event', 'menu', { go: 'campaigns' }));
  await page.getByText('Bought shirts, never a suit').first().click();
  const panel = page.getByRole('region', { name: 'Follow-ups' }).first();
  await panel.scrollIntoViewIfNeeded();
  await shot('empty');
  await panel.getByRole('button', { name: 'Bought shirts, never a suit' }).click();
  await expect(panel.getByText('A better price for the suit')).toBeVisible();
  await shot('drawn');
  await panel.getByRole('button', { name: 'Change: A better price for the suit' }).click();
  await expect(panel.getByLabel('They can answer with')).toHaveValue('suit');
  await expect(panel.getByLabel('Text in Spanish')).toHaveValue(/Responde SUIT/);
  await clean('a step being edited');
  await shot('edit');
  await panel.getByRole('button', { name: 'Add a step after “A better price for the suit”' }).click();
  await panel.getByRole('button', { name: 'Used the code' }).click();
  await panel
    .getByRole('textbox', { name: 'Text', exact: true })
    .fill('{shop}: thank you, {first name|friend}. Reply CALL if anything was not right.');
  await expect(panel.getByText('Saved')).toBeVisible();
  await expect.poll(async () => (await r.call<{ steps: unknown[] } | null>('ladders/get', { campaignId: id }))?.steps.length).toBe(3);
  await page.getByRole('button', { name: 'Check and send' }).click();
  const cost = page.getByRole('region', { name: 'Follow-ups, at most' });
  await expect(cost.getByText(/more texts/)).toBeVisible();
  await clean('the review');
  await cost.evaluate((el) => el.scrollIntoView());
  await shot('review');

  const review = await r.call<{ quoteToken: string; people: number }>('campaigns/review', { id });
  await r.call('campaigns/start', { id, quoteToken: review.quoteToken });
  const delivered = async () => (await r.call<{ delivered: number }>('campaigns/get', { id })).delivered;
  await expect.poll(delivered, { timeout: 60_000 }).toBeGreaterThan(review.people / 2);
  await carrier.control('clock', { advance: 4 * DAY });
  await r.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.send('event', 'menu', { go: 'campaigns' }));
  await page.getByText('Bought shirts, never a suit').first().click();
  const running = page.getByRole('region', { name: 'Follow-ups' }).first();
  await expect(running.getByText('Running')).toBeVisible({ timeout: 90_000 });
  await expect(running.getByText(/nothing yet/).first()).toBeVisible();
  await clean('a path that runs');
  await running.evaluate((el) => el.scrollIntoView());
  await shot('running');
  await running.getByRole('button', { name: 'As a table' }).click();
  await expect(running.getByRole('table')).toBeVisible();
  await clean('a path as a table');
  await running.evaluate((el) => el.scrollIntoView());
  await shot('table');
  await running.getByRole('button', { name: 'As a path' }).click();
  await running
    .getByRole('button', { name: /nothing yet/ })
    .first()
    .click();
  await expect(page.getByRole('dialog').getByRole('grid')).toBeVisible();
  await page.keyboard.press('Escape');
  await running.getByRole('button', { name: 'Hold' }).click();
  await expect(running.getByText('On hold').first()).toBeVisible();
  if (camera) await camera.size(1024, 700);
  await running.evaluate((el) => el.scrollIntoView());
  await shot('held-narrow');
  await running.getByRole('button', { name: 'End follow-ups' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End follow-ups' }).click();
  await expect(running.getByText('You ended it')).toBeVisible();
});
