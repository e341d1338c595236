import { countSegments, type TextChange, toGsmFriendly } from '../campaigns/sms-text';
import {
  isTextKind,
  type Language,
  OWN_VERSIONS_FROM,
  type SignFacts,
  unknownPlaceholders,
  type WordingKind,
  type WordingShop,
  wordingOf,
} from './wording';

/** What people must be told (facts/compliance.md A2–A4), one by one. */
export type Element =
  | 'who'
  | 'what'
  | 'texts'
  | 'recurring'
  | 'automated'
  | 'act'
  | 'number'
  | 'not-a-condition'
  | 'how-often'
  | 'rates'
  | 'stop'
  | 'help'
  | 'contact'
  | 'terms'
  | 'privacy'
  | 'no-sharing'
  | 'answer-y'
  | 'no-more'
  | 'no-advertising';

const FORM: readonly Element[] = [
  'who',
  'what',
  'texts',
  'recurring',
  'automated',
  'act',
  'number',
  'not-a-condition',
  'how-often',
  'rates',
  'stop',
  'help',
  'contact',
  'terms',
  'privacy',
  'no-sharing',
];

/** Which wording must say what. The confirmation's five are CTIA 5.1.2.1; HELP must name the program, a contact and the way out. */
export const REQUIRED: Readonly<Record<WordingKind, readonly Element[]>> = {
  'sign-up': FORM,
  sign: FORM,
  spoken: ['who', 'what', 'texts', 'automated', 'not-a-condition', 'how-often', 'rates', 'answer-y', 'stop', 'help'],
  confirmation: ['who', 'what', 'texts', 'how-often', 'rates', 'stop', 'help'],
  'double-opt-in': ['who', 'what', 'texts', 'answer-y', 'not-a-condition', 'how-often', 'rates', 'stop', 'help'],
  help: ['who', 'texts', 'contact', 'stop'],
  'stop-confirmation': ['who', 'no-more', 'no-advertising'],
};

const either = (en: RegExp, es: RegExp) => (text: string, language: Language) => (language === 'es' ? es : en).test(text);

/** Sold in a stop confirmation, and the confirmation is one more advertisement. */
const ADVERTISES =
  /%|\bhttps?:|\bwww\.|\b(?:sales?|deals?|coupons?|discounts?|save|offers?|free|descuentos?|ofertas?|cup[oó]n|gratis|rebajas?)\b/i;

/** Read without accents, so that "Términos" and "Terminos" are the same. */
const SAYS: Readonly<
  Record<Exclude<Element, 'who' | 'contact' | 'how-often' | 'act' | 'number' | 'terms' | 'privacy'>, (t: string, l: Language) => boolean>
> = {
  what: either(
    /\b(?:offers?|news|deals?|promotions?|arrivals|events|marketing)\b/i,
    /\b(?:ofertas?|novedades|promociones|descuentos|eventos|marketing)\b/i,
  ),
  texts: either(/\b(?:texts?|sms|text messages?|msgs)\b/i, /\b(?:textos?|sms|mensajes? de texto)\b/i),
  recurring: either(/\brecurring\b/i, /\brecurrentes?\b/i),
  automated: either(/\bautomat(?:ed|ic|ically)\b|\bautodialer\b/i, /\bautomatizad[oa]s?\b|\bautomatic[oa]s?\b/i),
  'not-a-condition': either(
    /\bnot (?:a condition|required|needed|necessary)\b|\bno purchase (?:is )?(?:needed|necessary|required)\b|\bdon'?t need to agree\b/i,
    /\bno es (?:requisito|condicion|necesario|obligatorio)\b|\bsin (?:obligacion|compromiso) de compra\b/i,
  ),
  rates: either(
    /\b(?:msg|message)s?\s?(?:&|and)\s?data rates may apply\b/i,
    /\bpueden aplicar(?:se)? (?:cargos|tarifas)\b|\b(?:cargos|tarifas) por mensajes y datos\b/i,
  ),
  stop: (t) => /\bSTOP\b/.test(t),
  help: (t) => /\bHELP\b/.test(t),
  'no-sharing': either(
    /\bnot? (?:be )?(?:shared?|sold)\b|\bnever (?:be )?(?:shared?|sold)\b|\b(?:don'?t|do not|never) (?:share|sell)\b/i,
    /\bno (?:se|lo|la) (?:compart\w+|vend\w+)\b|\bno (?:compartimos|vendemos)\b|\bnunca (?:se|lo) compart\w+/i,
  ),
  'answer-y': either(
    /\b(?:reply|answer|text|send)\b[^.]{0,20}\bY\b/i,
    /\b(?:responde|responda|conteste|contesta|envia|envie)\b[^.]{0,20}\bY\b/i,
  ),
  'no-more': either(
    /\b(?:no more|not get any more|won'?t (?:get|receive)|will not (?:get|receive)|(?:are|have been) unsubscribed|no longer (?:get|receive))\b/i,
    /\bya no (?:recib\w+|te|le)\b|\bno (?:recibes|recibiras|recibira|mandaremos|enviaremos|mas)\b|\bdad[oa] de baja\b/i,
  ),
  'no-advertising': (t) => !ADVERTISES.test(t.replace(/\bno advertising\b|\bsin publicidad\b|\bno marketing\b/gi, '')),
};

const plain = (s: string) => s.normalize('NFD').replace(/\p{M}/gu, '');
const has = (template: string, field: string) => new RegExp(`\\{\\s*${field}\\s*\\}`).test(template);
const LINK = String.raw`\W{0,3}\s*(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+`;

function says(element: Element, kind: WordingKind, language: Language, template: string, text: string, shop: WordingShop): boolean {
  switch (element) {
    case 'who':
      return has(template, 'shop') || (shop.name.trim() !== '' && template.includes(shop.name));
    case 'contact':
      return has(template, 'contact') || [shop.phone, shop.email].some((c) => c.trim() !== '' && template.includes(c));
    case 'how-often':
      // the machine keeps the promise, so it must be the promise the machine keeps
      return has(template, 'n') && (language === 'es' ? /\bmes\b/i : /\bmo(?:nth)?\b/i).test(text);
    case 'terms':
      return has(template, 'terms') || new RegExp(`\\b(?:terms|terminos)\\b${LINK}`, 'i').test(text);
    case 'privacy':
      return has(template, 'privacy') || new RegExp(`\\b(?:privacy|privacidad)\\b${LINK}`, 'i').test(text);
    case 'act':
      if (kind === 'sign')
        return (
          has(template, 'word') && (language === 'es' ? /\bal (?:enviar|mandar|escribir)\b/i : /\bby (?:texting|sending)\b/i).test(text)
        );
      return (language === 'es' ? /\b(?:al marcar|marcando)\b/i : /\bby (?:ticking|checking|marking)\b/i).test(text);
    case 'number':
      if (kind === 'sign' && !has(template, 'number')) return false;
      return (
        language === 'es'
          ? /\bal (?:celular|numero|telefono|movil)\b/i
          : /\b(?:at|to) (?:the|my) (?:\w+ )?number\b|\bnumber (?:i|you|above|below)\b/i
      ).test(text);
    default:
      return SAYS[element](text, language);
  }
}

const NOBODY: WordingShop = { name: 'Qq', phone: '0', email: '', website: 'q.q' };

/** A name as long as the rules ask for; no letter costs more than one. */
const TWENTY = 'Twenty Letters Shoes';

export interface WordingCheck {
  /** As people will read it, with the shop's own data. */
  text: string;
  elements: readonly { element: Element; said: boolean }[];
  /** Braces that are no placeholder. */
  unknown: readonly string[];
  tooLong: boolean;
  /** Texts only: with the shop's own data, and with a shop name of 20 letters. */
  count: { segments: number; units: number; encoding: 'GSM-7' | 'UCS-2'; breaks: readonly string[]; with20: number } | null;
  /** Letters written differently so that the text stays one message (á → a). */
  changes: readonly TextChange[];
  /** Nothing stands against using it. */
  ok: boolean;
}

/** Longest form or sign: it has to stand on a card. */
const LONGEST_FORM = 900;

/**
 * Holds a wording against what it must say. Never saved or used unless `ok`: an element left out makes every permission given under
 * it worthless.
 */
export function checkWording(
  kind: WordingKind,
  language: Language,
  template: string,
  shop: WordingShop,
  promiseMax: number,
  facts: SignFacts = {},
): WordingCheck {
  const own = { template, version: OWN_VERSIONS_FROM };
  const { text } = wordingOf(kind, language, shop, promiseMax, { ...facts, own });
  // A shop called "Pit Stop Offers" must not say for us what the words leave out.
  const read = plain(wordingOf(kind, language, NOBODY, promiseMax, { own, word: 'WXYZ', number: '0' }).text);
  const elements = REQUIRED[kind].map((element) => ({ element, said: says(element, kind, language, template, read, shop) }));
  const unknown = unknownPlaceholders(template);
  const tooLong = template.length > LONGEST_FORM;
  const changes = isTextKind(kind) ? toGsmFriendly(template, { foldAccents: true }).changes : [];
  let count: WordingCheck['count'] = null;
  if (isTextKind(kind)) {
    const c = countSegments(text);
    const twenty = wordingOf(kind, language, { ...shop, name: TWENTY }, Math.max(promiseMax, 10), { ...facts, own });
    count = { segments: c.segments, units: c.units, encoding: c.encoding, breaks: c.unicode, with20: countSegments(twenty.text).segments };
  }
  const ok =
    template.trim() !== '' && unknown.length === 0 && !tooLong && elements.every((e) => e.said) && (count === null || count.with20 <= 1);
  return { text, elements, unknown, tooLong, count, changes, ok };
}
