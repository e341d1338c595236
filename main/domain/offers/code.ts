import type { Brand } from '../kernel';

/** Seven symbols, no separators: what stands in offer_code and on the text. */
export type OfferCode = Brand<string, 'OfferCode'>;

/** 29 symbols that are not mistaken for each other: no 0/O, 1/I/L, U (V), S (5). 29 is prime, so one check symbol suffices. */
export const SYMBOLS = '23456789ABCDEFGHJKMNPQRTVWXYZ';
export const CODE_LENGTH = 7;
const BASE = SYMBOLS.length;
const LOOK_ALIKES = '0O1ILUS';
/** Letters that must not land in a customer's text by chance. */
const UNKIND = ['FAG', 'FAT', 'RAPE', 'NAZ', 'KKK', 'DEAD', 'DYKE', 'CRAP', 'DAMN', 'HATE', 'WANK', 'TWAT', 'PAK', 'JAP', 'GAY', 'ARYAN'];

/**
 * Σ (position)·(value) ≡ 0 mod 29, positions 1–7. Weights are non-zero and all differ, so one changed symbol or any two
 * swapped symbols always break the sum; sums of neighbouring weights are non-zero, so a doubled symbol typed as another
 * double (KK → MM) breaks it too. A dropped or extra symbol changes the length.
 */
function sum(symbols: string): number {
  let total = 0;
  for (let i = 0; i < symbols.length; i++) total += (i + 1) * SYMBOLS.indexOf(symbols[i] as string);
  return total % BASE;
}

/** The symbol that completes six others. */
function checkSymbol(six: string): string {
  const rest = sum(six);
  for (let v = 0; v < BASE; v++) if ((rest + CODE_LENGTH * v) % BASE === 0) return SYMBOLS[v] as string;
  throw new Error('29 is prime: a check symbol always exists');
}

/** Codes carry two digits and two letters at least: even with one mistake they never look like a name or a phone number. */
const mixed = (code: string, least: number): boolean =>
  code.replace(/\D/g, '').length >= least && code.replace(/[^A-Z]/g, '').length >= least;

/** Fetches random bytes by the page: asking the system for a few at a time takes longer than everything else about a code. Each is used once. */
export function pooled(randomBytes: (n: number) => Uint8Array, page = 4096): (n: number) => Uint8Array {
  let bytes = new Uint8Array(0);
  let at = 0;
  return (n) => {
    if (n > page) return randomBytes(n);
    if (at + n > bytes.length) {
      bytes = new Uint8Array(randomBytes(page));
      at = 0;
    }
    at += n;
    return bytes.subarray(at - n, at);
  };
}

/** 232 = 8 · 29: a byte above would favour the first symbols. */
const FAIR = 232;

/**
 * A fresh code (about 3.7·10⁸ exist). `randomBytes` must be cryptographic; collisions with codes the file knows are the caller's to
 * check, those with codes of another life of the file cannot happen when `mine` (lives.ts) is given.
 */
export function makeCode(randomBytes: (n: number) => Uint8Array, mine?: (six: number) => boolean): OfferCode {
  let n = 0;
  let drawn = 0;
  for (;;) {
    for (const byte of randomBytes(8)) {
      if (byte >= FAIR) continue;
      n = n * BASE + (byte % BASE);
      if (++drawn < CODE_LENGTH - 1) continue;
      const six = mine ? nextOf(n, mine) : n;
      const code = six === null ? null : codeOf(six);
      if (code) return code;
      [n, drawn] = [0, 0];
      break;
    }
  }
}

/** From a drawn number on, the first that is `mine` among those with the same five symbols in front; null when none is. */
function nextOf(n: number, mine: (six: number) => boolean): number | null {
  const front = n - (n % BASE);
  for (let i = 0; i < BASE; i++) {
    const six = front + ((n + i) % BASE);
    if (mine(six)) return six;
  }
  return null;
}

/** The code of a number below 29⁶; null when it would read like a name, a phone number or an insult. */
function codeOf(n: number): OfferCode | null {
  let six = '';
  for (let rest = n, i = 1; i < CODE_LENGTH; i++, rest = Math.floor(rest / BASE)) six = SYMBOLS[rest % BASE] + six;
  const code = six + checkSymbol(six);
  return mixed(code, 2) && !UNKIND.some((w) => code.includes(w)) ? (code as OfferCode) : null;
}

export type CodeRead =
  | { readonly kind: 'ok'; readonly code: OfferCode }
  /** Meant as a code, but a symbol is wrong, missing, extra or swapped. */
  | { readonly kind: 'typo' }
  /** Not a code at all: perhaps a name or a number. */
  | { readonly kind: 'unknown-shape' };

/** What some scanners say first: the kind of barcode (ISO/IEC 15424: a bracket, a letter, a digit). */
const SCANNER_MARK = /^[\s\p{Cc}]*\][a-z]\d/iu;

/** Letters and digits of what was typed, scanned or written by a till, in capitals. */
export const plainCode = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(SCANNER_MARK, '')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}\p{Cc}_.*]+/gu, '');

/**
 * Reads a typed or scanned code; case, spaces and hyphens do not matter. Says whether it *could* be a code: whether it was
 * ever issued only the file knows. Never repairs a mistake: a look-alike (0 for Q, S for 5) is a typo, not a guess.
 */
export function readCode(text: string): CodeRead {
  const plain = plainCode(text);
  if (!/^[A-Z0-9]+$/.test(plain) || !mixed(plain, 1)) return { kind: 'unknown-shape' };
  const clean = [...plain].every((c) => SYMBOLS.includes(c));
  if (plain.length === CODE_LENGTH && clean && mixed(plain, 2) && sum(plain) === 0) return { kind: 'ok', code: plain as OfferCode };
  const known = [...plain].every((c) => SYMBOLS.includes(c) || LOOK_ALIKES.includes(c));
  if (known && plain.length >= CODE_LENGTH - 1 && plain.length <= CODE_LENGTH + 1) return { kind: 'typo' };
  return { kind: 'unknown-shape' };
}

/** `K7M4Q9X` → `K7M-4Q9X`, as printed and read aloud. Anything else comes back unchanged. */
export function showCode(code: string): string {
  return code.length === CODE_LENGTH ? `${code.slice(0, 3)}-${code.slice(3)}` : code;
}
