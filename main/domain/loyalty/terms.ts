import type { Cents, OfferId, ShopDay } from '../kernel';

/** A punch card per visit, a punch card per thing bought, or points for money spent. */
export const LOYALTY_KINDS = ['visits', 'items', 'points'] as const;
export type LoyaltyKind = (typeof LOYALTY_KINDS)[number];

/** `earned`: so many months after the day they were earned. `idle`: so many months after the last visit or reward. */
export type Expiry = { readonly kind: 'never' } | { readonly kind: 'earned' | 'idle'; readonly months: number };

/** Days on which more is given; weekdays as bits (0 = Sunday), between two shop days where they are set, both included. */
export interface SpecialDays {
  readonly weekdays: number;
  readonly fromDay: ShopDay | null;
  readonly untilDay: ShopDay | null;
  /** Hundredths: 200 = double. */
  readonly percent: number;
}

export interface Tier {
  readonly name: string;
  readonly nameEs: string;
  /** Minor units or visits of the 365 days, from which on. */
  readonly least: number;
  /** Points are multiplied by it, in hundredths; punch cards leave it out. */
  readonly percent: number;
}

export interface Reward {
  readonly offerId: OfferId;
  /** Punches or points. */
  readonly cost: number;
}

/** What a shop promises those who collect. Money in minor units before tax, days of the shop's calendar. */
export interface LoyaltyTerms {
  readonly kind: LoyaltyKind;
  /** `all`: everybody the shop knows; `asked`: who said at the counter that they want a card. */
  readonly joining: 'all' | 'asked';
  /** visits: what a day's purchases come to at least. */
  readonly minSpend: Cents;
  /** items: names of the till that count; both empty = everything. */
  readonly items: string[];
  readonly categories: string[];
  /** points: how many for one whole unit of money. */
  readonly perUnit: number;
  /** Minor units in one unit of money: 100 cents. */
  readonly unit: number;
  /** points: categories that give more, less or nothing, in hundredths. */
  readonly times: { readonly category: string; readonly percent: number }[];
  readonly specialDays: SpecialDays[];
  readonly tierBy: 'spend' | 'visits';
  /** Lowest first. */
  readonly tiers: Tier[];
  /** Cheapest first; a punch card has one. */
  readonly rewards: Reward[];
  readonly expiry: Expiry;
  /** How many days before something lapses it is said. */
  readonly noticeDays: number;
  /** What staff may add by hand at once; the owner any number. */
  readonly staffMost: number;
}

/** Purchases from before it was switched on, as one sum; `most`: nobody begins with more. */
export interface History {
  readonly since: ShopDay;
  readonly most: number | null;
}

/** What holds from a day on; of several from one day the last. */
export interface LoyaltyVersion {
  readonly id: number;
  readonly fromDay: ShopDay;
  readonly state: 'on' | 'off';
  readonly terms: LoyaltyTerms;
  readonly history: History | null;
  /** Where the kind changes: what one punch or point of before becomes. */
  readonly carry: number;
  /** Off: last day what people have may be used; null = for ever. */
  readonly useUntil: ShopDay | null;
}

export const NO_TERMS: LoyaltyTerms = {
  kind: 'visits',
  joining: 'all',
  minSpend: 0 as Cents,
  items: [],
  categories: [],
  perUnit: 1,
  unit: 100,
  times: [],
  specialDays: [],
  tierBy: 'spend',
  tiers: [],
  rewards: [],
  expiry: { kind: 'never' },
  noticeDays: 14,
  staffMost: 1,
};

/** The version of a day; null = before there was any. `versions` in the order they were made. */
export function versionOn(versions: readonly LoyaltyVersion[], day: ShopDay): LoyaltyVersion | null {
  let found: LoyaltyVersion | null = null;
  for (const v of versions) if (v.fromDay <= day) found = v;
  return found;
}

/** Those that ever held: of several from one day the last. */
export const thatHeld = <V extends LoyaltyVersion>(versions: readonly V[]): V[] =>
  versions.filter((v, i) => versions[i + 1]?.fromDay !== v.fromDay);

/** 0 = Sunday. */
const weekdayOf = (day: ShopDay): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** What a shop day gives, in hundredths: the best of the special days it is among. */
export function percentOn(terms: Pick<LoyaltyTerms, 'specialDays'>, day: ShopDay): number {
  let best = 100;
  for (const s of terms.specialDays) {
    if ((s.weekdays & (1 << weekdayOf(day))) === 0) continue;
    if (s.fromDay !== null && day < s.fromDay) continue;
    if (s.untilDay !== null && day > s.untilDay) continue;
    best = Math.max(best, s.percent);
  }
  return best;
}

const whole = (n: number, least: number, most: number): boolean => Number.isInteger(n) && n >= least && n <= most;

/** A name for a field that cannot stay as it is; null when all is well. */
export function badTerm(t: LoyaltyTerms): string | null {
  if (!whole(t.minSpend, 0, 100_000_000)) return 'minSpend';
  if (t.kind === 'points' && !whole(t.perUnit, 1, 1000)) return 'perUnit';
  if (t.rewards.length === 0 || (t.kind !== 'points' && t.rewards.length > 1)) return 'rewards';
  if (t.rewards.some((r) => !whole(r.cost, 1, t.kind === 'points' ? 1_000_000 : 100))) return 'cost';
  if (t.rewards.some((r, i) => i > 0 && r.cost < (t.rewards[i - 1] as Reward).cost)) return 'rewards';
  if (t.times.some((x) => x.category.trim() === '' || !whole(x.percent, 0, 1000))) return 'times';
  if (t.specialDays.some((s) => !whole(s.weekdays, 1, 127) || !whole(s.percent, 100, 1000))) return 'specialDays';
  if (t.specialDays.some((s) => s.fromDay !== null && s.untilDay !== null && s.fromDay > s.untilDay)) return 'specialDays';
  if (t.tiers.some((x) => x.name.trim() === '' || !whole(x.least, 1, 1_000_000_000) || !whole(x.percent, 100, 1000))) return 'tiers';
  if (t.tiers.some((x, i) => i > 0 && x.least <= (t.tiers[i - 1] as Tier).least)) return 'tiers';
  if (t.expiry.kind !== 'never' && !whole(t.expiry.months, 1, 60)) return 'expiry';
  if (!whole(t.noticeDays, 0, 90)) return 'noticeDays';
  if (!whole(t.staffMost, 0, 100_000)) return 'staffMost';
  return null;
}
