import type { DateOrder } from '../customers/birthday';
import type { Cents, Zone } from '../kernel';
import { isHidden, readId } from './cells';
import { type CellInstant, type CellTime, readDate, readTime } from './dates';
import { type Field, PLUS } from './fields';
import { type DecimalSign, priceTimes, readMoney, readQuantity, saysNothing } from './money';
import type { Note, NoteReason, PendingAre, Reject, RejectReason } from './plan';
import type { Condition, Conditions, Profile, WideItems } from './profile';
import { saysUtc, zoneBehind } from './zones';

/** How to read the cells of one file: decided once per column, never per cell. */
export interface Rules {
  profile: Profile | null;
  /** Fields in the order the cells are stored; amounts by way of paying follow. */
  fields: readonly Field[];
  tenders: readonly string[];
  /** Column name(s) of each field, for messages. */
  names: Partial<Record<Field, string>>;
  dateOrder: Partial<Record<Field, DateOrder>>;
  decimal: Partial<Record<Field, DecimalSign>>;
  shopZone: Zone;
  /** ISO alpha-2, for phone numbers without a country. */
  country: string;
  /** Year of the day the file is read, for two-digit years of birth. */
  thisYear: number;
  currency: string;
  /** Minor-unit digits of the currency. */
  digits: number;
  /** Columns of items side by side (`Product Item 3 Name`), in the order their cells are stored behind `tenders`. */
  wide?: readonly WideColumn[];
  /** What the owner said about receipts still 'pending'; absent = not asked, they do not count. */
  pending?: PendingAre;
}

/** One column of the nth item written side by side on a receipt's row. */
export interface WideColumn {
  n: number;
  part: keyof WideItems;
  column: number;
}

export interface StagedRow {
  row: number;
  cells: readonly string[];
}

/** A value the file should have had: the whole row (and its receipt) is refused. */
export class Refused extends Error {
  constructor(
    readonly field: Field | null,
    readonly reason: RejectReason,
    readonly row: number,
  ) {
    super(reason);
  }
}

/** Typed access to one row's cells. */
export class RowReader {
  readonly notes: Note[] = [];
  private readonly at: Map<Field, number>;
  /** Quantities read so far: a million rows have a few dozen. */
  private readonly quantities = new Map<string, number>();
  /** Times without an offset or zone column are UTC: the profile or the column's own name says so. */
  readonly utc: boolean;
  /** Row whose zone was last found unknown: a row may be asked twice, and is told once. */
  private notedZone = 0;

  constructor(readonly rules: Rules) {
    this.at = new Map(rules.fields.map((f, i) => [f, i]));
    this.utc = rules.profile?.utc === true || saysUtc(rules.names.date ?? '');
  }

  has(field: Field): boolean {
    return this.at.has(field);
  }

  text(r: StagedRow, field: Field): string {
    const i = this.at.get(field);
    return i === undefined ? '' : (r.cells[i] ?? '');
  }

  note(r: StagedRow, field: Field | null, reason: NoteReason): void {
    this.notes.push({ row: r.row, column: this.column(field), reason });
  }

  column(field: Field | null): string {
    return field ? (this.rules.names[field] ?? field) : '';
  }

  reject(e: Refused): Reject {
    return { row: e.row, column: this.column(e.field), reason: e.reason };
  }

  /** An id that makes or breaks the row. */
  key(r: StagedRow, field: Field): string {
    const text = this.text(r, field);
    if (text === '' || isNobodysId(text, field)) return '';
    const id = readId(text);
    if (!id.ok) throw new Refused(field, id.why, r.row);
    return id.id;
  }

  /** An id we can do without: a damaged one is left out and noted. */
  id(r: StagedRow, field: Field): string | null {
    const text = this.text(r, field);
    if (text === '' || isNobodysId(text, field)) return null;
    const id = readId(text);
    if (id.ok) return id.id;
    this.note(r, field, id.why);
    return null;
  }

  /** Null = blank (which is not zero). */
  money(r: StagedRow, field: Field): Cents | null {
    const text = this.text(r, field);
    if (text === '') return null;
    const sign = this.rules.decimal[field] ?? '.';
    const value = readMoney(text, sign, this.rules.digits);
    if (value !== null) return value;
    if (saysNothing(text)) return null;
    if (isHidden(text)) throw new Refused(field, 'hidden-value', r.row);
    const sum = this.added(text, sign);
    if (sum === null) throw new Refused(field, 'bad-amount', r.row);
    return sum;
  }

  /** Amounts of several columns, added; null = one of them is none. */
  private added(text: string, sign: DecimalSign): Cents | null {
    let sum = 0;
    for (const part of text.split(PLUS)) {
      const n = readMoney(part, sign, this.rules.digits);
      if (n === null) return null;
      sum += n;
    }
    return sum as Cents;
  }

  /** An amount outside the fields (ways of paying); unreadable ones count as none. */
  amountOf(text: string, sign: DecimalSign): Cents | null {
    return saysNothing(text) ? null : readMoney(text, sign, this.rules.digits);
  }

  /** A quantity outside the fields, in thousandths. */
  quantityOf(text: string, sign: DecimalSign): number | null {
    return text === '' ? null : readQuantity(text, sign);
  }

  /** Thousandths; null = blank. */
  quantity(r: StagedRow, field: Field): number | null {
    const text = this.text(r, field);
    if (text === '') return null;
    const met = this.quantities.get(text);
    if (met !== undefined && field === 'quantity') return met;
    const value = readQuantity(text, this.rules.decimal[field] ?? '.');
    if (value === null) {
      if (saysNothing(text)) return null;
      throw new Refused(field, 'bad-quantity', r.row);
    }
    if (field === 'quantity' && this.quantities.size < 1000) this.quantities.set(text, value);
    return value;
  }

  priceTimes(r: StagedRow, field: Field, qtyMilli: number): Cents | null {
    const text = this.text(r, field);
    if (saysNothing(text)) return null;
    const value = priceTimes(text, this.rules.decimal[field] ?? '.', qtyMilli, this.rules.digits);
    if (value === null) throw new Refused(field, 'bad-amount', r.row);
    return value;
  }

  /**
   * The day of the sale and what its cells say about the time. Order of trust for the zone: an offset in the value, the file's zone
   * column, `(UTC)` in the column's name, a zone's name behind the time, the shop's.
   */
  date(r: StagedRow): CellTime | CellInstant {
    const text = this.text(r, 'date');
    if (text === '') throw new Refused('date', 'no-date', r.row);
    if (isHidden(text)) throw new Refused('date', 'hidden-value', r.row);
    const order = this.rules.dateOrder.date ?? 'mdy';
    const time = this.text(r, 'time');
    let cell = readDate(text, order);
    // a time column with a zone behind the time is read together with its date
    if (cell && time !== '' && !('instant' in cell) && readTime(time) === null) {
      const both = readDate(`${text} ${time}`, order);
      if (!both) throw new Refused('time', 'bad-date', r.row);
      cell = both;
    }
    if (!cell) throw new Refused('date', 'bad-date', r.row);
    if ('instant' in cell || cell.offset !== null || this.text(r, 'zone') !== '') return cell;
    if (cell.zone === undefined || this.utc) return cell;
    const zone = zoneBehind(cell.zone, this.rules.shopZone);
    if (!zone && this.notedZone !== r.row) this.note(r, 'date', 'unknown-zone');
    if (!zone) this.notedZone = r.row;
    return zone ? { ...cell, in: zone } : cell;
  }

  /** Seconds after midnight; null = blank, or date() has read it already. */
  clock(r: StagedRow): number | null {
    const text = this.text(r, 'time');
    if (text === '') return null;
    return readTime(text);
  }

  /** A profile's conditions made ready for this file; null = there are none, or none of their columns is in the file. */
  test(when: Conditions | undefined): RowTest | null {
    if (!when) return null;
    const known = ('field' in when ? [when] : when).flatMap((c) => {
      const at = this.at.get(c.field);
      return at === undefined ? [] : [{ at, condition: c }];
    });
    return known.length ? new RowTest(known) : null;
  }

  /** True when one of the conditions holds for the row. */
  matches(r: StagedRow, when: Conditions | undefined): boolean {
    return this.test(when)?.holds(r) ?? false;
  }
}

/** Shop systems write 0 for a guest: all guests would be one person. */
const isNobodysId = (text: string, field: Field): boolean =>
  field === 'customerId' && (text === '0' || text === '0.0' || (text.length < 20 && NOBODY.test(text)));
/** What tills and shops write on a sale to nobody in particular; Lightspeed X-Series: `WALKIN`. */
const NOBODY =
  /^(?:walk[\s_-]?in(?:[\s_-]customer)?|guest(?: customer)?|cash(?:[\s_-](?:customer|sale))?|anonymous|unknown|none|null|n\/a|-+|no customer|default customer|laufkunde|laufkundschaft|barverkauf|gast)$/i;

function judged(condition: Condition, text: string): boolean {
  if ('not' in condition) return !condition.not.includes(text.toLowerCase());
  const { is } = condition;
  return typeof is === 'string' ? (text !== '') === (is === 'filled') : is.includes(text.toLowerCase());
}

/** Conditions on the cells of a row; the few different values of such columns are judged once. */
export class RowTest {
  private readonly seen: Map<string, boolean>[];

  constructor(private readonly parts: readonly { at: number; condition: Condition }[]) {
    this.seen = parts.map(() => new Map());
  }

  holds(r: StagedRow): boolean {
    for (let i = 0; i < this.parts.length; i++) {
      const part = this.parts[i] as (typeof this.parts)[number];
      const seen = this.seen[i] as Map<string, boolean>;
      const text = r.cells[part.at] ?? '';
      let holds = seen.get(text);
      if (holds === undefined) {
        holds = judged(part.condition, text);
        if (seen.size > 500) seen.clear();
        seen.set(text, holds);
      }
      if (holds) return true;
    }
    return false;
  }
}
