import { spendOn } from '@db/queries/automation-facts';
import { dayOf } from '@domain/automations/days';
import { after, type Due, yearly } from '@domain/automations/due';
import { dayNumber, dayOfNumber, pastYearly } from '@domain/automations/past';
import { risingDays } from '@domain/automations/rising';
import { startOfDay } from '@domain/calendar';
import { type CustomerId, DAY, type UtcMs } from '@domain/kernel';
import { daysOf, factsOf } from '../facts';
import type { Look, PersonDue, Trigger } from '../trigger';

/** Noon: no change of the clocks moves it to another day. */
const noon = (day: number, look: Look): UtcMs => (startOfDay(dayOfNumber(day), look.zone) + DAY / 2) as UtcMs;

/** Some days after a visit day that means something. A day that was taken back is none (rules.md §8): it is asked again as each is written. */
const afterVisits = (
  name: string,
  which: (look: Look, id: CustomerId, days: readonly number[], first: number) => number[],
  rule: Trigger['rule'],
): Trigger => {
  // `from`: the first instant anything is still worth saying, so that years of visits are not reckoned with
  const all = (look: Look, ids: readonly CustomerId[], from: UtcMs): PersonDue[] => {
    const first = dayNumber(dayOf(from, look.zone)) - look.waitDays - look.terms.goodFor - 2;
    return [...daysOf(look, ids)].flatMap(([customerId, days]) =>
      which(look, customerId, days, first).map((day) => ({
        customerId,
        ...after(`${name}:${dayOfNumber(day)}`, dayOfNumber(day), noon(day, look), look.waitDays, look),
      })),
    );
  };
  return {
    dues: (look, ids) => all(look, ids, look.now).filter((d) => d.until > look.now),
    past: (look, ids, from, to) => all(look, ids, from).filter((d) => d.dueAt >= from && d.dueAt < to),
    rule,
  };
};

/** When somebody comes more often than before. They move to news and first pick: see services/campaigns/audience.ts, `no-discount-now`. */
export const thankYou: Trigger = afterVisits(
  'rising',
  (look, _, days, first) => ((days.at(-1) ?? 0) < first ? [] : risingDays(days, look.terms.factor).filter((day) => day >= first)),
  () => ({ is: 'visits', op: 'at-least', count: 3, days: 90 }),
);

/** After a purchase worth asking about: the latest of them speaks for those before. */
export const review: Trigger = afterVisits(
  'review',
  (look, id, days, first) => {
    const recent = days.filter((day) => day >= first);
    const { leastSpend } = look.terms;
    return leastSpend === 0 ? recent : recent.filter((day) => spendOn(look.db, id, day) >= leastSpend);
  },
  ({ goodFor }) => ({ is: 'last-visit', op: 'within', days: goodFor }),
);

/** The day of the year on which somebody first bought, from the year after on. */
const firstBought = (look: Look, ids: readonly CustomerId[], of: (monthDay: string, year: number) => Due[]): PersonDue[] =>
  factsOf(look, ids).flatMap((p) => {
    if (p.firstVisitAt === null) return [];
    const day = dayOf(p.firstVisitAt, look.zone);
    return of(day.slice(5), Number(day.slice(0, 4)) + 1).map((d) => ({ ...d, customerId: p.id }));
  });

export const anniversary: Trigger = {
  dues: (look, ids) => firstBought(look, ids, (day, year) => yearly('anniversary', day, look.now, look, year)),
  past: (look, ids, from, to) => firstBought(look, ids, (day, year) => pastYearly('anniversary', day, from, to, look, year)),
  rule: () => ({ is: 'visits', op: 'at-least', count: 1, days: null }),
};
