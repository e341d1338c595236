import { MOVEMENT_KINDS } from '@domain/loyalty/account';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { OfferTermsZ } from './offers';
import { CentsZ, CustomerIdZ, DoneZ, EmptyZ, OfferIdZ, PageZ, ShopDayZ, UtcMsZ } from './primitives';

const n = z.number().int();
const text = (max: number) => z.string().max(max);
const KindZ = z.enum(['visits', 'items', 'points']);
const MovementKindZ = z.enum(MOVEMENT_KINDS);

/** What the shop promises those who collect (domain/loyalty/terms.ts). Money in minor units, percents in hundredths. */
export const LoyaltyTermsZ = z.object({
  kind: KindZ,
  joining: z.enum(['all', 'asked']),
  minSpend: CentsZ,
  items: z.array(text(120)).max(50),
  categories: z.array(text(120)).max(50),
  perUnit: n,
  unit: n,
  times: z.array(z.object({ category: text(120), percent: n })).max(30),
  specialDays: z.array(z.object({ weekdays: n, fromDay: ShopDayZ.nullable(), untilDay: ShopDayZ.nullable(), percent: n })).max(20),
  tierBy: z.enum(['spend', 'visits']),
  tiers: z.array(z.object({ name: text(40), nameEs: text(40), least: n, percent: n })).max(5),
  rewards: z.array(z.object({ offerId: OfferIdZ, cost: n })).max(8),
  expiry: z.union([z.object({ kind: z.literal('never') }), z.object({ kind: z.enum(['earned', 'idle']), months: n })]),
  noticeDays: n,
  staffMost: n,
});
export const HistoryZ = z.object({ since: ShopDayZ, most: n.nullable() });

const Draft = { terms: LoyaltyTermsZ, history: HistoryZ.nullable(), carry: n.min(0).max(1000) };

/** What a reward costs the shop each time; null = cannot be worked out. */
const RewardCostZ = z.object({
  offerId: OfferIdZ,
  name: z.string(),
  cost: n,
  offer: OfferTermsZ,
  /** What it is worth at list price, and what it costs the shop by its margin. */
  worth: CentsZ.nullable(),
  costs: CentsZ.nullable(),
  /** The margin is known, so that `costs` is what the shop really pays. */
  byMargin: z.boolean(),
});

export const CounterRewardZ = z.object({
  code: z.string(),
  shared: z.boolean(),
  expiresAt: UtcMsZ.nullable(),
  offer: OfferTermsZ,
  left: n,
  refusal: z.null(),
  mayHonour: z.boolean(),
});

/** Punch cards and points: the counter's part for staff, the rest for the owner. */
export const loyalty = {
  'loyalty/programme': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      state: z.enum(['never', 'on', 'off']),
      since: ShopDayZ.nullable(),
      useUntil: ShopDayZ.nullable(),
      terms: LoyaltyTermsZ,
      history: HistoryZ.nullable(),
      rewards: z.array(RewardCostZ),
      /** People whose purchases are still being looked at. */
      counting: n,
      members: n,
      ready: n,
      near: n,
      firstSale: ShopDayZ.nullable(),
      lastSale: ShopDayZ.nullable(),
      currency: z.string(),
    }),
  }),
  /** What these terms would have cost on last year's sales, and who would begin with what. Reads only; a second or two in a large shop. */
  'loyalty/preview': query({
    role: 'owner',
    input: z.object(Draft),
    output: z.object({
      /** Every so-manieth person was looked at; 1 = everybody. */
      every: n,
      people: n,
      collecting: n,
      months: z.array(z.object({ month: z.string(), rewards: n, cost: CentsZ.nullable() })).max(13),
      rewardsPerMonth: n,
      costPerMonth: CentsZ.nullable(),
      /** Share of those people's takings, in hundredths of a percent. */
      share: n.nullable(),
      begin: z.object({ people: n, points: n, ready: n, cost: CentsZ.nullable() }),
      /** Of people with several visits, how many days the first reward takes in the middle. */
      daysToFirst: n.nullable(),
      rewards: z.array(RewardCostZ),
    }),
  }),
  'loyalty/save': command({
    role: 'owner',
    input: z.object(Draft),
    output: DoneZ,
    changes: ['offers', 'customers', 'counter', 'settings'],
  }),
  'loyalty/off': command({
    role: 'owner',
    input: z.object({ useUntil: ShopDayZ.nullable() }),
    output: DoneZ,
    changes: ['offers', 'customers', 'counter', 'settings'],
  }),
  'loyalty/members': query({
    role: 'owner',
    input: z.object({ show: z.enum(['all', 'ready', 'near', 'expiring', 'below-zero']).default('all'), page: PageZ }),
    output: z.object({
      total: n,
      rows: z
        .array(
          z.object({
            customerId: CustomerIdZ,
            name: z.string(),
            balance: n,
            missing: n.nullable(),
            ready: n,
            tier: n,
            expiresOn: ShopDayZ.nullable(),
            expiresPoints: n,
            lastVisitAt: UtcMsZ.nullable(),
          }),
        )
        .max(200),
    }),
  }),
  'loyalty/entries': query({
    role: 'owner',
    input: z.object({ customerId: CustomerIdZ, page: PageZ }),
    output: z.object({
      balance: n,
      total: n,
      rows: z
        .array(z.object({ id: n, cause: z.string(), kind: MovementKindZ, points: n, day: ShopDayZ, at: UtcMsZ, reason: z.string() }))
        .max(200),
    }),
  }),
  /** What the shop owes its members: points and rewards that are out. */
  'loyalty/report': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      kind: KindZ,
      asOf: ShopDayZ,
      currency: z.string(),
      people: n,
      points: n,
      belowZero: z.object({ people: n, points: n }),
      unconfirmed: n,
      /** Rewards are off, and this was the last day on which anything could be used. */
      ended: ShopDayZ.nullable(),
      /** Rewards that could be asked for today, if everybody took the one that costs the shop most. */
      ready: n,
      readyCost: CentsZ.nullable(),
      /** All points, at what the cheapest way to use them costs the shop per point. */
      pointsCost: CentsZ.nullable(),
      codes: z.object({ out: n, cost: CentsZ.nullable() }),
      expiring: z.array(z.object({ month: z.string(), points: n })).max(24),
      months: z.array(z.object({ month: z.string(), earned: n, used: n, expired: n, takenBack: n, byHand: n })).max(13),
      byHand: z.array(z.object({ name: z.string(), times: n, points: n })).max(20),
      rewards: z.array(RewardCostZ.extend({ given: n, used: n })),
    }),
  }),
  /** A person's card at the counter; null = nothing to say. */
  'loyalty/card': query({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ }),
    output: z
      .object({
        kind: KindZ,
        on: z.boolean(),
        joining: z.enum(['all', 'asked']),
        collects: z.boolean(),
        have: n,
        unconfirmed: n,
        missing: n.nullable(),
        rewards: z.array(z.object({ offerId: OfferIdZ, needs: n, times: n, offer: OfferTermsZ })),
        tier: z.object({ name: z.string(), nameEs: z.string() }).nullable(),
        expiring: z.object({ day: ShopDayZ, points: n }).nullable(),
        useUntil: ShopDayZ.nullable(),
        countedToday: z.boolean(),
        staffMost: n.nullable(),
        recent: z.array(z.object({ kind: MovementKindZ, points: n, day: ShopDayZ })),
      })
      .nullable(),
  }),
  'loyalty/join': command({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ }),
    output: DoneZ,
    changes: ['customers', 'counter'],
  }),
  /** A visit the till file has not told yet; the sale takes its place when it comes. */
  'loyalty/punch': command({
    role: 'staff',
    input: z.object({
      customerId: CustomerIdZ,
      amount: CentsZ.nullable().default(null),
      count: n.min(1).max(20).default(1),
      receiptNo: text(60).nullable().default(null),
    }),
    output: z.object({ points: n, have: n }),
    changes: ['customers', 'counter'],
  }),
  'loyalty/adjust': command({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ, points: n.min(-1_000_000).max(1_000_000), reason: text(200) }),
    output: z.object({ have: n }),
    changes: ['customers', 'counter'],
  }),
  /** Gives a reward out as a code, to be redeemed like any other. */
  'loyalty/give': command({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ, offerId: OfferIdZ }),
    output: CounterRewardZ,
    changes: ['customers', 'offers', 'counter'],
  }),
} satisfies Contract;
