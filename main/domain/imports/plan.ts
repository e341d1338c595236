import type { DateOrder } from '../customers/birthday';
import type { Cents, UtcMs, Zone } from '../kernel';
import type { Columns, Field, Mapping } from './fields';
import type { DecimalSign } from './money';
import type { Prefer } from './people';
import type { SaleStatus } from './states';

/** Why a row was not taken. Its words: renderer/strings/imports.ts. */
export type RejectReason =
  | 'ragged'
  | 'other-table'
  | 'no-date'
  | 'bad-date'
  | 'no-amount'
  | 'bad-amount'
  | 'bad-quantity'
  | 'scientific-id'
  | 'hidden-value'
  | 'card-number'
  | 'other-currency'
  | 'nobody'
  | 'same-receipt';

/** Why one value of a row that was taken is missing. */
export type NoteReason =
  | 'bad-phone'
  | 'bad-email'
  | 'bad-birthday'
  | 'unknown-zone'
  | 'unknown-status'
  | 'scientific-id'
  | 'hidden-value'
  | 'shared-phone'
  | 'shared-email'
  | 'two-amounts'
  | 'kept-ours'
  | 'said-no';

export interface RowProblem<R extends string> {
  /** As a spreadsheet numbers rows: the header is one too, a cell with line breaks is still one row. */
  row: number;
  /** Column name, '' = the whole row. */
  column: string;
  reason: R;
}
export type Reject = RowProblem<RejectReason>;
export type Note = RowProblem<NoteReason>;

/** What the owner may decide about a file; absent = found out, or asked. */
export interface Decisions {
  encoding?: Encoding;
  delimiter?: Delimiter;
  /** Spreadsheet row of the column names; 0 = the file has none. */
  headerRow?: number;
  dateOrder?: Partial<Record<Field, DateOrder>>;
  decimal?: Partial<Record<Field, DecimalSign>>;
  /** Whether sales still 'pending' count (cash on delivery); remembered per till. */
  pending?: PendingAre;
  /** Fields of known people a file may replace, or only fill; remembered per till. */
  prefer?: Prefer;
}
export type PendingAre = 'sale' | 'open';
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Delimiter = ',' | ';' | '\t' | '|';

/** Something a file leaves open: the preview shows both readings, the import waits for the answer. */
export type Question =
  | { kind: 'date-order'; field: Field; column: string; samples: string[]; suggestion: DateOrder }
  | { kind: 'decimal'; field: Field; column: string; samples: string[]; suggestion: DecimalSign }
  | { kind: 'pending'; field: Field; column: string; samples: string[]; count: number; suggestion: PendingAre };

/** How the file was read, shown with the figures. */
export interface Reading {
  encoding: Encoding;
  /** True when no byte order mark and no valid UTF-8: the owner should look at the accents. */
  encodingGuessed: boolean;
  delimiter: Delimiter;
  headerRow: number;
  dateOrder: Partial<Record<Field, DateOrder>>;
  decimal: Partial<Record<Field, DecimalSign>>;
  /** Columns the file itself leaves open: read as the owner said of an earlier one. Absent in plans of earlier versions. */
  asBefore?: Field[];
  /** Where the times of sales come from. */
  zone: 'column' | 'offset' | 'utc' | 'shop';
  shopZone: Zone;
  currency: string;
}

export interface Tally {
  new: number;
  changed: number;
  same: number;
}

export interface MonthTotal {
  /** YYYY-MM in the shop's zone. */
  month: string;
  sales: number;
  refunds: number;
  /** Goods after discounts, before tax; refunds subtracted. */
  net: Cents;
  tax: Cents;
  /** Collected, where the file tells; else null. */
  total: Cents | null;
  /** Refunds that name neither a sale nor a known person, and what they take off `net` (0 or less); absent in plans of earlier versions. */
  looseRefunds?: number;
  looseNet?: Cents;
}

/** Rows that are no data: the column names once more, totals, kinds of rows that are neither sales nor people (payouts). */
export type SkipReason = 'header' | 'total' | 'other-kind';

export interface PlanCounts {
  rows: number;
  rejected: number;
  /** Rows that are no data: blank, totals, repeated column names, ignored kinds. */
  skipped: number;
  notes: number;
  sales: Tally;
  people: Tally;
  /** Sales of this file without a known person. */
  anonymous: number;
  refunds: number;
  /** Voided, failed, cancelled, open, pending: kept, not counted as takings. */
  excluded: number;
  /** The same by state; absent in imports of older versions, like `skippedBy`. */
  excludedBy?: Partial<Record<SaleStatus, number>>;
  skippedBy?: Partial<Record<SkipReason, number>>;
  /** Card numbers dropped before anything was written. */
  cardsDropped: number;
  rejectedBy: Partial<Record<RejectReason, number>>;
  notesBy: Partial<Record<NoteReason, number>>;
}

/** Everything the preview found out; stored with the import, and exactly this is executed. */
export interface PlanSummary {
  fileName: string;
  fileHash: string;
  fileSize: number;
  /** Profile id, or `manual:<fingerprint>`. */
  profile: string;
  source: string;
  kind: 'sales' | 'customers';
  till: string;
  title: string;
  fingerprint: string;
  mapping: Mapping | null;
  columns: Columns;
  columnNames: string[];
  decisions: Decisions;
  reading: Reading;
  questions: Question[];
  counts: PlanCounts;
  months: MonthTotal[];
  firstSaleAt: UtcMs | null;
  lastSaleAt: UtcMs | null;
  /** Registers and staff the file names, the first 20 of each. */
  registers: string[];
  staff: string[];
  /** Milliseconds each step took, for measuring. */
  took?: { scan: number; read: number; infer: number; plan: number };
}

export const noCounts = (): PlanCounts => ({
  rows: 0,
  rejected: 0,
  skipped: 0,
  notes: 0,
  sales: { new: 0, changed: 0, same: 0 },
  people: { new: 0, changed: 0, same: 0 },
  anonymous: 0,
  refunds: 0,
  excluded: 0,
  excludedBy: {},
  skippedBy: {},
  cardsDropped: 0,
  rejectedBy: {},
  notesBy: {},
});

/** Counts rows that are no data. */
export function skip(counts: PlanCounts, why: SkipReason, rows = 1): void {
  if (rows === 0) return;
  counts.skipped += rows;
  const by = counts.skippedBy ?? {};
  by[why] = (by[why] ?? 0) + rows;
  counts.skippedBy = by;
}

/** A look at a file before anything is read in full. */
export interface FileLook {
  fileName: string;
  fileSize: number;
  fingerprint: string;
  /** Recognised export, or null: the owner maps the columns. */
  profile: { id: string; till: string; title: string; kind: 'sales' | 'customers' } | null;
  encoding: Encoding;
  encodingGuessed: boolean;
  delimiter: Delimiter;
  headerRow: number;
  columns: { index: number; name: string; samples: string[] }[];
  suggestion: Mapping;
}
