import type { DateOrder } from '../customers/birthday';
import type { Cents, Zone } from '../kernel';
import { isHidden, readId } from './cells';
import { type CellInstant, type CellTime, readDate, readTime } from './dates';
import { type Field, PLUS } from './fields';
import { type DecimalSign, priceTimes, readMoney, readQuantity } from './money';
import type { Note, NoteReason, Reject, RejectReason } from './plan';
import type { Condition, Conditions, Profile } from './profile';

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

  constructor(readonly rules: Rules) {
    this.at = new Map(rules.fields.map((f, i) => [f, i]));
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
    if (text === '') return '';
    const id = readId(text);
    if (!id.ok) throw new Refused(field, id.why, r.row);
    return id.id;
  }

  /** An id we can do without: a damaged one is left out and noted. */
  id(r: StagedRow, field: Field): string | null {
    const text = this.text(r, field);
    if (text === '') return null;
    const id = readId(text);
    if (id.ok) return id.id;
    this.note(r, field, id.why);
    return null;
  }

  /** Null = blank (which is not zero). */
  money(r: StagedRow, field: Field): Cents | null {
    const text = this.text(r, field);
    if (text === '') return null;
    if (isHidden(text)) throw new Refused(field, 'hidden-value', r.row);
    const sign = this.rules.decimal[field] ?? '.';
    const value = readMoney(text, sign, this.rules.digits) ?? this.added(text, sign);
    if (value === null) throw new Refused(field, 'bad-amount', r.row);
    return value;
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
  amountOf(text: string, sign: DecimalSign, digits: number): Cents | null {
    return text === '' ? null : readMoney(text, sign, digits);
  }

  /** Thousandths; null = blank. */
  quantity(r: StagedRow, field: Field): number | null {
    const text = this.text(r, field);
    if (text === '') return null;
    const value = readQuantity(text, this.rules.decimal[field] ?? '.');
    if (value === null) throw new Refused(field, 'bad-quantity', r.row);
    return value;
  }

  priceTimes(r: StagedRow, field: Field, qtyMilli: number): Cents | null {
    const text = this.text(r, field);
    if (text === '') return null;
    const value = priceTimes(text, this.rules.decimal[field] ?? '.', qtyMilli, this.rules.digits);
    if (value === null) throw new Refused(field, 'bad-amount', r.row);
    return value;
  }

  date(r: StagedRow): CellTime | CellInstant {
    const text = this.text(r, 'date');
    if (text === '') throw new Refused('date', 'no-date', r.row);
    if (isHidden(text)) throw new Refused('date', 'hidden-value', r.row);
    const cell = readDate(text, this.rules.dateOrder.date ?? 'mdy');
    if (!cell) throw new Refused('date', 'bad-date', r.row);
    return cell;
  }

  /** Seconds after midnight; null = blank. */
  clock(r: StagedRow): number | null {
    const text = this.text(r, 'time');
    if (text === '') return null;
    const seconds = readTime(text);
    if (seconds === null) throw new Refused('time', 'bad-date', r.row);
    return seconds;
  }

  /** True when one of the conditions holds for the row. */
  matches(r: StagedRow, when: Conditions | undefined): boolean {
    if (!when) return false;
    return 'field' in when ? this.holds(r, when) : when.some((c) => this.holds(r, c));
  }

  private holds(r: StagedRow, when: Condition): boolean {
    const text = this.text(r, when.field);
    if (when.is === 'filled' || when.is === 'blank') return (text !== '') === (when.is === 'filled');
    return when.is.includes(text.toLowerCase());
  }
}
