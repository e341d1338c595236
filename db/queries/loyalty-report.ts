import type { Cents, CustomerId, OfferId, ShopDay, UtcMs } from '@domain/kernel';
import type { MovementKind } from '@domain/loyalty/account';
import type { Db } from '../open';
import { SOLD } from './visit-sql';

const RECEIPTS = 2000;

/** The middle one of the latest receipts, before tax; null without sales. */
export function middleReceipt(db: Db): Cents | null {
  const nets = db
    .prepare(`SELECT s.net FROM sale s WHERE ${SOLD} AND s.net > 0 ORDER BY s.occurred_at DESC LIMIT ${RECEIPTS}`)
    .pluck()
    .all() as Cents[];
  return nets.sort((a, b) => a - b)[nets.length >> 1] ?? null;
}

const RECENT = 200;

/** What a thing of the till last sold for, each, before discounts: the middle of its latest lines. */
export function usualPrice(db: Db, item: string): { price: Cents; name: string; category: string } | null {
  const rows = db
    .prepare(
      `SELECT l.name, l.category, l.gross * 1000 / l.qty_milli AS price FROM sale_line l WHERE l.name = ? COLLATE NOCASE AND l.qty_milli > 0 AND l.gross > 0
       ORDER BY l.sale_id DESC LIMIT ${RECENT}`,
    )
    .all(item.trim()) as { name: string; category: string; price: number }[];
  const [first] = rows;
  if (!first) return null;
  const prices = rows.map((r) => r.price).sort((a, b) => a - b);
  return { name: first.name, category: first.category, price: (prices[prices.length >> 1] ?? 0) as Cents };
}

/** Every `every`-th person who bought since a day, in the order of ids after `after`. */
export const someBuyers = (db: Db, o: { since: ShopDay; every: number; after: number; limit: number }): CustomerId[] =>
  db
    .prepare(
      `SELECT id FROM customer c WHERE id > ? AND weak = 0 AND id % ? = 0 AND EXISTS (SELECT 1 FROM sale s WHERE s.customer_id = c.id AND s.shop_day >= ?)
       ORDER BY id LIMIT ?`,
    )
    .pluck()
    .all(o.after, o.every, o.since, o.limit) as CustomerId[];

/** An upper bound of who has bought. */
export const peopleAtMost = (db: Db): number => db.prepare('SELECT count(*) FROM customer').pluck().get() as number;

// — members —

export type MemberFilter = 'all' | 'ready' | 'near' | 'expiring' | 'below-zero';

export interface MemberRow {
  customerId: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  balance: number;
  missing: number | null;
  ready: number;
  tier: number;
  expiresOn: ShopDay | null;
  expiresPoints: number;
  lastVisitAt: UtcMs | null;
}

/** By balance, so that its index answers; `first`: what the first reward costs. */
const FILTER: Readonly<Record<MemberFilter, string>> = {
  all: '1',
  ready: 'a.balance >= @first',
  near: 'a.balance >= @near AND a.balance < @first',
  expiring: 'a.expires_on IS NOT NULL AND a.expires_on <= @soon',
  'below-zero': 'a.balance < 0',
};

/** `first`: what the first reward costs; `near`: from how much on somebody is near it; `soon`: lapsing until then. */
export interface MemberTerms {
  first: number;
  near: number;
  soon: ShopDay;
}

const given = (show: MemberFilter, { first, near, soon }: MemberTerms): Record<string, string | number> =>
  show === 'near' ? { near, first } : show === 'ready' ? { first } : show === 'expiring' ? { soon } : {};

/** Who collects, the fullest cards first. */
export function members(
  db: Db,
  show: MemberFilter,
  o: MemberTerms,
  page: { offset: number; limit: number },
): { total: number; rows: MemberRow[] } {
  const order =
    show === 'expiring'
      ? 'a.expires_on, a.customer_id'
      : show === 'below-zero'
        ? 'a.balance, a.customer_id'
        : 'a.balance DESC, a.customer_id DESC';
  // names only of the page itself
  const rows = db
    .prepare(
      `SELECT a.customer_id AS customerId, c.first_name AS firstName, c.last_name AS lastName, c.company, a.balance, a.missing, a.ready, a.tier,
         a.expires_on AS expiresOn, a.expires_points AS expiresPoints, c.last_visit_at AS lastVisitAt
       FROM (SELECT * FROM points_account a WHERE ${FILTER[show]} ORDER BY ${order} LIMIT @limit OFFSET @offset) a
         CROSS JOIN customer c ON c.id = a.customer_id ORDER BY ${order}`,
    )
    .all({ ...given(show, o), ...page }) as MemberRow[];
  return { total: countMembers(db, show, o), rows };
}

export const countMembers = (db: Db, show: MemberFilter, o: MemberTerms): number =>
  db.prepare(`SELECT count(*) FROM points_account a WHERE ${FILTER[show]}`).pluck().get(given(show, o)) as number;

/** Notes of these causes, for the words beside them. */
export const reasonsOf = (db: Db, uids: readonly string[]): Map<string, string> =>
  new Map(
    db.prepare('SELECT uid, reason FROM loyalty_note WHERE uid IN (SELECT value FROM json_each(?))').raw().all(JSON.stringify(uids)) as [
      string,
      string,
    ][],
  );

// — what is owed —

export interface Owed {
  people: number;
  points: number;
  below: number;
  belowPoints: number;
  unconfirmed: number;
  /** How often the reward asked about could be had today, by everybody together. */
  could: number;
}

const SLICE = 10_000;

/**
 * What everybody has together, so many people at a time that the counter may go between. `cost`: of the reward somebody could ask for;
 * null = none can be had.
 */
export function* owed(db: Db, cost: number | null): Generator<void, Owed> {
  const sum: Owed = { people: 0, points: 0, below: 0, belowPoints: 0, unconfirmed: 0, could: 0 };
  const last = (db.prepare('SELECT max(customer_id) FROM points_account').pluck().get() as number | null) ?? 0;
  const slice = db.prepare(
    `SELECT count(CASE WHEN balance > 0 THEN 1 END) AS people, coalesce(sum(max(balance, 0)), 0) AS points, count(CASE WHEN balance < 0 THEN 1 END) AS below,
       coalesce(sum(min(balance, 0)), 0) AS belowPoints, coalesce(sum(unconfirmed), 0) AS unconfirmed,
       coalesce(sum(CASE WHEN balance >= @cost THEN CAST(balance / @cost AS INTEGER) END), 0) AS could
     FROM points_account WHERE customer_id > @after AND customer_id <= @upto`,
  );
  for (let after = 0; after < last; after += SLICE) {
    const part = slice.get({ cost: cost ?? Number.MAX_SAFE_INTEGER, after, upto: after + SLICE }) as Owed;
    for (const k of Object.keys(sum) as (keyof Owed)[]) sum[k] += part[k];
    yield;
  }
  return sum;
}

/** The next to lapse of each person, by month; the first two years. */
export function* lapsing(db: Db): Generator<void, { month: string; points: number }[]> {
  const months = new Map<string, number>();
  const last = (db.prepare('SELECT max(customer_id) FROM points_account').pluck().get() as number | null) ?? 0;
  const slice = db.prepare(
    `SELECT substr(expires_on, 1, 7) AS month, sum(expires_points) AS points FROM points_account
     WHERE customer_id > ? AND customer_id <= ? AND expires_on IS NOT NULL GROUP BY 1`,
  );
  for (let after = 0; after < last; after += SLICE) {
    for (const { month, points } of slice.all(after, after + SLICE) as { month: string; points: number }[])
      months.set(month, (months.get(month) ?? 0) + points);
    yield;
  }
  return [...months]
    .map(([month, points]) => ({ month, points }))
    .sort((a, b) => (a.month < b.month ? -1 : 1))
    .slice(0, 24);
}

/** What a correction is about, by its cause. */
const CORRECTS = `CASE WHEN cause GLOB 'code:*' THEN 'spend' WHEN cause GLOB 'expired:*' THEN 'expire' WHEN cause GLOB 'note:*' THEN 'adjust' ELSE 'earn' END`;

/** What moved between two days, the second excluded, by kind; corrections under what they correct. */
export const movedBetween = (db: Db, from: ShopDay, until: ShopDay): { kind: MovementKind; points: number }[] =>
  [
    "SELECT kind, sum(points) AS points FROM points_entry WHERE day >= ? AND day < ? AND kind <> 'correct' GROUP BY 1",
    `SELECT ${CORRECTS} AS kind, sum(points) AS points FROM points_entry WHERE day >= ? AND day < ? AND kind = 'correct' GROUP BY 1`,
  ].flatMap((sql) => db.prepare(sql).all(from, until) as { kind: MovementKind; points: number }[]);

/** Who moved how much by hand since an instant. */
export const byHandSince = (db: Db, since: UtcMs): { name: string; times: number; points: number }[] =>
  db
    .prepare(
      `SELECT coalesce(s.name, '') AS name, count(*) AS times, sum(n.points) AS points FROM loyalty_note n LEFT JOIN staff s ON s.id = n.staff_id
       WHERE n.kind = 'adjust' AND n.undone_at IS NULL AND n.at >= ? GROUP BY n.staff_id ORDER BY sum(abs(n.points)) DESC LIMIT 20`,
    )
    .all(since) as { name: string; times: number; points: number }[];

export interface GivenOut {
  offerId: OfferId;
  given: number;
  used: number;
  out: number;
}

const CODES = 2000;

/** Rewards given out by offer: all, used, and those still out; so many at a time. */
export function* rewardsByOffer(db: Db, now: UtcMs): Generator<void, GivenOut[]> {
  const of = new Map<OfferId, GivenOut>();
  const last = (db.prepare('SELECT max(rowid) FROM loyalty_reward').pluck().get() as number | null) ?? 0;
  const slice = db.prepare(
    `SELECT c.offer_id AS offerId, count(*) AS given, count(CASE WHEN c.state = 'redeemed' THEN 1 END) AS used,
       count(CASE WHEN c.state IN ('issued', 'reversed') AND c.expires_at > ? THEN 1 END) AS "out"
     FROM loyalty_reward r CROSS JOIN offer_code c ON c.code = r.code WHERE r.rowid > ? AND r.rowid <= ? GROUP BY 1`,
  );
  for (let after = 0; after < last; after += CODES) {
    for (const r of slice.all(now, after, after + CODES) as GivenOut[]) {
      const had = of.get(r.offerId);
      of.set(r.offerId, had ? { ...r, given: had.given + r.given, used: had.used + r.used, out: had.out + r.out } : r);
    }
    yield;
  }
  return [...of.values()];
}
