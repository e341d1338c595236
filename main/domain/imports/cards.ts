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

const RUN = /(?<![\d+.])\d(?:[ -]?\d){12,18}(?![\d.])/g;

/** Takes card numbers out of a cell: a bare one empties it, one inside a note is cut out. */
export function scrubCards(text: string): { text: string; found: number } {
  if (text.length < 13 || !/\d[\d -]{11,}\d/.test(text)) return { text, found: 0 };
  let found = 0;
  const out = text.replace(RUN, (run) => {
    if (!isCardNumber(run.replace(/\D/g, ''))) return run;
    found++;
    return '';
  });
  return found ? { text: out.trim(), found } : { text, found: 0 };
}

/** Columns that must never be read, whatever they hold. `PAN Suffix` (Square's last four digits) is not one of them. */
export const isCardColumn = (header: string): boolean =>
  /^(?:pan|full pan|card pan|cvv2?|cvc2?|cv2|cid|card security code|security code|track ?[123]?(?: data)?|magstripe|magnetic stripe)$/.test(
    header,
  );
