import { addDays } from '../calendar';
import type { Cents, ShopDay, UtcMs } from '../kernel';
import { type Earned, earnings } from './earn';
import { type Lots, lotsOf } from './lots';
import type { SaleFact } from './purchases';
import { type LoyaltyVersion, versionOn } from './terms';
import { type Standing, standingOn } from './tiers';

/** What staff typed: a visit the till file has not told yet (`punch`), or something given or taken by hand. */
export interface NoteFact {
  readonly uid: string;
  readonly kind: 'punch' | 'adjust';
  readonly at: UtcMs;
  readonly day: ShopDay;
  /** adjust: how many, signed. */
  readonly points: number;
  /** punch: what the till said, minor units; null = not typed. */
  readonly amount: Cents | null;
  /** punch: how many things. */
  readonly count: number;
  readonly receiptNo: string | null;
}

/** A reward given out as a code; `back`: called off, or run out unused, so that it cost nothing. */
export interface RewardFact {
  readonly code: string;
  readonly day: ShopDay;
  readonly cost: number;
  readonly back: boolean;
  /** When it runs out unless it is used; null = settled. */
  readonly endsOn: ShopDay | null;
}

/** Points an offer gave when it was redeemed. */
export interface BonusFact {
  readonly key: string;
  readonly day: ShopDay;
  readonly points: number;
}

/** All that decides about one person's account; in any order. */
export interface LoyaltyFacts {
  readonly sales: readonly SaleFact[];
  readonly notes: readonly NoteFact[];
  readonly rewards: readonly RewardFact[];
  readonly bonuses: readonly BonusFact[];
  /** First day of their card; null = they never asked for one. */
  readonly memberSince: ShopDay | null;
}

export const MOVEMENT_KINDS = ['earn', 'refund', 'spend', 'expire', 'adjust', 'backfill', 'change', 'correct'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** What one cause comes to. A cause is a stable fact: the till's number of a receipt, a day, a code. */
export interface Movement {
  readonly cause: string;
  readonly kind: MovementKind;
  readonly day: ShopDay;
  readonly points: number;
}

export interface LoyaltyAccount {
  /** May be below zero: something was brought back after its points were used. */
  readonly balance: number;
  /** One per cause, none of nothing. */
  readonly movements: readonly Movement[];
  /** Of the balance, what staff typed and no till file has told yet. */
  readonly unconfirmed: number;
  /** Notes of staff that a sale has taken the place of. */
  readonly settled: ReadonlySet<string>;
  readonly tier: Standing;
  /** What lapses next, and the last day it can be used. */
  readonly expiring: { readonly day: ShopDay; readonly points: number } | null;
  /** First day on which the calendar alone changes this account; null = none. */
  readonly changesOn: ShopDay | null;
}

const earliest = (days: readonly (ShopDay | null)[]): ShopDay | null =>
  days.reduce<ShopDay | null>((a, b) => (b !== null && (a === null || b < a) ? b : a), null);

/**
 * The account of one person: a function of what is known and of the day alone, so that the order in which files, returns and taps came
 * makes no difference (services/loyalty/keep.ts books what differs from what was booked). `versions` in the order they were made.
 */
export function accountOf(versions: readonly LoyaltyVersion[], facts: LoyaltyFacts, today: ShopDay): LoyaltyAccount {
  const earned: Earned = earnings(versions, facts);
  const lots: Lots = lotsOf(versions, earned, facts, today);
  const terms = versionOn(versions, today)?.terms ?? null;
  const tier = standingOn(terms, earned.bought, today);
  const live = lots.movements.filter((m) => m.points !== 0);
  return {
    balance: live.reduce((n, m) => n + m.points, 0),
    movements: live,
    unconfirmed: earned.unconfirmed,
    settled: earned.settled,
    tier,
    expiring: lots.expiring,
    changesOn: earliest([
      lots.expiring === null ? null : addDays(lots.expiring.day, 1),
      tier.fallsOn,
      ...facts.rewards.map((r) => (r.back ? null : r.endsOn)),
      versions.find((v) => v.fromDay > today)?.fromDay ?? null,
    ]),
  };
}
