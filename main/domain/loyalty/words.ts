import type { OfferTerms } from '../offers/offer';

/** What a reward gives, in a text: "$10 off", "free socks"; an offer that cannot be said shortly goes by its name. */
export function rewardSaid(
  offer: Pick<OfferTerms, 'kind' | 'percent' | 'amount' | 'item'> & { readonly name: string },
  language: 'en' | 'es',
  money: (minor: number) => string,
): string {
  const es = language === 'es';
  if (offer.kind === 'amount' && offer.amount !== null) return es ? `${money(offer.amount)} de descuento` : `${money(offer.amount)} off`;
  if (offer.kind === 'percent' && offer.percent !== null) return es ? `${offer.percent}% de descuento` : `${offer.percent}% off`;
  if (offer.kind === 'free-item') return es ? `${offer.item} gratis` : `free ${offer.item}`;
  return offer.name;
}
