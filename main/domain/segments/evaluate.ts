import { DAY, type UtcMs, type Zone } from '../kernel';
import { type RfmCuts, rfmClass } from './rfm';
import { daysSince, rhythmClass, startOfToday } from './rhythm';
import { birthdaysAhead, type Condition, childrenOf, cutoff, isCondition, type Reaction, type Rule } from './rule';

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
  redemptions: readonly { offerId: number; campaignId: number | null; at: UtcMs }[];
  texts: readonly { campaignId: number; delivered: boolean; leftAt: UtcMs | null; windowEndsAt: UtcMs | null }[];
  repliedTo: readonly number[];
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
  switch (c.is) {
    case 'last-visit':
    case 'first-visit': {
      const at = c.is === 'last-visit' ? p.lastVisitAt : p.firstVisitAt;
      if (at === null) return false;
      return c.op === 'within' ? at >= since(c.days) : at < since(c.days);
    }
    case 'visits': {
      const n = c.days === null ? p.visits : new Set(p.sales.filter((s) => s.visit && s.at >= since(c.days)).map((s) => s.day)).size;
      return c.op === 'at-least' ? n >= c.count : n <= c.count;
    }
    case 'spend': {
      const n = c.days === null ? p.spend : p.sales.filter((s) => s.at >= since(c.days)).reduce((t, s) => t + s.spend, 0);
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
    case 'has':
      return ((c.what === 'phone' ? p.phone : p.email) !== null) === c.value;
    case 'redeemed':
      return p.redemptions.some((r) => (c.offerId === null || r.offerId === c.offerId) && r.at >= since(c.days)) === c.did;
    case 'reacted':
      return reacted(p, c.campaignId, c.how);
    case 'rhythm':
      return rhythmClass(p, shop.medianGapDays, startOfToday(shop.now, shop.zone)) === c.class;
    case 'rfm': {
      const recencyDays = p.lastVisitAt === null ? null : daysSince(p.lastVisitAt, startOfToday(shop.now, shop.zone));
      return rfmClass({ recencyDays, frequency: p.visits365, spend: p.spend365 }, shop.rfm) === c.class;
    }
    case 'group':
      throw new Error('groups are put in place before reading a rule');
  }
}

/** Without a frozen window, coming within this long counts. */
export const REACTION_WINDOW = 30 * DAY;

function reacted(p: PersonFacts, campaignId: number, how: Reaction): boolean {
  const texts = p.texts.filter((t) => t.campaignId === campaignId);
  switch (how) {
    case 'delivered':
      return texts.some((t) => t.delivered);
    case 'replied':
      return p.repliedTo.includes(campaignId);
    case 'redeemed':
      return p.redemptions.some((r) => r.campaignId === campaignId);
    case 'came':
      return texts.some((t) => {
        const { leftAt } = t;
        if (leftAt === null) return false;
        const end = t.windowEndsAt ?? leftAt + REACTION_WINDOW;
        return p.sales.some((s) => s.visit && s.at >= leftAt && s.at < end);
      });
    case 'nothing':
      return texts.some((t) => t.leftAt !== null) && (['replied', 'redeemed', 'came'] as const).every((h) => !reacted(p, campaignId, h));
  }
}
