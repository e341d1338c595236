import { type PersonFacts, visitDays } from '@db/queries/automation-facts';
import { absence } from '@domain/automations/absence';
import { pastAbsence } from '@domain/automations/past';
import type { UtcMs } from '@domain/kernel';
import type { RhythmClass } from '@domain/segments/rhythm';
import { factsOf } from '../facts';
import type { Look, PersonDue, Trigger } from '../trigger';

const lastSeen = (p: PersonFacts): UtcMs | null =>
  p.lastVisitAt === null ? null : p.seenAt === null ? p.lastVisitAt : (Math.max(p.lastVisitAt, p.seenAt) as UtcMs);

/** Away longer than their own rhythm says, once per absence. */
const awayFor = (name: 'late' | 'lapse', rhythm: RhythmClass): Trigger => ({
  dues: (look, ids) => factsOf(look, ids).flatMap((p) => of(look, p)),
  past: (look, ids, from, to) => {
    const days = visitDays(look.db, ids);
    return [...days].flatMap(([customerId, list]) =>
      pastAbsence(name, list, look.shopGap, from, to, look).map((d) => ({ ...d, customerId })),
    );
  },
  rule: () => ({ is: 'rhythm', class: rhythm }),
});

function of(look: Look, p: PersonFacts): PersonDue[] {
  const name = look.automation.kind === 'lapsed' ? 'lapse' : 'late';
  const due = absence(name, { ...p, lastSeenAt: lastSeen(p) }, look.shopGap, look);
  return due === null || due.until <= look.now ? [] : [{ ...due, customerId: p.id }];
}

export const late: Trigger = awayFor('late', 'later');
export const lapsed: Trigger = awayFor('lapse', 'lapsed');
