import type { CustomerId } from '@domain/kernel';
import { previewLink } from '@services/links/links';
import { expect, it } from 'vitest';
import { aFile, importFile } from '../support/imports';
import { aCtx } from '../support/test-ctx';
import { vend } from '../support/tills';

/*
 * Story: Lightspeed X-Series writes the code of its default customer (`WALKIN`) on every sale without one, and people's own sheets say
 * Guest or Cash. One receipt number gave the person who showed it the purchases of every passer-by, with all their takings.
 */
it('sales of nobody in particular are nobody’s: a receipt of one of them ties that one only', async () => {
  const ctx = aCtx();
  const sale = (no: string, code: string) => [
    { 'Receipt Number': no, 'Line Type': 'Sale', 'Customer Code': code, Subtotal: '10.00', 'Sales Tax': '0.80', Total: '10.80' },
    { 'Receipt Number': no, 'Line Type': 'Sale Line', Quantity: '1', Subtotal: '10.00', 'Sales Tax': '0.80', Details: 'Boots', Sku: 'B1' },
  ];
  await importFile(ctx, aFile(vend.sales(['WALKIN', 'WALKIN', 'walk-in', 'ANN-1AB2'].flatMap((code, i) => sale(String(i + 1), code)))));
  ctx.db.raw.exec("INSERT INTO customer (id, first_name, created_at, updated_at) VALUES (1, 'Ana', 0, 0)");
  const ids = ctx.db.raw.prepare('SELECT source_customer_id FROM sale ORDER BY receipt_no').pluck().all();
  expect(ids).toEqual([null, null, null, 'ANN-1AB2']);
  expect(previewLink(ctx, 1 as CustomerId, 1 as never)).toMatchObject({ sales: 1, onlyThis: true });
  await importFile(
    ctx,
    aFile('Receipt,Day,Amount,Customer\n1,2026-11-02,5.00,Guest\n2,2026-11-03,5.00,Cash customer\n3,2026-11-04,5.00,C-17\n'),
    {
      mapping: { kind: 'sales', till: 'own', columns: { saleId: [0], date: [1], total: [2], customerId: [3] } },
    },
  );
  const own = ctx.db.raw.prepare("SELECT source_customer_id FROM sale WHERE source LIKE 'csv:%' ORDER BY source_sale_id").pluck().all();
  expect(own).toEqual([null, null, 'C-17']);
});
