import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { violations } from '../support/axe';
import { nextSave } from '../support/demo';
import { freshDir, openPractice, startCarrier } from '../support/launch';
import { Camera } from '../support/shots';

const OUT = process.env['REGULARS_SHOTS_OUT'] ?? 'test-results/papers';
/** Sat 21 Nov 2026, noon in New York: the page is due on Monday at eight. */
const SATURDAY = Date.UTC(2026, 10, 21, 17);
const HOUR = 3_600_000;

const latin = (path: string) => readFileSync(path).toString('latin1');
const sheets = (pdf: string) => (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
/** Points: A4 is 595 × 842, Letter 612 × 792. */
const isA4 = (pdf: string) => /\/MediaBox\s*\[\s*0 0 59[45][\d.]* 84[12]/.test(pdf);

test('pages for paper: saved by hand, put into a folder while nobody looks, and a chart as a picture', async () => {
  test.setTimeout(180_000);
  const time = await startCarrier(['--now', String(SATURDAY), '--rate', '1']);
  const r = await openPractice({ env: { REGULARS_CLOCK_URL: `${time.url}/__sim/clock`, TZ: 'America/New_York' } });
  try {
    const { page } = r;
    const to = freshDir('papers');
    mkdirSync(OUT, { recursive: true });
    const c = new Camera(r, OUT, 'papers');
    await c.size(1024, 700);
    await expect(page.getByRole('navigation').getByText('This week')).toBeVisible();
    await page.getByRole('navigation').getByText('This week').click();

    const save = async (button: string, name: string) => {
      await nextSave(r, join(to, name));
      await page.getByRole('button', { name: button }).click();
      await expect.poll(() => existsSync(join(to, name)), { timeout: 60_000 }).toBe(true);
    };
    await save('Save as PDF', 'week.pdf');
    await save('Save as CSV', 'week.csv');
    expect(latin(join(to, 'week.pdf')).startsWith('%PDF')).toBe(true);
    expect(isA4(latin(join(to, 'week.pdf')))).toBe(false); // a shop in the US
    expect(readFileSync(join(to, 'week.csv'), 'utf8')).toMatch(/^\ufeffFigure,Value,.*\r\n/);

    const { campaigns } = await r.call<{ campaigns: { id: number; window: { state: string } }[] }>('reports/overview');
    const closed = campaigns.find((x) => x.window.state === 'closed');
    const paper = await r.call('papers/campaign', { campaignId: closed?.id });
    await nextSave(r, join(to, 'campaign.pdf'));
    await r.call('shell/save-paper', { paper });
    expect(sheets(latin(join(to, 'campaign.pdf')))).toBeGreaterThanOrEqual(1);

    const chart = page.getByRole('figure').first();
    await chart.getByRole('button', { name: 'Save or copy this chart' }).click();
    await nextSave(r, join(to, 'chart.png'));
    await page.getByRole('menuitem', { name: 'Save picture' }).click();
    await expect.poll(() => existsSync(join(to, 'chart.png'))).toBe(true);
    expect(latin(join(to, 'chart.png')).slice(1, 4)).toBe('PNG');

    // the printed week, asked for in the settings; then the window goes
    await r.call('papers/save-settings', { size: 'A4', weekly: true, folder: to, weekday: 0, hour: 8 });
    await page.keyboard.press('Escape');
    await page.getByRole('navigation').getByText('Settings').click();
    await page.getByRole('button', { name: 'Printing' }).click();
    await expect(page.getByText(/^The next one comes Mon 23 Nov, 8:00/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: join(OUT, 'printing-settings.png') });
    await r.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    await time.control('clock', { advance: 44.5 * HOUR });
    const weekly = 'Practice shop This week 2026-11-16 to 2026-11-22.pdf';
    await expect.poll(() => readdirSync(to), { timeout: 60_000 }).toContain(weekly);
    expect(isA4(latin(join(to, weekly)))).toBe(true);
    // no window is left behind
    await expect.poll(() => r.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  } finally {
    await r.close();
    time.stop();
  }
});
