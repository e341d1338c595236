import { personFacts, signedUpAt } from '@db/queries/automation-facts';
import { after } from '@domain/automations/due';
import { shopDay } from '@domain/calendar';
import type { CustomerId, UtcMs } from '@domain/kernel';
import type { Look, PersonDue, Trigger } from '../trigger';

type First = (look: Look, ids: readonly CustomerId[]) => [CustomerId, UtcMs][];

/** Once in a lifetime, some days after the first time. */
const once = (cause: string, first: First, rule: Trigger['rule']): Trigger => {
  const all = (look: Look, ids: readonly CustomerId[]): PersonDue[] =>
    first(look, ids).map(([customerId, at]) => ({ customerId, ...after(cause, shopDay(at, look.zone), at, look.waitDays, look) }));
  return {
    // never before it happened: on its own day the usual minute may be past
    dues: (look, ids) => all(look, ids).filter((d) => d.until > look.now),
    past: (look, ids, from, to) => all(look, ids).filter((d) => d.dueAt >= from && d.dueAt < to),
    rule,
  };
};

export const welcomeSignUp: Trigger = once(
  'welcome:sign-up',
  (look, ids) => [...signedUpAt(look.db, ids)],
  () => ({ is: 'may-text', value: true }),
);

export const welcomePurchase: Trigger = once(
  'welcome:purchase',
  (look, ids) => personFacts(look.db, ids).flatMap((p): [CustomerId, UtcMs][] => (p.firstVisitAt === null ? [] : [[p.id, p.firstVisitAt]])),
  ({ goodFor }) => ({ is: 'first-visit', op: 'within', days: goodFor }),
);
