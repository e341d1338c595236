import { BASE_WORDS, MOST_PARTS, type WordsKey, wordsKey } from '@domain/campaigns/parts';
import type { OfferId, SegmentId } from '@domain/kernel';
import type { Fields } from './useDraft';

/** One group of a draft with what it is told; the first stands in the draft's own fields. */
export interface DraftPart {
  name: string;
  segmentId: SegmentId | null;
  body: string;
  offerId: OfferId | null;
}
type DraftWording = NonNullable<Fields['words']>[number];

/** All parts of a draft, in the order they are asked in. */
export const partsOf = (f: Fields): DraftPart[] => [
  { name: f.partName ?? '', segmentId: f.segmentId, body: f.body, offerId: f.offerId },
  ...(f.more ?? []).map((p) => ({ name: p.name ?? '', segmentId: p.segmentId, body: p.body, offerId: p.offerId })),
];

/** The fields that hold these parts; `positions` says which wording belongs where after the parts were moved about. */
function write(f: Fields, parts: readonly DraftPart[], positions: readonly number[]): Partial<Fields> {
  const [first, ...more] = parts;
  if (!first) return {};
  const words = positions.flatMap((was, i) => (f.words ?? []).filter((w) => w.part === was).map((w) => ({ ...w, part: i + 1 })));
  const mails = positions.flatMap((was, i) => (f.mails ?? []).filter((m) => m.part === was).map((m) => ({ ...m, part: i + 1 })));
  const moved = f.mails === undefined ? {} : { mails };
  return { ...moved, partName: first.name, segmentId: first.segmentId, body: first.body, offerId: first.offerId, more: [...more], words };
}
const places = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** Changes one part (0 = the first). */
export function changePart(f: Fields, at: number, change: Partial<DraftPart>): Partial<Fields> {
  const parts = partsOf(f).map((p, i) => (i === at ? { ...p, ...change } : p));
  return write(f, parts, places(parts.length));
}

/** Another group at the end; nothing when there are as many as a campaign may have. */
export function addPart(f: Fields, part: Partial<DraftPart> = {}): Partial<Fields> {
  const parts = partsOf(f);
  if (parts.length >= MOST_PARTS) return {};
  return write(f, [...parts, { name: '', segmentId: null, body: '', offerId: null, ...part }], places(parts.length));
}

/** Takes a part out with its wordings; the last one stays. */
export function removePart(f: Fields, at: number): Partial<Fields> {
  const parts = partsOf(f);
  if (parts.length < 2) return {};
  const keep = places(parts.length).filter((p) => p !== at + 1);
  return write(f, parts.toSpliced(at, 1), keep);
}

/** Moves a part one place up (-1) or down (1); wordings go with it. */
export function movePart(f: Fields, at: number, by: -1 | 1): Partial<Fields> {
  const parts = partsOf(f);
  const to = at + by;
  const [one, other] = [parts[at], parts[to]];
  if (!one || !other) return {};
  const order = places(parts.length)
    .with(at, to + 1)
    .with(to, at + 1);
  return write(f, parts.with(at, other).with(to, one), order);
}

/** The other wordings of a part (0 = the first). */
export const wordingsOf = (f: Fields, at: number): DraftWording[] => (f.words ?? []).filter((w) => w.part === at + 1);

/** What a wording of a part says; '' when there is none. */
export function bodyOf(f: Fields, at: number, key: WordsKey): string {
  if (key === BASE_WORDS) return partsOf(f)[at]?.body ?? '';
  return wordingsOf(f, at).find((w) => wordsKey(w) === key)?.body ?? '';
}

/**
 * Writes a wording of a part; null takes it away (the part's own words stay, empty), and with the first one of a language whatever else was
 * written in it: a language of which only a test's second side is left would be read by half of its readers.
 */
export function changeBody(f: Fields, at: number, key: WordsKey, body: string | null): Partial<Fields> {
  if (key === BASE_WORDS) return changePart(f, at, { body: body ?? '' });
  const all = f.words ?? [];
  const there = all.findIndex((w) => w.part === at + 1 && wordsKey(w) === key);
  if (body === null) {
    const whole = key === wordsKey({ language: 'es', arm: 'a', links: 'any' });
    return { words: all.filter((w, i) => i !== there && !(whole && w.part === at + 1 && w.language === 'es')) };
  }
  const [language, arm, links] = key.split('.') as [DraftWording['language'], DraftWording['arm'], DraftWording['links']];
  const next: DraftWording = { part: at + 1, language, arm, links, body };
  return { words: there < 0 ? [...all, next] : all.with(there, next) };
}

type DraftMail = NonNullable<Fields['mails']>[number];

/** What a part's mail says in a language; empty words where there is none. */
export const mailOf = (f: Fields, at: number, language: DraftMail['language']): Pick<DraftMail, 'subject' | 'body'> =>
  (f.mails ?? []).find((m) => m.part === at + 1 && m.language === language) ?? { subject: '', body: '' };

/** Writes a part's mail in a language; null takes it away. */
export function changeMail(
  f: Fields,
  at: number,
  language: DraftMail['language'],
  mail: Partial<Pick<DraftMail, 'subject' | 'body'>> | null,
): Partial<Fields> {
  const others = (f.mails ?? []).filter((m) => m.part !== at + 1 || m.language !== language);
  if (mail === null) return { mails: others };
  return { mails: [...others, { part: at + 1, language, ...mailOf(f, at, language), ...mail }] };
}
