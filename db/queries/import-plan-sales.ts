import { detached } from '@domain/imports/hash';
import type { SaleRow } from '@domain/imports/merge';
import type { FileLine } from '@domain/imports/model';
import type { CustomerId, ImportId } from '@domain/kernel';
import type { Db, Trx } from '../open';

/** A receipt the plan will bring. */
export interface NewSale {
  sourceSaleId: string;
  row: SaleRow;
  lines: FileLine[] | null;
  customerId: CustomerId | null;
  /** A person of this plan. */
  person: number | null;
}

/** Columns that hardly ever differ from one receipt to the next: kept once per combination. */
const HEAD = [
  'kind',
  'status',
  'time_known',
  'shipping',
  'service_charge',
  'gift_card',
  'refunded',
  'discount_code',
  'discount_label',
  'payment_methods',
  'channel',
  'register',
  'staff_name',
  'totals_hash',
] as const satisfies readonly (keyof SaleRow)[];
const OWN = [
  'receipt_no',
  'occurred_at',
  'shop_day',
  'source_customer_id',
  'gross',
  'discount',
  'net',
  'tax',
  'tip',
  'total',
  'card_last4',
  'lines_hash',
] as const satisfies readonly (keyof SaleRow)[];
const LINE = [
  'name',
  'variant',
  'category',
  'sku',
  'qtyMilli',
  'gross',
  'discount',
  'net',
  'tax',
] as const satisfies readonly (keyof FileLine)[];
const LINE_COLUMNS = 'name, variant, category, sku, qty_milli, gross, discount, net, tax';

/** New receipts as rows of their own kinds, so that carrying the plan out is one INSERT … SELECT per range. */
export const SALE_TABLES = `
  CREATE TABLE sale (n INTEGER PRIMARY KEY, source_sale_id TEXT NOT NULL, head INTEGER NOT NULL, basket INTEGER, customer_id INTEGER,
    person INTEGER, ${OWN.join(', ')});
  CREATE TABLE head (id INTEGER PRIMARY KEY, ${HEAD.join(', ')});
  CREATE TABLE basket_line (basket INTEGER NOT NULL, line_no INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (basket, line_no)) WITHOUT ROWID;
  CREATE TABLE item (id INTEGER PRIMARY KEY, ${LINE_COLUMNS});
  CREATE TABLE made (n INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL);
  CREATE TABLE sale_order (direction TEXT NOT NULL);
`;

const marks = (n: number): string => Array(n).fill('?').join(', ');
/** Combinations remembered at a time; beyond that they are simply stored again. */
const MOST = 1 << 13;

/** Stores new receipts of a plan. What repeats (till and state, a line, the lines of a whole receipt) is stored once. */
export class SalesWriter {
  private n = 0;
  private readonly heads = new Map<string, number>();
  private readonly items = new Map<string, number>();
  private readonly baskets = new Map<string, { id: number; lines: readonly FileLine[] }>();
  private headId = 0;
  private itemId = 0;
  private basketId = 0;
  private last: { row: SaleRow; head: number } | null = null;
  /** Receipts came in the order of their time so far, or against it. */
  private ascending = true;
  private descending = true;
  private before: { at: number; id: string } | null = null;
  private readonly insertSale;
  private readonly insertHead;
  private readonly insertItem;
  private readonly insertLine;

  constructor(db: Db) {
    this.insertSale = db.prepare(
      `INSERT INTO sale (n, source_sale_id, head, basket, customer_id, person, ${OWN.join(', ')}) VALUES (${marks(6 + OWN.length)})`,
    );
    this.insertHead = db.prepare(`INSERT INTO head (id, ${HEAD.join(', ')}) VALUES (${marks(1 + HEAD.length)})`);
    this.insertItem = db.prepare(`INSERT INTO item (id, ${LINE_COLUMNS}) VALUES (${marks(1 + LINE.length)})`);
    this.insertLine = db.prepare('INSERT INTO basket_line VALUES (?, ?, ?)');
  }

  add(s: NewSale): void {
    const { row: r } = s;
    const before = this.before;
    if (before !== null) {
      const later = r.occurred_at > before.at || (r.occurred_at === before.at && s.sourceSaleId > before.id);
      if (later) this.descending = false;
      else this.ascending = false;
    }
    this.before = { at: r.occurred_at, id: s.sourceSaleId };
    this.insertSale.run(
      ++this.n,
      s.sourceSaleId,
      this.head(r),
      s.lines?.length ? this.basket(s.lines, r.lines_hash ?? '') : null,
      s.customerId,
      s.person,
      r.receipt_no,
      r.occurred_at,
      r.shop_day,
      r.source_customer_id,
      r.gross,
      r.discount,
      r.net,
      r.tax,
      r.tip,
      r.total,
      r.card_last4,
      r.lines_hash,
    );
  }

  /** Nothing more comes: the order in which receipts will be numbered is settled. */
  finish(db: Db): void {
    const direction = this.ascending ? 'up' : this.descending ? 'down' : 'sorted';
    if (direction === 'sorted') {
      db.raw.exec(`CREATE TABLE turn (k INTEGER PRIMARY KEY, n INTEGER NOT NULL);
        INSERT INTO turn (n) SELECT n FROM sale ORDER BY occurred_at, source_sale_id`);
    }
    db.prepare('INSERT INTO sale_order VALUES (?)').run(direction);
  }

  private head(row: SaleRow): number {
    const { last } = this;
    if (last !== null && HEAD.every((c) => last.row[c] === row[c])) return last.head;
    const key = HEAD.map((c) => row[c]).join('\u001f');
    let id = this.heads.get(key);
    if (id === undefined) {
      id = ++this.headId;
      this.insertHead.run(id, ...HEAD.map((c) => row[c]));
      remember(this.heads, key, id);
    }
    this.last = { row, head: id };
    return id;
  }

  private basket(lines: readonly FileLine[], hash: string): number {
    const known = this.baskets.get(hash);
    if (known && sameLines(known.lines, lines)) return known.id;
    const id = ++this.basketId;
    for (let i = 0; i < lines.length; i++) this.insertLine.run(id, i + 1, this.item(lines[i] as FileLine));
    remember(this.baskets, hash, { id, lines: lines.map(ownLine) });
    return id;
  }

  private item(l: FileLine): number {
    const key = `${l.name}\u001f${l.variant}\u001f${l.category}\u001f${l.sku}\u001f${l.qtyMilli}\u001f${l.gross}\u001f${l.discount}\u001f${l.net}\u001f${l.tax}`;
    let id = this.items.get(key);
    if (id === undefined) {
      id = ++this.itemId;
      this.insertItem.run(id, l.name, l.variant, l.category, l.sku, l.qtyMilli, l.gross, l.discount, l.net, l.tax);
      remember(this.items, key, id);
    }
    return id;
  }
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  if (map.size >= MOST) map.clear();
  map.set(key, value);
}

const ownLine = (l: FileLine): FileLine => ({
  ...l,
  name: detached(l.name),
  variant: detached(l.variant),
  category: detached(l.category),
  sku: detached(l.sku),
});

const sameLines = (a: readonly FileLine[], b: readonly FileLine[]): boolean =>
  a.length === b.length && a.every((x, i) => LINE.every((c) => x[c] === b[i]?.[c]));

/** Planned receipts as they will be, a page of them in the order of the file. */
export function newSales(staging: Db, offset: number, limit: number): (NewSale & { n: number })[] {
  const sales = staging
    .prepare(
      `SELECT s.n, s.source_sale_id, s.basket, s.customer_id, s.person, ${OWN.map((c) => `s.${c}`).join(', ')}, ${HEAD.map((c) => `h.${c}`).join(', ')}
       FROM sale s JOIN head h ON h.id = s.head ORDER BY s.n LIMIT ? OFFSET ?`,
    )
    .all(limit, offset) as (SaleRow & {
    n: number;
    source_sale_id: string;
    basket: number | null;
    customer_id: CustomerId | null;
    person: number | null;
  })[];
  const lines = staging.prepare(
    `SELECT i.name, i.variant, i.category, i.sku, i.qty_milli AS qtyMilli, i.gross, i.discount, i.net, i.tax
     FROM basket_line b JOIN item i ON i.id = b.item WHERE b.basket = ? ORDER BY b.line_no`,
  );
  return sales.map(({ n, source_sale_id: sourceSaleId, basket, customer_id: customerId, person, ...row }) => ({
    n,
    sourceSaleId,
    row,
    lines: basket === null ? null : (lines.all(basket) as FileLine[]),
    customerId,
    person,
  }));
}

/** They are numbered from 1 without gaps: the last number is their count, and costs no reading of all. */
const COUNT = 'SELECT coalesce(max(n), 0) FROM';
export const countNewSales = (staging: Db): number => staging.prepare(`${COUNT} sale`).pluck().get() as number;

/** Which customer became which person of the plan; receipts look it up when they are brought. */
export function setMade(staging: Db, n: number, id: CustomerId): void {
  staging.prepare('INSERT OR REPLACE INTO made VALUES (?, ?)').run(n, id);
}

/** Makes the plan's tables readable from the shop's connection. */
export function attachPlan(db: Db, file: string): void {
  db.prepare('ATTACH DATABASE ? AS plan').run(file);
}
export function detachPlan(db: Db): void {
  db.raw.exec('DETACH DATABASE plan');
}

/** How the receipts of the attached plan get their ids: by the time of the sale, whatever the order of the file's rows. */
export interface Numbering {
  direction: 'up' | 'down' | 'sorted';
  count: number;
  /** Ids begin above this one: an import runs alone. */
  base: number;
}

export function numbering(db: Db): Numbering {
  const direction = db.prepare('SELECT direction FROM plan.sale_order').pluck().get() as Numbering['direction'];
  const count = db.prepare(`${COUNT} plan.sale`).pluck().get() as number;
  const base = db.prepare('SELECT coalesce(max(id), 0) FROM main.sale').pluck().get() as number;
  return { direction, count, base };
}

const FROM: Record<Numbering['direction'], { from: string; id: string; where: string; order: string }> = {
  up: { from: 'plan.sale s', id: '@base + s.n', where: 's.n BETWEEN @from AND @to', order: 's.n' },
  down: {
    from: 'plan.sale s',
    id: '@base + @count + 1 - s.n',
    where: 's.n BETWEEN @count + 1 - @to AND @count + 1 - @from',
    order: 's.n DESC',
  },
  sorted: { from: 'plan.turn t CROSS JOIN plan.sale s ON s.n = t.n', id: '@base + t.k', where: 't.k BETWEEN @from AND @to', order: 't.k' },
};

/**
 * Brings receipts `from`..`to` (counted in the order of their ids) of the attached plan with their lines. A person erased since the
 * plan was made leaves the receipt without one. Returns the people they belong to.
 */
export function bringSales(
  trx: Trx,
  n: Numbering,
  range: { from: number; to: number },
  as: { source: string; currency: string; importId: ImportId },
): CustomerId[] {
  const { from, id, where, order } = FROM[n.direction];
  const params = n.direction === 'down' ? { ...range, base: n.base, count: n.count } : { ...range, base: n.base };
  const who = 'coalesce(s.customer_id, (SELECT m.customer_id FROM plan.made m WHERE m.n = s.person))';
  trx
    .prepare(
      `INSERT INTO main.sale (id, source, source_sale_id, customer_id, currency, import_id, ${OWN.join(', ')}, ${HEAD.join(', ')})
       SELECT ${id}, @source, s.source_sale_id,
         CASE WHEN s.customer_id IS NULL AND s.person IS NULL THEN NULL ELSE (SELECT c.id FROM main.customer c WHERE c.id = ${who}) END,
         @currency, @importId, ${OWN.map((c) => `s.${c}`).join(', ')}, ${HEAD.map((c) => `h.${c}`).join(', ')}
       FROM ${from} CROSS JOIN plan.head h ON h.id = s.head WHERE ${where} ORDER BY ${order}`,
    )
    .run({ ...params, ...as });
  trx
    .prepare(
      `INSERT INTO main.sale_line (sale_id, line_no, ${LINE_COLUMNS})
       SELECT ${id}, b.line_no, ${LINE_COLUMNS.split(', ')
         .map((c) => `i.${c}`)
         .join(', ')}
       FROM ${from} CROSS JOIN plan.basket_line b ON b.basket = s.basket CROSS JOIN plan.item i ON i.id = b.item
       WHERE ${where} ORDER BY ${order}, b.line_no`,
    )
    .run(params);
  return trx
    .prepare('SELECT DISTINCT customer_id FROM main.sale WHERE id BETWEEN ? AND ? AND customer_id IS NOT NULL')
    .pluck()
    .all(n.base + range.from, n.base + range.to) as CustomerId[];
}
