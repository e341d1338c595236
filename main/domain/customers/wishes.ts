import { tidyName } from './name';
import { foldName } from './nicknames';

/** Kinds of size a screen has words for; a shop may write its own word instead ("belt"). */
export const SIZE_KINDS = ['shoe', 'shirt', 'trousers', 'dress', 'jacket', 'hat', 'ring'] as const;

/** The name under which a size is kept: lower-case, one blank between words, at most 24 letters; '' = none was given. */
export const sizeKind = (typed: string): string => tidyName(typed).toLowerCase().slice(0, 24).trim();

export type WishState = 'open' | 'fulfilled' | 'dropped';

/** What is compared when the shop has something new: no capitals, no accents, words apart by one blank. */
export const wishKey = (item: string): string =>
  foldName(item)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Whether a thing of this name may be what somebody wished for: every word of the wish stands in its name, or begins one there. */
export function mayBeTheWish(key: string, itemName: string): boolean {
  const words = wishKey(itemName).split(' ');
  return key !== '' && key.split(' ').every((k) => words.some((w) => w.startsWith(k) || (k.length > 3 && k === `${w}s`)));
}
