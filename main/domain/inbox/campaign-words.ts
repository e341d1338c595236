import { normaliseReply } from '../consent/reply-normal';

/** Other ways of saying HOLD that people use under a text that offers it. */
const LIKE_HOLD = new Set(
  'hold save reserve aparta apartame aparteme apartenme apartenmelo apartamelo guarda guardame guardeme guardenme reservame reserveme resérvame'.split(
    ' ',
  ),
);
/** "hold on", "hold up" and "holding" say something else; "don't hold it" the opposite. */
const NOT_AFTER = new Set(['on', 'up', 'off', 'hands']);
const TURNED = new Set(['dont', 'not', 'no', 'never', 'cancel', 'nunca', 'without', 'cant', 'cannot', 'didnt', 'doesnt', 'stop']);
/** Further in, a word is part of a story. */
const FIRST_WORDS = 5;
const LONGEST = 25;

/** A word as it is compared; null when it cannot be one (a carrier's word, nothing, two words). */
export function tidyReplyWord(word: string): string | null {
  const tidy = normaliseReply(word);
  return /^[a-z0-9]{2,20}$/.test(tidy) ? tidy : null;
}

/**
 * Which of a campaign's words a reply says, and the words around it ("hold 8.5 please" → hold, "8.5 please"). Questions about it and
 * refusals of it are for a person.
 */
export function replyWordIn(words: readonly string[], body: string): { word: string; rest: string } | null {
  const tokens = normaliseReply(body).split(' ');
  if (tokens.length > LONGEST || words.length === 0) return null;
  const wanted = new Set(words);
  const at = tokens.findIndex((t, i) => i < FIRST_WORDS && (wanted.has(t) || (wanted.has('hold') && LIKE_HOLD.has(t))));
  const said = tokens[at];
  if (said === undefined || NOT_AFTER.has(tokens[at + 1] ?? '')) return null;
  if (tokens.slice(0, at).some((t) => TURNED.has(t))) return null;
  const word = wanted.has(said) ? said : 'hold';
  const rest = body
    .replace(/\s+/g, ' ')
    .trim()
    .split(' ')
    .filter((t) => normaliseReply(t) !== said)
    .join(' ')
    .replace(/^[\s,.:;-]+/, '');
  return { word, rest };
}
