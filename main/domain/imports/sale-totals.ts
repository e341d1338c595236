import type { Cents } from '../kernel';
import type { Field } from './fields';
import type { Amounts, FileSale, Totals } from './model';
import type { Profile } from './profile';
import type { RowReader, StagedRow } from './row';

const cents = (n: number): Cents => n as Cents;

type Extra = 'tip' | 'shipping' | 'serviceCharge' | 'giftCard';
const EXTRAS: readonly Extra[] = ['tip', 'shipping', 'serviceCharge', 'giftCard'];

/** Amounts as one row (or several that repeat each other) tells them. Null = not told. */
interface Figures {
  net: number;
  gross: number;
  discount: number;
  tax: number | null;
  extras: Record<Extra, number | null>;
  total: number | null;
  refunded: number | null;
  /** What the ways of paying add up to. */
  tendered: number | null;
  row: StagedRow;
}

export interface TotalsRead {
  amounts: Amounts;
  totals: Totals;
  taxTold: boolean;
}

/** Reads the amounts of whole receipts. */
export class TotalsReader {
  /** False = this file says nothing about receipts as a whole. */
  readonly any: boolean;
  private readonly profile: Profile | null;
  private readonly withoutExtra: readonly Extra[];
  private readonly named: readonly Field[];

  constructor(
    private readonly c: RowReader,
    /** The file has lines too. */
    private readonly hasLines: boolean,
  ) {
    this.profile = c.rules.profile;
    this.any = c.has('net') || c.has('gross') || c.has('total');
    this.withoutExtra = this.profile?.totalWithout ?? [];
    this.named = (['discountCode', 'discountLabel', 'paymentMethod', 'tip', 'shipping', 'refunded'] as const).filter((f) => c.has(f));
  }

  /** True when a file without receipt amounts still tells something about receipts: codes, refunds, ways of paying. */
  get aside(): boolean {
    return this.named.length > 0 || this.c.rules.tenders.length > 0;
  }

  /** `paid` are the rows that name ways of paying. Null = no row has an amount. */
  read(rows: readonly StagedRow[], all: readonly StagedRow[], paid: readonly StagedRow[]): TotalsRead | null {
    const figures = this.figuresOf(rows, all);
    const first = figures[0];
    if (!first) return null;
    const add = (pick: (f: Figures) => number) => cents(figures.length === 1 ? pick(first) : figures.reduce((n, f) => n + pick(f), 0));
    const told = (pick: (f: Figures) => number | null) => (figures.some((f) => pick(f) !== null) ? add((f) => pick(f) ?? 0) : null);
    const tax = told((f) => f.tax);
    return {
      amounts: {
        gross: add((f) => f.gross),
        discount: add((f) => f.discount),
        net: add((f) => f.net),
        tax: tax ?? cents(0),
        giftCard: add((f) => f.extras.giftCard ?? 0),
      },
      totals: {
        tip: told((f) => f.extras.tip),
        shipping: told((f) => f.extras.shipping),
        serviceCharge: told((f) => f.extras.serviceCharge),
        total: told((f) => f.total),
        refunded: told((f) => f.refunded),
        returned: told((f) => f.refunded),
        ...this.names(all, paid),
      },
      taxTold: tax !== null,
    };
  }

  /** What a file without receipt amounts tells beside its lines. */
  asides(all: readonly StagedRow[], paid: readonly StagedRow[]): Totals {
    const get = (field: Field) => firstMoney(this.c, all, field);
    const refunded = get('refunded');
    return {
      tip: get('tip'),
      shipping: get('shipping'),
      serviceCharge: get('serviceCharge'),
      total: null,
      refunded: refunded === null ? null : cents(Math.abs(refunded)),
      returned: refunded === null ? null : cents(Math.abs(refunded)),
      ...this.names(all, paid),
    };
  }

  private names(all: readonly StagedRow[], paid: readonly StagedRow[]): Pick<Totals, 'discountCode' | 'discountLabel' | 'paymentMethods'> {
    const codes = discountNames(
      all.map((r) => this.c.text(r, 'discountCode')),
      this.profile?.discountLabels ?? [],
    );
    for (const r of all) {
      const label = this.c.text(r, 'discountLabel');
      if (label) codes.labels.add(label);
    }
    const methods = new Set<string>();
    for (const r of paid) this.paidBy(r, methods);
    return {
      discountCode: joined(codes.codes),
      discountLabel: joined(codes.labels),
      paymentMethods: [...methods].sort().join(', '),
    };
  }

  /**
   * The figures that make up the receipt. Lines repeat or leave out the receipt's own figures, so the first told counts; payments
   * add up, each once; receipts told twice are told once, the last stands. A file no profile knows is judged by its figures: the
   * same on every row are one receipt's, unless each row's own ways of paying make up its total.
   */
  private figuresOf(rows: readonly StagedRow[], all: readonly StagedRow[]): Figures[] {
    if (rows.length === 1 && all.length === 1) {
      const f = this.figures(rows as readonly [StagedRow]);
      return f ? [f] : [];
    }
    const shape = this.profile?.shape;
    if (shape === 'line') {
      const f = this.figures(rows);
      return f ? [f] : [];
    }
    const each = rows.flatMap((r) => this.figures([r]) ?? []);
    const first = each[0];
    if (!first || each.length === 1) return each;
    if (shape === 'receipt' || shape === 'mixed') return [this.lastTold(each)];
    const once = new Map<string, Figures>();
    for (const f of each) once.set(this.c.text(f.row, 'paymentId') || `row ${f.row.row}`, f); // one payment listed twice is one payment
    const parts = [...once.values()];
    if (parts.length > 1 && parts.every((f) => sameFigures(f, first))) {
      const tendersPerRow = parts.every((f) => f.tendered === null || f.tendered === f.total);
      if (shape === undefined ? this.hasLines || !tendersPerRow : !tendersPerRow) return [first];
    }
    return parts;
  }

  /** Of a receipt told twice in one file, the row that stands. */
  standing(rows: readonly StagedRow[]): StagedRow {
    const each = rows.flatMap((r) => this.figures([r]) ?? []);
    return each.length ? this.lastTold(each).row : (rows.at(-1) as StagedRow);
  }

  private lastTold(each: readonly Figures[]): Figures {
    const last = each.reduce((a, b) => (b.row.row > a.row.row ? b : a));
    if (!each.every((f) => sameFigures(f, last))) this.c.note(last.row, null, 'two-amounts');
    return last;
  }

  private figures(rows: readonly StagedRow[]): Figures | null {
    const c = this.c;
    const get = (field: Field) => firstMoney(c, rows, field);
    const [net, gross, total] = [get('net'), get('gross'), get('total')];
    if (net === null && gross === null && total === null) return null;
    const discount = Math.abs(get('discount') ?? 0);
    const tax = get('tax');
    const extras = { tip: get('tip'), shipping: get('shipping'), serviceCharge: get('serviceCharge'), giftCard: get('giftCard') };
    let inTotal = tax ?? 0;
    for (const e of EXTRAS) if (!this.withoutExtra.includes(e)) inTotal += extras[e] ?? 0;
    let goods = net ?? (gross !== null ? gross - discount * Math.sign(gross || 1) : null);
    const mode = this.profile?.taxIncluded;
    if (goods === null || (mode === 'infer' && total !== null)) goods = this.fromTotal(goods, total as number, inTotal, tax ?? 0, rows);
    else if (mode === true) goods -= tax ?? 0;
    const back = get('refunded');
    const informs = this.profile?.refundedMayInform && total !== null && total === goods + inTotal && goods !== 0;
    const given = mode === undefined || mode === false ? gross : null; // with tax in it, it is not what we call gross
    return {
      net: goods,
      gross: given ?? goods + discount * Math.sign(goods || 1),
      discount,
      tax,
      extras,
      total,
      refunded: back === null ? null : informs ? 0 : Math.abs(back),
      tendered: this.tendered(rows[0] as StagedRow),
      row: rows[0] as StagedRow,
    };
  }

  /**
   * What is left of the total when everything that is no goods is taken off: the total holds the tax whether the prices do or not,
   * so this is right for both. Noted when the file's own figure fits neither reading.
   */
  private fromTotal(told: number | null, total: number, inTotal: number, tax: number, rows: readonly StagedRow[]): number {
    const goods = total - inTotal;
    if (told !== null && Math.abs(told - goods) > 1 && Math.abs(told - tax - goods) > 1) {
      this.c.note(rows[0] as StagedRow, 'total', 'two-amounts');
      return told;
    }
    return goods;
  }

  private tenderCells(r: StagedRow): (number | null)[] {
    const { fields, tenders, decimal } = this.c.rules;
    const sign = decimal.total ?? decimal.net ?? '.';
    return tenders.map((_, i) => this.c.amountOf(r.cells[fields.length + i] ?? '', sign));
  }

  private tendered(r: StagedRow): number | null {
    if (!this.c.rules.tenders.length) return null;
    const cells = this.tenderCells(r);
    return cells.some((n) => n !== null) ? cells.reduce<number>((sum, n) => sum + (n ?? 0), 0) : null;
  }

  private paidBy(r: StagedRow, methods: Set<string>): void {
    const { tenders } = this.c.rules;
    if (tenders.length) {
      this.tenderCells(r).forEach((n, i) => {
        if (n) methods.add(tenders[i] as string);
      });
    }
    const told = this.c.text(r, 'paymentMethod');
    if (told) methods.add(told);
  }
}

/**
 * What a receipt is worth in the month's figures: goods, tax and what was collected, less what was given back as an amount. A total
 * the till has lowered by the refund already is taken as it is.
 */
export function keptOf(s: Pick<FileSale, 'amounts' | 'totals'>): { net: number; tax: number; total: number | null } {
  const { net, tax, giftCard } = s.amounts;
  const t = s.totals;
  const back = t?.refunded ?? 0;
  const total = t?.total ?? null;
  if (!back) return { net, tax, total };
  const goods = net + tax;
  const netBack = goods > 0 ? Math.round((net * Math.min(back, goods)) / goods) : back;
  const whole = goods + giftCard + (t?.tip ?? 0) + (t?.shipping ?? 0) + (t?.serviceCharge ?? 0);
  const all = t?.returned ?? back;
  const lowered = total !== null && total === whole - all;
  return { net: net - netBack, tax: tax - (back - netBack), total: total === null || lowered ? total : total - all };
}

function firstMoney(c: RowReader, rows: readonly StagedRow[], field: Field): Cents | null {
  if (!c.has(field)) return null;
  for (const r of rows) {
    const n = c.money(r, field);
    if (n !== null) return n;
  }
  return null;
}

const sameFigures = (a: Figures, b: Figures): boolean => a.net === b.net && a.tax === b.tax && a.total === b.total;

const joined = (texts: ReadonlySet<string>): string | null => (texts.size ? [...texts].sort().join(', ') : null);

/**
 * Cells of a discount column, told apart: codes people typed, and names the shop system gave (`AUTOMATIC DISCOUNTS`, `Custom
 * discount`), which nobody can be credited for. Several codes come joined by commas; WooCommerce exports write `code:SAVE10|amount:5`.
 */
export function discountNames(cells: readonly string[], known: readonly string[]): { codes: Set<string>; labels: Set<string> } {
  const codes = new Set<string>();
  const labels = new Set<string>();
  for (const cell of cells) {
    if (cell === '') continue;
    for (const piece of cell.split(/[,;]/)) {
      const name = (/(?:^|\|)code:([^|]*)/.exec(piece)?.[1] ?? piece).trim();
      if (name === '') continue;
      const label =
        known.includes(name.toLowerCase()) || / discounts?$|^discount |[a-z] |(?: [a-z])/.test(name) || / DISCOUNTS?$/.test(name);
      (label ? labels : codes).add(name);
    }
  }
  return { codes, labels };
}
