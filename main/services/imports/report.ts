import { Staging } from '@db/queries/import-staging';
import { alsoToldBy, findImport, type ImportRow, importEpoch, listImports as listRows, sameFileImported } from '@db/queries/imports';
import { AppError } from '@domain/errors';
import { csvCell } from '@domain/imports/cells';
import type { ImportId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { stagingFile } from './preview';

export interface ImportReport extends ImportRow {
  /** When the same bytes were imported before and are still in the shop. */
  sameFileAt: UtcMs | null;
  /** False when something was imported or undone since: check the file again. */
  current: boolean;
  /** Later files that told some of the same sales: after an undo they are to be imported once more. */
  alsoToldBy: string[];
}

/** Newest first; previews that were never carried out and cancelled ones are not listed. */
export function listImports(ctx: Ctx, page: { offset: number; limit: number }): { rows: ImportRow[]; total: number } {
  return listRows(ctx.db, page);
}

/** Everything about one import: the plan's figures before, what came of it after. */
export function importReport(ctx: Ctx, id: ImportId): ImportReport {
  const row = findImport(ctx.db, id);
  if (!row) throw new AppError('import.not-found');
  const twin = row.fileHash ? sameFileImported(ctx.db, row.fileHash, id) : null;
  const current = row.state !== 'previewed' || row.plan?.epoch === importEpoch(ctx.db);
  const taken = row.state === 'done' || row.state === 'undone';
  return { ...row, sameFileAt: twin?.finishedAt ?? null, current, alsoToldBy: taken ? alsoToldBy(ctx.db, row) : [] };
}

export interface Problem {
  row: number;
  column: string;
  reason: string;
  values: string[] | null;
}

/** Refused rows, or values left out of rows that were taken; in row order. */
export function importProblems(ctx: Ctx, id: ImportId, kind: 'rejected' | 'note', page: { offset: number; limit: number }): Problem[] {
  const staging = Staging.open(stagingFile(ctx, id));
  if (!staging) return [];
  try {
    return staging
      .problems(kind, page.offset, page.limit)
      .map((p) => ({ row: p.row, column: p.column, reason: p.reason, values: p.cells }));
  } finally {
    staging.close();
  }
}

const MOST = 50_000;

/** The refused rows as a CSV to mend and import again. Cells a spreadsheet would run are defused; `words` names the reasons. */
export function rejectedRowsCsv(ctx: Ctx, id: ImportId, words: Readonly<Record<string, string>>): { name: string; text: string } {
  const row = findImport(ctx.db, id);
  if (!row) throw new AppError('import.not-found');
  const lines = ['Row,Column,Why,Values'];
  for (const p of importProblems(ctx, id, 'rejected', { offset: 0, limit: MOST })) {
    lines.push([p.row, p.column, words[p.reason] ?? p.reason, ...(p.values ?? [])].map((c) => csvCell(c)).join(','));
  }
  const base = row.fileName.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N} _-]/gu, '') || 'import';
  return { name: `${base} - rows not taken.csv`, text: `\ufeff${lines.join('\r\n')}\r\n` };
}
