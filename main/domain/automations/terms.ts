import { AppError } from '../errors';
import type { AutomationKind } from './kinds';

/**
 * The numbers and names a trigger goes by. One flat record for all kinds, so that they are stored, shown and edited alike; which of them a
 * kind uses, and what they are unless the owner says otherwise, stands in `TERMS`.
 */
export interface Terms {
  /** Days before its day; after it when negative. */
  daysBefore: number;
  /** How many times the usual gap between visits. */
  factor: number;
  /** At least so many days since the last visit, whatever the usual gap. */
  leastDays: number;
  /** How many days it is still worth saying. */
  goodFor: number;
  /** What was bought, and what was not. */
  what: 'item' | 'category';
  name: string;
  notWhat: 'item' | 'category';
  notName: string;
  /** Slug of a club. */
  topic: string;
  /** Minor units: a receipt of less is not worth it. */
  leastSpend: number;
  /** A count of something: stamps or points short of a reward. */
  count: number;
}
export type TermName = keyof Terms;
/** As far as the owner said. */
export type SaidTerms = { readonly [K in TermName]?: Terms[K] | undefined };

export const ALL_TERMS: Terms = {
  daysBefore: 0,
  factor: 2,
  leastDays: 0,
  goodFor: 14,
  what: 'item',
  name: '',
  notWhat: 'item',
  notName: '',
  topic: '',
  leastSpend: 0,
  count: 1,
};

/** What each kind goes by, as it is made. */
export const TERMS: Readonly<Record<AutomationKind, Partial<Terms>>> = {
  'welcome-sign-up': { goodFor: 14 },
  'welcome-purchase': { goodFor: 14 },
  'thank-you': { factor: 1.5, goodFor: 14 },
  late: { factor: 2, leastDays: 14, goodFor: 21 },
  lapsed: { factor: 3, leastDays: 31, goodFor: 60 },
  birthday: { daysBefore: 7, goodFor: 2 },
  'bought-not': { what: 'item', name: '', notWhat: 'item', notName: '', goodFor: 30 },
  'code-expiring': { daysBefore: 3 },
  review: { leastSpend: 0, goodFor: 7 },
  anniversary: { daysBefore: 0, goodFor: 7 },
  'new-arrival': { topic: '', goodFor: 7 },
  'not-collected': { goodFor: 14 },
  'thing-due': { daysBefore: 14, goodFor: 14 },
  're-buy': { factor: 1, goodFor: 30 },
  'wish-in': { goodFor: 7 },
  'reward-near': { count: 1, goodFor: 14 },
  'reward-ready': { goodFor: 30 },
  'points-expiring': { daysBefore: 14 },
};

/** Days to wait after what happened, and the minute of the shop's day, as a new automation of that kind has them. */
export const USUAL_WAIT: Readonly<Partial<Record<AutomationKind, number>>> = {
  'welcome-sign-up': 1,
  'welcome-purchase': 3,
  'thank-you': 3,
  review: 3,
  'bought-not': 14,
  // the order's own reminder came on the third day (domain/orders)
  'not-collected': 10,
};

const between = (n: unknown, least: number, most: number, whole = true): boolean =>
  typeof n === 'number' && n >= least && n <= most && (!whole || Number.isInteger(n));

const GOOD: Readonly<Record<TermName, (v: unknown) => boolean>> = {
  daysBefore: (v) => between(v, -30, 60),
  factor: (v) => between(v, 1, 10, false),
  leastDays: (v) => between(v, 0, 1000),
  goodFor: (v) => between(v, 1, 90),
  what: (v) => v === 'item' || v === 'category',
  name: (v) => typeof v === 'string' && v.length <= 200,
  notWhat: (v) => v === 'item' || v === 'category',
  notName: (v) => typeof v === 'string' && v.length <= 200,
  topic: (v) => typeof v === 'string' && v.length <= 60,
  leastSpend: (v) => between(v, 0, 100_000_000),
  count: (v) => between(v, 1, 1_000_000),
};

/** A kind's terms as said, the rest as usual; what it does not use is left out. Throws `automation.bad-terms`. */
export function termsOf(kind: AutomationKind, said: SaidTerms): Terms {
  const out: Record<string, unknown> = { ...ALL_TERMS, ...TERMS[kind] };
  for (const field of Object.keys(TERMS[kind]) as TermName[]) {
    const v = said[field];
    if (v === undefined) continue;
    if (!GOOD[field](v)) throw new AppError('automation.bad-terms', { field });
    out[field] = typeof v === 'string' ? v.trim() : v;
  }
  return out as unknown as Terms;
}

/** What is missing before it can be switched on; null = nothing. */
export function missingTerm(kind: AutomationKind, t: Terms): TermName | null {
  if (kind === 'bought-not' && t.name === '') return 'name';
  if (kind === 'bought-not' && t.notName === '') return 'notName';
  if (kind === 'new-arrival' && t.topic === '') return 'topic';
  return null;
}
