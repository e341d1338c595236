import type { Cents } from '../kernel';
import type { OfferTerms } from '../offers/offer';
import { type Margins, marginOf } from '../reports/margin';

export interface RewardCost {
  /** What the customer saves at list price; null = the offer alone does not tell. */
  readonly worth: Cents | null;
  /** What it takes from the shop's profit. */
  readonly costs: Cents | null;
  /** A margin was typed that decides about it. */
  readonly byMargin: boolean;
}

export interface Prices {
  /** The middle receipt of the last year, before tax; null without sales. */
  readonly receipt: Cents | null;
  /** What a thing of the till usually sells for before discounts, with its category; null = not sold. */
  readonly item: { readonly price: Cents; readonly name: string; readonly category: string } | null;
}

/**
 * What one reward costs. Money off comes out of the profit as it is; something free costs what the shop paid for it, where its margin is
 * known, else its price.
 */
export function rewardCost(offer: Pick<OfferTerms, 'kind' | 'percent' | 'amount'>, prices: Prices, margins: Margins): RewardCost {
  const plain = (worth: number | null): RewardCost => ({ worth: worth as Cents | null, costs: worth as Cents | null, byMargin: true });
  if (offer.kind === 'amount') return plain(offer.amount);
  if (offer.kind === 'percent')
    return plain(prices.receipt === null || offer.percent === null ? null : Math.round((prices.receipt * offer.percent) / 100));
  if (offer.kind !== 'free-item' || prices.item === null) return { worth: null, costs: null, byMargin: false };
  const { price } = prices.item;
  const margin = marginOf(margins, prices.item);
  if (margin === null) return { worth: price, costs: price, byMargin: false };
  return { worth: price, costs: Math.max(0, Math.round((price * (10_000 - margin.bp)) / 10_000)) as Cents, byMargin: true };
}
