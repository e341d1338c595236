import { toGsmFriendly } from '../campaigns/sms-text';
import { sha256Hex } from './hmac';
import type { Language, WordingShop } from './wording';
import { contactsOf } from './wording-fit';

/**
 * The words beside the boxes that are not about marketing texts: "text me about this order" on an order, hold or repair form, recalls of
 * things that were bought, and offers by e-mail. All start empty and none is a condition of anything. Raise the version when a template changes.
 */
export type PurposeWordingKind = 'order' | 'service' | 'email';

export interface PurposeWording {
  kind: PurposeWordingKind;
  language: Language;
  version: number;
  text: string;
  /** SHA-256 of the text, hex. */
  hash: string;
}

const VERSION: Readonly<Record<PurposeWordingKind, number>> = { order: 1, service: 1, email: 1 };

const whom = (s: WordingShop, language: Language): string => contactsOf(s, language)[0] ?? '';

const TEXT: Readonly<Record<PurposeWordingKind, Readonly<Record<Language, (shop: WordingShop, ref: string) => string>>>> = {
  order: {
    en: (s, ref) =>
      `Text me about this order. By ticking this box I agree to get texts about ${ref} only from ${s.name}, sent by an automated system, at the number I entered, until it is closed. No offers. Not a condition of purchase. Msg & data rates may apply. Reply STOP to cancel, HELP for help. Questions: ${whom(s, 'en')}.`,
    es: (s, ref) =>
      `Quiero textos sobre este pedido. Al marcar esta casilla acepto recibir mensajes de texto solo sobre ${ref} de ${s.name}, enviados por un sistema automatizado, al celular que he escrito, hasta que se cierre. Sin ofertas. No es requisito de compra. Pueden aplicar cargos por mensajes y datos. Responde STOP para cancelar, HELP para recibir ayuda. Preguntas: ${whom(s, 'es')}.`,
  },
  service: {
    en: (s) =>
      `Text me if something I bought here is recalled. By ticking this box I agree to get safety and service texts about my purchases from ${s.name}, sent by an automated system, at the number I entered. No offers. Not a condition of purchase. Msg frequency varies. Msg & data rates may apply. Reply STOP to cancel, HELP for help. Questions: ${whom(s, 'en')}.`,
    es: (s) =>
      `Avísenme si se retira algo que compré aquí. Al marcar esta casilla acepto recibir mensajes de seguridad y servicio sobre mis compras de ${s.name}, enviados por un sistema automatizado, al celular que he escrito. Sin ofertas. No es requisito de compra. La frecuencia varía. Pueden aplicar cargos por mensajes y datos. Responde STOP para cancelar, HELP para recibir ayuda. Preguntas: ${whom(s, 'es')}.`,
  },
  email: {
    en: (s) =>
      `Yes, e-mail me. By ticking this box I agree to get offers and news by e-mail from ${s.name} at the address I entered. Not a condition of purchase. I can say stop at any time: by the link in every e-mail, by answering it, or at the counter. Questions: ${whom(s, 'en')}. My address is not shared with third parties for marketing.`,
    es: (s) =>
      `Quiero recibir correos. Al marcar esta casilla acepto recibir ofertas y novedades por correo de ${s.name} en la dirección que he escrito. No es requisito de compra. Puedo decir que no cuando quiera: con el enlace de cada correo, respondiendo o en el mostrador. Preguntas: ${whom(s, 'es')}. Mi dirección no se comparte con terceros para marketing.`,
  },
};

/** The words in force for one of the two boxes, with the shop's own name and contact; `ref` names the order. */
export function purposeWordingOf(kind: PurposeWordingKind, language: Language, shop: WordingShop, ref = ''): PurposeWording {
  const plain = TEXT[kind][language](shop, ref);
  const text = kind !== 'email' ? toGsmFriendly(plain, { foldAccents: true }).text : plain;
  return { kind, language, version: VERSION[kind], text, hash: sha256Hex(text) };
}
