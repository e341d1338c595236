import type { CampaignId, Cents, CustomerId, OfferId, PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { CodeState } from '@domain/offers/redemption';
import type { Db, Trx } from '../open';

export interface Offer {
  id: OfferId;
  name: string;
  kind: 'percent' | 'amount' | 'free-item' | 'other';
  percent: number | null;
  amount: Cents | null;
  item: string;
  minSpend: Cents;
  terms: string;
  /** From the day the text leaves. */
  validDays: number;
  codeMode: 'personal' | 'shared';
  sharedCode: string | null;
  /** What to key into the till, as "TEXT10"; '' = said from the offer itself. */
  tillKey: string;
  createdAt: UtcMs;
  archived: boolean;
}

const OFFER = `o.id, o.name, o.kind, o.percent, o.amount, o.item, o.min_spend AS minSpend, o.terms, o.valid_days AS validDays,
  o.code_mode AS codeMode, o.shared_code AS sharedCode, o.till_key AS tillKey, o.created_at AS createdAt, o.archived`;

const offerOf = (r: unknown): Offer => ({ ...(r as Offer), archived: (r as { archived: number }).archived === 1 });

export function offerById(db: Db, id: OfferId): Offer | null {
  const row = db.prepare(`SELECT ${OFFER} FROM offer o WHERE o.id = ?`).get(id);
  return row ? offerOf(row) : null;
}

/** A live offer whose code everybody shares; case and separators were removed by the caller. */
export function offerBySharedCode(db: Db, code: string): Offer | null {
  const row = db
    .prepare(
      `SELECT ${OFFER} FROM offer o WHERE o.code_mode = 'shared' AND o.archived = 0
       AND upper(replace(replace(o.shared_code, '-', ''), ' ', '')) = ?`,
    )
    .get(code);
  return row ? offerOf(row) : null;
}

export interface OfferCounts {
  issued: number;
  redeemed: number;
  /** Minor units given away, as far as known. */
  discount: Cents;
  lastRedeemedAt: UtcMs | null;
}
export type OfferListRow = Offer & OfferCounts;

/** Every offer, newest first, with what became of its codes. */
export function listOffers(db: Db): OfferListRow[] {
  return db
    .prepare(
      `SELECT ${OFFER},
        (SELECT count(*) FROM offer_code c WHERE c.offer_id = o.id) AS issued,
        coalesce(r.n, 0) AS redeemed, coalesce(r.discount, 0) AS discount, r.last AS lastRedeemedAt
       FROM offer o LEFT JOIN (
         SELECT offer_id, count(*) AS n, sum(discount) AS discount, max(at) AS last FROM redemption WHERE reversed_at IS NULL GROUP BY offer_id
       ) r ON r.offer_id = o.id
       ORDER BY o.archived, o.id DESC`,
    )
    .all()
    .map((r) => offerOf(r) as OfferListRow);
}

export type OfferFields = Omit<Offer, 'id' | 'createdAt' | 'archived'>;

export function insertOffer(trx: Trx, o: OfferFields, now: UtcMs): OfferId {
  return Number(
    trx
      .prepare(
        `INSERT INTO offer (name, kind, percent, amount, item, min_spend, terms, valid_days, code_mode, shared_code, till_key, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(o.name, o.kind, o.percent, o.amount, o.item, o.minSpend, o.terms, o.validDays, o.codeMode, o.sharedCode, o.tillKey, now)
      .lastInsertRowid,
  ) as OfferId;
}

export function updateOffer(trx: Trx, id: OfferId, o: OfferFields & { archived: boolean }): boolean {
  return (
    trx
      .prepare(
        `UPDATE offer SET name = ?, kind = ?, percent = ?, amount = ?, item = ?, min_spend = ?, terms = ?, valid_days = ?, code_mode = ?,
         shared_code = ?, till_key = ?, archived = ? WHERE id = ?`,
      )
      .run(
        o.name,
        o.kind,
        o.percent,
        o.amount,
        o.item,
        o.minSpend,
        o.terms,
        o.validDays,
        o.codeMode,
        o.sharedCode,
        o.tillKey,
        o.archived ? 1 : 0,
        id,
      ).changes === 1
  );
}

export interface CodeRow {
  code: string;
  offerId: OfferId;
  campaignId: CampaignId | null;
  customerId: CustomerId | null;
  state: CodeState;
  issuedAt: UtcMs;
  expiresAt: UtcMs;
}
const CODE = `c.code, c.offer_id AS offerId, c.campaign_id AS campaignId, c.customer_id AS customerId, c.state,
  c.issued_at AS issuedAt, c.expires_at AS expiresAt`;

export function codeRow(db: Db, code: string): CodeRow | null {
  return (db.prepare(`SELECT ${CODE} FROM offer_code c WHERE c.code = ?`).get(code) as CodeRow | undefined) ?? null;
}

/** False when this code exists already: the caller makes another. */
export function insertCode(trx: Trx, c: CodeRow): boolean {
  return (
    trx
      .prepare(
        `INSERT INTO offer_code (code, offer_id, campaign_id, customer_id, state, issued_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (code) DO NOTHING`,
      )
      .run(c.code, c.offerId, c.campaignId, c.customerId, c.state, c.issuedAt, c.expiresAt).changes === 1
  );
}

export function setCodeState(trx: Trx, code: string, state: CodeState): void {
  trx.prepare('UPDATE offer_code SET state = ? WHERE code = ?').run(state, code);
}

export type PersonalCode = CodeRow & { offerName: string };

/**
 * Codes a person may use now: their own and, where a number is shared, those of everybody with that number (the text went to
 * the family's phone). Soonest to expire first.
 */
export function liveCodesOf(db: Db, person: { id: CustomerId; phone: PhoneE164 | null }, now: UtcMs): PersonalCode[] {
  return db
    .prepare(
      `SELECT ${CODE}, o.name AS offerName FROM offer_code c JOIN offer o ON o.id = c.offer_id
       WHERE c.customer_id IN (SELECT ? UNION SELECT id FROM customer WHERE phone = ?)
         AND c.state IN ('issued', 'reversed') AND c.expires_at > ?
       ORDER BY c.expires_at, c.code`,
    )
    .all(person.id, person.phone, now) as PersonalCode[];
}

export interface CodeListRow extends CodeRow {
  firstName: string | null;
  lastName: string | null;
  phone: PhoneE164 | null;
  redeemedAt: UtcMs | null;
}

/** Codes of one offer, newest first. `state` filters by what a code is worth at `now`. */
export function codesOfOffer(
  db: Db,
  offerId: OfferId,
  filter: { state: CodeState | 'any'; now: UtcMs; offset: number; limit: number },
): { total: number; rows: CodeListRow[] } {
  const where =
    filter.state === 'any'
      ? ''
      : filter.state === 'expired'
        ? "AND c.state IN ('issued', 'reversed', 'expired') AND c.expires_at <= $now"
        : filter.state === 'issued'
          ? "AND c.state IN ('issued', 'reversed') AND c.expires_at > $now"
          : 'AND c.state = $state';
  const given = { offer: offerId, state: filter.state, now: filter.now, limit: filter.limit, offset: filter.offset };
  const total = db.raw.prepare(`SELECT count(*) FROM offer_code c WHERE c.offer_id = $offer ${where}`).pluck().get(given) as number;
  const rows = db.raw
    .prepare(
      `SELECT ${CODE}, p.first_name AS firstName, p.last_name AS lastName, p.phone,
        (SELECT max(r.at) FROM redemption r WHERE r.code = c.code AND r.reversed_at IS NULL) AS redeemedAt
       FROM offer_code c LEFT JOIN customer p ON p.id = c.customer_id
       WHERE c.offer_id = $offer ${where} ORDER BY c.issued_at DESC, c.code LIMIT $limit OFFSET $offset`,
    )
    .all(given) as CodeListRow[];
  return { total, rows };
}

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
}
const REDEMPTION = `r.id, r.code, r.offer_id AS offerId, r.campaign_id AS campaignId, r.customer_id AS customerId, r.at,
  r.staff_id AS staffId, r.how, r.amount, r.discount, r.receipt_no AS receiptNo, r.sale_id AS saleId,
  r.reversed_at AS reversedAt, r.reversed_by AS reversedBy`;

export function redemptionById(db: Db, id: number): Redemption | null {
  return (db.prepare(`SELECT ${REDEMPTION} FROM redemption r WHERE r.id = ?`).get(id) as Redemption | undefined) ?? null;
}

/** The redemption that stands for this code, if one does. */
export function liveRedemption(db: Db, code: string): Redemption | null {
  const row = db.prepare(`SELECT ${REDEMPTION} FROM redemption r WHERE r.code = ? AND r.reversed_at IS NULL ORDER BY r.id DESC`).get(code);
  return (row as Redemption | undefined) ?? null;
}

export function insertRedemption(trx: Trx, r: Omit<Redemption, 'id' | 'reversedAt' | 'reversedBy'>): number {
  return Number(
    trx
      .prepare(
        `INSERT INTO redemption (code, offer_id, campaign_id, customer_id, at, staff_id, how, amount, discount, receipt_no, sale_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(r.code, r.offerId, r.campaignId, r.customerId, r.at, r.staffId, r.how, r.amount, r.discount, r.receiptNo, r.saleId)
      .lastInsertRowid,
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

/** Codes presented again after they were used: the simplest sign of a screenshot passed around. */
export function usedAgain(db: Db, since: UtcMs): { code: string; times: number; lastAt: UtcMs }[] {
  return db
    .prepare(
      `SELECT subject AS code, count(*) AS times, max(at) AS lastAt FROM audit
       WHERE action = 'offer.used-again' AND at >= ? GROUP BY subject ORDER BY lastAt DESC LIMIT 50`,
    )
    .all(since) as { code: string; times: number; lastAt: UtcMs }[];
}

/** The code a person already has from a campaign. */
export function codeOfCampaign(db: Db, o: { campaignId: CampaignId; offerId: OfferId; customerId: CustomerId }): string | undefined {
  return db
    .prepare("SELECT code FROM offer_code WHERE customer_id = ? AND campaign_id = ? AND offer_id = ? AND state <> 'voided'")
    .pluck()
    .get(o.customerId, o.campaignId, o.offerId) as string | undefined;
}
