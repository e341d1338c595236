import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '@domain/errors';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, preview, undo } from '../support/imports';
import { stripe } from '../support/shop-systems';
import { aCtx } from '../support/test-ctx';
import { allPeople, allSales } from '../support/tills';

const pos = resolve(import.meta.dirname, '../../../shared/data/pos');

describe('Stripe', () => {
  it('payments: UTC, small-letter currency, decimal commas, refunds on the charge, nothing for what was never captured', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(
        stripe.payments([
          {
            id: 'ch_1',
            Amount: '104,13',
            'Customer ID': 'cus_1',
            'Customer Email': 'ann@x.example',
            'Card Last4': '4242',
            'Amount Refunded': '0,00',
          },
          { id: 'ch_2', Amount: '20,00', 'Amount Refunded': '5,00', Status: 'Refunded' },
          { id: 'ch_3', Amount: '9,00', Status: 'Failed', Captured: 'false', 'Amount Refunded': '0,00' },
          { id: 'ch_4', Amount: '8,00', Captured: 'false', 'Amount Refunded': '0,00' },
        ]),
      ),
    );
    expect(allSales(ctx)).toMatchObject([
      {
        source_sale_id: 'ch_1',
        net: 10_413,
        occurred_at: Date.UTC(2026, 9, 4, 2, 14),
        shop_day: '2026-10-03',
        card_last4: '4242',
        source_customer_id: 'cus_1',
      },
      { source_sale_id: 'ch_2', net: 2000, refunded: 500, status: 'partially-refunded' },
      { source_sale_id: 'ch_3', status: 'failed' },
      { source_sale_id: 'ch_4', status: 'void' },
    ]);
    expect(r.plan?.reading.zone).toBe('utc');
    expect(r.counts).toMatchObject({ excluded: 2, refunds: 1, anonymous: 3 });
    expect(allPeople(ctx)).toMatchObject([{ email: 'ann@x.example' }]);
  });

  it('all transactions: charges and refunds among payouts and reserves, people from metadata', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(
        stripe.balance([
          {
            id: 'txn_1',
            Source: 'ch_1',
            Amount: '100.00',
            'donorbox_email (metadata)': 'ann@x.example',
            'donorbox_first_name (metadata)': 'Ann',
          },
          { id: 'txn_2', Source: 're_1', Type: 'refund', Amount: '-30.00' },
          { id: 'txn_3', Source: 'po_1', Type: 'payout', Amount: '-69.50' },
          { id: 'txn_4', Source: 'rr_1', Type: 'reserved_funds', Amount: '-10.00' },
        ]),
      ),
    );
    expect(allSales(ctx)).toMatchObject([
      { source_sale_id: 'ch_1', kind: 'sale', net: 10_000 },
      { source_sale_id: expect.stringMatching(/^re_1~refund:/), kind: 'refund', net: -3000 },
    ]);
    expect(r.counts).toMatchObject({ skipped: 2, refunds: 1 });
    expect(r.plan?.months).toEqual([
      { month: '2026-10', sales: 1, refunds: 1, net: 7000, tax: 0, total: 7000, looseRefunds: 1, looseNet: -3000 },
    ]);
    expect(allPeople(ctx)).toMatchObject([{ first_name: 'Ann', email: 'ann@x.example' }]);
  });

  it('the itemised report, with and without its customer columns', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(
        stripe.itemised([
          {
            balance_transaction_id: 'txn_1',
            gross: '61.83',
            reporting_category: 'charge',
            customer_email: 'ann@x.example',
            order_id: '77',
          },
          { balance_transaction_id: 'txn_2', gross: '-10.00', reporting_category: 'refund' },
          { balance_transaction_id: 'txn_3', gross: '5.00', reporting_category: 'risk_reserved_funds' },
        ]),
      ),
    );
    expect(r.counts).toMatchObject({ skipped: 1, sales: { new: 2 }, refunds: 1 });
    expect(allSales(ctx)).toMatchObject([{ receipt_no: '77', net: 6183 }, { net: -1000 }]);
    expect(r.plan?.reading.zone).toBe('shop');
    const real = resolve(pos, 'stripe/stripe.balance_summary_format1_20231010.csv');
    if (!existsSync(real)) return;
    const shop = aCtx({ settings: { shop: { currency: 'TES' } } });
    const seen = await preview(shop, real);
    expect(seen.counts).toMatchObject({ rows: 12, skipped: 6, rejected: 0, sales: { new: 6 } });
    expect(seen.plan?.months).toEqual([{ month: '2023-10', sales: 6, refunds: 0, net: 61_875, tax: 0, total: 61_875 }]);
  });

  it('two of its exports of the same days cannot be joined: the second is refused, until the first is undone', async () => {
    const ctx = aCtx();
    const balance = aFile(stripe.balance([{ id: 'txn_1', Source: 'ch_1', Amount: '100.00' }]));
    const first = await importFile(ctx, aFile(stripe.payments([{ id: 'ch_1', Amount: '100.00' }])));
    await expect(importFile(ctx, balance)).rejects.toThrow(AppError);
    expect(allSales(ctx)).toHaveLength(1);
    const later = stripe.balance([{ id: 'txn_9', Source: 'ch_9', Amount: '100.00', 'Created (UTC)': '2026-10-20 10:00' }]);
    await importFile(ctx, aFile(later));
    await undo(ctx, first.id);
    await importFile(ctx, balance);
    expect(allSales(ctx).map((s) => s['source'])).toEqual(['stripe-balance', 'stripe-balance']);
  });
});
