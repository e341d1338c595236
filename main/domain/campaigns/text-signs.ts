import type { Check } from './checks';

/**
 * What carriers' filters and readers take offence at, found in a text. Lists and limits: the aggregators' published rules (error 30007
 * and its like), US.
 */

/** Link shorteners shared by strangers: prohibited by the carriers. */
const SHORTENERS = [
  '9qr.de alturl.com app.link bc.vc bit.do bit.ly bitly.com bitly.ws budurl.com buff.ly clicky.me cutt.ly goo.gl is.gd lc.chat linki.la',
  'lnkd.in minm.xyz ow.ly rb.gy rebrand.ly s2r.co serveirc.com shorturl.at shrtco.de soo.gd t.co t.ly tiny.cc tinyurl.com',
]
  .join(' ')
  .split(' ');
const SHORT_LINK = new RegExp(
  `(?:https?://)?(?<![\\w.-])(?:www\\.)?(?:${SHORTENERS.map((h) => h.replace(/\./g, '\\.')).join('|')})(?![\\w-]|\\.\\w)(?:/[^\\s]*)?`,
  'i',
);

/** The first link through a public shortener, as written; null when there is none. */
export const shortLinkIn = (body: string): string | null => SHORT_LINK.exec(body)?.[0] ?? null;

/** Refused by carriers whatever the wording. */
const NEVER =
  /(?<![\p{L}\p{N}])(?:cannabis|marijuana|marihuana|thc|cbd|kratom|delta[ -]?[89]|vapes?|vaping|vapeo|vapeador(?:es)?|e-?cig(?:s|arettes?)?|bongs?|porn\p{L}*|escort service|payday loans?|casinos?|sports ?book)(?![\p{L}\p{N}])/iu;
/** Allowed at most to people whose age was asked, or in some sense of the word. */
const DOUBTFUL =
  /(?<![\p{L}\p{N}])(?:tobacco|tabaco|cigars?|cigarettes?|cigarros?|puros|hookah|weed|fireworks|fuegos artificiales|guns?|handguns?|rifles?|ammo|ammunition|firearms?|armas|gambling|betting|apuestas|beers?|wines?|whiske?ys?|vodka|tequila|liquor|spirits|cerveza|vinos?|licor(?:es)?)(?![\p{L}\p{N}])/iu;

/** A trade carriers refuse (`stop`), or one they ask the reader's age for (`warn`), by its own word. */
export function bannedIn(body: string): (Pick<Check, 'level'> & { found: string }) | null {
  const never = NEVER.exec(body)?.[0];
  if (never !== undefined) return { level: 'stop', found: never };
  const doubtful = DOUBTFUL.exec(body)?.[0];
  return doubtful === undefined ? null : { level: 'warn', found: doubtful };
}

/** What a text may give its reader, or ask of them: enough that it is not a mere hello. */
const SOMETHING =
  /[$%€£]|\d|\{\s*(?:code|ends)\b|(?<![\p{L}])(?:free|(?:is|are|just|came|got) (?:in|here)|back|landed|gift|present|off|save|sale|new|in stock|back in|arriv\p{L}*|ready|reserved?|invit\p{L}*|join|event|evening|early|first|only|try|reply|text|call|ring|come|visit|stop by|see|show|book|order|hold|put aside|open|closed|news|thank\p{L}*|happy|gratis|regalo|descuento|oferta|nuev\p{L}*|lleg\p{L}*|invit\p{L}*|responde|llama|ven|visita|reserva|aparta|gracias|feliz|abiert\p{L}*|cerrad\p{L}*)(?![\p{L}])/iu;

/** Whether the reader gets or is asked anything. */
export const offersSomething = (body: string): boolean => SOMETHING.test(body.replace(/\{\s*(?:shop|first name)[^}]*\}/gi, ''));

const LEAST_LETTERS = 20;
const CAPITALS_SHARE = 0.3;

/** Mostly capitals reads as shouting, to people and to carriers' filters. Short texts and words that must be capitals do not count. */
export function shouts(body: string): boolean {
  const letters = lettersOf(body);
  if (letters.length < LEAST_LETTERS) return false;
  return letters.replace(/[^\p{Lu}]/gu, '').length / letters.length > CAPITALS_SHARE;
}

/** Reply words ("Reply HOLD") are written large on purpose. */
const REPLY_WORD = /\b(?:STOP|HELP)\b|(?<=\b(?:reply|text|answer|responde|manda|escribe)\s+)["“']?\p{Lu}{2,20}\b/giu;
const lettersOf = (body: string) =>
  body
    .replace(/^[^:.!?\n]{1,40}:/, '') // a shop may write its own name large
    .replace(/\{[^{}]*\}/g, '')
    .replace(REPLY_WORD, '')
    .replace(/[^\p{L}]/gu, '');

const EMOJI = /\p{Extended_Pictographic}/gu;
const MOST_EMOJI = 2;

/** "!!", "$$$", or more than two emoji: what looks like a stranger's advertisement; null when there is none. */
export function loudSigns(body: string): string | null {
  const signs = /[!?¡¿]{2,}|\${2,}|\*{3,}/.exec(body)?.[0];
  if (signs !== undefined) return signs;
  const emoji = body.match(EMOJI) ?? [];
  return emoji.length > MOST_EMOJI ? emoji.join('') : null;
}
