import type { Cents } from '../kernel';
import { hashHex, SEED_A, SEED_B } from './hash';
import { readItemsText } from './items-text';
import type { Amounts, FileLine, FileSale } from './model';
import { Refused, type RowReader, type RowTest, type StagedRow, type WideColumn } from './row';

const cents = (n: number): Cents => n as Cents;

export interface LinesRead {
  lines: FileLine[];
  /** Null = the lines carry no amounts (items as text), or there are none. */
  amounts: Amounts | null;
  /** Given back line by line, tax included; null = not told. */
  refunded: Cents | null;
}

/** Words for "gift card" at the start of an item's name: sold, it is no spend; what is bought with it is. */
const GIFT =
  /^(?:e-?)?gift ?(?:cards?|certificates?|vouchers?)(?:$|\W*[\d$€£(–-])|^(?:geschenk)?gutschein(?:$|\W)|^tarjeta (?:de )?regalo|^carte[ -]cadeau|^buono regalo/i;

/** Reads the lines of one receipt: rows of their own, columns side by side, or one cell of text. */
export class LineReader {
  /** False = this file says nothing about lines. */
  readonly any: boolean;
  readonly rank: FileSale['linesRank'];
  private readonly gift: RowTest | null;
  private readonly wide: ReadonlyMap<number, Partial<Record<WideColumn['part'], number>>>;
  private readonly fromText: boolean;
  private readonly told: boolean;
  private readonly ownDiscount: boolean;
  private readonly ownPrice: boolean;
  private readonly refunds: boolean;

  constructor(
    private readonly c: RowReader,
    /** The file has amounts of whole receipts too. */
    private readonly hasTotals: boolean,
  ) {
    const { profile, wide, fields, tenders } = c.rules;
    const rows = c.has('item') || c.has('lineNet') || c.has('lineGross') || c.has('unitPrice');
    this.wide = wideItems(wide ?? [], fields.length + tenders.length);
    this.fromText = !rows && !this.wide.size && profile?.itemsText !== undefined && c.has(profile.itemsText.field);
    this.any = rows || this.wide.size > 0 || this.fromText;
    this.rank = this.fromText ? 1 : this.wide.size ? 2 : 3;
    this.gift = c.test(profile?.giftCardWhen);
    this.ownPrice = c.has('unitPrice');
    this.told = !hasTotals || c.has('lineNet') || c.has('lineGross') || this.ownPrice;
    this.ownDiscount = c.has('lineDiscount');
    this.refunds = c.has('lineRefunded') || c.has('refundedQuantity');
  }

  read(rows: readonly StagedRow[]): LinesRead {
    if (this.fromText) return this.text(rows);
    const lines: FileLine[] = [];
    let giftCard = 0;
    let refunded = 0;
    let kept = 0;
    const add = (line: FileLine, gift: boolean) => {
      if (gift || isGift(line.name)) giftCard += line.net;
      else lines.push(line);
    };
    for (const r of rows) {
      if (this.wide.size) {
        for (const line of this.wideLines(r)) add(line, false);
        continue;
      }
      const line = this.line(r);
      if (!line) continue;
      kept++;
      if (this.refunds) refunded += this.givenBack(r, line);
      add(line, this.gift?.holds(r) === true || (line.name === '' && this.c.text(r, 'lineType') === 'gift card'));
    }
    sortLines(lines);
    let [gross, discount, net, tax] = [0, 0, 0, 0];
    for (const l of lines) {
      gross += l.gross;
      discount += l.discount;
      net += l.net;
      tax += l.tax;
    }
    const amounts = { gross: cents(gross), discount: cents(discount), net: cents(net), tax: cents(tax), giftCard: cents(giftCard) };
    const some = lines.length > 0 || giftCard !== 0 || kept > 0;
    return {
      lines,
      amounts: some ? amounts : null,
      refunded: this.refunds ? cents(refunded) : null,
    };
  }

  private line(r: StagedRow): FileLine | null {
    const c = this.c;
    const qty = c.quantity(r, 'quantity') ?? 1000;
    const told = c.money(r, 'lineNet');
    let gross = c.money(r, 'lineGross') ?? (this.ownPrice ? c.priceTimes(r, 'unitPrice', qty) : null);
    const discount = this.ownDiscount ? (c.money(r, 'lineDiscount') ?? 0) : 0;
    if (!this.told) gross = c.money(r, 'net') ?? c.money(r, 'gross') ?? c.money(r, 'total'); // one row, one article, one amount
    const name = c.text(r, 'item');
    if (told === null && gross === null) {
      if (name === '' || this.hasTotals) return null; // a payment row among lines
      throw new Refused(c.has('lineNet') ? 'lineNet' : 'unitPrice', 'no-amount', r.row);
    }
    let g = gross ?? (told as number) + Math.abs(discount) * Math.sign(told as number);
    let net = told ?? g - Math.abs(discount) * Math.sign(g);
    const tax = c.money(r, 'lineTax') ?? 0;
    if (c.rules.profile?.taxIncluded === true) {
      net -= tax;
      g -= tax;
    }
    const category = c.text(r, 'category');
    return {
      name,
      variant: c.text(r, 'variant'),
      category: category === 'None' ? '' : category,
      sku: c.text(r, 'sku'),
      qtyMilli: qty,
      gross: cents(g),
      discount: cents(Math.abs(discount)),
      net: cents(net),
      tax: cents(tax),
    };
  }

  /** Of a line, what came back: an amount, else as many of its pieces as were given back. */
  private givenBack(r: StagedRow, line: FileLine): number {
    const told = this.c.money(r, 'lineRefunded');
    if (told !== null) return Math.abs(told);
    const back = Math.abs(this.c.quantity(r, 'refundedQuantity') ?? 0);
    if (!back || line.qtyMilli <= 0) return 0;
    return Math.round((Math.max(0, line.net + line.tax) * Math.min(back, line.qtyMilli)) / line.qtyMilli);
  }

  private *wideLines(r: StagedRow): Generator<FileLine> {
    const c = this.c;
    const sign = c.rules.decimal.total ?? c.rules.decimal.net ?? '.';
    for (const parts of this.wide.values()) {
      const cell = (part: WideColumn['part']) => (parts[part] === undefined ? '' : (r.cells[parts[part]] ?? ''));
      const name = cell('item');
      if (name === '') continue;
      const [told, grossTold] = [c.amountOf(cell('net'), sign), c.amountOf(cell('gross'), sign)];
      const net = told ?? grossTold ?? 0;
      const gross = grossTold ?? net;
      yield {
        name,
        variant: '',
        category: '',
        sku: cell('sku'),
        qtyMilli: c.quantityOf(cell('quantity'), sign) ?? 1000,
        gross: cents(gross),
        discount: cents(Math.max(0, Math.abs(gross) - Math.abs(net))),
        net: cents(net),
        tax: cents(0),
      };
    }
  }

  private text(rows: readonly StagedRow[]): LinesRead {
    const { profile, decimal, digits } = this.c.rules;
    const field = profile?.itemsText?.field ?? 'itemsText';
    const text = rows.map((r) => this.c.text(r, field)).find(Boolean) ?? '';
    const lines = readItemsText(text, decimal.total ?? decimal.net ?? '.', digits);
    sortLines(lines);
    return { lines, amounts: null, refunded: null };
  }
}

/** Cheap for the millions of names that are no gift card. */
function isGift(name: string): boolean {
  const first = name.charCodeAt(0) | 32;
  return (first === 103 || first === 101 || first === 116 || first === 99 || first === 98) && GIFT.test(name);
}

/** nth item → where its cells stand; the columns follow the mapped fields and the ways of paying. */
function wideItems(columns: readonly WideColumn[], from: number) {
  const items = new Map<number, Partial<Record<WideColumn['part'], number>>>();
  columns.forEach((w, i) => {
    items.set(w.n, { ...items.get(w.n), [w.part]: from + i });
  });
  return items;
}

/**
 * Makes lines and receipt agree where arithmetic proves how they differ: a discount on the whole receipt is spread over the lines,
 * prices with tax in them lose it. Otherwise the lines stay as the file tells them.
 */
export function settleLines(lines: FileLine[], amounts: Amounts): FileLine[] {
  if (!lines.length || lines.some((l) => l.tax !== 0)) return lines;
  const goods = amounts.net + amounts.tax;
  let sum = lines.reduce((n, l) => n + l.net, 0);
  let out = lines;
  const discount = amounts.discount - lines.reduce((n, l) => n + l.discount, 0);
  if (discount > 0 && sum >= discount && (sum - discount === goods || sum - discount === amounts.net)) {
    out = spread(out, sum, discount, (l, part) => ({ ...l, discount: cents(l.discount + part), net: cents(l.net - part) }));
    sum -= discount;
  }
  if (amounts.tax > 0 && sum === goods && sum > 0) {
    out = spread(out, sum, amounts.tax, (l, part) => ({ ...l, net: cents(l.net - part), tax: cents(part) }));
  }
  if (out !== lines) sortLines(out);
  return out;
}

/** Shares an amount by the lines' worth, to the last cent. */
function spread(lines: readonly FileLine[], sum: number, amount: number, give: (l: FileLine, part: number) => FileLine): FileLine[] {
  let [worth, given] = [0, 0];
  return lines.map((l) => {
    worth += l.net;
    const part = Math.round((amount * worth) / sum) - given;
    given += part;
    return give(l, part);
  });
}

const TEXTS = ['name', 'variant', 'category', 'sku'] as const;
const NUMBERS = ['qtyMilli', 'gross', 'discount', 'net', 'tax'] as const;

function byContent(x: FileLine, y: FileLine): number {
  for (const t of TEXTS) if (x[t] !== y[t]) return x[t] < y[t] ? -1 : 1;
  for (const n of NUMBERS) if (x[n] !== y[n]) return x[n] - y[n];
  return 0;
}

/** Canonical order: by content, so that the order of rows in the file does not matter. */
export function sortLines(lines: FileLine[]): void {
  if (lines.length > 1) lines.sort(byContent);
}

/** What the lines of a receipt say, to tell whether a file changes them. In plain numbers: it is made for every receipt of a file. */
export function linesHash(lines: readonly FileLine[]): string {
  let [a, b] = [SEED_A, SEED_B];
  for (const l of lines) {
    for (const t of TEXTS) {
      const text = l[t];
      for (let i = 0; i < text.length; i++) {
        const c = text.charCodeAt(i);
        a = Math.imul(a ^ c, 2654435761);
        b = Math.imul(b ^ c, 1597334677);
      }
      a = Math.imul(a ^ END, 2654435761);
      b = Math.imul(b ^ END, 1597334677);
    }
    for (const n of NUMBERS) {
      const value = l[n];
      const high = Math.floor(value / 0x1_0000_0000);
      a = Math.imul(Math.imul(a ^ value, 2654435761) ^ high, 2654435761);
      b = Math.imul(Math.imul(b ^ value, 1597334677) ^ high, 1597334677);
    }
  }
  return hashHex(a, b);
}
/** Ends a text: two are not one longer one. */
const END = 0x1f0000;
