import { COUNTRIES, countryOf, networkOf, type SimLine } from './lines';
import type { SimAccount } from './types';

/** Prices as the carrier lists them, without carrier fees of the United States. */
export function pricingJson(country: string) {
  const price = (base: string, type: string) => ({ base_price: base, current_price: base, number_type: type });
  return {
    country: countryName(country),
    iso_country: country,
    price_unit: 'USD',
    outbound_sms_prices: [
      { carrier: 'AT&T', mcc: '310', mnc: '410', prices: [price('0.0113', 'local'), price('0.0113', 'toll-free')] },
      { carrier: 'Other', mcc: '310', mnc: '000', prices: [price('0.0083', 'local'), price('0.0083', 'toll-free')] },
    ],
    inbound_sms_prices: [price('0.0083', 'local'), price('0.0083', 'toll-free')],
    url: `https://pricing.twilio.com/v1/Messaging/Countries/${country}`,
  };
}

const countryName = (iso: string): string => COUNTRIES.find(([, c]) => c === iso)?.[2] ?? iso;

export const pricingCountries = (): object[] =>
  COUNTRIES.map(([, iso, country]) => ({ country, iso_country: iso, url: `https://pricing.twilio.com/v1/Messaging/Countries/${iso}` }));

/** Which fields a look-up may ask for; only the line type is one the shop uses. */
export const LOOKUP_PRICE_MICROS = 8000;

/** `line` only when the line type was asked for and paid. */
export function lookupJson(number: string, line: SimLine | null) {
  const valid = /^\+[1-9]\d{7,14}$/.test(number) && (!number.startsWith('+1') || /^\+1[2-9]\d{2}[2-9]\d{6}$/.test(number));
  const country = valid ? countryOf(number) : null;
  const calling = COUNTRIES.find(([prefix, iso]) => iso === country && number.startsWith(prefix))?.[0] ?? null;
  const network = line ? networkOf(line.carrier) : null;
  return {
    calling_country_code: valid && number.startsWith('+1') ? '1' : (calling?.slice(1) ?? null),
    country_code: country,
    phone_number: number,
    national_format: valid ? number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3') : null,
    valid,
    validation_errors: valid ? [] : [number.length < 12 ? 'TOO_SHORT' : 'TOO_LONG'],
    caller_name: null,
    sim_swap: null,
    call_forwarding: null,
    line_status: null,
    line_type_intelligence:
      line === null || !valid
        ? null
        : country === 'CA'
          ? { type: null, carrier_name: null, mobile_country_code: null, mobile_network_code: null, error_code: 60_601 }
          : {
              type: line.type,
              carrier_name: network?.name ?? null,
              mobile_country_code: line.type === 'mobile' ? (network?.mcc ?? null) : null,
              mobile_network_code: line.type === 'mobile' ? (network?.mnc ?? null) : null,
              error_code: null,
            },
    identity_match: null,
    reassigned_number: null,
    sms_pumping_risk: null,
    phone_number_quality_score: null,
    pre_fill: null,
    url: `https://lookups.twilio.com/v2/PhoneNumbers/${number}`,
  };
}

/** The countries that may be texted, as the carrier's own switchboard shows them. */
export function geoJson(account: SimAccount, only: string | null) {
  const on = account.countries ?? ['US', 'CA'];
  return {
    permissions: COUNTRIES.filter(([, iso]) => only === null || iso === only).map(([prefix, iso, , risky]) => ({
      country_code: iso,
      type: 'country',
      enabled: on.includes(iso),
      prefix,
      message: risky ? 'High Risk Country' : '',
    })),
  };
}
