import { countSegments, toGsmFriendly } from '../campaigns/sms-text';
import { firstThatFits, smsName } from '../consent/wording-fit';
import type { ShopDay } from '../kernel';
import { sayDay } from './after-hours';

type Language = 'en' | 'es';

/** What a digit stands for in a text we sent. */
export type MenuOption = 'less' | 'email' | 'topics' | `topic:${string}`;
/** An open question of ours; `email` waits for an address. */
export type MenuKind = 'prefs' | 'topics' | 'email';

/** A digit answers a question of ours for this long. */
export const MENU_MS = 24 * 60 * 60 * 1000;

const plain = (text: string): string => toGsmFriendly(text, { foldAccents: true }).text;
const shopOf = (name: string): string => smsName(name);
/** The fullest wording that fits one message. */
const say = (...fuller: string[]): string => firstThatFits(fuller.map(plain));

/** Answer to LESS: how many it is from now on; `null` = it cannot be less. */
export function lessText(shop: string, n: number | null, language: Language): string {
  const s = shopOf(shop);
  if (language === 'es') {
    if (n === null) return say(`${s}: Ya recibes lo mínimo: 1 texto de ofertas al mes. PREFS: elegir, STOP: cancelar.`);
    const many = n === 1 ? '1 texto' : `${n} textos`;
    return say(`${s}: Listo. Desde ahora recibes como máximo ${many} de ofertas al mes. PREFS: elegir, STOP: cancelar.`);
  }
  if (n === null) return say(`${s}: You're already at the fewest: 1 offer text a month. PREFS for choices, STOP to end.`);
  return say(`${s}: Done. From now on you get at most ${n} offer text${n === 1 ? '' : 's'} a month. PREFS for choices, STOP to end.`);
}

const LABEL: Readonly<Record<Language, Readonly<Record<'less' | 'email' | 'topics', string>>>> = {
  en: { less: 'fewer texts', email: 'e-mail instead', topics: 'choose topics' },
  es: { less: 'menos textos', email: 'por e-mail', topics: 'elegir temas' },
};

/** Answer to PREFS: the numbered choices. */
export function prefsText(shop: string, n: number, options: readonly ('less' | 'email' | 'topics')[], language: Language): string {
  const s = shopOf(shop);
  const list = options.map((o, i) => `${i + 1} ${LABEL[language][o]}`).join(', ');
  return language === 'es'
    ? say(`${s}: Recibes hasta ${n} textos al mes. Responde: ${list}. STOP: cancelar.`, `${s}: Responde: ${list}. STOP: cancelar.`)
    : say(`${s}: You get up to ${n} texts a month. Reply ${list}. STOP to end all.`, `${s}: Reply ${list}. STOP to end all.`);
}

/**
 * The clubs with what is on, numbered: as many as one text holds. Returns how many of them are in it.
 */
export function topicsText(
  shop: string,
  topics: readonly { name: string; on: boolean }[],
  language: Language,
  changed?: { name: string; on: boolean },
): { text: string; shown: number } {
  const s = shopOf(shop);
  const state = (on: boolean) => (language === 'es' ? (on ? 'sí' : 'no') : on ? 'on' : 'off');
  const head = changed ? `${s}: ${changed.name}: ${state(changed.on)}. ` : `${s}: `;
  const ask = language === 'es' ? 'Responde un número para cambiar: ' : 'Reply a number to switch: ';
  for (let shown = Math.min(topics.length, 9); shown > 1; shown--) {
    const list = topics
      .slice(0, shown)
      .map((t, i) => `${i + 1} ${t.name} (${state(t.on)})`)
      .join(', ');
    const text = plain(`${head}${ask}${list}`);
    if (countSegments(text).segments <= 1) return { text, shown };
  }
  const only = topics[0];
  return {
    text: say(`${head}${ask}1 ${only?.name ?? ''} (${state(only?.on ?? false)})`, `${s}: 1 (${state(only?.on ?? false)})`),
    shown: only ? 1 : 0,
  };
}

/** Asks for the address when "e-mail instead" was chosen and none is known. */
export const askEmailText = (shop: string, language: Language): string =>
  language === 'es'
    ? say(`${shopOf(shop)}: Responde con tu e-mail y te mandamos las ofertas ahí en vez de por texto. Hasta entonces nada cambia.`)
    : say(`${shopOf(shop)}: Reply with your e-mail address and we'll send offers there instead of texts. Until then nothing changes.`);

/** `maria@example.com` → `m***@example.com`, never longer than 28 letters: enough to recognise one's own. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const host = email.slice(at + 1);
  return `${email.slice(0, 1)}***@${host.length > 23 ? `${host.slice(0, 20)}...` : host}`;
}

/** Said once e-mail is chosen: where to, and how to come back. */
export const emailChosenText = (shop: string, email: string, language: Language): string =>
  language === 'es'
    ? say(
        `${shopOf(shop)}: Listo: ofertas a ${maskEmail(email)} en vez de textos. ¿Otra dirección? Respóndela. JOIN: textos otra vez.`,
        `${shopOf(shop)}: Listo: ofertas por e-mail en vez de textos. JOIN: textos otra vez.`,
      )
    : say(
        `${shopOf(shop)}: Done: offers to ${maskEmail(email)} instead of texts. Other address? Reply with it. JOIN brings texts back.`,
        `${shopOf(shop)}: Done: offers by e-mail instead of texts. JOIN brings texts back.`,
      );

/** Answer to the word of a club from somebody who gets texts already. */
export const topicAddedText = (shop: string, topic: string, language: Language): string =>
  language === 'es'
    ? say(
        `${shopOf(shop)}: Listo, también te avisamos de ${topic}. PREFS: elegir, STOP: cancelar.`,
        `${shopOf(shop)}: Listo. PREFS: elegir, STOP: cancelar.`,
      )
    : say(
        `${shopOf(shop)}: Done, you'll hear about ${topic} too. PREFS for choices, STOP to end.`,
        `${shopOf(shop)}: Done. PREFS for choices, STOP to end.`,
      );

const HELD: Readonly<Record<Language, string>> = {
  en: "{shop}: Got it! We'll hold it for you until closing {until}. Questions? Just reply.",
  es: '{shop}: ¡Anotado! Te lo apartamos hasta el cierre, {until}. ¿Preguntas? Responde aquí.',
};
const NOTED: Readonly<Record<Language, string>> = {
  en: "{shop}: Got it, thank you! We'll take care of it.",
  es: '{shop}: ¡Anotado, gracias! Nos encargamos.',
};

/** Answer to a campaign's own word: the owner's words (`{shop}`, `{until}`) or ours. */
export function replyWordText(
  shop: string,
  word: { means: string; answerEn: string; answerEs: string },
  until: ShopDay,
  today: ShopDay,
  language: Language,
): string {
  const own = (language === 'es' ? word.answerEs : word.answerEn).trim();
  const ours = (word.means === 'hold' ? HELD : NOTED)[language];
  const fill = (t: string) => t.replaceAll('{shop}', shopOf(shop)).replaceAll('{until}', sayDay(until, today, language));
  const named = (t: string) => (t.toLocaleLowerCase('en').includes(shopOf(shop).toLocaleLowerCase('en')) ? t : `${shopOf(shop)}: ${t}`);
  return own === '' ? say(fill(ours)) : say(named(fill(own)), fill(ours));
}

/** The longest the owner's own answer can become: the composer checks it against one text. */
export const longestReplyWordText = (shop: string, answer: string, language: Language): string => {
  const text = answer
    .replaceAll('{shop}', shopOf(shop))
    .replaceAll('{until}', language === 'es' ? 'el 30 de septiembre' : 'on September 30');
  return plain(text.toLocaleLowerCase('en').includes(shopOf(shop).toLocaleLowerCase('en')) ? text : `${shopOf(shop)}: ${text}`);
};
