import { someListeners } from '@db/queries/clubs';
import { listTopics } from '@db/queries/topics';
import { DAY, type UtcMs } from '@domain/kernel';
import { recordPreferences, withConsent } from '@services/consent';
import type { Ctx } from '@services/ctx';

/** So many of a practice shop's people are in a club: enough to see one grow. */
const MEMBERS = 60;
/** Days between two of them joining. */
const APART = 2.5;

/**
 * People who get texts already and chose since what they want to hear about, on the customer's screen or by a word; now and then one left
 * a club again. All kept offers, so that what a practice shop sends reaches as many as before.
 */
export function sampleMembers(ctx: Ctx): void {
  const [offers, news, events] = listTopics(ctx.db);
  if (!offers || !news || !events) return;
  const sets = [[offers, news], [offers, news, events], [offers, events], [offers, news], [offers]];
  const people = someListeners(ctx.db, MEMBERS);
  const now = ctx.clock.now();
  withConsent(ctx, (trx) => {
    for (const [i, { phone, language, since }] of people.entries()) {
      const occurredAt = (now - (people.length - i) * APART * DAY) as UtcMs;
      const chosen = sets[i % sets.length] ?? [];
      const last = chosen.at(-1);
      if (!last || since >= occurredAt) continue;
      const how =
        i % 3 !== 2 && last.joinWord !== null
          ? ({ method: 'join-text', device: `word:${last.joinWord}` } as const)
          : ({ method: 'screen', device: 'display' } as const);
      recordPreferences(ctx, trx, { phone, language, occurredAt, ...how, topics: { add: chosen.map((t) => t.slug) } });
      const left = (occurredAt + 9 * DAY) as UtcMs;
      if (i % 13 === 7 && left < now && chosen.length > 1)
        recordPreferences(ctx, trx, { phone, language, occurredAt: left, method: 'reply', topics: { remove: [last.slug] } });
    }
  });
}
