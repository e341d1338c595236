import { type HeldCode, heldCodes } from '@db/queries/automation-facts';
import { dayOf, daysAfter } from '@domain/automations/days';
import { atMinuteOf } from '@domain/automations/due';
import type { CustomerId, UtcMs } from '@domain/kernel';
import type { Look, PersonDue, Trigger } from '../trigger';

/** Days between a code's text and a word about its end: a code of three days needs none. */
const LEAST_DAYS = 5;

/** Some days before the last day of a code somebody holds. The last day is the one before the midnight it ends at. */
function of(look: Look, k: HeldCode): PersonDue | null {
  const last = dayOf((k.expiresAt - 1) as UtcMs, look.zone);
  const day = daysAfter(last, -look.terms.daysBefore);
  if (day < daysAfter(dayOf(k.issuedAt, look.zone), LEAST_DAYS)) return null;
  const dueAt = atMinuteOf(day, look.atMinute, look.zone);
  return { customerId: k.customerId, cause: `code:${k.code}`, dueAt, until: k.expiresAt, since: k.issuedAt };
}

const all = (look: Look, ids: readonly CustomerId[], at: UtcMs): PersonDue[] =>
  heldCodes(look.db, ids, at).flatMap((k) => of(look, k) ?? []);

export const codeExpiring: Trigger = {
  dues: (look, ids) => all(look, ids, look.now).filter((d) => d.until > look.now),
  past: (look, ids, from, to) => all(look, ids, from).filter((d) => d.dueAt >= from && d.dueAt < to),
  rule: () => ({ is: 'may-text', value: true }),
  code: (look, due) => {
    const held = heldCodes(look.db, [due.customerId], look.now).find((k) => due.cause === `code:${k.code}`);
    return held === undefined ? null : { code: held.code, offerId: held.offerId, endsAt: held.expiresAt };
  },
};
