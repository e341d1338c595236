import { readRecords } from '@adapters/csv/read';
import type { Staging } from '@db/queries/import-staging';
import { isCardColumn, scrubCards } from '@domain/imports/cards';
import { headerKey, readId, tidyCell } from '@domain/imports/cells';
import { type Columns, type Field, joinerOf } from '@domain/imports/fields';
import { FormatEvidence } from '@domain/imports/formats';
import { personOrder } from '@domain/imports/people';
import type { PlanCounts, RejectReason } from '@domain/imports/plan';
import type { OpenTable } from './table';

export interface StageInput {
  table: OpenTable;
  staging: Staging;
  kind: 'sales' | 'customers';
  fields: readonly Field[];
  columns: Columns;
  tenders: readonly { label: string; column: number }[];
  counts: PlanCounts;
  signal: AbortSignal;
  onBytes: (bytes: number) => void;
}

/** Ids of a till we know are ids, whatever their digits add up to; a card number in an unknown file's id column is still one. */
const TRUSTED: readonly Field[] = ['saleId', 'paymentId', 'customerId', 'sku'];

/**
 * First pass: every record of the file goes through the card scrub, loses the columns nobody mapped and is stored by its key.
 * What the columns prove about decimal signs and day/month order is gathered on the way.
 */
export async function stageRows(input: StageInput): Promise<FormatEvidence> {
  const { table, staging, fields, columns, counts } = input;
  const evidence = new FormatEvidence(fields);
  const width = table.names.length;
  const least = table.header ? lastNamed(table.header) + 1 : width;
  const headerText = table.header?.map(headerKey).join('\u001f');
  const forbidden = table.names.map((n) => isCardColumn(headerKey(n)));
  const trusted = new Set(table.recognised ? TRUSTED.flatMap((f) => columns[f] ?? []) : []);
  const picks = fields.map((f) => ({ at: columns[f] ?? [], joiner: joinerOf(f) }));
  const keyAt = keyColumns(input);

  const reject = (row: number, reason: RejectReason, cells: readonly string[]) => {
    counts.rejected++;
    counts.rejectedBy[reason] = (counts.rejectedBy[reason] ?? 0) + 1;
    staging.addProblems('rejected', [{ row, column: '', reason }], cells);
  };

  const options = { encoding: table.encoding, delimiter: table.delimiter, signal: input.signal, onBytes: input.onBytes };
  for await (const batch of readRecords(table.path, options)) {
    const out: { row: number; key: string; cells: string[] }[] = [];
    for (const [n, raw] of batch.rows.entries()) {
      const row = batch.firstRow + n;
      if (row <= table.headerRow) continue;
      if (raw.every((c) => c === '' || c.trim() === '')) continue;
      if (raw[0] === table.header?.[0] && headerText === raw.map(headerKey).join('\u001f')) {
        counts.skipped++;
        continue;
      }
      counts.rows++;
      for (let i = 0; i < raw.length; i++) {
        const cell = raw[i] as string;
        if (forbidden[i]) {
          if (cell !== '') counts.cardsDropped++;
          raw[i] = '';
        } else if (cell.length >= 13 && !trusted.has(i)) {
          const scrubbed = scrubCards(cell);
          counts.cardsDropped += scrubbed.found;
          if (scrubbed.found) raw[i] = scrubbed.text;
        }
      }
      if (raw.length < least || (raw.length > width && raw.slice(width).some((c) => c.trim()))) {
        if (isTotal(raw)) counts.skipped++;
        else reject(row, 'ragged', raw);
        continue;
      }
      const cells = picks.map((p) => {
        if (p.at.length === 1) return tidyCell(raw[p.at[0] as number] ?? '');
        return p.at
          .map((i) => tidyCell(raw[i] ?? ''))
          .filter(Boolean)
          .join(p.joiner);
      });
      const key = keyAt.map((i) => cells[i] ?? '').find(Boolean) ?? '';
      if (!key && isTotal(raw)) {
        counts.skipped++;
        continue;
      }
      evidence.observe(cells);
      for (const t of input.tenders) cells.push(tidyCell(raw[t.column] ?? ''));
      const id = input.kind === 'sales' && key ? readId(key) : null;
      out.push({ row, key: id?.ok ? id.id : input.kind === 'customers' ? personOrder(cells, fields) : key, cells });
    }
    staging.addCells(out);
  }
  return evidence;
}

/** Where the cells that group rows stand: a receipt's number, or the best there is of a person. */
function keyColumns(input: StageInput): number[] {
  const wanted: readonly Field[] =
    input.kind === 'sales' ? ['saleId'] : ['customerId', 'email', 'phone', 'fullName', 'lastName', 'firstName', 'company'];
  return wanted.map((f) => input.fields.indexOf(f)).filter((i) => i >= 0);
}

/** Exports end unnamed columns with the header; rows may leave them out. */
function lastNamed(header: readonly string[]): number {
  for (let i = header.length - 1; i >= 0; i--) if (header[i]?.trim()) return i;
  return -1;
}

const isTotal = (cells: readonly string[]): boolean => /^(?:grand )?(?:sub ?)?totals?:?$/i.test(cells.find((c) => c.trim())?.trim() ?? '');
