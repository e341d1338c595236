import { type Interval, katz, wilson } from '../attribution/intervals';
import { Z95 } from '../attribution/normal';
import type { Leak } from '../attribution/payback';
import { type SampleRatio, sampleRatio, smallestVisibleRise } from '../attribution/power';
import { effect, type Verdict, verdict } from '../attribution/verdict';
import type { WindowState } from '../attribution/window';
import type { CampaignId, Cents, Micros, ShopDay, UtcMs } from '../kernel';
import type { Finding } from './finding';
import type { ArmFigures, TallyFigures } from './tally';

export interface CampaignHead {
  readonly id: CampaignId;
  readonly name: string;
  readonly state: 'draft' | 'staging' | 'sending' | 'paused' | 'finished' | 'cancelled';
  readonly startedAt: UtcMs;
  readonly windowEndsAt: UtcMs;
  readonly windowDays: number;
  readonly offer: string | null;
  readonly percentHeldOut: number;
  readonly goal: Goal;
}

/** Chosen before sending. Profit in whole dollars as it was typed, the others in people. */
export interface Goal {
  readonly kind: 'none' | 'visits' | 'redemptions' | 'profit';
  readonly target: number | null;
}

export type GoalVerdict = 'reached' | 'not-reached' | 'cannot-tell' | 'running';

export interface GoalResult {
  readonly kind: 'visits' | 'redemptions' | 'profit';
  /** People, or minor units. */
  readonly target: number;
  /** What came of it; null while it cannot be said (profit without a verdict). */
  readonly reached: number | null;
  /** Judged once the window is over; a profit is reached only when all of its range is, and missed only when none of it is. */
  readonly verdict: GoalVerdict;
}

export const FUNNEL_NAMES = ['texted', 'delivered', 'tapped', 'replied', 'pay-sent', 'paid', 'came', 'redeemed', 'again'] as const;
export type FunnelName = (typeof FUNNEL_NAMES)[number];
/** Steps only some campaigns have. */
export interface FunnelExtras {
  /** People who opened their link; null where no website tells, or no text had one. */
  readonly tapped: number | null;
  /** People who asked for something and were sent a link to pay for it, and those of them who paid. */
  readonly payLinks: { readonly sent: number; readonly paid: number } | null;
}
/** One step: how many people, and which share of which step before that is (Wilson 95 %). */
export interface FunnelStep {
  readonly name: FunnelName;
  readonly count: number;
  readonly of: FunnelName | null;
  readonly share: Interval | null;
}

/** Prices are what the carrier told; texts it has not priced yet are counted at the quoted price. Millionths of `currency`. */
export interface CampaignCost {
  readonly texts: number;
  readonly segments: number;
  readonly known: Micros;
  readonly expected: Micros;
  readonly unpriced: number;
  readonly currency: string;
}

export interface CampaignTakings {
  readonly direct: { readonly sales: number; readonly net: Cents };
  readonly influenced: { readonly sales: number; readonly net: Cents };
  /** Typed at the counter, no till sale matched yet; replaced by it later, never added to it. */
  readonly provisional: { readonly redemptions: number; readonly amount: Cents };
  /** Given away with this campaign's codes, where the sale or the counter tells. */
  readonly discounts: Cents;
}

export interface CampaignComparison {
  readonly text: ArmFigures & { readonly share: Interval | null };
  readonly control: ArmFigures & { readonly share: Interval | null };
  readonly notComparable: number;
  readonly ratio: SampleRatio;
  /** In profit once a margin was typed, else in buyers. */
  readonly verdict: Verdict;
  /** Always in buyers: people are told apart sooner than money. */
  readonly inBuyers: Verdict;
  /** Texted share ÷ held-out share; only with ten held-out buyers. */
  readonly lift: Interval | null;
  /** Smallest rise (share 0…1) groups of this size usually show. */
  readonly visibleRise: number | null;
  /** What of a hundred of list price the profit rests on, over all that was bought; null = buyers are compared, not profit. */
  readonly marginPercent: number | null;
  /** Extra profit in cents with its range, also where the groups are too small for a verdict of their own: to be added up with others'. */
  readonly profitRange: Interval | null;
}

export interface FirstSaid {
  readonly code: Exclude<Finding['code'], 'running' | 'waiting'>;
  readonly at: UtcMs;
}

export interface CampaignReport {
  readonly head: CampaignHead;
  readonly window: WindowState;
  readonly people: { readonly texted: number; readonly heldOut: number; readonly excluded: number };
  readonly goal: GoalResult | null;
  readonly funnel: FunnelStep[];
  readonly stops: { readonly count: number; readonly share: Interval | null };
  readonly redemptionsByDay: { readonly day: ShopDay; readonly count: number; readonly total: number }[];
  readonly takings: CampaignTakings;
  readonly cost: CampaignCost;
  /** With the texts of its follow-ups, millionths: what the profit is told after. Null without follow-ups. */
  readonly pathCost: Micros | null;
  /** Null before the window is over and covered by the till file: one look, at its end. */
  readonly comparison: CampaignComparison | null;
  /** The same over 28 days, where the till file reaches that far: shows purchases that were only brought forward. */
  readonly after28Days: CampaignComparison | null;
  /** Sales of the window the till tied to a known person, of all its sales. */
  readonly recognised: { readonly sales: number; readonly of: number };
  /** The verdict as figures of a sentence. */
  readonly finding: Finding;
  /** What it said when its days were first over, where that has changed since. */
  readonly firstSaid: FirstSaid | null;
  readonly leak: Leak;
}

const share = (x: number, n: number): Interval | null => (n > 0 && x <= n ? wilson({ x, n }) : null);

export function funnelOf(f: TallyFigures, extras: FunnelExtras = { tapped: null, payLinks: null }): FunnelStep[] {
  const step = (name: FunnelName, count: number, of: FunnelName | null, base: number): FunnelStep => ({
    name,
    count,
    of,
    share: of === null ? null : share(count, base),
  });
  return [
    step('texted', f.left, null, 0),
    step('delivered', f.delivered, 'texted', f.left),
    ...(extras.tapped === null ? [] : [step('tapped', extras.tapped, 'delivered', f.delivered)]),
    step('replied', f.replied, 'delivered', f.delivered),
    ...(extras.payLinks === null
      ? []
      : [
          step('pay-sent', extras.payLinks.sent, 'replied', f.replied),
          step('paid', extras.payLinks.paid, 'pay-sent', extras.payLinks.sent),
        ]),
    step('came', f.came, 'delivered', f.delivered),
    step('redeemed', f.redeemed, 'delivered', f.delivered),
    step('again', f.again, 'came', f.came),
  ];
}

/** The goal beside what was reached: people who came, codes used, or the best guess of profit because of the text. */
export function goalResult(
  goal: Goal,
  f: TallyFigures,
  comparison: CampaignComparison | null,
  minorPerMajor: number,
  closed: boolean,
): GoalResult | null {
  if (goal.kind === 'none' || goal.target === null) return null;
  const { kind, target } = goal;
  const counted = (reached: number): GoalResult => ({
    kind: kind as 'visits' | 'redemptions',
    target,
    reached,
    // people are counted, not compared: who came has come, so enough of them may be said at once
    verdict: reached >= target ? 'reached' : closed ? 'not-reached' : 'running',
  });
  if (kind === 'visits') return counted(f.came);
  if (kind === 'redemptions') return counted(f.redeemed);
  const range = comparison?.verdict.measure === 'profit' ? comparison.verdict.range : null;
  const cents = target * minorPerMajor;
  return {
    kind,
    target: cents,
    reached: range ? Math.round(range.estimate) : null,
    verdict: !closed
      ? 'running'
      : !range
        ? 'cannot-tell'
        : range.low >= cents
          ? 'reached'
          : range.high < cents
            ? 'not-reached'
            : 'cannot-tell',
  };
}

/**
 * Texted against held out. `messageCost` in cents of the shop's currency, null when the carrier bills in another one (then
 * there is no profit either, we do not guess exchange rates). Null when nobody was held out.
 */
export function compare(
  f: TallyFigures,
  percentHeldOut: number,
  money: { marginPercent: number | null; messageCost: number | null },
): CampaignComparison {
  const { text, control } = f;
  const buyers = text.buyers + control.buyers;
  const list = text.list + control.list;
  const margin = text.margin === null || control.margin === null ? null : text.margin + control.margin;
  const profit =
    money.marginPercent === null || margin === null || money.messageCost === null
      ? null
      : {
          marginPerBuyer: buyers === 0 ? 0 : margin / buyers,
          discountPerTextedBuyer: text.buyers === 0 ? 0 : text.discounts / text.buyers,
          discountPerHeldOutBuyer: control.buyers === 0 ? 0 : control.discounts / control.buyers,
          messageCost: money.messageCost,
          ...(text.buyers > 0 &&
            control.buyers > 0 && {
              ownMargin: { texted: (text.margin ?? 0) / text.buyers, heldOut: (control.margin ?? 0) / control.buyers },
            }),
        };
  const sides = { text: { x: text.buyers, n: text.n }, control: { x: control.buyers, n: control.n } };
  const plannedControl = percentHeldOut / 100;
  const groups = { ...sides, textedPeople: text.n, plannedControl };
  const base = control.n > 0 ? control.buyers / control.n : 0.05;
  const bothSides = f.heldOut > 0 && text.n > 0 && control.n > 0;
  return {
    text: { ...text, share: share(text.buyers, text.n) },
    control: { ...control, share: share(control.buyers, control.n) },
    notComparable: f.notComparable,
    // the split itself is checked over everybody drawn; who is comparable was balanced by the draw
    ratio: sampleRatio(f.texted, f.heldOut, plannedControl),
    verdict: verdict(f.heldOut === 0 ? null : { ...groups, profit }),
    inBuyers: verdict(f.heldOut === 0 ? null : { ...groups, profit: null }),
    lift: text.n > 0 && control.n > 0 ? katz(sides.text, sides.control) : null,
    visibleRise: smallestVisibleRise(base, text.n, control.n),
    marginPercent: profit && margin !== null ? (list === 0 ? money.marginPercent : Math.round((margin / list) * 1000) / 10) : null,
    profitRange: profit && bothSides ? effect({ ...groups, profit }, Z95) : null,
  };
}

/** Redemptions per shop day over the whole window, days without any included, with the running total. */
export function redemptionsOverTime(
  days: readonly ShopDay[],
  counts: ReadonlyMap<ShopDay, number>,
): { day: ShopDay; count: number; total: number }[] {
  let total = 0;
  return days.map((day) => {
    const count = counts.get(day) ?? 0;
    total += count;
    return { day, count, total };
  });
}
