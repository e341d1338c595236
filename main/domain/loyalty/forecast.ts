import { daysBetween } from '../calendar';
import type { ShopDay } from '../kernel';
import { accountOf, type LoyaltyFacts } from './account';
import type { History, LoyaltyTerms, LoyaltyVersion } from './terms';

/** What a programme would have meant for one person. */
export interface Forecast {
  /** Days on which enough for the first reward was together, as often as it was. */
  readonly rewards: readonly ShopDay[];
  readonly collected: number;
  /** Days from the first punch or point to the first reward; null = none. */
  readonly toFirst: number | null;
  /** What they would begin with today. */
  readonly begin: number;
}

const version = (id: number, fromDay: ShopDay, terms: LoyaltyTerms, history: History | null): LoyaltyVersion => ({
  id,
  fromDay,
  state: 'on',
  terms,
  history,
  carry: 0,
  useUntil: null,
});

/** The same terms played over the year before: everybody takes the cheapest reward as soon as they can. */
export function forecastOf(terms: LoyaltyTerms, history: History | null, facts: LoyaltyFacts, from: ShopDay, today: ShopDay): Forecast {
  // as if everybody had had a card: who would ask for one nobody knows
  const all: LoyaltyTerms = { ...terms, joining: 'all', expiry: { kind: 'never' } };
  const none = { notes: [], rewards: [], bonuses: [], memberSince: null };
  const year = accountOf([version(1, from, all, null)], { ...none, sales: facts.sales }, today);
  const cost = terms.rewards[0]?.cost ?? Number.POSITIVE_INFINITY;
  const rewards: ShopDay[] = [];
  let have = 0;
  let first: ShopDay | null = null;
  let toFirst: number | null = null;
  for (const m of [...year.movements].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    if (m.points > 0) first ??= m.day;
    have += m.points;
    while (have >= cost) {
      have -= cost;
      rewards.push(m.day);
      if (toFirst === null && first !== null) toFirst = daysBetween(first, m.day);
    }
  }
  const begin =
    history === null
      ? 0
      : (accountOf([version(1, today, { ...all, expiry: terms.expiry }, history)], { ...none, sales: facts.sales }, today).movements.find(
          (m) => m.kind === 'backfill',
        )?.points ?? 0);
  return { rewards, collected: year.movements.reduce((n, m) => n + Math.max(0, m.points), 0), toFirst, begin };
}
