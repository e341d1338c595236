import { insertCustomer } from '@db/queries/customers';
import { codeRow } from '@db/queries/offer-codes';
import { type CustomerId, DAY, HOUR, type PhoneE164, type UtcMs } from '@domain/kernel';
import { issueCodes } from '@services/offers/codes';
import { saveOffer, whatWasRedeemed } from '@services/offers/offers';
import { expect, it } from 'vitest';
import { aFile, importFile, undo } from '../support/imports';
import { shopify } from '../support/shop-systems';
import { aCtx, NOON, owner } from '../support/test-ctx';

/**
 * Two receipts of two files bore the same code, which had one use. With the first file taken back the code was free again, though it stood
 * on a receipt of the second.
 */
it('a code whose file is taken back belongs to the other receipt that bears it', async () => {
  const ctx = aCtx();
  const ana = ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ana', phone: '+12125550123' as PhoneE164 }, NOON)) as CustomerId;
  const { id: offerId } = saveOffer(ctx, owner, {
    id: null,
    name: 'Suits',
    kind: 'percent',
    percent: 10,
    codeMode: 'personal',
    validDays: 14,
  });
  const code = ctx.db
    .tx((trx) => issueCodes(ctx, trx, { offerId, campaignId: null, customerIds: [ana], expiresAt: (NOON + 9 * DAY) as UtcMs }))
    .get(ana) as string;
  const bring = (no: string, hours: number) => {
    const at = new Date(NOON + hours * HOUR).toISOString().slice(0, 19).replace('T', ' ');
    ctx.clock.set((NOON + 3 * DAY) as UtcMs);
    const row = { Name: no, Id: no.slice(1).padStart(13, '1'), Subtotal: '45.00', Total: '45.00', 'Discount Amount': '5.00' };
    const more = {
      'Discount Code': code.toLowerCase(),
      'Lineitem name': 'Boots',
      'Lineitem price': '50.00',
      'Created at': at,
      'Paid at': at,
    };
    return importFile(ctx, aFile(shopify.orders([{ ...row, ...more }]), `${no}.csv`));
  };
  const first = await bring('#1001', 2);
  const second = await bring('#1002', 5);
  const standing = () => whatWasRedeemed(ctx, null, 365).rows.map((r) => r.receiptNo);
  expect(standing()).toEqual(['#1001']);
  await undo(ctx, first.id);
  expect(standing()).toEqual(['#1002']);
  expect(codeRow(ctx.db, code)?.state).toBe('redeemed');
  await undo(ctx, second.id);
  expect(standing()).toEqual([]);
  expect(codeRow(ctx.db, code)?.state).toBe('issued');
});
