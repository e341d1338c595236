import type { orders } from '@contract/orders';
import { DONE } from '@contract/primitives';
import { changeOrder, ordersAtCounter, ordersOfPerson, stepOrder, takeOrder } from '@services/orders/orders';
import { orderForm, signedOrder } from '@services/orders/paper';
import { turnForOrder } from '@services/orders/screen';
import type { HandlersFor } from '../handler';

export const ordersHandlers = {
  'orders/open': (ctx) => ordersAtCounter(ctx),
  'orders/of': (ctx, { customerId }, session) => ordersOfPerson(ctx, session, customerId),
  'orders/take': (ctx, input, session) => takeOrder(ctx, session, input),
  'orders/change': (ctx, input, session) => {
    changeOrder(ctx, session, input);
    return DONE;
  },
  'orders/step': (ctx, input, session) => stepOrder(ctx, session, input),
  'orders/form': (ctx, { id }, session) => orderForm(ctx, session, id),
  'orders/signed': (ctx, input, session) => signedOrder(ctx, session, input),
  'orders/ask': (ctx, { id, language }, session) => turnForOrder(ctx, session, id, language),
} satisfies HandlersFor<typeof orders>;
