import type { Cents, CustomerId, PhoneE164, ShopDay, StaffId, UtcMs } from '@domain/kernel';
import type { OrderKind, OrderState } from '@domain/orders/order';
import type { Db, Trx } from '../open';
import type { CustomerOrderTable } from '../schema/service';
import { survivorOf } from './merges';

/** Something kept for one person until they come. */
export interface Order {
  id: number;
  ref: string;
  kind: OrderKind;
  customerId: CustomerId;
  /** The number its own box was ticked for. */
  phone: PhoneE164 | null;
  what: string;
  size: string;
  dueOn: ShopDay | null;
  deposit: Cents | null;
  state: OrderState;
  createdAt: UtcMs;
  readyAt: UtcMs | null;
  remindedAt: UtcMs | null;
  closedAt: UtcMs | null;
}

/** With who they are, for whoever looks for it on the shelf. */
export interface OrderOf extends Order {
  firstName: string;
  lastName: string;
  language: 'en' | 'es';
  phoneNow: PhoneE164 | null;
}

/** Held against their query plans by test/db/look-up-plans.test.ts. */
const COLUMNS = `o.id, o.ref, o.kind, o.customer_id AS customerId, o.phone, o.what, o.size, o.due_on AS dueOn, o.deposit, o.state,
  o.created_at AS createdAt, o.ready_at AS readyAt, o.reminded_at AS remindedAt, o.closed_at AS closedAt`;
const WHO = `${COLUMNS}, c.first_name AS firstName, coalesce(nullif(c.last_name, ''), c.company) AS lastName, c.language, c.phone AS phoneNow`;
const JOINED = 'FROM customer_order o JOIN customer c ON c.id = o.customer_id';

export const orderById = (db: Db, id: number): OrderOf | null =>
  (db.prepare(`SELECT ${WHO} ${JOINED} WHERE o.id = ?`).get(id) as OrderOf | undefined) ?? null;

/** Of one person: what is open first, then the latest ended. */
export const ordersOf = (db: Db, id: CustomerId, limit: number): Order[] =>
  db
    .prepare(
      `SELECT ${COLUMNS} FROM customer_order o WHERE o.customer_id = ? ORDER BY o.state IN ('collected', 'cancelled'), o.created_at DESC, o.id DESC LIMIT ?`,
    )
    .all(id, limit) as Order[];

/** What is kept for anybody, the first promised first; and how many there are. */
export function openOrders(db: Db, limit: number): { rows: OrderOf[]; total: number } {
  const rows = db
    .prepare(`SELECT ${WHO} ${JOINED} WHERE o.state IN ('open', 'ready') ORDER BY o.due_on IS NULL, o.due_on, o.id LIMIT ?`)
    .all(limit) as OrderOf[];
  const total = db.prepare("SELECT count(*) FROM customer_order WHERE state IN ('open', 'ready')").pluck().get() as number;
  return { rows, total };
}

export const refTaken = (db: Db, ref: string): boolean => db.prepare('SELECT 1 FROM customer_order WHERE ref = ?').get(ref) !== undefined;

export function insertOrder(
  trx: Trx,
  o: Pick<Order, 'ref' | 'kind' | 'customerId' | 'what' | 'size' | 'dueOn' | 'deposit' | 'state'> & { at: UtcMs; staffId: StaffId | null },
): number {
  const { lastInsertRowid } = trx
    .prepare(
      `INSERT INTO customer_order (ref, kind, customer_id, what, size, due_on, deposit, state, created_at, staff_id, ready_at, updated_at)
       VALUES (@ref, @kind, @customerId, @what, @size, @dueOn, @deposit, @state, @at, @staffId, CASE @state WHEN 'ready' THEN @at END, @at)`,
    )
    .run(o);
  return Number(lastInsertRowid);
}

/** False when it is no longer in the state it was read in. */
export function moveOrder(trx: Trx, m: { id: number; from: OrderState; to: OrderState; at: UtcMs; staffId: StaffId | null }): boolean {
  return (
    trx
      .prepare(
        `UPDATE customer_order SET state = @to, updated_at = @at,
           ready_at = CASE WHEN @to = 'ready' THEN coalesce(ready_at, @at) WHEN @to = 'open' THEN NULL ELSE ready_at END,
           reminded_at = CASE WHEN @to = 'open' THEN NULL ELSE reminded_at END,
           closed_at = CASE WHEN @to IN ('collected', 'cancelled') THEN @at END,
           closed_by = CASE WHEN @to IN ('collected', 'cancelled') THEN @staffId END
         WHERE id = @id AND state = @from`,
      )
      .run(m).changes === 1
  );
}

export const setOrderPhone = (trx: Trx, id: number, phone: PhoneE164 | null, at: UtcMs): void =>
  void trx.prepare('UPDATE customer_order SET phone = ?, updated_at = ? WHERE id = ?').run(phone, at, id);

export const changeOrder = (
  trx: Trx,
  o: { id: number; what: string; size: string; dueOn: ShopDay | null; deposit: Cents | null; at: UtcMs },
): boolean =>
  trx
    .prepare(
      "UPDATE customer_order SET what = @what, size = @size, due_on = @dueOn, deposit = @deposit, updated_at = @at WHERE id = @id AND state IN ('open', 'ready')",
    )
    .run(o).changes === 1;

/** Ready, wanted to be told, not reminded yet: those that may be due, the longest waiting first; after one of them, the next. */
export const ordersToRemind = (db: Db, limit: number, after: Pick<OrderOf, 'readyAt' | 'id'> | null = null): OrderOf[] =>
  db
    .prepare(
      `SELECT ${WHO} ${JOINED} WHERE o.state = 'ready' AND o.reminded_at IS NULL AND o.phone IS NOT NULL AND (o.ready_at, o.id) > (?, ?)
       ORDER BY o.ready_at, o.id LIMIT ?`,
    )
    .all(after?.readyAt ?? Number.MIN_SAFE_INTEGER, after?.id ?? 0, limit) as OrderOf[];

export const setReminded = (trx: Trx, id: number, at: UtcMs): boolean =>
  trx.prepare('UPDATE customer_order SET reminded_at = ? WHERE id = ? AND reminded_at IS NULL').run(at, id).changes === 1;

/** The texts about an order, for "told at" beside it: the latest per kind. */
export const orderTexts = (db: Db, refs: readonly string[]): { ref: string; what: string; state: string; leftAt: UtcMs | null }[] => {
  const one = db.prepare(
    `SELECT cause_id AS cause, state, left_at AS leftAt FROM outbox WHERE cause_kind = 'service' AND cause_id >= ? AND cause_id < ? ORDER BY id`,
  );
  return refs.flatMap((ref) =>
    (one.all(`order:${ref}/`, `order:${ref}0`) as { cause: string; state: string; leftAt: UtcMs | null }[]).map((t) => ({
      ref,
      what: t.cause.slice(`order:${ref}/`.length),
      state: t.state,
      leftAt: t.leftAt,
    })),
  );
};

/** As the journal keeps it: the whole row. */
export type OrderFact = CustomerOrderTable & { id: number };

export const orderFact = (db: Db, id: number): OrderFact => db.prepare('SELECT * FROM customer_order WHERE id = ?').get(id) as OrderFact;

/**
 * An order as it stood after the copy was made: money was paid on it, or somebody waits for it. The newer state of the two stands; of
 * somebody merged since it is the other record's; of somebody who is gone it is nobody's. True when it told something new.
 */
export function putOrder(trx: Trx, fact: OrderFact): boolean {
  const customerId = survivorOf(trx, fact.customer_id as CustomerId);
  if (customerId === null) return false;
  const old = trx.prepare('SELECT * FROM customer_order WHERE ref = ?').get(fact.ref) as OrderFact | undefined;
  const { id: _, ...columns } = { ...fact, customer_id: customerId };
  const same = old !== undefined && Object.entries(columns).every(([k, v]) => old[k as keyof OrderFact] === v);
  if (old && (old.updated_at > fact.updated_at || same)) return false;
  const names = Object.keys(columns);
  if (old) {
    trx.prepare(`UPDATE customer_order SET ${names.map((n) => `${n} = @${n}`).join(', ')} WHERE id = @id`).run({ ...columns, id: old.id });
  } else {
    trx.prepare(`INSERT INTO customer_order (${names.join(', ')}) VALUES (${names.map((n) => `@${n}`).join(', ')})`).run(columns);
  }
  return true;
}
