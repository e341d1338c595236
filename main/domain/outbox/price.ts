import type { Micros, UtcMs } from '../kernel';
import { PRICE_GIVEN_UP_MS } from './cadence';

/** How sure the price of a text is: told by the carrier, still awaited, or given up on: then the quoted one stands for it. */
export type PriceIs = 'told' | 'awaited' | 'estimate';

/** What a text cost, as far as anybody knows, in micros; `quoted` is what was expected when it was queued. */
export function costOf(
  text: { price: Micros | null; quotedPrice: Micros | null; leftAt: UtcMs | null },
  now: UtcMs,
): { amount: Micros | null; is: PriceIs } {
  if (text.price !== null) return { amount: text.price, is: 'told' };
  const old = text.leftAt !== null && now - text.leftAt > PRICE_GIVEN_UP_MS;
  return { amount: text.quotedPrice, is: old ? 'estimate' : 'awaited' };
}
