import { offerById } from '@db/queries/offers';
import { minorDigits } from '@domain/imports/money';
import type { CustomerId, OfferId } from '@domain/kernel';
import { rewardSaid } from '@domain/loyalty/words';
import type { Ctx } from '../ctx';
import { accountFor, programmeOf, reach, usable } from './keep';

/** What `{points}` and `{reward}` say of somebody; '' where there is nothing to say. */
export interface PointsSaid {
  points: string;
  /** The dearest that is ready, else the next one. */
  reward: string;
}

/** The shop keeps points or punches, so that a text may speak of them. */
export const keepsPoints = (ctx: Ctx): boolean => {
  const programme = programmeOf(ctx);
  return programme.terms !== null && usable(ctx, programme);
};

/**
 * For the words of a campaign; null while the shop keeps none. Read once, asked for thousands. `offerId`: what the text's own code gives, which
 * is the reward it speaks of.
 */
export function pointsWords(ctx: Ctx, language: 'en' | 'es', offerId: OfferId | null = null): ((id: CustomerId) => PointsSaid) | null {
  const programme = programmeOf(ctx);
  const { terms } = programme;
  if (terms === null || !usable(ctx, programme)) return null;
  const { currency } = ctx.settings().shop;
  const digits = minorDigits(currency);
  const format = (minor: number): string =>
    new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency,
      // "$10 off", as a sign in the window would say it
      minimumFractionDigits: minor % 10 ** digits === 0 ? 0 : digits,
    }).format(minor / 10 ** digits);
  const gives = terms.rewards.map((r) => {
    const offer = offerById(ctx.db, r.offerId);
    return offer ? rewardSaid(offer, language, format) : '';
  });
  const own = terms.rewards.findIndex((r) => r.offerId === offerId);
  return (id) => {
    const balance = accountFor(ctx, id, programme)?.balance ?? 0;
    const { ready } = reach(terms, balance);
    return { points: balance > 0 ? String(balance) : '', reward: gives[own >= 0 ? own : Math.max(0, ready)] ?? '' };
  };
}
