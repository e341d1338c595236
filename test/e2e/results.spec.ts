import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { lookAt, violations } from '../support/axe';
import { nextSave } from '../support/demo';
import { type Carrier, freshDir, openPractice, type Regulars, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';

/** Results as the owner reads them on a Monday: the smallest window, a shop of 4,000 people, and the network unplugged from the start. */
test.describe.configure({ mode: 'serial' });

/** Sat 21 Nov 2026, noon in New York: the printed week is due on Monday at eight. */
const SATURDAY = Date.UTC(2026, 10, 21, 17);
const HOUR = 3_600_000;
/** Nobody listens there: every wish to the carrier is refused, as without a network. */
const NOBODY = 'http://127.0.0.1:1';

let time: Carrier;
let r: Regulars;
let page: Page;
let c: Camera;
const look = (name: string) => lookAt(page, `results-${name}`);
const to = (screen: string) => page.getByRole('navigation').getByText(screen, { exact: true }).click();

test.beforeAll(async () => {
  time = await startCarrier(['--now', String(SATURDAY), '--rate', '1']);
  r = await openPractice({
    env: { REGULARS_TWILIO_URL: NOBODY, REGULARS_CLOCK_URL: `${time.url}/__sim/clock`, TZ: 'America/New_York' },
  });
  page = r.page;
  await page.context().setOffline(true);
  c = new Camera(r, 'test-results/results', 'results');
  await c.size(1024, 700);
  await expect(page.getByRole('navigation').getByText('Results')).toBeVisible();
});
test.afterAll(async () => {
  await r?.close();
  time?.stop();
});

test('this week stands there without a network: what the last text did, figures, what could come next', async () => {
  await to('This week');
  await expect(page.getByText(/^Of 1(00|,000) texted, [\d,]+ came; usually [\d,]+ would\.$/).first()).toBeVisible();
  await expect(page.getByText(/^\$[\d,.]+$/).first()).toBeVisible();
  await expect(page.getByRole('figure').first()).toBeVisible();
  await expect(page.getByText(/^Texts cost \$[\d,.]+ in these seven days/)).toBeVisible();
});

test('from a campaign’s numbers to its people, to how they are counted, and beside another campaign', async () => {
  await to('Results');
  const grid = page.getByRole('grid', { name: 'Results' });
  await expect(grid).toBeVisible();
  await c.still();
  await look('all');

  await grid.getByRole('row').nth(2).click(); // the newest one still runs
  const came = page.getByRole('button', { name: /^Came in [\d,]+$/ });
  await expect(came).toBeVisible();
  await c.still();
  for (const ask of await page.getByRole('button', { name: 'How is this counted?' }).all()) await ask.click();
  await expect(page.getByText(/^A range is where the truth/)).toBeVisible();
  await look('how');

  // as many as the number says, by keys, and on to one of them
  const n = /[\d,]+$/.exec(await came.innerText())?.[0] ?? '';
  await came.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('grid')).toHaveAttribute('aria-rowcount', String(Number(n.replace(',', '')) + 1));
  await expect(dialog.getByText(/came in after the text arrived/)).toBeVisible();
  await look('people');
  await dialog.getByRole('grid').press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Customers' }).first()).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Compare two' }).click();
  await page.getByLabel('Second campaign').selectOption({ index: 3 });
  await expect(page.getByText(/more came in after|can’t be told apart/)).toBeVisible();
  await c.still();
  await look('two');
});

test('results over time: every drawing tells what it shows, and a cell of the map becomes a group', async () => {
  await to('Results');
  await page.getByText('Over time', { exact: true }).click();
  await expect(page.getByText(/^The last four whole weeks took /)).toBeVisible();
  await expect(page.getByText(/^Busiest is .* slowest /)).toBeVisible();
  await expect(page.getByText(/^Of 100 people who signed up, /)).toBeVisible();

  const takings = page.getByRole('figure', { name: /^The last four whole weeks took/ });
  await takings.getByRole('button', { name: 'Show as table' }).press('t');
  await expect(takings.getByRole('columnheader', { name: 'Discounts' })).toBeVisible();
  await takings.getByRole('button', { name: 'Show as chart' }).press('t');

  const cell = page.getByRole('button', { name: /^[\d,]+ people\. How often: Most often\. How lately: Latest\./ });
  const people = (await cell.innerText()).trim();
  await cell.click();
  await expect(page.getByText('How often: Most often. How lately: Latest.', { exact: true })).toBeVisible();
  await look('cell');
  await page.getByRole('button', { name: 'Make a group of them' }).click();
  // the group holds as many people as the cell said
  await expect(page.getByRole('heading', { name: 'Most often, latest' })).toBeVisible();
  await expect(
    page
      .getByRole('button', { name: `All ${people}` })
      .or(page.getByText(`${people} people`))
      .first(),
  ).toBeVisible();
});

test('the till check says what its discounts mean and lists receipts without a code; margins stand beside takings', async () => {
  await to('Offers');
  await page.getByRole('button', { name: 'Till check' }).click();
  await expect(page.getByText('Which of these at your till mean a text offer?')).toBeVisible();
  await look('till-names');
  await page
    .getByRole('button', { name: /: A text offer$/ })
    .first()
    .click();
  await expect(page.getByText(/The till shows .* text discounts?, the counter recorded/)).toBeVisible();
  await page.getByRole('button', { name: '10% off: A text offer' }).click();
  await expect(page.getByText(/with a text discount and no code/)).toBeVisible();
  await page
    .getByLabel(/^Why has receipt/)
    .first()
    .selectOption({ label: 'Wrong key' });
  await expect(page.getByText('Noted.').first()).toBeVisible();
  await look('till-check');

  await to('Results');
  await page.getByRole('button', { name: 'Margins', exact: true }).click();
  const first = page.getByLabel(/^Margin of .* in percent$/).first();
  await expect(first).toBeVisible();
  await first.fill('120');
  await expect(page.getByText('0 to 100')).toBeVisible();
  await first.fill('52.5');
  await look('margins');
  await page.getByRole('button', { name: 'Save 1 margin' }).click();
  await expect(page.getByText(/^Saved\./).first()).toBeVisible();
  await expect(first).toHaveValue('52.5');
  await page.getByRole('button', { name: 'Things', exact: true }).click();
  await expect(page.getByText('its category').first()).toBeVisible();
});

const latin = (path: string) => readFileSync(path).toString('latin1');
/** Points: A4 is 595 × 842, Letter 612 × 792. */
const isA4 = (pdf: string) => /\/MediaBox\s*\[\s*0 0 59[45][\d.]* 84[12]/.test(pdf);
const sheets = (pdf: string) => (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;

test('pages for paper: saved by hand, put into a folder while nobody looks, and a chart as a picture', async () => {
  const folder = freshDir('papers');
  mkdirSync(folder, { recursive: true });
  await to('This week');
  const save = async (button: string, name: string) => {
    await nextSave(r, join(folder, name));
    await page.getByRole('button', { name: button }).click();
    await expect.poll(() => existsSync(join(folder, name)), { timeout: 60_000 }).toBe(true);
  };
  await save('Save as PDF', 'week.pdf');
  await save('Save as CSV', 'week.csv');
  expect(latin(join(folder, 'week.pdf')).startsWith('%PDF')).toBe(true);
  expect(isA4(latin(join(folder, 'week.pdf')))).toBe(false); // a shop in the US
  expect(readFileSync(join(folder, 'week.csv'), 'utf8')).toMatch(/^\ufeffFigure,Value,.*\r\n/);

  const { campaigns } = await r.call<{ campaigns: { id: number; window: { state: string } }[] }>('reports/overview');
  const closed = campaigns.find((x) => x.window.state === 'closed');
  const paper = await r.call('papers/campaign', { campaignId: closed?.id });
  await nextSave(r, join(folder, 'campaign.pdf'));
  await r.call('shell/save-paper', { paper });
  expect(sheets(latin(join(folder, 'campaign.pdf')))).toBeGreaterThanOrEqual(1);

  const chart = page.getByRole('figure').first();
  await chart.getByRole('button', { name: 'Save or copy this chart' }).click();
  await nextSave(r, join(folder, 'chart.png'));
  await page.getByRole('menuitem', { name: 'Save picture' }).click();
  await expect.poll(() => existsSync(join(folder, 'chart.png'))).toBe(true);
  expect(latin(join(folder, 'chart.png')).slice(1, 4)).toBe('PNG');

  await r.app.evaluate(({ clipboard }) => clipboard.clear());
  await chart.getByRole('button', { name: 'Save or copy this chart' }).click();
  await page.getByRole('menuitem', { name: 'Copy picture' }).click();
  await expect
    .poll(() =>
      r.app.evaluate(({ clipboard }) => {
        // before Electron 45 it was asked in a way of its own (main/shell/copy-picture.ts)
        const either = clipboard as { availableFormats?(): string[]; has?(type: string): Promise<boolean> };
        return either.availableFormats?.().includes('image/png') ?? either.has?.('image/png');
      }),
    )
    .toBe(true);

  // the printed week, asked for in the settings; then the window goes
  await r.call('papers/save-settings', { size: 'A4', weekly: true, folder, weekday: 0, hour: 8 });
  await page.keyboard.press('Escape');
  await to('Settings');
  await page.getByRole('button', { name: 'Printing' }).click();
  await expect(page.getByText(/^The next one comes Mon 23 Nov, 8:00/)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await r.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await time.control('clock', { advance: 44.5 * HOUR });
  const weekly = 'Practice shop This week 2026-11-16 to 2026-11-22.pdf';
  await expect.poll(() => readdirSync(folder), { timeout: 60_000 }).toContain(weekly);
  expect(isA4(latin(join(folder, weekly)))).toBe(true);
  // no window is left behind
  await expect.poll(() => r.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
