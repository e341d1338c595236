import { type ReadyReply, readyTexts } from '../campaigns/templates';
import type { AutomationKind } from './kinds';

/**
 * What a new automation says until the owner writes something better: in English and in a Spanish that keeps to the letters of the cheap
 * alphabet, one part each for a usual name. No percent off anywhere: an offer is the owner's to add.
 */
export interface ReadyAutomation {
  en: string;
  es: string;
  /** What they can answer with, and what it does here; null where no answer is asked for. */
  reply: ReadyReply | null;
}

const hold: ReadyReply = { en: 'HOLD', es: 'APARTA', means: 'hold' };
const gift: ReadyReply = { en: 'GIFT', es: 'REGALO', means: 'question' };
const call: ReadyReply = { en: 'CALL', es: 'LLAMA', means: 'call-back' };

const like = (goal: 'come-back' | 'thanks'): ReadyAutomation => {
  const [t] = readyTexts(goal, false);
  return { en: t?.en ?? '', es: t?.es ?? '', reply: t?.reply ?? null };
};

const READY: Readonly<Record<AutomationKind, ReadyAutomation>> = {
  'welcome-sign-up': {
    en: '{shop}: Hi {first name|there}, glad to have you. You hear of new things first. Reply HOLD any time and we put something aside.',
    es: '{shop}: Hola {first name}, gracias por sumarte. Te avisamos de lo nuevo. Responde APARTA y te guardamos algo.',
    reply: hold,
  },
  'welcome-purchase': {
    en: '{shop}: Hi {first name|there}, thank you for your first visit. Is everything as you like it? Reply CALL and we ring you.',
    es: '{shop}: Hola {first name}, gracias por tu primera compra. Todo bien? Responde LLAMA y te llamamos.',
    reply: call,
  },
  'thank-you': like('thanks'),
  late: like('come-back'),
  lapsed: {
    en: '{shop}: Hi {first name|there}, we would love to see you again. Tell us what you look for: reply HOLD and we put it aside.',
    es: '{shop}: Hola {first name}, nos gustaria verte otra vez. Dinos que buscas: responde APARTA y te lo guardamos.',
    reply: hold,
  },
  birthday: {
    en: '{shop}: Hi {first name|there}, your birthday! A small present waits for you here. Reply GIFT and we have it ready.',
    es: '{shop}: Hola {first name}, es tu cumple! Te espera un regalo en la tienda. Responde REGALO y lo preparamos.',
    reply: gift,
  },
  'bought-not': {
    en: '{shop}: Hi {first name|there}, new things came in that go with what you bought here. Reply HOLD to have some kept.',
    es: '{shop}: Hola {first name}, llegaron cosas que van con tu compra. Responde APARTA y te guardamos algo.',
    reply: hold,
  },
  'code-expiring': {
    en: '{shop}: Hi {first name|there}, your code {code} is good until {ends}. Show it at the counter.',
    es: '{shop}: Hola {first name}, tu clave {code} vale hasta {ends}. Muestrala en caja.',
    reply: null,
  },
  review: {
    en: '{shop}: Hi {first name|there}, is everything right with your {last item:lower|purchase}? Reply CALL if not, we will ring you.',
    es: '{shop}: Hola {first name}, todo bien con tu compra? Si no, responde LLAMA y te llamamos.',
    reply: call,
  },
  anniversary: {
    en: '{shop}: Hi {first name|there}, you have been with us another year. Thank you! A small gift waits here: reply GIFT, we get it ready.',
    es: '{shop}: Hola {first name}, un año mas con nosotros. Gracias! Te espera un regalo: responde REGALO y lo preparamos.',
    reply: gift,
  },
  'new-arrival': {
    en: '{shop}: Hi {first name|there}, new things came in for you. Reply HOLD and we put one aside for you to try.',
    es: '{shop}: Hola {first name}, llegaron cosas nuevas para ti. Responde APARTA y te guardamos una.',
    reply: hold,
  },
  'not-collected': {
    en: '{shop}: Hi {first name|there}, what you ordered is still here for you. Questions? Call {phone}.',
    es: '{shop}: Hola {first name}, tu pedido sigue aqui. Preguntas? Llama al {phone}.',
    reply: null,
  },
  'thing-due': {
    en: '{shop}: Hi {first name|there}, something you have from us may be due for a look. Reply CALL and we find a time.',
    es: '{shop}: Hola {first name}, quiza toca revisar tu compra. Responde LLAMA y buscamos una hora.',
    reply: call,
  },
  're-buy': {
    en: '{shop}: Hi {first name|there}, about time to stock up again? Reply HOLD and we keep yours for you.',
    es: '{shop}: Hola {first name}, ya toca comprar otra vez? Responde APARTA y te lo guardamos.',
    reply: hold,
  },
  'wish-in': {
    en: '{shop}: Hi {first name|there}, {wish|what you asked for} is in. Reply HOLD and we keep it for you.',
    es: '{shop}: Hola {first name}, llego {wish|lo que pediste}. Responde APARTA y te lo guardamos.',
    reply: hold,
  },
  'reward-near': {
    en: '{shop}: Hi {first name|there}, you are close to your reward: {reward|a small present}. Next visit counts. Reply HOLD for anything kept.',
    es: '{shop}: Hola {first name}, te falta poco para tu premio. La proxima visita cuenta. Responde APARTA y te guardamos algo.',
    reply: hold,
  },
  'reward-ready': {
    en: '{shop}: Hi {first name|there}, your reward is ready: {reward|a small present}. Just tell us at the counter.',
    es: '{shop}: Hola {first name}, tu premio te espera. Dinos en caja.',
    reply: null,
  },
  'points-expiring': {
    en: '{shop}: Hi {first name|there}, some of your points end soon. Use them for {reward|a reward} on your next visit.',
    es: '{shop}: Hola {first name}, parte de tus puntos vence pronto. Usalos para un premio en tu visita.',
    reply: null,
  },
};

export const readyAutomation = (kind: AutomationKind): ReadyAutomation => READY[kind];

/** The ones a shop begins with, in the order in which they are offered. */
export const FIRST_ONES = ['welcome-sign-up', 'late', 'birthday'] as const satisfies readonly AutomationKind[];

/** What kinds are for, in the order of the list. */
export const PURPOSES = {
  new: ['welcome-sign-up', 'welcome-purchase'],
  away: ['late', 'lapsed', 're-buy', 'bought-not'],
  days: ['birthday', 'anniversary', 'thing-due'],
  thanks: ['thank-you', 'review'],
  rewards: ['reward-near', 'reward-ready', 'points-expiring', 'code-expiring'],
  asked: ['wish-in', 'new-arrival', 'not-collected'],
} as const satisfies Record<string, readonly AutomationKind[]>;
export type Purpose = keyof typeof PURPOSES;

export const purposeOf = (kind: AutomationKind): Purpose =>
  (Object.keys(PURPOSES) as Purpose[]).find((p) => (PURPOSES[p] as readonly AutomationKind[]).includes(kind)) ?? 'asked';
