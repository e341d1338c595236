import { expect, it } from 'vitest';
import { aFile, importFile, squareItems, squareTransactions, undo } from '../support/imports';
import { aCtx, type TestCtx } from '../support/test-ctx';

const lines = (ctx: TestCtx) => ctx.db.raw.prepare('SELECT name, net FROM sale_line ORDER BY sale_id, line_no').raw().all();
const boots = { 'Transaction ID': 'T1', Item: 'Boots' };
const socks = { ...boots, Item: 'Socks', 'Gross Sales': '$5.00', 'Net Sales': '$5.00', Tax: '$0.40' };
const paid = {
  'Transaction ID': 'T1',
  'Gross Sales': '$15.00',
  'Net Sales': '$15.00',
  Tax: '$1.20',
  Card: '$16.20',
  'Total Collected': '$16.20',
};

it('undo of an import between two others does not leave a receipt with the lines of one and the amounts of the other', async () => {
  const ctx = aCtx();
  await importFile(ctx, aFile(squareItems([boots])));
  const whole = aFile(squareItems([boots, socks]));
  const { id } = await importFile(ctx, whole);
  await importFile(ctx, aFile(squareTransactions([paid])));
  await undo(ctx, id);
  const sale = ctx.db.raw.prepare('SELECT net FROM sale').pluck().all();
  const sum = (lines(ctx) as [string, number][]).reduce((n, [, net]) => n + net, 0);
  expect(sale).toEqual([sum]);
  await importFile(ctx, whole); // and the file can always put it right
  expect(lines(ctx)).toEqual([
    ['Boots', 1000],
    ['Socks', 500],
  ]);
});
