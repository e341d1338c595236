import type { Cents, CustomerId, PhoneE164, SegmentId, UtcMs, Zone } from '@domain/kernel';
import type { ShopFacts } from '@domain/segments/evaluate';
import { type RfmCuts, rfmCuts, type Tally } from '@domain/segments/rfm';
import { DEFAULT_SHOP_GAP_DAYS, daysSince, shopMedianGap, startOfToday } from '@domain/segments/rhythm';
import type { Rule } from '@domain/segments/rule';
import type { Db, Trx } from '../open';
import { compileRule } from './segment-sql';

/** People a till made up for anonymous cards are in no group. */
const IN_GROUPS = 'c.weak = 0';

/** What rhythm and RFM compare with. RFM takes a pass over the people (about 100 ms at 100,000) and is made only when asked for. */
export function shopFacts(db: Db, now: UtcMs, zone: Zone): ShopFacts {
  const gaps = db
    .prepare(
      'SELECT median_gap_days AS medianGapDays, sum(gap_count) AS count FROM customer WHERE median_gap_days IS NOT NULL AND gap_count > 0 GROUP BY 1',
    )
    .all() as { medianGapDays: number; count: number }[];
  let rfm: RfmCuts | null = null;
  return {
    now,
    zone,
    medianGapDays: shopMedianGap(gaps) ?? DEFAULT_SHOP_GAP_DAYS,
    get rfm() {
      rfm ??= cutsOf(db, startOfToday(now, zone));
      return rfm;
    },
  };
}

function cutsOf(db: Db, today: UtcMs): RfmCuts {
  const recency = new Map<number, number>();
  const frequency = new Map<number, number>();
  const spend = new Map<number, number>();
  const tally = (m: Map<number, number>, value: number) => void m.set(value, (m.get(value) ?? 0) + 1);
  const people = db
    .prepare('SELECT last_visit_at, visits_365, spend_365 FROM customer WHERE visits_365 > 0 AND last_visit_at IS NOT NULL AND weak = 0')
    .raw()
    .all() as [UtcMs, number, number][];
  for (const [lastVisitAt, visits, spent] of people) {
    tally(recency, daysSince(lastVisitAt, today));
    tally(frequency, visits);
    tally(spend, spent);
  }
  const list = (m: Map<number, number>): Tally[] => [...m].map(([value, count]) => ({ value, count }));
  return rfmCuts({ recency: list(recency), frequency: list(frequency), spend: list(spend) });
}

/** How many people a rule holds, and how many of them may be texted. */
export function countBoth(db: Db, rule: Rule, shop: ShopFacts): { count: number; permitted: number } {
  const may = compileRule({ is: 'may-text', value: true }, shop);
  const { where, params } = compileRule(rule, shop);
  return db.raw
    .prepare(`SELECT count(*) AS count, coalesce(sum(${may.where}), 0) AS permitted FROM customer c WHERE ${IN_GROUPS} AND ${where}`)
    .get(...may.params, ...params) as { count: number; permitted: number };
}

/** How many people a rule holds. */
export function countRule(db: Db, rule: Rule, shop: ShopFacts): number {
  const { where, params } = compileRule(rule, shop);
  return (db.raw.prepare(`SELECT count(*) AS n FROM customer c WHERE ${IN_GROUPS} AND ${where}`).get(...params) as { n: number }).n;
}

/** All members' ids, ascending. */
export function membersOf(db: Db, rule: Rule, shop: ShopFacts): CustomerId[] {
  const { where, params } = compileRule(rule, shop);
  return db.raw
    .prepare(`SELECT c.id FROM customer c WHERE ${IN_GROUPS} AND ${where} ORDER BY c.id`)
    .pluck()
    .all(...params) as CustomerId[];
}

/** For tests of the query plan. */
export function planOfRule(db: Db, rule: Rule, shop: ShopFacts): string[] {
  const { where, params } = compileRule(rule, shop);
  const rows = db.raw.prepare(`EXPLAIN QUERY PLAN SELECT count(*) FROM customer c WHERE ${IN_GROUPS} AND ${where}`).all(...params);
  return (rows as { detail: string }[]).map((r) => r.detail);
}

export interface Member {
  id: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  lastVisitAt: UtcMs | null;
  visits: number;
  spend: Cents;
}

/** Members who came last, first. */
export function membersPage(db: Db, rule: Rule, shop: ShopFacts, page: { offset: number; limit: number }): Member[] {
  const { where, params } = compileRule(rule, shop);
  return db.raw
    .prepare(
      `SELECT c.id, c.first_name AS firstName, c.last_name AS lastName, c.company, c.phone, c.last_visit_at AS lastVisitAt, c.visits, c.spend
       FROM customer c WHERE ${IN_GROUPS} AND ${where} ORDER BY c.last_visit_at DESC, c.id LIMIT ? OFFSET ?`,
    )
    .all(...params, page.limit, page.offset) as Member[];
}

export interface SegmentRow {
  id: SegmentId;
  name: string;
  rule: Rule;
  readyMade: string | null;
  createdAt: UtcMs;
  updatedAt: UtcMs;
}

const rowOf = (r: {
  id: number;
  name: string;
  rule: string;
  ready_made: string | null;
  created_at: number;
  updated_at: number;
}): SegmentRow => ({
  id: r.id as SegmentId,
  name: r.name,
  rule: JSON.parse(r.rule) as Rule,
  readyMade: r.ready_made,
  createdAt: r.created_at as UtcMs,
  updatedAt: r.updated_at as UtcMs,
});

/** Ready-made groups first, then by name. */
export function listSegments(db: Db): SegmentRow[] {
  return db
    .all(
      db.q
        .selectFrom('segment')
        .selectAll()
        .where('archived', '=', 0)
        .orderBy((eb) => eb('ready_made', 'is', null))
        .orderBy((eb) => eb.case().when('ready_made', 'is', null).then(null).else(eb.ref('id')).end())
        .orderBy('name'),
    )
    .map(rowOf);
}

export function segmentById(db: Db, id: SegmentId): SegmentRow | null {
  const r = db.one(db.q.selectFrom('segment').selectAll().where('id', '=', id));
  return r ? rowOf(r) : null;
}

export function insertSegment(trx: Trx, s: { name: string; rule: Rule; readyMade: string | null; now: UtcMs }): SegmentId {
  return trx.run(
    trx.q
      .insertInto('segment')
      .values({ name: s.name, rule: JSON.stringify(s.rule), ready_made: s.readyMade, created_at: s.now, updated_at: s.now }),
  ).lastInsertRowid as SegmentId;
}

export function updateSegment(trx: Trx, id: SegmentId, s: { name: string; rule: Rule; now: UtcMs }): void {
  trx.run(
    trx.q
      .updateTable('segment')
      .set({ name: s.name, rule: JSON.stringify(s.rule), updated_at: s.now })
      .where('id', '=', id),
  );
}

export function archiveSegment(trx: Trx, id: SegmentId, now: UtcMs): void {
  trx.run(trx.q.updateTable('segment').set({ archived: 1, updated_at: now }).where('id', '=', id));
}

/** Names the rule builder offers: what the till calls items, categories; tags and topics in use. */
export function ruleNames(db: Db, what: 'item' | 'category' | 'tag' | 'topic', beginning: string, limit: number): string[] {
  const like = `${beginning.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
  const sql = {
    item: "SELECT DISTINCT name COLLATE NOCASE AS v FROM sale_line WHERE name LIKE ? ESCAPE '\\' AND name <> '' ORDER BY name COLLATE NOCASE LIMIT ?",
    category:
      "SELECT DISTINCT category COLLATE NOCASE AS v FROM sale_line WHERE category LIKE ? ESCAPE '\\' AND category <> '' ORDER BY category COLLATE NOCASE LIMIT ?",
    tag: "SELECT DISTINCT t.value AS v FROM customer c, json_each(c.tags) t WHERE c.tags <> '[]' AND t.value LIKE ? ESCAPE '\\' ORDER BY 1 LIMIT ?",
    topic:
      "SELECT DISTINCT substr(purpose, 7) AS v FROM consent_state WHERE purpose LIKE 'topic:%' AND substr(purpose, 7) LIKE ? ESCAPE '\\' ORDER BY 1 LIMIT ?",
  }[what];
  return db.prepare(sql).pluck().all(like, limit) as string[];
}
