import { someLeftOut, wishesLeftOut } from '@db/queries/things';
import { endOfDay } from '@domain/automations/due';
import { addDays, shopDay } from '@domain/calendar';
import type { CustomerId } from '@domain/kernel';
import { boughtSince } from '../../wishes/bought';
import type { Look, PersonDue, Trigger } from '../trigger';

/**
 * What somebody waits for came in, and they could not be told with the others: a text this week, the month used up, no permission then. They
 * are told as soon as they may, while it is still worth saying; a wish is one cause, for ever.
 */
function all(look: Look, ids: readonly CustomerId[]): PersonDue[] {
  const left = wishesLeftOut(look.db, ids);
  const bought = boughtSince(look.db, left);
  // the till shows they have it by now: the owner is asked instead (services/wishes/bought.ts)
  return left
    .filter((w) => bought.get(w.wishId)?.sure !== 'sure')
    .map(({ customerId, wishId, at }) => ({
      customerId,
      cause: `wish:${wishId}`,
      dueAt: at,
      until: endOfDay(addDays(shopDay(at, look.zone), look.terms.goodFor), look.zone),
      since: at,
    }));
}

export const wishIn: Trigger = {
  everybody: (look, after, limit) => someLeftOut(look.db, after, limit),
  dues: (look, ids) => all(look, ids).filter((d) => d.until > look.now),
  past: (look, ids, from, to) => all(look, ids).filter((d) => d.dueAt >= from && d.dueAt < to),
  rule: () => ({ is: 'may-text', value: true }),
};
