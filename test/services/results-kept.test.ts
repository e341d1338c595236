import type { Db } from '@db/open';
import { countPeople, outcomeRows, outcomeTotals } from '@db/queries/outcomes';
import { startedCampaigns } from '@db/queries/reports';
import { seedShop } from '@db/seed/index';
import type { CampaignId, CustomerId } from '@domain/kernel';
import { DAY, HOUR } from '@domain/kernel';
import { OUTCOME_SUMS, type OutcomeTotal } from '@domain/reports/outcome';
import { mergePeople, unmergePeople } from '@services/customers/merge';
import { erasePerson } from '@services/privacy/erase';
import { campaignReport } from '@services/reports/campaign';
import { keepResults, resultsUpToDate } from '@services/results/keeper';
import { marginsNow } from '@services/results/margins';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { aFile, importFile, squareItems, undo } from '../support/imports';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

let db: Db;
let ctx: TestCtx;
beforeAll(async () => {
  db = createDb();
  seedShop(db, { seed: 5, people: 260, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
  ctx = aCtx({ db, settings: { money: { marginPercent: 40 } } });
  await keepResults(ctx);
});

const all = <T>(sql: string, ...args: (string | number | null)[]): T[] => db.raw.prepare(sql).all(...args) as T[];
const exec = (sql: string, ...args: (string | number | null)[]): void => void db.raw.prepare(sql).run(...args);

/** What is kept must be what counting everybody anew gives, its sums, and what texts and days come to in plain SQL. */
function expectKeptIsCounted(): void {
  for (const head of startedCampaigns(db, 100)) {
    const anew = countPeople(db, head, marginsNow(ctx), { after: Number.MIN_SAFE_INTEGER, limit: 1_000_000 });
    expect(outcomeRows(db, head.id), `campaign ${head.id}`).toEqual(anew);
    const sums = new Map<string, OutcomeTotal>();
    for (const o of anew) {
      const key = `${o.part}/${o.words}/${o.arm}`;
      const t = sums.get(key) ?? { ...o, people: 0, ...Object.fromEntries(OUTCOME_SUMS.map((k) => [k, 0])) };
      sums.set(key, t as OutcomeTotal);
      (t as OutcomeTotal).people++;
      for (const k of OUTCOME_SUMS) (t as OutcomeTotal)[k] += o[k];
    }
    const wanted = [...sums.values()].map(({ part, words, arm, people, ...t }) => ({
      part,
      words,
      arm,
      people,
      ...Object.fromEntries(OUTCOME_SUMS.map((k) => [k, t[k]])),
    }));
    const byKey = (a: { part: number; words: string; arm: string }, b: typeof a) =>
      `${a.part}/${a.words}/${a.arm}` < `${b.part}/${b.words}/${b.arm}` ? -1 : 1;
    expect([...outcomeTotals(db, head.id)].sort(byKey)).toEqual(wanted.sort(byKey));
  }
  const left = "state IN ('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'uncertain')";
  expect(all('SELECT * FROM campaign_cost WHERE texts > 0 ORDER BY campaign_id')).toEqual(
    all(`SELECT CAST(cause_id AS INTEGER) AS campaign_id, count(*) AS texts, sum(coalesce(carrier_segments, segments)) AS segments,
      coalesce(sum(price), 0) AS known, coalesce(sum(CASE WHEN price IS NULL THEN quoted_price END), 0) AS quoted,
      coalesce(sum(CASE WHEN price IS NULL AND quoted_price IS NULL THEN segments END), 0) AS unquoted, sum(price IS NULL) AS unpriced
      FROM outbox WHERE cause_kind = 'campaign' AND ${left} GROUP BY 1 ORDER BY 1`),
  );
  expect(
    all('SELECT day, sum(sales) AS sales, sum(known) AS known, sum(net) AS net FROM day_fact GROUP BY day HAVING sum(sales) > 0'),
  ).toEqual(
    all(`SELECT shop_day AS day, sum(kind = 'sale') AS sales, sum(kind = 'sale' AND customer_id IS NOT NULL) AS known,
      sum(CASE WHEN kind = 'sale' AND refunded > 0 AND net + tax > 0
        THEN CAST(round(net * 1.0 * (net + tax - min(refunded, net + tax)) / (net + tax)) AS INTEGER) ELSE net END) AS net
      FROM sale WHERE status IN ('completed', 'partially-refunded', 'refunded') GROUP BY 1 HAVING sum(kind = 'sale') > 0`),
  );
}

/** One thing that happens to a shop; `n` and `m` choose to whom. */
type Happening = (n: number, m: number) => unknown;
const pick = <T>(rows: readonly T[], n: number): T | undefined => rows[n % Math.max(1, rows.length)];
const person = (n: number) =>
  pick(
    all<{ id: number; phone: string | null; campaign: number; at: number; ends: number }>(
      `SELECT p.customer_id AS id, p.phone, c.id AS campaign, c.started_at AS at, c.window_ends_at AS ends FROM campaign_person p
   JOIN campaign c ON c.id = p.campaign_id ORDER BY p.customer_id, c.id`,
    ),
    n * 7919,
  );
const sale = (n: number) =>
  pick(all<{ id: number; customer_id: number | null }>('SELECT id, customer_id FROM sale ORDER BY id DESC LIMIT 4000'), n * 13);
let made = 0;
const addSale = (customer: number | null, at: number, kind = 'sale', net = 4500) =>
  exec(
    `INSERT INTO sale (source, source_sale_id, kind, status, occurred_at, shop_day, customer_id, source_customer_id, currency, gross, discount, net, tax, import_id)
     VALUES ('square', ?, ?, 'completed', ?, date(? / 1000, 'unixepoch', '-5 hours'), ?, (SELECT source_customer_id FROM customer_identity WHERE customer_id = ? LIMIT 1),
       'USD', ?, 500, ?, 300, (SELECT max(id) FROM import))`,
    `kept-${++made}`,
    kind,
    at,
    at,
    customer,
    customer,
    kind === 'sale' ? net + 500 : net,
    net,
  );
const happenings: Record<string, Happening> = {
  'somebody buys': (n, m) => {
    const p = person(n);
    if (p) addSale(p.id, p.at + (m % 40) * DAY + HOUR * 5);
  },
  'nobody known buys': (n) => addSale(null, NOON - (n % 60) * DAY),
  'something comes back': (n, m) => {
    const p = person(n);
    if (p) addSale(p.id, p.at + (m % 50) * DAY, 'refund', -2000);
  },
  'a sale is taken back in part': (n, m) => {
    const s = sale(n);
    if (s) exec("UPDATE sale SET refunded = min(net, ?), status = 'partially-refunded' WHERE id = ? AND kind = 'sale'", m, s.id);
  },
  'a sale was void': (n) => {
    const s = sale(n);
    if (s) exec("UPDATE sale SET status = CASE status WHEN 'void' THEN 'completed' ELSE 'void' END WHERE id = ?", s.id);
  },
  'a late link': (n, m) => {
    const s = sale(n);
    const p = person(m);
    if (s && p) exec('UPDATE sale SET customer_id = ? WHERE id = ?', s.customer_id === null ? p.id : null, s.id);
  },
  'a till identity is known earlier, or later': (n, m) => {
    const p = person(n);
    if (p) exec('UPDATE customer_identity SET linked_at = ? WHERE customer_id = ?', m % 2 ? 0 : NOON, p.id);
  },
  'a text fails after all': (n) => {
    const p = person(n);
    if (p)
      exec(
        "UPDATE outbox SET state = CASE state WHEN 'delivered' THEN 'undelivered' ELSE 'delivered' END WHERE cause_kind = 'campaign' AND cause_id = ? AND address = ?",
        String(p.campaign),
        p.phone,
      );
  },
  'a text never left': (n) => {
    const p = person(n);
    if (p)
      exec(
        "UPDATE outbox SET state = CASE state WHEN 'skipped' THEN 'sent' ELSE 'skipped' END WHERE cause_kind = 'campaign' AND cause_id = ? AND address = ?",
        String(p.campaign),
        p.phone,
      );
  },
  'the price comes': (n, m) => {
    const p = person(n);
    if (p)
      exec(
        "UPDATE outbox SET price = ?, carrier_segments = 2 WHERE cause_kind = 'campaign' AND cause_id = ? AND address = ?",
        m % 3 ? m : null,
        String(p.campaign),
        p.phone,
      );
  },
  'somebody answers': (n, m) => {
    const p = person(n);
    if (p)
      exec(
        `INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, customer_id, campaign_id, handled)
    VALUES (?, ?, '+1', '', ?, ?, ?, ?, ?, 1)`,
        `in${++made}`,
        p.phone ?? '+1',
        p.at + HOUR,
        p.at + HOUR,
        ['message', 'opt-out', 'reaction'][m % 3] ?? 'message',
        p.id,
        p.campaign,
      );
  },
  'a code is redeemed, or taken back': (n) => {
    const r = pick(all<{ id: number }>('SELECT id FROM redemption ORDER BY id'), n);
    if (r) exec('UPDATE redemption SET reversed_at = CASE WHEN reversed_at IS NULL THEN at + 1 END WHERE id = ?', r.id);
  },
  'she is here': (n, m) => {
    const p = person(n);
    if (p) exec('INSERT INTO visit_note (customer_id, at) VALUES (?, ?)', p.id, p.at + (m % 20) * DAY);
  },
  'credit moves': (n, m) => {
    const s = sale(n);
    const p = person(m);
    if (s && p)
      exec(
        "INSERT OR REPLACE INTO sale_credit (sale_id, campaign_id, customer_id, kind, net) VALUES (?, ?, ?, 'influenced', 100)",
        s.id,
        p.campaign,
        p.id,
      );
  },
  'somebody leaves a campaign': (n) => {
    const p = person(n);
    if (p) exec('DELETE FROM campaign_person WHERE campaign_id = ? AND customer_id = ?', p.campaign, p.id);
  },
  'two records are one, and are not': (n, m) => {
    const [a, b] = [person(n)?.id, person(m)?.id] as (CustomerId | undefined)[];
    if (a === undefined || b === undefined || a === b) return;
    const { mergeId } = mergePeople(ctx, owner, { a, b, take: {} });
    if (m % 2) unmergePeople(ctx, owner, mergeId);
  },
};

describe('what results are read from', () => {
  it('is what counting everybody anew gives, whatever happens to sales, texts, codes and people', { timeout: 120_000 }, async () => {
    expectKeptIsCounted();
    const one = fc.tuple(fc.constantFrom(...Object.keys(happenings)), fc.nat(5000), fc.nat(5000));
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 12 }), async (list) => {
        for (const [name, n, m] of list) {
          try {
            happenings[name]?.(n, m);
          } catch (error) {
            if ((error as { code?: unknown }).code === undefined) throw error; // refused by the app: nothing happened
          }
        }
        await resultsUpToDate(ctx, 'all');
        await keepResults(ctx);
        expectKeptIsCounted();
      }),
      { numRuns: 20 },
    );
  });

  it('after an import, its undo, and somebody erased', { timeout: 120_000 }, async () => {
    const p = person(3);
    const campaign = (p?.campaign ?? 0) as CampaignId;
    const tillId =
      all<{ id: string }>('SELECT source_customer_id AS id FROM customer_identity WHERE customer_id = ?', p?.id ?? 0)[0]?.id ?? '';
    const file = aFile(
      squareItems(
        [1, 2, 3].map((day) => ({
          Date: new Date((p?.at ?? 0) + day * DAY).toISOString().slice(0, 10),
          'Transaction ID': `week-${day}`,
          'Customer ID': day === 3 ? '' : tillId,
        })),
      ),
    );
    const before = await campaignReport(ctx, campaign);
    const report = await importFile(ctx, file);
    await keepResults(ctx);
    expectKeptIsCounted();
    await undo(ctx, report.id);
    await keepResults(ctx);
    expect(await campaignReport(ctx, campaign)).toEqual({ ...before, window: expect.anything(), recognised: before.recognised });
    expectKeptIsCounted();
    await ctx.tasks.finished(erasePerson(ctx, owner, { id: p?.id as CustomerId }).task);
    await resultsUpToDate(ctx, 'all');
    expectKeptIsCounted();
    expect(all('SELECT 1 FROM campaign_outcome WHERE customer_id = ?', p?.id ?? 0)).toEqual([]);
    // what was counted of them stays counted
    const { funnel, people } = await campaignReport(ctx, campaign);
    expect({ funnel, people }).toEqual({ funnel: before.funnel, people: before.people });
  });

  it('is counted anew when a margin is typed, and comes back the same from nothing', { timeout: 60_000 }, async () => {
    exec("INSERT INTO margin (kind, name, basis_points, updated_at) VALUES ('category', (SELECT max(category) FROM sale_line), 1000, 5)");
    await resultsUpToDate(ctx, 'all');
    expectKeptIsCounted();
    for (const t of ['campaign_outcome', 'outcome_total', 'outcome_state', 'day_fact']) exec(`DELETE FROM ${t}`);
    exec('INSERT OR IGNORE INTO day_todo SELECT DISTINCT shop_day FROM sale');
    await keepResults(ctx);
    expectKeptIsCounted();
  });
});

describe('a report while much is behind', () => {
  it('shows what is there, says how many people are being counted, and is asked again when they are', { timeout: 60_000 }, async () => {
    const r = all<{ id: number; campaign: CampaignId }>(
      'SELECT r.id, r.campaign_id AS campaign FROM redemption r JOIN campaign_person p ON p.campaign_id = r.campaign_id AND p.customer_id = r.customer_id WHERE r.reversed_at IS NULL',
    )[0];
    const campaign = r?.campaign as CampaignId;
    const before = await campaignReport(ctx, campaign);
    expect(before.counting).toBe(0);
    exec(`INSERT OR IGNORE INTO outcome_todo (customer_id, campaign_id, since)
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) SELECT 900000 + i, ${campaign}, 0 FROM n`);
    exec('UPDATE redemption SET reversed_at = at + 1 WHERE id = ?', r?.id ?? 0);
    const { counting, ...meanwhile } = await campaignReport(ctx, campaign);
    expect(counting).toBeGreaterThan(3000);
    expect(meanwhile.funnel).toEqual(before.funnel);
    ctx.announced.length = 0; // what credit announced
    for (let i = 0; i < 4000 && !ctx.announced.includes('reports'); i++) await new Promise((done) => setTimeout(done, 5));
    expect(ctx.announced).toContain('reports');
    const after = await campaignReport(ctx, campaign);
    expect(after.counting).toBe(0);
    expect(after.funnel).not.toEqual(before.funnel);
    expectKeptIsCounted();
  });
});
