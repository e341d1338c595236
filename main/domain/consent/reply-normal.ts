/**
 * Turning a reply into plain lower-case words: what people type (stretched letters, dots between letters, curly quotes,
 * accents, emoji, look-alike letters, phone signatures) must not decide whether a stop is understood.
 */

import { spellOut } from './reply-spelling';

/** Cyrillic letters and digits that look like Latin letters, only inside words that mix them. */
const LOOK_ALIKE: Readonly<Record<string, string>> = { а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', т: 't', ѕ: 's', х: 'x', у: 'y', і: 'i' };

/** Signs that mean "stop" on their own. */
const STOP_SIGN = /[\u{1F6D1}\u26D4\u{1F6AB}]/gu;
const SKIN = /[\u{1F3FB}-\u{1F3FF}]/gu;
const INVISIBLE = /\p{Cf}/gu;
const SIGNATURE =
  /\s*(?:[-–—]+\s*)?\(?(?:sent (?:from|via|using) (?:my |the )?\w[\w .']{0,30}|get outlook for \w+|enviado (?:desde|con) mi \w[\w .']{0,30}|sent from yahoo mail.*)\)?\s*$/i;

/** Words glued to a leading stop: "stoptexting", "STOPnow". */
const GLUED =
  /\b(stop|quit|please|pls|plz)(?=(?:stop|text|txt|messag|msg|send|spam|now|please|pls|plz|it|this|all|contact|calling|bother|sms|promo|thanks|thx)\w*\b)/g;

const squeezeRuns = (s: string) => s.replace(/([a-z])\1{2,}/g, '$1');

/** At most two letters wrong, missing, added or swapped. */
function near(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 2 || !/scr|sub|bsc/.test(a)) return false;
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min((last[j] ?? 9) + 1, (row[j - 1] ?? 9) + 1, (last[j - 1] ?? 9) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    last = row;
  }
  return (last[b.length] ?? 9) <= 2;
}

/** Whole words only: lower case, no accents, no punctuation, one space between, stop signs spelled out. */
export function normaliseReply(text: string): string {
  let s = PLAIN.test(text) ? text.toLowerCase() : folded(text);
  if (MAY_BE_SIGNED.test(s)) s = s.replace(SIGNATURE, '');
  if (s.includes('>')) s = s.replace(/^\s*>.*$/gm, ' ');
  if (s.includes('!1')) s = s.replace(/!+1+/g, '!');
  if (s.includes('#')) s = s.replace(/\b(wrong|my|this|that|the|ur|your)\s*#(?!\s?\d)/g, '$1 number');
  if (SIGNED_LETTERS.test(s)) {
    s = s
      .replace(/\bf[*#@!_-]+c?k?(?=\b|[^a-z]|$)/g, 'fuck')
      .replace(/(?<![a-z0-9])[s5$]+[t7+]+[o0*@]+p+(?![a-z0-9])/g, (m) => (/[a-z]/.test(m) ? ' stop ' : m));
  }
  if (s.includes("'")) s = s.replaceAll("'", '');
  if (s.includes('&')) s = s.replaceAll('&', ' and ');
  s = s.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  if (/([a-z])\1\1/.test(s)) s = squeezeRuns(s);
  if (/\b[a-z] [a-z] [a-z]\b/.test(s)) s = s.replace(/\b(?:[a-z] ){2,}[a-z]\b/g, (m) => m.replaceAll(' ', ''));
  if (/stop|quit|pl/.test(s)) s = s.replace(GLUED, '$1 ');
  s = spellOut(s);
  if (/scr|sub|bsc/.test(s)) {
    s = s.replace(/\b[a-z]{8,13}\b/g, (w) => (/^(?:re)?subs/.test(w) || !near(w, 'unsubscribe') ? w : 'unsubscribe'));
  }
  return s.replace(/ {2,}/g, ' ').trim();
}

/** Nothing but ordinary letters and signs: what most texts are. */
const PLAIN = /^[\x20-\x7e\n]*$/;
const MAY_BE_SIGNED = /\b(?:sent (?:from|via|using)|outlook|enviado)\b/;
/** Signs that stand for letters. */
const SIGNED_LETTERS = /[*#@!_$+057-]|ss+t|stt|too+p|opp/;

/** Accents, emoji, look-alike letters and odd quotes made plain. */
function folded(text: string): string {
  const s = text
    .replace(INVISIBLE, '')
    .replace(SKIN, '')
    .replace(/\bn[º°]\.?/giu, ' numero ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(STOP_SIGN, ' stop ')
    .replace(/[’‘`´ʼ]/g, "'");
  return /[a-z]/.test(s) ? s.replace(/[аеортсѕхуі]/g, (c) => LOOK_ALIKE[c] ?? c) : s;
}

/** Sentences as people end them; dots inside abbreviations, spelled-out words and "…" do not end one. */
export const sentencesOf = (text: string): string[] =>
  text.split(/(?<=(?<!\.)[.?!;])\s+|(?<=[.?!;,])\n+|\n+(?=\s*\p{Lu})/u).filter((s) => s.trim() !== '');

/** Every doubled letter once: "stopp" and "cancell" compare equal to "stop" and "cancel". */
export const squeeze = (s: string): string => s.replace(/([a-z])\1+/g, '$1');

// — phone reactions —

const OPEN = '["“”„«‘\']';
const VERBS = [
  'liked',
  'loved',
  'disliked',
  'laughed at',
  'emphasi[sz]ed',
  'questioned',
  'hearted',
  'reacted (?:with )?.{1,40}? to',
  'removed (?:an? |the )?.{1,40}? from',
  // iPhone and Android in Spanish
  '(?:a .{1,40}? )?(?:no )?(?:me|te|le) gust[oóaá]',
  '(?:a .{1,40}? )?(?:me|te|le) (?:encant|disgust|fascin|molest)[oóaá]',
  'le dio (?:risa|gracia)',
  'se r[ií][oó] (?:de|con)',
  '(?:ha )?enfatiz[oóaá](?:do)?',
  'destac[oóaá]',
  'exclam[oó](?: por)?',
  'cuestion[oóaá]',
  'pregunt[oó] (?:por|sobre)',
  'puso (?:un |una )?.{1,40}? (?:en|a)',
  'reaccion[oóaá] (?:con )?.{0,40}? ?(?:a|ante)(?: (?:tu|su|un|el) (?:mensaje|texto))?',
  '(?:quit[oóaá]|elimin[oóaá]|retir[oóaá]|borr[oóaá]) (?:el |la |un |una |su )?.{1,40}? (?:de|a)',
].join('|');
const EMOJI_TO = '[^\\p{L}\\p{N}"“”]{1,16}(?:to|a|an|en|de)';
const REACTION = new RegExp(`^\\s*(?:${VERBS}|${EMOJI_TO})\\s*:?\\s*(${OPEN}[\\s\\S]*)$`, 'iu');
const REACTION_TO_PICTURE =
  /^\s*(?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned|reacted .{1,30} to|removed .{1,30} from|le gust[oó]|le encant[oó]|reaccion[oó] .{1,30} a) (?:an? |the |un |una )?(?:image|photo|picture|attachment|video|movie|message|link|imagen|foto|adjunto|mensaje)\s*\.?\s*$/iu;

/**
 * Phones send a reaction as a text that quotes ours, including our own "Reply STOP". Returns what the person typed outside the
 * quotation ('' for a pure reaction), or null when it is not a reaction.
 */
export function reactionRest(text: string): string | null {
  const t = text.replace(INVISIBLE, '');
  if (REACTION_TO_PICTURE.test(t)) return '';
  const m = REACTION.exec(t);
  if (!m?.[1]) return null;
  const quoted = m[1];
  const end = Math.max(...['"', '”', '»', '’', "'", '“'].map((q) => quoted.lastIndexOf(q)));
  return end > 0 ? quoted.slice(end + 1).trim() : '';
}

/** Drops a quotation of our own sentence ("what does 'reply STOP to opt out' mean?") so that it is not read as theirs. */
export function withoutOwnQuote(text: string): string {
  return text.replace(/["“«][^"“”«»]*\bstop\b[^"“”«»]*["”»]/giu, (q) =>
    (/(?:reply|text|responde)/i.test(q) || /\bstop\s*(?:to|para|2|[:=])/i.test(q)) && q.length > 14 ? ' ' : q,
  );
}
