import { AppError } from '../errors';

/** Symbols nobody mistakes for each other, small, so that a link reads as one word. No vowels: no words. */
export const LINK_SYMBOLS = '23456789bcdfghjkmnpqrtvwxz';
export const LINK_CODE_LENGTH = 8;
/** As wide as any, made of the same cheap letters: quotes count with it. */
export const SAMPLE_LINK_CODE = 'k7m4q9xz';

const FAIR = Math.floor(256 / LINK_SYMBOLS.length) * LINK_SYMBOLS.length;

/** A fresh code (about 2·10¹¹ exist: nobody guesses another's). `randomBytes` must be cryptographic. */
export function makeLinkCode(randomBytes: (n: number) => Uint8Array): string {
  let code = '';
  while (code.length < LINK_CODE_LENGTH) {
    for (const byte of randomBytes(LINK_CODE_LENGTH)) {
      if (byte >= FAIR || code.length === LINK_CODE_LENGTH) continue;
      code += LINK_SYMBOLS[byte % LINK_SYMBOLS.length];
    }
  }
  return code;
}

/**
 * The code in what a website writes down: the code itself, or the last part of an address ("/t/k7m4q9xz?x=1"). Null when there is none.
 */
export function readLinkCode(cell: string): string | null {
  const path = cell.trim().split(/[?#]/)[0] ?? '';
  const last = path.replace(/\/+$/, '').split('/').at(-1)?.toLowerCase() ?? '';
  if (last.length !== LINK_CODE_LENGTH) return null;
  return [...last].every((c) => LINK_SYMBOLS.includes(c)) ? last : null;
}

/** Shared by strangers: carriers filter texts with them (error 30007), and taps would be theirs to count. */
const SHORTENERS = new Set([
  'bit.ly',
  'tinyurl.com',
  'goo.gl',
  't.co',
  'ow.ly',
  'is.gd',
  'buff.ly',
  'rebrand.ly',
  'cutt.ly',
  'rb.gy',
  't.ly',
  'shorturl.at',
  'tiny.cc',
  'lnkd.in',
  'fb.me',
  'wa.me',
  'linktr.ee',
  's.id',
  'v.gd',
  'bl.ink',
  'short.io',
  'twil.io',
]);

const hostOf = (address: string): string =>
  (address.replace(/^https?:\/\//i, '').split(/[/?#:]/)[0] ?? '').toLowerCase().replace(/^www\./, '');

/** Whether an address is on a shortener many share. */
export const isShortener = (address: string): boolean => {
  const host = hostOf(address);
  return [...SHORTENERS].some((s) => host === s || host.endsWith(`.${s}`));
};

/**
 * What stands before the code in a text, as short as it works: `shoes.example/t/`. On the shop's own domain, which the owner's website
 * setting tells when there is one.
 * @throws AppError taps.bad-base {why: form | shortener | other-domain}
 */
export function readLinkBase(typed: string, website: string): string {
  const bare = typed.trim().replace(/^https?:\/\//i, '');
  const match = /^((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})(\/[\w./-]*)?$/i.exec(bare);
  if (!match) throw new AppError('taps.bad-base', { why: 'form' });
  if (isShortener(bare)) throw new AppError('taps.bad-base', { why: 'shortener' });
  const host = (match[1] ?? '').toLowerCase();
  const own = hostOf(website.trim());
  const mine = host.replace(/^www\./, '');
  if (own !== '' && mine !== own && !mine.endsWith(`.${own}`) && !own.endsWith(`.${mine}`)) {
    throw new AppError('taps.bad-base', { why: 'other-domain' });
  }
  const path = (match[2] ?? '/').replace(/\/*$/, '/').replace(/\/{2,}/g, '/');
  return `${host}${path}`;
}
