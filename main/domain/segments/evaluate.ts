import { DAY, type UtcMs, type Zone } from '../kernel';
import { type RfmCuts, rfmClass, rfmScores } from './rfm';
import { daysSince, rhythmClass, startOfToday } from './rhythm';
import {
  birthdaysAhead,
  type Condition,
  childrenOf,
  cutoff,
  cutoffDay,
  isCondition,
  type NumberState,
  type PermissionState,
  type Reaction,
  type Rule,
} from './rule';

/** What the shop looks like at `now`; both readers get the same. */
export interface ShopFacts {
  now: UtcMs;
  zone: Zone;
  /** Median days between visits over the whole shop. */
  medianGapDays: number;
  rfm: RfmCuts;
}

export interface SaleFact {
  at: UtcMs;
  /** Shop day. */
  day: string;
  /** A completed sale (not a refund): something was bought. */
  sold: boolean;
  /** Makes the day a visit: sold, and no exchange (customers/exchange.ts). */
  visit: boolean;
  /** Counts towards spend, after refunds; may be negative. */
  spend: number;
  gift: boolean;
  lines: readonly { name: string; category: string }[];
}

/** Everything a rule may ask about one person. */
export interface PersonFacts {
  phone: string | null;
  phoneKind: 'unknown' | 'mobile' | 'landline' | 'voip' | 'toll-free' | 'invalid';
  /** Carrier error that marked the number. */
  phoneProblem: string | null;
  street: string;
  city: string;
  postalCode: string;
  email: string | null;
  language: 'en' | 'es';
  linkCapable: 'yes' | 'no' | 'unknown';
  birthday: string | null;
  tags: readonly string[];
  visits: number;
  spend: number;
  visits365: number;
  spend365: number;
  firstVisitAt: UtcMs | null;
  lastVisitAt: UtcMs | null;
  medianGapDays: number | null;
  gapCount: number;
  sales: readonly SaleFact[];
  /** Purposes (`marketing`, `topic:<slug>`) with a standing yes by text. */
  permitted: readonly string[];
  /** Marketing by text, as the ledger stands for their number; `never` without a number. */
  permission: PermissionState;
  redemptions: readonly { offerId: number; campaignId: number | null; at: UtcMs }[];
  texts: readonly { campaignId: number; delivered: boolean; leftAt: UtcMs | null; windowEndsAt: UtcMs | null }[];
  repliedTo: readonly number[];
  /** Campaigns whose link they tapped, where a link source tells (else nobody tapped anything). */
  tapped?: readonly number[];
  /** Fixed lists they are on. */
  lists: readonly number[];
}

/** SQLite's NOCASE: only A–Z. Anything cleverer would make the two readers differ. */
const nocase = (s: string) => s.replace(/[A-Z]/g, (c) => c.toLowerCase());

/** Whether somebody belongs. "Is in group X" must have been put in place first (`inlineGroups`). */
export function matches(rule: Rule, p: PersonFacts, shop: ShopFacts): boolean {
  if (isCondition(rule)) return holds(rule, p, shop);
  const inside = childrenOf(rule);
  if ('all' in rule) return inside.every((r) => matches(r, p, shop));
  if ('any' in rule) return inside.length === 0 || inside.some((r) => matches(r, p, shop));
  return !inside.some((r) => matches(r, p, shop));
}

function holds(c: Condition, p: PersonFacts, shop: ShopFacts): boolean {
  const since = (days: number | null): number => (days === null ? Number.NEGATIVE_INFINITY : cutoff(shop.now, shop.zone, days));
  const dayWithin = (day: string, days: number) => day >= cutoffDay(shop.now, shop.zone, days);
  switch (c.is) {
    case 'last-visit':
    case 'first-visit': {
      const at = c.is === 'last-visit' ? p.lastVisitAt : p.firstVisitAt;
      if (at === null) return false;
      return c.op === 'within' ? at >= since(c.days) : at < since(c.days);
    }
    case 'visits': {
      const { days } = c;
      const n = days === null ? p.visits : new Set(p.sales.filter((s) => s.visit && dayWithin(s.day, days)).map((s) => s.day)).size;
      return c.op === 'at-least' ? n >= c.count : n <= c.count;
    }
    case 'spend': {
      const { days } = c;
      const n = days === null ? p.spend : p.sales.filter((s) => dayWithin(s.day, days)).reduce((t, s) => t + s.spend, 0);
      return c.op === 'at-least' ? n >= c.amount : n <= c.amount;
    }
    case 'bought': {
      const name = nocase(c.name);
      const did = p.sales.some(
        (s) => s.sold && !s.gift && s.at >= since(c.days) && s.lines.some((l) => nocase(c.what === 'item' ? l.name : l.category) === name),
      );
      return did === c.did;
    }
    case 'may-text':
      return (p.phone !== null && p.permitted.includes('marketing')) === c.value;
    case 'topic':
      return p.phone !== null && p.permitted.includes(`topic:${c.topic}`);
    case 'tag':
      return p.tags.some((t) => nocase(t) === nocase(c.tag));
    case 'language':
      return p.language === c.language;
    case 'links':
      return p.linkCapable === c.capable;
    case 'birthday': {
      if (p.birthday === null) return false;
      const day = p.birthday.slice(-5);
      const days = birthdaysAhead(shop.now, shop.zone, c.days ?? 0);
      return c.days === null ? day.slice(0, 2) === days[0]?.slice(0, 2) : days.includes(day);
    }
    case 'permission':
      return p.permission === c.state;
    case 'number':
      return numberState(p) === c.state;
    case 'has':
      return has(p, c.what) === c.value;
    case 'lives':
      return c.where === 'city' ? nocase(p.city) === nocase(c.name) : nocase(p.postalCode).startsWith(nocase(c.name));
    case 'redeemed':
      return p.redemptions.some((r) => (c.offerId === null || r.offerId === c.offerId) && r.at >= since(c.days)) === c.did;
    case 'reacted':
      return c.campaignId === null ? reactedToLast(p, c.how) : reacted(p, c.campaignId, c.how);
    case 'rhythm':
      return rhythmClass(p, shop.medianGapDays, startOfToday(shop.now, shop.zone)) === c.class;
    case 'rfm':
      return rfmClass(rfmPerson(p, shop), shop.rfm) === c.class;
    case 'score': {
      // Whoever did not come within the year was not ranked.
      if (p.lastVisitAt === null || p.visits365 === 0) return false;
      const { r, f, m } = rfmScores(rfmPerson(p, shop), shop.rfm);
      return { recency: r, frequency: f, spend: m }[c.of] >= c.least;
    }
    case 'on-list':
      return p.lists.includes(c.listId);
    case 'group':
      throw new Error('groups are put in place before reading a rule');
  }
}

const rfmPerson = (p: PersonFacts, shop: ShopFacts) => ({
  recencyDays: p.lastVisitAt === null ? null : daysSince(p.lastVisitAt, startOfToday(shop.now, shop.zone)),
  frequency: p.visits365,
  spend: p.spend365,
});

function numberState(p: PersonFacts): NumberState {
  if (p.phoneKind === 'invalid') return 'bad';
  if (p.phone === null) return 'none';
  if (p.phoneKind === 'landline' || p.phoneKind === 'toll-free') return 'landline';
  return p.phoneProblem === null ? 'fine' : 'bad';
}

function has(p: PersonFacts, what: Extract<Condition, { is: 'has' }>['what']): boolean {
  return { phone: p.phone !== null, email: p.email !== null, birthday: p.birthday !== null, address: p.street !== '' }[what];
}

/** Without a frozen window, coming within this long counts. */
export const REACTION_WINDOW = 30 * DAY;

type Text = PersonFacts['texts'][number];

function cameAfter(p: PersonFacts, t: Text): boolean {
  const { leftAt } = t;
  if (leftAt === null) return false;
  const end = t.windowEndsAt ?? leftAt + REACTION_WINDOW;
  return p.sales.some((s) => s.visit && s.at >= leftAt && s.at < end);
}

/** What `nothing` is made of: none of these. */
const DOINGS = ['replied', 'tapped', 'redeemed', 'came'] as const;

function reacted(p: PersonFacts, campaignId: number, how: Reaction): boolean {
  const texts = p.texts.filter((t) => t.campaignId === campaignId);
  switch (how) {
    case 'delivered':
      return texts.some((t) => t.delivered);
    case 'replied':
      return p.repliedTo.includes(campaignId);
    case 'tapped':
      return p.tapped?.includes(campaignId) ?? false;
    case 'redeemed':
      return p.redemptions.some((r) => r.campaignId === campaignId);
    case 'came':
      return texts.some((t) => cameAfter(p, t));
    case 'anything':
      return DOINGS.some((h) => reacted(p, campaignId, h));
    case 'nothing':
      return texts.some((t) => t.leftAt !== null) && DOINGS.every((h) => !reacted(p, campaignId, h));
  }
}

/** The campaign's text that left last; several of one moment count as one, each for itself. */
function reactedToLast(p: PersonFacts, how: Reaction): boolean {
  const latest = Math.max(...p.texts.map((t) => t.leftAt ?? Number.NEGATIVE_INFINITY));
  const did = (t: Text, h: (typeof DOINGS)[number]) => (h === 'came' ? cameAfter(p, t) : reacted(p, t.campaignId, h));
  return p.texts.some((t) => {
    if (t.leftAt !== latest) return false;
    if (how === 'delivered') return t.delivered;
    if (how === 'nothing') return DOINGS.every((h) => !did(t, h));
    return how === 'anything' ? DOINGS.some((h) => did(t, h)) : did(t, how);
  });
}
