import { toGsmFriendly } from '../campaigns/sms-text';
import { sha256Hex } from './hmac';

/**
 * Every word we use to ask for, confirm or end a permission. The texts stay within one GSM-7 message for a shop name of 20
 * letters; Spanish avoids the four accented letters that GSM-7 lacks. Raise the version when a template changes: the exact text
 * shown is stored by its hash, so old evidence keeps its own words.
 */
export type WordingKind = 'sign-up' | 'confirmation' | 'double-opt-in' | 'help' | 'stop-confirmation';
export type Language = 'en' | 'es';

export interface WordingShop {
  name: string;
  phone: string;
  email: string;
  website: string;
}
export interface Wording {
  kind: WordingKind;
  language: Language;
  version: number;
  text: string;
  /** SHA-256 of the text, hex. */
  hash: string;
}

const VERSION: Readonly<Record<WordingKind, number>> = {
  'sign-up': 1,
  confirmation: 1,
  'double-opt-in': 1,
  help: 1,
  'stop-confirmation': 1,
};

/** Whom a customer can turn to: phone, else e-mail, else website. */
function contact(shop: WordingShop, language: Language): string {
  return shop.phone || shop.email || shop.website || (language === 'es' ? 'en la tienda' : 'at the shop');
}

function terms(shop: WordingShop, language: Language): string {
  const site = shop.website.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  if (language === 'es') {
    return site ? `Términos: ${site}/terms Privacidad: ${site}/privacy` : 'Pide los términos y el aviso de privacidad en el mostrador.';
  }
  return site ? `Terms: ${site}/terms Privacy: ${site}/privacy` : 'Terms and privacy notice are at the counter.';
}

type Template = (shop: WordingShop, promise: number) => string;

const TEXT: Readonly<Record<WordingKind, Readonly<Record<Language, Template>>>> = {
  // All elements of CTIA 5.1.2 and 47 CFR 64.1200(f)(9): who, what, by machine, which number, not a condition, how often, cost,
  // STOP, HELP, whom to ask, terms, privacy, no sharing.
  'sign-up': {
    en: (s, n) =>
      `Yes, text me. By ticking this box I agree to get recurring marketing texts (offers and news) from ${s.name}, sent by an automated system, at the number I entered. Consent is not a condition of purchase. Up to ${n} msgs/month. Msg & data rates may apply. Reply STOP to cancel, HELP for help. Questions: ${contact(s, 'en')}. My number is not shared with third parties for marketing. ${terms(s, 'en')}`,
    es: (s, n) =>
      `Quiero recibir textos. Al marcar esta casilla acepto recibir mensajes de texto recurrentes de marketing (ofertas y novedades) de ${s.name}, enviados por un sistema automatizado, al celular que he escrito. No es requisito de compra. Hasta ${n} mensajes al mes. Pueden aplicar cargos por mensajes y datos. Responde STOP para cancelar, HELP para recibir ayuda. Preguntas: ${contact(s, 'es')}. Mi celular no se comparte con terceros para marketing. ${terms(s, 'es')}`,
  },
  confirmation: {
    en: (s, n) =>
      `${s.name}: You're signed up for offers & news by text, up to ${n}/mo. Msg&data rates may apply. Reply HELP for help, STOP to cancel.`,
    es: (s, n) =>
      `${s.name}: Te apuntaste a ofertas y novedades por texto, hasta ${n}/mes. Pueden aplicar cargos por mensajes y datos. HELP: ayuda, STOP: cancelar.`,
  },
  'double-opt-in': {
    en: (s, n) =>
      `${s.name}: Reply Y to get our offers by text, up to ${n}/mo. Not required to buy. Msg&data rates may apply. HELP for help, STOP to cancel.`,
    es: (s, n) =>
      `${s.name}: Responde Y para recibir ofertas por texto, hasta ${n}/mes. No es requisito de compra. Pueden aplicar cargos. HELP: ayuda, STOP: no.`,
  },
  help: {
    en: (s, n) =>
      `${s.name}: offers & news by text, up to ${n}/mo. Questions: ${contact(s, 'en')}. Msg&data rates may apply. STOP to cancel.`,
    es: (s, n) =>
      `${s.name}: ofertas y novedades por texto, hasta ${n}/mes. Preguntas: ${contact(s, 'es')}. Pueden aplicar cargos. STOP: cancelar.`,
  },
  'stop-confirmation': {
    en: (s) => `${s.name}: You won't get any more texts from us. Tell us why? 1 too many, 2 not for me, 3 other.`,
    es: (s) => `${s.name}: Ya no recibes textos nuestros. ¿Nos dices por qué? 1 demasiados, 2 no son para mi, 3 otra causa.`,
  },
};

/** The current wording of a kind, with the shop's name, contact and promise (texts per calendar month) filled in. */
export function wordingOf(kind: WordingKind, language: Language, shop: WordingShop, promiseMax: number): Wording {
  const text = toGsmFriendly(TEXT[kind][language](shop, promiseMax), { foldAccents: true }).text;
  return { kind, language, version: VERSION[kind], text, hash: sha256Hex(text) };
}

/** What staff read aloud before a spoken yes; the customer's own answer to the double opt-in is what counts. */
export const SPOKEN_SCRIPT: Readonly<Record<Language, (shop: string, promiseMax: number) => string>> = {
  en: (shop, n) =>
    `May we send you offers and news from ${shop} by text, up to ${n} a month? You don't need to agree to buy anything. Message and data rates may apply. You'll get one text now; answer Y to confirm, STOP to cancel, HELP for help.`,
  es: (shop, n) =>
    `¿Le mandamos ofertas y novedades de ${shop} por texto, hasta ${n} al mes? No es requisito de compra. Pueden aplicar cargos por mensajes y datos. Recibe un mensaje ahora; conteste Y para confirmar, STOP para cancelar, HELP para ayuda.`,
};

/** The word that signs a customer up from their own phone. */
export const JOIN_WORD = 'JOIN';
