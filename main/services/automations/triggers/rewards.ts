import { offersOfPattern } from '@db/queries/automations';
import { loyaltyVersions } from '@db/queries/loyalty';
import { collectorsPage, lapsingOf, ledgersOf } from '@db/queries/points';
import { after, atMinuteOf, endOfDay } from '@domain/automations/due';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import type { CustomerId, ShopDay } from '@domain/kernel';
import { type LedgerLine, type Milestone, milestones, standingMilestone } from '@domain/loyalty/milestones';
import { type LoyaltyTerms, versionOn } from '@domain/loyalty/terms';
import type { Look, PersonDue, Trigger } from '../trigger';

/** From this share of a reward's points on somebody is near it (facts/features.md 5.8). */
const NEAR = 0.1;

/** The terms people collect by now; null while rewards are off. */
function termsNow(look: Look): LoyaltyTerms | null {
  const v = versionOn(loyaltyVersions(look.db), shopDay(look.now, look.zone));
  return v?.state === 'on' && v.terms.rewards.length > 0 ? v.terms : null;
}

type Reach = (look: Look, terms: LoyaltyTerms) => { from: number; below: number };

/** Enough for the dearest of the rewards its texts give out; where they give none out, for any. */
const ready: Reach = (look, terms) => {
  const given = offersOfPattern(look.db, look.automation.id);
  const costs = terms.rewards.filter((r) => given.includes(r.offerId)).map((r) => r.cost);
  return { from: Math.max(terms.rewards[0]?.cost ?? 1, ...costs), below: Number.POSITIVE_INFINITY };
};

/** So many short of the first reward, or less; of points at least the last tenth. */
const near: Reach = (look, terms) => {
  const cost = terms.rewards[0]?.cost ?? 1;
  const short = Math.max(look.terms.count, terms.kind === 'points' ? Math.round(cost * NEAR) : 1);
  return { from: Math.max(1, cost - short), below: cost };
};

/** Something about the reward that is next, once per reward of a life. */
const milestone = (name: string, reach: Reach): Trigger => {
  const of = (
    look: Look,
    ids: readonly CustomerId[],
    which: (lines: LedgerLine[], from: number, below: number) => Milestone[],
  ): PersonDue[] => {
    const terms = termsNow(look);
    if (terms === null) return [];
    const { from, below } = reach(look, terms);
    return [...ledgersOf(look.db, ids)].flatMap(([customerId, lines]) =>
      which(lines, from, below).map((m) => ({
        customerId,
        ...after(`${name}:${m.n}`, m.day, startOfDay(m.day, look.zone), look.waitDays, look),
      })),
    );
  };
  return {
    everybody: (look, past, limit) => collectorsPage(look.db, past, limit),
    dues: (look, ids) =>
      of(look, ids, (lines, from, below) => {
        const m = standingMilestone(lines, from, below);
        return m === null ? [] : [m];
      }).filter((d) => d.until > look.now),
    past: (look, ids, from, to) => of(look, ids, milestones).filter((d) => d.dueAt >= from && d.dueAt < to),
    rule: () => ({ is: 'may-text', value: true }),
  };
};

export const rewardReady: Trigger = milestone('reward', ready);
export const rewardNear: Trigger = milestone('near', near);

/** Some days before the last day on which something collected can be used. */
function lapse(look: Look, customerId: CustomerId, last: ShopDay): PersonDue {
  const day = addDays(last, -look.terms.daysBefore);
  return {
    customerId,
    cause: `points:${last}`,
    dueAt: atMinuteOf(day, look.atMinute, look.zone),
    until: endOfDay(last, look.zone),
    since: startOfDay(day, look.zone),
  };
}

export const pointsExpiring: Trigger = {
  everybody: (look, past, limit) => collectorsPage(look.db, past, limit),
  dues: (look, ids) =>
    termsNow(look) === null
      ? []
      : lapsingOf(look.db, ids)
          .map((l) => lapse(look, l.id, l.day))
          .filter((d) => d.until > look.now),
  // what has lapsed since was about to, and what is about to now was then too where its day had come
  past: (look, ids, from, to) => {
    if (termsNow(look) === null) return [];
    const gone = [...ledgersOf(look.db, ids)].flatMap(([id, lines]) =>
      lines.filter((l) => l.cause.startsWith('expired:') && l.points < 0).map((l) => lapse(look, id, addDays(l.day, -1))),
    );
    const ahead = lapsingOf(look.db, ids).map((l) => lapse(look, l.id, l.day));
    return [...gone, ...ahead].filter((d) => d.dueAt >= from && d.dueAt < to);
  },
  rule: () => ({ is: 'may-text', value: true }),
};
