import type { Out } from '@renderer/api';
import type { offers } from '@renderer/strings/offers';
import { money } from '@renderer/ui/format';

export type OfferWords = (typeof offers)['en'];
export type OfferRow = Out<'offers/list'>[number];

/** "15 % off, from $40.00". */
export function gives(o: OfferRow, w: OfferWords, currency: string, locale: string): string {
  const what =
    o.kind === 'percent' && o.percent !== null
      ? w.gives.percent(o.percent)
      : o.kind === 'amount' && o.amount !== null
        ? w.gives.amount(money(o.amount, currency, locale))
        : o.kind === 'free-item'
          ? w.gives.freeItem(o.item)
          : w.gives.other;
  return o.minSpend > 0 ? `${what}, ${w.gives.minSpend(money(o.minSpend, currency, locale))}` : what;
}
