import { someWithThings, thingFacts } from '@db/queries/things';
import { atMinuteOf, endOfDay } from '@domain/automations/due';
import { addDays } from '@domain/calendar';
import type { CustomerId } from '@domain/kernel';
import type { Look, PersonDue, Trigger } from '../trigger';

/** Some days before the day of a thing somebody has: its warranty ends, its service is due. Another day is another cause. */
function all(look: Look, ids: readonly CustomerId[]): (PersonDue & { doneAt: number | null })[] {
  return thingFacts(look.db, ids).map((t) => {
    const day = addDays(t.dueOn, -look.terms.daysBefore);
    const last = addDays(day, look.terms.goodFor);
    return {
      customerId: t.customerId,
      cause: `thing:${t.id}:${t.dueOn}`,
      dueAt: atMinuteOf(day, look.atMinute, look.zone),
      until: endOfDay(last, look.zone),
      since: t.createdAt,
      doneAt: t.doneAt,
    };
  });
}

export const thingDue: Trigger = {
  everybody: (look, after, limit) => someWithThings(look.db, after, limit),
  dues: (look, ids) =>
    all(look, ids)
      .filter((d) => d.doneAt === null && d.until > look.now)
      .map(({ doneAt: _, ...d }) => d),
  past: (look, ids, from, to) =>
    all(look, ids)
      .filter((d) => d.dueAt >= from && d.dueAt < to && d.since <= d.dueAt && (d.doneAt === null || d.doneAt > d.dueAt))
      .map(({ doneAt: _, ...d }) => d),
  rule: () => ({ is: 'may-text', value: true }),
};
