import { AppError } from '@domain/errors';
import type { Micros } from '@domain/kernel';
import type { SmsPrice } from '@ports/sms-gateway';
import type TwilioSDK from 'twilio';
import { toMicros } from './wire';

/** The SDK renames fields of the first level only and hands deeper ones over as they came, whatever its types say. */
const currentPriceOf = (row: object): string | null => {
  const { current_price, currentPrice } = row as { current_price?: unknown; currentPrice?: unknown };
  const price = current_price ?? currentPrice;
  return typeof price === 'string' || typeof price === 'number' ? String(price) : null;
};

const highest = (prices: (string | null)[]): Micros | null => {
  let best: Micros | null = null;
  for (const p of prices) {
    const m = toMicros(p);
    if (m !== null && (best === null || m > best)) best = m;
  }
  return best;
};

/** The account's own list price of one text to a country: the highest of its carriers and number types counts. */
export async function readPrice(sdk: TwilioSDK.Twilio, country: string): Promise<SmsPrice> {
  const c = await sdk.pricing.v1.messaging.countries(country).fetch();
  const out = highest(c.outboundSmsPrices.flatMap((o) => o.prices ?? []).map(currentPriceOf));
  if (out === null) throw new AppError('sms.rejected', { code: 21408, status: 404 });
  return {
    country: c.isoCountry,
    currency: c.priceUnit.toUpperCase(),
    outbound: out,
    inbound: highest(c.inboundSmsPrices.map(currentPriceOf)),
  };
}
