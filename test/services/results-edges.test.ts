import { overTime } from '@contract/over-time';
import { papers } from '@contract/papers';
import { reports } from '@contract/reports';
import { results } from '@contract/results';
import { addDays, startOfDay } from '@domain/calendar';
import type { CampaignId, ShopDay, UtcMs, Zone } from '@domain/kernel';
import { DAY, HOUR } from '@domain/kernel';
import { paperCsv, plainMoney } from '@renderer/print/csv';
import { sayOf } from '@renderer/screens/reports/format';
import { campaignPaper, weekPaper } from '@services/papers/papers';
import { breakdown, campaignLines, compareTwo } from '@services/reports/breakdown';
import { campaignReport } from '@services/reports/campaign';
import { campaignTrend } from '@services/reports/campaign-trend';
import { offersApart } from '@services/reports/offers-apart';
import { busyAndSlow } from '@services/reports/over-time';
import { overview } from '@services/reports/overview';
import { thisWeek } from '@services/reports/week';
import { optOutCost } from '@services/results/lost-regulars';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, squareItems } from '../support/imports';
import { ResultsShop, START } from '../support/results-shop';
import { aCtx, NOON } from '../support/test-ctx';

/** Every page of results answers what its contract says: whole numbers, no "not a number". */
async function everyPage(shop: ResultsShop, id: number) {
  const { ctx } = shop;
  await shop.settle();
  const campaign = id as CampaignId;
  const report = await campaignReport(ctx, campaign);
  reports['reports/campaign'].output.parse(report);
  results['reports/breakdown'].output.parse(await breakdown(ctx, campaign));
  reports['reports/overview'].output.parse(await overview(ctx));
  results['reports/compare'].output.parse(await compareTwo(ctx, campaign, campaign));
  overTime['reports/campaign-trend'].output.parse(await campaignTrend(ctx, 52));
  results['reports/campaigns'].output.parse(await campaignLines(ctx, { offset: 0, limit: 9 }));
  results['reports/offers'].output.parse(await offersApart(ctx));
  await optOutCost(ctx, { campaignId: campaign, months: 6 });
  const week = await thisWeek(ctx);
  reports['reports/this-week'].output.parse(week);
  const paper = await campaignPaper(ctx, campaign);
  papers['papers/campaign'].output.parse(paper);
  const files = paperCsv(paper).text + paperCsv(await weekPaper(ctx)).text;
  for (const word of ['NaN', 'Infinity', 'undefined', 'null']) expect(files).not.toContain(word);
  return { report, week };
}

describe('results at their edges', () => {
  it('a campaign to nobody, and one to a single person who never came', async () => {
    const shop = new ResultsShop();
    shop.people(1, 1);
    shop.file();
    shop.campaign(1, { text: [] });
    expect((await everyPage(shop, 1)).report.finding).toMatchObject({ code: 'no-holdout', people: 0 });
    shop.campaign(2, { text: [1], at: START + DAY });
    expect((await everyPage(shop, 2)).report.comparison?.verdict.code).toBe('no-holdout');
  });

  it('everybody held out came and nobody texted, and the other way round', async () => {
    const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
    for (const [from, to, code] of [
      [101, 200, 'lost'],
      [1, 100, 'made-money'],
    ] as const) {
      const shop = new ResultsShop();
      shop.people(1, 200);
      shop.campaign(1, { text: range(1, 100), control: range(101, 200) });
      for (const who of range(from, to)) shop.sold(who, { at: START + DAY });
      expect((await everyPage(shop, 1)).report.finding.code).toBe(code);
    }
  });

  it('a week of nothing but returns is below zero, the same on screen and in the file', async () => {
    const shop = new ResultsShop();
    shop.people(1, 60);
    shop.campaign(1, { text: [1, 2], at: NOON - 20 * DAY });
    for (const who of [1, 2, null]) shop.sold(who, { kind: 'refund', net: 1234, at: NOON - 2 * DAY });
    const { week, report } = await everyPage(shop, 1);
    expect(week.week).toMatchObject({ takings: -3702, looseRefunds: 1, looseNet: -1234, direct: 0, influenced: 0 });
    expect(report.takings.influenced.net).toBe(0); // never less than nothing: these sales were of before
    const say = sayOf({ currency: 'USD', zone: 'America/New_York' as Zone }, 'en-US', NOON);
    expect(say.cents(-3702)).toBe('−$37.02');
    expect(plainMoney(-3702, 'USD')).toBe('-37.02');
  });

  it('the largest sums are exact to the cent', async () => {
    const shop = new ResultsShop();
    shop.people(1, 120);
    shop.campaign(1, { text: Array.from({ length: 60 }, (_, i) => i + 1), at: NOON - 25 * DAY, days: 20 });
    const much = 99_999_999_999; // a billion dollars less a cent, sixty times
    for (let who = 1; who <= 60; who++) shop.sold(who, { at: NOON - 6 * DAY, net: much });
    const { week, report } = await everyPage(shop, 1);
    expect(report.takings.influenced).toEqual({ sales: 60, net: 60 * much });
    expect(week.week.takings).toBe(60 * much);
    const say = sayOf({ currency: 'USD', zone: 'America/New_York' as Zone }, 'en-US', NOON);
    expect(say.cents(60 * much)).toBe('$59,999,999,999.40');
    expect(plainMoney(60 * much, 'USD')).toBe('59999999999.40');
  });

  it('half a cent is kept by the same side in takings and in credit', async () => {
    const shop = new ResultsShop();
    shop.people(1, 2);
    shop.campaign(1, { text: [1], at: NOON - 5 * DAY });
    shop.sold(1, { at: NOON - 2 * DAY, net: 3, tax: 3, refunded: 3, status: 'partially-refunded' });
    const { week, report } = await everyPage(shop, 1);
    expect([week.week.takings, week.week.influenced, report.takings.influenced.net]).toEqual([2, 2, 2]);
  });
});

describe('days and weeks of the shop’s clock', () => {
  it('no sale is lost or counted twice where the clock is put back, or at midnight between two weeks', async () => {
    // 1 November 2026: the hour from one to two comes twice in New York
    const ctx = aCtx({ now: Date.UTC(2026, 10, 9, 16) as UtcMs });
    const zone = ctx.settings().shop.zone;
    const rows = ['00:00:00', '00:59:59', '01:30:00', '02:00:00', '23:59:59'].flatMap((Time, i) =>
      ['2026-10-31', '2026-11-01', '2026-11-02', '2026-11-08'].map((day, j) => ({
        Date: day,
        Time,
        'Transaction ID': `T${i}-${j}`,
        'Net Sales': `$${i + 1}.00`,
        'Gross Sales': `$${i + 1}.00`,
        Tax: '$0.00',
      })),
    );
    await importFile(ctx, aFile(squareItems(rows)));
    const day = 1500; // one to five dollars
    const net = (from: string, to: string) =>
      ctx.db.raw.prepare('SELECT sum(net) FROM sale WHERE shop_day BETWEEN ? AND ?').pluck().get(from, to) as number;
    expect(net('2026-11-01', '2026-11-01')).toBe(day);
    const week = await thisWeek(ctx, '2026-11-07' as ShopDay);
    expect([week.firstDay, week.lastDay, week.week.takings, week.before.takings]).toEqual(['2026-11-01', '2026-11-07', 2 * day, day]);
    const hours = await busyAndSlow(ctx, 4);
    expect(hours.weeks.reduce((n, w) => n + w.net, 0)).toBe(4 * day);
    expect(hours.cells.reduce((n, c) => n + c.net, 0) + hours.dayOnly.net).toBe(4 * day);
    // the long day is one day of 25 hours, and its last second belongs to it
    expect(startOfDay(addDays('2026-11-01' as ShopDay, 1), zone) - startOfDay('2026-11-01' as ShopDay, zone)).toBe(25 * HOUR);
  });
});
