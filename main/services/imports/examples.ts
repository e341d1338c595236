import { peopleBrought, rowsChanged, type SaleNow, saleNow, salesBrought } from '@db/queries/import-examples';
import { type PlannedPerson, type PlannedSale, Staging } from '@db/queries/import-staging';
import { findImport, personRow } from '@db/queries/imports';
import { linesOf } from '@db/queries/sales';
import { AppError } from '@domain/errors';
import { usedFields } from '@domain/imports/detect';
import { explainCell, type Says } from '@domain/imports/explain';
import type { Field } from '@domain/imports/fields';
import { type SaleRow, saleDifference } from '@domain/imports/merge';
import type { PersonValues } from '@domain/imports/people';
import { counts, type SaleStatus } from '@domain/imports/states';
import type { Cents, CustomerId, ImportId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { stagingFile } from './preview';

/** How a changed value is to be said. `flag` = something changed that has no single value (the lines of a receipt). */
export type ChangeAs = 'money' | 'instant' | 'text' | 'phone' | 'flag';
export interface ValueChange {
  field: string;
  as: ChangeAs;
  before: string | number | null;
  after: string | number | null;
}
/** One sale or person as the list of examples shows it. */
export interface Example {
  key: string;
  /** Receipt number, or the person's name. */
  title: string;
  /** Whose sale it is; of a person: number or e-mail. '' = nobody known. */
  who: string;
  /** Items of the receipt, the first few. */
  items: string;
  at: UtcMs | null;
  cents: Cents | null;
  refund: boolean;
  status: SaleStatus | null;
  /** Counts as takings. */
  counted: boolean;
  changes: ValueChange[];
}

type What = 'sales' | 'people';
type Outcome = 'new' | 'changed';
interface Page {
  offset: number;
  limit: number;
}

/**
 * Sales or people of one import, a page of them, field by field: before it is carried out from its plan, afterwards from the shop
 * itself (what it brought, and what its undo log says it changed).
 */
export function importExamples(ctx: Ctx, id: ImportId, what: What, outcome: Outcome, page: Page): Example[] {
  const row = findImport(ctx.db, id);
  if (!row) throw new AppError('import.not-found');
  if (row.state === 'done') return afterwards(ctx, id, what, outcome, page);
  if (row.state !== 'previewed') return [];
  const staging = Staging.open(stagingFile(ctx, id));
  if (!staging) return [];
  try {
    return what === 'sales'
      ? staging.examples('sale', outcome, page.offset, page.limit).map((s) => plannedSale(ctx, staging, s))
      : staging.examples('person', outcome, page.offset, page.limit).map((p) => plannedPerson(ctx, p));
  } finally {
    staging.close();
  }
}

const nameOf = (p: Partial<PersonValues> | null): string =>
  [p?.first_name, p?.last_name].filter(Boolean).join(' ') || String(p?.company ?? '');
const reachOf = (p: Partial<PersonValues>): string => [p.phone, p.email].filter(Boolean).join(' · ');

function personName(ctx: Ctx, id: CustomerId | null): string {
  return id === null ? '' : nameOf(personRow(ctx.db, id));
}

function plannedSale(ctx: Ctx, staging: Staging, s: PlannedSale): Example {
  const planned = s.person === null ? null : staging.person(s.person);
  const who = planned ? (planned.action === 'new' ? nameOf(planned.values) : nameOf(planned.says)) : personName(ctx, s.customerId);
  const changes = s.was === null ? [] : saleChanges(s.was, saleDifference(s.was, s.row));
  return { ...saleOf(s.row, s.sourceSaleId, s.lines), who, changes };
}

function saleOf(row: SaleRow, key: string, lines: readonly { name: string }[] | null): Omit<Example, 'who' | 'changes'> {
  const names = (lines ?? []).map((l) => l.name).filter(Boolean);
  return {
    key,
    // keys of receipts without a number are made up; what follows ~ tells a refund from its sale
    title: row.receipt_no ?? (key.startsWith('row:') ? '' : (key.split('~')[0] ?? '')),
    items: names.length > 3 ? `${names.slice(0, 3).join(', ')} +${names.length - 3}` : names.join(', '),
    at: row.occurred_at as UtcMs,
    cents: row.net as Cents,
    refund: row.kind === 'refund',
    status: row.status,
    counted: counts(row.status),
  };
}

const MONEY = ['gross', 'discount', 'net', 'tax', 'tip', 'shipping', 'service_charge', 'gift_card', 'total', 'refunded'];
/** Follow from other columns, or only tell that something else changed. */
const SILENT = ['shop_day', 'time_known', 'updated_at', 'weak', 'phone_kind', 'import_id'];

function saleChanges(was: Record<string, unknown> | SaleRow, set: Record<string, unknown>): ValueChange[] {
  const before = was as Record<string, unknown>;
  const all = Object.entries(set).flatMap(([field, after]): ValueChange[] => {
    if (SILENT.includes(field)) return [];
    if (field === 'lines_hash') return [{ field: 'lines', as: 'flag', before: null, after: null }];
    if (field === 'totals_hash') return before[field] === null ? [{ field: 'totals', as: 'flag', before: null, after: null }] : [];
    if (field === 'customer_id') return [{ field: 'person', as: 'flag', before: null, after: null }];
    const as: ChangeAs = MONEY.includes(field) ? 'money' : field === 'occurred_at' ? 'instant' : 'text';
    return [{ field, as, before: plain(before[field]), after: plain(after) }];
  });
  // that payment details came is only worth a word when nothing of them is named
  const named = all.filter((c) => c.field !== 'totals');
  return named.length ? named : all;
}

function personChangesOf(was: Partial<PersonValues>, set: Partial<PersonValues>): ValueChange[] {
  return Object.entries(set).flatMap(([field, after]): ValueChange[] => {
    if (SILENT.includes(field)) return [];
    if (field === 'phone_raw' && 'phone' in set) return [];
    const before = was[field as keyof PersonValues];
    const text = (v: unknown) => (field === 'tags' ? tagsText(v) : plain(v));
    return [{ field, as: field === 'phone' ? 'phone' : 'text', before: text(before), after: text(after) }];
  });
}

const plain = (v: unknown): string | number | null => (v === undefined || v === null || v === '' ? null : (v as string | number));

function tagsText(v: unknown): string | null {
  if (typeof v !== 'string') return null;
  return (JSON.parse(v) as string[]).join(', ') || null;
}

const noSale = { items: '', at: null, cents: null, refund: false, status: null, counted: true } as const;

function plannedPerson(ctx: Ctx, p: PlannedPerson): Example {
  if (p.action === 'new') return { ...noSale, key: `n${p.n}`, title: nameOf(p.values), who: reachOf(p.values), changes: [] };
  const now: Partial<PersonValues> = personRow(ctx.db, p.customerId) ?? p.says;
  const changes = personChangesOf(p.was, p.set);
  const tied: ValueChange = { field: 'till-id', as: 'flag', before: null, after: null };
  return { ...noSale, key: `n${p.n}`, title: nameOf(now), who: reachOf(now), changes: changes.length ? changes : [tied] };
}

function afterwards(ctx: Ctx, id: ImportId, what: What, outcome: Outcome, { offset, limit }: Page): Example[] {
  const { db } = ctx;
  const sale = (s: SaleNow): Omit<Example, 'changes'> => ({
    ...saleOf(s, s.source_sale_id, linesOf(db, s.id)),
    key: `s${s.id}`,
    who: personName(ctx, s.customer_id),
  });
  const person = (p: PersonValues, key: number) => ({ ...noSale, key: `p${key}`, title: nameOf(p), who: reachOf(p) });
  if (outcome === 'new') {
    return what === 'sales'
      ? salesBrought(db, id, offset, limit).map((s) => ({ ...sale(s), changes: [] }))
      : peopleBrought(db, id, offset, limit).map((p) => ({ ...person(p, p.id), changes: [] }));
  }
  return rowsChanged(db, id, what === 'sales' ? 'sale' : 'customer', offset, limit).flatMap(({ key, was, set }): Example[] => {
    if (what === 'people') {
      const now = personRow(db, key as CustomerId);
      return now ? [{ ...person(now, key), changes: personChangesOf(was as Partial<PersonValues>, set as Partial<PersonValues>) }] : [];
    }
    const now = saleNow(db, key);
    return now ? [{ ...sale(now), changes: saleChanges(was, set) }] : [];
  });
}

export interface FirstRows {
  columns: { field: Field; name: string }[];
  rows: { raw: string; says: Says }[][];
  /** Columns of the file nothing is taken from. */
  unused: string[];
}

/** The first rows of a checked file beside what they mean to us; null once the plan is gone (imported, thrown away). */
export function firstRows(ctx: Ctx, id: ImportId): FirstRows | null {
  const row = findImport(ctx.db, id);
  if (!row) throw new AppError('import.not-found');
  if (!row.plan || row.state !== 'previewed') return null;
  const staging = Staging.open(stagingFile(ctx, id));
  if (!staging) return null;
  const { plan } = row;
  const fields = usedFields(plan.columns);
  const { country } = ctx.settings().shop;
  const used = new Set(Object.values(plan.columns).flat());
  try {
    const rows = staging
      .sample()
      .map((cells) => fields.map((f, i) => ({ raw: cells[i] ?? '', says: explainCell(f, cells[i] ?? '', plan.reading, country) })));
    return {
      columns: fields.map((field) => ({ field, name: (plan.columns[field] ?? []).map((i) => plan.columnNames[i] ?? '').join(' + ') })),
      rows,
      unused: plan.columnNames.filter((_, i) => !used.has(i)).slice(0, 100),
    };
  } finally {
    staging.close();
  }
}
