import type { Db, Trx } from '@db/open';
import { textedBetween, visitDays, visitorsPage } from '@db/queries/anyway';
import { recreditPeople, recreditSales, tieRedemptionsToSales } from '@db/queries/attribution';
import { openCodesOf, salesOfCodes, salesOfNobody } from '@db/queries/credit-todo';
import { rewriteDay } from '@db/queries/day-facts';
import { drillPeople } from '@db/queries/drill';
import { countPage, countPeople, forgetOutcomes, recount, workOff } from '@db/queries/outcomes';
import { peopleOfHmacs, reachedPeople, visitMonths } from '@db/queries/over-time';
import { recognisedSales } from '@db/queries/reports';
import { counterFigures, creditFigures, textFigures } from '@db/queries/reports-week';
import { countBoth, counting, countingBoth, countRule, habitsOf, planOfRule, shopFacts } from '@db/queries/segments';
import { boughtPage, favourites } from '@db/queries/suggestions';
import type { CampaignId, CustomerId, Micros, SaleId, ShopDay, UtcMs, Zone } from '@domain/kernel';
import { PEOPLE_FIGURES } from '@domain/reports/figures';
import type { Margins } from '@domain/reports/margin';
import { READY_MADE } from '@domain/segments/ready-made';
import { atOnce } from '@domain/turns';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

/**
 * A shop's file never has statistics (only sample shops do): without them the planner takes every equality for rare, and would rather read
 * all texts of all campaigns than those of the twenty people it was asked about. A shop of 100,000 then counts for hours.
 */
const at = 1_790_000_000_000 as UtcMs;
const id = 1 as CampaignId;
const one = [1 as CustomerId];
const head = { id, startedAt: at, windowEndsAt: at };
const margins: Margins = { shop: null, items: new Map(), categories: new Map() };
const span = { from: at, to: at, firstDay: '2026-11-01' as ShopDay, lastDay: '2026-11-08' as ShopDay };
const codes = [1];
const shop = (db: Db) => shopFacts(db, at, 'America/New_York' as Zone);
const everybody = { all: [] };

/** Questions about a few people, sales or days at a time: each must go straight to them. */
const FEW: readonly [string, (trx: Trx) => unknown][] = [
  ['credit of some people', (trx) => recreditPeople(trx, one)],
  ['credit of sales of nobody', (trx) => recreditSales(trx, [1 as SaleId])],
  ['codes that find their sale', (trx) => tieRedemptionsToSales(trx, codes)],
  ['codes of some people', (trx) => [openCodesOf(trx, one), salesOfCodes(trx, codes), salesOfNobody(trx, [1])]],
  ['some people of a campaign', (trx) => countPeople(trx, head, margins, { ids: one })],
  ['a page of a campaign', (trx) => [countPeople(trx, head, margins, { after: 0, limit: 9 }), countPage(trx, head, margins, 9, at)]],
  ['some people counted anew', (trx) => recount(trx, head, margins, one)],
  [
    'what was noted',
    (trx) =>
      workOff(trx, () => head, margins, [
        { customerId: 1 as CustomerId, campaignId: 0, since: 0 },
        { customerId: 1 as CustomerId, campaignId: id, since: 0 },
      ]),
  ],
  ['somebody forgotten', (trx) => forgetOutcomes(trx, 1 as CustomerId)],
  ['a day', (trx) => rewriteDay(trx, span.firstDay, () => 1)],
  ...PEOPLE_FIGURES.map((figure): [string, (trx: Trx) => unknown] => [
    `people behind "${figure}"`,
    (trx) => drillPeople(trx, id, { figure, part: null, words: null }, { after: 0, limit: 9 }),
  ]),
  ['a page of whom a text reached', (trx) => reachedPeople(trx, id, 0, 9)],
  ['months of visits', (trx) => visitMonths(trx, one)],
  ['people of some numbers', (trx) => peopleOfHmacs(trx, ['x'])],
  ['texted in some days', (trx) => textedBetween(trx, one, at, at)],
  ['days of visits', (trx) => visitDays(trx, one)],
  ['a page of visitors', (trx) => visitorsPage(trx, { after: 0, limit: 9, step: 3 })],
  ['a page of what was bought', (trx) => boughtPage(trx, [1, 2], { after: 0, limit: 9, step: 3 })],
  ['what was bought most', (trx) => atOnce(favourites(trx, 9))],
  [
    'a week',
    (trx) => [textFigures(trx, span, 1 as Micros), counterFigures(trx, span), creditFigures(trx, span), recognisedSales(trx, at, at)],
  ],
];

/** Of these there are many: none may be read through, nor all that belong to one campaign or one kind of text. */
const LARGE =
  'sale|sale_line|sale_credit|outbox|mail|inbound|redemption|link_code|visit_note|visit_day|bought|customer|campaign_person|campaign_outcome|offer_code';
const THROUGH = /^SCAN |\((cause_kind=\?|cause_kind=\? AND cause_id=\?|campaign_id=\?|visit=\?|state=\?|kind=\?)\)/;

function asked(db: Db): string[] {
  const heard: string[] = [];
  const prepare = db.raw.prepare.bind(db.raw);
  db.raw.prepare = ((sql: string) => {
    heard.push(sql);
    return prepare(sql);
  }) as typeof db.raw.prepare;
  return heard;
}

function planOf(db: Db, sql: string): string[] {
  const values = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => 1);
  const named = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map((m) => [m[1], 1]));
  const rows = db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values, ...(sql.includes('@') ? [named] : []));
  return (rows as { detail: string }[]).map((r) => r.detail);
}

/** Steps of a plan that read a large table through; names that stand for it in the statement count too. */
function through(db: Db, sql: string): string[] {
  const names = [
    ...sql.matchAll(new RegExp(`\\b(?:${LARGE})(?: (?:AS )?(?!INDEXED|NOT|WHERE|CROSS|LEFT|JOIN|ON|SET|ORDER|GROUP)(\\w+))?`, 'g')),
  ];
  const large = new Set(names.flatMap((m) => [m[0].split(' ')[0] as string, ...(m[1] ? [m[1]] : [])]));
  return planOf(db, sql).filter((d) => large.has(/^(?:SCAN|SEARCH) (\w+)/.exec(d)?.[1] ?? '') && THROUGH.test(d));
}

describe('what results are counted from, in a file without statistics', () => {
  it.each(FEW)('%s: asked one by one', (_name, ask) => {
    const db = createDb();
    db.raw.exec(`
      INSERT INTO campaign (id, name, state, created_at, updated_at) VALUES (1, 'c', 'finished', 1, 1);
      INSERT INTO customer (id, created_at, updated_at) VALUES (1, 1, 1);
      INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at) VALUES (1, 'x', 'x', 1, 'p', 'square', '{}', 'done', 1);
      INSERT INTO sale (id, source, source_sale_id, kind, status, occurred_at, shop_day, customer_id, currency, gross, net, import_id)
        VALUES (1, 'square', 's1', 'sale', 'completed', ${at}, '2026-11-01', 1, 'USD', 5000, 5000, 1);
      INSERT INTO offer (id, name, kind, valid_days, code_mode, created_at) VALUES (1, 'o', 'other', 14, 'personal', 0);
      INSERT INTO offer_code (code, offer_id, state, issued_at, expires_at) VALUES ('X', 1, 'issued', 0, 0);
      INSERT INTO redemption (id, code, offer_id, customer_id, at, how, receipt_no) VALUES (1, 'X', 1, 1, 1, 'code', 'a7');
      INSERT INTO outcome_state (campaign_id, stamp, until_at, upto, counted_at) VALUES (1, 'x', 1, 0, 1);
      INSERT INTO campaign_person (campaign_id, customer_id, arm, drawn_at) VALUES (1, 1, 'text', 1);
      INSERT INTO article (id, what, name) VALUES (1, 'category', 'a'), (2, 'category', 'b');`);
    const heard = asked(db);
    db.tx((trx) => void ask(trx));
    const questions = [...new Set(heard)].filter((sql) => /^\s*(SELECT|WITH)/i.test(sql));
    expect(questions.length).toBeGreaterThan(0);
    for (const sql of questions) expect(through(db, sql), sql).toEqual([]);
    db.close();
  });

  it('groups are counted in the order of the file, not by the way of the index of everybody known', () => {
    const db = createDb();
    for (const { key, rule } of READY_MADE)
      expect([key, planOfRule(db, rule, shop(db)).filter((d) => d.includes('customer_known'))]).toEqual([key, []]);
    expect(planOfRule(db, everybody, shop(db))).toEqual(['SCAN c']);
    db.close();
  });

  it('slices of a group together hold whom one question holds', () => {
    const db = createDb();
    const add = db.prepare("INSERT INTO customer (id, visits, birthday, weak, created_at, updated_at) VALUES (?, ?, '--11-05', ?, 1, 1)");
    for (const n of [1, 9_999, 10_000, 10_001, 20_000, 20_001, 35_000]) add.run(n, n % 2, n === 20_001 ? 1 : 0);
    db.raw.exec(
      "INSERT INTO customer_permission (purpose, state, customer_id) VALUES ('marketing', 'in', 10000), ('marketing', 'in', 35000)",
    );
    for (const { key, rule } of READY_MADE) {
      expect([key, atOnce(countingBoth(db, rule, shop(db)))]).toEqual([key, countBoth(db, rule, shop(db))]);
      expect([key, atOnce(counting(db, rule, shop(db)))]).toEqual([key, countRule(db, rule, shop(db))]);
      expect(atOnce(habitsOf(db, rule, shop(db))).reduce((n, h) => n + h.people, 0)).toBe(countRule(db, rule, shop(db)));
    }
    expect(atOnce(countingBoth(db, everybody, shop(db)))).toEqual({ count: 6, permitted: 2 });
    db.close();
  });

  it('a slice of a group asks for its own people only', () => {
    const db = createDb();
    db.raw.exec('INSERT INTO customer (id, created_at, updated_at) VALUES (1, 1, 1)');
    const heard = asked(db);
    for (const { rule } of READY_MADE.filter((g) => !['reacted', 'no-reaction'].includes(g.key))) {
      atOnce(countingBoth(db, rule, shop(db)));
      atOnce(counting(db, rule, shop(db)));
      atOnce(habitsOf(db, rule, shop(db)));
    }
    const slices = heard.filter((sql) => sql.includes('NOT INDEXED'));
    expect(slices.length).toBeGreaterThan(20);
    for (const sql of slices)
      expect(
        planOf(db, sql).find((d) => / c\b/.test(d)),
        sql,
      ).toMatch(/USING INTEGER PRIMARY KEY \(rowid/);
    db.close();
  });
});
