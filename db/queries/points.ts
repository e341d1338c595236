import type { CustomerId, ShopDay, UtcMs } from '@domain/kernel';
import type { MovementKind } from '@domain/loyalty/account';
import type { Db, Trx } from '../open';
import { everHadLoyalty } from './loyalty';

// — whose account is behind (migration 520) —

/** Somebody's purchases have changed. In a shop that never had a programme nothing is noted. */
export function noteLoyalty(db: Db, id: CustomerId): void {
  db.prepare('INSERT OR IGNORE INTO loyalty_todo (customer_id) SELECT ? WHERE EXISTS (SELECT 1 FROM loyalty_version)').run(id);
}

/** Everybody is looked at anew, a few at a time. */
export function noteEverybody(trx: Trx): void {
  trx.prepare('DELETE FROM loyalty_walk').run();
  trx.prepare('INSERT INTO loyalty_walk (upto) VALUES (0)').run();
}

export const loyaltyTodo = (db: Db, limit: number): CustomerId[] =>
  db.prepare('SELECT customer_id FROM loyalty_todo ORDER BY 1 LIMIT ?').pluck().all(limit) as CustomerId[];

export const isBehind = (db: Db, id: CustomerId): boolean =>
  db.prepare('SELECT 1 FROM loyalty_todo WHERE customer_id = ?').get(id) !== undefined;

export const loyaltyDone = (trx: Trx, id: CustomerId): void => void trx.prepare('DELETE FROM loyalty_todo WHERE customer_id = ?').run(id);

/** Where the walk over everybody stands; null = none is under way. */
export const loyaltyWalk = (db: Db): number | null =>
  (db.prepare('SELECT upto FROM loyalty_walk LIMIT 1').pluck().get() as number | undefined) ?? null;

/** The next people after `upto`, into the list of those who are behind; false = the walk is over. */
export function walkLoyalty(trx: Trx, upto: number, limit: number): boolean {
  const ids = trx.prepare('SELECT id FROM customer WHERE id > ? AND weak = 0 ORDER BY id LIMIT ?').pluck().all(upto, limit) as number[];
  const last = ids.at(-1);
  trx.prepare('DELETE FROM loyalty_walk').run();
  if (last === undefined) return false;
  trx.prepare('INSERT OR IGNORE INTO loyalty_todo (customer_id) SELECT value FROM json_each(?)').run(JSON.stringify(ids));
  trx.prepare('INSERT INTO loyalty_walk (upto) VALUES (?)').run(last);
  return true;
}

/** Accounts the calendar has changed by now, into the same list. */
export const noteByCalendar = (trx: Trx, today: ShopDay, limit: number): number =>
  trx
    .prepare(
      `INSERT OR IGNORE INTO loyalty_todo (customer_id) SELECT customer_id FROM points_account WHERE changes_on <= ?
         AND customer_id NOT IN (SELECT customer_id FROM loyalty_todo) LIMIT ?`,
    )
    .run(today, limit).changes;

/** How many people are still to be looked at, at most `most`. */
export function loyaltyOwed(db: Db, most: number): number {
  if (!everHadLoyalty(db)) return 0;
  const table = loyaltyWalk(db) === null ? 'loyalty_todo' : 'customer';
  return db.prepare(`SELECT count(*) FROM (SELECT 1 FROM ${table} LIMIT ?)`).pluck().get(most) as number;
}

// — the ledger —

/** What was booked of each cause so far. */
export const bookedOf = (db: Db, id: CustomerId): Map<string, number> =>
  new Map(
    db.prepare('SELECT cause, sum(points) FROM points_entry WHERE customer_id = ? GROUP BY cause').raw().all(id) as [string, number][],
  );

export function book(
  trx: Trx,
  e: { customerId: CustomerId; cause: string; kind: MovementKind; points: number; day: ShopDay; at: UtcMs },
): void {
  trx
    .prepare('INSERT INTO points_entry (customer_id, cause, kind, points, day, at) VALUES (?, ?, ?, ?, ?, ?)')
    .run(e.customerId, e.cause, e.kind, e.points, e.day, e.at);
}

export interface EntryRow {
  id: number;
  cause: string;
  kind: MovementKind;
  points: number;
  day: ShopDay;
  at: UtcMs;
}

/** Newest first. */
export const entriesOfPerson = (db: Db, id: CustomerId, page: { offset: number; limit: number }): { total: number; rows: EntryRow[] } => ({
  total: db.prepare('SELECT count(*) FROM points_entry WHERE customer_id = ?').pluck().get(id) as number,
  rows: db
    .prepare('SELECT id, cause, kind, points, day, at FROM points_entry WHERE customer_id = ? ORDER BY day DESC, id DESC LIMIT ? OFFSET ?')
    .all(id, page.limit, page.offset) as EntryRow[],
});

// — the account —

export interface AccountRow {
  balance: number;
  unconfirmed: number;
  ready: number;
  missing: number | null;
  tier: number;
  figure: number;
  expiresOn: ShopDay | null;
  expiresPoints: number;
  changesOn: ShopDay | null;
}

export const accountRow = (db: Db, id: CustomerId): AccountRow | null =>
  (db
    .prepare(
      `SELECT balance, unconfirmed, ready, missing, tier, figure, expires_on AS expiresOn, expires_points AS expiresPoints,
         changes_on AS changesOn FROM points_account WHERE customer_id = ?`,
    )
    .get(id) as AccountRow | undefined) ?? null;

/** Written only where it differs: others follow what changes (migration 530). */
export function putAccount(trx: Trx, id: CustomerId, a: AccountRow | null): void {
  if (a === null) {
    trx.prepare('DELETE FROM points_account WHERE customer_id = ?').run(id);
    return;
  }
  const had = accountRow(trx, id);
  if (had !== null && (Object.keys(a) as (keyof AccountRow)[]).every((k) => had[k] === a[k])) return;
  trx
    .prepare(
      `INSERT INTO points_account (customer_id, balance, unconfirmed, ready, missing, tier, figure, expires_on, expires_points, changes_on)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (customer_id) DO UPDATE SET balance = excluded.balance, unconfirmed = excluded.unconfirmed,
         ready = excluded.ready, missing = excluded.missing, tier = excluded.tier, figure = excluded.figure, expires_on = excluded.expires_on,
         expires_points = excluded.expires_points, changes_on = excluded.changes_on`,
    )
    .run(id, a.balance, a.unconfirmed, a.ready, a.missing, a.tier, a.figure, a.expiresOn, a.expiresPoints, a.changesOn);
}

/** Somebody who may collect: nobody made up for a card of the till, nobody who was erased. */
export const mayCollect = (db: Db, id: CustomerId): boolean =>
  db.prepare('SELECT 1 FROM customer WHERE id = ? AND weak = 0').get(id) !== undefined;

// — for automations about rewards (services/automations/triggers/rewards.ts) —

const IDS = 'IN (SELECT value FROM json_each(?))';

/** What each cause of these people came to, on its first day. */
export function ledgersOf(db: Db, ids: readonly CustomerId[]): Map<CustomerId, { cause: string; day: ShopDay; points: number }[]> {
  const rows = db
    .prepare(
      `SELECT customer_id AS id, cause, min(day) AS day, sum(points) AS points FROM points_entry WHERE customer_id ${IDS} GROUP BY customer_id, cause
       HAVING sum(points) <> 0`,
    )
    .all(JSON.stringify(ids)) as { id: CustomerId; cause: string; day: ShopDay; points: number }[];
  const out = new Map<CustomerId, { cause: string; day: ShopDay; points: number }[]>();
  for (const { id, ...line } of rows) {
    const had = out.get(id);
    if (had) had.push(line);
    else out.set(id, [line]);
  }
  return out;
}

/** Who collects, in the order of ids. */
export const collectorsPage = (db: Db, after: number, limit: number): CustomerId[] =>
  db.prepare('SELECT customer_id FROM points_account WHERE customer_id > ? ORDER BY 1 LIMIT ?').pluck().all(after, limit) as CustomerId[];

/** What lapses next of each of these people. */
export const lapsingOf = (db: Db, ids: readonly CustomerId[]): { id: CustomerId; day: ShopDay; points: number }[] =>
  db
    .prepare(
      `SELECT customer_id AS id, expires_on AS day, expires_points AS points FROM points_account WHERE customer_id ${IDS} AND expires_on IS NOT NULL`,
    )
    .all(JSON.stringify(ids)) as { id: CustomerId; day: ShopDay; points: number }[];
