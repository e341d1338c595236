import type { Cents, Zone } from '../kernel';
import { contentHash } from './hash';
import type { Instants } from './instants';
import type { Amounts, FileLine, FileSale, Totals } from './model';
import { readPerson } from './person';
import { Refused, type RowReader, type StagedRow } from './row';
import { type SaleStatus, saleStatus } from './states';
import { zoneNamed } from './zones';

const cents = (n: number): Cents => n as Cents;
const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
const abs = (n: number | null): Cents => cents(Math.abs(n ?? 0));

/** Reads the rows of one receipt number. Throws Refused: then none of its rows may be taken, half a receipt would be a lie. */
export class SaleReader {
  private readonly hasLines: boolean;
  private readonly hasTotals: boolean;
  private readonly hasPerson: boolean;

  constructor(
    private readonly cells: RowReader,
    private readonly instants: Instants,
  ) {
    const has = (...fs: Parameters<RowReader['has']>[0][]) => fs.some((f) => cells.has(f));
    this.hasLines = has('item', 'lineNet', 'lineGross', 'unitPrice');
    this.hasTotals = has('net', 'gross', 'total');
    this.hasPerson = has('email', 'phone');
  }

  /** A till may book a refund under the number of its sale: those rows make a receipt of their own, `<id>~refund`. */
  read(id: string, rows: readonly StagedRow[]): FileSale[] {
    const { profile } = this.cells.rules;
    const wanted = rows.filter((r) => !this.cells.matches(r, profile?.ignoreWhen));
    if (!profile?.refundWhen) return wanted.length ? [this.one(id, wanted, null)] : [];
    const refunds = wanted.filter((r) => this.cells.matches(r, profile.refundWhen));
    const sales = wanted.filter((r) => !this.cells.matches(r, profile.refundWhen));
    const out: FileSale[] = [];
    if (sales.length) out.push(this.one(id, sales, 'sale'));
    if (refunds.length) {
      const refund = this.one(id && `${id}~refund`, refunds, 'refund');
      const sale = out[0];
      out.push(refund.customerId || !sale ? refund : { ...refund, customerId: sale.customerId, person: sale.person });
    }
    return out;
  }

  private one(id: string, rows: readonly StagedRow[], told: 'sale' | 'refund' | null): FileSale {
    const c = this.cells;
    const head = rows.find((r) => c.text(r, 'date') !== '') ?? (rows[0] as StagedRow);
    const { at, day, timeKnown } = this.instants.at(c.date(head), c.clock(head), this.zone(head));
    for (const r of rows) this.currency(r);
    const lines = this.hasLines ? this.lines(rows) : null;
    const whole = this.hasTotals ? this.totals(rows, lines?.lines.length ? lines.amounts : null) : null;
    let amounts = whole?.amounts ?? lines?.amounts;
    if (!amounts) throw new Refused(null, 'no-amount', head.row);
    let parts = lines?.lines ?? null;
    let totals = whole?.totals ?? null;
    const negative = amounts.net < 0 || (amounts.net === 0 && (totals?.total ?? 0) < 0);
    const kind = told ?? (negative ? 'refund' : 'sale');
    if (kind === 'refund' && amounts.net > 0) {
      // Loyverse writes refunds with positive amounts; the kind says what they are
      amounts = negated(amounts);
      parts = parts?.map((l) => ({ ...l, qtyMilli: -l.qtyMilli, ...negatedLine(l) })) ?? null;
      if (totals) totals = { ...totals, tip: cents(-totals.tip), total: totals.total === null ? null : cents(-totals.total) };
    }
    if (kind === 'refund' && totals && amounts.net === 0 && totals.refunded > 0) {
      amounts = { ...amounts, gross: cents(-totals.refunded), net: cents(-totals.refunded) }; // a refund of an amount, not of items
      totals = { ...totals, refunded: cents(0) };
    }
    const first = (field: Parameters<RowReader['text']>[1]) => rows.map((r) => c.text(r, field)).find((t) => t !== '') ?? null;
    const customerId = c.has('customerId') ? (rows.map((r) => c.id(r, 'customerId')).find((t) => t !== null) ?? null) : null;
    const contact = this.hasPerson ? rows.find((r) => c.text(r, 'email') || c.text(r, 'phone')) : undefined;
    const person = contact ? readPerson(c, contact) : null;
    const suffix = first('cardLast4')?.match(/(\d{4})(?:\.0)?$/)?.[1] ?? null;
    return {
      id,
      receiptNo: this.receipt(rows, first('receiptNo')),
      kind,
      status: this.status(rows, amounts, totals),
      occurredAt: at,
      shopDay: day,
      timeKnown,
      customerId,
      person: person && (person.email || person.phone) ? { ...person, sourceId: customerId } : null,
      amounts,
      lines: parts,
      totals,
      cardLast4: suffix,
      channel: first('channel'),
      register: first('register'),
      staff: first('staff'),
      rows: rows.map((r) => r.row),
    };
  }

  private zone(r: StagedRow): Zone {
    const { shopZone } = this.cells.rules;
    const text = this.cells.text(r, 'zone');
    if (text === '') return shopZone;
    const zone = zoneNamed(text);
    if (!zone) this.cells.note(r, 'zone', 'unknown-zone');
    return zone ?? shopZone;
  }

  private currency(r: StagedRow): void {
    const text = this.cells.text(r, 'currency').toUpperCase();
    if (text && text !== this.cells.rules.currency) throw new Refused('currency', 'other-currency', r.row);
  }

  private receipt(rows: readonly StagedRow[], printed: string | null): string | null {
    const length = this.cells.rules.profile?.receiptFromPaymentId;
    if (!length) return printed;
    const ids = rows
      .map((r) => this.cells.text(r, 'paymentId'))
      .filter(Boolean)
      .sort();
    return ids[0]?.slice(0, length) ?? printed;
  }

  private status(rows: readonly StagedRow[], amounts: Amounts, totals: Totals | null): SaleStatus | null {
    const goods = amounts.net + amounts.tax;
    if (totals && totals.refunded > 0 && goods > 0) return totals.refunded >= goods ? 'refunded' : 'partially-refunded';
    const told = rows.find((r) => this.cells.text(r, 'status') !== '');
    if (!told) return null;
    const words = this.cells.text(told, 'status');
    const own = this.cells.rules.profile?.states?.[words.toLowerCase()];
    const status = saleStatus(own ?? words);
    if (!status) this.cells.note(told, 'status', 'unknown-status');
    return status ?? 'completed';
  }

  private lines(rows: readonly StagedRow[]): { lines: FileLine[]; amounts: Amounts } {
    const c = this.cells;
    const lines: FileLine[] = [];
    let giftCard = 0;
    for (const r of rows) {
      const line = this.line(r);
      if (!line) continue;
      const gift = c.matches(r, c.rules.profile?.giftCardWhen) || (c.text(r, 'lineType') === '' && /^(?:e-?)?gift ?card$/i.test(line.name));
      if (gift) giftCard += line.net;
      else lines.push(line);
    }
    lines.sort(byContent);
    return {
      lines,
      amounts: {
        gross: cents(sum(lines.map((l) => l.gross))),
        discount: cents(sum(lines.map((l) => l.discount))),
        net: cents(sum(lines.map((l) => l.net))),
        tax: cents(sum(lines.map((l) => l.tax))),
        giftCard: cents(giftCard),
      },
    };
  }

  private line(r: StagedRow): FileLine | null {
    const c = this.cells;
    const qty = c.quantity(r, 'quantity') ?? 1000;
    const told = c.money(r, 'lineNet');
    let gross = c.money(r, 'lineGross') ?? (c.has('unitPrice') ? c.priceTimes(r, 'unitPrice', qty) : null);
    const discount = c.has('lineDiscount') ? (c.money(r, 'lineDiscount') ?? 0) : 0;
    const perRow = !this.hasTotals || c.has('lineNet') || c.has('lineGross') || c.has('unitPrice');
    if (!perRow) gross = c.money(r, 'net') ?? c.money(r, 'gross') ?? c.money(r, 'total'); // one row, one article, one amount
    if (told === null && gross === null) {
      if (c.text(r, 'item') === '' || this.hasTotals) return null; // a payment row among lines
      throw new Refused(c.has('lineNet') ? 'lineNet' : 'unitPrice', 'no-amount', r.row);
    }
    const g = gross ?? (told as number) + Math.abs(discount) * Math.sign(told as number);
    const net = told ?? g - Math.abs(discount) * Math.sign(g);
    return {
      name: c.text(r, 'item'),
      variant: c.text(r, 'variant'),
      category: c.text(r, 'category') === 'None' ? '' : c.text(r, 'category'),
      sku: c.text(r, 'sku'),
      qtyMilli: qty,
      gross: cents(g),
      discount: abs(discount),
      net: cents(net),
      tax: cents(c.money(r, 'lineTax') ?? 0),
    };
  }

  /**
   * Amounts of the whole receipt. Several rows with amounts are either parts of it (split payment: each row's own tenders make its
   * total) or the same figures repeated on every row; adding the second kind would double the sale.
   */
  private totals(all: readonly StagedRow[], fromLines: Amounts | null): { amounts: Amounts; totals: Totals } | null {
    const c = this.cells;
    const figures = all.flatMap((r) => {
      const f = this.figures(r);
      return f ? [{ ...f, row: r }] : [];
    });
    const first = figures[0];
    if (!first) return null;
    const once = new Map<string, (typeof figures)[number]>();
    for (const f of figures) once.set(c.text(f.row, 'paymentId') || `row ${f.row.row}`, f); // one payment listed twice is one payment
    let rows = [...once.values()];
    if (rows.length > 1) {
      const same = rows.every((f) => f.net === first.net && f.tax === first.tax && f.total === first.total);
      const tendersPerRow = rows.every((f) => f.tendered === null || f.tendered === f.total);
      if (same && (this.hasLines || !tendersPerRow)) rows = [first];
    }
    const add = (pick: (f: (typeof rows)[number]) => number) => cents(sum(rows.map(pick)));
    const taxTold = rows.some((f) => f.taxTold);
    const amounts: Amounts = {
      gross: add((f) => f.gross),
      discount: add((f) => f.discount),
      net: add((f) => f.net),
      tax: taxTold || !fromLines ? add((f) => f.tax) : fromLines.tax,
      giftCard: add((f) => f.giftCard),
    };
    const texts = (field: 'discountCode' | 'discountLabel') =>
      [...new Set(all.map((r) => c.text(r, field)).filter(Boolean))].sort().join(', ') || null;
    const methods = new Set(all.flatMap((r) => this.paidBy(r)));
    return {
      amounts,
      totals: {
        tip: add((f) => f.tip),
        shipping: add((f) => f.shipping),
        serviceCharge: add((f) => f.serviceCharge),
        total: rows.some((f) => f.total !== null) ? add((f) => f.total ?? 0) : null,
        refunded: add((f) => f.refunded),
        discountCode: texts('discountCode'),
        discountLabel: texts('discountLabel'),
        paymentMethods: [...methods].sort().join(', '),
      },
    };
  }

  private figures(r: StagedRow) {
    const c = this.cells;
    const [net, gross, total] = [c.money(r, 'net'), c.money(r, 'gross'), c.money(r, 'total')];
    if (net === null && gross === null && total === null) return null;
    const discount = Math.abs(c.money(r, 'discount') ?? 0);
    const tax = c.money(r, 'tax');
    const [tip, shipping, serviceCharge, giftCard] = (['tip', 'shipping', 'serviceCharge', 'giftCard'] as const).map(
      (f) => c.money(r, f) ?? 0,
    ) as [number, number, number, number];
    const extras = tip + shipping + serviceCharge + giftCard;
    const goods = net ?? (gross !== null ? gross - discount * Math.sign(gross || 1) : (total as number) - (tax ?? 0) - extras);
    const back = Math.abs(c.money(r, 'refunded') ?? 0);
    const informs = c.rules.profile?.refundedMayInform && total !== null && total === goods + (tax ?? 0) + extras && goods !== 0;
    return {
      net: goods,
      gross: gross ?? goods + discount * Math.sign(goods || 1),
      discount,
      tax: tax ?? 0,
      taxTold: tax !== null,
      tip,
      shipping,
      serviceCharge,
      giftCard,
      total,
      refunded: informs ? 0 : back,
      tendered: this.tendered(r),
    };
  }

  private tenderCells(r: StagedRow): (number | null)[] {
    const { fields, tenders, digits, decimal } = this.cells.rules;
    return tenders.map((_, i) => this.cells.amountOf(r.cells[fields.length + i] ?? '', decimal.total ?? decimal.net ?? '.', digits));
  }

  private tendered(r: StagedRow): number | null {
    const cells = this.tenderCells(r);
    return cells.some((n) => n !== null) ? sum(cells.map((n) => n ?? 0)) : null;
  }

  private paidBy(r: StagedRow): string[] {
    const { tenders } = this.cells.rules;
    const named = this.tenderCells(r).flatMap((n, i) => (n ? [tenders[i] as string] : []));
    const told = this.cells.text(r, 'paymentMethod');
    return told ? [...named, told] : named;
  }
}

const negatedLine = (l: FileLine) => ({ gross: cents(-l.gross), net: cents(-l.net), tax: cents(-l.tax) });
const negated = (a: Amounts): Amounts => ({
  gross: cents(-a.gross),
  discount: a.discount,
  net: cents(-a.net),
  tax: cents(-a.tax),
  giftCard: cents(-a.giftCard),
});

const lineKey = (l: FileLine): string =>
  `${l.name}\u001f${l.variant}\u001f${l.category}\u001f${l.sku}\u001f${l.qtyMilli}\u001f${l.gross}\u001f${l.discount}\u001f${l.net}\u001f${l.tax}`;

/** Canonical order: by content, so that the order of rows in the file does not matter. */
function byContent(a: FileLine, b: FileLine): number {
  const [x, y] = [lineKey(a), lineKey(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

export const linesHash = (lines: readonly FileLine[]): string => contentHash(lines.map(lineKey).join('\u001e'));

export const totalsHash = (s: FileSale): string => contentHash(JSON.stringify([s.amounts, s.totals]));

/** Identity of a receipt whose till gave it no number: what it says. Equal ones are told apart by their count. */
export const contentKey = (s: FileSale): string =>
  contentHash(
    JSON.stringify([s.occurredAt, s.timeKnown, s.kind, s.amounts, s.lines, s.customerId, s.person?.email ?? s.person?.phone ?? null]),
  );
