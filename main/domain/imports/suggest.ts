import { headerKey } from './cells';
import { FIELDS, type Field, type Mapping } from './fields';
import { readMoney, readQuantity } from './money';
import { SUGGEST_WORDS } from './suggest-words';

/** Fields a list of people has as well; everything else is of sales. */
const ofPeople = (field: Field): boolean => FIELDS[field].of === 'person';
const CONTACT: readonly Field[] = ['email', 'phone', 'firstName', 'lastName', 'birthday', 'street', 'city', 'postalCode'];
const AMOUNT: readonly Field[] = ['unitPrice', 'lineNet', 'total', 'gross'];
/** Words of a list that sums up what each person bought. */
const SUMS = /\b(spen[dt]|lifetime|visits?|points|balance|last (visit|order|purchase|seen)|letzter (besuch|einkauf)|umsatz gesamt)\b/;
const TYPICAL_ID = /^#?[A-Za-z]{0,4}-?\d+$/;

/** `Unit price (EUR)`, `UNIT_PRICE`, `Total €`, `Price:` without what is no word. */
const wordsOf = (name: string): string =>
  headerKey(name)
    .replaceAll('_', ' ')
    .replace(/\s*[([][^)\]]*[)\]]/g, '')
    .replace(/[\p{Sc}*:]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * A first guess at what the columns of an unknown file mean, from their names and, where names are not enough, from the cells. The
 * owner sees it beside sample values and corrects it; nothing is imported on a guess.
 */
export function suggestMapping(names: readonly string[], samples: readonly (readonly string[])[]): Mapping {
  const keys = names.map(wordsOf);
  const guess = new Guess(keys, samples);
  const sales = guess.isSales();
  for (const [field, pattern] of SUGGEST_WORDS) {
    if (!sales && !ofPeople(field)) continue;
    if (field === 'lineNet' && guess.hasFees) continue; // net of the fee, not of the tax
    guess.take(
      field,
      keys.findIndex((k, at) => !guess.taken.has(at) && pattern.test(k)),
    );
  }
  if (sales && !guess.columns.saleId) guess.numberedName();
  if (!guess.columns.email) guess.take('email', guess.mailColumn());
  if (sales) guess.settleAmounts();
  return { kind: sales ? 'sales' : 'customers', till: '', columns: guess.columns };
}

class Guess {
  readonly columns: { [F in Field]?: number[] } = {};
  readonly taken = new Set<number>();
  readonly hasFees: boolean;

  constructor(
    private readonly keys: readonly string[],
    private readonly samples: readonly (readonly string[])[],
  ) {
    this.hasFees = keys.some((k) => /^(fees?|gebühr(en)?|frais|commission)$/.test(k));
  }

  take(field: Field, i: number): void {
    if (i < 0 || this.columns[field] || this.taken.has(i)) return;
    this.columns[field] = [i];
    this.taken.add(i);
  }

  /** A day and an amount make sales, unless the file is a list of people with what each has spent. */
  isSales(): boolean {
    const has = (...fields: readonly Field[]) =>
      SUGGEST_WORDS.some(([f, pattern]) => fields.includes(f) && this.keys.some((k) => pattern.test(k)));
    if (!has('date') || !has(...AMOUNT)) return false;
    const contacts = CONTACT.filter((f) => has(f)).length;
    return contacts < 2 || has('item', 'saleId', 'quantity') || !this.keys.some((k) => SUMS.test(k));
  }

  /** Shops that call the order's number its name; a column of people's names would make one receipt of all they bought. */
  numberedName(): void {
    const i = this.keys.indexOf('name');
    const cells = this.samples.map((s) => (s[i] ?? '').trim()).filter(Boolean);
    if (i < 0 || !cells.length || !cells.every((c) => TYPICAL_ID.test(c))) return;
    if (this.columns.fullName?.[0] === i) delete this.columns.fullName;
    this.columns.saleId = [i];
    this.taken.add(i);
  }

  mailColumn(): number {
    return this.keys.findIndex(
      (_, at) => !this.taken.has(at) && this.samples.some((s) => /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test((s[at] ?? '').trim())),
    );
  }

  /**
   * Whether an amount is the line's or the whole receipt's: a receipt's own total stands on every row of it, a line's adds up.
   * Taken wrongly, a receipt with two equal lines would lose one.
   */
  settleAmounts(): void {
    const c = this.columns;
    if (c.quantity && !c.unitPrice && !c.total && !c.lineNet && !c.gross) delete c.quantity;
    if (c.discount && this.isShare(c.discount[0] as number)) delete c.discount;
    const lines = c.item !== undefined || c.sku !== undefined || (c.quantity !== undefined && c.unitPrice !== undefined);
    if (!lines) {
      this.rename('lineNet', 'net');
      if (!c.quantity) this.rename('unitPrice', c.total ? 'gross' : 'total');
      return;
    }
    const total = c.total?.[0];
    if (total !== undefined) {
      if (this.repeats(total)) return; // the receipt's own, on each of its rows
      if (c.lineNet) delete c.total;
      else if (c.saleId) this.rename('total', 'lineNet');
    }
    if (c.total && !c.lineNet && !c.unitPrice) return;
    this.rename('gross', 'lineGross');
    this.rename('discount', 'lineDiscount');
    this.rename('tax', 'lineTax');
  }

  private rename(from: Field, to: Field): void {
    const at = this.columns[from];
    if (!at || this.columns[to]) return;
    this.columns[to] = at;
    delete this.columns[from];
  }

  private amount(row: readonly string[], at: number): number | null {
    const text = (row[at] ?? '').trim();
    return readMoney(text, text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.', 2);
  }

  /**
   * True when receipts of several articles have the same figure on every row, and it is not simply quantity × price. Two articles of one
   * price happen: a column that is not called a total has to do it on three receipts.
   */
  private repeats(at: number): boolean {
    const id = this.columns.saleId?.[0];
    if (id === undefined || this.isProduct(at)) return false;
    const article = (this.columns.item ?? this.columns.sku)?.[0];
    const receipts = new Map<string, { figures: Set<number | null>; articles: Set<string> }>();
    for (const r of this.samples) {
      const key = (r[id] ?? '').trim();
      const seen = receipts.get(key) ?? { figures: new Set(), articles: new Set() };
      seen.figures.add(this.amount(r, at));
      if (article !== undefined) seen.articles.add((r[article] ?? '').trim());
      if (key) receipts.set(key, seen);
    }
    const several = [...receipts.values()].filter((x) => x.articles.size > 1);
    const least = /total|summe|gesamt/.test(this.keys[at] ?? '') ? 1 : 3;
    return several.length >= least && several.every((x) => x.figures.size === 1);
  }

  private isProduct(at: number): boolean {
    const [q, p] = [this.columns.quantity?.[0], this.columns.unitPrice?.[0]];
    if (q === undefined || p === undefined || !this.samples.length) return false;
    return this.samples.every((r) => {
      const [quantity, price, figure] = [readQuantity((r[q] ?? '').trim(), '.'), this.amount(r, p), this.amount(r, at)];
      return quantity !== null && price !== null && figure !== null && Math.abs((quantity * price) / 1000 - figure) <= 1;
    });
  }

  /** A discount written as a share (`0.2`, `20 %`) is no amount. */
  private isShare(at: number): boolean {
    const cells = this.samples.map((r) => (r[at] ?? '').trim()).filter(Boolean);
    if (cells.some((c) => c.includes('%'))) return true;
    const figures = cells.map((c) => Number(c.replace(',', '.')));
    return figures.some((n) => n > 0) && figures.every((n) => n >= 0 && n < 1);
  }
}
