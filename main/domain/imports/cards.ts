import { headerKey } from './cells';

/**
 * Card numbers that stray into exports must not reach the disk (rules.md §8). A number counts as one when it has 13–19 digits,
 * passes the Luhn check and begins like an issued range (ISO/IEC 7812 issuer ranges as published by the schemes).
 */
export function isCardNumber(digits: string): boolean {
  const n = digits.length;
  if (n < 13 || n > 19) return false;
  return knownPrefix(digits, n) && luhn(digits);
}

function knownPrefix(d: string, n: number): boolean {
  const two = Number(d.slice(0, 2));
  const three = Number(d.slice(0, 3));
  const four = Number(d.slice(0, 4));
  if (d[0] === '4') return n === 13 || n === 16 || n === 19; // Visa
  if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return n === 16; // Mastercard
  if (two === 34 || two === 37) return n === 15; // American Express
  if (four === 6011 || two === 65 || (three >= 644 && three <= 649)) return n >= 16; // Discover
  if ((three >= 300 && three <= 305) || two === 36 || two === 38 || two === 39) return n >= 14; // Diners
  if (four >= 3528 && four <= 3589) return n >= 16; // JCB
  if (two === 62) return n >= 16; // UnionPay
  return two === 50 || (two >= 56 && two <= 58) || two === 60 || two === 63 || two === 67; // Maestro
}

function luhn(digits: string): boolean {
  let sum = 0;
  let twice = false;
  for (let i = digits.length - 1; i >= 0; i--) {
    let d = digits.charCodeAt(i) - 48;
    if (twice) {
      d *= 2;
      if (d > 9) d -= 9;
    }
    sum += d;
    twice = !twice;
  }
  return sum % 10 === 0;
}

/** 13–19 digits, grouped by blanks or hyphens; no decimals, no `+49…`. A float's `.0` behind it is dropped with it. */
const RUN = /(?<![\d+.])\d(?:[ \u00a0-]?\d){12,18}(?!\d|\.[1-9]|\.0*[1-9])(?:\.0+(?!\d))?/g;
/** Grouped in fours by other signs: `4111.1111.1111.1111`. */
const FOURS = /(?<![\d+.])\d{4}([._/|])\d{4}\1\d{4}\1\d{1,7}(?!\d)/g;
/** What a magnetic stripe holds (ISO/IEC 7813, tracks 1 and 2). */
const TRACKS = /%?[Bb]\d{12,19}\^[^^\r\n]{2,26}\^\d{4,}[^\s?]*\??|;?\d{12,19}=\d{4,}[^\s?]*\??/g;

/**
 * Takes card numbers out of a cell: a bare one empties it, one inside a note is cut out. `phone`: 13 digits are a phone number with its
 * country there, not the 13-digit cards of thirty years ago.
 */
export function scrubCards(text: string, phone = false): { text: string; found: number } {
  if (text.length < 13 || !/\d[\d \u00a0._/|-]{11,}\d/.test(text)) return { text, found: 0 };
  let found = 0;
  const cut = (run: string) => {
    const digits = run.replace(/\.0+$/, '').replace(/\D/g, '');
    if ((phone && digits.length < 14) || !isCardNumber(digits)) return run;
    found++;
    return '';
  };
  const out = text
    .replace(TRACKS, (track) => {
      const number = /\d{12,19}/.exec(track)?.[0] ?? '';
      if (!isCardNumber(number)) return track;
      found++;
      return '';
    })
    .replace(RUN, cut)
    .replace(FOURS, cut);
  return found ? { text: out.trim(), found } : { text, found: 0 };
}

/**
 * Cleans the rows of one file of card numbers and of the columns that may not be read, before anything else sees them.
 * `trusted`: columns that hold a known till's own ids, whatever their digits add up to; `phones`: columns of phone numbers.
 */
export class CardScrub {
  private readonly forbidden: readonly boolean[];
  /** True when the file has columns that may not be read at all: then a row whose cells may be shifted cannot be kept either. */
  readonly hasForbidden: boolean;

  constructor(
    private readonly names: readonly string[],
    private readonly trusted: ReadonlySet<number>,
    private readonly phones: ReadonlySet<number>,
  ) {
    this.forbidden = names.map((n) => isCardColumn(headerKey(n)));
    this.hasForbidden = this.forbidden.includes(true);
  }

  /** The same, knowing that these columns hold phone numbers too. */
  withPhones(at: readonly number[]): CardScrub {
    return new CardScrub(this.names, this.trusted, new Set([...this.phones, ...at]));
  }

  /** Cleans the row in place; how many values were dropped. */
  clean(raw: string[]): number {
    let found = 0;
    for (let i = 0; i < raw.length; i++) {
      const cell = raw[i] as string;
      if (this.forbidden[i]) {
        if (cell !== '') found++;
        raw[i] = '';
      } else if (cell.length >= 13 && !this.trusted.has(i)) {
        const scrubbed = scrubCards(cell, this.phones.has(i));
        if (scrubbed.found) raw[i] = scrubbed.text;
        found += scrubbed.found;
      }
    }
    return found;
  }
}

/**
 * Columns that must never be read, whatever they hold: security codes, PINs, stripe data, full card numbers by name. `PAN Suffix` (Square's
 * last four digits) is not one of them.
 */
export const isCardColumn = (header: string): boolean =>
  /^(?:(?:full |card |cc )?pan|(?:card |cc )?(?:cvv2?|cvc2?|cv2|csc|cid|pin|verification (?:code|value|number))|(?:card )?security code|(?:card )?track ?[123]?(?: ?data)?|(?:mag(?:netic)? ?)stripe(?: data)?|prüf(?:nummer|ziffer|code)|kartenprüfnummer|code de s[ée]curit[ée]|c[óo]digo de seguridad)$/.test(
    header.replace(/[_-]+/g, ' '),
  );
