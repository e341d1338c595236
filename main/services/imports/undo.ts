import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Staging } from '@db/queries/import-staging';
import { findImport, type ImportRow, importsIn, markUndoBegun, setImportState } from '@db/queries/imports';
import { audit } from '@db/queries/staff';
import { taskRuns } from '@db/queries/tasks';
import { AppError } from '@domain/errors';
import { advanceImport } from '@domain/imports/state';
import type { ImportId, StaffId, TaskId } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { stagingFile } from './preview';
import { refuseBeside, takeBack } from './take-back';

/** How many kept rows are named one by one; beyond that the number tells. */
const NAMED = 500;

/**
 * Takes back what an import brought and changed. Rows used since stay and are listed in the import's report.
 * @throws AppError import.not-found | import.not-undoable | task.already-running
 */
export function undoImport(ctx: Ctx, session: Pick<Session, 'staffId'>, input: { id: ImportId }): { task: TaskId } {
  const row = findImport(ctx.db, input.id);
  if (!row) throw new AppError('import.not-found');
  advanceImport(row.state, 'undo');
  refuseBeside(ctx, row.id);
  // permissions being written from this file would come after those that were taken back with it
  if (taskRuns(ctx.db, 'consent.attest')) throw new AppError('task.already-running', { kind: 'consent.attest' });
  const task = ctx.tasks.start('import.undo', row.fileName, () => undo(ctx, row, session.staffId), { exclusive: true });
  return { task };
}

async function undo(ctx: Ctx, row: ImportRow, staffId: StaffId | null): Promise<{ importId: ImportId; kept: number }> {
  markUndoBegun(ctx.db, row.id, ctx.clock.now());
  try {
    const kept = await takeBack(ctx, row.id);
    const now = ctx.clock.now();
    ctx.db.tx((trx) => {
      const counts = row.counts ? { counts: { ...row.counts, kept: kept.slice(0, NAMED), keptTotal: kept.length } } : {};
      setImportState(trx, row.id, advanceImport(row.state, 'undo'), { undoneAt: now, ...counts });
      audit(trx, { at: now, staffId, action: 'import.undone', subject: String(row.id), detail: { kept: kept.length } });
    });
    Staging.remove(stagingFile(ctx, row.id));
    return { importId: row.id, kept: kept.length };
  } finally {
    ctx.changed('customers', 'imports', 'reports');
  }
}

/**
 * After a crash: previews that were cut off are dropped, an import cut off half-way is taken back, an undo cut off is finished.
 * Plans nobody can carry out any more are removed. Only while nothing is being imported.
 */
export async function recoverImports(ctx: Ctx): Promise<void> {
  for (const row of importsIn(ctx.db, ['previewing'])) {
    setImportState(ctx.db, row.id, advanceImport(row.state, 'cancel'));
    Staging.remove(stagingFile(ctx, row.id));
  }
  for (const row of importsIn(ctx.db, ['committing'])) {
    await takeBack(ctx, row.id);
    setImportState(ctx.db, row.id, advanceImport(row.state, 'cancel'), { finishedAt: ctx.clock.now() });
    Staging.remove(stagingFile(ctx, row.id));
    ctx.log.warn('import.taken-back', { id: row.id });
    ctx.changed('customers', 'imports', 'reports');
  }
  for (const row of importsIn(ctx.db, ['done'])) if (row.undoneAt !== null) await undo(ctx, row, row.staffId);
  const alive = new Set(importsIn(ctx.db, ['previewing', 'previewed', 'committing', 'done']).map((r) => `${r.id}.sqlite`));
  for (const name of filesIn(join(ctx.dir, 'imports'))) if (!alive.has(name)) Staging.remove(join(ctx.dir, 'imports', name));
}

/**
 * When the shop is opened, and now and then while it is open: a full disk stops the taking back of an import as well as the import,
 * and it is brought to its end once there is room.
 */
export async function tidyImports(ctx: Ctx): Promise<void> {
  if (!taskRuns(ctx.db, 'import.')) await recoverImports(ctx);
}

function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return []; // no import was ever made
  }
}
