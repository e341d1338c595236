import { shopDay } from '../calendar';
import type { UtcMs, Zone } from '../kernel';
import type { OfferTerms } from './offer';

/** issued → redeemed → reversed (undone: may be redeemed again) | expired | voided. rules.md §6. */
export type CodeState = 'issued' | 'redeemed' | 'reversed' | 'expired' | 'voided';

export type RedeemAnswer = { ok: true } | { ok: false; why: 'used' | 'expired' | 'void' };

/** May this code be redeemed now? A reversed code lives again until its day; the expiry instant itself is already too late. */
export function mayRedeem(code: { state: CodeState; expiresAt: UtcMs }, now: UtcMs): RedeemAnswer {
  switch (code.state) {
    case 'redeemed':
      return { ok: false, why: 'used' };
    case 'voided':
      return { ok: false, why: 'void' };
    case 'expired':
      return { ok: false, why: 'expired' };
    case 'issued':
    case 'reversed':
      return now < code.expiresAt ? { ok: true } : { ok: false, why: 'expired' };
  }
}

/** Was this code good at an earlier moment? One that has run out since is honoured; nobody had it before it was given out. */
export function mayRedeemThen(code: { state: CodeState; issuedAt: UtcMs; expiresAt: UtcMs }, at: UtcMs): RedeemAnswer {
  if (at < code.issuedAt) return { ok: false, why: 'void' };
  return mayRedeem(code.state === 'expired' ? { ...code, state: 'issued' } : code, at);
}

/** Staff may undo within the same shop day, the owner at any time; what is undone stays undone. */
export function mayUndo(redemption: { at: UtcMs; reversedAt: UtcMs | null }, role: 'staff' | 'owner', now: UtcMs, zone: Zone): boolean {
  if (redemption.reversedAt !== null) return false;
  return role === 'owner' || shopDay(redemption.at, zone) === shopDay(now, zone);
}

export const MISSES_BEFORE_LOCK = 10;
export const LOCK_MS = 60_000;

/** Misses this far apart are honest mistakes of a long day, not somebody trying codes. */
export const FORGET_MS = 10 * 60_000;

/** Wrong codes of one staff session: ten close together lock code entry for a minute. Finding people still works. */
export interface Misses {
  readonly count: number;
  readonly lastAt: UtcMs | null;
  readonly lockedUntil: UtcMs | null;
}
export const NO_MISSES: Misses = { count: 0, lastAt: null, lockedUntil: null };

export const isLocked = (m: Misses, now: UtcMs): boolean => m.lockedUntil !== null && now < m.lockedUntil;

export function afterMiss(m: Misses, now: UtcMs): Misses {
  const before = m.lastAt !== null && now - m.lastAt <= FORGET_MS ? m.count : 0;
  const count = before + 1;
  return count >= MISSES_BEFORE_LOCK
    ? { count: 0, lastAt: now, lockedUntil: (now + LOCK_MS) as UtcMs }
    : { count, lastAt: now, lockedUntil: null };
}

/**
 * What the customer saves, in minor units, where the offer alone tells; null for the other kinds, without an amount, and where it holds
 * for some things only: what else was on the receipt is not known.
 */
export function discountOf(
  offer: Pick<OfferTerms, 'kind' | 'percent' | 'amount'> & Partial<Pick<OfferTerms, 'items' | 'categories'>>,
  spend: number | null,
): number | null {
  if (offer.kind === 'amount' && offer.amount !== null) return spend === null ? offer.amount : Math.min(offer.amount, Math.max(0, spend));
  const everything = !offer.items?.length && !offer.categories?.length;
  if (offer.kind === 'percent' && offer.percent !== null && spend !== null && spend >= 0 && everything)
    return Math.round((spend * offer.percent) / 100);
  return null;
}
