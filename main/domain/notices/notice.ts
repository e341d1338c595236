import { namesShop } from '../campaigns/checks';
import { countSegments, LONGEST_TEXT, toGsmFriendly } from '../campaigns/sms-text';
import { mergeValues, parseTemplate, renderTemplate, STOP_LINE, saysStop } from '../campaigns/template';
import type { UtcMs, Zone } from '../kernel';
import { type Promo, promosIn } from './promo';

/** Which goods a notice is about, as the till names them. */
export interface NoticeGoods {
  what: 'item' | 'category';
  names: string[];
  /** Only those whose variant says this ("2024", "8.5"); '' = all. */
  variant: string;
}

type Language = 'en' | 'es';
export type NoticeProblem =
  | { what: 'empty' | 'no-shop' | 'unknown-field' | 'too-long'; language: Language }
  | ({ what: 'promo'; language: Language } & Promo);

/** Fields a notice may use: no code, no last day, nothing to sell. */
const FIELD = /\{\s*([^{}|:]*)/g;
const FIELDS = ['shop', 'first name', 'phone'];

/** What stands in the way of sending these words: promotional lines with the words themselves, a missing name, unknown fields. */
export function problemsOf(words: { en: string; es: string }, shopName: string): NoticeProblem[] {
  const out: NoticeProblem[] = [];
  for (const language of ['en', 'es'] as const) {
    const body = words[language].trim();
    if (body === '') {
      if (language === 'en') out.push({ what: 'empty', language });
      continue;
    }
    const fields = [...body.matchAll(FIELD)].map((m) => (m[1] ?? '').trim().toLowerCase());
    if (fields.some((f) => !FIELDS.includes(f))) out.push({ what: 'unknown-field', language });
    if (!fields.includes('shop') && !namesShop(body, shopName)) out.push({ what: 'no-shop', language });
    for (const promo of promosIn(body.replaceAll(shopName, '').replace(/\{[^{}]*\}/g, ' ')))
      out.push({ what: 'promo', language, ...promo });
    if (body.length > LONGEST_TEXT) out.push({ what: 'too-long', language });
  }
  return out;
}

/** What one buyer reads, and how many parts it has. Throws as `parseTemplate` does. */
export function noticeText(
  words: { en: string; es: string },
  p: { firstName: string; language: Language; sharesNumber: boolean },
  shop: { name: string; zone: Zone; phone: string },
  now: UtcMs,
): { text: string; segments: number } {
  const language = p.language === 'es' && words.es.trim() !== '' ? 'es' : 'en';
  const body = words[language].trim();
  const values = mergeValues(
    { firstName: p.firstName, lastItem: null, lastVisitAt: null, sharesNumber: p.sharesNumber },
    { shopName: shop.name, shopZone: shop.zone, code: '', offerEndsAt: null, now, shopPhone: shop.phone, language },
  );
  const { text } = renderTemplate(parseTemplate(body), values, saysStop(body) ? null : STOP_LINE[language]);
  const plain = toGsmFriendly(text).text;
  return { text: plain, segments: countSegments(plain).segments };
}
