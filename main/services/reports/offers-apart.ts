import { type OfferSums, offerSums, onlyOfferOf } from '@db/queries/offer-results';
import { rollingCampaigns } from '@db/queries/quarter-tests';
import { startedCampaigns } from '@db/queries/reports';
import { type Interval, mantelHaenszel, newcombe, type Share } from '@domain/attribution/intervals';
import type { OfferId } from '@domain/kernel';
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

interface Stratum {
  readonly text: Share;
  readonly control: Share;
}
const LEAST_SIDE = 50;
const LEAST_BUYERS = 10;

function measuredOf(strata: readonly Stratum[]): OfferLine['measured'] {
  const sum = (of: (s: Stratum) => number) => strata.reduce((n, s) => n + of(s), 0);
  const texted = sum((s) => s.text.n);
  if (texted < LEAST_SIDE || sum((s) => s.control.n) < LEAST_SIDE || sum((s) => s.text.x + s.control.x) < LEAST_BUYERS) return null;
  const [only] = strata;
  // one campaign alone is judged as on its own page; several are weighed by size
  const effect = strata.length === 1 && only ? newcombe(only.text, only.control) : mantelHaenszel(strata);
  return effect && { campaigns: strata.length, texted, effect: { estimate: effect.estimate, low: effect.low, high: effect.high } };
}

/** Offers side by side, the one that reached most people first; texts without an offer are a line of their own. */
export async function offersApart(ctx: Ctx): Promise<Counting & { offers: OfferLine[] }> {
  const { counting } = await resultsUpToDate(ctx, 'all');
  const covered = coveredThrough(ctx);
  const rolling = rollingCampaigns(ctx.db);
  const offerOf = onlyOfferOf(ctx.db);
  const strata = new Map<OfferId | null, Stratum[]>();
  for (const head of startedCampaigns(ctx.db, Number.MAX_SAFE_INTEGER)) {
    const offer = offerOf(head.id);
    if (offer === undefined || head.percentHeldOut === 0 || rolling.has(head.id)) continue;
    const c = essentials(ctx, head, covered).comparison;
    if (!c || c.control.n === 0 || c.text.n === 0 || c.ratio.suspicious) continue;
    const side = (s: { buyers: number; n: number }): Share => ({ x: s.buyers, n: s.n });
    strata.set(offer, [...(strata.get(offer) ?? []), { text: side(c.text), control: side(c.control) }]);
  }
  const currency = ctx.settings().texting.priceCurrency;
  return { counting, offers: offerSums(ctx.db).map((o) => ({ ...o, currency, measured: measuredOf(strata.get(o.offerId) ?? []) })) };
}
