import type { Cents, CustomerId, ImportId, SaleId, ShopDay, StaffId, UtcMs } from '@domain/kernel';
import type { LinkOrigin } from '@domain/links/receipt';
import type { Db, Trx } from '../open';
import { REAL_SALE } from './attribution';

/** A sale a receipt number or a moment at the counter may mean, with whoever it belongs to now. */
export interface LinkSale {
  saleId: SaleId;
  source: string;
  sourceSaleId: string;
  receiptNo: string | null;
  kind: 'sale' | 'refund';
  at: UtcMs;
  timeKnown: boolean;
  day: ShopDay;
  net: number;
  tax: number;
  tip: number;
  total: number | null;
  last4: string | null;
  register: string | null;
  sourceCustomerId: string | null;
  holder: { id: CustomerId; weak: boolean; firstName: string; lastName: string; company: string } | null;
}

// The till customer's person counts, else the one on the sale itself.
const LINK_SALE = `SELECT s.id AS saleId, s.source, s.source_sale_id AS sourceSaleId, s.receipt_no AS receiptNo, s.kind, s.occurred_at AS at,
    s.time_known AS timeKnown, s.shop_day AS day, s.net, s.tax, s.tip, s.total, s.card_last4 AS last4, s.register,
    s.source_customer_id AS sourceCustomerId, h.id AS holderId, h.weak, h.first_name AS firstName, h.last_name AS lastName, h.company
  FROM sale s
    LEFT JOIN customer_identity i ON i.source = s.source AND i.source_customer_id = s.source_customer_id
    LEFT JOIN customer h ON h.id = coalesce(i.customer_id, s.customer_id)`;

type Raw = Omit<LinkSale, 'timeKnown' | 'holder'> & {
  timeKnown: number;
  holderId: CustomerId | null;
  weak: number | null;
  firstName: string;
  lastName: string;
  company: string;
};

function linkSaleOf(row: unknown): LinkSale {
  const { holderId, weak, firstName, lastName, company, timeKnown, ...r } = row as Raw;
  return {
    ...r,
    timeKnown: timeKnown === 1,
    holder: holderId === null ? null : { id: holderId, weak: weak === 1, firstName, lastName, company },
  };
}

/** Statements of the look-ups at the counter; held against their query plans by a test. */
export const LINK_PLANS = {
  receipt: `${LINK_SALE} WHERE s.receipt_no COLLATE NOCASE IN (?, ?) AND s.${REAL_SALE} ORDER BY s.occurred_at DESC LIMIT ?`,
  tillId: `${LINK_SALE} WHERE s.source = ? AND s.source_sale_id IN (?, ?, ?, ?) AND s.${REAL_SALE} LIMIT ?`,
  payment: `${LINK_SALE} WHERE s.receipt_no = ? COLLATE NOCASE AND +s.source = 'square' AND s.${REAL_SALE} ORDER BY s.occurred_at DESC LIMIT ?`,
  one: `${LINK_SALE} WHERE s.id = ?`,
  near: `${LINK_SALE} WHERE s.occurred_at BETWEEN ? AND ? AND s.kind = 'sale' AND s.${REAL_SALE}
    AND NOT EXISTS (SELECT 1 FROM sale_not_theirs n WHERE n.customer_id = ? AND n.sale_id = s.id) LIMIT 200`,
} as const;

const MOST_HITS = 20;

/** Sales by printed receipt number or the till's own id, whatever the case, also where the till writes "#" before it; newest first, at most twenty. */
export function salesByReceipt(db: Db, no: string): LinkSale[] {
  const found = new Map<SaleId, LinkSale>();
  const take = (rows: unknown[]) => {
    for (const r of rows.map(linkSaleOf)) found.set(r.saleId, r);
  };
  const hashed = `#${no}`;
  take(db.prepare(LINK_PLANS.receipt).all(no, hashed, MOST_HITS));
  const sources = db.prepare("SELECT DISTINCT source FROM import WHERE source <> ''").pluck().all() as string[];
  for (const source of sources) take(db.prepare(LINK_PLANS.tillId).all(source, no, no.toUpperCase(), no.toLowerCase(), hashed, MOST_HITS));
  return [...found.values()].sort((a, b) => b.at - a.at).slice(0, MOST_HITS);
}

/** Sales whose receipt number is the beginning of a payment's number (Square). */
export function salesByPayment(db: Db, receiptNo: string): LinkSale[] {
  return db.prepare(LINK_PLANS.payment).all(receiptNo, MOST_HITS).map(linkSaleOf);
}

export function linkSale(db: Db, id: SaleId): LinkSale | null {
  const row = db.prepare(LINK_PLANS.one).get(id);
  return row ? linkSaleOf(row) : null;
}

/** Sales of these minutes that nobody said are not this person's. */
export function salesNear(db: Db, from: UtcMs, to: UtcMs, person: CustomerId): LinkSale[] {
  return db.prepare(LINK_PLANS.near).all(from, to, person).map(linkSaleOf);
}

/** Last four digits of cards on sales that are theirs already, the latest sales first. */
export function cardsOf(db: Db, person: CustomerId): string[] {
  const sql = `SELECT DISTINCT card_last4 FROM (SELECT card_last4 FROM sale WHERE customer_id = ? ORDER BY occurred_at DESC LIMIT 200)
    WHERE card_last4 IS NOT NULL`;
  return db.prepare(sql).pluck().all(person) as string[];
}

/** What linking would move: the sales of a till customer that are nobody's or the holder's, or the one sale without one. */
export interface TillCustomer {
  source: string;
  sourceCustomerId: string | null;
  saleId: SaleId;
  holder: CustomerId | null;
}

const moved = (t: TillCustomer): { where: string; args: Record<string, unknown> } =>
  t.sourceCustomerId === null
    ? { where: 'id = @saleId AND (customer_id IS NULL OR customer_id = @holder)', args: { saleId: t.saleId, holder: t.holder } }
    : {
        where: 'source = @source AND source_customer_id = @sourceCustomerId AND (customer_id IS NULL OR customer_id = @holder)',
        args: { source: t.source, sourceCustomerId: t.sourceCustomerId, holder: t.holder },
      };

/** How many sales linking would add, what they come to (goods with tax, after refunds), and since when. */
export function historyOf(db: Db, t: TillCustomer): { sales: number; spend: number; first: UtcMs | null; last: UtcMs | null } {
  const { where, args } = moved(t);
  return db
    .prepare(
      `SELECT coalesce(sum(kind = 'sale'), 0) AS sales, coalesce(sum(net + tax - refunded), 0) AS spend, min(occurred_at) AS first, max(occurred_at) AS last
       FROM sale WHERE ${where} AND ${REAL_SALE}`,
    )
    .get(args) as { sales: number; spend: number; first: UtcMs | null; last: UtcMs | null };
}

export interface PastSale {
  saleId: SaleId;
  at: UtcMs;
  kind: 'sale' | 'refund';
  /** Goods with tax, after refunds; minor units. */
  paid: number;
  receiptNo: string | null;
  items: string;
}

/** The newest of them, with what was bought. */
export function historyPage(db: Db, t: TillCustomer, limit: number): PastSale[] {
  const { where, args } = moved(t);
  return db
    .prepare(
      `SELECT h.id AS saleId, h.occurred_at AS at, h.kind, h.net + h.tax - h.refunded AS paid, h.receipt_no AS receiptNo,
         coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM sale_line l WHERE l.sale_id = h.id AND name <> '' ORDER BY l.net DESC, l.line_no LIMIT 3)), '') AS items
       FROM (SELECT * FROM sale WHERE ${where} AND ${REAL_SALE} ORDER BY occurred_at DESC, id DESC LIMIT @limit) h`,
    )
    .all({ ...args, limit }) as PastSale[];
}

export interface ReceiptLink {
  id: number;
  customerId: CustomerId;
  receiptNo: string | null;
  origin: LinkOrigin;
  redemptionId: number | null;
  at: UtcMs;
  staffId: StaffId | null;
  auto: boolean;
  state: 'waiting' | 'linked';
  saleId: SaleId | null;
  source: string | null;
  sourceCustomerId: string | null;
  /** JSON of the identity row as it was; null = the till customer was nobody's. */
  identityBefore: string | null;
  redemptionTied: boolean;
  linkedAt: UtcMs | null;
  importId: ImportId | null;
}

const LINK = `id, customer_id AS customerId, receipt_no AS receiptNo, origin, redemption_id AS redemptionId, at, staff_id AS staffId, auto, state,
  sale_id AS saleId, source, source_customer_id AS sourceCustomerId, identity_before AS identityBefore, redemption_tied AS redemptionTied,
  linked_at AS linkedAt, import_id AS importId`;

const linkOf = (row: unknown): ReceiptLink => {
  const r = row as Omit<ReceiptLink, 'auto' | 'redemptionTied'> & { auto: number; redemptionTied: number };
  return { ...r, auto: r.auto === 1, redemptionTied: r.redemptionTied === 1 };
};

export function findLink(db: Db, id: number): ReceiptLink | null {
  const row = db.prepare(`SELECT ${LINK} FROM receipt_link WHERE id = ?`).get(id);
  return row ? linkOf(row) : null;
}

/** Newest first. */
export const linksOfPerson = (db: Db, person: CustomerId): ReceiptLink[] =>
  db.prepare(`SELECT ${LINK} FROM receipt_link WHERE customer_id = ? ORDER BY id DESC LIMIT 50`).all(person).map(linkOf);

/** Numbers whose sale has not been tied yet, after `after`, oldest first. */
export const waitingLinks = (db: Db, after: number, limit: number): ReceiptLink[] =>
  db.prepare(`SELECT ${LINK} FROM receipt_link WHERE state = 'waiting' AND id > ? ORDER BY id LIMIT ?`).all(after, limit).map(linkOf);

export const newestWaiting = (db: Db, limit: number): ReceiptLink[] =>
  db.prepare(`SELECT ${LINK} FROM receipt_link WHERE state = 'waiting' ORDER BY id DESC LIMIT ?`).all(limit).map(linkOf);

/** The same number typed again for the same person is the same note. */
export function sameNote(db: Db, person: CustomerId, receiptNo: string): ReceiptLink | null {
  const row = db
    .prepare(`SELECT ${LINK} FROM receipt_link WHERE customer_id = ? AND receipt_no = ? COLLATE NOCASE ORDER BY id DESC LIMIT 1`)
    .get(person, receiptNo);
  return row ? linkOf(row) : null;
}

export const linksOfImport = (db: Db, importId: ImportId): ReceiptLink[] =>
  db.prepare(`SELECT ${LINK} FROM receipt_link WHERE import_id = ? ORDER BY id DESC`).all(importId).map(linkOf);

/** A later link moved the same till customer on: this one cannot be undone before that one is. */
export function linkedLater(db: Db, link: ReceiptLink): boolean {
  const sql = `SELECT 1 FROM receipt_link WHERE source = ? AND source_customer_id = ? AND state = 'linked' AND id <> ? AND (linked_at, id) > (?, ?) LIMIT 1`;
  return (
    link.sourceCustomerId !== null && db.prepare(sql).get(link.source, link.sourceCustomerId, link.id, link.linkedAt, link.id) !== undefined
  );
}

export function insertNote(
  trx: Trx,
  n: Pick<ReceiptLink, 'customerId' | 'receiptNo' | 'origin' | 'redemptionId' | 'at' | 'staffId' | 'auto'>,
): number {
  const sql = `INSERT INTO receipt_link (customer_id, receipt_no, origin, redemption_id, at, staff_id, auto, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting')`;
  return Number(trx.prepare(sql).run(n.customerId, n.receiptNo, n.origin, n.redemptionId, n.at, n.staffId, n.auto ? 1 : 0).lastInsertRowid);
}

export function deleteLink(trx: Trx, id: number): void {
  trx.prepare('DELETE FROM receipt_link WHERE id = ?').run(id);
}

/** A redemption was taken back: what was only noted with it goes too, what it tied has an undo of its own. */
export function deleteNotesOfRedemption(trx: Trx, redemptionId: number): void {
  trx.prepare("DELETE FROM receipt_link WHERE redemption_id = ? AND state = 'waiting'").run(redemptionId);
}

/** A moment at the counter without a sale of its own: a redeemed code, or "she's here". */
export interface OpenMoment {
  customerId: CustomerId;
  redemptionId: number | null;
  at: UtcMs;
  amount: Cents | null;
  offerName: string | null;
}

// A redemption whose own sale is tied, or a visit on a day with a sale of theirs, asks nothing any more.
const REDEEMED = `SELECT r.customer_id AS customerId, r.id AS redemptionId, r.at, r.amount, o.name AS offerName
  FROM redemption r JOIN offer o ON o.id = r.offer_id
  WHERE r.customer_id IS NOT NULL AND r.sale_id IS NULL AND r.reversed_at IS NULL AND r.at >= @since`;
const SEEN = `SELECT v.customer_id AS customerId, NULL AS redemptionId, v.at, NULL AS amount, NULL AS offerName FROM visit_note v
  WHERE v.note = '' AND v.at >= @since
    AND NOT EXISTS (SELECT 1 FROM sale s WHERE s.customer_id = v.customer_id AND s.occurred_at BETWEEN v.at - 43200000 AND v.at + 43200000)`;

/** Of one person, newest first. */
export const openMomentsOf = (db: Db, person: CustomerId, since: UtcMs, limit: number): OpenMoment[] =>
  db
    .prepare(`${REDEEMED} AND r.customer_id = @person UNION ALL ${SEEN} AND v.customer_id = @person ORDER BY at DESC LIMIT @limit`)
    .all({ person, since, limit }) as OpenMoment[];

/** Of everybody, newest first. */
export const openMoments = (db: Db, since: UtcMs, limit: number): OpenMoment[] =>
  db.prepare(`${REDEEMED} UNION ALL ${SEEN} ORDER BY at DESC LIMIT @limit`).all({ since, limit }) as OpenMoment[];

/** How many of a person's sales came with each of these links. */
export function salesOfLink(db: Db, link: Pick<ReceiptLink, 'id' | 'source' | 'sourceCustomerId' | 'customerId'>): number {
  return db
    .prepare(
      `SELECT count(*) FROM sale s WHERE s.customer_id = @person AND s.kind = 'sale' AND s.${REAL_SALE} AND (
         s.id IN (SELECT sale_id FROM receipt_link_sale WHERE link_id = @id AND was_customer_id IS NOT @person)
         OR (s.source = @source AND s.source_customer_id = @till AND s.id NOT IN (SELECT sale_id FROM receipt_link_sale WHERE link_id = @id)))`,
    )
    .pluck()
    .get({ id: link.id, person: link.customerId, source: link.source, till: link.sourceCustomerId }) as number;
}
