import { insertCustomer } from '@db/queries/customers';
import { usedSince, wholePerson } from '@db/queries/import-undo';
import type { Cents, CustomerId, ImportId, ShopDay } from '@domain/kernel';
import { addWish, changeSize } from '@services/counter/notes';
import { takeOrder } from '@services/orders/orders';
import { addThing } from '@services/things/things';
import { expect, it } from 'vitest';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

const noted: Record<string, (ctx: TestCtx, customerId: CustomerId) => unknown> = {
  'an order with a deposit': (ctx, customerId) =>
    takeOrder(ctx, owner, { customerId, kind: 'special-order', what: 'Boots', size: '8', dueOn: null, deposit: 2000 as Cents }),
  'a warranty': (ctx, customerId) =>
    addThing(ctx, owner, { customerId, kind: 'warranty', what: 'Watch', boughtOn: null, dueOn: '2030-01-01' as ShopDay, saleId: null }),
  'a wish': (ctx, customerId) => addWish(ctx, owner, { customerId, item: 'Red boots', size: '8', under: null } as never),
  'a size': (ctx, customerId) => changeSize(ctx, owner, { customerId, kind: 'shoes', value: '8' }),
};

/*
 * Story: a file brought Ana as a new person, the counter took an order of hers and 20 dollars for it, and the file was taken back the same
 * evening because a column was wrong. She went with it, and so did the order and the deposit.
 */
it.each(Object.keys(noted))('who left %s since a file made them stays when the file is taken back', (what) => {
  const ctx = aCtx();
  const ana = ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ana' }, ctx.clock.now())) as CustomerId;
  const now = () => {
    const row = wholePerson(ctx.db, ana);
    if (!row) throw new Error('gone');
    return row;
  };
  expect(usedSince(ctx.db, 1 as ImportId, now(), {})).toBeNull();
  noted[what]?.(ctx, ana);
  expect(usedSince(ctx.db, 1 as ImportId, now(), {})).not.toBeNull();
});
