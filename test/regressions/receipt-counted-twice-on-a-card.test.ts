import type { Cents, CustomerId, ImportId } from '@domain/kernel';
import { nowInFront } from '@services/counter/in-front';
import { loyaltyCard, punch } from '@services/loyalty/counter';
import { expect, it } from 'vitest';
import { aFile, importFile, undo } from '../support/imports';
import { aLoyaltyShop } from '../support/loyalty-shop';
import { refused } from '../support/refusal';
import { shopify } from '../support/shop-systems';
import { clerk } from '../support/test-ctx';

/** An order of $45 before tax, of a customer the till does not know. */
const order = (at: number) =>
  shopify.orders([
    {
      Name: '#1001',
      Id: '1111111111001',
      Subtotal: '45.00',
      Total: '49.00',
      Taxes: '4.00',
      'Lineitem name': 'Boots',
      'Lineitem price': '45.00',
      'Created at': `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} +0000`,
      'Paid at': `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} +0000`,
    },
  ]);

/*
 * Story: Ana's purchase was noted on her card with its receipt number, for the till file comes in the evening. It came, the sale was tied to
 * her by that number, and both counted: her second free pair came a month early. When the file was taken back, hers was gone altogether.
 */
it('what was typed with a receipt number gives way to the sale, and is there again when its file is taken back', async () => {
  const s = aLoyaltyShop();
  const ana: CustomerId = s.person('Ana');
  s.on({ kind: 'points', rewards: [{ offerId: s.offer(), cost: 200 }] });
  nowInFront(s.ctx, clerk, [ana]);
  expect(punch(s.ctx, clerk, { customerId: ana, amount: 4900 as Cents, count: 1, receiptNo: '1001' })).toEqual({ points: 49, have: 49 });
  const again = { customerId: ana, amount: 4900 as Cents, count: 1, receiptNo: '#1001' };
  expect(refused(() => punch(s.ctx, clerk, again)).code).toBe('loyalty.receipt-counted');
  const sold = s.ctx.clock.now();
  s.pass(1);
  const { id } = await importFile(s.ctx, aFile(order(sold)));
  await s.keep();
  expect([s.account(ana), s.booked(ana)]).toEqual([45, 45]);
  nowInFront(s.ctx, clerk, [ana]);
  expect(loyaltyCard(s.ctx, clerk, ana)).toMatchObject({ have: 45, unconfirmed: 0 });
  await undo(s.ctx, id as ImportId);
  await s.keep();
  expect([s.account(ana), s.booked(ana)]).toEqual([49, 49]);
});
