import type { CustomerId, SaleId } from '@domain/kernel';
import { commitImport } from '@services/imports/commit';
import { takeSale } from '@services/links/links';
import { expect, it } from 'vitest';
import { aFile, importFile, preview, squareCustomers, squareItems, squareTransactions } from '../support/imports';
import { aCtx, owner } from '../support/test-ctx';

it('a sale that was tied to somebody else between the preview and the import stays with them', async () => {
  const ctx = aCtx();
  await importFile(
    ctx,
    aFile(
      squareCustomers([
        { 'First Name': 'Ann', 'Square Customer ID': 'C1', 'Phone Number': '212-555-0101' },
        { 'First Name': 'Bob', 'Square Customer ID': 'C2', 'Phone Number': '212-555-0102' },
      ]),
    ),
  );
  await importFile(ctx, aFile(squareItems([{ 'Transaction ID': 'T1', 'Customer ID': 'C1', 'Customer Name': 'Ann' }])));
  const of = (name: string) => ctx.db.raw.prepare('SELECT id FROM customer WHERE first_name = ?').pluck().get(name) as CustomerId;
  const [ann, bob] = [of('Ann'), of('Bob')];
  const sale = ctx.db.raw.prepare('SELECT id FROM sale').pluck().get() as SaleId;
  const owner_ = () => ctx.db.raw.prepare('SELECT customer_id FROM sale').pluck().all();
  expect(owner_()).toEqual([ann]);
  const { id } = await preview(ctx, aFile(squareTransactions([{ 'Transaction ID': 'T1', 'Customer ID': 'C1', 'Customer Name': 'Ann' }])));
  takeSale(ctx, owner, { customerId: bob, saleId: sale, redemptionId: null, takeOver: true });
  expect(owner_()).toEqual([bob]);
  await ctx.tasks.finished(commitImport(ctx, owner, { id }).task);
  expect(owner_()).toEqual([bob]);
});
