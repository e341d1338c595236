/**
 * What the shop earns on what it sells (rules.md §7, compliance E2): g = margin·list sales − discounts. Margins are basis points of
 * the price before discounts and tax (4250 = 42.5 %): of the item, else of its category, else the shop's own. Money in minor units.
 */
import type { Cents } from '../kernel';

export type BasisPoints = number;
const WHOLE = 10_000;

export interface Margins {
  /** The shop's own; null until one was typed. */
  readonly shop: BasisPoints | null;
  /** By lower-case name, as the till writes it. */
  readonly categories: ReadonlyMap<string, BasisPoints>;
  readonly items: ReadonlyMap<string, BasisPoints>;
}

/** Names are the same whatever their case (ASCII), as in the shop file's own indexes. */
export const marginKey = (name: string): string => name.trim().replace(/[A-Z]/g, (c) => c.toLowerCase());

/** May the shop speak of profit? Only once its own margin was typed: every sale has lines, or whole receipts, that nothing else covers. */
export const knowsProfit = (m: Pick<Margins, 'shop'>): boolean => m.shop !== null;

export interface MarginLine {
  readonly name: string;
  readonly category: string;
  /** Before discounts and tax; negative on refunds. */
  readonly gross: number;
}

/** The margin that holds for a line, and where it comes from; null = nobody typed one. */
export function marginOf(
  m: Margins,
  line: Pick<MarginLine, 'name' | 'category'>,
): { bp: BasisPoints; from: 'item' | 'category' | 'shop' } | null {
  const item = m.items.get(marginKey(line.name));
  if (item !== undefined) return { bp: item, from: 'item' };
  const category = m.categories.get(marginKey(line.category));
  if (category !== undefined) return { bp: category, from: 'category' };
  return m.shop === null ? null : { bp: m.shop, from: 'shop' };
}

/** a / b to the nearest whole number, halves to the even one: many roundings then lean neither way. b > 0. */
export function halfEven(a: number, b: number): number {
  const down = Math.floor(a / b);
  const twice = 2 * (a - down * b);
  if (twice !== b) return twice < b ? down : down + 1;
  return down % 2 === 0 ? down : down + 1;
}

export interface SaleOfLines {
  /** Before discounts and tax; negative on refunds. */
  readonly gross: number;
  /** Never negative, also on refunds. */
  readonly discount: number;
  /** gross − discount on a sale. */
  readonly net: number;
  readonly lines: readonly MarginLine[];
}

export interface SaleMargin {
  /** Margin of the list price, before discounts; null where a part of the sale has no margin. */
  readonly margin: Cents | null;
  /** What the sale earned: margin − discount (on a refund what it took back). */
  readonly earned: Cents | null;
}

/**
 * A sale's margin. What its lines do not cover (a receipt without lines, amounts keyed in) counts with the shop's own. Basis points
 * times cents are summed exactly and rounded once per sale, halves to even.
 */
export function saleMargin(m: Margins, sale: SaleOfLines): SaleMargin {
  let exact = 0;
  let covered = 0;
  for (const l of sale.lines) {
    covered += l.gross;
    if (l.gross === 0) continue;
    const of = marginOf(m, l);
    if (of === null) return { margin: null, earned: null };
    exact += of.bp * l.gross;
  }
  return marginFrom({ gross: sale.gross, net: sale.net, covered, exact, unknown: false }, m.shop);
}

/** The same from sums over the lines: `covered` Σ gross, `exact` Σ basis points·gross. */
export function marginFrom(
  s: { readonly gross: number; readonly net: number; readonly covered: number; readonly exact: number; readonly unknown: boolean },
  shop: BasisPoints | null,
): SaleMargin {
  const rest = s.gross - s.covered;
  if (s.unknown || (rest !== 0 && shop === null)) return { margin: null, earned: null };
  const margin = halfEven(s.exact + rest * (shop ?? 0), WHOLE);
  return { margin: margin as Cents, earned: (margin - (s.gross - s.net)) as Cents };
}

/** What a part of a sale earned, `kept` of its `net` (returns taken off): in proportion, halves to even; the whole is the whole to the cent. */
export function marginKept(margin: number, net: number, kept: number): Cents {
  if (net <= 0 || kept <= 0) return 0 as Cents;
  return (kept >= net ? margin : halfEven(margin * kept, net)) as Cents;
}

/**
 * Splits a sale's margin over its lines so that the parts add up to it to the cent: each line gets what the running total grew by.
 * Parts of what the lines do not cover come last, under null.
 */
export function marginByLine(m: Margins, sale: SaleOfLines): { readonly line: MarginLine | null; readonly margin: Cents }[] | null {
  const whole = saleMargin(m, sale).margin;
  if (whole === null) return null;
  const out: { line: MarginLine | null; margin: Cents }[] = [];
  let exact = 0;
  let before = 0;
  for (const line of sale.lines) {
    exact += (marginOf(m, line)?.bp ?? 0) * line.gross;
    const upTo = halfEven(exact, WHOLE);
    out.push({ line, margin: (upTo - before) as Cents });
    before = upTo;
  }
  if (whole !== before) out.push({ line: null, margin: (whole - before) as Cents });
  return out;
}
