/**
 * How carriers count a text (3GPP TS 23.038): GSM-7 while every character is in its alphabet, else UCS-2 for the whole text.
 * The composer, the quote, the outbox and the practice carrier all count with this file.
 */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Cost an escape plus a septet, and the pair must stay in one part. */
const EXTENSION = '\f^{}\\[~]|€';

const HIGHEST = 0x20ac;
const COST = new Uint8Array(HIGHEST + 1);
for (const c of BASIC) COST[c.charCodeAt(0)] = 1;
for (const c of EXTENSION) COST[c.charCodeAt(0)] = 2;

const GSM_SINGLE = 160;
const GSM_PART = 153;
const UCS_SINGLE = 70;
const UCS_PART = 67;

/** Carriers take no more characters than this in one text. */
export const LONGEST_TEXT = 1600;

export interface SegmentCount {
  encoding: 'GSM-7' | 'UCS-2';
  /** What the carrier bills; 0 for an empty text. */
  segments: number;
  /** Septets (GSM-7, extension characters count 2) or UTF-16 units (UCS-2). */
  units: number;
  /** The distinct characters that force UCS-2, in order of appearance. */
  unicode: string[];
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function ucsParts(text: string): number {
  let parts = 1;
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    // CR LF is one grapheme but two ordinary characters to a carrier.
    const sizes = segment === '\r\n' ? [1, 1] : [segment.length];
    for (const size of sizes) {
      if (used > 0 && used + size > UCS_PART) {
        parts++;
        used = 0;
      }
      used += size;
    }
  }
  return parts;
}

/**
 * Segments a text is billed as. An extension character never straddles two parts, nor does a surrogate pair or a joined emoji.
 * About 1 µs for 160 plain characters; agrees with sms-segments-calculator 1.3.0 (test/domain/sms-text.test.ts).
 */
export function countSegments(text: string): SegmentCount {
  let units = 0;
  let parts = 1;
  let used = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const cost = code <= HIGHEST ? (COST[code] ?? 0) : 0;
    if (cost === 0) return countUcs(text);
    units += cost;
    if (used + cost > GSM_PART) {
      parts++;
      used = 0;
    }
    used += cost;
  }
  const segments = units === 0 ? 0 : units <= GSM_SINGLE ? 1 : parts;
  return { encoding: 'GSM-7', segments, units, unicode: [] };
}

function countUcs(text: string): SegmentCount {
  const unicode = new Set<string>();
  for (const c of text) if (!isGsm(c)) unicode.add(c);
  return {
    encoding: 'UCS-2',
    segments: text.length <= UCS_SINGLE ? 1 : ucsParts(text),
    units: text.length,
    unicode: [...unicode],
  };
}

/** Whether one character (code point) can travel in GSM-7. */
export function isGsm(character: string): boolean {
  if (character.length !== 1) return false;
  const code = character.charCodeAt(0);
  return code <= HIGHEST && COST[code] !== 0;
}

/** One replacement made for the carrier's alphabet, for the owner to see. */
export interface TextChange {
  from: string;
  to: string;
  count: number;
}

/** Look-alikes: replaced everywhere, because nobody reads a difference. */
const LOOK_ALIKE = new Map<string, string>();
const alike = (chars: string, to: string) => {
  for (const c of chars) LOOK_ALIKE.set(c, to);
};
alike('\u2018\u2019\u201a\u201b\u2032\u2035\u02bc\u02b9\u02bb\u02bd\u02c8\u0060\u00b4\u2039\u203a\uff07', "'");
alike('\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u02ba\uff02', '"');
alike('\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d', '-');
alike('\u2022\u2023\u2219\u25cf\u25e6\u00b7', '-');
alike('\u2026', '...');
alike('\t\u000b\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000', ' ');
alike('\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e', '');
alike('\u2028\u2029\u0085\r', '\n');
alike('\u2044\u2215', '/');
alike('\u00d7', 'x');
for (let c = 0xff01; c <= 0xff5e; c++) {
  const wide = String.fromCharCode(c);
  const narrow = String.fromCharCode(c - 0xfee0);
  if (!LOOK_ALIKE.has(wide)) LOOK_ALIKE.set(wide, LOOK_ALIKE.get(narrow) ?? narrow);
}
// Control characters mean nothing in a text; form feed is the one GSM-7 knows, and nobody types it.
for (let c = 0; c < 0x20; c++) {
  const control = String.fromCharCode(c);
  if (c !== 0x0a && !LOOK_ALIKE.has(control)) LOOK_ALIKE.set(control, '');
}

/** Letters that do not decompose into a base letter and a mark, and signs with a usual spelling. */
const SPELLED = new Map<string, string>(
  Object.entries({
    ł: 'l',
    Ł: 'L',
    đ: 'd',
    Đ: 'D',
    ð: 'd',
    Ð: 'D',
    þ: 'th',
    Þ: 'Th',
    œ: 'oe',
    Œ: 'OE',
    ħ: 'h',
    Ħ: 'H',
    ı: 'i',
    ŋ: 'n',
    Ŋ: 'N',
    ſ: 's',
    ẞ: 'SS',
    '™': 'TM',
    '®': '(R)',
    '©': '(c)',
    '½': '1/2',
    '¼': '1/4',
    '¾': '3/4',
    ª: 'a',
    º: 'o',
    '°': 'o',
    '¢': 'c',
  }),
);

const MARKS = /\p{M}+/gu;

function foldLetter(character: string): string {
  const spelled = SPELLED.get(character);
  if (spelled !== undefined) return spelled;
  const bare = character.normalize('NFD').replace(MARKS, '');
  return bare.length > 0 && [...bare].every(isGsm) ? bare : character;
}

/**
 * Rewrites a text for the carriers' cheap alphabet and reports every change: curly quotes, dashes, ellipsis, odd spaces and
 * other look-alikes always; accented letters outside GSM-7 (á í ó ú ç …) only with `foldAccents`, which merge values use by
 * default and the composer offers as a one-click repair. Letters GSM-7 has (é ñ ü à …) stay. Emoji and other scripts stay.
 */
export function toGsmFriendly(text: string, options: { foldAccents?: boolean } = {}): { text: string; changes: TextChange[] } {
  if (isPlain(text)) return { text, changes: [] };
  const changes = new Map<string, TextChange>();
  let out = '';
  for (const c of text.normalize('NFC').replace(/\r\n/g, '\n')) {
    const to = LOOK_ALIKE.get(c) ?? (options.foldAccents && !isGsm(c) ? foldLetter(c) : c);
    out += to;
    if (to === c) continue;
    const seen = changes.get(c);
    if (seen) seen.count++;
    else changes.set(c, { from: c, to, count: 1 });
  }
  return { text: out, changes: [...changes.values()] };
}

/** Only characters that no rule here would touch: the usual case, decided without allocating. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7e || code === 0x60 || (code < 0x20 && code !== 0x0a)) return false;
  }
  return true;
}
