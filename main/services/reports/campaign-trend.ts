import { rollingCampaigns } from '@db/queries/quarter-tests';
import { listedCampaigns } from '@db/queries/reports';
import { type Interval, mantelHaenszel, newcombe, wilson } from '@domain/attribution/intervals';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import type { TrendCampaign, TrendMeasured } from '@domain/reports/campaign-trend';
import { eachInTurns } from '../chunks';
import type { Ctx } from '../ctx';
import { type Counting, resultsUpToDate } from '../results/keeper';
import { essentials } from './campaign';
import { coveredThrough } from './coverage';

const MOST = 200;

/** Campaigns of the last weeks as points on a time line, oldest first. Reads the shop file only. */
export async function campaignTrend(
  ctx: Ctx,
  weeks: number,
): Promise<Counting & { campaigns: TrendCampaign[]; pooled: Interval | null; marginPercent: number | null }> {
  const { counting } = await resultsUpToDate(ctx, 'all');
  const settings = ctx.settings();
  const { zone } = settings.shop;
  const from = startOfDay(addDays(shopDay(ctx.clock.now(), zone), -7 * weeks), zone);
  const covered = coveredThrough(ctx);
  const rolling = rollingCampaigns(ctx.db);
  const strata: Parameters<typeof mantelHaenszel>[0][number][] = [];
  const campaigns: TrendCampaign[] = [];
  await eachInTurns(
    listedCampaigns(ctx.db, MOST).filter((h) => h.startedAt >= from),
    (head) => {
      const { figures: f, window, comparison: c, messageCost } = essentials(ctx, head, covered);
      let measured: TrendMeasured | null = null;
      // without a split of its own it is judged with its quarter
      if (c && !rolling.has(head.id) && c.control.n > 0 && c.text.n > 0 && !c.ratio.suspicious) {
        const text = { x: c.text.buyers, n: c.text.n };
        const control = { x: c.control.buyers, n: c.control.n };
        strata.push({ text, control });
        measured = { texted: text.n, heldOut: control.n, people: newcombe(text, control), profit: c.profitRange, cost: messageCost };
      }
      const used = f.delivered > 0 && f.redeemed <= f.delivered ? wilson({ x: f.redeemed, n: f.delivered }) : null;
      campaigns.push({
        id: head.id,
        name: head.name,
        startedAt: head.startedAt,
        closed: window.state === 'closed',
        offer: head.offer !== null,
        delivered: f.delivered,
        redeemed: f.redeemed,
        used,
        measured,
      });
    },
  );
  campaigns.reverse();
  const pooled = strata.length < 2 ? null : mantelHaenszel(strata);
  return {
    campaigns,
    pooled: pooled && { estimate: pooled.estimate, low: pooled.low, high: pooled.high },
    marginPercent: settings.money.marginPercent,
    counting,
  };
}
