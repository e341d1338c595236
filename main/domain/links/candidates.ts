import { MINUTE, type UtcMs } from '../kernel';

/** Sales this near to the moment at the counter are offered, never tied by themselves (rules.md §8). */
export const NEAR_MS = 10 * MINUTE;

/** What is known of a moment at the counter: when, what was paid, which card. */
export interface Clue {
  at: UtcMs;
  /** Minor units as typed; null = any sale of these minutes. */
  amount: number | null;
  /** Last four digits of cards they pay with: typed now, or on sales already theirs. */
  last4: readonly string[];
}

export interface NearSale {
  at: UtcMs;
  /** False when the file knows only the day: then nothing says that it was in these minutes. */
  timeKnown: boolean;
  /** The amounts somebody may have read off the till for it: collected, with tax, with tip, before tax. */
  paid: readonly number[];
  last4: string | null;
}

/**
 * Sales that could be theirs, likeliest first: within ten minutes and of the same amount, where one is known. The same card comes
 * first, then the nearest in time: a card ranks, it never identifies, and another card rules nobody out.
 */
export function rankCandidates<S extends NearSale>(clue: Clue, sales: readonly S[]): (S & { sameCard: boolean })[] {
  return sales
    .filter((s) => s.timeKnown && Math.abs(s.at - clue.at) <= NEAR_MS && (clue.amount === null || s.paid.includes(clue.amount)))
    .map((s) => ({ ...s, sameCard: s.last4 !== null && clue.last4.includes(s.last4) }))
    .sort((a, b) => Number(b.sameCard) - Number(a.sameCard) || Math.abs(a.at - clue.at) - Math.abs(b.at - clue.at) || a.at - b.at);
}

/** Every amount a person at the till may call "what was paid", minor units. */
export function paidAmounts(s: { total: number | null; net: number; tax: number; tip: number }): number[] {
  return [...new Set([s.total ?? s.net + s.tax + s.tip, s.net + s.tax, s.net])];
}
