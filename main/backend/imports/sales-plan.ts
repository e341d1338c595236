import type { Db } from '@db/open';
import type { SalesWriter } from '@db/queries/import-plan-sales';
import type { Staging } from '@db/queries/import-staging';
import { compareSale, findSale, type KnownSale, knowsSource, linesOf } from '@db/queries/sales';
import { detached } from '@domain/imports/hash';
import { Instants } from '@domain/imports/instants';
import { isLooseRefund } from '@domain/imports/loose-refund';
import { mergeSale, saleDifference } from '@domain/imports/merge';
import type { FileSale } from '@domain/imports/model';
import { type MonthTotal, type PlanCounts, type Reading, skip } from '@domain/imports/plan';
import type { RowReader, StagedRow } from '@domain/imports/row';
import { contentKey, SaleReader } from '@domain/imports/sale';
import { keptOf } from '@domain/imports/sale-totals';
import { counts as countsAsTakings } from '@domain/imports/states';
import type { Cents, UtcMs } from '@domain/kernel';
import type { PeoplePlan } from './people-plan';
import { Twins } from './twins';

/** Enough names to recognise a file by. */
const NAMES = 20;

/** Compares the receipts of a file with the shop's and keeps what is to be done. */
export class SalesPlan {
  first: UtcMs | null = null;
  last: UtcMs | null = null;
  private readonly reader: SaleReader;
  private readonly months = new Map<string, MonthTotal>();
  private readonly writer: SalesWriter;
  private changed = 0;
  /** False = no file of this till was ever imported: nothing to look up. */
  private readonly sourceKnown: boolean;
  readonly twins: Twins;
  private readonly met = { register: new Set<string>(), staff: new Set<string>() };

  constructor(
    private readonly with_: {
      shop: Db;
      staging: Staging;
      source: string;
      cells: RowReader;
      people: PeoplePlan;
      counts: PlanCounts;
    },
  ) {
    this.reader = new SaleReader(with_.cells, new Instants(with_.cells.rules.shopZone));
    this.writer = with_.staging.salesWriter();
    this.sourceKnown = knowsSource(with_.shop, with_.source);
    this.twins = new Twins(with_.shop, with_.source);
  }

  /** All rows of one receipt number; throws Refused when one of them cannot be read. `edge` = the file begins or ends with them. */
  take(key: string, rows: readonly StagedRow[], edge: boolean): void {
    // an id that cannot be an id (1.2E+12) refuses its row before the receipt is put together
    if (rows[0]) this.with_.cells.key(rows[0], 'saleId');
    const before = this.reader.ignored;
    const byShop = this.reader.zones.shop;
    const sales = this.reader.read(key, rows);
    skip(this.with_.counts, 'other-kind', this.reader.ignored - before);
    const wall = this.reader.zones.shop > byShop ? this.with_.cells.rules.shopZone : null;
    for (const sale of sales) {
      if (sale.id === '') this.with_.staging.addLoose(contentKey(sale, wall), sale);
      else this.plan(sale, edge, sales.length > 1);
    }
  }

  /** Receipts without a number last: equal ones are numbered, so that the same file gives the same keys again. */
  finish(): void {
    let hash = '';
    let nth = 0;
    for (const loose of this.with_.staging.looseByHash<FileSale>()) {
      nth = loose.hash === hash ? nth + 1 : 1;
      hash = loose.hash;
      this.plan({ ...loose.sale, id: `row:${hash}:${nth}` }, false);
    }
    this.writer.finish(this.with_.staging.db);
  }

  /** `beside`: a refund that stands in the file with its sale. */
  private plan(sale: FileSale, edge: boolean, beside = false): void {
    const { shop, source, people, counts } = this.with_;
    const fresh = mergeSale(null, sale);
    const known = this.sourceKnown ? compareSale(shop, source, sale.id, fresh) : null;
    // a file that comes again tells of nearly every receipt exactly what is known: nothing is left to merge
    const same = known?.same ?? false;
    let row = known === null || same ? fresh : mergeSale(known.row, sale);
    const ref = sale.person ? people.take(sale.person) : sale.customerId ? people.behind(sale.customerId) : null;
    const loose = isLooseRefund(sale, ref !== null, (id) => beside || (this.sourceKnown && findSale(shop, source, id) !== null));
    this.tally(sale, countsAsTakings(row.status), loose);
    if (!ref) counts.anonymous++;
    if (!countsAsTakings(row.status)) {
      counts.excluded++;
      const by = counts.excludedBy ?? {};
      by[row.status] = (by[row.status] ?? 0) + 1;
      counts.excludedBy = by;
    } else if (row.kind === 'refund' || (sale.totals?.refunded ?? 0) > 0) counts.refunds++;
    const who = { customerId: ref?.customerId ?? null, person: ref?.planned ?? null };
    if (!known) {
      counts.sales.new++;
      this.twins.met(sale.id, row);
      this.writer.add({ sourceSaleId: sale.id, row, lines: sale.lines, ...who });
      return;
    }
    const moved = known.row.source_customer_id !== null && row.source_customer_id !== known.row.source_customer_id;
    const link =
      (known.customerId === null || moved) && (who.person !== null || (who.customerId !== null && who.customerId !== known.customerId));
    const cut = edge && this.isCutOff(known, sale);
    if (!link && (same || cut || Object.keys(saleDifference(known.row, row)).length === 0)) {
      counts.sales.same++;
      return;
    }
    counts.sales.changed++;
    if (cut) row = known.row;
    const lines = row.lines_hash !== known.row.lines_hash ? sale.lines : null;
    const keepWho = link ? who : { customerId: known.customerId, person: null };
    const n = ++this.changed;
    this.with_.staging.addChanged({ n, sourceSaleId: sale.id, saleId: known.id, row, was: known.row, lines, ...keepWho });
  }

  /**
   * A sheet that was cut into pieces may begin or end in the middle of a receipt. What is known in full is not replaced by a part of
   * itself; anywhere else in a file fewer lines mean that the receipt was changed.
   */
  private isCutOff(known: KnownSale, sale: FileSale): boolean {
    const { row } = known;
    if (sale.rank !== 1 || sale.totals || !sale.lines?.length || row.kind !== sale.kind || row.occurred_at !== sale.occurredAt)
      return false;
    const left = linesOf(this.with_.shop, known.id).map((l) => JSON.stringify(l));
    if (left.length <= sale.lines.length) return false;
    return sale.lines.every(({ name, variant, category, sku, qtyMilli, gross, discount, net, tax }) => {
      const at = left.indexOf(JSON.stringify({ name, variant, category, sku, qtyMilli, gross, discount, net, tax }));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  }

  /** The file's own figures, whatever the shop knew before: to be held against the till's report. */
  private tally(sale: FileSale, takings: boolean, loose: boolean): void {
    if (this.first === null || sale.occurredAt < this.first) this.first = sale.occurredAt;
    if (this.last === null || sale.occurredAt > this.last) this.last = sale.occurredAt;
    this.meet('register', sale.register);
    this.meet('staff', sale.staff);
    if (!takings) return;
    const month = sale.shopDay.slice(0, 7);
    let t = this.months.get(month);
    if (!t) {
      t = { month, sales: 0, refunds: 0, net: 0 as Cents, tax: 0 as Cents, total: null };
      this.months.set(month, t);
    }
    if (sale.kind === 'refund') t.refunds++;
    else t.sales++;
    const kept = keptOf(sale);
    t.net = (t.net + kept.net) as Cents;
    t.tax = (t.tax + kept.tax) as Cents;
    if (loose) {
      t.looseRefunds = (t.looseRefunds ?? 0) + 1;
      t.looseNet = ((t.looseNet ?? 0) + kept.net) as Cents;
    }
    if (kept.total !== null) t.total = ((t.total ?? 0) + kept.total) as Cents;
  }

  /** Receipts still 'pending', counted or not, with the words that say so. */
  get pending(): { count: number; words: string[] } {
    return { count: this.reader.pending, words: [...this.reader.pendingWords] };
  }

  /** Where the times came from: as most of them did. */
  zone(): Reading['zone'] {
    const { zones } = this.reader;
    return (['offset', 'column', 'utc', 'shop'] as const).reduce((a, b) => (zones[b] > zones[a] ? b : a));
  }

  private meet(what: 'register' | 'staff', name: string | null): void {
    if (name !== null && this.met[what].size < NAMES) this.met[what].add(detached(name));
  }

  /** Registers or staff the file names, the first of them. */
  names(what: 'register' | 'staff'): string[] {
    return [...this.met[what]].sort();
  }

  monthTotals(): MonthTotal[] {
    return [...this.months.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
  }
}
