import { results } from '@contract/results';
import type { Db } from '@db/open';
import { seedShop } from '@db/seed/index';
import type { CampaignId } from '@domain/kernel';
import { PEOPLE_FIGURES, type PeopleFigure } from '@domain/reports/figures';
import { monthIndex } from '@domain/reports/over-time';
import { rfmScores } from '@domain/segments/rfm';
import { daysSince, startOfToday } from '@domain/segments/rhythm';
import { breakdown, campaignLines, compareTwo, figurePeople } from '@services/reports/breakdown';
import { campaignReport } from '@services/reports/campaign';
import { busyAndSlow, cohorts, optOutsByTexts, rfmOfShop } from '@services/reports/over-time';
import { overview } from '@services/reports/overview';
import { factsNow } from '@services/segments/segments';
import { beforeAll, describe, expect, it } from 'vitest';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

let db: Db;
let ctx: TestCtx;
beforeAll(() => {
  db = createDb();
  seedShop(db, { seed: 4, people: 900, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
  ctx = aCtx({ db, settings: { money: { marginPercent: 45 } } });
});
const n = (sql: string, ...args: (string | number)[]): number =>
  (db.raw
    .prepare(sql)
    .pluck()
    .get(...args) as number | null) ?? 0;
const ids = (sql: string, ...args: (string | number)[]): number[] =>
  db.raw
    .prepare(sql)
    .pluck()
    .all(...args) as number[];
const all = { part: null, words: null, after: null, limit: 200 };
const everybody = async (campaignId: CampaignId, figure: PeopleFigure): Promise<number[]> => {
  const out: number[] = [];
  let after: Awaited<ReturnType<typeof figurePeople>>['next'] = null;
  do {
    const page = await figurePeople(ctx, { ...all, campaignId, figure, after, limit: 37 });
    results['reports/people'].output.parse(page);
    out.push(...page.rows.map((r) => r.customerId));
    after = page.next;
    expect(page.total).toBeGreaterThanOrEqual(out.length);
  } while (after !== null);
  return out;
};

describe('from a figure to its people', () => {
  it.each([2, 5])('campaign %d: as many as the page says, each once, and the very ones plain SQL finds', async (c) => {
    const id = c as CampaignId;
    const r = await campaignReport(ctx, id);
    const step = (name: string) => r.funnel.find((f) => f.name === name)?.count;
    for (const figure of ['texted', 'delivered', 'replied', 'came', 'redeemed', 'again'] as const) {
      const people = await everybody(id, figure);
      expect(people.length, figure).toBe(step(figure));
      expect(new Set(people).size).toBe(people.length);
    }
    expect((await everybody(id, 'stopped')).length).toBe(r.stops.count);
    expect((await everybody(id, 'bought')).length).toBe(r.comparison?.text.buyers);
    expect((await everybody(id, 'bought-held-out')).length).toBe(r.comparison?.control.buyers);
    expect((await everybody(id, 'compared')).length).toBe(r.comparison?.text.n);
    expect((await everybody(id, 'not-compared')).length).toBe(r.comparison?.notComparable);
    expect(await everybody(id, 'redeemed')).toEqual(
      ids('SELECT DISTINCT customer_id FROM redemption WHERE campaign_id = ? AND reversed_at IS NULL ORDER BY 1', id),
    );
    expect(await everybody(id, 'held-out')).toEqual(
      ids("SELECT customer_id FROM campaign_person WHERE campaign_id = ? AND arm = 'control' ORDER BY 1", id),
    );
    expect(await everybody(id, 'direct')).toEqual(
      ids(
        "SELECT DISTINCT customer_id FROM sale_credit WHERE campaign_id = ? AND kind = 'direct' AND customer_id IS NOT NULL ORDER BY 1",
        id,
      ),
    );
    const came = await figurePeople(ctx, { ...all, campaignId: id, figure: 'came' });
    const notCame = await figurePeople(ctx, { ...all, campaignId: id, figure: 'not-came' });
    expect(came.total + notCame.total).toBe(step('delivered'));
  });

  it('every figure leads somewhere, and a part of it to a part of them', async () => {
    for (const figure of PEOPLE_FIGURES) {
      const whole = await figurePeople(ctx, { ...all, campaignId: 3 as CampaignId, figure });
      const part = await figurePeople(ctx, { ...all, campaignId: 3 as CampaignId, figure, part: 1 });
      expect(part.total, figure).toBe(whole.total);
      expect((await everybody(3 as CampaignId, figure)).length, figure).toBe(whole.total);
      expect((await figurePeople(ctx, { ...all, campaignId: 3 as CampaignId, figure, part: 2 })).total).toBe(0);
    }
  });
});

describe('told apart', () => {
  it('parts, wordings and sides add up to the campaign', async () => {
    const id = 4 as CampaignId;
    db.raw.prepare("UPDATE campaign_person SET part = 2, words = 'en.b.any' WHERE campaign_id = 4 AND customer_id % 3 = 0").run();
    const b = await breakdown(ctx, id);
    results['reports/breakdown'].output.parse(b);
    const r = await campaignReport(ctx, id);
    const sum = (k: 'reached' | 'delivered' | 'came' | 'redeemed' | 'stopped' | 'cost') => b.rows.reduce((t, row) => t + row[k], 0);
    for (const [k, name] of [
      ['reached', 'texted'],
      ['delivered', 'delivered'],
      ['came', 'came'],
      ['redeemed', 'redeemed'],
    ] as const) {
      expect(sum(k), k).toBe(r.funnel.find((f) => f.name === name)?.count);
    }
    expect(sum('cost')).toBe(r.cost.known + r.cost.expected);
    expect(new Set(b.rows.map((row) => row.part))).toEqual(new Set([1, 2]));
    const second = b.rows.filter((row) => row.part === 2 && row.arm === 'text');
    expect(second.reduce((t, row) => t + row.people, 0)).toBe(
      n("SELECT count(*) FROM campaign_person WHERE campaign_id = 4 AND part = 2 AND arm = 'text'"),
    );
    expect(second.reduce((t, row) => t + row.direct + row.influenced, 0)).toBe(
      n(
        "SELECT sum(net) FROM sale_credit c JOIN campaign_person p ON p.campaign_id = c.campaign_id AND p.customer_id = c.customer_id WHERE c.campaign_id = 4 AND p.part = 2 AND p.arm = 'text'",
      ),
    );
  });

  it('every campaign has the same line in the list of all and among the latest', async () => {
    const pages = [await campaignLines(ctx, { offset: 0, limit: 3 }), await campaignLines(ctx, { offset: 3, limit: 200 })];
    for (const p of pages) results['reports/campaigns'].output.parse(p);
    expect(pages.flatMap((p) => p.campaigns)).toEqual((await overview(ctx)).campaigns);
    expect(pages[0]?.total).toBe(n('SELECT count(*) FROM campaign WHERE started_at IS NOT NULL'));
  });

  it('two campaigns beside each other are as far apart one way as the other', async () => {
    const [a, b] = [await compareTwo(ctx, 1 as CampaignId, 5 as CampaignId), await compareTwo(ctx, 5 as CampaignId, 1 as CampaignId)];
    results['reports/compare'].output.parse(a);
    expect(a.a).toEqual(b.b);
    const share = (l: { came: number; delivered: number }) => l.came / l.delivered;
    expect(a.difference.came?.estimate).toBeCloseTo(share(a.a.line) - share(a.b.line), 10);
    expect(a.difference.came?.low).toBeCloseTo(-(b.difference.came?.high ?? 0), 10);
  });
});

describe('over time, as plain SQL counts', () => {
  it('hours and weeks of takings', async () => {
    const h = await busyAndSlow(ctx, 13);
    results['reports/hours'].output.parse(h);
    const real = "status IN ('completed', 'partially-refunded', 'refunded') AND shop_day BETWEEN ? AND ?";
    expect(h.cells.reduce((t, c) => t + c.sales, 0) + h.dayOnly.sales).toBe(
      n(`SELECT count(*) FROM sale WHERE kind = 'sale' AND ${real}`, h.from, h.to),
    );
    const net = `SELECT sum(net - CASE WHEN kind = 'sale' AND refunded > 0 AND net + tax > 0
      THEN CAST(round(net * 1.0 * min(refunded, net + tax) / (net + tax)) AS INTEGER) ELSE 0 END) FROM sale WHERE ${real}`;
    expect(h.cells.reduce((t, c) => t + c.net, 0) + h.dayOnly.net).toBe(n(net, h.from, h.to));
    expect(h.weeks.reduce((t, w) => t + w.net, 0)).toBe(n(net, h.from, h.to));
    // Saturdays between one and two in New York, summer and winter time
    const cell = h.cells.find((c) => c.weekday === 5 && c.hour === 13);
    const saturdays = db.raw
      .prepare(`SELECT occurred_at AS at FROM sale WHERE kind = 'sale' AND time_known = 1 AND ${real}`)
      .all(h.from, h.to);
    const clock = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', weekday: 'short', hour: '2-digit', hourCycle: 'h23' });
    expect(cell?.sales).toBe((saturdays as { at: number }[]).filter((s) => clock.format(s.at).replace(/\W+/g, ' ') === 'Sat 13').length);
    expect(cell?.days).toBeGreaterThanOrEqual(12);
  });

  it('sign-ups and who of them came in later months', async () => {
    const c = await cohorts(ctx, 8);
    results['reports/cohorts'].output.parse(c);
    expect(c.cohorts).toHaveLength(8);
    const firsts = `SELECT p.id, strftime('%Y-%m', min(e.occurred_at) / 1000 - 5 * 3600, 'unixepoch') AS month FROM consent_event e
      JOIN address_book a ON a.address_hmac = e.address_hmac JOIN customer p ON p.phone = a.address
      WHERE e.purpose = 'marketing' AND e.channel = 'sms' AND e.kind IN ('signed-up', 'agreed', 'attested') AND p.weak = 0 GROUP BY p.id`;
    for (const { month, people, came } of c.cohorts) {
      expect(people, month).toBe(n(`SELECT count(*) FROM (${firsts}) WHERE month = ?`, month));
      for (const [k, count] of came.entries()) {
        const later = monthIndex(month) + k;
        const name = `${Math.floor(later / 12)}-${String((later % 12) + 1).padStart(2, '0')}`;
        expect(count, `${month} + ${k}`).toBe(
          n(
            `SELECT count(*) FROM (${firsts}) f WHERE month = ? AND EXISTS (SELECT 1 FROM visit_day v WHERE v.customer_id = f.id AND v.visit = 1
               AND strftime('%Y-%m', v.day * 86400, 'unixepoch') = ?)`,
            month,
            name,
          ),
        );
      }
    }
  });

  it('the map of recency and frequency holds everybody who came within a year, where the group rules see them', () => {
    const { cells } = rfmOfShop(ctx);
    results['reports/rfm-map'].output.parse({ cells });
    const cuts = factsNow(ctx).rfm;
    const today = startOfToday(ctx.clock.now(), ctx.settings().shop.zone);
    const counted = new Map<string, number>();
    const people = db.raw
      .prepare(
        'SELECT visits_365 AS v, spend_365 AS s, last_visit_at AS at FROM customer WHERE visits_365 > 0 AND weak = 0 AND last_visit_at IS NOT NULL',
      )
      .all() as { v: number; s: number; at: number }[];
    for (const p of people) {
      const { r, f } = rfmScores({ recencyDays: daysSince(p.at as never, today), frequency: p.v, spend: p.s }, cuts);
      counted.set(`${r}/${f}`, (counted.get(`${r}/${f}`) ?? 0) + 1);
    }
    expect(new Map(cells.map((c) => [`${c.r}/${c.f}`, c.people]))).toEqual(counted);
  });

  it('opt-outs against texts a month', async () => {
    const o = await optOutsByTexts(ctx, 18);
    results['reports/opt-outs'].output.parse(o);
    expect(o.months.reduce((t, m) => t + m.texts, 0)).toBe(
      n("SELECT count(*) FROM outbox WHERE cause_kind = 'campaign' AND left_at IS NOT NULL AND state NOT IN ('failed', 'rejected')"),
    );
    const stopped = o.months.reduce((t, m) => t + m.stopped.reduce((a, b) => a + b, 0), 0);
    expect(stopped).toBe(
      n("SELECT count(DISTINCT customer_id || '/' || campaign_id) FROM inbound WHERE meaning = 'opt-out' AND campaign_id IS NOT NULL"),
    );
  });
});
