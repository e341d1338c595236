import { BENIGN, NOT_A_REQUEST } from './reply-benign';
import { CLEAR_EN } from './reply-clear-en';
import { CLEAR_ES } from './reply-clear-es';
import { type Command, commandIn } from './reply-command';
import { isExactStop } from './reply-exact';
import { ABOUT_TEXTS, GRAMMAR, MOODS, PLAIN_TAIL, refusesNearMessages, STOP_TAIL } from './reply-grammar';
import { candidates } from './reply-index';
import { normaliseReply, reactionRest, sentencesOf, squeeze, withoutOwnQuote } from './reply-normal';
import { withoutSlips } from './reply-slips';
import { WANTS_IN, WEAK, WEAK_SIGNS } from './reply-weak';

/** What a text from a customer means (rules.md §2). `message` goes to the inbox for a person to read. */
export type ReplyMeaning = 'opt-out' | 'hold' | 'help' | 'start' | 'join' | 'yes' | 'no' | 'reaction' | 'message';

export interface ReplyContext {
  /** The owner's own stop words; whole message, any case. */
  customStopWords?: readonly string[];
  /** A double opt-in to this number is unanswered: "Y" and "no" then answer it. */
  pendingDoubleOptIn?: boolean;
  /** The carrier blocks this number: its own opt-in word YES then means START. */
  carrierStopped?: boolean;
}

export interface Reading {
  meaning: ReplyMeaning;
  /** Which rule matched, kept as evidence: `exact`, `clear:remove me`, `weak:stop`, … */
  rule: string;
  /** The whole message is a word the carrier itself acts on and answers: we stay silent. */
  carrierWord: 'stop' | 'start' | 'help' | null;
  /** LESS or PREFS and nothing else, in either language. */
  command: Command | null;
}

const CARRIER_STOP_WORDS = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
const CARRIER_START_WORDS = new Set(['START', 'UNSTOP', 'YES']);
const CARRIER_HELP_WORDS = new Set(['HELP', 'INFO']);

/** Whether the carrier answers this body by itself: the entire body, any case (facts: Twilio default opt-out words). */
export function carrierWordOf(text: string): Reading['carrierWord'] {
  const t = text.trim().toUpperCase();
  if (CARRIER_STOP_WORDS.has(t)) return 'stop';
  if (CARRIER_START_WORDS.has(t)) return 'start';
  return CARRIER_HELP_WORDS.has(t) ? 'help' : null;
}

const YES =
  /^(?:y|ye|yes|yess|yea|yeah|yep|yup|si|s|join|acepto|claro que si|yes i do|i agree|yes (?:please|thanks|thank you|join|y)|y (?:please|yes|thanks)|si (?:por favor|gracias|acepto|quiero)|ok yes|sure yes|reply y|text y)$/;
const NO =
  /^(?:n|no|nope|nah|no no|no (?:thanks|thank you|thx|gracias|please|ty|way)|not (?:now|interested|really|for me)|never|nunca|jamas|no (?:quiero|acepto|me interesa)|no quiero gracias|im good|no im good|decline|declined|pass)$/;
const HELP =
  /^(?:(?:please|por favor|hi|hello|hola|text|reply|send) )*(?:help|hlp|info|ayuda|ayudame|help me|helpme|info me)(?: (?:please|por favor|thanks|now|gracias))*$/;
const START =
  /^(?:(?:please|ok|yes|text|reply) )*(?:start|unstop|restart|resubscribe|resume|start again|start all|unstop all|start texts|start me|reanudar|empezar|iniciar|comenzar)(?: (?:please|thanks|again|now|por favor))*$/;
const JOIN =
  /^(?:(?:please|ok|hi|hello|yes|text|hola|reply) )*(?:join|joined|join us|join now|join list|join club|joining|jion|unirme|unirse|unir|suscribir|suscribirme|subscribe|sign me up|alta|darme de alta|opt in|optin|apuntame|inscribirme)(?: (?:please|thanks|now|por favor|me))*$/;

/** "I never signed up, can I join?" wants in, not out. */
const MUTED_BY_WANTING_IN = new Set(['never signed up', 'still getting', 'not removed', 'unsubscribe', 'opt out', 'no me suscribi']);

/** Stop words that mean it even as one sentence among others. */
const STRONG = /\b(?:stop|remove|quitenme|borrenme|stopall|unsubscribe|unsub|remove me|opt out|leave me alone|no mas|basta|paren|pare)\b/;

const CLEAR = [...CLEAR_EN, ...CLEAR_ES, ...GRAMMAR];

/** Stop words that could be about an order, a place or a size, when asked. */
const TWO_WAYS = /^(?:cancel|end|quit|remove|para|alto|baja|salir|fin|terminar|borrar|quitar|cancelar|eliminar|anular|parar|out)$/;
/** Exact stops that say too little as a mere part of a sentence. */
const BARE =
  /^(?:(?:please|ok|lol|omg|just|no|and|por favor|ya) )*(?:stop|stop it|stop that|dont call|dont call me|dont message|dont text|quit|quit it|cancel|end|remove|no mas|no more|alto|para|pare|baja|basta|salir|fin|parar|cancelar|cancela|quitar|terminar|borrar|eliminar|out)(?: (?:please|now|ya|thanks|gracias|lol|ok))*$/;
/** A clause longer than this is more than a stop with courtesies. */
const LONGEST_EXACT = 60;
const ASKED = /\?\s*$/;
/** A stop as the first sentence, and nothing behind it that praises or plans. */
const MEANT =
  /\b(?:mean it|meant|serious|seriously|please|now|said|told|asked|enough|never|dont|no more|done|again|last|ever|thanks|thank you|bye|gracias|por favor|ya|not interested|no me interesan?|no quiero|full|sick|tired)\b/;

type Rules = readonly (readonly [name: string, pattern: RegExp])[];

/** The first rule that finds something in any of the sentences, with its name. */
function finder(rules: Rules): (sentences: readonly string[], skip?: ReadonlySet<string>) => string | null {
  const maybe = candidates(rules.map(([, p]) => p));
  return (sentences, skip) => {
    let best = rules.length;
    for (const s of sentences) {
      for (const i of maybe(s)) {
        const rule = rules[i];
        if (i < best && rule !== undefined && !skip?.has(rule[0]) && rule[1].test(s)) best = i;
      }
    }
    return rules[best]?.[0] ?? null;
  };
}
/** Takes spans out, leaving a mark that no rule reads over. */
function stripper(patterns: readonly RegExp[]): (s: string) => string {
  const maybe = candidates(patterns);
  return (s) => {
    let out = s;
    for (const i of maybe(s).sort((a, b) => a - b)) out = out.replace(patterns[i] as RegExp, ' \u00b7 ');
    return out === s ? s : out.replace(/\s+/g, ' ').trim();
  };
}
const clearRule = finder(CLEAR);
const weakRule = finder(WEAK);
const moodRule = finder(MOODS);
const withoutOther = stripper(NOT_A_REQUEST);
const withoutBenign = stripper(BENIGN);
const NONE: ReadonlySet<string> = new Set();

/** A text the carrier kept no words of: it may have been STOP, so nobody is texted on before a person looked. */
export const WORDLESS: Reading = { meaning: 'hold', rule: 'weak:wordless', carrierWord: null, command: null };

/**
 * Reads one inbound text. Order: phone reactions → whole message → clear phrase → benign spans removed → weak word → inbox. When
 * in doubt a person is suppressed (`hold`), never texted on.
 */
export function readReply(text: string, context: ReplyContext = {}): Reading {
  const carrierWord = carrierWordOf(text);
  const is = (meaning: ReplyMeaning, rule: string): Reading => ({ meaning, rule, carrierWord, command: null });

  const rest = reactionRest(text);
  if (rest !== null) {
    if (!/[\p{L}\p{N}]/u.test(rest)) return is('reaction', 'reaction');
    return readReply(rest, context);
  }
  const heard = withoutOwnQuote(text);
  const normal = normaliseReply(heard);

  // the whole message
  if (context.customStopWords?.some((w) => w.trim() !== '' && normaliseReply(w) === normal)) return is('opt-out', 'custom word');
  if (isExactStop(normal)) {
    // "Cancel?" asks; only a stop is a stop with any mark behind it
    if (ASKED.test(text) && TWO_WAYS.test(normal)) return is('hold', 'weak:asked');
    return is('opt-out', 'exact');
  }
  const short = squeeze(normal);
  if (context.pendingDoubleOptIn) {
    if (YES.test(normal) || YES.test(short)) return is('yes', 'double opt-in');
    if (NO.test(normal)) return is('no', 'double opt-in');
  }
  if (context.carrierStopped && carrierWord === 'start') return is('start', 'carrier word');
  if (HELP.test(normal) || HELP.test(short)) return is('help', 'exact');
  if (START.test(normal) || START.test(short)) return is('start', 'exact');
  if (JOIN.test(normal)) return is('join', 'exact');
  const command = commandIn(normal);
  if (command !== null) return { ...is('message', `command: ${command.command}`), command };

  // sentence by sentence: "No. Texts are great" and "Why do you keep texting? Stop." must not run together
  const parts = sentencesOf(heard);
  const sentences = parts.length === 1 ? [normal] : parts.map(normaliseReply).filter((s) => s !== '');
  const last = sentences.at(-1) ?? '';
  if (sentences.length > 1 && STRONG.test(last) && isExactStop(last)) return is('opt-out', 'exact sentence');

  if (
    sentences.length > 1 &&
    /^(?:please )?(?:stop|alto|basta)(?: it| texting| please| ya)?$/.test(sentences[0] ?? '') &&
    MEANT.test(sentences.slice(1).join(' '))
  ) {
    return is('opt-out', 'exact first sentence');
  }

  // clear phrases, in what is left once "don't stop sending" and its like are gone
  const requests = sentences.map(withoutOther);
  const wantsIn = WANTS_IN.test(normal) && !/\b(?:dont|not to) (?:add|put) (?:me|my|us)\b|\bno me (?:pongan|agreguen|apunten)/.test(normal);
  // "no more, my phone is full": a clause that is nothing but a stop
  const clauses = /[,;:()…–—]|\.\.| - /.test(heard) ? heard.split(/[,;:()…–—]+|\.{2,}|\s-\s/) : [];
  if (clauses.length > 1) {
    const short = clauses.map((c) => (c.length <= LONGEST_EXACT ? normaliseReply(c) : ''));
    if (short.some((c) => isExactStop(c) && !BARE.test(c))) return is('opt-out', 'exact clause');
    if (BARE.test(short[0] ?? '') && MEANT.test(normaliseReply(clauses.slice(1).join(' ')))) return is('opt-out', 'exact first clause');
  }
  const clear = clearRule(requests, wantsIn ? MUTED_BY_WANTING_IN : NONE);
  if (clear !== null) return is('opt-out', `clear:${clear}`);
  if (PLAIN_TAIL.test(heard) || (STOP_TAIL.test(heard) && ABOUT_TEXTS.test(normal))) return is('opt-out', 'exact at the end');

  // a weak word outside benign spans
  const left = requests.map(withoutBenign);
  const weak = weakRule(left) ?? moodRule(requests);
  if (weak !== null) return is('hold', `weak:${weak}`);
  if (STOP_TAIL.test(heard)) return is('hold', 'weak:stop at the end');
  if (left.some(refusesNearMessages)) return is('hold', 'weak:no and messages');
  if (WEAK_SIGNS.test(text) && normal.split(' ').length <= 4) return is('hold', 'weak:sign');
  // "remvoe me": a request but for a slip of the thumb; what was meant is for a person to say, and nobody is texted on meanwhile
  const mended = sentences.map(withoutSlips);
  if (mended.some((s) => s !== null) && readReply(mended.map((s, i) => s ?? sentences[i]).join('. ')).meaning === 'opt-out') {
    return is('hold', 'weak:misspelled');
  }
  return is('message', wantsIn ? 'wants in' : '');
}
