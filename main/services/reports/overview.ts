import { daySums } from '@db/queries/day-facts';
import { rollingCampaigns } from '@db/queries/quarter-tests';
import { campaignCredits, listedCampaigns } from '@db/queries/reports';
import { type Interval, mantelHaenszel } from '@domain/attribution/intervals';
import type { Verdict } from '@domain/attribution/verdict';
import { type WindowState, windowState } from '@domain/attribution/window';
import { shopDay } from '@domain/calendar';
import type { CampaignId, Cents, Micros, ShopDay, UtcMs } from '@domain/kernel';
import type { CampaignComparison, CampaignHead, GoalResult } from '@domain/reports/campaign';
import { type Finding, findingOf } from '@domain/reports/finding';
import { eachInTurns } from '../chunks';
import type { Ctx } from '../ctx';
import { type Counting, resultsUpToDate } from '../results/keeper';
import { essentials } from './campaign';
import { coveredThrough } from './coverage';

export interface CampaignLine {
  id: CampaignId;
  name: string;
  startedAt: UtcMs;
  window: WindowState;
  texted: number;
  delivered: number;
  came: number;
  redeemed: number;
  stops: number;
  direct: Cents;
  influenced: Cents;
  cost: Micros;
  currency: string;
  verdict: Verdict | null;
  goal: GoalResult | null;
}

export interface Overview {
  campaigns: CampaignLine[];
  coveredThrough: ShopDay | null;
  /** All closed campaigns with a split of their own, pooled: extra buyers per person texted, as a share. Null under two of them. */
  pooled: { campaigns: number; texted: number; effect: Interval } | null;
  marginPercent: number | null;
}

const MOST = 50;

/** One campaign among others; its comparison as well. */
export function lineOf(
  ctx: Ctx,
  head: CampaignHead,
  covered: ShopDay | null,
): { line: CampaignLine; comparison: CampaignComparison | null } {
  const { figures, window, cost, comparison, goal } = essentials(ctx, head, covered);
  const credits = new Map(campaignCredits(ctx.db, head.id).map((c) => [c.kind, c.net as Cents]));
  const line: CampaignLine = {
    id: head.id,
    name: head.name,
    startedAt: head.startedAt,
    window,
    texted: figures.left,
    delivered: figures.delivered,
    came: figures.came,
    redeemed: figures.redeemed,
    stops: figures.stopped,
    direct: credits.get('direct') ?? (0 as Cents),
    influenced: credits.get('influenced') ?? (0 as Cents),
    cost: (cost.known + cost.expected) as Micros,
    currency: cost.currency,
    verdict: comparison?.verdict ?? null,
    goal,
  };
  return { line, comparison };
}

/** The list of campaigns side by side, newest first (the latest fifty). */
export async function overview(ctx: Ctx): Promise<Overview & Counting> {
  const { counting } = await resultsUpToDate(ctx, 'all');
  const covered = coveredThrough(ctx);
  const campaigns: CampaignLine[] = [];
  const strata: { text: { x: number; n: number }; control: { x: number; n: number } }[] = [];
  const rolling = rollingCampaigns(ctx.db);
  await eachInTurns(listedCampaigns(ctx.db, MOST), (head) => {
    const { line, comparison: c } = lineOf(ctx, head, covered);
    campaigns.push(line);
    // without a split of its own it is judged with its quarter
    if (c && !rolling.has(head.id) && c.control.n > 0 && c.text.n > 0 && !c.ratio.suspicious) {
      strata.push({ text: { x: c.text.buyers, n: c.text.n }, control: { x: c.control.buyers, n: c.control.n } });
    }
  });
  const effect = strata.length < 2 ? null : mantelHaenszel(strata);
  return {
    campaigns,
    coveredThrough: covered,
    pooled: effect && {
      campaigns: strata.length,
      texted: strata.reduce((n, s) => n + s.text.n, 0),
      effect: { estimate: effect.estimate, low: effect.low, high: effect.high },
    },
    marginPercent: ctx.settings().money.marginPercent,
    counting,
  };
}

/** With the verdict as figures of a sentence. */
export type LatestLine = CampaignLine & { finding: Finding };

/** The newest campaigns whose window is over and covered, with their verdicts; at most `most`. */
export function latestClosed(ctx: Ctx, covered: ShopDay | null, most: number): LatestLine[] {
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const closed = listedCampaigns(ctx.db, MOST).filter((h) => windowState(h.windowEndsAt, now, covered, zone).state === 'closed');
  return closed.slice(0, most).map((head) => {
    const { line, comparison } = lineOf(ctx, head, covered);
    const { window, redeemed, came } = line;
    // by whole days: This week only asks whether any sale has no name
    const { known, sales } = daySums(ctx.db, { first: shopDay(head.startedAt, zone), last: window.endsOn });
    const recognised = { sales: known, of: sales };
    return { ...line, finding: findingOf({ window, comparison, hasOffer: head.offer !== null, redeemed, came, recognised }) };
  });
}
