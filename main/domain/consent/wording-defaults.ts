import type { Language, WordingKind } from './wording';

/**
 * Our own words, with placeholders. Forms and signs carry every element of CTIA 5.1.2 and 47 CFR 64.1200(f)(9): who, what, by
 * machine, which number, not a condition, how often, cost, STOP, HELP, whom to ask, terms, privacy, no sharing. The four texts have a
 * shorter second form for long names and contacts: the first that fits one message is used. wording-elements.ts checks them all.
 */
export interface DefaultWording {
  /** Raise it when a template changes: old evidence keeps its own words by their hash. */
  version: number;
  /** The words, then shorter ones for the same purpose. */
  templates: readonly [string, ...string[]];
}

export const DEFAULT_WORDING: Readonly<Record<WordingKind, Readonly<Record<Language, DefaultWording>>>> = {
  'sign-up': {
    en: {
      version: 1,
      templates: [
        'Yes, text me. By ticking this box I agree to get recurring marketing texts (offers and news) from {shop}, sent by an automated system, at the number I entered. Consent is not a condition of purchase. Up to {n} msgs/month. Msg & data rates may apply. Reply STOP to cancel, HELP for help. Questions: {contact}. My number is not shared with third parties for marketing. Terms: {terms} Privacy: {privacy}',
      ],
    },
    es: {
      version: 1,
      templates: [
        'Quiero recibir textos. Al marcar esta casilla acepto recibir mensajes de texto recurrentes de marketing (ofertas y novedades) de {shop}, enviados por un sistema automatizado, al celular que he escrito. No es requisito de compra. Hasta {n} mensajes al mes. Pueden aplicar cargos por mensajes y datos. Responde STOP para cancelar, HELP para recibir ayuda. Preguntas: {contact}. Mi celular no se comparte con terceros para marketing. Términos: {terms} Privacidad: {privacy}',
      ],
    },
  },
  sign: {
    en: {
      version: 1,
      templates: [
        'By texting {word} to {number} you agree to get recurring marketing texts (offers and news) from {shop}, sent by an automated system, at the number you text from. Consent is not a condition of purchase. Up to {n} msgs/month. Msg & data rates may apply. Reply STOP to cancel, HELP for help. Questions: {contact}. Your number is not shared with third parties for marketing. Terms: {terms} Privacy: {privacy}',
      ],
    },
    es: {
      version: 1,
      templates: [
        'Al enviar {word} al {number} aceptas recibir mensajes de texto recurrentes de marketing (ofertas y novedades) de {shop}, enviados por un sistema automatizado, al celular desde el que escribes. No es requisito de compra. Hasta {n} mensajes al mes. Pueden aplicar cargos por mensajes y datos. Responde STOP para cancelar, HELP para recibir ayuda. Preguntas: {contact}. Tu celular no se comparte con terceros para marketing. Términos: {terms} Privacidad: {privacy}',
      ],
    },
  },
  spoken: {
    en: {
      version: 1,
      templates: [
        "May we send you offers and news from {shop} by text, up to {n} a month? They come from an automated system. You don't need to agree to buy anything. Message and data rates may apply. You'll get one text now; answer Y to confirm, STOP to cancel, HELP for help.",
      ],
    },
    es: {
      version: 2,
      templates: [
        '¿Te mandamos ofertas y novedades de {shop} por mensaje de texto, hasta {n} al mes? Los envía un sistema automatizado. No es requisito de compra. Pueden aplicar cargos por mensajes y datos. Recibes un mensaje ahora; contesta Y para confirmar, STOP para cancelar, HELP para ayuda.',
      ],
    },
  },
  confirmation: {
    en: {
      version: 2,
      templates: [
        "{shop}: You're signed up for offers & news by text, up to {n}/mo. Msg&data rates may apply. Reply HELP for help, STOP to cancel.",
        '{shop}: Signed up for offers by text, up to {n}/mo. Msg&data rates may apply. HELP for help, STOP to cancel.',
      ],
    },
    es: {
      version: 2,
      templates: [
        '{shop}: Te apuntaste a ofertas y novedades por texto, hasta {n}/mes. Pueden aplicar cargos por mensajes y datos. HELP: ayuda, STOP: cancelar.',
        '{shop}: Ofertas por texto, hasta {n}/mes. Pueden aplicar cargos por mensajes. HELP: ayuda, STOP: cancelar.',
      ],
    },
  },
  'double-opt-in': {
    en: {
      version: 2,
      templates: [
        '{shop}: Reply Y to get our offers by text, up to {n}/mo. Not required to buy. Msg&data rates may apply. HELP for help, STOP to cancel.',
        '{shop}: Reply Y for offers by text, max {n}/mo. Not required to buy. Msg&data rates may apply. HELP: help, STOP: no.',
      ],
    },
    es: {
      version: 2,
      templates: [
        '{shop}: Responde Y para recibir ofertas por texto, hasta {n}/mes. No es requisito de compra. Pueden aplicar cargos. HELP: ayuda, STOP: no.',
        '{shop}: Responde Y: ofertas por texto, hasta {n}/mes. No es requisito de compra. Pueden aplicar cargos. HELP: ayuda, STOP: no.',
      ],
    },
  },
  help: {
    en: {
      version: 2,
      templates: [
        '{shop}: offers & news by text, up to {n}/mo. Questions: {contact}. Msg&data rates may apply. STOP to cancel.',
        '{shop}: Questions about our texts: {contact}. STOP to cancel.',
        '{shop}: Help with texts: {contact} STOP to cancel.',
      ],
    },
    es: {
      version: 2,
      templates: [
        '{shop}: ofertas y novedades por texto, hasta {n}/mes. Preguntas: {contact}. Pueden aplicar cargos. STOP: cancelar.',
        '{shop}: Preguntas sobre los textos: {contact}. STOP: cancelar.',
        '{shop}: Ayuda con los textos: {contact} STOP: cancelar.',
      ],
    },
  },
  'stop-confirmation': {
    en: {
      version: 2,
      templates: [
        "{shop}: You won't get any more texts from us. Tell us why? 1 too many, 2 not for me, 3 other.",
        "{shop}: You won't get any more texts from us.",
      ],
    },
    es: {
      version: 2,
      templates: [
        '{shop}: Ya no recibes textos nuestros. ¿Nos dices por qué? 1 demasiados, 2 no son para mi, 3 otra causa.',
        '{shop}: Ya no recibes textos nuestros.',
      ],
    },
  },
};

/** Ways to confirm a sign-up by the word of a club; what every confirmation must say stays. */
export const CLUB_CONFIRMATION: Readonly<Record<'en' | 'es', readonly string[]>> = {
  en: [
    "{shop}: You're in: {club}. Up to {n} texts/mo. Msg&data rates may apply. Reply HELP for help, STOP to cancel.",
    "{shop}: You're in: {club}. Up to {n}/mo. Msg&data rates may apply. HELP for help, STOP to cancel.",
  ],
  es: [
    '{shop}: Ya eres de {club}. Hasta {n} textos/mes. Pueden aplicar cargos por mensajes y datos. HELP: ayuda, STOP: cancelar.',
    '{shop}: Ya eres de {club}. Hasta {n}/mes. Pueden aplicar cargos por mensajes. HELP: ayuda, STOP: cancelar.',
  ],
};
