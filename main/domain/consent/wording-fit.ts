import { countSegments, isGsm, toGsmFriendly } from '../campaigns/sms-text';
import { showPhone } from '../customers/show-phone';
import type { Language, WordingShop } from './wording';

const fitsOne = (text: string): boolean => countSegments(text).segments <= 1;

/**
 * A shop's name as it stands in a permission text: in the carriers' cheap alphabet, without signs it lacks (☕, ™ …), as long as
 * enough of the name is left to know the shop by. A name in another script stays whole: naming the shop comes before the price.
 */
export function smsName(name: string): string {
  const plain = toGsmFriendly(name, { foldAccents: true }).text.replace(/\s+/g, ' ').trim();
  const kept = [...plain].filter(isGsm).join('').replace(/\s+/g, ' ').trim();
  const letters = (s: string) => (s.match(/[\p{L}\p{N}]/gu) ?? []).length;
  return letters(kept) >= 2 && letters(kept) * 2 > letters(plain) ? kept : plain;
}

/** Whom a customer can turn to, best first: phone, e-mail, website, the shop itself. */
export function contactsOf(shop: WordingShop, language: Language): string[] {
  // as people write it: nobody reads +18455550142 aloud
  const said = [showPhone(shop.phone), shop.email, bareSite(shop.website)].map((c) => c.trim()).filter((c) => c !== '');
  return said.length > 0 ? said : [language === 'es' ? 'en la tienda' : 'at the shop'];
}

/** `https://shop.com/` as people write it: `shop.com`. */
export const bareSite = (website: string): string =>
  website
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '');

/**
 * The first way of saying it that fits one message: every template with every contact, the fuller template first. When none fits
 * (a very long name), the shortest: more than one message, but complete.
 */
export function firstThatFits(candidates: readonly string[]): string {
  const fits = candidates.find(fitsOne);
  if (fits !== undefined) return fits;
  return [...candidates].sort((a, b) => countSegments(a).units - countSegments(b).units)[0] ?? '';
}

const HINTS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    ' Reply LESS for fewer, PREFS for choices.',
    ' LESS: fewer texts, PREFS: choices.',
    ' LESS: fewer, PREFS: choices.',
    ' LESS: fewer texts.',
  ],
  es: [
    ' Responde LESS para menos, PREFS para elegir.',
    ' LESS: menos textos, PREFS: elegir.',
    ' LESS: menos, PREFS: elegir.',
    ' LESS: menos textos.',
  ],
};

/** Tells of LESS and PREFS at the end of a text, in as many words as its one message has room for; else nothing is added. */
export function withHint(text: string, language: Language): string {
  if (/\b(?:LESS|PREFS)\b/.test(text)) return text;
  return HINTS[language].map((h) => text + h).find(fitsOne) ?? text;
}
