import { AppError } from '@domain/errors';
import { commitImport } from '@services/imports/commit';
import { previewImport } from '@services/imports/preview';
import { undoImport } from '@services/imports/undo';
import { expect, it } from 'vitest';
import { aFile, importFile, preview, squareItems } from '../support/imports';
import { aCtx, owner } from '../support/test-ctx';

/*
 * Story: October is in. The owner previews October and November together (October: "already known"), presses undo on the old October
 * file and, while that still runs, import on the new one. The receipts known a moment ago were taken back, the new import had left
 * them out, and October was gone while both screens said "done".
 */
const october = { 'Transaction ID': 'OCT1', Date: '2026-10-10', 'Net Sales': '$10.00' };
const november = { 'Transaction ID': 'NOV1', Date: '2026-11-10', 'Net Sales': '$20.00' };
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'nothing';
  } catch (e) {
    return e instanceof AppError ? e.code : String(e);
  }
};

it('an import does not start while another is being taken back, and not on a plan from before', async () => {
  const ctx = aCtx();
  const old = await importFile(ctx, aFile(squareItems([october])));
  const both = aFile(squareItems([october, november]));
  const { id } = await preview(ctx, both);
  const undoing = undoImport(ctx, owner, { id: old.id }).task;
  expect(codeOf(() => commitImport(ctx, owner, { id }))).toBe('task.already-running');
  await ctx.tasks.finished(undoing);
  expect(codeOf(() => commitImport(ctx, owner, { id }))).toBe('import.shop-changed');
  await importFile(ctx, both);
  expect(ctx.db.raw.prepare('SELECT source_sale_id FROM sale ORDER BY 1').pluck().all()).toHaveLength(2);
});

it('an undo does not start while an import is being written, and a plan made in the middle of one is not carried out', async () => {
  const ctx = aCtx();
  const first = await importFile(ctx, aFile(squareItems([october])));
  const next = await preview(ctx, aFile(squareItems([november])));
  const writing = commitImport(ctx, owner, { id: next.id }).task;
  expect(codeOf(() => undoImport(ctx, owner, { id: first.id }))).toBe('task.already-running');
  const middle = previewImport(ctx, owner, { path: aFile(squareItems([october, november])) });
  ctx.tasks.cancel(writing);
  await ctx.tasks.finished(writing).catch(() => undefined);
  await ctx.tasks.finished(middle.task);
  expect(codeOf(() => commitImport(ctx, owner, { id: middle.id }))).toBe('import.shop-changed');
});
