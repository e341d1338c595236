import type { CustomerId, SaleId, ShopDay, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

export type ThingKind = 'warranty' | 'service' | 'refill' | 'other';

/** Something somebody has, with a day that matters. */
export interface Thing {
  id: number;
  customerId: CustomerId;
  kind: ThingKind;
  what: string;
  boughtOn: ShopDay | null;
  dueOn: ShopDay;
  state: 'open' | 'done';
  createdAt: UtcMs;
  doneAt: UtcMs | null;
}

const THING = `SELECT id, customer_id AS customerId, kind, what, bought_on AS boughtOn, due_on AS dueOn, state, created_at AS createdAt,
  done_at AS doneAt FROM customer_thing`;

export const thingById = (db: Db, id: number): Thing | null => (db.prepare(`${THING} WHERE id = ?`).get(id) as Thing | undefined) ?? null;

/** Of one person: what is to come first. */
export const thingsOf = (db: Db, id: CustomerId, limit: number): Thing[] =>
  db.prepare(`${THING} WHERE customer_id = ? ORDER BY state = 'done', due_on, id LIMIT ?`).all(id, limit) as Thing[];

export const insertThing = (
  trx: Trx,
  t: Pick<Thing, 'customerId' | 'kind' | 'what' | 'boughtOn' | 'dueOn'> & { saleId: SaleId | null; at: UtcMs; staffId: StaffId | null },
): number =>
  Number(
    trx
      .prepare(
        `INSERT INTO customer_thing (customer_id, kind, what, bought_on, due_on, sale_id, created_at, staff_id)
         VALUES (@customerId, @kind, @what, @boughtOn, @dueOn, @saleId, @at, @staffId)`,
      )
      .run(t).lastInsertRowid,
  );

/** Done with, or open again; false when it is so already. */
export const setThingDone = (trx: Trx, id: number, doneAt: UtcMs | null): boolean =>
  trx
    .prepare(
      "UPDATE customer_thing SET state = CASE WHEN @doneAt IS NULL THEN 'open' ELSE 'done' END, done_at = @doneAt WHERE id = @id AND (done_at IS NULL) <> (@doneAt IS NULL)",
    )
    .run({ id, doneAt }).changes === 1;

/** What somebody bought lately, to say what a date belongs to; no money. */
export const boughtLately = (db: Db, id: CustomerId, limit: number): { saleId: SaleId; boughtOn: ShopDay; what: string }[] =>
  db
    .prepare(
      `SELECT s.id AS saleId, s.shop_day AS boughtOn, trim(l.name || ' ' || l.variant) AS what FROM sale s CROSS JOIN sale_line l ON l.sale_id = s.id
       WHERE s.customer_id = ? AND s.kind = 'sale' AND s.status IN ('completed', 'partially-refunded') AND l.qty_milli > 0
       ORDER BY s.occurred_at DESC, l.line_no LIMIT ?`,
    )
    .all(id, limit) as { saleId: SaleId; boughtOn: ShopDay; what: string }[];

export interface RebuyTerm {
  category: string;
  days: number;
  learnt: boolean;
}

export const rebuyTerms = (db: Db): RebuyTerm[] =>
  (
    db.prepare('SELECT category, days, learnt FROM rebuy_term ORDER BY category').all() as (Omit<RebuyTerm, 'learnt'> & {
      learnt: number;
    })[]
  ).map((t) => ({ ...t, learnt: t.learnt === 1 }));

/** Null takes it away. Whoever it is about is looked at anew. */
export function setRebuyTerm(trx: Trx, t: { key: string; category: string; days: number | null; learnt: boolean; at: UtcMs }): void {
  if (t.days === null) trx.prepare('DELETE FROM rebuy_term WHERE category_key = ?').run(t.key);
  else {
    trx
      .prepare(
        `INSERT INTO rebuy_term (category_key, category, days, learnt, updated_at) VALUES (@key, @category, @days, @learnt, @at)
         ON CONFLICT (category_key) DO UPDATE SET category = @category, days = @days, learnt = @learnt, updated_at = @at`,
      )
      .run({ ...t, learnt: t.learnt ? 1 : 0 });
  }
  trx.prepare("UPDATE automation SET walk_after = 0 WHERE kind = 're-buy' AND state <> 'off'").run();
}

/** Days on which people bought something of a category, some sales at a time; `next`: where to go on, null = that was all. */
export function daysBought(
  db: Db,
  category: string,
  after: number,
  limit: number,
): { rows: { customerId: CustomerId; day: ShopDay }[]; next: number | null } {
  const sales = db
    .prepare(
      'SELECT DISTINCT sale_id FROM sale_line WHERE category = ? COLLATE NOCASE AND sale_id > ? AND qty_milli > 0 ORDER BY sale_id LIMIT ?',
    )
    .pluck()
    .all(category, after, limit) as number[];
  const rows = db
    .prepare(
      `SELECT s.customer_id AS customerId, s.shop_day AS day FROM json_each(?) i CROSS JOIN sale s ON s.id = i.value
       WHERE s.customer_id IS NOT NULL AND s.is_gift = 0 AND s.kind = 'sale' AND s.status IN ('completed', 'partially-refunded')`,
    )
    .all(JSON.stringify(sales)) as { customerId: CustomerId; day: ShopDay }[];
  return { rows, next: sales.length < limit ? null : (sales.at(-1) ?? null) };
}

// — facts for what runs by itself —

const IDS = '(SELECT value FROM json_each(?))';
const list = (ids: readonly CustomerId[]) => JSON.stringify(ids);

/** Orders that wait to be fetched, and since when; `before`: also those that were closed since then, as they were then. */
export const readyOrders = (
  db: Db,
  ids: readonly CustomerId[],
): { customerId: CustomerId; ref: string; readyAt: UtcMs; closedAt: UtcMs | null }[] =>
  db
    .prepare(
      `SELECT customer_id AS customerId, ref, ready_at AS readyAt, closed_at AS closedAt FROM customer_order
       WHERE customer_id IN ${IDS} AND ready_at IS NOT NULL ORDER BY id`,
    )
    .all(list(ids)) as { customerId: CustomerId; ref: string; readyAt: UtcMs; closedAt: UtcMs | null }[];

/** Some things with a day. */
export const thingFacts = (
  db: Db,
  ids: readonly CustomerId[],
): { customerId: CustomerId; id: number; dueOn: ShopDay; createdAt: UtcMs; doneAt: UtcMs | null }[] =>
  db
    .prepare(
      `SELECT customer_id AS customerId, id, due_on AS dueOn, created_at AS createdAt, done_at AS doneAt FROM customer_thing
       WHERE customer_id IN ${IDS} ORDER BY id`,
    )
    .all(list(ids)) as { customerId: CustomerId; id: number; dueOn: ShopDay; createdAt: UtcMs; doneAt: UtcMs | null }[];

/** Wishes a delivery had that could not be told at once, still open and untold: with when the delivery was told to the others. */
export const wishesLeftOut = (
  db: Db,
  ids: readonly CustomerId[],
): { customerId: CustomerId; wishId: number; at: UtcMs; itemKey: string; size: string; createdAt: UtcMs }[] =>
  db
    .prepare(
      `SELECT x.customer_id AS customerId, x.wish_id AS wishId, min(d.told_at) AS at, w.item_key AS itemKey, w.size, w.created_at AS createdAt FROM delivery_wish x JOIN delivery d ON d.id = x.delivery_id
         JOIN customer_wish w ON w.id = x.wish_id
       WHERE x.customer_id IN ${IDS} AND x.outcome = 'left-out' AND d.told_at IS NOT NULL AND w.state = 'open' AND w.told_at IS NULL
       GROUP BY x.wish_id ORDER BY x.wish_id`,
    )
    .all(list(ids)) as ReturnType<typeof wishesLeftOut>;

const page =
  (sql: string) =>
  (db: Db, after: number, limit: number): CustomerId[] =>
    db.prepare(sql).pluck().all(after, limit) as CustomerId[];
/** Whom it may be about, in the order of their ids. */
export const someWithOrders = page(
  'SELECT DISTINCT customer_id FROM customer_order WHERE ready_at IS NOT NULL AND customer_id > ? ORDER BY customer_id LIMIT ?',
);
export const someWithThings = page('SELECT DISTINCT customer_id FROM customer_thing WHERE customer_id > ? ORDER BY customer_id LIMIT ?');
export const someLeftOut = page(
  "SELECT DISTINCT customer_id FROM delivery_wish WHERE outcome = 'left-out' AND customer_id > ? ORDER BY customer_id LIMIT ?",
);
