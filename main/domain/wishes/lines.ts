import type { Cents } from '../kernel';

/** One line of a delivery as it was typed, scanned or stood in a file. */
export interface DeliveryLine {
  item: string;
  size: string;
  price: Cents | null;
  barcode: string;
  qty: number;
}

export const MOST_LINES = 2000;

/** Cells of a small table of text: commas, semicolons or tabs, quoted cells with doubled quotes; blank lines are passed over. */
export function cellsOf(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/, '');
  const head = plain.slice(0, plain.search(/[\r\n]|$/));
  const counts = ['\t', ';', ','].map((d) => [d, head.split(d).length] as const);
  const by = counts.reduce((best, c) => (c[1] > best[1] ? c : best))[0];
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some((c) => c !== '')) rows.push(row);
    row = [];
  };
  for (let i = 0; i < plain.length; i++) {
    const c = plain[i] as string;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (plain[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (c === by) endCell();
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && plain[i + 1] === '\n') i++;
      endRow();
    } else cell += c;
  }
  endRow();
  return rows;
}

type Column = 'item' | 'variant' | 'size' | 'price' | 'barcode' | 'qty';
/** Headings as suppliers' and tills' lists have them. */
const HEADS: readonly (readonly [Column, RegExp])[] = [
  ['barcode', /^(?:bar ?code|ean(?:13)?|upc|gtin|sku|codigo(?: de barras)?|c[oó]digo)$/i],
  ['size', /^(?:size|talla|numero|n[uú]mero)$/i],
  ['variant', /^(?:variant|variation|option|price point(?: name)?|style|colou?r|variante|color)$/i],
  ['price', /^(?:price|retail(?: price)?|unit price|selling price|rrp|msrp|precio(?: de venta)?)$/i],
  ['qty', /^(?:qty|quantity|count|units|pieces|received|stock|cantidad|piezas|unidades)$/i],
  ['item', /^(?:item(?: name)?|name|product(?: name)?|title|description|article|art[ií]culo|producto|nombre|descripci[oó]n)$/i],
];

const columnsIn = (row: readonly string[]): Partial<Record<Column, number>> => {
  const out: Partial<Record<Column, number>> = {};
  row.forEach((cell, i) => {
    const found = HEADS.find(([column, head]) => out[column] === undefined && head.test(cell.trim()));
    if (found) out[found[0]] = i;
  });
  return out;
};

/** An amount of money as typed, in minor units of two digits; null = none. The last of point and comma divides when two digits follow. */
export function amountIn(cell: string): Cents | null {
  const plain = cell.replace(/[^\d.,-]/g, '');
  if (!/\d/.test(plain) || plain.startsWith('-')) return null;
  const m = /^([\d.,]*?)(?:[.,](\d{1,2}))?$/.exec(plain);
  if (!m) return null;
  const whole = Number((m[1] ?? '').replace(/[.,]/g, '') || '0');
  const cents = whole * 100 + Number((m[2] ?? '0').padEnd(2, '0'));
  return cents > 0 && cents < 100_000_000 ? (cents as Cents) : null;
}

/** A size said inside the name: "Trail Runner size 8.5", "Trail Runner talla 26". */
const SIZE_IN = /[\s,(-]+(?:size|talla|sz)\s*\.?\s*([\w½/.]+(?: 1\/2)?)\)?\s*$/i;

const looksSize = (s: string): boolean => /^(?:\d{1,2}(?:[.,]\d{1,2}| ?1\/2|½)?|x{0,3}[sml]|\d?xl|one ?size|unitalla)$/i.test(s.trim());

/**
 * Lines of a pasted, typed or imported list. With headings its columns are found by them; without, a line is "item, size, price, how many"
 * in that order, as far as it goes. Null: headings stand there but none names the goods.
 */
export function linesIn(text: string): { lines: DeliveryLine[]; leftOut: number } | null {
  const rows = cellsOf(text);
  const first = rows[0];
  if (!first) return { lines: [], leftOut: 0 };
  const found = columnsIn(first);
  const headed = Object.keys(found).length >= 2 || (found.item !== undefined && first.length === 1);
  if (headed && found.item === undefined) return null;
  const at: Partial<Record<Column, number>> = headed ? found : { item: 0, size: 1, price: 2, qty: 3 };
  const lines: DeliveryLine[] = [];
  let leftOut = 0;
  for (const row of headed ? rows.slice(1) : rows) {
    const cell = (c: Column) => (at[c] === undefined ? '' : (row[at[c]] ?? '').trim());
    const line = lineOf(cell);
    if (line === null || lines.length >= MOST_LINES) leftOut++;
    else lines.push(line);
  }
  return { lines, leftOut };
}

function lineOf(cell: (c: Column) => string): DeliveryLine | null {
  let item = cell('item').replace(/\s+/g, ' ').slice(0, 120);
  if (item === '' || !/[\p{L}\p{N}]/u.test(item)) return null;
  let size = cell('size');
  const variant = cell('variant');
  if (size === '' && looksSize(variant)) size = variant;
  else if (variant !== '' && variant !== size) item = `${item} ${variant}`.slice(0, 120);
  const said = size === '' ? SIZE_IN.exec(item) : null;
  if (said) {
    size = said[1] ?? '';
    item = item.slice(0, said.index).trim();
  }
  const qty = Number.parseInt(cell('qty'), 10);
  return {
    item,
    size: size.slice(0, 30),
    price: amountIn(cell('price')),
    barcode: cell('barcode').replace(/\s/g, '').slice(0, 60),
    qty: Number.isFinite(qty) && qty > 0 ? Math.min(qty, 9999) : 1,
  };
}
