import { lastBought } from '@db/queries/automation-facts';
import { rebuyTerms } from '@db/queries/things';
import { dayOf } from '@domain/automations/days';
import { after } from '@domain/automations/due';
import { wishKey } from '@domain/customers/wishes';
import type { CustomerId } from '@domain/kernel';
import type { Look, PersonDue, Trigger } from '../trigger';

/**
 * Bought something of a category, and the time in which people usually buy it again is over: category by category, from the last day it was
 * bought. A present says nothing about when more is needed (rules.md §8).
 */
function all(look: Look, ids: readonly CustomerId[]): PersonDue[] {
  return rebuyTerms(look.db).flatMap(({ category, days }) => {
    const wait = Math.round(days * look.terms.factor) + look.waitDays;
    return [...lastBought(look.db, ids, 'category', category)].map(([customerId, at]) => {
      const day = dayOf(at, look.zone);
      return { customerId, ...after(`re-buy:${wishKey(category)}:${day}`, day, at, wait, look) };
    });
  });
}

export const reBuy: Trigger = {
  dues: (look, ids) => all(look, ids).filter((d) => d.until > look.now),
  past: (look, ids, from, to) => all(look, ids).filter((d) => d.dueAt >= from && d.dueAt < to),
  // said for the sender: who came since the text was written may have bought it
  rule: () => ({ is: 'last-visit', op: 'over', days: 0 }),
};
