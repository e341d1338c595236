import { expect, type Page, test } from '@playwright/test';
import { violations } from '../support/axe';
import { type Carrier, freshDir, openPractice, type Regulars, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';
import { walkAutomations } from '../support/shots-automations';

/** Automations in the real window: three switched on by an owner who read beforehand who and how many. */
const OUT = process.env['REGULARS_SHOTS_OUT'];
/** Tuesday 17 November 2026, 11:00 in New York. */
const NOW = Date.UTC(2026, 10, 17, 16);
let carrier: Carrier;
let r: Regulars;
/** Switched on so far, with what was read before. */
const read = new Map<number, Quote>();
/** Of which so many took people at once. */
let taken = 0;
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
  inside: { people: number; reachable: number; held: number; rows: { firstName: string }[] };
  month: { people: number; reachable: number };
  texts: number;
}

const n = new Intl.NumberFormat('en-US');

/** From the list to on, with those inside where there are some: the presses that took, and what the sheet said before the last of them. */
async function turnOn(page: Page, name: string, shot: (name: string) => Promise<void>): Promise<{ presses: number; said: string }> {
  let presses = 0;
  const press = async (button: string) => {
    await page.getByRole('button', { name: button, exact: true }).click();
    presses++;
  };
  await press(`Look at it: ${name}`);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await shot(`${name}-off`);
  await press('Switch on…');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/a month|within the next 30 days/).first()).toBeVisible();
  await expect(dialog.getByText(/inside already/).first()).toBeVisible();
  await shot(`${name}-sheet`);
  const said = await dialog.innerText();
  const also = dialog.getByRole('radio', { name: /^Also th/ });
  if (await also.isVisible()) {
    await also.click();
    presses++;
    await dialog.getByRole('button', { name: /^Switch on, and text th/ }).click();
    presses++;
  } else await press('Switch on');
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

  const quotes = new Map<string, Quote>();
  for (const name of ['Welcome', 'Later than usual', 'Birthday']) {
    const { presses, said } = await turnOn(page, name, async (what) => {
      await shot(what);
      if (!what.endsWith('-sheet')) return;
      const { rows } = await r.call<{ rows: Row[] }>('automations/list');
      for (const x of rows.filter((y) => y.state === 'off')) quotes.set(x.kind, await r.call<Quote>('automations/quote', { id: x.id }));
    });
    expect(presses, name).toBeLessThanOrEqual(4);
    const { rows } = await r.call<{ rows: Row[] }>('automations/list');
    const made = rows.find((x) => x.state === 'on' && !read.has(x.id));
    // asked for before it was on, by the same sheet
    const q = quotes.get(made?.kind ?? '') as Quote;
    read.set(made?.id ?? 0, q);
    if (q.month.reachable > 0) {
      expect(said).toContain(`About ${n.format(q.month.reachable)} `);
      expect(said).toMatch(new RegExp(`about ${n.format(q.texts)} texts?, `));
    }
    if (q.inside.people > 0) {
      expect(said).toMatch(new RegExp(`^${n.format(q.inside.people)} (person is|people are) inside already`, 'm'));
      for (const who of q.inside.rows) expect(said).toContain(who.firstName);
      if (q.inside.held > 0) expect(said).toContain(`${n.format(q.inside.reachable - q.inside.held)} get the text; ${q.inside.held} get`);
    } else expect(said).toContain('Nobody is inside already');
    await expect(page.getByText('On', { exact: true }).first()).toBeVisible();
    await page.getByRole('navigation').getByRole('button', { name: 'Automations', exact: true }).click();
  }
  await expect(page.getByRole('switch', { checked: true })).toHaveCount(3);
  await shot('list');
  await clean('the list');
});

test('as many are taken as were read', async () => {
  test.setTimeout(60_000);
  const decided = async (id: number) => {
    const all = await Promise.all(
      ['text', 'control', 'left-out', 'waiting', 'expired'].map((outcome) =>
        r.call<{ total: number }>('automations/people', { id, outcome, page: { offset: 0, limit: 1 } }),
      ),
    );
    return all.map((x) => x.total);
  };
  for (const [id, q] of read) {
    if (q.inside.people === 0) continue;
    const { rows } = await r.call<{ rows: (Row & { waitsForSales: boolean })[] }>('automations/list');
    // nobody is told they are missed while the till file is not here
    if (rows.find((x) => x.id === id)?.waitsForSales) continue;
    await carrier.control('clock', { advance: 60_000 });
    await expect
      .poll(async () => (await decided(id)).reduce((a, b) => a + b, 0), { timeout: 20_000 })
      .toBeGreaterThanOrEqual(q.inside.people);
    const [texted, control] = (await decided(id)) as [number, number];
    // whose birthday comes these days hears of that first: it was switched on after this one was read
    const { total: giveWay } = await r.call<{ total: number }>('automations/people', {
      id,
      reason: 'automation-soon',
      page: { offset: 0, limit: 1 },
    });
    expect(texted + control + giveWay).toBe(q.inside.reachable);
    if (giveWay === 0) expect(control).toBe(q.inside.held);
    taken++;
  }
  expect(taken).toBeGreaterThan(0);
});

test('one of them: its path, its words, who is due, and everything that can be asked of it', async () => {
  test.setTimeout(60_000);
  const { page } = r;
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Birthday/ })
    .click();
  await expect(page.getByRole('region', { name: 'How it goes' })).toBeVisible();
  await page.getByRole('button', { name: 'Play last month' }).click();
  await expect(page.getByText(/In Oct 2026 it would have sent/)).toBeVisible({ timeout: 20_000 });
  await clean('one automation');
  await page.getByRole('button', { name: 'Change' }).first().click();
  await expect(page.getByTestId('bubble')).toBeVisible();
  await clean('its words and rules');
  await page.getByLabel('Name', { exact: true }).fill('Cake day');
  await page.getByRole('button', { name: 'Save and use from now on' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Cake day' })).toBeVisible();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Switch off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click();
  await expect(page.getByRole('button', { name: 'Switch on…' })).toBeVisible();
});

test('a walk with the camera through all of it', async () => {
  test.skip(OUT === undefined, 'only where pictures are asked for');
  test.setTimeout(240_000);
  await walkAutomations(r, OUT ?? '');
});
