import { type Paper, PaperZ } from '@contract/papers';
import type { Db } from '@db/open';
import { seedShop } from '@db/seed/index';
import type { CampaignId } from '@domain/kernel';
import { campaignCsv, chartCsv, paperCsv } from '@renderer/print/csv';
import { PaperPage, paperWords } from '@renderer/print/PaperPage';
import { MoneyPanel } from '@renderer/screens/reports/CampaignCharts';
import { sayOf } from '@renderer/screens/reports/format';
import { reports } from '@renderer/strings/reports';
import { results, sayFinding } from '@renderer/strings/results';
import { campaignPaper, weekPaper } from '@services/papers/papers';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { draw } from '../support/render';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

let db: Db;
let ctx: TestCtx;
beforeAll(() => {
  db = createDb();
  seedShop(db, { seed: 3, people: 700, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
  ctx = aCtx({ db, settings: { money: { marginPercent: 45 } } });
});
const n = (sql: string, ...args: (string | number)[]): number =>
  (db.raw
    .prepare(sql)
    .pluck()
    .get(...args) as number | null) ?? 0;
/** Written down without the app's own formatting. */
const usd = (cents: number) => `${cents < 0 ? '−' : ''}$${(Math.abs(cents) / 100).toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;
const plain = (cents: number) => (cents / 100).toFixed(2);

/** Rows of all tables of a printed page, by the name in their first cell. */
function printed(paper: Paper): { text: string; row: (name: string) => string[] } {
  const page = document.createElement('div');
  page.innerHTML = renderToStaticMarkup(<PaperPage paper={PaperZ.parse(JSON.parse(JSON.stringify(paper)))} />);
  const rows = [...page.querySelectorAll('tr')].map((r) => [...r.querySelectorAll('th,td')].map((c) => c.textContent ?? ''));
  return { text: page.textContent ?? '', row: (name) => rows.find((r) => r[0] === name)?.slice(1) ?? [] };
}
/** Rows of a file by their first cell; a cell here never holds a comma unless quoted. */
function filed(text: string): (name: string) => string[] {
  const rows = text
    .replace('\ufeff', '')
    .trimEnd()
    .split('\r\n')
    .map((l) => [...`${l},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map((m) => (m[1] ?? '').replace(/^"|"$/g, '').replaceAll('""', '"')));
  return (name) => rows.find((r) => r[0] === name)?.slice(1) ?? [];
}

describe('screen, paper, file and plain SQL say the same, to the cent', () => {
  it('this week', async () => {
    const paper = await weekPaper(ctx);
    const page = printed(paper);
    const row = filed(paperCsv(paper).text);
    const [first, last] = ['2026-11-11', '2026-11-17'];
    const takings = n('SELECT sum(net) FROM sale WHERE shop_day BETWEEN ? AND ?', first, last);
    const before = n("SELECT sum(net) FROM sale WHERE shop_day BETWEEN '2026-11-04' AND '2026-11-10'");
    expect(takings).toBeGreaterThan(0);
    expect(page.row('Takings')).toEqual([usd(takings), usd(before)]);
    expect(row('Takings')).toEqual([plain(takings), '', '', 'USD', first, last, 'America/New_York']);
    const credited = (kind: string) =>
      n(
        'SELECT sum(c.net) FROM sale_credit c JOIN sale s ON s.id = c.sale_id WHERE c.kind = ? AND s.shop_day BETWEEN ? AND ?',
        kind,
        first,
        last,
      );
    expect(page.row('Takings with a code')[0]).toBe(usd(credited('direct')));
    expect(row('Takings with a code')[0]).toBe(plain(credited('direct')));
    expect(page.row('Takings after a text, no code')[0]).toBe(usd(credited('influenced')));
    expect(row('Takings after a text, no code')[0]).toBe(plain(credited('influenced')));
    const used = n("SELECT count(*) FROM redemption WHERE reversed_at IS NULL AND at >= strftime('%s', '2026-11-11 05:00:00') * 1000");
    expect([page.row('Codes used')[0], row('Codes used')[0]]).toEqual([String(used), String(used)]);
    expect(paper.campaigns.length).toBeGreaterThan(0);
    for (const c of paper.campaigns) {
      const direct = n("SELECT sum(net) FROM sale_credit WHERE campaign_id = ? AND kind = 'direct'", c.id);
      expect(page.row(c.name)[4]).toBe(usd(direct));
      expect(row(`${c.name}: With code`)[0]).toBe(plain(direct));
    }
  });

  it.each([5, 6, 7])('campaign %d', async (id) => {
    const paper = await campaignPaper(ctx, id as CampaignId);
    const page = printed(paper);
    const row = filed(campaignCsv(paper.report, paper.shop, '2026-11-01'));
    draw(<MoneyPanel report={paper.report} words={reports.en} say={sayOf(paper.shop, 'en-US', NOON)} />);
    const onScreen = (name: string) =>
      [...document.querySelectorAll('tr')].map((r) => [...r.children].map((c) => c.textContent)).find((r) => r[0] === name);
    for (const [kind, name] of [
      ['direct', 'With the code'],
      ['influenced', 'After the text, no code'],
    ] as const) {
      const net = n('SELECT sum(net) FROM sale_credit WHERE campaign_id = ? AND kind = ?', id, kind);
      expect(page.row(name)[0]).toBe(usd(net));
      expect(row(name).slice(0, 4)).toEqual([plain(net), '', '', 'USD']);
      expect(onScreen(name)).toContain(usd(net));
    }
    const came = paper.report.funnel.find((s) => s.name === 'came')?.count;
    expect([page.row('Came in')[0], row('Came in')[0]]).toEqual([String(came), String(came)]);
    const texted = n("SELECT count(*) FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ? AND left_at IS NOT NULL", String(id));
    expect([page.row('Texted')[0], row('Texted')[0]]).toEqual([String(texted), String(texted)]);
    const spent =
      n("SELECT sum(price) FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?", String(id)) + paper.report.cost.expected;
    expect(row('Texts')[0]).toBe((spent / 1_000_000).toFixed(2));
  });
});

describe('a printed page', () => {
  it('says what was found before any table, whose it is, when it was made, and how it is counted', async () => {
    const paper = await weekPaper(ctx);
    const html = renderToStaticMarkup(<PaperPage paper={paper} />);
    const page = printed(paper);
    expect(page.text.startsWith('Corner Shoes')).toBe(true);
    const found = paper.week.latest && sayFinding(paper.week.latest.finding, results.en, { n: String, money: usd, day: String })[0];
    expect(html.indexOf(String(found))).toBeGreaterThan(0);
    expect(html.indexOf(String(found))).toBeLessThan(html.indexOf('<table'));
    expect(page.text).toContain('Printed Tue 17 Nov, 11:00 am');
    expect(page.text).toContain('New York time');
    expect(paperWords(paper).footer).toBe('Corner Shoes · This week · Printed Tue 17 Nov, 11:00 am');
  });

  it('is useful of an empty shop', async () => {
    const page = printed(await weekPaper(aCtx()));
    expect(page.text).toContain('No text has been measured yet');
    expect(page.row('Takings')).toEqual([]); // nobody knows them: no zero is printed
    expect(page.row('Texts sent')).toEqual(['0', '0']);
  });

  it('names nobody: no number and no person stands on a page that lies in a folder', async () => {
    const page = printed(await weekPaper(ctx));
    expect(page.text).not.toMatch(/\(\d{3}\) \d{3}-\d{4}|\+1\d{10}/);
    const names = db.raw.prepare('SELECT last_name FROM customer WHERE length(last_name) > 6 LIMIT 200').pluck().all() as string[];
    expect(names.filter((x) => page.text.includes(x))).toEqual([]);
  });
});

it('a chart’s file holds what its table shows, runs nothing, and says its money and clock', () => {
  const text = chartCsv(
    {
      head: ['', 'Amount'],
      rows: [
        ['=cmd()', '$1,234.50'],
        ['Lost', '−\u2060$3.00'],
      ],
    },
    { currency: 'USD', zone: 'America/New_York' },
  );
  expect(text).toBe(
    '\ufeff,Amount,Currency,Time zone\r\n\'=cmd(),"$1,234.50",USD,America/New_York\r\nLost,−$3.00,USD,America/New_York\r\n',
  );
});
