import { bareSite } from '../consent/wording-fit';
import type { KitSource } from './join-word';

/** The pieces of the sign-up kit. All but the paper form have a JOIN word of their own. */
export const PIECES = ['card', 'poster', 'bag', 'receipt', 'website', 'instagram', 'email', 'paper'] as const;
export type Piece = (typeof PIECES)[number];
export type Paper = 'letter' | 'a4';
/** One language, or both beside each other. */
export type KitLanguage = 'en' | 'es' | 'both';

/** Pieces that are printed; the others are copied. */
export const PRINTED: ReadonlySet<Piece> = new Set(['card', 'poster', 'bag', 'paper']);
export const sourceOf = (piece: Piece): KitSource | null => (piece === 'paper' ? null : piece);

/** What is missing before a piece can be given out, and what people should know about. `stops`: without it the piece is not made. */
export type Need =
  | { need: 'shop-name'; stops: true }
  | { need: 'number'; stops: true }
  | { need: 'contact'; stops: true }
  | { need: 'website'; stops: boolean }
  | { need: 'approval'; stops: false };

export interface KitFacts {
  name: string;
  phone: string;
  email: string;
  website: string;
  hasNumber: boolean;
  approved: boolean;
}

/**
 * What stands between the shop and a piece that is complete. A sign people text needs a number; all need a name and somebody to ask.
 * Terms and privacy: without a website they are at the counter, which does on paper in the shop, not on the web.
 */
export function needsOf(piece: Piece, f: KitFacts): Need[] {
  const needs: Need[] = [];
  if (f.name.trim() === '') needs.push({ need: 'shop-name', stops: true });
  if (piece !== 'paper' && !f.hasNumber) needs.push({ need: 'number', stops: true });
  if (f.phone.trim() === '' && f.email.trim() === '') needs.push({ need: 'contact', stops: true });
  if (bareSite(f.website) === '') needs.push({ need: 'website', stops: piece === 'website' || piece === 'instagram' || piece === 'email' });
  if (!f.approved) needs.push({ need: 'approval', stops: false });
  return needs;
}

/** Words broken to lines of `width` characters, for receipt printers; a longer word (an address) is cut. */
export function wrapLines(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((w) => w !== '')) {
    let rest = word;
    while (rest.length > width) {
      if (line !== '') lines.push(line);
      line = '';
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    if (line === '') line = rest;
    else if (line.length + 1 + rest.length <= width) line += ` ${rest}`;
    else {
      lines.push(line);
      line = rest;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

const RECEIPT_WIDTH = 40;
const centred = (s: string) => ' '.repeat(Math.max(0, Math.floor((RECEIPT_WIDTH - s.length) / 2))) + s;

/** A receipt's footer in plain letters (receipt printers know no others), never wider than 40 columns. */
export function receiptFooter(parts: { headline: string; legal: string }[]): string {
  const plain = (s: string) =>
    s
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/[‘’]/g, "'")
      .replace(/[–—]/g, '-')
      .replace(/[^\x20-\x7e]/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  const rule = '-'.repeat(RECEIPT_WIDTH);
  const blocks = parts.map((p) => [
    ...wrapLines(plain(p.headline), RECEIPT_WIDTH).map(centred),
    '',
    ...wrapLines(plain(p.legal), RECEIPT_WIDTH),
  ]);
  return [rule, ...blocks.flatMap((b, i) => (i === 0 ? b : [rule, ...b])), rule].join('\n');
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (s: string): string => s.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

/** A piece of a web page or an e-mail: nothing but a paragraph, a link and the small print, so that it looks like the page it is put in. */
export function htmlSnippet(parts: { language: 'en' | 'es'; headline: string; button: string; link: string; legal: string }[]): string {
  return parts
    .map(
      (p) =>
        `<div lang="${p.language}">\n  <p><strong>${escapeHtml(p.headline)}</strong></p>\n  <p><a href="${escapeHtml(p.link)}">${escapeHtml(p.button)}</a></p>\n  <p><small>${escapeHtml(p.legal)}</small></p>\n</div>`,
    )
    .join('\n');
}
