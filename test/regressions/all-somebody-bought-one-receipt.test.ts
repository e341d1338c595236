import { openTable } from '@backend/imports/table';
import { suggestMapping } from '@domain/imports/suggest';
import { expect, it } from 'vitest';
import { aFile, importFile } from '../support/imports';
import { aCtx } from '../support/test-ctx';
import { allSales } from '../support/tills';

async function asGuessed(text: string) {
  const ctx = aCtx();
  const path = aFile(text);
  const table = await openTable(path, {});
  await importFile(ctx, path, { mapping: suggestMapping(table.names, table.sample.slice(0, 20)) });
  return allSales(ctx);
}

/*
 * Story: an owner's notebook of sales had the columns Date, Name and Amount. The first guess took the name for the receipt's number, as
 * one shop system calls it. Everything Ann ever bought became one receipt of one day, and of two equal amounts one was lost.
 */
it('a column of people’s names is no receipt number', async () => {
  const sales = await asGuessed('Date,Name,Amount\n2026-11-02,Ann Lee,12.00\n2026-11-09,Ann Lee,12.00\n2026-11-10,Bob Ray,5.00\n');
  expect(sales.map((s) => [s['shop_day'], s['net']]).sort()).toEqual([
    ['2026-11-02', 1200],
    ['2026-11-09', 1200],
    ['2026-11-10', 500],
  ]);
});

/* Story: a sheet of one row per article. Its amounts were taken for the receipt's own, told twice: of two equal teas one was lost. */
it('two equal articles on one receipt are two', async () => {
  const sales = await asGuessed('Date,Receipt,Item,Amount\n2026-11-02,7,Tea,4.50\n2026-11-02,7,Tea,4.50\n');
  expect(sales).toMatchObject([{ source_sale_id: '7', net: 900 }]);
});
