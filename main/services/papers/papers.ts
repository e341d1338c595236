import type { Paper } from '@contract/papers';
import { readMeta } from '@db/queries/settings';
import { shopDay } from '@domain/calendar';
import type { CampaignId, ShopDay } from '@domain/kernel';
import { fileWord, paperSizeOf } from '@domain/papers/paper';
import type { Ctx } from '../ctx';
import { breakdown } from '../reports/breakdown';
import { campaignReport } from '../reports/campaign';
import { overview } from '../reports/overview';
import { thisWeek } from '../reports/week';

/** Sample people in a file of their own: what is printed of them says so. */
export const isPractice = (ctx: Ctx): boolean => readMeta(ctx.db, 'kind') === 'practice';

function headOf(ctx: Ctx, file: string) {
  const { shop, papers } = ctx.settings();
  const { name, country, currency, zone } = shop;
  const kind: 'real' | 'practice' = isPractice(ctx) ? 'practice' : 'real';
  return { size: paperSizeOf(papers.size, country), shop: { name, kind, country, currency, zone }, madeAt: ctx.clock.now(), file };
}

/** This week for paper; with `lastDay` the seven whole days up to it instead of those up to now. */
export async function weekPaper(ctx: Ctx, lastDay?: ShopDay): Promise<Extract<Paper, { kind: 'week' }>> {
  const { zone } = ctx.settings().shop;
  const week = await thisWeek(ctx, lastDay);
  const { campaigns } = await overview(ctx);
  return {
    kind: 'week',
    ...headOf(ctx, `this-week-${week.lastDay}.pdf`),
    week,
    campaigns: campaigns.filter((c) => shopDay(c.startedAt, zone) <= week.lastDay && c.window.endsOn >= week.firstDay),
  };
}

/** One campaign for paper. Throws report.not-found. */
export async function campaignPaper(ctx: Ctx, id: CampaignId): Promise<Extract<Paper, { kind: 'campaign' }>> {
  const report = await campaignReport(ctx, id);
  return {
    kind: 'campaign',
    ...headOf(ctx, `campaign-${fileWord(report.head.name, String(id))}.pdf`),
    report,
    breakdown: await breakdown(ctx, id),
  };
}
