import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type NumberType,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type { PhoneE164 } from '../kernel';

export { echoPhone, showPhone } from './show-phone';

export type PhoneKind = 'unknown' | 'mobile' | 'landline' | 'voip' | 'toll-free';

/**
 * Why a text is not a number we may use:
 * - empty: nothing there
 * - letters: words in it ("ask Maria")
 * - several: more than one number in the field
 * - extension: a desk behind a switchboard cannot be texted
 * - spreadsheet: `4.41E+11`: a spreadsheet threw digits away
 * - too-short / too-long: not the right number of digits (a missing area code is never filled in)
 * - not-valid: right length, but no such number exists
 */
export type PhoneWhy = 'empty' | 'letters' | 'several' | 'extension' | 'spreadsheet' | 'too-short' | 'too-long' | 'not-valid';

export type PhoneRead =
  | {
      readonly ok: true;
      readonly phone: PhoneE164;
      /** As far as the number alone tells; US mobiles and landlines look alike and stay 'unknown'. */
      readonly kind: PhoneKind;
      readonly country: string | null;
    }
  | { readonly ok: false; readonly why: PhoneWhy };

const no = (why: PhoneWhy): PhoneRead => ({ ok: false, why });

const KINDS: Partial<Record<NonNullable<NumberType>, PhoneKind>> = {
  MOBILE: 'mobile',
  FIXED_LINE: 'landline',
  VOIP: 'voip',
  TOLL_FREE: 'toll-free',
};

/** Labels people write beside a number; they say which phone it is, not what its digits are. */
const LABEL_BEFORE = /^\(?(?:cell|cel|celular|mobile|mob|home|casa|work|tel|phone)\.?\)?\s*[:.]?\s*(?=[+(\d])/i;
const LABEL_AFTER = /(?<=\d)\s*(?:\((?:c|m|h|w|cell|cel|celular|mobile|mob|home|casa|work)\.?\)|\s(?:cell|cel|mobile|home|work))$/i;

/** Drops what only files add: the apostrophe that forces text, `tel:`, invisible marks, a float's `.0`. */
function tidy(raw: string): string {
  const text = raw
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\u2010-\u2015\u2212]+/g, (m) => (/\s/.test(m) ? ' ' : '-'))
    .trim()
    .replace(/^'+/, '')
    .replace(/^"(.*)"$/, '$1')
    .replace(/^tel:/i, '')
    .replace(LABEL_BEFORE, '')
    .replace(LABEL_AFTER, '')
    .replace(/[\s,;]+$/, '')
    .trim();
  return /^\d{7,15}\.0+$/.test(text) ? text.slice(0, text.indexOf('.')) : text;
}

/**
 * Reads a number as a shop in `country` (ISO alpha-2) would mean it. Never guesses: no area code is filled in, no digit
 * dropped, no country assumed but the shop's own; what cannot be read for certain is refused with the reason.
 * The caller keeps `raw` beside it.
 */
export function toE164(raw: string | null | undefined, country: string): PhoneRead {
  if (raw && raw.length > 200) return no('too-long'); // a note in the wrong column
  const text = tidy(raw ?? '');
  if (text === '' || /^[-.–—/\s]+$/.test(text)) return no('empty');
  if (/^[+-]?\d+([.,]\d+)?e\+?\d+$/i.test(text)) return no('spreadsheet');
  if (/\d\s*(?:ext\.?|extension|x|#|;ext=|,)\s*\d+\s*$/i.test(text) && digits(text) > 8) return no('extension');
  if (/\p{L}/u.test(text)) return no('letters');
  if (/\d\s*[/;|&]\s*[+(]?\d/.test(text) && digits(text) > 11) return no('several');
  if (/[^\d+().\-/ ·*#]/.test(text) || /\+.*\+/.test(text)) return no(digits(text) > 15 ? 'several' : 'not-valid');
  const count = digits(text);
  if (count === 0) return no('empty');
  if (count < 7) return no('too-short');
  if (count > 18) return no('too-long');
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: country as CountryCode, extract: false });
  if (!parsed) return no(count < 10 ? 'too-short' : 'too-long');
  if (parsed.ext) return no('extension');
  if (!parsed.isValid()) {
    if (parsed.isPossible()) return no('not-valid');
    return no(parsed.nationalNumber.length < 10 ? 'too-short' : 'too-long');
  }
  if (hasTwoReadings(text, country, parsed.number)) return no('not-valid');
  const type = parsed.getType();
  return {
    ok: true,
    phone: parsed.number as string as PhoneE164,
    kind: (type && KINDS[type]) ?? 'unknown',
    country: parsed.country ?? null,
  };
}

/** The calling code of a country (`US` → 1); '' where there is none. */
export const callingCode = (country: string): string => (isSupportedCountry(country) ? getCountryCallingCode(country) : '');

/** `4915112345678` in a German shop: a mobile with its country and no plus, or a number of Leer without its 0. Nobody can tell. */
function hasTwoReadings(text: string, country: string, asNational: string): boolean {
  const only = text.replace(/\D/g, '');
  if (text.startsWith('+') || !isSupportedCountry(country) || !only.startsWith(getCountryCallingCode(country))) return false;
  const abroad = parsePhoneNumberFromString(`+${only}`);
  return abroad?.isValid() === true && abroad.number !== asNational;
}

const digits = (text: string): number => text.replace(/\D/g, '').length;

/** An e-mail address worth keeping: lower-case, trimmed; null when it cannot be one. */
export function toEmail(raw: string | null | undefined): string | null {
  const text = (raw ?? '')
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/^'+/, '')
    .replace(/^mailto:/i, '')
    .toLowerCase();
  return text.length <= 254 && /^[^\s@<>(),;:"]+@[^\s@<>(),;:".][^\s@<>(),;:"]*\.[a-z\p{L}\d-]{2,}$/u.test(text) && !text.includes('..')
    ? text
    : null;
}
