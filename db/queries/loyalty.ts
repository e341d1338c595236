import type { Cents, CustomerId, ShopDay, StaffId, UtcMs } from '@domain/kernel';
import type { NoteFact } from '@domain/loyalty/account';
import type { History, LoyaltyTerms, LoyaltyVersion } from '@domain/loyalty/terms';
import type { Db, Trx } from '../open';

// — what the shop promises —

export interface StoredVersion extends LoyaltyVersion {
  readonly at: UtcMs;
  readonly staffId: StaffId | null;
}

interface VersionRow {
  id: number;
  fromDay: ShopDay;
  state: 'on' | 'off';
  terms: string;
  history: string | null;
  carry: number;
  useUntil: ShopDay | null;
  at: UtcMs;
  staffId: StaffId | null;
}

const VERSION = 'id, from_day AS fromDay, state, terms, history, carry, use_until AS useUntil, at, staff_id AS staffId';

const versionOf = (r: VersionRow): StoredVersion => ({
  ...r,
  terms: JSON.parse(r.terms) as LoyaltyTerms,
  history: r.history === null ? null : (JSON.parse(r.history) as History),
});

/** Everything the shop ever promised, in the order it did. A shop that never had a programme has none. */
export const loyaltyVersions = (db: Db): StoredVersion[] =>
  (db.prepare(`SELECT ${VERSION} FROM loyalty_version ORDER BY from_day, id`).all() as VersionRow[]).map(versionOf);

/** Another one = what the shop promises has changed. */
export const loyaltyStamp = (db: Db): string =>
  db.prepare("SELECT count(*) || ':' || coalesce(max(id), 0) || ':' || coalesce(max(at), 0) FROM loyalty_version").pluck().get() as string;

export const everHadLoyalty = (db: Db): boolean => db.prepare('SELECT 1 FROM loyalty_version LIMIT 1').get() !== undefined;

export function insertVersion(trx: Trx, v: Omit<StoredVersion, 'id'> & { id?: number }): number {
  return Number(
    trx
      .prepare(
        `INSERT OR IGNORE INTO loyalty_version (id, from_day, state, terms, history, carry, use_until, at, staff_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        v.id ?? null,
        v.fromDay,
        v.state,
        JSON.stringify(v.terms),
        v.history === null ? null : JSON.stringify(v.history),
        v.carry,
        v.useUntil,
        v.at,
        v.staffId,
      ).lastInsertRowid,
  );
}

// — who has a card —

export const memberSince = (db: Db, id: CustomerId): ShopDay | null =>
  db.prepare('SELECT min(since_day) FROM loyalty_member WHERE customer_id = ?').pluck().get(id) as ShopDay | null;

export function insertMember(trx: Trx, m: { customerId: CustomerId; sinceDay: ShopDay; at: UtcMs; staffId: StaffId | null }): void {
  trx
    .prepare('INSERT INTO loyalty_member (customer_id, since_day, at, staff_id) VALUES (?, ?, ?, ?)')
    .run(m.customerId, m.sinceDay, m.at, m.staffId);
}

// — what staff typed —

export interface NoteRow extends NoteFact {
  readonly id: number;
  readonly customerId: CustomerId;
  readonly reason: string;
  readonly staffId: StaffId | null;
  readonly undoneAt: UtcMs | null;
}

const NOTE = `id, uid, customer_id AS customerId, kind, at, day, points, amount, count, receipt_no AS receiptNo, reason, staff_id AS staffId,
  undone_at AS undoneAt`;

export const noteByUid = (db: Db, uid: string): NoteRow | null =>
  (db.prepare(`SELECT ${NOTE} FROM loyalty_note WHERE uid = ?`).get(uid) as NoteRow | undefined) ?? null;

/** Those that stand, oldest first. */
export const notesOf = (db: Db, id: CustomerId): NoteRow[] =>
  db.prepare(`SELECT ${NOTE} FROM loyalty_note WHERE customer_id = ? AND undone_at IS NULL ORDER BY at, uid`).all(id) as NoteRow[];

/** False when it is known. */
export function insertNote(trx: Trx, n: Omit<NoteRow, 'id'>): boolean {
  return (
    trx
      .prepare(
        `INSERT OR IGNORE INTO loyalty_note (uid, customer_id, kind, at, day, points, amount, count, receipt_no, reason, staff_id, undone_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        n.uid,
        n.customerId,
        n.kind,
        n.at,
        n.day,
        n.points,
        n.amount as Cents | null,
        n.count,
        n.receiptNo,
        n.reason,
        n.staffId,
        n.undoneAt,
      ).changes > 0
  );
}

export const undoNote = (trx: Trx, uid: string, at: UtcMs): boolean =>
  trx.prepare('UPDATE loyalty_note SET undone_at = ? WHERE uid = ? AND undone_at IS NULL').run(at, uid).changes > 0;

/** The punch a receipt number was already typed for, by anybody. */
export const punchOfReceipt = (db: Db, receiptNo: string, since: ShopDay): CustomerId | null =>
  (db
    .prepare(
      "SELECT customer_id FROM loyalty_note WHERE kind = 'punch' AND undone_at IS NULL AND day >= ? AND receipt_no = ? COLLATE NOCASE LIMIT 1",
    )
    .pluck()
    .get(since, receiptNo) as CustomerId | undefined) ?? null;

// — rewards given out —

export interface RewardRow {
  code: string;
  customerId: CustomerId;
  cost: number;
  at: UtcMs;
  day: ShopDay;
  staffId: StaffId | null;
}

/** False when it is known. */
export function insertReward(trx: Trx, r: RewardRow): boolean {
  return (
    trx
      .prepare('INSERT OR IGNORE INTO loyalty_reward (code, customer_id, cost, at, day, staff_id) VALUES (?, ?, ?, ?, ?, ?)')
      .run(r.code, r.customerId, r.cost, r.at, r.day, r.staffId).changes > 0
  );
}

export const rewardOfCode = (db: Db, code: string): RewardRow | null =>
  (db.prepare('SELECT code, customer_id AS customerId, cost, at, day, staff_id AS staffId FROM loyalty_reward WHERE code = ?').get(code) as
    | RewardRow
    | undefined) ?? null;
