import { toGsmFriendly } from '../campaigns/sms-text';
import { parseTemplate } from '../campaigns/template';
import { type OfferCode, readCode } from '../offers/code';

/** `K7M-4Q9X` as it is printed into texts: standing alone, in capitals, with its hyphen. */
const PRINTED = /(?<![A-Za-z0-9-])[A-Z0-9]{3}-[A-Z0-9]{4}(?![A-Za-z0-9-])/g;

/** Offer codes in a text that left: the pattern, the alphabet and the check character have to agree, so a phone number is none. */
export function codesIn(text: string): OfferCode[] {
  const found = new Set<OfferCode>();
  for (const m of text.matchAll(PRINTED)) {
    const read = readCode(m[0]);
    if (read.kind === 'ok') found.add(read.code);
  }
  return [...found];
}

const escaped = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s*');

/** Whether a text can have been written from these words: everything but the merge fields stands in it, in order. */
export function writtenFrom(template: string, text: string): boolean {
  let nodes: ReturnType<typeof parseTemplate>;
  try {
    nodes = parseTemplate(template);
  } catch {
    return false;
  }
  const fixed = nodes.reduce((n, node) => n + ('text' in node ? node.text.trim().length : 0), 0);
  if (fixed < 12) return false; // a few letters would fit anything
  const pattern = nodes.map((n) => ('text' in n ? escaped(toGsmFriendly(n.text).text) : '[\\s\\S]{0,80}?')).join('\\s*');
  return new RegExp(`^\\s*${pattern}`).test(text);
}
