import type { CardScrub } from '@domain/imports/cards';
import { readId, tidyCell } from '@domain/imports/cells';
import { type Columns, type Field, joinerOf } from '@domain/imports/fields';
import { personOrder } from '@domain/imports/people';
import { type PlanCounts, type RejectReason, skip } from '@domain/imports/plan';
import { isTotal, TableWatch } from '@domain/imports/tables';
import type { OpenTable } from './table';

export interface SieveInput {
  table: OpenTable;
  kind: 'sales' | 'customers';
  fields: readonly Field[];
  columns: Columns;
  /** Columns outside the fields whose cells follow theirs. */
  more: readonly { column: number }[];
}

/** A record as the rest of the import sees it. `key` groups the rows of one receipt or person; '' = it stands alone. */
export interface KeyedRow {
  row: number;
  key: string;
  cells: string[];
}

export type Refuse = (row: number, reason: RejectReason, cells: readonly string[]) => void;

/** Every record of a file goes through here first: card numbers and columns nobody mapped are gone behind it, and so is what is no data. */
export class Sieve {
  private readonly watch: TableWatch;
  private readonly cards: CardScrub;
  private readonly picks: readonly { at: readonly number[]; joiner: string }[];
  private readonly keyAt: readonly number[];
  private id = { text: '', key: '' };

  constructor(
    private readonly input: SieveInput,
    private readonly counts: PlanCounts,
    private readonly refuse: Refuse,
  ) {
    const { table, fields, columns } = input;
    this.watch = new TableWatch(table.header, table.names.length);
    this.cards = table.cards.withPhones([...(columns.phone ?? []), ...(columns.phone2 ?? [])]);
    this.picks = [
      ...fields.map((f) => ({ at: columns[f] ?? [], joiner: joinerOf(f) })),
      ...input.more.map((m) => ({ at: [m.column], joiner: '' })),
    ];
    this.keyAt = keyColumns(input);
  }

  /** Null = no data: above the header, blank, a repeated header, a total, refused. */
  take(row: number, raw: string[]): KeyedRow | null {
    const { counts, input } = this;
    const { table } = input;
    if (row <= table.headerRow) {
      if (table.otherAbove > 0 && row >= table.otherAbove && row < table.headerRow) this.takeAbove(row, raw);
      return null;
    }
    const kind = this.watch.kind(raw);
    if (kind === 'blank') return null;
    if (kind === 'header') {
      skip(counts, 'header');
      return null;
    }
    counts.rows++;
    counts.cardsDropped += this.cards.clean(raw);
    if (kind === 'total') {
      skip(counts, 'total');
      return null;
    }
    if (kind !== 'data') {
      // cells that are not in their own column may be what a forbidden column held
      this.refuse(row, kind, this.cards.hasForbidden ? [] : raw);
      return null;
    }
    const cells = this.pick(raw);
    let key = '';
    for (const i of this.keyAt) if (key === '') key = cells[i] ?? '';
    if (key === '' && isTotal(raw)) {
      skip(counts, 'total');
      return null;
    }
    return { row, key: input.kind === 'sales' ? this.saleKey(key) : personOrder(cells, input.fields), cells };
  }

  /** Rows of a table that stands before the one that is read. */
  private takeAbove(row: number, raw: string[]): void {
    if (raw.every((c) => c.trim() === '')) return;
    this.counts.rows++;
    this.counts.cardsDropped += this.cards.clean(raw);
    this.refuse(row, 'other-table', this.cards.hasForbidden ? [] : raw);
  }

  private pick(raw: readonly string[]): string[] {
    const { picks } = this;
    const cells = new Array<string>(picks.length);
    for (let i = 0; i < picks.length; i++) {
      const { at, joiner } = picks[i] as (typeof picks)[number];
      cells[i] =
        at.length === 1
          ? tidyCell(raw[at[0] as number] ?? '')
          : at
              .map((c) => tidyCell(raw[c] ?? ''))
              .filter(Boolean)
              .join(joiner);
    }
    return cells;
  }

  /** Rows of one receipt follow each other: its number is looked at once. */
  private saleKey(text: string): string {
    if (text === '') return '';
    if (text !== this.id.text) {
      const id = readId(text);
      this.id = { text, key: id.ok ? id.id : text };
    }
    return this.id.key;
  }
}

/** Where the cells that group rows stand: a receipt's number, or the best there is of a person. */
function keyColumns(input: SieveInput): number[] {
  const wanted: readonly Field[] =
    input.kind === 'sales' ? ['saleId'] : ['customerId', 'email', 'phone', 'fullName', 'lastName', 'firstName', 'company'];
  return wanted.map((f) => input.fields.indexOf(f)).filter((i) => i >= 0);
}
