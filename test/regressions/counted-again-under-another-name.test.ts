import type { Mapping } from '@domain/imports/fields';
import { expect, it } from 'vitest';
import { aFile, importFile, preview } from '../support/imports';
import { aCtx } from '../support/test-ctx';

/*
 * Story: receipts of a sheet the owner explained are known by the name they gave its till. Given another name (a slip put right, or a
 * new column in the sheet and no name at all) the next file brought last week's receipts a second time.
 */
const mapping = (till: string): Mapping => ({ kind: 'sales', till, columns: { saleId: [0], date: [1], total: [2] } as never });
const rows = (from: number, to: number, more = '') =>
  Array.from(
    { length: to - from + 1 },
    (_, i) =>
      `R${from + i},2026-11-${String(1 + ((from + i) % 14)).padStart(2, '0')} 12:${10 + ((from + i) % 50)}:00,${from + i}.50${more}`,
  );

it('receipts known under one name of the till are not taken again under another', async () => {
  const ctx = aCtx();
  await importFile(ctx, aFile(['receipt,day,paid', ...rows(1, 20), ''].join('\n')), { mapping: mapping('Corner til') });
  const renamed = aFile(['receipt,day,paid', ...rows(15, 40), ''].join('\n'));
  await expect(preview(ctx, renamed, { mapping: mapping('Corner till') })).rejects.toMatchObject({ code: 'import.other-name' });
  const wider = aFile(['receipt,day,paid,note', ...rows(15, 40, ',x'), ''].join('\n'));
  await expect(preview(ctx, wider, { mapping: mapping('') })).rejects.toMatchObject({ code: 'import.other-name' });
  const r = await importFile(ctx, renamed, { mapping: mapping('Corner til') });
  expect(r.counts?.sales).toMatchObject({ new: 20, same: 6 });
});

it('two tills that count from 1 both ways stay two tills', async () => {
  const ctx = aCtx();
  const other = (n: number) => `R${n},2026-11-02 15:${10 + n}:00,${n + 3}.25`;
  await importFile(ctx, aFile(['receipt,day,paid', ...rows(1, 20), ''].join('\n')), { mapping: mapping('Front') });
  const r = await importFile(ctx, aFile(['receipt,day,paid', ...Array.from({ length: 20 }, (_, i) => other(i + 1)), ''].join('\n')), {
    mapping: mapping('Back'),
  });
  expect(r.counts?.sales).toMatchObject({ new: 20 });
});
