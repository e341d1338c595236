import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '@db/open';
import type { ImportId } from '@domain/kernel';
import { commitImport } from '@services/imports/commit';
import { previewImport } from '@services/imports/preview';
import { type ImportReport, importReport } from '@services/imports/report';
import { undoImport } from '@services/imports/undo';
import { owner, type TestCtx } from './test-ctx';

/** Writes a file to import. */
export function aFile(content: string | Uint8Array, name = 'export.csv'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'regulars-csv-')), name);
  writeFileSync(path, content);
  return path;
}

type Input = Parameters<typeof previewImport>[2];

export async function preview(ctx: TestCtx, path: string, more: Partial<Input> = {}): Promise<ImportReport> {
  const { id, task } = previewImport(ctx, owner, { path, ...more });
  await ctx.tasks.finished(task);
  return importReport(ctx, id);
}

/** Preview and commit in one go. */
export async function importFile(ctx: TestCtx, path: string, more: Partial<Input> = {}): Promise<ImportReport> {
  const { id } = await preview(ctx, path, more);
  await ctx.tasks.finished(commitImport(ctx, owner, { id }).task);
  return importReport(ctx, id);
}

export async function undo(ctx: TestCtx, id: ImportId): Promise<ImportReport> {
  await ctx.tasks.finished(undoImport(ctx, owner, { id }).task);
  return importReport(ctx, id);
}

/** Everything the shop file holds, but the import log, the audit trail and the list of tasks, as comparable text. */
export function dump(db: Db): string {
  const tables = db.raw
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'customer_search%' ORDER BY name",
    )
    .pluck()
    .all() as string[];
  // logs and settings, and what is derived from people in the background
  const skip = new Set([
    'import',
    'audit',
    'task',
    'column_mapping',
    'import_preference',
    'customer_merge',
    'possible_duplicate',
    'duplicate_todo',
    'article',
    'bought',
    'visit_day',
    'history_todo',
    'credit_todo',
    'campaign_outcome',
    'outcome_total',
    'outcome_state',
    'outcome_todo',
    'day_fact',
    'day_todo',
    'automation_due',
    'automation_todo',
    'loyalty_todo',
    'loyalty_walk',
    'points_account',
    'points_entry',
    'verdict_said',
  ]);
  return tables
    .filter((t) => !skip.has(t))
    .map(
      (t) =>
        `${t}\n${(db.raw.prepare(`SELECT * FROM "${t}"`).all() as object[])
          .map((r) => JSON.stringify(r))
          .sort()
          .join('\n')}`,
    )
    .join('\n\n');
}

const ITEM_HEADER =
  'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,Itemization Type,Commission,Employee,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix';
const TX_HEADER =
  'Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,Other Tender,Other Tender Type,Tender Note,Fees,Net Total,Transaction ID,Payment ID,Card Brand,PAN Suffix,Device Name,Staff Name,Staff ID,Details,Description,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Discount Name,Transaction Status';
const CUSTOMER_HEADER =
  'Reference ID,First Name,Last Name,Email Address,Phone Number,Nickname,Company Name,Street Address 1,Street Address 2,City,State,Postal Code,Birthday,Memo,Square Customer ID,Creation Source,First Visit,Last Visit,Transaction Count,Lifetime Spend,Email Subscription Status,Instant Profile,Blocked from online booking';

const table = (header: string, defaults: Record<string, string>) => (rows: Record<string, string>[]) =>
  [
    header,
    ...rows.map((r) =>
      header
        .split(',')
        .map((h) => r[h] ?? defaults[h] ?? '')
        .map((c) => (/[",\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c))
        .join(','),
    ),
    '',
  ].join('\n');

const sold = { Date: '2026-11-10', Time: '12:00:00', 'Time Zone': 'Eastern Time (US & Canada)', 'Event Type': 'Payment' };

/** Square files of our own making, in the shape of the real ones. Absent cells get ordinary values. */
export const squareItems = table(ITEM_HEADER, {
  ...sold,
  Category: 'None',
  Item: 'Boots',
  Qty: '1.0',
  'Gross Sales': '$10.00',
  Discounts: '$0.00',
  'Net Sales': '$10.00',
  Tax: '$0.80',
  'Itemization Type': 'Physical Good',
});
export const squareTransactions = table(TX_HEADER, {
  ...sold,
  'Gross Sales': '$10.00',
  Discounts: '$0.00',
  'Net Sales': '$10.00',
  'Gift Card Sales': '$0.00',
  'Service Charges': '$0.00',
  Tax: '$0.80',
  Tip: '$0.00',
  'Partial Refunds': '$0.00',
  'Total Collected': '$10.80',
  Card: '$10.80',
  Cash: '$0.00',
  'Transaction Status': 'Complete',
});
export const squareCustomers = table(CUSTOMER_HEADER, { 'Email Subscription Status': 'unknown', 'Instant Profile': 'No' });
