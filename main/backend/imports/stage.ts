import { isCardColumn, scrubCards } from '@domain/imports/cards';
import { headerKey, readId, tidyCell } from '@domain/imports/cells';
import { type Columns, type Field, joinerOf } from '@domain/imports/fields';
import { personOrder } from '@domain/imports/people';
import type { PlanCounts, RejectReason } from '@domain/imports/plan';
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

/** Ids of a till we know are ids, whatever their digits add up to; a card number in an unknown file's id column is still one. */
const TRUSTED: readonly Field[] = ['saleId', 'paymentId', 'customerId', 'sku'];

/** Every record of a file goes through here first: card numbers and columns nobody mapped are gone behind it, and so is what is no data. */
export class Sieve {
  private readonly width: number;
  private readonly least: number;
  private readonly headerText: string | undefined;
  private readonly forbidden: readonly boolean[];
  private readonly trusted: readonly boolean[];
  private readonly picks: readonly { at: readonly number[]; joiner: string }[];
  private readonly keyAt: readonly number[];
  private id = { text: '', key: '' };

  constructor(
    private readonly input: SieveInput,
    private readonly counts: PlanCounts,
    private readonly refuse: Refuse,
  ) {
    const { table, fields, columns } = input;
    this.width = table.names.length;
    this.least = table.header ? lastNamed(table.header) + 1 : this.width;
    this.headerText = table.header?.map(headerKey).join('\u001f');
    this.forbidden = table.names.map((n) => isCardColumn(headerKey(n)));
    const trusted = new Set(table.recognised ? TRUSTED.flatMap((f) => columns[f] ?? []) : []);
    this.trusted = table.names.map((_, i) => trusted.has(i));
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
    if (row <= table.headerRow || isBlank(raw)) return null;
    if (raw[0] === table.header?.[0] && this.headerText === raw.map(headerKey).join('\u001f')) {
      counts.skipped++;
      return null;
    }
    counts.rows++;
    this.scrub(raw);
    if (raw.length < this.least || (raw.length > this.width && raw.slice(this.width).some((c) => c.trim()))) {
      if (isTotal(raw)) counts.skipped++;
      else this.refuse(row, 'ragged', raw);
      return null;
    }
    const cells = this.pick(raw);
    let key = '';
    for (const i of this.keyAt) if (key === '') key = cells[i] ?? '';
    if (key === '' && isTotal(raw)) {
      counts.skipped++;
      return null;
    }
    return { row, key: input.kind === 'sales' ? this.saleKey(key) : personOrder(cells, input.fields), cells };
  }

  private scrub(raw: string[]): void {
    const { counts } = this;
    for (let i = 0; i < raw.length; i++) {
      const cell = raw[i] as string;
      if (this.forbidden[i]) {
        if (cell !== '') counts.cardsDropped++;
        raw[i] = '';
      } else if (cell.length >= 13 && !this.trusted[i]) {
        const scrubbed = scrubCards(cell);
        counts.cardsDropped += scrubbed.found;
        if (scrubbed.found) raw[i] = scrubbed.text;
      }
    }
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

/** Exports end unnamed columns with the header; rows may leave them out. */
function lastNamed(header: readonly string[]): number {
  for (let i = header.length - 1; i >= 0; i--) if (header[i]?.trim()) return i;
  return -1;
}

function isBlank(cells: readonly string[]): boolean {
  for (const c of cells) if (c !== '' && c.trim() !== '') return false;
  return true;
}

const isTotal = (cells: readonly string[]): boolean => /^(?:grand )?(?:sub ?)?totals?:?$/i.test(cells.find((c) => c.trim())?.trim() ?? '');
