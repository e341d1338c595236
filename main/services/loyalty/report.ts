import {
  byHandSince,
  lapsing,
  type MemberFilter,
  members,
  movedBetween,
  owed,
  reasonsOf,
  rewardsByOffer,
} from '@db/queries/loyalty-report';
import { accountRow, entriesOfPerson } from '@db/queries/points';
import { addDays, shopDay } from '@domain/calendar';
import { showName } from '@domain/customers/name';
import { type Cents, type CustomerId, DAY, type ShopDay, type UtcMs } from '@domain/kernel';
import { NO_TERMS } from '@domain/loyalty/terms';
import { addMonths } from '@domain/privacy/retention';
import { inTurns, nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { programmeOf, usable } from './keep';
import { memberTerms, pricedRewards } from './programme';

/** Who collects, with what each has; at most a page. */
export function listMembers(ctx: Ctx, show: MemberFilter, page: { offset: number; limit: number }) {
  const terms = programmeOf(ctx).terms ?? NO_TERMS;
  const today = shopDay(ctx.clock.now(), ctx.settings().shop.zone);
  const { total, rows } = members(ctx.db, show, memberTerms(terms, today), page);
  return {
    total,
    rows: rows.map(({ firstName, lastName, company, ...r }) => ({ ...r, name: showName({ firstName, lastName, company }) })),
  };
}

/** One person's ledger, newest first. */
export function listEntries(ctx: Ctx, id: CustomerId, page: { offset: number; limit: number }) {
  const { total, rows } = entriesOfPerson(ctx.db, id, page);
  const reasons = reasonsOf(
    ctx.db,
    rows.flatMap((r) => (r.cause.startsWith('note:') ? [r.cause.slice('note:'.length)] : [])),
  );
  return {
    balance: accountRow(ctx.db, id)?.balance ?? 0,
    total,
    rows: rows.map((r) => ({ ...r, reason: reasons.get(r.cause.slice('note:'.length)) ?? '' })),
  };
}

const YEAR_DAYS = 365;

export interface Month {
  month: string;
  earned: number;
  used: number;
  expired: number;
  takenBack: number;
  byHand: number;
}

/** What the shop owes those who collect, at what it would cost it. */
export async function liabilityReport(ctx: Ctx) {
  const now = ctx.clock.now();
  const { shop } = ctx.settings();
  const asOf = shopDay(now, shop.zone);
  const programme = programmeOf(ctx);
  const terms = programme.terms ?? NO_TERMS;
  const ended = programme.now !== null && !usable(ctx, programme);
  const rewards = pricedRewards(ctx, terms);
  const [cheapest] = rewards;
  const sums = await inTurns(owed(ctx.db, cheapest && !ended ? cheapest.cost : null));
  const given = new Map((await inTurns(rewardsByOffer(ctx.db, now))).map((r) => [r.offerId, r]));
  const perPoint = rewards.flatMap((r) => (r.costs === null ? [] : [r.costs / r.cost])).sort((a, b) => b - a)[0] ?? null;
  const { could } = sums;
  const out = [...given.values()].reduce((n, r) => n + r.out, 0);
  const outCost = rewards.reduce<number | null>((n, r) => {
    const count = given.get(r.offerId)?.out ?? 0;
    return n === null || (r.costs === null && count > 0) ? null : n + count * (r.costs ?? 0);
  }, 0);
  return {
    kind: terms.kind,
    asOf,
    currency: shop.currency,
    people: sums.people,
    points: sums.points,
    belowZero: { people: sums.below, points: sums.belowPoints },
    unconfirmed: sums.unconfirmed,
    ended: ended ? (programme.now?.useUntil ?? null) : null,
    ready: could,
    readyCost: ended ? (0 as Cents) : cheapest?.costs == null ? null : ((could * cheapest.costs) as Cents),
    pointsCost: ended ? (0 as Cents) : perPoint === null ? null : (Math.round(sums.points * perPoint) as Cents),
    codes: { out, cost: outCost as Cents | null },
    expiring: await inTurns(lapsing(ctx.db)),
    months: await byMonth(ctx, asOf),
    byHand: byHandSince(ctx.db, (now - YEAR_DAYS * DAY) as UtcMs),
    rewards: rewards.map((r) => ({ ...r, given: given.get(r.offerId)?.given ?? 0, used: given.get(r.offerId)?.used ?? 0 })),
  };
}

/** A month at a time, so that the counter goes between. */
async function byMonth(ctx: Ctx, asOf: ShopDay): Promise<Month[]> {
  const out: Month[] = [];
  const from = addDays(asOf, -YEAR_DAYS);
  for (let first = `${from.slice(0, 7)}-01` as ShopDay; first <= asOf; first = addMonths(first, 1)) {
    const m: Month = { month: first.slice(0, 7), earned: 0, used: 0, expired: 0, takenBack: 0, byHand: 0 };
    for (const { kind, points } of movedBetween(ctx.db, first < from ? from : first, addMonths(first, 1))) {
      if (kind === 'spend') m.used -= points;
      else if (kind === 'expire') m.expired -= points;
      else if (kind === 'refund') m.takenBack -= points;
      else if (kind === 'adjust') m.byHand += points;
      else m.earned += points;
    }
    if (out.length > 0 || m.earned !== 0 || m.byHand !== 0) out.push(m);
    await nextTurn();
  }
  return out.slice(-13);
}
