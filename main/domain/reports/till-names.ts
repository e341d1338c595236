/** What the till's own names of discounts mean: said by the owner, known from offers, or guessed for the owner to confirm. */
import type { OfferId } from '../kernel';

/** Pieces of the discount columns of a receipt; several names come joined by a comma. */
export const namesIn = (...cells: readonly (string | null)[]): string[] => [
  ...new Map(
    cells
      .flatMap((c) => (c ?? '').split(','))
      .map((n) => n.trim())
      .filter((n) => n !== '')
      .map((n) => [nameKey(n), n] as const),
  ).values(),
];

/** Names are the same whatever their case (ASCII, as in the shop file) and spaces. */
export const nameKey = (name: string): string =>
  name
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[A-Z]/g, (c) => c.toLowerCase());

export interface OfferName {
  readonly id: OfferId;
  readonly name: string;
  /** What staff key into the till; '' = not said. */
  readonly tillKey: string;
  readonly sharedCode: string | null;
}

export interface Said {
  readonly meaning: 'text' | 'other';
  readonly offerId: OfferId | null;
}

const bare = (s: string): string => nameKey(s).replace(/[\s-]+/g, '');

/** A name that is an offer's own key or shared code needs no asking. */
export function offerKnownBy(name: string, offers: readonly OfferName[]): OfferId | null {
  const is = bare(name);
  if (is === '') return null;
  const known = offers.find((o) => (o.tillKey !== '' && bare(o.tillKey) === is) || (o.sharedCode !== null && bare(o.sharedCode) === is));
  return known?.id ?? null;
}

export type Suggestion = 'says-text' | 'offer-name' | 'with-codes';

/** Words a shop writes on a key for text offers: English and Spanish. */
const TEXT_WORD = /(^|[^a-z])(text|texts|txt|sms|mms|texto|textos|mensaje|mensajes|regulars)([^a-z]|$)/;
/** Under three receipts with a code it may be chance. */
const ENOUGH = 3;

/**
 * Should the owner be offered this name as a text offer? It says so, it is an offer's own name, or it stands on receipts where a code was
 * recorded: at least three, and on most of them.
 */
export function suggestionFor(
  name: string,
  offers: readonly OfferName[],
  seen: { readonly receipts: number; readonly withCode: number },
): { why: Suggestion; offerId: OfferId | null } | null {
  const key = nameKey(name);
  const same = offers.find((o) => nameKey(o.name) === key);
  if (same) return { why: 'offer-name', offerId: same.id };
  // "Text20" is a word and a number: the letters alone are looked at
  if (TEXT_WORD.test(key.replace(/[0-9%]+/g, ' '))) return { why: 'says-text', offerId: null };
  return seen.withCode >= ENOUGH && seen.withCode * 2 >= seen.receipts ? { why: 'with-codes', offerId: null } : null;
}
