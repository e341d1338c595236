import { localTime } from '../calendar';
import type { Cents, ShopDay, Zone } from '../kernel';
import type { Field } from './fields';
import { contentHash } from './hash';
import type { Instants } from './instants';
import { refundId } from './loose-refund';
import type { Amounts, FileLine, FilePerson, FileSale, Totals } from './model';
import { readPerson } from './person';
import type { Condition, Conditions, Profile } from './profile';
import { Refused, type RowReader, type RowTest, type StagedRow } from './row';
import { LineReader, type LinesRead, settleLines } from './sale-lines';
import { type TotalsRead, TotalsReader } from './sale-totals';
import { counts, type SaleStatus, saleStatus } from './states';
import { zoneBehind } from './zones';

const cents = (n: number): Cents => n as Cents;
const minus = (n: Cents | null): Cents | null => (n === null ? null : cents(-n));

const YES = ['true', 'yes', 'y', '1', 'x', 'void', 'voided', 'ja', 'oui', 'sí', 'si'];
/** What voids a receipt, a line or a payment in a file no profile knows. */
const VOID: Conditions = [
  { field: 'cancelledAt', is: 'filled' },
  { field: 'void', is: YES },
];
/** Fields by which somebody can be reached, and those that tell who they are. */
const REACH: readonly Field[] = ['email', 'phone', 'phone2', 'contact'];
const WHO: readonly Field[] = [...REACH, 'firstName', 'lastName', 'fullName', 'street', 'city'];

/**
 * Reads the rows of one receipt number into receipts. What the profile asks for is worked out once per file, here; a million plain
 * item rows pay for nothing else. `read` throws Refused: then none of its rows may be taken, half a receipt would be a lie.
 */
export class SaleReader {
  /** Rows so far that are no part of any sale: payouts, fees, payments that failed beside one that did not. */
  ignored = 0;
  /** Receipts so far that are still 'pending', whether they were counted or not. */
  pending = 0;
  readonly pendingWords = new Set<string>();
  /** Where the times so far came from. */
  readonly zones = { offset: 0, column: 0, utc: 0, shop: 0 };
  private readonly profile: Profile | null;
  private readonly shape: Profile['shape'];
  private readonly rank: FileSale['rank'];
  private readonly lines: LineReader;
  private readonly totals: TotalsReader;
  private readonly ignore: RowTest | null;
  private readonly refund: RowTest | null;
  private readonly receipts: RowTest | null;
  private readonly lineRows: RowTest | null;
  private readonly void: RowTest | null;
  private readonly cancelled: RowTest | null;
  private readonly reach: readonly Field[];
  private readonly who: readonly Field[];
  private readonly own: ReadonlyMap<string, string>;
  private readonly has: { zone: boolean; currency: boolean; status: boolean; customerId: boolean };

  constructor(
    private readonly cells: RowReader,
    private readonly instants: Instants,
  ) {
    const c = cells;
    this.profile = c.rules.profile;
    this.shape = this.profile?.shape;
    const voids = voidParts(this.profile ? this.profile.voidWhen : VOID);
    const hasTotals = c.has('net') || c.has('gross') || c.has('total');
    this.lines = new LineReader(c, hasTotals);
    this.totals = new TotalsReader(c, this.lines.any);
    this.ignore = c.test(this.profile?.ignoreWhen);
    this.refund = c.test(this.profile?.refundWhen);
    this.receipts = this.shape === 'mixed' ? c.test(this.profile?.receiptWhen) : null;
    this.lineRows = this.shape === 'mixed' ? c.test(this.profile?.lineWhen) : null;
    this.void = c.test(voids.void);
    this.cancelled = c.test(voids.cancelled);
    this.rank = this.profile?.rank ?? (this.shape === 'payment' ? 2 : this.shape === 'line' || (!this.shape && !hasTotals) ? 1 : 3);
    this.reach = REACH.filter((f) => c.has(f));
    this.who = WHO.filter((f) => c.has(f));
    this.own = new Map(Object.entries(this.profile?.states ?? {}));
    this.has = { zone: c.has('zone'), currency: c.has('currency'), status: c.has('status'), customerId: c.has('customerId') };
  }

  /**
   * A till may book refunds under the number of their sale: those rows make a receipt of their own for each day, so that what came
   * back in May and in June are two refunds, whichever files tell of them.
   */
  read(id: string, rows: readonly StagedRow[]): FileSale[] {
    let wanted = rows;
    if (this.ignore) {
      const ignore = this.ignore;
      wanted = rows.filter((r) => !ignore.holds(r));
      this.ignored += rows.length - wanted.length;
    }
    if (!wanted.length) return [];
    if (!this.profile?.refundWhen) return [this.one(id, wanted, null)];
    const refund = this.refund;
    const back = refund ? wanted.filter((r) => refund.holds(r)) : [];
    if (!back.length) return [this.one(id, wanted, 'sale')];
    const given = this.byDay(back).map(([day, part]) => this.one(id && refundId(id, day), part, 'refund'));
    if (back.length === wanted.length) return given;
    const sale = this.one(
      id,
      wanted.filter((r) => !back.includes(r)),
      'sale',
    );
    // the refund belongs to whoever bought
    const { customerId, person } = sale;
    return [sale, ...given.map((g) => (g.customerId || g.person ? g : { ...g, customerId, person }))];
  }

  /** A row that tells no day belongs to the day before it in the group, or the first. */
  private byDay(rows: readonly StagedRow[]): [ShopDay, StagedRow[]][] {
    const told = rows.find((r) => this.cells.text(r, 'date') !== '') ?? (rows[0] as StagedRow);
    let { day } = this.when(told);
    const days = new Map<ShopDay, StagedRow[]>();
    for (const r of rows) {
      if (this.cells.text(r, 'date') !== '') ({ day } = this.when(r));
      const part = days.get(day);
      if (part) part.push(r);
      else days.set(day, [r]);
    }
    return [...days].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private one(id: string, group: readonly StagedRow[], told: 'sale' | 'refund' | null): FileSale {
    const c = this.cells;
    const rows = group.length > 1 ? this.standing(group) : group;
    const heads = this.only(rows, this.receipts);
    const head = heads.find((r) => c.text(r, 'date') !== '') ?? rows.find((r) => c.text(r, 'date') !== '') ?? (rows[0] as StagedRow);
    let { at, day, timeKnown } = this.when(head);
    if (this.shape === 'payment' && rows.length > 1) {
      for (const r of rows) {
        const other = r !== head && c.text(r, 'date') !== '' ? this.when(r) : null;
        if (other && other.at < at) ({ at, day, timeKnown } = other); // paid in parts: sold when the first was paid
      }
    }
    if (this.has.currency) for (const r of rows) this.currency(r);
    const lines = this.lines.any ? this.lines.read(this.only(rows, this.lineRows)) : null;
    const { amounts: raw, totals: rawTotals } = this.amounts(rows, heads, lines);
    let [amounts, totals] = [raw, rawTotals];
    let parts = lines ? this.partsOf(lines, amounts) : null;
    const nothing = amounts.net === 0 && amounts.tax === 0 && amounts.giftCard === 0;
    // money given back on a receipt that sold nothing (Clover's manual refunds)
    const onlyBack = nothing && !totals?.total && (totals?.refunded ?? 0) > 0;
    const negative = amounts.net < 0 || (amounts.net === 0 && (totals?.total ?? 0) < 0) || onlyBack;
    const kind = told ?? (negative ? 'refund' : 'sale');
    if (kind === 'refund' && amounts.net > 0) {
      // Loyverse writes refunds with positive amounts; the kind says what they are
      amounts = negated(amounts);
      parts = parts?.map(negatedLine) ?? null;
      if (totals) totals = { ...totals, tip: minus(totals.tip), total: minus(totals.total) };
    } else if (kind === 'refund' && parts?.some((l) => l.net > 0) && parts.every((l) => l.net >= 0)) parts = parts.map(negatedLine);
    // some refunds have the sign on the money only: what came back came back in pieces too
    if (kind === 'refund') parts = parts?.map((l) => (l.net < 0 && l.qtyMilli > 0 ? { ...l, qtyMilli: -l.qtyMilli } : l)) ?? null;
    if (kind === 'refund' && totals?.refunded) {
      // a refund of an amount, not of items
      if (amounts.net === 0) amounts = { ...amounts, gross: cents(-totals.refunded), net: cents(-totals.refunded) };
      totals = { ...totals, refunded: cents(0) };
    }
    const status = this.status(rows);
    if (kind === 'sale') totals = this.givenBack(status, amounts, totals);
    const customerId = this.has.customerId ? this.firstId(rows) : null;
    return {
      id,
      receiptNo: this.receipt(rows),
      kind,
      status,
      occurredAt: at,
      shopDay: day,
      timeKnown,
      customerId,
      person: this.person(rows, customerId),
      amounts,
      lines: parts,
      linesRank: this.lines.rank,
      totals,
      cardLast4: this.first(rows, 'cardLast4')?.match(/(\d{4})(?:\.0)?$/)?.[1] ?? null,
      channel: this.first(rows, 'channel'),
      register: this.first(rows, 'register'),
      staff: this.first(rows, 'staff'),
      rows: group.map((r) => r.row),
      payments: this.shape === 'payment' ? this.payments(id, rows) : null,
      rank: this.rank,
    };
  }

  /** Null when a payment has no number of its own, or only its receipt's. */
  private payments(id: string, rows: readonly StagedRow[]): string[] | null {
    const ids = new Set(rows.map((r) => this.cells.text(r, 'paymentId')));
    if (ids.has('') || (ids.size === 1 && ids.has(id))) return null;
    return [...ids].map((p) => contentHash(p).slice(0, 8)).sort();
  }

  private only(rows: readonly StagedRow[], test: RowTest | null): readonly StagedRow[] {
    if (!test) return rows;
    const some = rows.filter((r) => test.holds(r));
    return some.length || test === this.lineRows ? some : rows;
  }

  /** Of a receipt told twice the last row; of its lines and payments those that stand, if any does: the others are left out. */
  private standing(rows: readonly StagedRow[]): readonly StagedRow[] {
    if (this.shape === 'receipt') return [this.totals.standing(rows)];
    const { void: voided } = this;
    let good = voided ? rows.filter((r) => !voided.holds(r)) : rows;
    if (this.shape === 'payment' && this.has.status) good = good.filter((r) => counts(this.stateOf(r) ?? 'completed'));
    if (!good.length || good.length === rows.length) return rows;
    this.ignored += rows.length - good.length;
    return good;
  }

  private amounts(
    rows: readonly StagedRow[],
    heads: readonly StagedRow[],
    lines: LinesRead | null,
  ): { amounts: Amounts; totals: Totals | null } {
    const paid = this.shape === 'mixed' ? rows.filter((r) => !this.receipts?.holds(r) && !this.lineRows?.holds(r)) : heads;
    const whole: TotalsRead | null = this.totals.any ? this.totals.read(heads, rows, paid) : null;
    let totals = whole?.totals ?? null;
    if (!whole && (this.totals.aside || lines?.refunded)) totals = this.totals.asides(rows, paid);
    if (totals && totals.refunded === null && lines && lines.refunded !== null)
      totals = { ...totals, refunded: lines.refunded, returned: lines.refunded };
    const amounts = whole?.amounts ?? lines?.amounts;
    if (!amounts) throw new Refused(null, 'no-amount', (heads[0] as StagedRow).row);
    if (!whole || !lines?.amounts) return { amounts, totals };
    const tax = whole.taxTold ? amounts.tax : lines.amounts.tax;
    const gift = this.cells.has('giftCard') ? 0 : lines.amounts.giftCard; // sold as an item: part of the goods the receipt tells
    return {
      amounts: {
        gross: cents(amounts.gross - gift),
        discount: amounts.discount,
        net: cents(amounts.net - gift),
        tax,
        giftCard: cents(amounts.giftCard + gift),
      },
      totals,
    };
  }

  private partsOf(lines: LinesRead, amounts: Amounts): FileLine[] {
    const [only] = lines.lines;
    if (only && lines.lines.length === 1 && only.net === 0 && !lines.amounts) {
      return [{ ...only, gross: amounts.gross, discount: amounts.discount, net: amounts.net, tax: amounts.tax }];
    }
    return this.totals.any ? settleLines(lines.lines, amounts) : lines.lines;
  }

  /** Money given back, goods only: a word alone gives everything back, an amount decides how much. */
  private givenBack(told: SaleStatus | null, amounts: Amounts, totals: Totals | null): Totals | null {
    const goods = Math.max(0, amounts.net + amounts.tax);
    const back = totals?.refunded ?? null;
    // refunds that are rows of their own subtract by themselves
    if (told === 'refunded' && !back && !this.profile?.refundWhen) {
      return { ...(totals ?? NOTHING), refunded: cents(goods), returned: totals?.total ?? cents(goods) };
    }
    return totals && back !== null && back > goods ? { ...totals, refunded: cents(goods) } : totals;
  }

  private first(rows: readonly StagedRow[], field: Field): string | null {
    if (!this.cells.has(field)) return null;
    for (const r of rows) {
      const text = this.cells.text(r, field);
      if (text !== '') return text;
    }
    return null;
  }

  private firstId(rows: readonly StagedRow[]): string | null {
    for (const r of rows) {
      const id = this.cells.id(r, 'customerId');
      if (id !== null) return id;
    }
    return null;
  }

  /** The row that tells most about who bought: rows of further lines may repeat a phone number and nothing else. */
  private person(rows: readonly StagedRow[], customerId: string | null): FilePerson | null {
    if (!this.reach.length) return null;
    let best: StagedRow | null = null;
    let most = 0;
    for (const r of rows) {
      if (!this.reach.some((f) => this.cells.text(r, f) !== '')) continue;
      const told = this.who.filter((f) => this.cells.text(r, f) !== '').length;
      if (told > most) [best, most] = [r, told];
    }
    if (!best) return null;
    const person = readPerson(this.cells, best);
    return person.email || person.phone ? { ...person, sourceId: customerId } : null;
  }

  private when(r: StagedRow): ReturnType<Instants['at']> {
    const date = this.cells.date(r);
    return this.instants.at(date, this.cells.clock(r), this.zone(r, 'instant' in date || date.offset !== null));
  }

  private zone(r: StagedRow, ownOffset: boolean): Zone {
    const { shopZone } = this.cells.rules;
    const text = this.has.zone ? this.cells.text(r, 'zone') : '';
    const zone = text === '' ? null : zoneBehind(text, this.cells.rules.shopZone);
    if (text !== '' && !zone) this.cells.note(r, 'zone', 'unknown-zone');
    if (ownOffset) this.zones.offset++;
    else if (zone) this.zones.column++;
    else if (this.cells.utc) this.zones.utc++;
    else this.zones.shop++;
    return zone ?? (this.cells.utc ? ('UTC' as Zone) : shopZone);
  }

  private currency(r: StagedRow): void {
    const text = this.cells.text(r, 'currency');
    if (text && text.toUpperCase() !== this.cells.rules.currency) throw new Refused('currency', 'other-currency', r.row);
  }

  private receipt(rows: readonly StagedRow[]): string | null {
    const printed = this.first(rows, 'receiptNo');
    const length = this.profile?.receiptFromPaymentId;
    if (!length) return printed;
    let id = '';
    for (const r of rows) {
      const text = this.cells.text(r, 'paymentId');
      if (text !== '' && (id === '' || text < id)) id = text;
    }
    return id === '' ? printed : id.slice(0, length);
  }

  /** What the rows say of the receipt's state. Null = nothing. */
  private status(rows: readonly StagedRow[]): SaleStatus | null {
    const { cancelled, void: voided } = this;
    if (cancelled && rows.some((r) => cancelled.holds(r))) return 'cancelled';
    if (voided?.holds(rows[0] as StagedRow)) return this.failure(rows) ?? 'void';
    if (!this.has.status) return null;
    const told = rows.find((r) => this.cells.text(r, 'status') !== '');
    if (!told) return null;
    const status = this.stateOf(told);
    if (!status) this.cells.note(told, 'status', 'unknown-status');
    if (status !== 'pending') return status ?? 'completed';
    this.pending++;
    if (this.pendingWords.size < 3) this.pendingWords.add(this.cells.text(told, 'status'));
    return this.cells.rules.pending === 'sale' ? 'completed' : 'pending';
  }

  /** Failed and never taken is failed, not voided. */
  private failure(rows: readonly StagedRow[]): SaleStatus | null {
    const state = this.has.status ? this.stateOf(rows[0] as StagedRow) : null;
    return state === 'failed' || state === 'cancelled' ? state : null;
  }

  private stateOf(r: StagedRow): SaleStatus | null {
    const words = this.cells.text(r, 'status');
    return words === '' ? null : saleStatus(this.own.get(words.toLowerCase()) ?? words);
  }
}

/** A file that tells nothing about receipts as a whole. */
const NOTHING: Totals = {
  tip: null,
  shipping: null,
  serviceCharge: null,
  total: null,
  refunded: null,
  returned: null,
  discountCode: null,
  discountLabel: null,
  paymentMethods: '',
};

/** What voids a row, and what says that the whole receipt was cancelled. */
function voidParts(when: Conditions | undefined): Record<'void' | 'cancelled', Condition[]> {
  const all = !when ? [] : 'field' in when ? [when] : when;
  const cancelled = all.filter((c) => c.field === 'cancelledAt');
  return { cancelled, void: all.filter((c) => c.field !== 'cancelledAt') };
}

const negatedLine = (l: FileLine): FileLine => ({
  ...l,
  qtyMilli: -l.qtyMilli,
  gross: cents(-l.gross),
  net: cents(-l.net),
  tax: cents(-l.tax),
});
const negated = (a: Amounts): Amounts => ({
  gross: cents(-a.gross),
  discount: a.discount,
  net: cents(-a.net),
  tax: cents(-a.tax),
  giftCard: cents(-a.giftCard),
});

/**
 * Identity of a receipt whose till gave it no number: what it says. Equal ones are told apart by their count. `wall` is the shop's zone
 * when the file tells no other: then the clock on the wall counts, so that a shop that corrects its zone does not count them again.
 */
export function contentKey(s: FileSale, wall: Zone | null): string {
  const when = wall === null ? s.occurredAt : localTime(s.occurredAt, wall);
  return contentHash(
    JSON.stringify([when, s.timeKnown, s.kind, s.amounts, s.lines, s.customerId, s.person?.email ?? s.person?.phone ?? null]),
  );
}
