import { type OfferSums, offerSums, onlyOfferOf } from '@db/queries/offer-results';
import { rollingCampaigns } from '@db/queries/quarter-tests';
import { startedCampaigns } from '@db/queries/reports';
import type { Interval, Share } from '@domain/attribution/intervals';
import type { OfferId } from '@domain/kernel';
import { type Compared, pooledBuyers } from '@domain/reports/pooled';
import { eachInTurns } from '../chunks';
import type { Ctx } from '../ctx';
import { type Counting, resultsUpToDate } from '../results/keeper';
import { essentials } from './campaign';
import { coveredThrough } from './coverage';

/** One offer over all campaigns that told of it. */
export interface OfferLine extends OfferSums {
  /** The carrier's. */
  readonly currency: string;
  /**
   * Extra buyers per person texted, over its campaigns that held people back with a draw of their own and told of nothing else; null
   * where there is none, or too few people to say (rules.md §7: ten buyers, fifty on each side).
   */
  readonly measured: { readonly campaigns: number; readonly texted: number; readonly effect: Interval } | null;
}

/** As everywhere several campaigns are told of at once (domain/reports/pooled.ts). */
function measuredOf(compared: readonly Compared[]): OfferLine['measured'] {
  const effect = pooledBuyers(compared);
  return effect && { campaigns: compared.length, texted: compared.reduce((n, c) => n + c.text.n, 0), effect };
}

/** Offers side by side, the one that reached most people first; texts without an offer are a line of their own. */
export async function offersApart(ctx: Ctx): Promise<Counting & { offers: OfferLine[] }> {
  const { counting } = await resultsUpToDate(ctx, 'all');
  const covered = coveredThrough(ctx);
  const rolling = rollingCampaigns(ctx.db);
  const offerOf = onlyOfferOf(ctx.db);
  const strata = new Map<OfferId | null, Compared[]>();
  await eachInTurns(startedCampaigns(ctx.db, Number.MAX_SAFE_INTEGER), (head) => {
    const offer = offerOf(head.id);
    if (offer === undefined || head.percentHeldOut === 0 || rolling.has(head.id)) return;
    const c = essentials(ctx, head, covered).comparison;
    if (!c || c.control.n === 0 || c.text.n === 0 || c.ratio.suspicious) return;
    const side = (s: { buyers: number; n: number }): Share => ({ x: s.buyers, n: s.n });
    strata.set(offer, [...(strata.get(offer) ?? []), { text: side(c.text), control: side(c.control) }]);
  });
  const currency = ctx.settings().texting.priceCurrency;
  return { counting, offers: offerSums(ctx.db).map((o) => ({ ...o, currency, measured: measuredOf(strata.get(o.offerId) ?? []) })) };
}
