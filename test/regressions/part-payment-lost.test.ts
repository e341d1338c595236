import { expect, it } from 'vitest';
import { aFile, importFile, preview, squareItems, squareTransactions } from '../support/imports';
import { aCtx } from '../support/test-ctx';
import { allSales } from '../support/tills';

const paid = (id: string, day: string, net: string, tax: string, total: string) => ({
  'Transaction ID': 'T1',
  'Payment ID': id,
  Date: day,
  'Gross Sales': net,
  'Net Sales': net,
  Tax: tax,
  'Total Collected': total,
  Card: total,
});

it('a sale paid in October and November is both payments, though each month’s file holds one', async () => {
  const october = aFile(squareTransactions([paid('p1', '2026-10-30', '$40.00', '$3.20', '$43.20')]));
  const november = aFile(squareTransactions([paid('p2', '2026-11-03', '$60.00', '$4.80', '$64.80')]));
  const items = aFile(
    squareItems([{ 'Transaction ID': 'T1', Date: '2026-10-30', 'Gross Sales': '$100.00', 'Net Sales': '$100.00', Tax: '$8.00' }]),
  );
  for (const files of [
    [october, items, november],
    [november, october, items],
    [items, november, october],
  ]) {
    const ctx = aCtx();
    for (const f of files) await importFile(ctx, f);
    expect(allSales(ctx)).toMatchObject([{ net: 10_000, tax: 800, total: 10_800, shop_day: '2026-10-30', receipt_no: 'p1' }]);
    for (const f of files) expect((await preview(ctx, f)).counts?.sales).toEqual({ new: 0, changed: 0, same: 1 });
  }
});
