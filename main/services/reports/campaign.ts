import { campaignLeak } from '@db/queries/attribution';
import { stepById, stepsOf } from '@db/queries/ladders';
import { outcomeTotals } from '@db/queries/outcomes';
import { campaignPayLinks } from '@db/queries/pay-links';
import { campaignCost, campaignCredits, campaignRedemptions, recognisedSales, startedCampaign, toldCurrency } from '@db/queries/reports';
import { linkSource } from '@db/queries/taps';
import { wilson } from '@domain/attribution/intervals';
import { windowState } from '@domain/attribution/window';
import { addDays, shopDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import { minorDigits } from '@domain/imports/money';
import type { CampaignId, Cents, Micros, ShopDay, UtcMs } from '@domain/kernel';
import {
  type CampaignComparison,
  type CampaignCost,
  type CampaignHead,
  type CampaignReport,
  type CampaignTakings,
  compare,
  type FunnelExtras,
  funnelOf,
  goalResult,
  redemptionsOverTime,
} from '@domain/reports/campaign';
import { type Finding, findingOf } from '@domain/reports/finding';
import { outcomeWindow } from '@domain/reports/outcome';
import { figuresOf, type TallyFigures } from '@domain/reports/tally';
import type { Settings } from '@domain/settings/settings';
import type { Ctx } from '../ctx';
import { firstSaid } from '../results/first-verdict';
import { type Counting, resultsUpToDate } from '../results/keeper';
import { coveredThrough } from './coverage';

/** A campaign's figures as they are kept (services/results/keeper.ts), over the window and over 28 days from the same draw. */
function figuresNow(ctx: Ctx, id: CampaignId): { window: TallyFigures; after28: TallyFigures } {
  const totals = outcomeTotals(ctx.db, id);
  // who reaches a step depends on what the texts before it did: only the whole path, from its first text, can be compared
  return figuresOf(stepById(ctx.db, id) === null ? totals : totals.filter((t) => t.arm !== 'control'));
}

/** Everything the result page of one campaign shows. Reads the shop file only: works with the carrier unreachable. */
export async function campaignReport(ctx: Ctx, id: CampaignId): Promise<CampaignReport & Counting> {
  const head = startedCampaign(ctx.db, id);
  if (!head) throw new AppError('report.not-found');
  const { counting } = await resultsUpToDate(ctx, { campaignId: id });
  return { ...reportOf(ctx, head, coveredThrough(ctx)), counting };
}

/** What a list of campaigns and a campaign's own page both show; `covered` is the last shop day whose sales are all here. */
export function essentials(ctx: Ctx, head: CampaignHead, covered: ShopDay | null) {
  const settings = ctx.settings(); // read once: a list asks this of fifty campaigns
  const { zone, currency } = settings.shop;
  const now = ctx.clock.now();
  const { window: figures, after28 } = figuresNow(ctx, head.id);
  const window = windowState(head.windowEndsAt, now, covered, zone);
  const cost = costOf(ctx, head.id, settings);
  // what the path sold is in the comparison, so what all of its texts cost is too
  const steps = stepsOf(ctx.db, head.id).map((s) => costOf(ctx, s.id, settings));
  const sum = (of: 'known' | 'expected') => steps.reduce((n, s) => n + s[of], cost[of] as number) as Micros;
  const whole = { ...cost, known: sum('known'), expected: sum('expected') };
  // sums of two currencies are none
  const messageCost = steps.every((s) => s.texts === 0 || s.currency === cost.currency) ? messageCents(settings, whole) : null;
  const comparisonOf = (f: TallyFigures): CampaignComparison | null =>
    figures.heldOut === 0 && head.percentHeldOut === 0
      ? compare(f, 0, { marginPercent: null, messageCost: null })
      : compare(f, head.percentHeldOut, { marginPercent: settings.money.marginPercent, messageCost });
  const comparison = window.state === 'closed' ? comparisonOf(figures) : null;
  const late = outcomeWindow(head).late;
  const closed28 = late > head.windowEndsAt && windowState(late, now, covered, zone).state === 'closed';
  return {
    figures,
    window,
    cost,
    messageCost,
    pathCost: steps.length > 0 ? ((whole.known + whole.expected) as Micros) : null,
    comparison,
    after28Days: closed28 ? comparisonOf(after28) : null,
    goal: goalResult(head.goal, figures, comparison, 10 ** minorDigits(currency), window.state === 'closed'),
  };
}

function reportOf(ctx: Ctx, head: CampaignHead, covered: ShopDay | null): CampaignReport {
  const { figures, window, cost, pathCost, comparison, after28Days, goal } = essentials(ctx, head, covered);
  const stops = Math.min(figures.stopped, figures.delivered);
  const recognised = recognisedSales(ctx.db, head.startedAt, head.windowEndsAt);
  const finding = findingOf({
    window,
    comparison,
    hasOffer: head.offer !== null,
    redeemed: figures.redeemed,
    came: figures.came,
    recognised,
  });
  return {
    head,
    window,
    people: { texted: figures.texted, heldOut: figures.heldOut, excluded: figures.excluded },
    goal,
    funnel: funnelOf(figures, extrasOf(ctx, head.id, figures)),
    stops: { count: figures.stopped, share: figures.delivered > 0 ? wilson({ x: stops, n: figures.delivered }) : null },
    redemptionsByDay: redemptionDays(ctx, head),
    takings: takingsOf(ctx, head),
    cost,
    pathCost,
    comparison,
    after28Days,
    recognised,
    finding,
    firstSaid: firstSaid(ctx, head.id, finding),
    leak: campaignLeak(ctx.db, head.id),
  };
}

/** The verdict of a campaign as things stand, and nothing else of it. */
export const findingNow = (ctx: Ctx, head: CampaignHead, covered: ShopDay | null): Finding => reportOf(ctx, head, covered).finding;

/** Steps only some campaigns have: links where a website tells, links to pay where any was sent. */
function extrasOf(ctx: Ctx, id: CampaignId, figures: TallyFigures): FunnelExtras {
  const pay = campaignPayLinks(ctx.db, id);
  const told = figures.linked > 0 && linkSource(ctx.db) !== null;
  return { tapped: told ? figures.tapped : null, payLinks: pay.sent === 0 ? null : pay };
}

function costOf(ctx: Ctx, id: CampaignId, settings: Settings): CampaignCost {
  const { pricePerSegment, priceCurrency } = settings.texting;
  const cost = campaignCost(ctx.db, id, pricePerSegment);
  // an account of another country may have been connected since: what was charged then was charged in its money
  return { ...cost, currency: (cost.known > 0 ? toldCurrency(ctx.db, id) : null) ?? priceCurrency };
}

/** Micros summed first, then rounded once (rules.md §4); null when the carrier bills in another currency than the till. */
function messageCents(settings: Settings, cost: CampaignCost): number | null {
  const { currency } = settings.shop;
  if (currency !== cost.currency) return null;
  return Math.round((cost.known + cost.expected) / 10 ** (6 - minorDigits(currency)));
}

function takingsOf(ctx: Ctx, head: CampaignHead): CampaignTakings {
  const none = { sales: 0, net: 0 as Cents };
  const credits = campaignCredits(ctx.db, head.id);
  const of = (kind: 'direct' | 'influenced') => {
    const c = credits.find((x) => x.kind === kind);
    return c ? { sales: c.sales, net: c.net as Cents } : none;
  };
  const redemptions = campaignRedemptions(ctx.db, head.id);
  const open = redemptions.filter((r) => r.saleId === null);
  const sum = (xs: readonly (number | null)[]) => xs.reduce<number>((a, b) => a + (b ?? 0), 0) as Cents;
  return {
    direct: of('direct'),
    influenced: of('influenced'),
    provisional: { redemptions: open.length, amount: sum(open.map((r) => r.amount)) },
    discounts: sum(redemptions.map((r) => r.discount)),
  };
}

function redemptionDays(ctx: Ctx, head: CampaignHead): CampaignReport['redemptionsByDay'] {
  const { zone } = ctx.settings().shop;
  const counts = new Map<ShopDay, number>();
  let last = shopDay(Math.min(ctx.clock.now(), head.windowEndsAt) as UtcMs, zone);
  for (const r of campaignRedemptions(ctx.db, head.id)) {
    const day = shopDay(r.at, zone);
    counts.set(day, (counts.get(day) ?? 0) + 1);
    if (day > last) last = day;
  }
  const days: ShopDay[] = [];
  for (let d = shopDay(head.startedAt, zone); d <= last; d = addDays(d, 1)) days.push(d);
  return redemptionsOverTime(days, counts);
}
