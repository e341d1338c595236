import type { Cents, CustomerId, PhoneE164, SegmentId, ShopDay, UtcMs, Zone } from '@domain/kernel';
import type { ShopFacts } from '@domain/segments/evaluate';
import { axisCuts, enoughForQuintiles, FIXED_CUTS, type RfmCuts, type Tally } from '@domain/segments/rfm';
import { DEFAULT_SHOP_GAP_DAYS, shopMedianGap, startOfToday } from '@domain/segments/rhythm';
import type { Rule } from '@domain/segments/rule';
import type { Db, Trx } from '../open';
import { historyState } from './segment-history-sql';
import { type CompiledRule, compileRule, DAYS_SINCE } from './segment-sql';

const compiled = (db: Db, rule: Rule, shop: ShopFacts): CompiledRule => compileRule(rule, shop, historyState(db));

/**
 * People a till made up for anonymous cards are in no group. With a plus: a file without statistics would otherwise be read in the order
 * of the index of everybody known (migration 410), record by record, where reading it through is half the work.
 */
const IN_GROUPS = '+c.weak = 0';

/** What is worked out once for all questions until something is written. */
interface Known {
  as: string;
  gap?: number;
  cuts?: RfmCuts;
}
const known = new WeakMap<Db, Known>();

function knownOf(db: Db, today: UtcMs): Known {
  // Inside a transaction what is read may be taken back.
  if (db.raw.inTransaction) return { as: '' };
  const own = db.prepare('SELECT total_changes()').pluck().get() as number;
  const as = `${today} ${own} ${String(db.raw.pragma('data_version', { simple: true }))}`;
  const k = known.get(db);
  if (k?.as === as) return k;
  const fresh = { as };
  known.set(db, fresh);
  return fresh;
}

/** What rhythm and RFM compare with, each worked out when it is first asked for. */
export function shopFacts(db: Db, now: UtcMs, zone: Zone): ShopFacts {
  const today = startOfToday(now, zone);
  const k = knownOf(db, today);
  return {
    now,
    zone,
    get medianGapDays() {
      k.gap ??= gapOf(db);
      return k.gap;
    },
    get rfm() {
      k.cuts ??= cutsOf(db, today);
      return k.cuts;
    },
  };
}

function gapOf(db: Db): number {
  const gaps = db
    .prepare(
      'SELECT median_gap_days AS medianGapDays, sum(gap_count) AS count FROM customer WHERE median_gap_days IS NOT NULL AND gap_count > 0 GROUP BY 1',
    )
    .all() as { medianGapDays: number; count: number }[];
  return shopMedianGap(gaps) ?? DEFAULT_SHOP_GAP_DAYS;
}

/** In the words of the partial indexes that answer it (migration 320). */
const ranked = (index: string) =>
  `FROM customer c INDEXED BY ${index} WHERE c.visits_365 > 0 AND c.weak = 0 AND c.last_visit_at IS NOT NULL`;

function cutsOf(db: Db, today: UtcMs): RfmCuts {
  const n = db
    .prepare(`SELECT count(*) ${ranked('customer_year')}`)
    .pluck()
    .get() as number;
  if (!enoughForQuintiles(n)) return FIXED_CUTS;
  const tally = (value: string, index: string, ...p: number[]) =>
    db.prepare(`SELECT ${value} AS value, count(*) AS count ${ranked(index)} GROUP BY 1`).all(...p) as Tally[];
  const lazy = <T>(work: () => T) => {
    let done: { value: T } | undefined;
    return () => {
      done ??= { value: work() };
      return done.value;
    };
  };
  const recency = lazy(() => axisCuts('recency', tally(DAYS_SINCE, 'customer_year', today)));
  const frequency = lazy(() => axisCuts('frequency', tally('c.visits_365', 'customer_year')));
  const spend = lazy(() => axisCuts('spend', tally('c.spend_365', 'customer_year_spend')));
  return {
    get recency() {
      return recency();
    },
    get frequency() {
      return frequency();
    },
    get spend() {
      return spend();
    },
  };
}

/** How many people a rule holds, and how many of them may be texted. */
export function countBoth(db: Db, rule: Rule, shop: ShopFacts): { count: number; permitted: number } {
  const may = compiled(db, { is: 'may-text', value: true }, shop);
  const { where, params } = compiled(db, rule, shop);
  return db.raw
    .prepare(`SELECT count(*) AS count, count(*) FILTER (WHERE ${may.where}) AS permitted FROM customer c WHERE ${IN_GROUPS} AND ${where}`)
    .get(...may.params, ...params) as { count: number; permitted: number };
}

/** Asked person by person where they are at hand already: a list of everybody who may would cost more than most groups. */
const MAY = "EXISTS (SELECT 1 FROM customer_permission p WHERE p.customer_id = c.id AND p.purpose = 'marketing' AND p.state = 'in')";

/** The same, and the ids of a few who came last; the rule is asked once. */
export function countAndSome(db: Db, rule: Rule, shop: ShopFacts, some: number): { count: number; permitted: number; ids: CustomerId[] } {
  const { where, params } = compiled(db, rule, shop);
  const row = db.raw
    .prepare(
      `WITH m AS MATERIALIZED (SELECT c.id, c.last_visit_at AS at FROM customer c WHERE ${IN_GROUPS} AND ${where})
       SELECT (SELECT count(*) FROM m) AS count, (SELECT count(*) FROM m c WHERE ${MAY}) AS permitted,
         (SELECT json_group_array(id) FROM (SELECT id FROM m ORDER BY at DESC, id LIMIT ?)) AS ids`,
    )
    .get(...params, some) as { count: number; permitted: number; ids: string };
  return { count: row.count, permitted: row.permitted, ids: JSON.parse(row.ids) as CustomerId[] };
}

/** So many ids are asked about at once: a few hundredths of a second at most. */
const SLICE = 10_000;

/** A question about the people of a rule, put to one slice of ids after the other; between two somebody else may have a turn. */
function* bySlices(db: Db, rule: Rule, shop: ShopFacts, columns: string, tail = ''): Generator<void, unknown[]> {
  const { where, params } = compiled(db, rule, shop);
  const ask = db.raw.prepare(
    `SELECT ${columns} FROM customer c NOT INDEXED WHERE c.id > ? AND c.id <= ? AND ${IN_GROUPS} AND ${where} ${tail}`,
  );
  const last = (db.prepare('SELECT max(id) FROM customer').pluck().get() as number | null) ?? 0;
  const rows: unknown[] = [];
  for (let from = 0; from < last; from += SLICE) {
    rows.push(...ask.all(from, from + SLICE, ...params));
    yield;
  }
  return rows;
}

/** `countBoth` in turns (services/chunks.ts): for what is counted while nobody waits. */
export function* countingBoth(db: Db, rule: Rule, shop: ShopFacts): Generator<void, { count: number; permitted: number }> {
  const rows = yield* bySlices(db, rule, shop, `count(*) AS count, count(*) FILTER (WHERE ${MAY}) AS permitted`);
  const both = { count: 0, permitted: 0 };
  for (const r of rows as (typeof both)[]) {
    both.count += r.count;
    both.permitted += r.permitted;
  }
  return both;
}

/** `countRule` in turns. */
export function* counting(db: Db, rule: Rule, shop: ShopFacts): Generator<void, number> {
  const rows = yield* bySlices(db, rule, shop, 'count(*) AS n');
  return (rows as { n: number }[]).reduce((sum, r) => sum + r.n, 0);
}

/** How many people a rule holds. */
export function countRule(db: Db, rule: Rule, shop: ShopFacts): number {
  const { where, params } = compiled(db, rule, shop);
  return (db.raw.prepare(`SELECT count(*) AS n FROM customer c WHERE ${IN_GROUPS} AND ${where}`).get(...params) as { n: number }).n;
}

/** All members' ids, ascending. */
export function membersOf(db: Db, rule: Rule, shop: ShopFacts): CustomerId[] {
  const { where, params } = compiled(db, rule, shop);
  return db.raw
    .prepare(`SELECT c.id FROM customer c WHERE ${IN_GROUPS} AND ${where} ORDER BY c.id`)
    .pluck()
    .all(...params) as CustomerId[];
}

/** Those of a few people who are members. */
export function membersAmong(db: Db, rule: Rule, shop: ShopFacts, ids: readonly CustomerId[]): CustomerId[] {
  const { where, params } = compiled(db, rule, shop);
  return db.raw
    .prepare(`SELECT c.id FROM customer c WHERE c.id IN (SELECT value FROM json_each(?)) AND ${IN_GROUPS} AND ${where} ORDER BY c.id`)
    .pluck()
    .all(JSON.stringify(ids), ...params) as CustomerId[];
}

/** How often people of a rule come: their own median gap and how many gaps it stands for, with numbers of people; in turns. */
export const habitsOf = (
  db: Db,
  rule: Rule,
  shop: ShopFacts,
): Generator<void, { medianGapDays: number | null; gapCount: number; people: number }[]> =>
  bySlices(db, rule, shop, 'c.median_gap_days AS medianGapDays, c.gap_count AS gapCount, count(*) AS people', 'GROUP BY 1, 2') as Generator<
    void,
    { medianGapDays: number | null; gapCount: number; people: number }[]
  >;

/** For tests of the query plan. */
export function planOfRule(db: Db, rule: Rule, shop: ShopFacts): string[] {
  const { where, params } = compiled(db, rule, shop);
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

const MEMBER = `SELECT c.id, c.first_name AS firstName, c.last_name AS lastName, c.company, c.phone, c.last_visit_at AS lastVisitAt, c.visits, c.spend
  FROM customer c`;

/** These people, in this order. */
export function membersById(db: Db, ids: readonly CustomerId[]): Member[] {
  const one = db.prepare(`${MEMBER} WHERE c.id = ?`);
  return ids.flatMap((id) => (one.get(id) as Member | undefined) ?? []);
}

/** Members who came last, first. */
export function membersPage(db: Db, rule: Rule, shop: ShopFacts, page: { offset: number; limit: number }): Member[] {
  const { where, params } = compiled(db, rule, shop);
  return db.raw
    .prepare(`${MEMBER} WHERE ${IN_GROUPS} AND ${where} ORDER BY c.last_visit_at DESC, c.id LIMIT ? OFFSET ?`)
    .all(...params, page.limit, page.offset) as Member[];
}

export interface SegmentRow {
  id: SegmentId;
  name: string;
  rule: Rule;
  readyMade: string | null;
  createdAt: UtcMs;
  updatedAt: UtcMs;
  /** A fixed list: since when, how many they were, and of what it was made. */
  fixedAt: UtcMs | null;
  fixedCount: number | null;
  fixedFrom: string;
}

const rowOf = (r: {
  id: number;
  name: string;
  rule: string;
  ready_made: string | null;
  created_at: number;
  updated_at: number;
  fixed_at: number | null;
  fixed_count: number | null;
  fixed_from: string;
}): SegmentRow => ({
  id: r.id as SegmentId,
  name: r.name,
  rule: JSON.parse(r.rule) as Rule,
  readyMade: r.ready_made,
  createdAt: r.created_at as UtcMs,
  updatedAt: r.updated_at as UtcMs,
  fixedAt: r.fixed_at as UtcMs | null,
  fixedCount: r.fixed_count,
  fixedFrom: r.fixed_from,
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

/** Whether a group stands on the list: one that was taken off it is found by its id, but nobody sees it. */
export const isOnList = (db: Db, id: SegmentId): boolean =>
  db.prepare('SELECT 1 FROM segment WHERE id = ? AND archived = 0').get(id) !== undefined;

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

/** Writes the people of a list down: a fixed list under way stays out of sight until all of them are. */
export function insertFixed(trx: Trx, s: { name: string; from: string; count: number; now: UtcMs }): SegmentId {
  const id = trx.run(
    trx.q.insertInto('segment').values({
      name: s.name,
      rule: '{"all":[]}',
      ready_made: null,
      created_at: s.now,
      updated_at: s.now,
      archived: 1,
      fixed_at: s.now,
      fixed_count: s.count,
      fixed_from: s.from,
    }),
  ).lastInsertRowid as SegmentId;
  const rule: Rule = { is: 'on-list', listId: id };
  trx.run(
    trx.q
      .updateTable('segment')
      .set({ rule: JSON.stringify(rule) })
      .where('id', '=', id),
  );
  return id;
}

/** Somebody erased meanwhile is not put on it. */
export function putOnList(trx: Trx, id: SegmentId, customerId: CustomerId): void {
  trx.prepare('INSERT OR IGNORE INTO segment_person (segment_id, customer_id) SELECT ?, id FROM customer WHERE id = ?').run(id, customerId);
}

export function showSegment(trx: Trx, id: SegmentId): void {
  trx.run(trx.q.updateTable('segment').set({ archived: 0 }).where('id', '=', id));
}

/** How many people each group held on a day; the last count of a day stands. */
export function writeSegmentDay(trx: Trx, id: SegmentId, day: ShopDay, c: { count: number; permitted: number }): void {
  trx
    .prepare('INSERT OR REPLACE INTO segment_day (segment_id, day, people, permitted) VALUES (?, ?, ?, ?)')
    .run(id, day, c.count, c.permitted);
}

export interface SegmentDay {
  day: ShopDay;
  people: number;
  permitted: number;
}

export const segmentDays = (db: Db, id: SegmentId, since: ShopDay): SegmentDay[] =>
  db
    .prepare('SELECT day, people, permitted FROM segment_day WHERE segment_id = ? AND day >= ? ORDER BY day')
    .all(id, since) as SegmentDay[];
