import type { SaleId, ShopDay, UtcMs } from '@domain/kernel';
import { type BasisPoints, type Margins, marginFrom, marginKey, type SaleMargin } from '@domain/reports/margin';
import type { Db, Trx } from '../open';
import { REAL_SALE } from './attribution';

interface MarginRow {
  kind: 'category' | 'item';
  name: string;
  bp: BasisPoints;
}

/** All margins typed, beside the shop's own (Settings, whole percent). */
export function readMargins(db: Db, shopPercent: number | null): Margins {
  const rows = db.prepare('SELECT kind, name, basis_points AS bp FROM margin').all() as MarginRow[];
  const of = (kind: MarginRow['kind']) => new Map(rows.filter((r) => r.kind === kind).map((r) => [marginKey(r.name), r.bp]));
  return { shop: shopPercent === null ? null : Math.round(shopPercent * 100), categories: of('category'), items: of('item') };
}

/** Changes whenever a margin does: figures kept with another stamp are old. */
export const marginStamp = (db: Db, shopPercent: number | null): string =>
  `${shopPercent ?? '-'}/${db
    .prepare("SELECT count(*) || ':' || coalesce(sum(basis_points), 0) || ':' || coalesce(max(updated_at), 0) FROM margin")
    .pluck()
    .get()}`;

/** A margin in basis points of the price before discounts and tax; null takes it away. */
export function saveMargin(trx: Trx, row: { kind: 'category' | 'item'; name: string; bp: BasisPoints | null }, at: UtcMs): void {
  if (row.bp === null) trx.prepare('DELETE FROM margin WHERE kind = ? AND name = ?').run(row.kind, row.name);
  else {
    trx
      .prepare(
        `INSERT INTO margin (kind, name, basis_points, updated_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (kind, name) DO UPDATE SET basis_points = excluded.basis_points, updated_at = excluded.updated_at`,
      )
      .run(row.kind, row.name, row.bp, at);
  }
}

const LINES = `SELECT l.sale_id AS id, sum(l.gross) AS covered, sum(l.gross * coalesce(i.basis_points, c.basis_points, @shop, 0)) AS exact,
    max(l.gross <> 0 AND coalesce(i.basis_points, c.basis_points, @shop) IS NULL) AS unknown
  FROM sale_line l LEFT JOIN margin i ON i.kind = 'item' AND i.name = trim(l.name) LEFT JOIN margin c ON c.kind = 'category' AND c.name = trim(l.category)
  WHERE l.sale_id IN (SELECT value FROM json_each(@ids)) GROUP BY l.sale_id`;

/**
 * What each of these sales and refunds earned at list price, and after its discounts (domain/reports/margin.ts). Null everywhere while
 * no margin fits. Give a few hundred at a time; without margins of items and categories no line is read.
 */
export function saleMargins(
  db: Db,
  margins: Margins,
  sales: readonly { readonly saleId: SaleId; readonly gross: number; readonly net: number }[],
): Map<SaleId, SaleMargin> {
  const sums = new Map<number, { covered: number; exact: number; unknown: number }>();
  if (margins.items.size + margins.categories.size > 0) {
    const ids = JSON.stringify(sales.map((s) => s.saleId));
    for (const r of db.prepare(LINES).all({ ids, shop: margins.shop }) as {
      id: number;
      covered: number;
      exact: number;
      unknown: number;
    }[]) {
      sums.set(r.id, r);
    }
  }
  const none = { covered: 0, exact: 0, unknown: 0 };
  return new Map(
    sales.map((s) => {
      const { covered, exact, unknown } = sums.get(s.saleId) ?? none;
      return [s.saleId, marginFrom({ gross: s.gross, net: s.net, covered, exact, unknown: unknown === 1 }, margins.shop)];
    }),
  );
}

export interface SoldName {
  category: string;
  item: string;
  lines: number;
  /** Before tax, returns taken off. */
  net: number;
}

/** What lines of one shop day sold, by category and item. */
export const soldNames = (db: Db, day: ShopDay): SoldName[] =>
  db
    .prepare(
      `SELECT trim(l.category) AS category, trim(l.name) AS item, count(*) AS lines, sum(l.net) AS net FROM sale s JOIN sale_line l ON l.sale_id = s.id
       WHERE s.shop_day = ? AND s.${REAL_SALE} GROUP BY 1, 2`,
    )
    .all(day) as SoldName[];

/** Last shop day with sales; null in a shop without any. */
export const lastSaleDay = (db: Db): ShopDay | null => db.prepare('SELECT max(shop_day) FROM sale').pluck().get() as ShopDay | null;
/** First shop day with sales; null in a shop without any. */
export const firstSaleDay = (db: Db): ShopDay | null => db.prepare('SELECT min(shop_day) FROM sale').pluck().get() as ShopDay | null;

/** Every margin typed, under the name it was typed for. */
export const typedMargins = (db: Db): { kind: 'category' | 'item'; name: string; bp: BasisPoints }[] =>
  db.prepare('SELECT kind, name, basis_points AS bp FROM margin ORDER BY kind, name').all() as MarginRow[];
