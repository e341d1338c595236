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

/** A fresh code (about 3.7·10⁸ exist). `randomBytes` must be cryptographic; collisions with live codes are the caller's to check. */
export function makeCode(randomBytes: (n: number) => Uint8Array): OfferCode {
  for (;;) {
    let six = '';
    while (six.length < CODE_LENGTH - 1) {
      for (const byte of randomBytes(8)) {
        // 232 = 8 · 29: bytes above would favour the first symbols
        if (byte < 232 && six.length < CODE_LENGTH - 1) six += SYMBOLS[byte % BASE];
      }
    }
    const code = six + checkSymbol(six);
    if (mixed(code, 2) && !UNKIND.some((w) => code.includes(w))) return code as OfferCode;
  }
}

export type CodeRead =
  | { readonly kind: 'ok'; readonly code: OfferCode }
  /** Meant as a code, but a symbol is wrong, missing, extra or swapped. */
  | { readonly kind: 'typo' }
  /** Not a code at all: perhaps a name or a number. */
  | { readonly kind: 'unknown-shape' };

/**
 * Reads a typed or scanned code; case, spaces and hyphens do not matter. Says whether it *could* be a code: whether it was
 * ever issued only the file knows. Never repairs a mistake: a look-alike (0 for Q, S for 5) is a typo, not a guess.
 */
export function readCode(text: string): CodeRead {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}_.]+/gu, '');
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
