import { arrivalsOf } from '@db/queries/automation-arrivals';
import { inTopic, inTopicPage } from '@db/queries/automation-facts';
import { endOfDay } from '@domain/automations/due';
import { addDays, shopDay } from '@domain/calendar';
import type { Look, PersonDue, Trigger } from '../trigger';

/** Something new for a club, told when the owner says so: each telling is a cause of its own. */
export const newArrival: Trigger = {
  everybody: (look, after, limit) => inTopicPage(look.db, look.terms.topic, after, limit),
  dues: (look, ids) => {
    const told = arrivalsOf(look.db, look.automation.id, look.now);
    const live = told.map((a) => ({ ...a, until: until(look, a.at) })).filter((a) => a.until > look.now);
    if (live.length === 0) return [];
    return inTopic(look.db, look.terms.topic, ids).flatMap((customerId) =>
      live.map((a): PersonDue => ({ customerId, cause: `arrival:${a.id}`, dueAt: a.at, until: a.until, since: a.at })),
    );
  },
  past: () => [],
  rule: ({ topic }) => ({ is: 'topic', topic }),
};

const until = (look: Look, at: PersonDue['dueAt']) => endOfDay(addDays(shopDay(at, look.zone), look.terms.goodFor), look.zone);
