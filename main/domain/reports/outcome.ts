import { latestTextFor, netAfterReturns, REFUND_REACH } from '../attribution/credit';
import type { CustomerId, SaleId, UtcMs } from '../kernel';
import { DAY } from '../kernel';
import { marginKept } from './margin';
import type { PersonFacts } from './tally';

/**
 * What became of one person of a campaign, as numbers that can be added up: 0 or 1, people's money in minor units, message cost in
 * millionths. The one definition of every figure of a campaign: rows are kept per person (db/queries/outcomes.ts), sums are sums of them.
 */
export const OUTCOME_SUMS = [
  'reached',
  'delivered',
  'linked',
  'tapped',
  'replied',
  'stopped',
  'redeemed',
  'came',
  'again',
  'comparable',
  'buyers',
  'list',
  'discounts',
  'margin',
  'unknown',
  'buyers28',
  'list28',
  'discounts28',
  'margin28',
  'unknown28',
  'directSales',
  'direct',
  'influencedSales',
  'influenced',
  'segments',
  'cost',
] as const;
export type OutcomeSum = (typeof OUTCOME_SUMS)[number];
export type OutcomeSums = Record<OutcomeSum, number>;

export interface Outcome extends OutcomeSums {
  readonly customerId: CustomerId;
  readonly arm: PersonFacts['arm'];
  readonly part: number;
  readonly words: string;
}

/** Sums of the people of one part, wording and side. */
export interface OutcomeTotal extends OutcomeSums {
  readonly part: number;
  readonly words: string;
  readonly arm: PersonFacts['arm'];
  people: number;
}

/** Nobody's sums, to add to. */
export const noSums = (): OutcomeSums => Object.fromEntries(OUTCOME_SUMS.map((k) => [k, 0])) as OutcomeSums;

/** `from`: the draw; `to`: last instant of the window; `late`: of the 28 days; all included. */
export interface OutcomeWindow {
  readonly from: UtcMs;
  readonly to: UtcMs;
  readonly late: UtcMs;
}

/** "Bought again" looks this far past the first visit. */
const AGAIN = 28 * DAY;
/** Returns find what they take back among sales from this long before the draw on. */
export const SALES_BEFORE = REFUND_REACH;

/** The window of a campaign: 28 days are counted from the same draw, and never fewer than the window itself. */
export function outcomeWindow(c: { readonly startedAt: UtcMs; readonly windowEndsAt: UtcMs }): OutcomeWindow {
  return { from: c.startedAt, to: c.windowEndsAt, late: Math.max(c.startedAt + 28 * DAY, c.windowEndsAt) as UtcMs };
}

/** Sales after this say nothing about a campaign any more, but for what was brought back of earlier ones. */
export const outcomeUntil = (w: OutcomeWindow): UtcMs => Math.max(w.late, w.to + AGAIN) as UtcMs;
/** Until when sales are read: a return of the days after takes from those before, as it does of the credited ones (credit.ts). */
export const outcomeSalesUntil = (w: OutcomeWindow): UtcMs => (outcomeUntil(w) + REFUND_REACH) as UtcMs;

/**
 * Everything but the comparison is counted for people whose text was delivered, after it left; the comparison counts both sides over
 * the same days, as drawn, whether or not the text arrived, over the sales of a till identity fixed before (rules.md §7).
 */
export function personOutcome(p: PersonFacts, w: OutcomeWindow): Outcome {
  const o: Outcome = { customerId: p.customerId, arm: p.arm, part: p.part, words: p.words, ...noSums() };
  if (p.arm === 'excluded') return o;
  if (p.arm === 'text') texted(o, p, w);
  if (!p.tillFixed) return o;
  o.comparable = 1;
  if (p.sales.length === 0) return o;
  const kept = netAfterReturns(p.sales);
  const window = bought(p, kept, w.from, w.to);
  const late = w.late === w.to ? window : bought(p, kept, w.from, w.late);
  o.buyers = window.buyers;
  o.list = window.list;
  o.discounts = window.discounts;
  o.margin = window.margin;
  o.unknown = window.unknown;
  o.buyers28 = late.buyers;
  o.list28 = late.list;
  o.discounts28 = late.discounts;
  o.margin28 = late.margin;
  o.unknown28 = late.unknown;
  return o;
}

const bit = (yes: boolean): 0 | 1 => (yes ? 1 : 0);

function texted(o: Outcome, p: PersonFacts, w: OutcomeWindow): void {
  o.reached = bit(p.leftAt !== null);
  o.linked = bit(p.linked);
  o.tapped = bit(p.tapped);
  o.replied = bit(p.replied);
  o.stopped = bit(p.stopped);
  o.redeemed = bit(p.redeemed);
  o.segments = p.segments;
  o.cost = p.cost;
  Object.assign(o, p.credits);
  if (!p.delivered || p.leftAt === null) return;
  o.delivered = 1;
  const { leftAt } = p;
  let first = Number.POSITIVE_INFINITY;
  for (const s of p.sales) if (s.kind === 'sale' && latestTextFor(s) >= leftAt && s.occurredAt < first) first = s.occurredAt;
  const inWindow = first <= w.to;
  o.came = bit(inWindow || p.seen || p.redeemed);
  o.again = bit(inWindow && p.sales.some((s) => s.kind === 'sale' && s.occurredAt >= first + DAY / 2 && s.occurredAt <= first + AGAIN));
}

function bought(p: PersonFacts, kept: ReadonlyMap<SaleId, number>, from: UtcMs, to: UtcMs) {
  const sums = { buyers: 0, list: 0, discounts: 0, margin: 0, unknown: 0 };
  for (const s of p.sales) {
    if (s.kind !== 'sale' || !s.fixed || s.occurredAt < from || s.occurredAt > to) continue;
    const left = kept.get(s.saleId) ?? 0;
    if (left <= 0 || s.net <= 0) continue;
    sums.buyers = 1;
    sums.list += Math.round((s.gross * left) / s.net);
    sums.discounts += Math.round((s.discount * left) / s.net);
    if (s.margin === null) sums.unknown++;
    else sums.margin += marginKept(s.margin, s.net, left);
  }
  return sums;
}
