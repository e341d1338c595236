import { stepById } from '@db/queries/ladders';
import { campaignPayLinks } from '@db/queries/pay-links';
import {
  campaignCost,
  campaignCredits,
  campaignFacts,
  campaignRedemptions,
  figuresStamp,
  recognisedSales,
  startedCampaign,
} from '@db/queries/reports';
import { campaignTaps } from '@db/queries/taps';
import { wilson } from '@domain/attribution/intervals';
import { windowState } from '@domain/attribution/window';
import { addDays, shopDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import { minorDigits } from '@domain/imports/money';
import type { CampaignId, Cents, ShopDay, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
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
import { CampaignTally, type TallyFigures } from '@domain/reports/tally';
import { creditsUpToDate } from '../attribution/recompute';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { marginsNow, marginsStamp } from '../results/margins';
import { coveredThrough } from './coverage';

const PAGE = 250;

interface Counted {
  stamp: string;
  window: TallyFigures;
  after28: TallyFigures;
}
/** Counting 45,000 people takes a second: kept until something it depends on has changed. */
const kept = new WeakMap<Ctx['db'], Map<string, Counted>>();

/** Counts a campaign's people a page at a time, giving way between pages. The 28-day figures start at the same draw. */
async function count(ctx: Ctx, head: CampaignHead): Promise<Counted> {
  const cache = kept.get(ctx.db) ?? new Map<string, Counted>();
  kept.set(ctx.db, cache);
  const cost = campaignCost(ctx.db, head.id, ctx.settings().texting.pricePerSegment);
  const margins = marginsNow(ctx);
  const stamp = `${figuresStamp(ctx.db)}|${marginsStamp(ctx)}|${cost.texts}|${cost.known}|${head.state}|${head.windowEndsAt}`;
  const old = cache.get(String(head.id));
  if (old?.stamp === stamp) return old;
  const late = endOf28Days(head);
  const window = new CampaignTally({ from: head.startedAt, to: head.windowEndsAt });
  const after28 = new CampaignTally({ from: head.startedAt, to: late });
  const until = Math.max(late, head.windowEndsAt + 28 * DAY) as UtcMs;
  const step = stepById(ctx.db, head.id) !== null;
  for (let after = 0; ; ) {
    const people = campaignFacts(ctx.db, head, margins, { after, limit: PAGE, until });
    for (const p of people) {
      // who reaches a step depends on what the texts before it did: only the whole path, from its first text, can be compared
      if (step && p.arm === 'control') continue;
      window.add(p);
      after28.add(p);
    }
    const last = people[people.length - 1];
    if (!last || people.length < PAGE) break;
    after = last.customerId;
    await nextTurn();
  }
  const counted = { stamp, window: window.figures(), after28: after28.figures() };
  cache.set(String(head.id), counted);
  return counted;
}

const endOf28Days = (head: CampaignHead): UtcMs => Math.max(head.startedAt + 28 * DAY, head.windowEndsAt) as UtcMs;

/** Everything the result page of one campaign shows. Reads the shop file only: works with the carrier unreachable. */
export async function campaignReport(ctx: Ctx, id: CampaignId): Promise<CampaignReport> {
  await creditsUpToDate(ctx);
  const head = startedCampaign(ctx.db, id);
  if (!head) throw new AppError('report.not-found');
  return reportOf(ctx, head, coveredThrough(ctx));
}

/** The same for a campaign already read; `covered` is the last shop day whose sales are all here. */
export async function reportOf(ctx: Ctx, head: CampaignHead, covered: ShopDay | null): Promise<CampaignReport> {
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const counted = await count(ctx, head);
  const figures = counted.window;
  const window = windowState(head.windowEndsAt, now, covered, zone);
  const late = windowState(endOf28Days(head), now, covered, zone);
  const cost = costOf(ctx, head);
  const comparisonOf = (f: TallyFigures): CampaignComparison | null =>
    figures.heldOut === 0 && head.percentHeldOut === 0
      ? compare(f, 0, { marginPercent: null, messageCost: null })
      : compare(f, head.percentHeldOut, { marginPercent: ctx.settings().money.marginPercent, messageCost: messageCents(ctx, cost) });
  const comparison = window.state === 'closed' ? comparisonOf(figures) : null;
  const stops = Math.min(figures.stopped, figures.delivered);
  return {
    head,
    window,
    people: { texted: figures.texted, heldOut: figures.heldOut, excluded: figures.excluded },
    goal: goalResult(head.goal, figures, comparison, 10 ** minorDigits(ctx.settings().shop.currency), window.state === 'closed'),
    funnel: funnelOf(figures, extrasOf(ctx, head.id)),
    stops: { count: figures.stopped, share: figures.delivered > 0 ? wilson({ x: stops, n: figures.delivered }) : null },
    redemptionsByDay: redemptionDays(ctx, head),
    takings: takingsOf(ctx, head),
    cost,
    comparison,
    after28Days: late.state === 'closed' && endOf28Days(head) > head.windowEndsAt ? comparisonOf(counted.after28) : null,
    recognised: recognisedSales(ctx.db, head.startedAt, head.windowEndsAt),
  };
}

/** Steps only some campaigns have: links where a website tells, links to pay where any was sent. */
function extrasOf(ctx: Ctx, id: CampaignId): FunnelExtras {
  const taps = campaignTaps(ctx.db, id);
  const pay = campaignPayLinks(ctx.db, id);
  return { tapped: taps === null || taps.links === 0 ? null : taps.people, payLinks: pay.sent === 0 ? null : pay };
}

function costOf(ctx: Ctx, head: CampaignHead): CampaignCost {
  const { pricePerSegment, priceCurrency } = ctx.settings().texting;
  return { ...campaignCost(ctx.db, head.id, pricePerSegment), currency: priceCurrency };
}

/** Micros summed first, then rounded once (rules.md §4); null when the carrier bills in another currency than the till. */
function messageCents(ctx: Ctx, cost: CampaignCost): number | null {
  const { currency } = ctx.settings().shop;
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
