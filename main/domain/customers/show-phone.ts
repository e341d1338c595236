import { AsYouType, type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { PhoneE164 } from '../kernel';

/**
 * A number as people of the shop's country write it: `(212) 555-0123` at home, `+44 20 7123 4567` abroad.
 * Kept apart from phone.ts so that the window does not carry the large validity tables.
 */
export function showPhone(phone: PhoneE164 | string, country = 'US'): string {
  const parsed = parsePhoneNumberFromString(phone);
  if (!parsed) return phone;
  return parsed.country === country || (country === 'US' && parsed.countryCallingCode === '1')
    ? parsed.formatNational()
    : parsed.formatInternational();
}

/** What is typed so far, grouped as it will be read back: `21255501` → `(212) 555-01`. Never changes the digits. */
export function echoPhone(typed: string, country = 'US'): string {
  return new AsYouType(country as CountryCode).input(typed);
}
