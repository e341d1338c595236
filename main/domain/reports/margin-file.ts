/**
 * Margins out of a table: two columns (a name and a percent), or any list that tells what goods cost and what they sell for: a till's
 * item export with "Cost of goods", or its catalogue. Prices are taken as they stand, before discounts.
 */
import { headerKey } from '../imports/cells';
import { type DecimalSign, decideDecimal, noMoneyEvidence, observeMoney, readMoney } from '../imports/money';
import { type BasisPoints, halfEven, marginKey } from './margin';

export interface MarginProposal {
  /** What the file says the name is; null = it does not say. */
  readonly kind: 'category' | 'item' | null;
  readonly name: string;
  readonly bp: BasisPoints;
}

export interface MarginFile {
  readonly shape: 'percent' | 'cost';
  readonly proposals: readonly MarginProposal[];
  /** Rows nothing could be read from, as a spreadsheet counts them (the first hundred). */
  readonly unread: readonly { readonly row: number; readonly cell: string }[];
  /** Rows that tell no cost, or one of nothing: not the same as a margin of a hundred. */
  readonly withoutCost: number;
}

const ITEM = /^(?:item|item name|name|product|product name|title|article|artículo|articulo|producto|nombre|menu item)$/;
const GENERIC = /^(?:name|nombre|title)$/;
const CATEGORY = /^(?:category|categories|categoría|categoria|product type|type|department|menu group)$/;
const PERCENT = /(?:margin|margen|percent|porcentaje|%)/;
/** What all pieces of the row cost together, and what one costs; the same for prices. */
const COST_OF_ALL = /^(?:cost of goods(?: sold)?|cogs|total cost)$/;
const COST_OF_ONE = /^(?:cost|unit cost|default unit cost|cost per item|cost price|supply price|purchase cost|costo|coste)$/;
const PRICE_OF_ALL = /^(?:gross sales|gross|total price|ventas brutas)$/;
const PRICE_OF_ONE = /^(?:price|unit price|variant price|retail price|default price|sale price|selling price|precio|price \[.*\])$/;

/** `42`, `42.5 %`, `42,5%` in basis points; null = no percent between 0 and 100. */
export function readPercent(text: string): BasisPoints | null {
  const m = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\s*$/.exec(text);
  if (!m) return null;
  const bp = Number(m[1]) * 100 + Number((m[2] ?? '').padEnd(2, '0') || 0);
  return bp <= 10_000 ? bp : null;
}

interface Row {
  readonly row: number;
  readonly cells: readonly string[];
}

/** Reads the whole table; null = neither a percent nor a cost could be found in it. */
export function readMarginFile(rows: readonly Row[]): MarginFile | null {
  const head = rows[0];
  if (!head) return null;
  const names = head.cells.map(headerKey);
  const find = (pattern: RegExp) => names.findIndex((n) => pattern.test(n));
  const item = find(ITEM);
  const category = find(CATEGORY);
  const total = find(COST_OF_ALL);
  const cost = total >= 0 ? total : find(COST_OF_ONE);
  const price = total >= 0 ? find(PRICE_OF_ALL) : find(PRICE_OF_ONE);
  if (cost >= 0 && price >= 0 && (item >= 0 || category >= 0)) return fromCosts(rows.slice(1), { item, category, cost, price });
  return fromPercents(rows, { item, category, percent: find(PERCENT) });
}

function fromPercents(rows: readonly Row[], at: { item: number; category: number; percent: number }): MarginFile | null {
  const first = rows[0]?.cells ?? [];
  const headed = readPercent(first[at.percent >= 0 ? at.percent : 1] ?? '') === null;
  const named = at.item >= 0 ? at.item : at.category >= 0 ? at.category : 0;
  const percent = at.percent >= 0 && at.percent !== named ? at.percent : named === 0 ? 1 : 0;
  // "Name" says neither
  const says = headed && !GENERIC.test(headerKey(first[named] ?? ''));
  const kind = !says ? null : at.item >= 0 ? 'item' : at.category >= 0 ? 'category' : null;
  const proposals = new Map<string, MarginProposal>();
  const unread: MarginFile['unread'][number][] = [];
  for (const { row, cells } of headed ? rows.slice(1) : rows) {
    const name = (cells[named] ?? '').trim();
    const cell = (cells[percent] ?? '').trim();
    if (name === '' && cell === '') continue;
    const bp = readPercent(cell);
    if (bp === null || name === '') {
      if (unread.length < 100) unread.push({ row, cell: cell || name });
    } else proposals.set(marginKey(name), { kind, name, bp });
  }
  return proposals.size === 0 ? null : { shape: 'percent', proposals: [...proposals.values()], unread, withoutCost: 0 };
}

function fromCosts(rows: readonly Row[], at: { item: number; category: number; cost: number; price: number }): MarginFile | null {
  const sign = (column: number): DecimalSign => {
    const seen = noMoneyEvidence();
    for (const { cells } of rows) observeMoney(seen, (cells[column] ?? '').trim());
    const told = decideDecimal(seen);
    return told === ',' ? ',' : '.';
  };
  const [costSign, priceSign] = [sign(at.cost), sign(at.price)];
  const sums = new Map<string, { kind: 'category' | 'item'; name: string; cost: number; price: number }>();
  const unread: MarginFile['unread'][number][] = [];
  let withoutCost = 0;
  for (const { row, cells } of rows) {
    // three digits behind the sign keep costs of fractions of a cent apart
    const cost = readMoney((cells[at.cost] ?? '').trim(), costSign, 3);
    const price = readMoney((cells[at.price] ?? '').trim(), priceSign, 3);
    if (price === null) {
      if ((cells[at.price] ?? '').trim() !== '' && unread.length < 100) unread.push({ row, cell: cells[at.price] ?? '' });
      continue;
    }
    if (cost === null || cost === 0) {
      withoutCost++;
      continue;
    }
    // returns stand with a minus on both sides
    if (price * cost < 0 || price === 0) continue;
    for (const kind of ['item', 'category'] as const) {
      const name = (cells[at[kind]] ?? '').trim();
      if (name === '') continue;
      const key = `${kind} ${marginKey(name)}`;
      const s = sums.get(key) ?? { kind, name, cost: 0, price: 0 };
      s.cost += cost;
      s.price += price;
      sums.set(key, s);
    }
  }
  const proposals = [...sums.values()].flatMap(({ kind, name, cost, price }) => {
    const bp = price <= 0 ? -1 : halfEven((price - cost) * 10_000, price);
    return bp < 0 ? [] : [{ kind, name, bp }];
  });
  return proposals.length === 0 ? null : { shape: 'cost', proposals, unread, withoutCost };
}
