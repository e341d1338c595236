import { signedUpAt } from '@db/queries/automation-facts';
import { dayOf } from '@domain/automations/days';
import { after } from '@domain/automations/due';
import { type CustomerId, DAY, type UtcMs } from '@domain/kernel';
import { factsOf } from '../facts';
import type { Look, PersonDue, Trigger } from '../trigger';

type First = (look: Look, ids: readonly CustomerId[]) => [CustomerId, UtcMs][];

/** Once in a lifetime, some days after the first time. */
const once = (cause: string, first: First, rule: Trigger['rule']): Trigger => {
  // `from`: the first instant anything is still worth saying, so that years are not reckoned with
  const all = (look: Look, ids: readonly CustomerId[], from: UtcMs): PersonDue[] =>
    first(look, ids)
      .filter(([, at]) => at > from - (look.waitDays + look.terms.goodFor + 3) * DAY)
      .map(([customerId, at]) => ({ customerId, ...after(cause, dayOf(at, look.zone), at, look.waitDays, look) }));
  return {
    dues: (look, ids) => all(look, ids, look.now).filter((d) => d.until > look.now),
    past: (look, ids, from, to) => all(look, ids, from).filter((d) => d.dueAt >= from && d.dueAt < to),
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
  (look, ids) => factsOf(look, ids).flatMap((p): [CustomerId, UtcMs][] => (p.firstVisitAt === null ? [] : [[p.id, p.firstVisitAt]])),
  ({ goodFor }) => ({ is: 'first-visit', op: 'within', days: goodFor }),
);
