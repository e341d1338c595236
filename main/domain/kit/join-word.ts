import { readReply } from '../consent/reply';

/** Where a JOIN word is printed or shown; sign-ups are counted per place. `topic`: the word of one club. */
export const JOIN_SOURCES = ['card', 'poster', 'bag', 'receipt', 'website', 'instagram', 'email', 'topic', 'custom'] as const;
export type JoinSource = (typeof JOIN_SOURCES)[number];
/** Places with exactly one word at a time. */
export const KIT_SOURCES = ['card', 'poster', 'bag', 'receipt', 'website', 'instagram', 'email'] as const satisfies readonly JoinSource[];
export type KitSource = (typeof KIT_SOURCES)[number];

const WORD_MIN = 3;
export const WORD_MAX = 12;

/** Why a word cannot be a JOIN word; null = it may. */
export type WordRefusal = 'too-short' | 'too-long' | 'characters' | 'means-something' | 'said-in-passing';

/** Answers with a meaning of their own here or at the carriers, beyond what the reading of replies knows by itself. */
const TAKEN = new Set(
  'LESS FEWER PREFS PREF PREFERENCES MENU MENOS PREFERENCIAS OPCIONES HOLD EMAIL TOPICS TEMAS INFO HELP AYUDA START UNSTOP YES YEP SI YES NO NOPE OUT OFF WRONG STOP END QUIT CANCEL REVOKE OPTOUT OPTIN'.split(
    ' ',
  ),
);

/** What people write to a shop without wanting to sign up: a word like these would sign up whoever says it. */
const IN_PASSING = new Set(
  (
    'HELLO HI HEY HOLA THANKS THANK THX THANKYOU GRACIAS OKAY OK SURE COOL GREAT NICE GOOD BUENO BIEN PERFECT PERFECTO VALE LATER TODAY HOY ' +
    'TOMORROW MANANA NOW AHORA OPEN ABIERTO CLOSED CERRADO HOURS HORARIO PRICE PRECIO SIZE TALLA SALE SALES OFERTA OFERTAS OFFER OFFERS DEAL DEALS ' +
    'NEWS EVENT EVENTS EVENTO EVENTOS COUPON CUPON CODE CODIGO RECEIPT RECIBO BAG BAGS BOLSA PICKUP ORDER PEDIDO READY LISTO SHOES ZAPATOS CALL ' +
    'LLAMAR PHONE WHO WHAT WHEN WHERE WHY HOW QUIEN QUE CUANDO DONDE COMO MAYBE QUIZAS SORRY PERDON LOVE AMOR WOW LOL TEST TRUE FALSE DONE COMING ' +
    'HERE AQUI LATE SOON PLEASE FAVOR RETURN RETURNS REFUND EXCHANGE GIFT REGALO MORE MAS ONE TWO THREE UNO DOS TRES FREE GRATIS'
  ).split(' '),
);

/** Courtesies around a word; "Hi, join please" is the word. Not "don't" or "no": those turn it round. */
const AROUND = new Set('HI HELLO HEY HOLA PLEASE PLS THANKS THANK YOU GRACIAS POR FAVOR TEXT SEND REPLY OK OKAY NOW AHORA'.split(' '));

/** A word as it is kept: capitals and digits, no accents, no punctuation, no spaces. */
export const tidyWord = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '');

/**
 * What a text may mean as a JOIN word, best first: the whole message written together ("bag club" → BAGCLUB), then without the
 * courtesies around it. Empty for anything longer than a word could be.
 */
export function wordsIn(body: string): string[] {
  const parts = body
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((p) => p !== '');
  if (parts.length === 0 || parts.length > 8) return [];
  const bare = parts.filter((p) => !AROUND.has(p)).join('');
  return [...new Set([parts.join(''), bare])].filter((w) => w.length >= WORD_MIN && w.length <= WORD_MAX);
}

/**
 * Whether a word may sign people up. It must be typed easily, mean nothing else to us or to the carriers (STOP, HELP, START, LESS,
 * PREFS, Y, N, in both languages, with a typing slip too), and be nothing a customer writes in passing.
 */
export function mayBeJoinWord(word: string, customStopWords: readonly string[] = []): WordRefusal | null {
  const w = tidyWord(word);
  if (w !== word.trim().toUpperCase() || /^\d/.test(w)) return 'characters';
  if (w.length < WORD_MIN) return 'too-short';
  if (w.length > WORD_MAX) return 'too-long';
  if (TAKEN.has(w) || customStopWords.some((s) => tidyWord(s) === w)) return 'means-something';
  const asked = readReply(w, { pendingDoubleOptIn: true, carrierStopped: true, customStopWords }).meaning;
  const { meaning: alone, command } = readReply(w, { customStopWords });
  if (command !== null) return 'means-something';
  // JOIN answers a double opt-in as well: that is the same wish
  if (alone !== 'message' && alone !== 'join') return 'means-something';
  if (alone !== 'join' && asked !== 'message') return 'means-something';
  return IN_PASSING.has(w) ? 'said-in-passing' : null;
}
