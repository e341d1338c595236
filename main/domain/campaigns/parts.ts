import type { OfferId, SegmentId } from '../kernel';
import type { Rule } from '../segments/rule';

/** How many groups one campaign can tell apart; more than an owner keeps in mind. */
export const MOST_PARTS = 8;

export const WORDING_LANGUAGES = ['en', 'es'] as const;
export const WORDING_ARMS = ['a', 'b'] as const;
/** `any`: whatever is known of the phone. */
export const WORDING_LINKS = ['any', 'yes', 'no'] as const;
export type WordingLanguage = (typeof WORDING_LANGUAGES)[number];
export type WordingArm = (typeof WORDING_ARMS)[number];
export type WordingLinks = (typeof WORDING_LINKS)[number];

/** One group of a campaign with what it is told. Asked in the order of `position`; the first that matches wins. */
export interface CampaignPart {
  /** 1, 2, 3 … */
  position: number;
  /** What the owner calls it; '' = by its group's name. */
  name: string;
  segmentId: SegmentId | null;
  /** Frozen when the owner pressed send. */
  rule: Rule | null;
  body: string;
  offerId: OfferId | null;
}

/** Another wording of one part. */
export interface Wording {
  /** The part's position. */
  part: number;
  language: WordingLanguage;
  arm: WordingArm;
  links: WordingLinks;
  body: string;
}

/** Names a wording of a part: `es.b.no`. */
export type WordsKey = `${WordingLanguage}.${WordingArm}.${WordingLinks}`;
/** The part's own words: English, wording A, any phone. */
export const BASE_WORDS: WordsKey = 'en.a.any';

export const wordsKey = (w: Pick<Wording, 'language' | 'arm' | 'links'>): WordsKey => `${w.language}.${w.arm}.${w.links}`;

export function parseWordsKey(key: string): Pick<Wording, 'language' | 'arm' | 'links'> | null {
  const [l, a, k] = key.split('.');
  const language = WORDING_LANGUAGES.find((v) => v === l);
  const arm = WORDING_ARMS.find((v) => v === a);
  const links = WORDING_LINKS.find((v) => v === k);
  return language && arm && links ? { language, arm, links } : null;
}

const LINK_CAPABLE = ['yes', 'no', 'unknown'] as const;

/** What choosing a wording takes to know of its reader. */
export interface WordsReader {
  language: WordingLanguage;
  /** Whether their phone opens links, as far as anybody said or saw. */
  linkCapable: 'yes' | 'no' | 'unknown';
}

/**
 * Which of a part's wordings one person reads. What is said in their language comes before what suits their phone, and that before
 * their side of a test; a wording meant for others is never read. `keys` without the part's own words, which fit everybody.
 */
export function wordsFor(keys: readonly WordsKey[], reader: WordsReader, arm: WordingArm): WordsKey {
  let best: WordsKey = BASE_WORDS;
  let bestRank = rank(BASE_WORDS, reader, arm);
  for (const key of keys) {
    const r = rank(key, reader, arm);
    if (r > bestRank) {
      best = key;
      bestRank = r;
    }
  }
  return best;
}

/** How well a wording fits, -1 = it is not theirs. */
function rank(key: WordsKey, reader: WordsReader, arm: WordingArm): number {
  const w = parseWordsKey(key);
  if (!w) return -1;
  if (w.language !== reader.language && w.language !== 'en') return -1;
  if (w.links !== 'any' && w.links !== reader.linkCapable) return -1;
  if (w.arm !== arm && w.arm !== 'a') return -1;
  return (w.language === reader.language ? 4 : 0) + (w.links === 'any' ? 0 : 2) + (w.arm === arm ? 1 : 0);
}

/** Whether this person's wording depends on their side of the test: only such people are drawn into it. */
export const isTested = (keys: readonly WordsKey[], reader: WordsReader): boolean =>
  wordsFor(keys, reader, 'a') !== wordsFor(keys, reader, 'b');

/**
 * Whether somebody who read `words` was in the test of their part: the other side would have read others. `now` is what is known of them by
 * now; where they would read something else today, they are taken for a reader who would read this.
 */
export function wasTested(keys: readonly WordsKey[], words: WordsKey, now: WordsReader): boolean {
  const arm = parseWordsKey(words)?.arm;
  if (arm === undefined) return false;
  const reads = (r: WordsReader) => wordsFor(keys, r, 'a') === words || wordsFor(keys, r, 'b') === words;
  if (reads(now)) return isTested(keys, now);
  return WORDING_LANGUAGES.some((language) =>
    LINK_CAPABLE.some((linkCapable) => reads({ language, linkCapable }) && isTested(keys, { language, linkCapable })),
  );
}

/**
 * Who belongs to which part: the first whose members hold them. Returns part positions by person, in ascending order of ids.
 * `members`: each part's people, in the order of the parts.
 */
export function firstMatch<I extends number>(members: readonly { position: number; ids: readonly I[] }[]): Map<I, number> {
  const found = new Map<I, number>();
  for (const part of members) for (const id of part.ids) if (!found.has(id)) found.set(id, part.position);
  return members.length === 1 ? found : new Map([...found].sort(([a], [b]) => a - b));
}
