import { foldName } from './nicknames';

/** Letters that are one letter to somebody typing, beyond accents and capitals. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

const plain = (text: string): string => {
  const folded = foldName(text);
  return /^[ -~]*$/.test(folded) ? folded : folded.replace(/[ßæœøłđðþı]/g, (c) => LETTERS[c] ?? c);
};

const NO_LETTER = /[^\p{L}\p{N}]+/gu;

/**
 * The words a name is found by: `O'Neil-Márquez` → oneilmarquez, o, neil, marquez. What is typed is cut by `typedWords`, so that
 * "oneil", "o'neil" and "neil" all find it.
 */
export function nameWords(name: string): string[] {
  const out: string[] = [];
  for (const word of plain(name).split(' ')) {
    const joined = word.replace(NO_LETTER, '');
    if (joined === '') continue;
    out.push(joined);
    if (joined.length !== word.length) for (const part of word.split(NO_LETTER)) if (part !== '' && part !== joined) out.push(part);
  }
  return out;
}

/** What somebody typed, as words to compare with `nameWords`: `Mary-A` is the beginning of maryann. */
export function typedWords(text: string): string[] {
  return plain(text)
    .split(' ')
    .map((w) => w.replace(NO_LETTER, ''))
    .filter((w) => w !== '');
}

/** One bit per letter a–z (and one for all else): two words that differ in many letters need no closer look. */
export function letterMask(word: string): number {
  let mask = 0;
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i) - 97;
    mask |= c >= 0 && c < 26 ? 1 << c : 1 << 26;
  }
  return mask;
}

export function bits(mask: number): number {
  let n = mask - ((mask >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** How many slips a word of this length may have: none below four letters, one below eight, then two. */
export const slipsFor = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** Rows of the distance table, used again and again. */
const rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)] as const;

/**
 * Slips between what was typed and a word, and between what was typed and the nearest beginning of that word: letters added, dropped,
 * changed or swapped with their neighbour (optimal string alignment, as `editDistance`). Counts no further than `most` + 1.
 * Words longer than 63 letters are never alike.
 */
export function slips(typed: string, word: string, most: number): { whole: number; start: number } {
  const [n, m] = [typed.length, word.length];
  const far = { whole: most + 1, start: most + 1 };
  if (n > 63 || m > 63 || n - m > most) return far;
  let [before, row, next] = rows as readonly [Uint8Array, Uint8Array, Uint8Array];
  for (let j = 0; j <= m; j++) row[j] = j;
  for (let i = 1; i <= n; i++) {
    next[0] = i;
    let least = i;
    const a = typed.charCodeAt(i - 1);
    for (let j = 1; j <= m; j++) {
      const b = word.charCodeAt(j - 1);
      let d = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (a === b ? 0 : 1));
      if (i > 1 && j > 1 && a === word.charCodeAt(j - 2) && typed.charCodeAt(i - 2) === b) d = Math.min(d, (before[j - 2] as number) + 1);
      next[j] = d;
      if (d < least) least = d;
    }
    if (least > most) return far;
    [before, row, next] = [row, next, before];
  }
  let start = row[0] as number;
  for (let j = 1; j <= m; j++) start = Math.min(start, row[j] as number);
  return { whole: Math.min(row[m] as number, most + 1), start: Math.min(start, most + 1) };
}

/**
 * What a name sounds like at an English and Spanish counter: Hernandes and Hernández, Ximena and Jimena, Stephen and Steven, Jonson and
 * Johnson. Two different names may share a sound; it only helps to find, never to decide.
 */
export function soundOf(word: string): string {
  return word
    .replace(/^x/, 'j')
    .replace(/ph/g, 'f')
    .replace(/[fvw]/g, 'b')
    .replace(/^g(?=[ei])/, 'j')
    .replace(/gu(?=[ei])/g, 'g')
    .replace(/qu|ck|k|c(?=[^eihy]|$)/g, 'k')
    .replace(/[czs](?=[ei])|[zs]|x/g, 's')
    .replace(/y/g, 'i')
    .replace(/(?<!c)h/g, '')
    .replace(/(.)\1+/g, '$1');
}
