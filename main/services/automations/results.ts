import { keptByThanks } from '@db/queries/automation-aside';
import { editionsOf, heldByMonth } from '@db/queries/automation-events';
import type { Automation } from '@db/queries/automations';
import { rollingCampaigns } from '@db/queries/quarter-tests';
import { startedCampaign } from '@db/queries/reports';
import type { Interval } from '@domain/attribution/intervals';
import type { Cents, Micros } from '@domain/kernel';
import { type KeepReason, type KeepVerdict, keepOrChange } from '@domain/reports/keep';
import { type Compared, pooledBuyers } from '@domain/reports/pooled';
import type { Ctx } from '../ctx';
import { coveredThrough } from '../reports/coverage';
import { type CampaignLine, lineOf } from '../reports/overview';
import { type Counting, resultsUpToDate } from '../results/keeper';

/** What an automation brought, month by month and together. */
export interface AutomationResults extends Counting {
  months: (CampaignLine & { month: string; heldOut: number })[];
  /** Keep it, change it or switch it off, by the months that are over, and why. */
  verdict: KeepVerdict;
  reason: KeepReason;
  closed: number;
  total: {
    texted: number;
    delivered: number;
    came: number;
    redeemed: number;
    stops: number;
    direct: Cents;
    influenced: Cents;
    cost: Micros;
    currency: string;
  };
  /** Of a thank-you: how often somebody was left out of money off because they come anyway, and about what that kept. */
  kept: { times: number; discount: Cents } | null;
  /**
   * Extra buyers per person texted, over the closed months that held people back with a draw of their own (Mantel-Haenszel); null where
   * there is none, or too few people to say.
   */
  pooled: { months: number; texted: number; heldOut: number; effect: Interval } | null;
}

/** Results pooled over its editions. A month is judged once its window has closed and the till file covers it, like every campaign. */
export async function resultsOf(ctx: Ctx, a: Automation): Promise<AutomationResults> {
  const { counting } = await resultsUpToDate(ctx, 'all');
  const covered = coveredThrough(ctx);
  const rolling = rollingCampaigns(ctx.db);
  const months: AutomationResults['months'] = [];
  const held = heldByMonth(ctx.db, a.id);
  const strata: Compared[] = [];
  let heldOut = 0;
  const over = { campaigns: 0, delivered: 0, stops: 0, redeemed: 0, withCode: false, madeMoney: 0, lostMoney: 0 };
  for (const e of editionsOf(ctx.db, a.id)) {
    const head = startedCampaign(ctx.db, e.campaignId);
    if (!head) continue;
    const { line, comparison: c } = lineOf(ctx, head, covered);
    months.push({ ...line, month: e.month, heldOut: held.get(e.campaignId) ?? 0 });
    if (line.window.state === 'closed' && line.texted > 0) {
      over.campaigns++;
      over.delivered += line.delivered;
      over.stops += line.stops;
      over.redeemed += line.redeemed;
      over.withCode ||= head.offer !== null;
      const profit = line.verdict?.measure === 'profit' ? line.verdict.code : null;
      if (profit === 'made-money') over.madeMoney++;
      if (profit === 'lost') over.lostMoney++;
    }
    if (!c || rolling.has(head.id) || c.control.n === 0 || c.text.n === 0 || c.ratio.suspicious) continue;
    strata.push({ text: { x: c.text.buyers, n: c.text.n }, control: { x: c.control.buyers, n: c.control.n } });
    heldOut += c.control.n;
  }
  const sum = (of: (l: CampaignLine) => number) => months.reduce((n, l) => n + of(l), 0);
  const effect = strata.length === 0 ? null : pooledBuyers(strata);
  const { verdict, reason } = keepOrChange({ kind: 'text', ...over, compared: strata });
  return {
    counting,
    months,
    verdict,
    reason,
    closed: over.campaigns,
    total: {
      texted: sum((l) => l.texted),
      delivered: sum((l) => l.delivered),
      came: sum((l) => l.came),
      redeemed: sum((l) => l.redeemed),
      stops: sum((l) => l.stops),
      direct: sum((l) => l.direct) as Cents,
      influenced: sum((l) => l.influenced) as Cents,
      cost: sum((l) => l.cost) as Micros,
      currency: ctx.settings().texting.priceCurrency,
    },
    kept: a.kind === 'thank-you' ? keptByThanks(ctx.db) : null,
    pooled: effect && { months: strata.length, texted: strata.reduce((n, c) => n + c.text.n, 0), heldOut, effect },
  };
}
