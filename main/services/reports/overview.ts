import { rollingCampaigns } from '@db/queries/quarter-tests';
import { startedCampaigns } from '@db/queries/reports';
import { type Interval, mantelHaenszel } from '@domain/attribution/intervals';
import type { Verdict } from '@domain/attribution/verdict';
import type { WindowState } from '@domain/attribution/window';
import type { CampaignId, Cents, Micros, ShopDay, UtcMs } from '@domain/kernel';
import type { GoalResult } from '@domain/reports/campaign';
import { creditsUpToDate } from '../attribution/recompute';
import type { Ctx } from '../ctx';
import { reportOf } from './campaign';
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

/** The list of campaigns side by side, newest first (the latest fifty). */
export async function overview(ctx: Ctx): Promise<Overview> {
  await creditsUpToDate(ctx);
  const covered = coveredThrough(ctx);
  const campaigns: CampaignLine[] = [];
  const strata: { text: { x: number; n: number }; control: { x: number; n: number } }[] = [];
  const rolling = rollingCampaigns(ctx.db);
  for (const head of startedCampaigns(ctx.db, MOST)) {
    const r = await reportOf(ctx, head, covered);
    const step = (name: string) => r.funnel.find((f) => f.name === name)?.count ?? 0;
    campaigns.push({
      id: head.id,
      name: head.name,
      startedAt: head.startedAt,
      window: r.window,
      texted: step('texted'),
      delivered: step('delivered'),
      came: step('came'),
      redeemed: step('redeemed'),
      stops: r.stops.count,
      direct: r.takings.direct.net,
      influenced: r.takings.influenced.net,
      cost: (r.cost.known + r.cost.expected) as Micros,
      currency: r.cost.currency,
      verdict: r.comparison?.verdict ?? null,
      goal: r.goal,
    });
    const c = r.comparison;
    // without a split of its own it is judged with its quarter
    if (c && !rolling.has(head.id) && c.control.n > 0 && c.text.n > 0 && !c.ratio.suspicious) {
      strata.push({ text: { x: c.text.buyers, n: c.text.n }, control: { x: c.control.buyers, n: c.control.n } });
    }
  }
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
  };
}
