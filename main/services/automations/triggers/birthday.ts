import { someBirthdays } from '@db/queries/automation-facts';
import { monthDayOf, yearly } from '@domain/automations/due';
import { pastYearly } from '@domain/automations/past';
import { factsOf } from '../facts';
import type { Trigger } from '../trigger';

/** Before, on or after somebody's birthday; the cause is the year of it. */
export const birthday: Trigger = {
  everybody: (look, after, limit) => someBirthdays(look.db, after, limit),
  dues: (look, ids) =>
    factsOf(look, ids).flatMap((p) => {
      const day = monthDayOf(p.birthday);
      return day === null ? [] : yearly('birthday', day, look.now, look).map((d) => ({ ...d, customerId: p.id }));
    }),
  past: (look, ids, from, to) =>
    factsOf(look, ids).flatMap((p) => {
      const day = monthDayOf(p.birthday);
      return day === null ? [] : pastYearly('birthday', day, from, to, look).map((d) => ({ ...d, customerId: p.id }));
    }),
  rule: ({ daysBefore }) =>
    daysBefore >= 0 && daysBefore <= 60 ? { is: 'birthday', days: daysBefore } : { is: 'has', what: 'birthday', value: true },
};
