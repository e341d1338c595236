import { expect, it } from 'vitest';
import { aFile, importFile, squareItems, squareTransactions, undo } from '../support/imports';
import { aCtx } from '../support/test-ctx';

/*
 * Story: two exports of the wrong shop were imported and then taken back, the older first. Its receipts were kept, because the newer
 * had changed them, and nothing took them away when the newer was taken back too: sales of an undone import, in the takings for ever.
 */
it('receipts that two imports told of are gone when both are taken back, in either order', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ] as const) {
    const ctx = aCtx();
    const items = await importFile(ctx, aFile(squareItems([{ 'Transaction ID': 'T1' }, { 'Transaction ID': 'T2' }])));
    const paid = await importFile(ctx, aFile(squareTransactions([{ 'Transaction ID': 'T1', 'Staff Name': 'Mei' }])));
    const ids = [items.id, paid.id] as const;
    for (const i of order) await undo(ctx, ids[i]);
    expect(ctx.db.raw.prepare('SELECT source_sale_id FROM sale').all(), order.join()).toEqual([]);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM sale_line').pluck().get()).toBe(0);
  }
});

it('one that was redeemed since stays, whichever is taken back', async () => {
  const ctx = aCtx();
  const items = await importFile(ctx, aFile(squareItems([{ 'Transaction ID': 'T1' }])));
  const paid = await importFile(ctx, aFile(squareTransactions([{ 'Transaction ID': 'T1', 'Staff Name': 'Mei' }])));
  ctx.db.raw.exec('UPDATE sale SET is_gift = 1');
  await undo(ctx, items.id);
  await undo(ctx, paid.id);
  expect(ctx.db.raw.prepare('SELECT source_sale_id FROM sale').pluck().all()).toEqual(['T1']);
});

it('and one that a later file told of again stays', async () => {
  const ctx = aCtx();
  const file = aFile(squareItems([{ 'Transaction ID': 'T1' }]));
  const items = await importFile(ctx, file);
  const paid = await importFile(ctx, aFile(squareTransactions([{ 'Transaction ID': 'T1', 'Staff Name': 'Mei' }])));
  await undo(ctx, items.id);
  await importFile(ctx, file);
  await undo(ctx, paid.id);
  expect(ctx.db.raw.prepare('SELECT source_sale_id FROM sale').pluck().all()).toEqual(['T1']);
});
