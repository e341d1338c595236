import { insertCustomer } from '@db/queries/customers';
import { shopDay } from '@domain/calendar';
import { type CustomerId, DAY, type PhoneE164, type ShopDay } from '@domain/kernel';
import { takeOrder } from '@services/orders/orders';
import { remindUncollected } from '@services/orders/texts';
import { afterEach, expect, it } from 'vitest';
import { aSendingShop, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

let shop: SendingShop;
afterEach(() => shop?.close());

/*
 * Story: for a year holds "until tonight" were taken and never closed. Nobody is reminded of those, but they stood first in the list of what to
 * look at, and one day the list was full of them: a repair that had been ready for a week was never reached.
 */
it('a repair that waits is reminded of, however many old holds stand before it', async () => {
  shop = await aSendingShop();
  const { ctx } = shop;
  const ana = ctx.db.tx((trx) =>
    insertCustomer(trx, { firstName: 'Ana', phone: '+16465550101' as PhoneE164 }, ctx.clock.now()),
  ) as CustomerId;
  const today = shopDay(ctx.clock.now(), ctx.settings().shop.zone) as ShopDay;
  const take = (kind: 'hold' | 'repair', dueOn: ShopDay | null) =>
    takeOrder(ctx, owner, { customerId: ana, kind, what: 'Boots', size: '', dueOn, deposit: null });
  for (let n = 0; n < 200; n++) take('hold', today);
  shop.advance(60_000);
  const { id } = take('repair', null);
  ctx.db.prepare("UPDATE customer_order SET phone = '+16465550101'").run();
  ctx.db.prepare("UPDATE customer_order SET state = 'ready', ready_at = ? WHERE id = ?").run(ctx.clock.now(), id);
  shop.advance(6 * DAY);
  remindUncollected(ctx);
  expect(ctx.db.prepare('SELECT id FROM customer_order WHERE reminded_at IS NOT NULL').pluck().all()).toEqual([id]);
});
