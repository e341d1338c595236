import type { Out } from '@renderer/api';
import type { duplicates } from '@renderer/strings/duplicates';

export type DuplicateWords = (typeof duplicates)['en'];
export type DuplicateRow = Out<'customers/duplicates'>['rows'][number];
export type Pair = Out<'customers/pair'>;
export type PairSide = Pair['a'];
export type PairField = Pair['differ'][number];

/** Notices of merges, by merge: undone elsewhere, its notice offers no second undo. */
export const mergeNotices = new Map<number, number>();

/** A pair in a place's name, whichever order its two came in. */
export const pairKey = (p: { a: number; b: number }): string => `${Math.min(p.a, p.b)}-${Math.max(p.a, p.b)}`;

export function pairOf(key: string): { a: number; b: number } | null {
  const m = /^(\d+)-(\d+)$/.exec(key);
  return m ? { a: Number(m[1]), b: Number(m[2]) } : null;
}

/** What undo of a merge could not give back, in words; null = everything is as it was. */
export function undoneWords(done: Out<'customers/unmerge'>, w: DuplicateWords, locale: string): string | null {
  const parts = Object.entries(done.since)
    .map(([table, n]) => w.sinceParts[table]?.(n))
    .filter((x) => x !== undefined);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts);
  const said = [parts.length > 0 && w.since(list), done.edited.length > 0 && w.edited, done.gone === null && w.gone];
  return said.filter(Boolean).join(' ') || null;
}
