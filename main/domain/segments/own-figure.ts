import { daysBetween, shopDay } from '../calendar';
import type { UtcMs, Zone } from '../kernel';
import type { Condition } from './rule';

/** What the shop knows of somebody, as far as a rule's sentence can be answered with it. */
export interface OwnFacts {
  visits: number;
  /** Minor units. */
  spend: number;
  firstVisitAt: UtcMs | null;
  lastVisitAt: UtcMs | null;
  city: string;
  postalCode: string;
  language: 'en' | 'es';
  tags: readonly string[];
  birthday: string | null;
}

const ago = (at: UtcMs, now: UtcMs, zone: Zone): string => {
  const days = Math.max(0, daysBetween(shopDay(at, zone), shopDay(now, zone)));
  return days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
};

/** The figure of theirs a condition is about, in words ("last in 12 days ago"); null where there is none to tell. */
export function ownFigure(c: Condition, p: OwnFacts, shop: { now: UtcMs; zone: Zone; money: (minor: number) => string }): string | null {
  switch (c.is) {
    case 'last-visit':
      return p.lastVisitAt === null ? 'never came in' : `last in ${ago(p.lastVisitAt, shop.now, shop.zone)}`;
    case 'first-visit':
      return p.firstVisitAt === null ? 'never came in' : `first in ${ago(p.firstVisitAt, shop.now, shop.zone)}`;
    case 'rhythm':
    case 'rfm':
      return p.lastVisitAt === null ? 'never came in' : `last in ${ago(p.lastVisitAt, shop.now, shop.zone)}`;
    case 'visits':
      return c.days === null ? `${p.visits} ${p.visits === 1 ? 'visit' : 'visits'} in all` : null;
    case 'spend':
      return c.days === null ? `${shop.money(p.spend)} in all` : null;
    case 'lives': {
      const value = c.where === 'city' ? p.city : p.postalCode;
      return value === '' ? 'no address known' : value;
    }
    case 'language':
      return p.language === 'es' ? 'Spanish' : 'English';
    case 'tag':
      return p.tags.length === 0 ? 'no tags' : p.tags.join(', ');
    case 'birthday':
      return p.birthday === null ? 'birthday not known' : null;
    default:
      return null;
  }
}
