import type { WishMissing } from '@domain/customers/wishes';
import type { CampaignId, Cents, CustomerId, ShopDay, StaffId, UtcMs } from '@domain/kernel';
import type { DeliveryLine } from '@domain/wishes/lines';
import type { Db, Trx } from '../open';
import { COUNTED } from './visit-sql';

/** Somebody who waits for something, and was not told yet. */
export interface Waiting {
  wishId: number;
  customerId: CustomerId;
  item: string;
  itemKey: string;
  size: string;
  under: Cents | null;
  createdAt: UtcMs;
  firstName: string;
  lastName: string;
}

const OPEN = `FROM customer_wish w JOIN customer c ON c.id = w.customer_id WHERE w.state = 'open' AND w.item_key <> ''`;
const WAITING = `${OPEN} AND w.told_at IS NULL`;
const WISH = `SELECT w.id AS wishId, w.customer_id AS customerId, w.item, w.item_key AS itemKey, w.size, w.under, w.created_at AS createdAt,
  c.first_name AS firstName, coalesce(nullif(c.last_name, ''), c.company) AS lastName`;

/** Everybody who waits for anything, longest first. A shop has hundreds of these, not hundreds of thousands. */
export const allWaiting = (db: Db): Waiting[] => db.prepare(`${WISH} ${WAITING} ORDER BY w.created_at, w.id`).all() as Waiting[];
/** Also those who were told: whose wish is still open. */
export const allOpen = (db: Db): Waiting[] => db.prepare(`${WISH} ${OPEN} ORDER BY w.created_at, w.id`).all() as Waiting[];

/** What is waited for, most people first: one line for an item in a size. */
export function mostWanted(db: Db, limit: number): { rows: { item: string; size: string; people: number; since: UtcMs }[]; total: number } {
  const rows = db
    .prepare(
      `SELECT min(w.item) AS item, w.size, count(DISTINCT w.customer_id) AS people, min(w.created_at) AS since ${WAITING}
       GROUP BY w.item_key, w.size ORDER BY people DESC, since LIMIT ?`,
    )
    .all(limit) as { item: string; size: string; people: number; since: UtcMs }[];
  return { rows, total: db.prepare(`SELECT count(*) ${WAITING}`).pluck().get() as number };
}

/** What was missing when people left without buying, since a moment; most often first. */
export const leftFor = (db: Db, since: UtcMs): { missing: Exclude<WishMissing, ''>; people: number }[] =>
  db
    .prepare(
      `SELECT missing, count(DISTINCT customer_id) AS people FROM customer_wish WHERE source = 'left' AND missing <> '' AND created_at >= ?
       GROUP BY missing ORDER BY people DESC, missing`,
    )
    .all(since) as { missing: Exclude<WishMissing, ''>; people: number }[];

export interface Delivery {
  id: number;
  name: string;
  state: 'open' | 'telling' | 'told';
  bodyEn: string;
  bodyEs: string;
  campaignId: CampaignId | null;
  madeAt: UtcMs;
  toldAt: UtcMs | null;
}

const DELIVERY = `SELECT d.id, d.name, d.state, d.body_en AS bodyEn, d.body_es AS bodyEs, d.campaign_id AS campaignId, d.made_at AS madeAt,
  d.told_at AS toldAt FROM delivery d`;

export const deliveryById = (db: Db, id: number): Delivery | null =>
  (db.prepare(`${DELIVERY} WHERE d.id = ?`).get(id) as Delivery | undefined) ?? null;

export type Line = DeliveryLine & { lineNo: number; itemKey: string };

export const linesOf = (db: Db, id: number): Line[] =>
  db
    .prepare(
      `SELECT line_no AS lineNo, item, item_key AS itemKey, size, price, barcode, qty FROM delivery_line WHERE delivery_id = ? ORDER BY line_no`,
    )
    .all(id) as Line[];

/** Newest first, with how many lines they have, and how many people were told and answered. */
export function listDeliveries(
  db: Db,
  page: { offset: number; limit: number },
): { rows: (Delivery & { first: string; lines: number; told: number; replied: number; sold: number })[]; total: number } {
  const rows = db
    .prepare(
      `${DELIVERY.replace(
        ' FROM delivery d',
        `, (SELECT count(*) FROM delivery_line l WHERE l.delivery_id = d.id) AS lines,
           coalesce((SELECT l.item FROM delivery_line l WHERE l.delivery_id = d.id ORDER BY l.line_no LIMIT 1), '') AS first,
           (SELECT count(DISTINCT x.customer_id) FROM delivery_wish x WHERE x.delivery_id = d.id AND x.outcome = 'text') AS told,
           (SELECT count(DISTINCT i.from_address) FROM inbound i WHERE i.campaign_id = d.campaign_id AND i.meaning <> 'reaction') AS replied,
           (SELECT count(*) FROM delivery_wish x JOIN customer_wish w ON w.id = x.wish_id WHERE x.delivery_id = d.id AND w.state = 'fulfilled') AS sold
         FROM delivery d`,
      )} ORDER BY d.made_at DESC, d.id DESC LIMIT ? OFFSET ?`,
    )
    .all(page.limit, page.offset);
  const total = db.prepare('SELECT count(*) FROM delivery').pluck().get() as number;
  return { rows: rows as (Delivery & { first: string; lines: number; told: number; replied: number; sold: number })[], total };
}

export function insertDelivery(trx: Trx, d: { name: string; at: UtcMs; staffId: StaffId | null }): number {
  return Number(
    trx.prepare('INSERT INTO delivery (name, made_at, made_by, updated_at) VALUES (@name, @at, @staffId, @at)').run(d).lastInsertRowid,
  );
}

/** Replaces what stands in a delivery that nobody was told of. */
export function writeDelivery(
  trx: Trx,
  d: { id: number; name: string; bodyEn: string; bodyEs: string; lines: readonly (DeliveryLine & { itemKey: string })[]; at: UtcMs },
): boolean {
  const done = trx
    .prepare("UPDATE delivery SET name = @name, body_en = @bodyEn, body_es = @bodyEs, updated_at = @at WHERE id = @id AND state = 'open'")
    .run({ id: d.id, name: d.name, bodyEn: d.bodyEn, bodyEs: d.bodyEs, at: d.at });
  if (done.changes === 0) return false;
  trx.prepare('DELETE FROM delivery_line WHERE delivery_id = ?').run(d.id);
  const add = trx.prepare(
    `INSERT INTO delivery_line (delivery_id, line_no, item, item_key, size, price, barcode, qty)
     VALUES (@deliveryId, @lineNo, @item, @itemKey, @size, @price, @barcode, @qty)`,
  );
  d.lines.forEach((l, i) => {
    add.run({ ...l, deliveryId: d.id, lineNo: i + 1 });
  });
  return true;
}

export const deleteDelivery = (trx: Trx, id: number): boolean =>
  trx.prepare("DELETE FROM delivery WHERE id = ? AND state = 'open'").run(id).changes === 1;

/** What a barcode stood for the last time it came. */
export const knownBarcode = (db: Db, barcode: string): Pick<DeliveryLine, 'item' | 'size' | 'price'> | null =>
  (db.prepare('SELECT item, size, price FROM delivery_line WHERE barcode = ? ORDER BY delivery_id DESC, line_no LIMIT 1').get(barcode) as
    | Pick<DeliveryLine, 'item' | 'size' | 'price'>
    | undefined) ?? null;

export const moveDelivery = (
  trx: Trx,
  m: { id: number; from: Delivery['state']; to: Delivery['state']; campaignId: CampaignId | null; at: UtcMs },
): boolean =>
  trx
    .prepare(
      `UPDATE delivery SET state = @to, campaign_id = @campaignId, updated_at = @at, told_at = CASE @to WHEN 'told' THEN @at END
       WHERE id = @id AND state = @from`,
    )
    .run(m).changes === 1;

export const tellingDeliveries = (db: Db): Delivery[] => db.prepare(`${DELIVERY} WHERE d.state = 'telling'`).all() as Delivery[];

export interface DeliveryWish {
  deliveryId: number;
  wishId: number;
  customerId: CustomerId;
  lineNo: number;
  outcome: 'text' | 'left-out';
  reason: string | null;
}

export const insertDeliveryWish = (trx: Trx, w: DeliveryWish): void =>
  void trx
    .prepare(
      `INSERT INTO delivery_wish (delivery_id, wish_id, customer_id, line_no, outcome, reason)
       VALUES (@deliveryId, @wishId, @customerId, @lineNo, @outcome, @reason) ON CONFLICT DO NOTHING`,
    )
    .run(w);

export const dropDeliveryWishes = (trx: Trx, id: number): void =>
  void trx.prepare('DELETE FROM delivery_wish WHERE delivery_id = ?').run(id);

/** Everybody a delivery was for, with how it was told: for "who was told" afterwards. */
export const toldOf = (
  db: Db,
  id: number,
): (Waiting & { lineNo: number; outcome: 'text' | 'left-out'; reason: string | null; state: string; textState: string | null })[] =>
  db
    .prepare(
      `SELECT w.id AS wishId, w.customer_id AS customerId, w.item, w.item_key AS itemKey, w.size, w.under, w.created_at AS createdAt,
         c.first_name AS firstName, coalesce(nullif(c.last_name, ''), c.company) AS lastName, x.line_no AS lineNo, x.outcome, x.reason,
         w.state, (SELECT o.state FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(d.campaign_id AS TEXT)
           AND o.customer_id = w.customer_id LIMIT 1) AS textState
       FROM delivery_wish x JOIN delivery d ON d.id = x.delivery_id JOIN customer_wish w ON w.id = x.wish_id JOIN customer c ON c.id = w.customer_id
       WHERE x.delivery_id = ? ORDER BY w.created_at, w.id`,
    )
    .all(id) as ReturnType<typeof toldOf>;

/** Marks a wish as told; false when it was already, or is over. */
export const markTold = (trx: Trx, w: { wishId: number; campaignId: CampaignId | null; at: UtcMs }): boolean =>
  trx
    .prepare("UPDATE customer_wish SET told_at = @at, told_in = @campaignId WHERE id = @wishId AND told_at IS NULL AND state = 'open'")
    .run(w).changes === 1;

/** Open wishes that a campaign told somebody of. */
export const wishesToldIn = (db: Db, campaignId: CampaignId, customerId: CustomerId): { id: number; item: string; size: string }[] =>
  db
    .prepare("SELECT id, item, size FROM customer_wish WHERE told_in = ? AND customer_id = ? AND state = 'open' ORDER BY id")
    .all(campaignId, customerId) as { id: number; item: string; size: string }[];

/** Wishes of a campaign that were closed as fulfilled at this very moment. */
export const wishesClosedAt = (db: Db, campaignId: CampaignId, customerId: CustomerId, at: UtcMs | null): number[] =>
  db
    .prepare("SELECT id FROM customer_wish WHERE told_in = ? AND customer_id = ? AND state = 'fulfilled' AND closed_at = ? ORDER BY id")
    .pluck()
    .all(campaignId, customerId, at) as number[];

/** Somebody's wish as a text may name it. */
type Named = { wishId: number; customerId: CustomerId; item: string; itemKey: string; size: string; createdAt: UtcMs };
const NAMED = 'w.id AS wishId, w.customer_id AS customerId, w.item, w.item_key AS itemKey, w.size, w.created_at AS createdAt';

/** What this campaign tells or told somebody of: its delivery's lines, or what runs by itself had taken them for. */
export const wishesToldBy = (db: Db, campaignId: CampaignId | null, customerId: CustomerId): Named[] =>
  db
    .prepare(
      `SELECT ${NAMED} FROM customer_wish w WHERE w.customer_id = @customerId AND (w.told_in = @campaignId OR w.id IN (
         SELECT x.wish_id FROM delivery d JOIN delivery_wish x ON x.delivery_id = d.id
         WHERE d.campaign_id = @campaignId AND x.customer_id = @customerId AND x.outcome = 'text')) ORDER BY w.id`,
    )
    .all({ campaignId, customerId }) as Named[];

/** Whether a campaign tells of a delivery, as it was shown: nothing else may stand in its texts. */
export const isOfDelivery = (db: Db, campaignId: CampaignId | null): boolean =>
  campaignId !== null && db.prepare('SELECT 1 FROM delivery WHERE campaign_id = ?').get(campaignId) !== undefined;

/** What came in for somebody who could not be told, in the order they will be told of it; then what they asked for last. */
export const wishesToTell = (db: Db, customerId: CustomerId): { cameIn: Named[]; last: Named | null } => ({
  cameIn: db
    .prepare(
      `SELECT ${NAMED} FROM customer_wish w JOIN delivery_wish x ON x.wish_id = w.id JOIN delivery d ON d.id = x.delivery_id
       WHERE w.customer_id = ? AND x.outcome = 'left-out' AND d.told_at IS NOT NULL AND w.state = 'open' AND w.told_at IS NULL AND w.item <> ''
       GROUP BY w.id ORDER BY min(d.told_at), w.id`,
    )
    .all(customerId) as Named[],
  last:
    (db
      .prepare(
        `SELECT ${NAMED} FROM customer_wish w WHERE w.customer_id = ? AND w.state = 'open' AND w.item <> '' ORDER BY w.id DESC LIMIT 1`,
      )
      .get(customerId) as Named | undefined) ?? null,
});

/** A line of the till of somebody who waits. */
export interface BoughtLine {
  customerId: CustomerId;
  at: UtcMs;
  day: ShopDay;
  name: string;
  variant: string;
}

/**
 * What these people bought and kept since, latest first: no presents, nothing void, nothing that was brought back (the same goods summed
 * over purchase and return).
 */
export const keptSince = (db: Db, since: readonly { customerId: CustomerId; from: UtcMs }[]): BoughtLine[] =>
  db
    .prepare(
      `SELECT s.customer_id AS customerId, max(s.occurred_at) AS at, max(s.shop_day) AS day, l.name, l.variant
       FROM json_each(?) w CROSS JOIN sale s ON s.customer_id = w.value ->> 'customerId' AND s.occurred_at > w.value ->> 'from'
         CROSS JOIN sale_line l ON l.sale_id = s.id
       WHERE s.is_gift = 0 AND ${COUNTED}
       GROUP BY s.customer_id, l.name, l.variant
       HAVING sum(CASE WHEN s.kind = 'refund' OR l.qty_milli < 0 THEN -abs(l.qty_milli) WHEN s.status = 'refunded' THEN 0 ELSE l.qty_milli END) > 0
       ORDER BY at DESC`,
    )
    .all(JSON.stringify(since)) as BoughtLine[];

/** The text of one person about a wish that is over: called off while it still waits. */
export const cancelWishText = (trx: Trx, campaignId: CampaignId, customerId: CustomerId, now: UtcMs): number =>
  trx
    .prepare(
      `UPDATE outbox SET state = 'cancelled', reason = 'wish-over', final_at = @now, updated_at = @now
       WHERE cause_kind = 'campaign' AND cause_id = @cause AND customer_id = @customerId AND state IN ('staged', 'waiting')`,
    )
    .run({ cause: String(campaignId), customerId, now }).changes;

/** As the journal keeps it: who was told of what, so that a restored copy tells nobody again. */
export interface ToldFact {
  customerId: number;
  itemKey: string;
  size: string;
  createdAt: number;
  at: number;
}

/** A wish the copy has as untold, told since. True when it told something new. */
export const putTold = (trx: Trx, f: ToldFact, personNow: number | null): boolean =>
  personNow !== null &&
  trx
    .prepare(
      'UPDATE customer_wish SET told_at = @at WHERE customer_id = @personNow AND item_key = @itemKey AND size = @size AND created_at = @createdAt AND told_at IS NULL',
    )
    .run({ itemKey: f.itemKey, size: f.size, createdAt: f.createdAt, at: f.at, personNow }).changes > 0;
