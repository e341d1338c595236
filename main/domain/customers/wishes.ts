import { tidyName } from './name';
import { foldName } from './nicknames';

/** The name under which a size is kept: lower-case, one blank between words, at most 24 letters; '' = none was given. */
export const sizeKind = (typed: string): string => tidyName(typed).toLowerCase().slice(0, 24).trim();

export type WishState = 'open' | 'fulfilled' | 'dropped';

/** `left`: they left without buying. */
export const WISH_SOURCES = ['asked', 'left'] as const;
export type WishSource = (typeof WISH_SOURCES)[number];
/** What was missing when they left; '' = nobody asked. */
export const WISH_MISSING = ['', 'size', 'colour', 'stock', 'price', 'other'] as const;
export type WishMissing = (typeof WISH_MISSING)[number];

/** What is compared when the shop has something new: no capitals, no accents, words apart by one blank. */
export const wishKey = (item: string): string =>
  foldName(item)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
