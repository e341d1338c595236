import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { savePrefer } from '@db/queries/import-says';
import { Staging } from '@db/queries/import-staging';
import {
  findImport,
  findMapping,
  type ImportRow,
  importEpoch,
  importsIn,
  insertImport,
  type StoredPlan,
  saveMapping,
  savePlan,
  setImportState,
} from '@db/queries/imports';
import { AppError } from '@domain/errors';
import type { Mapping } from '@domain/imports/fields';
import type { Decisions, FileLook } from '@domain/imports/plan';
import { advanceImport } from '@domain/imports/state';
import type { ImportId, TaskId } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';

/** Where the plan of an import lies. */
export const stagingFile = (ctx: Ctx, id: ImportId): string => join(ctx.dir, 'imports', `${id}.sqlite`);

/** What file it is, its columns with sample values, and the best guess at their meaning (or what the owner said last time). */
export async function inspectFile(ctx: Ctx, path: string, decisions: Decisions = {}): Promise<FileLook & { remembered: boolean }> {
  const look = await ctx.importRunner.look(path, decisions);
  const remembered = look.profile ? null : findMapping(ctx.db, look.fingerprint);
  return { ...look, suggestion: remembered ?? look.suggestion, remembered: remembered !== null };
}

/**
 * Reads the whole file and works out what it would do, without touching people or sales. The import it makes waits in state
 * 'previewed'; a new preview replaces an older one that was never carried out.
 */
export function previewImport(
  ctx: Ctx,
  session: Pick<Session, 'staffId'>,
  input: { path: string; mapping?: Mapping | null | undefined; decisions?: Decisions | undefined; keepOthers?: boolean },
): { id: ImportId; task: TaskId } {
  // what comes by itself (the watched folder) leaves alone what somebody may be looking at
  if (!input.keepOthers) for (const old of importsIn(ctx.db, ['previewed'])) discard(ctx, old);
  const now = ctx.clock.now();
  const id = insertImport(ctx.db, { fileName: basename(input.path), staffId: session.staffId, at: now });
  const { shop } = ctx.settings();
  const file = stagingFile(ctx, id);
  mkdirSync(join(ctx.dir, 'imports'), { recursive: true });
  const task = ctx.tasks.start(input.keepOthers ? 'import.look' : 'import.preview', basename(input.path), async (report, signal) => {
    try {
      const epoch = importEpoch(ctx.db);
      const plan = await ctx.importRunner.plan(
        {
          importId: id,
          path: input.path,
          stagingFile: file,
          mapping: input.mapping ?? null,
          decisions: input.decisions ?? {},
          shop: { zone: shop.zone, country: shop.country, currency: shop.currency },
          now,
        },
        (done, total) => report({ done, total }),
        signal,
      );
      signal.throwIfAborted();
      finishPreview(ctx, id, { ...plan, epoch, path: input.path });
      return { importId: id };
    } catch (error) {
      Staging.remove(file);
      const row = findImport(ctx.db, id);
      if (row?.state === 'previewing') {
        setImportState(ctx.db, id, advanceImport(row.state, signal.aborted ? 'cancel' : 'could-not-read'));
      }
      throw error;
    } finally {
      ctx.changed('imports');
    }
  });
  return { id, task };
}

function finishPreview(ctx: Ctx, id: ImportId, plan: StoredPlan): void {
  ctx.db.tx((trx) => {
    const row = findImport(trx, id);
    if (!row) throw new AppError('import.not-found');
    advanceImport(row.state, 'planned');
    savePlan(trx, id, plan);
    if (plan.kind === 'customers' && plan.decisions.prefer) savePrefer(trx, plan.source, plan.decisions.prefer, ctx.clock.now());
    if (plan.mapping) saveMapping(trx, plan.fingerprint, plan.mapping.till || plan.fileName, plan.mapping, ctx.clock.now());
  });
}

/** Throws a plan away that was never carried out. */
export function discardImport(ctx: Ctx, id: ImportId): void {
  const row = findImport(ctx.db, id);
  if (row?.state !== 'previewed') throw new AppError('import.not-found');
  discard(ctx, row);
}

function discard(ctx: Ctx, row: ImportRow): void {
  setImportState(ctx.db, row.id, advanceImport(row.state, 'cancel'));
  Staging.remove(stagingFile(ctx, row.id));
}
