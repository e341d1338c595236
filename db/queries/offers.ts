import type { Cents, OfferId, ShopDay, UtcMs } from '@domain/kernel';
import type { Bundle, OfferTerms } from '@domain/offers/offer';
import type { Db, Trx } from '../open';
import { GIVEN } from './discounts';

export interface Offer extends OfferTerms {
  id: OfferId;
  name: string;
  sharedCode: string | null;
  /** What to key into the till, as "TEXT10"; '' = said from the offer itself. */
  tillKey: string;
  createdAt: UtcMs;
  archived: boolean;
}

const OFFER = `o.id, o.name, o.kind, o.percent, o.amount, o.item, o.min_spend AS minSpend, o.terms, o.valid_days AS validDays,
  o.code_mode AS codeMode, o.shared_code AS sharedCode, o.till_key AS tillKey, o.created_at AS createdAt, o.archived,
  o.bundle_buy AS bundleBuy, o.bundle_get AS bundleGet, o.bundle_percent AS bundlePercent, o.bundle_price AS bundlePrice, o.points,
  o.items, o.categories, o.from_day AS fromDay, o.until_day AS untilDay, o.weekdays, o.from_minute AS fromMinute,
  o.until_minute AS untilMinute, o.code_uses AS codeUses, o.most_uses AS mostUses, o.members_only AS membersOnly, o.club`;

/** What is stored otherwise than it is read. */
type Stored = Omit<Offer, 'bundle' | 'items' | 'categories' | 'archived' | 'membersOnly'> & {
  bundleBuy: number | null;
  bundleGet: number | null;
  bundlePercent: number | null;
  bundlePrice: Cents | null;
  items: string;
  categories: string;
  archived: number;
  membersOnly: number;
};

function offerOf(row: unknown): Offer {
  const { bundleBuy, bundleGet, bundlePercent, bundlePrice, items, categories, archived, membersOnly, ...rest } = row as Stored;
  const bundle: Bundle | null =
    bundleBuy === null ? null : { buy: bundleBuy, get: bundleGet ?? 0, percent: bundlePercent ?? 0, forPrice: bundlePrice };
  return {
    ...rest,
    bundle,
    items: JSON.parse(items) as string[],
    categories: JSON.parse(categories) as string[],
    archived: archived === 1,
    membersOnly: membersOnly === 1,
  };
}

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
  /** Still good. */
  open: number;
  /** Minor units given away, as far as known. */
  discount: Cents;
  lastRedeemedAt: UtcMs | null;
}
export type OfferListRow = Offer & OfferCounts;

/** Every offer, newest first, with what became of its codes. */
export function listOffers(db: Db, now: UtcMs): OfferListRow[] {
  return db
    .prepare(
      `SELECT ${OFFER},
        (SELECT count(*) FROM offer_code c WHERE c.offer_id = o.id) AS issued,
        (SELECT count(*) FROM offer_code c WHERE c.offer_id = o.id AND c.state IN ('issued', 'reversed') AND c.expires_at > ?) AS open,
        coalesce(r.n, 0) AS redeemed, coalesce(r.discount, 0) AS discount, r.last AS lastRedeemedAt
       FROM offer o LEFT JOIN (
         SELECT r.offer_id, count(*) AS n, sum(${GIVEN}) AS discount, max(r.at) AS last FROM redemption r LEFT JOIN sale s ON s.id = r.sale_id
         WHERE r.reversed_at IS NULL GROUP BY r.offer_id
       ) r ON r.offer_id = o.id
       ORDER BY o.archived, o.id DESC`,
    )
    .all(now)
    .map((r) => offerOf(r) as OfferListRow);
}

export type OfferFields = Omit<Offer, 'id' | 'createdAt' | 'archived'>;

const COLUMNS = {
  name: 'name',
  kind: 'kind',
  percent: 'percent',
  amount: 'amount',
  item: 'item',
  minSpend: 'min_spend',
  terms: 'terms',
  validDays: 'valid_days',
  codeMode: 'code_mode',
  sharedCode: 'shared_code',
  tillKey: 'till_key',
  points: 'points',
  fromDay: 'from_day',
  untilDay: 'until_day',
  weekdays: 'weekdays',
  fromMinute: 'from_minute',
  untilMinute: 'until_minute',
  codeUses: 'code_uses',
  mostUses: 'most_uses',
  items: 'items',
  categories: 'categories',
  membersOnly: 'members_only',
  club: 'club',
  bundleBuy: 'bundle_buy',
  bundleGet: 'bundle_get',
  bundlePercent: 'bundle_percent',
  bundlePrice: 'bundle_price',
} as const;
const NAMES = Object.values(COLUMNS);
const KEYS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

function stored(o: OfferFields): Record<keyof typeof COLUMNS, string | number | null> {
  const { bundle, items, categories, membersOnly, ...rest } = o;
  return {
    ...rest,
    items: JSON.stringify(items),
    categories: JSON.stringify(categories),
    membersOnly: membersOnly ? 1 : 0,
    club: rest.club ?? null,
    bundleBuy: bundle?.buy ?? null,
    bundleGet: bundle && bundle.forPrice === null ? bundle.get : null,
    bundlePercent: bundle && bundle.forPrice === null ? bundle.percent : null,
    bundlePrice: bundle?.forPrice ?? null,
  };
}

export function insertOffer(trx: Trx, o: OfferFields, now: UtcMs): OfferId {
  const sql = `INSERT INTO offer (${NAMES.join(', ')}, created_at) VALUES (${KEYS.map((k) => `@${k}`).join(', ')}, @now)`;
  return Number(trx.prepare(sql).run({ ...stored(o), now }).lastInsertRowid) as OfferId;
}

/**
 * An offer as the journal keeps it, after a restore: one made or changed since the copy. One that only stands for it, or another under its
 * number, is left alone. False when nothing is new.
 */
export function putOffer(trx: Trx, o: Offer): boolean {
  const had = offerById(trx, o.id);
  if (had !== null && (had.createdAt !== o.createdAt || JSON.stringify(had) === JSON.stringify(o))) return false;
  if (had !== null) return updateOffer(trx, o.id, o);
  const sql = `INSERT INTO offer (id, ${NAMES.join(', ')}, created_at, archived) VALUES (@id, ${KEYS.map((k) => `@${k}`).join(', ')}, @createdAt, @archived)`;
  trx.prepare(sql).run({ ...stored(o), id: o.id, createdAt: o.createdAt, archived: o.archived ? 1 : 0 });
  return true;
}

export function updateOffer(trx: Trx, id: OfferId, o: OfferFields & { archived: boolean }): boolean {
  const { archived, ...fields } = o;
  const sql = `UPDATE offer SET ${KEYS.map((k) => `${COLUMNS[k]} = @${k}`).join(', ')}, archived = @archived WHERE id = @id`;
  return trx.prepare(sql).run({ ...stored(fields), archived: archived ? 1 : 0, id }).changes === 1;
}

const LEFT = ['sending', 'scheduled', 'accepted', 'queued', 'sent', 'delivered', 'undelivered', 'failed', 'uncertain'];

/**
 * When the last text with an offer began to leave: the latest of the campaigns it stands in, of a follow-up step its newest text. Null: it
 * stands in none. Of each step one row per state is read, however many people took it.
 */
export function lastTextWith(db: Db, id: OfferId): UtcMs | null {
  return db
    .prepare(
      `SELECT max(CASE WHEN k.parent_id IS NULL AND k.automation_id IS NULL THEN k.started_at ELSE
         (SELECT max((SELECT o.created_at FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(k.id AS TEXT) AND o.state = j.value
            ORDER BY o.id DESC LIMIT 1)) FROM json_each(@left) j) END)
       FROM campaign k WHERE k.started_at IS NOT NULL
         AND (k.offer_id = @id OR EXISTS (SELECT 1 FROM campaign_part p WHERE p.campaign_id = k.id AND p.offer_id = @id))`,
    )
    .pluck()
    .get({ id, left: JSON.stringify(LEFT) }) as UtcMs | null;
}

/** Offers for members whose code everybody has: each member may be given them by being found. */
export function memberOffers(db: Db, today: ShopDay): Offer[] {
  return db
    .prepare(
      `SELECT ${OFFER} FROM offer o WHERE o.code_mode = 'shared' AND o.members_only = 1 AND o.archived = 0
       AND (o.until_day IS NULL OR o.until_day >= ?) AND (o.from_day IS NULL OR o.from_day <= ?) ORDER BY o.until_day IS NULL, o.until_day, o.id`,
    )
    .all(today, today)
    .map(offerOf);
}
