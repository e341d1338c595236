import type { Interval } from '../attribution/intervals';
import type { VerdictCode } from '../attribution/verdict';
import type { CampaignId, SegmentId, UtcMs } from '../kernel';
import { DAY } from '../kernel';
import type { Rule } from '../segments/rule';
import { isCondition } from '../segments/rule';
import type { Anyway } from './anyway';
import { type Compared, pooledBuyers } from './pooled';

/** What could be texted next, the most telling absence first; the order holds where no campaign has shown anything else. */
export const SUGGESTION_KINDS = ['later', 'bought-not', 'lapsed', 'one-time', 'birthday', 'regulars', 'new'] as const;
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

export interface Thing {
  readonly what: 'item' | 'category';
  readonly name: string;
}
/** Bought the one, never the other; of a hundred who bought the first, so many bought the second too, and so many of everybody. */
export interface Pair {
  readonly x: Thing;
  readonly y: Thing;
  readonly ofBuyers: number;
  readonly ofAll: number;
}

/** One earlier campaign of the same kind whose days are over and covered. */
export interface LikeCampaign {
  readonly id: CampaignId;
  readonly name: string;
  readonly startedAt: UtcMs;
  readonly texted: number;
  readonly came: number;
  readonly redeemed: number;
  readonly hasOffer: boolean;
  /** Extra people because of it, over those compared; null where nobody was held out or too few. */
  readonly brought: { readonly code: VerdictCode; readonly best: number; readonly low: number; readonly high: number } | null;
  /** Only with a fresh split of its own that came out as drawn. */
  readonly compared: Compared | null;
}

export interface Candidate {
  readonly key: string;
  readonly kind: SuggestionKind;
  /** Null: the group is made when it is taken. */
  readonly segmentId: SegmentId | null;
  readonly pair: Pair | null;
  readonly people: number;
  readonly mayBeTexted: number;
  /** Newest first. */
  readonly like: readonly LikeCampaign[];
  /** When a campaign to this very group last began. */
  readonly textedAt: UtcMs | null;
  readonly anyway: Anyway | null;
}

/** What the owner knew when they put one off. */
export interface PutOff {
  readonly people: number;
  readonly likeId: CampaignId | null;
  readonly untilAt: UtcMs;
}

export interface Chosen extends Candidate {
  /** Extra people of a hundred texted, over all campaigns like it; null under one that could be compared. */
  readonly pooled: Interval | null;
  /** Why it stands where it stands. */
  readonly because: 'shown' | 'untried' | 'unsettled';
}

const ENOUGH = 5;
const MOST = 3;
/** A group was just texted: what it brought is not known yet. */
const REST_DAYS = 21;
/** A suggestion that was put off comes back after eight weeks. */
export const PUT_OFF_DAYS = 56;
/** … or when it is about half as many people again, and ten more at least. */
const MANY_MORE = 1.5;
const TEN_MORE = 10;

/** Names a suggestion for as long as it is the same one: its kind, and for a pair what was bought and what was not. */
export const suggestionKey = (kind: SuggestionKind, pair: Pick<Pair, 'x' | 'y'> | null): string =>
  pair === null ? kind : `${kind}:${pair.x.what}:${pair.x.name.toLowerCase()}>${pair.y.what}:${pair.y.name.toLowerCase()}`;

/** Extra people per person texted, over campaigns that can be compared. */
export const pooledOf = (like: readonly Pick<LikeCampaign, 'compared'>[]): Interval | null =>
  pooledBuyers(like.flatMap((c) => (c.compared === null ? [] : [c.compared])));

/** Does what is known now differ from what the owner put off? */
export const changedSince = (p: PutOff, c: Pick<Candidate, 'mayBeTexted' | 'like'>): boolean =>
  (c.like[0] !== undefined && c.like[0].id !== p.likeId) || (c.mayBeTexted >= p.people * MANY_MORE && c.mayBeTexted >= p.people + TEN_MORE);

/**
 * Up to three, each of another kind: first what has been shown to bring people, then what was never tried or is not settled, in the order
 * of their kinds. Never one where almost nobody may be texted, whose group was just texted, that was put off, or whose like has been
 * shown to bring nobody.
 */
export function chooseSuggestions(candidates: readonly Candidate[], putOff: ReadonlyMap<string, PutOff>, now: UtcMs): Chosen[] {
  const rank = { shown: 0, untried: 1, unsettled: 1 } as const;
  const open = candidates.flatMap((c): Chosen[] => {
    const p = putOff.get(c.key);
    if (c.mayBeTexted < ENOUGH) return [];
    if (p && now < p.untilAt && !changedSince(p, c)) return [];
    if (c.textedAt !== null && now - c.textedAt < REST_DAYS * DAY) return [];
    const pooled = pooledOf(c.like);
    if (pooled !== null && pooled.high <= 0) return [];
    return [{ ...c, pooled, because: pooled === null ? 'untried' : pooled.low > 0 ? 'shown' : 'unsettled' }];
  });
  const order = (c: Chosen) => SUGGESTION_KINDS.indexOf(c.kind);
  const sorted = open.sort((a, b) => rank[a.because] - rank[b.because] || order(a) - order(b) || b.mayBeTexted - a.mayBeTexted);
  return sorted.filter((c, i) => sorted.findIndex((o) => o.kind === c.kind) === i).slice(0, MOST);
}

const LONG_GONE = 45;

/** Which kind a campaign's group is of, by its rule; null for any other. A narrower one is still of that kind. */
export function kindOfRule(rule: Rule): SuggestionKind | null {
  const conditions = isCondition(rule) ? [rule] : 'all' in rule ? rule.all : [];
  // a ready-made group stands inside when it was narrowed
  const flat = conditions.flatMap((c): Rule[] => (!isCondition(c) && 'all' in c ? c.all : [c])).filter(isCondition);
  const has = (test: (c: (typeof flat)[number]) => boolean) => flat.some(test);
  if (has((c) => c.is === 'rhythm' && c.class === 'later')) return 'later';
  if (has((c) => c.is === 'rhythm' && c.class === 'lapsed')) return 'lapsed';
  if (has((c) => c.is === 'bought' && c.did) && has((c) => c.is === 'bought' && !c.did)) return 'bought-not';
  if (has((c) => c.is === 'birthday')) return 'birthday';
  if (has((c) => c.is === 'visits' && c.op === 'at-most' && c.count === 1)) return 'one-time';
  // long gone in a shop's own words
  if (has((c) => c.is === 'last-visit' && c.op === 'over' && c.days >= LONG_GONE)) return 'lapsed';
  if (has((c) => c.is === 'first-visit' && c.op === 'within' && c.days <= 60)) return 'new';
  if (has((c) => c.is === 'rhythm' && c.class === 'usual')) return 'regulars';
  return null;
}

/** How many people bought each thing, and both of two; of people looked at. */
export interface Baskets {
  readonly people: number;
  readonly things: readonly (Thing & { readonly buyers: number })[];
  /** By the places of two things in `things`, the lower first. */
  readonly both: ReadonlyMap<string, number>;
}
/** Adds a page of people to what is known of baskets; by the places of `ids`. */
export function addBaskets(known: Baskets, ids: readonly number[], page: readonly { things: readonly number[] }[]): Baskets {
  const things = known.things.map((t) => ({ ...t }));
  const both = new Map(known.both);
  for (const person of page) {
    const places = person.things.map((id) => ids.indexOf(id)).sort((a, b) => a - b);
    for (const [n, i] of places.entries()) {
      const t = things[i];
      if (t) things[i] = { ...t, buyers: t.buyers + 1 };
      for (const j of places.slice(n + 1)) both.set(`${i}/${j}`, (both.get(`${i}/${j}`) ?? 0) + 1);
    }
  }
  return { people: known.people + page.length, things, both };
}

const LEAST_BUYERS = 20;
/** Who bought the first buys the second half as often again as anybody does. */
const LEAST_LIFT = 1.5;

/**
 * The pair worth a text: people who bought X and never Y, where buyers of X are fond of Y. Taken by how many of them would buy it if they
 * were like those who did. Null where nothing stands out.
 */
export function bestPair(b: Baskets): Pair | null {
  let best: { pair: Pair; worth: number } | null = null;
  for (const [i, x] of b.things.entries()) {
    for (const [j, y] of b.things.entries()) {
      if (i === j || x.buyers < LEAST_BUYERS || y.buyers < LEAST_BUYERS || b.people === 0) continue;
      const both = b.both.get(i < j ? `${i}/${j}` : `${j}/${i}`) ?? 0;
      const [ofBuyers, ofAll] = [both / x.buyers, y.buyers / b.people];
      if (both < ENOUGH || ofBuyers < LEAST_LIFT * ofAll) continue;
      const worth = (x.buyers - both) * ofBuyers;
      if (worth > (best?.worth ?? 0)) {
        const per = (share: number) => Math.round(share * 100);
        const thing = ({ what, name }: Thing): Thing => ({ what, name });
        best = { worth, pair: { x: thing(x), y: thing(y), ofBuyers: per(ofBuyers), ofAll: per(ofAll) } };
      }
    }
  }
  return best?.pair ?? null;
}
