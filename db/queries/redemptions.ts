import type { CampaignId, Cents, CustomerId, OfferId, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

export interface Redemption {
  id: number;
  code: string;
  offerId: OfferId;
  campaignId: CampaignId | null;
  customerId: CustomerId | null;
  at: UtcMs;
  staffId: StaffId | null;
  how: 'code' | 'person' | 'till-file';
  amount: Cents | null;
  discount: Cents | null;
  receiptNo: string | null;
  saleId: number | null;
  reversedAt: UtcMs | null;
  reversedBy: StaffId | null;
  /** 1..uses of its code. */
  useNo: number;
  /** Promised with it; null where none were. */
  points: number | null;
  /** What spoke against it when the owner gave it all the same. */
  honoured: string | null;
}
const REDEMPTION = `r.id, r.code, r.offer_id AS offerId, r.campaign_id AS campaignId, r.customer_id AS customerId, r.at,
  r.staff_id AS staffId, r.how, r.amount, r.discount, r.receipt_no AS receiptNo, r.sale_id AS saleId,
  r.reversed_at AS reversedAt, r.reversed_by AS reversedBy, r.use_no AS useNo, r.points, r.honoured`;

export function redemptionById(db: Db, id: number): Redemption | null {
  return (db.prepare(`SELECT ${REDEMPTION} FROM redemption r WHERE r.id = ?`).get(id) as Redemption | undefined) ?? null;
}

/** The redemption that stands for this code, if one does. */
export function liveRedemption(db: Db, code: string): Redemption | null {
  const row = db.prepare(`SELECT ${REDEMPTION} FROM redemption r WHERE r.code = ? AND r.reversed_at IS NULL ORDER BY r.id DESC`).get(code);
  return (row as Redemption | undefined) ?? null;
}

/** Numbers of the standing uses of a code. */
export function usesOf(db: Db, code: string): number[] {
  return db.prepare('SELECT use_no FROM redemption WHERE code = ? AND reversed_at IS NULL ORDER BY use_no').pluck().all(code) as number[];
}

/**
 * When somebody used a code of one of these campaigns, other than this one; null = they did not. Codes of several uses are promises of
 * their own.
 */
export function otherUseOf(db: Db, o: { customerId: CustomerId; campaigns: readonly CampaignId[]; code: string }): UtcMs | null {
  return db
    .prepare(
      `SELECT min(r.at) FROM redemption r JOIN offer_code c ON c.code = r.code
       WHERE r.customer_id = ? AND r.campaign_id IN (SELECT value FROM json_each(?)) AND r.reversed_at IS NULL
         AND r.code <> ? AND c.uses = 1`,
    )
    .pluck()
    .get(o.customerId, JSON.stringify(o.campaigns), o.code) as UtcMs | null;
}

/** Standing uses of an offer whose code everybody has: by all, and by one person. */
export function sharedUses(db: Db, offerId: OfferId, person: CustomerId | null): { usedByAll: number; usedByPerson: number } {
  return db
    .prepare(
      `SELECT count(*) AS usedByAll, coalesce(sum(customer_id = ?), 0) AS usedByPerson FROM redemption
       WHERE offer_id = ? AND reversed_at IS NULL`,
    )
    .get(person, offerId) as { usedByAll: number; usedByPerson: number };
}

export function insertRedemption(trx: Trx, r: Omit<Redemption, 'id' | 'reversedAt' | 'reversedBy'>): number {
  return Number(
    trx
      .prepare(
        `INSERT INTO redemption (code, offer_id, campaign_id, customer_id, at, staff_id, how, amount, discount, receipt_no, sale_id, use_no, points,
           honoured)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        r.code,
        r.offerId,
        r.campaignId,
        r.customerId,
        r.at,
        r.staffId,
        r.how,
        r.amount,
        r.discount,
        r.receiptNo,
        r.saleId,
        r.useNo,
        r.points,
        r.honoured,
      ).lastInsertRowid,
  );
}

export function reverseRedemption(trx: Trx, id: number, at: UtcMs, by: StaffId | null): void {
  trx.prepare('UPDATE redemption SET reversed_at = ?, reversed_by = ? WHERE id = ?').run(at, by, id);
}

export const setRedemptionReceipt = (trx: Trx, id: number, receiptNo: string): void =>
  void trx.prepare('UPDATE redemption SET receipt_no = ? WHERE id = ?').run(receiptNo, id);

export interface RedemptionListRow extends Redemption {
  offerName: string;
  firstName: string | null;
  lastName: string | null;
  staffName: string | null;
}

/** The latest redemptions of the shop, or of one offer, since an instant. */
export function recentRedemptions(db: Db, filter: { offerId: OfferId | null; since: UtcMs; limit: number }): RedemptionListRow[] {
  return db
    .prepare(
      `SELECT ${REDEMPTION}, o.name AS offerName, p.first_name AS firstName, p.last_name AS lastName, s.name AS staffName
       FROM redemption r JOIN offer o ON o.id = r.offer_id
       LEFT JOIN customer p ON p.id = r.customer_id LEFT JOIN staff s ON s.id = r.staff_id
       WHERE r.at >= ? AND (? IS NULL OR r.offer_id = ?) ORDER BY r.id DESC LIMIT ?`,
    )
    .all(filter.since, filter.offerId, filter.offerId, filter.limit) as RedemptionListRow[];
}
