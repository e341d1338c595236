import type { Cents, OfferId, ShopDay } from '@domain/kernel';
import type { In } from '@renderer/api';
import type { Terms, View } from './say';

export type LoyaltyInput = In<'loyalty/save'>;

/** What stands in the form: lists as typed, choices as chosen. */
export interface Draft extends Omit<Terms, 'items' | 'categories' | 'expiry' | 'rewards'> {
  items: string;
  categories: string;
  expiry: Terms['expiry']['kind'];
  months: number | null;
  rewards: { key: number; offerId: OfferId | null; cost: number | null }[];
  from: 'none' | 'year' | 'all' | 'since';
  sinceDay: string;
  most: number | null;
  carry: number | null;
}

const COSTS = { visits: 10, items: 9, points: 200 } as const;

/** What the form begins with: what holds, or a plain example of the kind. */
export function draftOf(v: View): Draft {
  const { items, categories, expiry, rewards, ...rest } = v.terms;
  return {
    ...rest,
    items: items.join(', '),
    categories: categories.join(', '),
    expiry: expiry.kind,
    months: expiry.kind === 'never' ? 12 : expiry.months,
    rewards: rewards.length > 0 ? rewards.map((r, key) => ({ key, ...r })) : [{ key: 0, offerId: null, cost: COSTS[rest.kind] }],
    from: 'none',
    sinceDay: '',
    most: null,
    carry: 0,
  };
}

/** Another kind: the example's own number, where nothing else was typed. */
export const withKind = (d: Draft, kind: Terms['kind']): Draft => ({
  ...d,
  kind,
  staffMost: kind === 'points' ? 50 : 1,
  rewards: (kind === 'points' ? d.rewards : d.rewards.slice(0, 1)).map((r) => (r.cost === COSTS[d.kind] ? { ...r, cost: COSTS[kind] } : r)),
});

const named = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((x) => x.trim())
    .filter((x) => x !== '');

/** The first field that is not filled in; null = can be sent. */
export function gapOf(d: Draft): 'rewards' | 'cost' | 'months' | 'since' | null {
  if (d.rewards.some((r) => r.offerId === null)) return 'rewards';
  if (d.rewards.some((r) => r.cost === null || r.cost < 1)) return 'cost';
  if (d.expiry !== 'never' && (d.months === null || d.months < 1)) return 'months';
  if (d.from === 'since' && !/^\d{4}-\d\d-\d\d$/.test(d.sinceDay)) return 'since';
  return null;
}

/** The form as it is sent. `firstSale` = since when there are files; `counted`: what was counted of before stays. */
export function inputOf(d: Draft, o: { firstSale: ShopDay | null; yearAgo: ShopDay; counted: View['history'] }): LoyaltyInput {
  const { items, categories, expiry, months, rewards, from, sinceDay, most, carry, ...rest } = d;
  const since =
    from === 'none' ? null : from === 'year' ? o.yearAgo : from === 'since' ? (sinceDay as ShopDay) : (o.firstSale ?? o.yearAgo);
  return {
    terms: {
      ...rest,
      minSpend: (d.kind === 'visits' ? d.minSpend : 0) as Cents,
      items: d.kind === 'items' ? named(items) : [],
      categories: d.kind === 'items' ? named(categories) : [],
      times: d.kind === 'points' ? rest.times : [],
      expiry: expiry === 'never' ? { kind: 'never' } : { kind: expiry, months: months ?? 1 },
      rewards: rewards.flatMap((r) => (r.offerId === null || r.cost === null ? [] : [{ offerId: r.offerId, cost: r.cost }])),
    },
    history: o.counted ?? (since === null ? null : { since, most }),
    carry: carry ?? 0,
  };
}
