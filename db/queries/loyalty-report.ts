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

const FILTER: Readonly<Record<MemberFilter, string>> = {
  all: '1',
  ready: 'a.ready >= 0',
  near: 'a.ready < 0 AND a.missing IS NOT NULL AND a.missing <= @near',
  expiring: 'a.expires_on IS NOT NULL AND a.expires_on <= @soon',
  'below-zero': 'a.balance < 0',
};

const given = (show: MemberFilter, o: { near: number; soon: ShopDay }): Record<string, string | number> =>
  show === 'near' ? { near: o.near } : show === 'expiring' ? { soon: o.soon } : {};

/** Who collects, the fullest cards first. `near`: how much may be missing; `soon`: lapsing until then. */
export function members(
  db: Db,
  show: MemberFilter,
  o: { near: number; soon: ShopDay },
  page: { offset: number; limit: number },
): { total: number; rows: MemberRow[] } {
  const params = given(show, o);
  const total = db.prepare(`SELECT count(*) FROM points_account a WHERE ${FILTER[show]}`).pluck().get(params) as number;
  const order =
    show === 'expiring'
      ? 'a.expires_on, a.customer_id'
      : show === 'below-zero'
        ? 'a.balance, a.customer_id'
        : 'a.balance DESC, a.customer_id DESC';
  const rows = db
    .prepare(
      `SELECT a.customer_id AS customerId, c.first_name AS firstName, c.last_name AS lastName, c.company, a.balance, a.missing, a.ready, a.tier,
         a.expires_on AS expiresOn, a.expires_points AS expiresPoints, c.last_visit_at AS lastVisitAt
       FROM points_account a JOIN customer c ON c.id = a.customer_id WHERE ${FILTER[show]} ORDER BY ${order} LIMIT @limit OFFSET @offset`,
    )
    .all({ ...params, ...page }) as MemberRow[];
  return { total, rows };
}

export const countMembers = (db: Db, show: MemberFilter, o: { near: number; soon: ShopDay }): number =>
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
}

export const owed = (db: Db): Owed =>
  db
    .prepare(
      `SELECT count(CASE WHEN balance > 0 THEN 1 END) AS people, coalesce(sum(max(balance, 0)), 0) AS points, count(CASE WHEN balance < 0 THEN 1 END) AS below,
         coalesce(sum(min(balance, 0)), 0) AS belowPoints, coalesce(sum(unconfirmed), 0) AS unconfirmed FROM points_account`,
    )
    .get() as Owed;

/** How often a reward of this cost could be asked for today, by everybody together. */
export const couldTake = (db: Db, cost: number): number =>
  db
    .prepare('SELECT coalesce(sum(CAST(balance / @cost AS INTEGER)), 0) FROM points_account WHERE balance >= @cost')
    .pluck()
    .get({ cost }) as number;

/** The next to lapse of each person, by month. */
export const lapsing = (db: Db): { month: string; points: number }[] =>
  db
    .prepare(
      'SELECT substr(expires_on, 1, 7) AS month, sum(expires_points) AS points FROM points_account WHERE expires_on IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT 24',
    )
    .all() as { month: string; points: number }[];

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

/** Rewards given out by offer: all, used, and those still out. */
export const rewardsByOffer = (db: Db, now: UtcMs): { offerId: OfferId; given: number; used: number; out: number }[] =>
  db
    .prepare(
      `SELECT c.offer_id AS offerId, count(*) AS given, count(CASE WHEN c.state = 'redeemed' THEN 1 END) AS used,
         count(CASE WHEN c.state IN ('issued', 'reversed') AND c.expires_at > ? THEN 1 END) AS "out"
       FROM loyalty_reward r JOIN offer_code c ON c.code = r.code GROUP BY 1`,
    )
    .all(now) as { offerId: OfferId; given: number; used: number; out: number }[];
