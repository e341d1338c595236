import { lastBought } from '@db/queries/automation-facts';
import { dayOf } from '@domain/automations/days';
import { after } from '@domain/automations/due';
import type { CustomerId, UtcMs } from '@domain/kernel';
import type { Look, PersonDue, Trigger } from '../trigger';

/** Bought X, and some days later still not Y. `alsoAt`: whether a Y bought at that time counts against it. */
function open(look: Look, ids: readonly CustomerId[], against: (d: PersonDue, y: UtcMs) => boolean): PersonDue[] {
  const { what, name, notWhat, notName } = look.terms;
  if (name === '' || notName === '') return [];
  const bought = lastBought(look.db, ids, what, name);
  const other = lastBought(look.db, [...bought.keys()], notWhat, notName);
  return [...bought].flatMap(([customerId, at]) => {
    const day = dayOf(at, look.zone);
    const due = { customerId, ...after(`bought-not:${day}`, day, at, look.waitDays, look) };
    const y = other.get(customerId);
    return y !== undefined && against(due, y) ? [] : [due];
  });
}

export const boughtNot: Trigger = {
  // whoever has Y from before needs none of it either
  dues: (look, ids) => open(look, ids, () => true).filter((d) => d.until > look.now),
  past: (look, ids, from, to) => open(look, ids, (d, y) => y < d.dueAt).filter((d) => d.dueAt >= from && d.dueAt < to),
  rule: ({ what, name, notWhat, notName }) => ({
    all: [
      { is: 'bought', what, name, days: null, did: true },
      { is: 'bought', what: notWhat, name: notName, days: null, did: false },
    ],
  }),
};
