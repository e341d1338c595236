import { overTime } from '@contract/over-time';
import { reports } from '@contract/reports';
import type { Db } from '@db/open';
import { ledgers } from '@db/queries/reports';
import { seedShop } from '@db/seed/index';
import { newcombe } from '@domain/attribution/intervals';
import type { CampaignId, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { rfmCellRule } from '@domain/reports/over-time-findings';
import { campaignReport } from '@services/reports/campaign';
import { campaignTrend } from '@services/reports/campaign-trend';
import { listGrowth } from '@services/reports/list-growth';
import { rfmOfShop } from '@services/reports/over-time';
import { overview } from '@services/reports/overview';
import { thisWeek } from '@services/reports/week';
import { countPeople } from '@services/segments/segments';
import { beforeAll, describe, expect, it } from 'vitest';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

let db: Db;
let ctx: TestCtx;
beforeAll(() => {
  db = createDb();
  seedShop(db, { seed: 2, people: 2500, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
  ctx = aCtx({ db });
});
const n = (sql: string, ...args: (string | number)[]): number =>
  (db.raw
    .prepare(sql)
    .pluck()
    .get(...args) as number | null) ?? 0;

describe('a campaign’s figures equal what plain SQL counts', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])('campaign %d', async (id) => {
    const r = await campaignReport(ctx, id as CampaignId);
    reports['reports/campaign'].output.parse(r);
    const c = db.raw.prepare('SELECT * FROM campaign WHERE id = ?').get(id) as { started_at: number; window_ends_at: number };
    const step = (name: string) => r.funnel.find((f) => f.name === name)?.count;
    const mine = "cause_kind = 'campaign' AND cause_id = ?";
    expect(step('texted')).toBe(n(`SELECT count(*) FROM outbox WHERE ${mine} AND left_at IS NOT NULL`, String(id)));
    expect(step('delivered')).toBe(n(`SELECT count(*) FROM outbox WHERE ${mine} AND state = 'delivered'`, String(id)));
    expect(step('replied')).toBe(
      n("SELECT count(DISTINCT customer_id) FROM inbound WHERE campaign_id = ? AND meaning NOT IN ('opt-out', 'reaction')", id),
    );
    expect(r.stops.count).toBe(n("SELECT count(DISTINCT customer_id) FROM inbound WHERE campaign_id = ? AND meaning = 'opt-out'", id));
    expect(step('redeemed')).toBe(
      n('SELECT count(DISTINCT customer_id) FROM redemption WHERE campaign_id = ? AND reversed_at IS NULL', id),
    );
    expect(step('came')).toBe(
      n(
        `SELECT count(*) FROM outbox o WHERE ${mine} AND state = 'delivered' AND (
           EXISTS (SELECT 1 FROM sale s WHERE s.customer_id = o.customer_id AND s.kind = 'sale' AND s.occurred_at >= o.left_at AND s.occurred_at <= ?)
           OR EXISTS (SELECT 1 FROM redemption r WHERE r.campaign_id = ? AND r.customer_id = o.customer_id AND r.reversed_at IS NULL))`,
        String(id),
        c.window_ends_at,
        id,
      ),
    );
    expect(r.people).toEqual({
      texted: n("SELECT count(*) FROM campaign_person WHERE campaign_id = ? AND arm = 'text'", id),
      heldOut: n("SELECT count(*) FROM campaign_person WHERE campaign_id = ? AND arm = 'control'", id),
      excluded: 0,
    });
    expect(r.cost.known).toBe(n(`SELECT sum(price) FROM outbox WHERE ${mine}`, String(id)));
    expect(r.takings.direct.net + r.takings.influenced.net).toBe(n('SELECT sum(net) FROM sale_credit WHERE campaign_id = ?', id));
    expect(r.redemptionsByDay.at(-1)?.total).toBe(n('SELECT count(*) FROM redemption WHERE campaign_id = ? AND reversed_at IS NULL', id));
    expect(r.recognised.of).toBe(
      n("SELECT count(*) FROM sale WHERE kind = 'sale' AND occurred_at BETWEEN ? AND ?", c.started_at, c.window_ends_at),
    );
    if (r.comparison) {
      for (const arm of ['text', 'control'] as const) {
        expect(r.comparison[arm].n).toBe(
          n('SELECT count(*) FROM campaign_person WHERE campaign_id = ? AND arm = ? AND till_fixed = 1', id, arm),
        );
        const bought = n(
          `SELECT count(*) FROM campaign_person p WHERE p.campaign_id = ? AND p.arm = ? AND p.till_fixed = 1 AND EXISTS (
             SELECT 1 FROM sale s JOIN customer_identity i ON i.source = s.source AND i.source_customer_id = s.source_customer_id
             WHERE s.customer_id = p.customer_id AND i.linked_at <= p.drawn_at AND s.kind = 'sale' AND s.occurred_at BETWEEN ? AND ?)`,
          id,
          arm,
          c.started_at,
          c.window_ends_at,
        );
        // a buyer who brought everything back is none
        expect(bought - r.comparison[arm].buyers).toBeGreaterThanOrEqual(0);
        expect(bought - r.comparison[arm].buyers).toBeLessThanOrEqual(2);
      }
      const { text, control, verdict } = r.comparison;
      const d = newcombe({ x: text.buyers, n: text.n }, { x: control.buyers, n: control.n });
      if (verdict.range) expect(verdict.range.low).toBeCloseTo(d.low * text.n, 9);
    }
  });

  it('says nothing before the window has ended and the till file reaches its last day', async () => {
    const last = await campaignReport(ctx, 7 as CampaignId);
    expect(last.window.state).toBe('running');
    expect(last.comparison).toBeNull();
    const later = aCtx({ db, now: (NOON + 20 * DAY) as UtcMs });
    const waiting = await campaignReport(later, 7 as CampaignId);
    expect(waiting.window).toMatchObject({ state: 'waiting-for-till', coveredThrough: '2026-11-16' });
    expect(waiting.comparison).toBeNull();
  });

  it('speaks of profit only once a margin was typed', async () => {
    expect((await campaignReport(ctx, 5 as CampaignId)).comparison?.verdict.measure).toBe('buyers');
    const withMargin = aCtx({ db, settings: { money: { marginPercent: 48 } } });
    const r = await campaignReport(withMargin, 5 as CampaignId);
    expect(r.comparison?.verdict.measure).toBe('profit');
    expect(r.comparison?.marginPercent).toBe(48);
    aCtx({ db, settings: { money: { marginPercent: null } } });
  });

  it('a campaign that never started has no results', async () => {
    await expect(campaignReport(ctx, 99 as CampaignId)).rejects.toMatchObject({ code: 'report.not-found' });
  });
});

describe('overview, list and week', () => {
  it('lists every campaign with the figures of its own page', async () => {
    const o = await overview(ctx);
    reports['reports/overview'].output.parse(o);
    expect(o.campaigns.map((c) => c.id)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    for (const line of o.campaigns) {
      const r = await campaignReport(ctx, line.id);
      expect(line.direct).toBe(r.takings.direct.net);
      expect(line.verdict).toEqual(r.comparison?.verdict ?? null);
    }
    expect(o.pooled?.campaigns).toBe(6);
    expect(o.pooled?.effect.low).toBeLessThan(o.pooled?.effect.estimate ?? 0);
  });

  it('list growth ends at exactly the people who may be texted', async () => {
    const g = await listGrowth(ctx, 80);
    reports['reports/list-growth'].output.parse(g);
    expect(g.points).toHaveLength(80);
    expect(g.points.at(-1)?.onList).toBe(n("SELECT count(*) FROM consent_state WHERE purpose = 'marketing' AND state = 'in'"));
    const short = await listGrowth(ctx, 4);
    expect(short.points.at(-1)?.onList).toBe(g.points.at(-1)?.onList);
    expect(short.points.map((p) => p.joined)).toEqual(g.points.slice(-4).map((p) => p.joined));
  });

  it('the ledger comes number by number, each whole, however few events are read at a time', () => {
    const whole = [...ledgers(db, 1_000_000)];
    expect(whole.flat()).toHaveLength(n("SELECT count(*) FROM consent_event WHERE channel = 'sms'"));
    expect(Math.max(...whole.map((events) => events.length))).toBeGreaterThan(1);
    for (const atOnce of [1, 7]) expect([...ledgers(db, atOnce)]).toEqual(whole);
  });

  it('this week counts the last seven shop days, and what needs the owner', async () => {
    const w = await thisWeek(ctx);
    reports['reports/this-week'].output.parse(w);
    expect([w.firstDay, w.lastDay]).toEqual(['2026-11-11', '2026-11-17']);
    expect(w.coveredThrough).toBe('2026-11-16');
    expect(w.week.takings).toBe(n("SELECT sum(net) FROM sale WHERE shop_day BETWEEN '2026-11-11' AND '2026-11-17'"));
    expect(w.before.takings).toBe(n("SELECT sum(net) FROM sale WHERE shop_day BETWEEN '2026-11-04' AND '2026-11-10'"));
    expect(w.week.redeemed).toBe(n("SELECT count(*) FROM redemption WHERE at >= strftime('%s', '2026-11-11 05:00:00') * 1000"));
    expect(w.needs.map((x) => x.code)).toContain('replies');
    expect(w.needs.map((x) => x.code)).not.toContain('import-overdue');
    expect(w.suggestions.length).toBeGreaterThan(0);
    for (const s of w.suggestions) expect(s.cost).toBe(s.mayBeTexted * ctx.settings().texting.pricePerSegment);
    expect(w.latest?.id).toBe(6);
  });

  it('says how many open days are missing when the till file is old', async () => {
    const monday = aCtx({ db, now: (NOON + 6 * DAY) as UtcMs });
    const need = (await thisWeek(monday)).needs.find((x) => x.code === 'import-overdue');
    expect(need).toMatchObject({ count: 5, day: '2026-11-16' }); // Tue–Sat; Sunday is closed, today still runs
  });

  it('is useful in an empty shop', async () => {
    const empty = aCtx();
    const w = await thisWeek(empty);
    reports['reports/this-week'].output.parse(w);
    expect(w.needs.map((x) => x.code)).toEqual(['no-import']);
    expect(w.suggestions).toEqual([]);
    expect((await overview(empty)).campaigns).toEqual([]);
    expect((await listGrowth(empty, 12)).points).toHaveLength(12);
  });
});

describe('over time', () => {
  it('campaigns on the time line have the figures of their own pages, and are pooled as the overview pools them', async () => {
    const margin = aCtx({ db, settings: { money: { marginPercent: 48 } } });
    const trend = await campaignTrend(margin, 156);
    overTime['reports/campaign-trend'].output.parse(trend);
    const o = await overview(margin);
    expect(trend.campaigns.map((c) => c.id)).toEqual([...o.campaigns].reverse().map((c) => c.id));
    expect(trend.pooled).toEqual(o.pooled?.effect);
    expect(trend.campaigns.filter((c) => c.measured)).toHaveLength(o.pooled?.campaigns ?? 0);
    for (const c of trend.campaigns) {
      const line = o.campaigns.find((l) => l.id === c.id);
      expect([c.delivered, c.redeemed, c.closed]).toEqual([line?.delivered, line?.redeemed, line?.window.state === 'closed']);
      // where it has a verdict of its own in money, that is what is added up
      if (line?.verdict?.range && line.verdict.measure === 'profit' && c.measured) expect(c.measured.profit).toEqual(line.verdict.range);
    }
    expect(trend.campaigns.some((c) => c.measured?.profit)).toBe(true);
    expect((await campaignTrend(margin, 1)).campaigns.length).toBeLessThan(trend.campaigns.length);
    aCtx({ db, settings: { money: { marginPercent: null } } });
  });

  it('every cell of the map of recency and frequency counts the people of the group it makes', () => {
    const cells = new Map(rfmOfShop(ctx).cells.map((c) => [`${c.r}-${c.f}`, c.people]));
    expect(cells.size).toBeGreaterThan(10);
    for (const r of [1, 2, 3, 4, 5])
      for (const f of [1, 2, 3, 4, 5])
        expect([r, f, countPeople(ctx, rfmCellRule(r, f)).count]).toEqual([r, f, cells.get(`${r}-${f}`) ?? 0]);
  });
});
