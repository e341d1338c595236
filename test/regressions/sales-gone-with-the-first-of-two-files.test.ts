import { importReport } from '@services/imports/report';
import { expect, it } from 'vitest';
import { aFile, importFile, squareItems, undo } from '../support/imports';
import { aCtx } from '../support/test-ctx';

/** Two weekly files overlapped; taking the first back silently took days with it that the second had told too. */
it('undoing a file names the later ones that told the same sales, and importing them once more brings those back', async () => {
  const ctx = aCtx();
  const sale = (id: string, day: string) => ({ 'Transaction ID': id, Date: day, 'Gross Sales': '$5.00', 'Net Sales': '$5.00' });
  const week = [sale('A', '2026-10-05'), sale('B', '2026-10-09')];
  const next = [sale('B', '2026-10-09'), sale('C', '2026-10-14')];
  const later = aFile(squareItems(next), 'next-week.csv');
  const first = await importFile(ctx, aFile(squareItems(week), 'week.csv'));
  expect(first.alsoToldBy).toEqual([]);
  await importFile(ctx, later);
  await importFile(ctx, aFile(squareItems([sale('Z', '2026-11-02')]), 'month-after.csv'));
  expect(importReport(ctx, first.id).alsoToldBy).toEqual(['next-week.csv']);

  expect((await undo(ctx, first.id)).alsoToldBy).toEqual(['next-week.csv']);
  const ids = () => ctx.db.prepare('SELECT source_sale_id FROM sale ORDER BY 1').pluck().all();
  expect(ids()).toEqual(['C', 'Z']);
  await importFile(ctx, later);
  expect(ids()).toEqual(['B', 'C', 'Z']);
});
