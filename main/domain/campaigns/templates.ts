import type { ShopDay } from '../kernel';
import type { RetailDay, RetailDayKey } from './retail-calendar';

/** What an owner wants from a text. */
export const TEMPLATE_GOALS = ['come-back', 'try-other', 'news', 'birthday', 'thanks', 'holiday'] as const;
export type TemplateGoal = (typeof TEMPLATE_GOALS)[number];

/** What people answer with, and what it does here (an inbox reply word). */
export interface ReadyReply {
  en: string;
  es: string;
  means: 'hold' | 'question' | 'call-back' | 'other';
}

/**
 * A ready-made text. Every one carries a reply word, the honest stand-in for "opened". Spanish keeps to letters of the cheap
 * alphabet. `{x}` and `{y}` are blanks the owner fills in before it becomes a text.
 */
export interface ReadyText {
  key: string;
  goal: TemplateGoal;
  en: string;
  es: string;
  reply: ReadyReply;
  /** It promises the code of an offer: only for campaigns with one. */
  offer: boolean;
}

const hold: ReadyReply = { en: 'HOLD', es: 'APARTA', means: 'hold' };
const more: ReadyReply = { en: 'MORE', es: 'MAS', means: 'question' };
const gift: ReadyReply = { en: 'GIFT', es: 'REGALO', means: 'question' };
const call: ReadyReply = { en: 'CALL', es: 'LLAMA', means: 'call-back' };

export const READY_TEXTS: readonly ReadyText[] = [
  {
    key: 'miss-you',
    goal: 'come-back',
    en: '{shop}: Hi {first name|there}, it has been a while. New things are in: reply HOLD and we put something aside for you.',
    es: '{shop}: Hola {first name}, hace tiempo que no vienes. Hay cosas nuevas: responde APARTA y te guardamos algo.',
    reply: hold,
    offer: false,
  },
  {
    key: 'miss-you-offer',
    goal: 'come-back',
    en: '{shop}: Hi {first name|there}, come back in: your code {code} is good until {ends}. Reply HOLD and we put something aside.',
    es: '{shop}: Hola {first name}, vuelve a vernos: tu clave {code} vale hasta {ends}. Responde APARTA y te guardamos algo.',
    reply: hold,
    offer: true,
  },
  {
    key: 'try-other',
    goal: 'try-other',
    en: '{shop}: Hi {first name|there}, you know us for {x}. Did you know we do {y} too? Reply MORE and we tell you about it.',
    es: '{shop}: Hola {first name}, nos conoces por {x}. Conoces lo que hacemos en {y}? Responde MAS y te contamos.',
    reply: more,
    offer: false,
  },
  {
    key: 'try-other-offer',
    goal: 'try-other',
    en: '{shop}: Hi {first name|there}, you know us for {x}. Try {y}: code {code}, until {ends}. Reply MORE to hear about it.',
    es: '{shop}: Hola {first name}, nos conoces por {x}. Prueba {y}: clave {code}, hasta {ends}. Responde MAS y te contamos.',
    reply: more,
    offer: true,
  },
  {
    key: 'new-in',
    goal: 'news',
    en: '{shop}: Hi {first name|there}, new things came in this week. Reply HOLD and we put one aside for you to try.',
    es: '{shop}: Hola {first name}, esta semana llegaron cosas nuevas. Responde APARTA y te guardamos una para probar.',
    reply: hold,
    offer: false,
  },
  {
    key: 'event',
    goal: 'news',
    en: '{shop}: Hi {first name|there}, you are invited: a small evening for our regulars. Reply MORE for day and time.',
    es: '{shop}: Hola {first name}, te invitamos a una noche para clientes de la casa. Responde MAS para saber fecha y hora.',
    reply: more,
    offer: false,
  },
  {
    key: 'birthday',
    goal: 'birthday',
    en: '{shop}: Happy birthday, {first name|friend}! Something small waits for you here this month. Reply GIFT and we have it ready.',
    es: '{shop}: Feliz cumple, {first name}! Este mes te espera un detalle en la tienda. Responde REGALO y lo preparamos.',
    reply: gift,
    offer: false,
  },
  {
    key: 'birthday-offer',
    goal: 'birthday',
    en: '{shop}: Happy birthday, {first name|friend}! Your present: code {code}, good until {ends}. Reply GIFT with any wish.',
    es: '{shop}: Feliz cumple, {first name}! Tu regalo: clave {code}, vale hasta {ends}. Responde REGALO con tu deseo.',
    reply: gift,
    offer: true,
  },
  {
    key: 'thanks',
    goal: 'thanks',
    en: '{shop}: Hi {first name|there}, thank you for coming in so often. Anything you wish we had? Reply CALL and we ring you.',
    es: '{shop}: Hola {first name}, gracias por venir tanto. Te falta algo en la tienda? Responde LLAMA y te llamamos.',
    reply: call,
    offer: false,
  },
];

/** How a holiday is called in a text. Spanish without accents that would make it dearer. */
const NAMES: Record<RetailDayKey, { en: string; es: string }> = {
  'new-year': { en: 'New Year', es: 'Año Nuevo' },
  valentine: { en: 'Valentine’s Day', es: 'San Valentin' },
  'st-patrick': { en: 'St. Patrick’s Day', es: 'San Patricio' },
  easter: { en: 'Easter', es: 'Pascua' },
  'cinco-de-mayo': { en: 'Cinco de Mayo', es: 'el Cinco de Mayo' },
  'mothers-day': { en: 'Mother’s Day', es: 'el Dia de la Madre' },
  'memorial-day': { en: 'Memorial Day', es: 'Memorial Day' },
  'fathers-day': { en: 'Father’s Day', es: 'el Dia del Padre' },
  'independence-day': { en: 'July 4th', es: 'el 4 de julio' },
  'back-to-school': { en: 'Back to school', es: 'El regreso a clases' },
  'labor-day': { en: 'Labor Day', es: 'Labor Day' },
  halloween: { en: 'Halloween', es: 'Halloween' },
  thanksgiving: { en: 'Thanksgiving', es: 'Acción de Gracias' },
  'black-friday': { en: 'Black Friday', es: 'Black Friday' },
  'small-business-saturday': { en: 'Small Business Saturday', es: 'Small Business Saturday' },
  christmas: { en: 'Christmas', es: 'Navidad' },
};
export const retailName = (key: RetailDayKey): string => NAMES[key].en;

/** `Sun, May 10` and `10/5`-free Spanish: days as people say them. */
const dayIn = (day: ShopDay, language: string) =>
  new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: 'short', month: 'short', day: 'numeric' }).format(
    Date.parse(`${day}T12:00:00Z`),
  );

/** The text for one of the retail days. */
export function retailText(d: Pick<RetailDay, 'key' | 'day' | 'kind'>): ReadyText {
  const name = NAMES[d.key];
  const on = { en: dayIn(d.day, 'en-US'), es: dayIn(d.day, 'es-US').replaceAll('á', 'a') };
  const texts = {
    gift: {
      en: `{shop}: Hi {first name|there}, ${name.en} is ${on.en}. Reply GIFT and we put something nice aside for you.`,
      es: `{shop}: Hola {first name}, ${name.es} es el ${on.es}. Responde REGALO y te guardamos algo bonito.`,
      reply: { ...gift, means: 'hold' as const },
    },
    sale: {
      en: `{shop}: Hi {first name|there}, ${name.en} at our shop, ${on.en}: come and see what we picked. Reply HOLD to have one kept.`,
      es: `{shop}: Hola {first name}, ${name.es} en la tienda, ${on.es}: ven a ver lo que elegimos. Responde APARTA y te guardamos uno.`,
      reply: hold,
    },
    greeting: {
      en: `{shop}: Hi {first name|there}, ${name.en} is ${on.en}. Need something before then? Reply HOLD and we keep it for you.`,
      es: `{shop}: Hola {first name}, ${name.es} es el ${on.es}. Te falta algo? Responde APARTA y te lo guardamos.`,
      reply: hold,
    },
  }[d.kind];
  const plain = (s: string) => s.replaceAll('’', "'").replaceAll('ó', 'o');
  return { key: `holiday:${d.key}`, goal: 'holiday', en: plain(texts.en), es: plain(texts.es), reply: texts.reply, offer: false };
}

/** A ready text with its blanks filled in; braces are taken out of what was typed, it must not become a field. */
export function fillIn(t: ReadyText, blanks: { x: string; y: string }): ReadyText {
  const clean = (s: string) => lowered(s.replace(/[{}|]/g, '').trim());
  const put = (s: string) => s.replaceAll('{x}', clean(blanks.x)).replaceAll('{y}', clean(blanks.y));
  return { ...t, en: put(t.en), es: put(t.es) };
}

/** "Shirts" in the middle of a sentence is "shirts"; "T-shirts", "BBQ" and "iPad" stay as they are. */
function lowered(name: string): string {
  return name
    .split(' ')
    .map((w) => (/^\p{Lu}\p{Ll}+$/u.test(w) ? w.toLowerCase() : w))
    .join(' ');
}

/** The ready texts for a goal: with an offer those that carry its code. */
export const readyTexts = (goal: TemplateGoal, offer: boolean): ReadyText[] =>
  READY_TEXTS.filter((t) => t.goal === goal && t.offer === offer);
