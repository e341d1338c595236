import { addDays } from '../calendar';
import type { ShopDay } from '../kernel';
import type { LoyaltyTerms, Tier } from './terms';

/** What somebody bought or gave back on a day: minor units before tax, and whether it was a visit. */
export interface Bought {
  readonly day: ShopDay;
  readonly net: number;
  readonly visits: number;
}

/** Days that count for a tier. */
const WINDOW = 365;

/** Bought from `from` to `until`, both included. `bought` by day. */
export function boughtBetween(bought: readonly Bought[], by: LoyaltyTerms['tierBy'], from: ShopDay, until: ShopDay): number {
  let sum = 0;
  for (const b of bought) if (b.day >= from && b.day <= until) sum += by === 'spend' ? b.net : b.visits;
  return sum;
}

const highest = (tiers: readonly Tier[], figure: number): number => {
  let at = -1;
  for (let i = 0; i < tiers.length; i++) if (figure >= (tiers[i] as Tier).least) at = i;
  return at;
};

/** What purchases of a day are multiplied by, in hundredths: by the 365 days before it, so that a day does not depend on its own order. */
export function tierPercent(terms: LoyaltyTerms, bought: readonly Bought[], day: ShopDay): number {
  if (terms.kind !== 'points' || terms.tiers.length === 0) return 100;
  const figure = boughtBetween(bought, terms.tierBy, addDays(day, -WINDOW), addDays(day, -1));
  return terms.tiers[highest(terms.tiers, figure)]?.percent ?? 100;
}

export interface Standing {
  /** Place in the list of tiers; -1 = none yet. */
  readonly at: number;
  readonly figure: number;
  /** What is missing for the next one; null = there is none. */
  readonly missing: number | null;
  /** First day it is lost unless something more is bought. */
  readonly fallsOn: ShopDay | null;
}

/** Where somebody stands at the end of a day. */
export function standingOn(terms: LoyaltyTerms | null, bought: readonly Bought[], today: ShopDay): Standing {
  if (terms === null || terms.tiers.length === 0) return { at: -1, figure: 0, missing: null, fallsOn: null };
  const from = addDays(today, 1 - WINDOW);
  const figure = boughtBetween(bought, terms.tierBy, from, today);
  const at = highest(terms.tiers, figure);
  const next = terms.tiers[at + 1];
  let left = figure;
  let fallsOn: ShopDay | null = null;
  const inWindow = at < 0 ? [] : bought.filter((b) => b.day >= from && b.day <= today).sort((a, b) => (a.day < b.day ? -1 : 1));
  for (let i = 0; i < inWindow.length && fallsOn === null; i++) {
    const { day } = inWindow[i] as Bought;
    for (; inWindow[i]?.day === day; i++) left -= amount(inWindow[i] as Bought, terms.tierBy);
    i--;
    if (highest(terms.tiers, left) !== at) fallsOn = addDays(day, WINDOW);
  }
  return { at, figure, missing: next ? next.least - figure : null, fallsOn };
}

const amount = (b: Bought, by: LoyaltyTerms['tierBy']): number => (by === 'spend' ? b.net : b.visits);
