import { readyOrders, someWithOrders } from '@db/queries/things';
import { dayOf } from '@domain/automations/days';
import { after } from '@domain/automations/due';
import type { CustomerId } from '@domain/kernel';
import type { Look, PersonDue, Trigger } from '../trigger';

/** Something kept for them that nobody fetched, some days after it was ready: an order, hold, lay-away or repair is one cause, for ever. */
function all(look: Look, ids: readonly CustomerId[]): (PersonDue & { closedAt: number | null })[] {
  return readyOrders(look.db, ids).map((o) => ({
    customerId: o.customerId,
    closedAt: o.closedAt,
    ...after(`order:${o.ref}`, dayOf(o.readyAt, look.zone), o.readyAt, look.waitDays, look),
  }));
}

export const notCollected: Trigger = {
  everybody: (look, from, limit) => someWithOrders(look.db, from, limit),
  dues: (look, ids) =>
    all(look, ids)
      .filter((d) => d.closedAt === null && d.until > look.now)
      .map(({ closedAt: _, ...d }) => d),
  past: (look, ids, from, to) =>
    all(look, ids)
      .filter((d) => d.dueAt >= from && d.dueAt < to && (d.closedAt === null || d.closedAt > d.dueAt))
      .map(({ closedAt: _, ...d }) => d),
  rule: () => ({ is: 'may-text', value: true }),
};
