import type { CustomerId, SaleId } from '@domain/kernel';
import { commitImport } from '@services/imports/commit';
import { takeSale, undoLink } from '@services/links/links';
import { expect, it } from 'vitest';
import { aFile, importFile, preview, squareCustomers, squareItems } from '../support/imports';
import { aCtx, owner } from '../support/test-ctx';

it('a link undone while a file is being imported does not leave new sales with the wrong person', async () => {
  const ctx = aCtx();
  await importFile(ctx, aFile(squareCustomers([{ 'First Name': 'Bob', 'Square Customer ID': 'C2', 'Phone Number': '212-555-0102' }])));
  const rows = (n: number) => Array.from({ length: n }, (_, i) => ({ 'Transaction ID': `T${i}`, 'Customer ID': 'C1' }));
  await importFile(ctx, aFile(squareItems(rows(1))));
  const [sale, bob] = [1 as SaleId, 1 as CustomerId];
  const { linkId } = takeSale(ctx, owner, { customerId: bob, saleId: sale, redemptionId: null });
  const { id } = await preview(ctx, aFile(squareItems(rows(300))));
  const importing = ctx.tasks.finished(commitImport(ctx, owner, { id }).task);
  let refused = false;
  try {
    undoLink(ctx, owner, linkId);
  } catch {
    refused = true;
  }
  await importing;
  if (refused) undoLink(ctx, owner, linkId);
  expect(ctx.db.raw.prepare('SELECT count(*) FROM sale WHERE customer_id = ?').pluck().get(bob)).toBe(0);
});
