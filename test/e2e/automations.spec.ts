import { expect, type Page, test } from '@playwright/test';
import { violations } from '../support/axe';
import { type Carrier, freshDir, openPractice, type Regulars, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';

/** Automations in the real window: three switched on by an owner who read beforehand who and how many. */
const OUT = process.env['REGULARS_SHOTS_OUT'];
/** Tuesday 17 November 2026, 11:00 in New York. */
const NOW = Date.UTC(2026, 10, 17, 16);
let carrier: Carrier;
let r: Regulars;
/** Switched on so far. */
const seen = new Set<number>();
test.describe.configure({ mode: 'serial' });
test.afterAll(async () => {
  await r?.close().catch(() => undefined);
  carrier?.stop();
});

/** In both themes, with nothing to scroll sideways. */
const clean = async (what: string) => {
  for (const colorScheme of ['dark', 'light'] as const) {
    await r.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await r.page.waitForTimeout(200);
    expect(await violations(r.page), `${what}, ${colorScheme}`).toEqual([]);
  }
  expect(await r.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), what).toBe(0);
};

interface Row {
  id: number;
  kind: string;
  state: string;
}
interface Quote {
  inside: { people: number; reachable: number };
  month: { reachable: number };
}

/** From the list to on: the presses that took, and what the sheet said before the last of them. */
async function turnOn(page: Page, name: string, shot: (name: string) => Promise<void>): Promise<{ presses: number; said: string }> {
  let presses = 0;
  const press = async (button: string) => {
    await page.getByRole('button', { name: button, exact: true }).click();
    presses++;
  };
  await press(`Look at “${name}”`);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await shot(`${name}-off`);
  await press('Switch on…');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/a month|within the next 30 days/).first()).toBeVisible();
  await expect(dialog.getByText(/inside already/).first()).toBeVisible();
  await shot(`${name}-sheet`);
  const said = await dialog.innerText();
  await press('Switch on');
  await expect(dialog).toBeHidden();
  return { presses, said };
}

test('welcome, later than usual and birthday: read beforehand, on in at most four presses each', async () => {
  test.setTimeout(120_000);
  carrier = await startCarrier(['--any-account', '--people', '--seed', 'automations', '--now', String(NOW), '--rate', '1']);
  r = await openPractice({
    dataDir: freshDir('automations'),
    env: { REGULARS_TWILIO_URL: carrier.url, REGULARS_CLOCK_URL: `${carrier.url}/__sim/clock`, TZ: 'America/New_York' },
  });
  const { page } = r;
  const camera = OUT ? new Camera(r, OUT, 'automations') : null;
  const shot = async (name: string) => {
    if (!camera) return;
    for (const theme of ['light', 'dark'] as const) {
      await camera.theme(theme);
      await camera.still();
      await page.screenshot({ path: `${OUT}/automations-${name.replaceAll(' ', '-')}-${theme}.png` });
    }
    await camera.theme('light');
  };
  await page.getByRole('navigation').getByRole('button', { name: 'Automations', exact: true }).click();
  await expect(page.getByText('A good shop remembers')).toBeVisible({ timeout: 60_000 });
  await shot('empty');
  await clean('a shop without automations');

  for (const name of ['Welcome', 'Later than usual', 'Birthday']) {
    const { presses, said } = await turnOn(page, name, shot);
    expect(presses, name).toBeLessThanOrEqual(4);
    // what the sheet said is what the backend reckons for it
    const { rows } = await r.call<{ rows: Row[] }>('automations/list');
    const made = rows.find((x) => x.state === 'on' && !seen.has(x.id));
    seen.add(made?.id ?? 0);
    const q = await r.call<Quote>('automations/quote', { id: made?.id });
    const n = new Intl.NumberFormat('en-US');
    if (q.month.reachable > 0) expect(said).toContain(`About ${n.format(q.month.reachable)} `);
    if (q.inside.people > 0) {
      expect(said).toMatch(new RegExp(`^${n.format(q.inside.people)} (person is|people are) inside already`, 'm'));
      const first = await r.call<{ rows: { firstName: string; dueAt: number }[] }>('automations/today', {
        id: made?.id,
        page: { offset: 0, limit: 1 },
      });
      if (first.rows[0]) expect(said).toContain(first.rows[0].firstName);
    } else expect(said).toContain('Nobody is inside already');
    await expect(page.getByText('On', { exact: true }).first()).toBeVisible();
    await page.getByRole('navigation').getByRole('button', { name: 'Automations', exact: true }).click();
  }
  await expect(page.getByRole('switch', { checked: true })).toHaveCount(3);
  await shot('list');
  await clean('the list');
});

test('one of them: its path, its words, who is due, and everything that can be asked of it', async () => {
  test.setTimeout(60_000);
  const { page } = r;
  await page.getByRole('button', { name: 'Open Birthday', exact: true }).click();
  await expect(page.getByRole('region', { name: 'How it goes' })).toBeVisible();
  await page.getByRole('button', { name: 'Play last month' }).click();
  await expect(page.getByText(/In October .*it would have sent/)).toBeVisible({ timeout: 20_000 });
  await clean('one automation');
  await page.getByRole('button', { name: 'Change' }).first().click();
  await expect(page.getByTestId('bubble')).toBeVisible();
  await clean('its words and rules');
  await page.getByLabel('Name', { exact: true }).fill('Cake day');
  await page.getByRole('button', { name: 'Save and use from now on' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Cake day' })).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Switch off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click();
  await expect(page.getByRole('button', { name: 'Switch on…' })).toBeVisible();
});
