import { daysBetween, shopDay } from '../calendar';
import type { CustomerId, ShopDay, UtcMs, Zone } from '../kernel';

/** Where a receipt number was typed; `offered` = a sale chosen from a list, without a number. */
export type LinkOrigin = 'redeem' | 'sign-up' | 'here' | 'person' | 'offered';

/** A receipt number as typed or scanned, without what people put around it (`#1042`, `No. 1042`); null when nothing is left. */
export function readReceiptNo(text: string): string | null {
  const plain = text
    .trim()
    .replace(/^(?:(?:receipt|recibo|no|nr)[.:#\s]+|n[º°][.:\s]*|[#\s]+)+/i, '')
    .replace(/\s+/g, ' ')
    .slice(0, 60);
  return plain === '' ? null : plain;
}

/** Square prints the first four characters of the payment's number; a scanned code holds the whole of it. Null = no such number. */
export const receiptOfPayment = (no: string): string | null => (/^[A-Za-z0-9]{20,40}$/.test(no) ? no.slice(0, 4) : null);

/** Who a sale belongs to now: the person its till customer is tied to, else the person on the sale itself. */
export interface Holder {
  id: CustomerId;
  /** A profile the till made up for a card: nobody the shop knows. */
  weak: boolean;
}

export type Standing = 'free' | 'theirs' | 'weak' | 'other';

/** What stands between a sale and this person. Only `other` is somebody else's and takes the owner to decide. */
export function standingOf(holder: Holder | null, person: CustomerId): Standing {
  if (!holder) return 'free';
  if (holder.id === person) return 'theirs';
  return holder.weak ? 'weak' : 'other';
}

export interface ReceiptHit {
  day: ShopDay;
  /** Found by the printed receipt number or the till's own id, not by part of a payment number. */
  exact: boolean;
  holder: Holder | null;
}

/** Days between writing a receipt number down and the sale it may mean without asking: a till's day may end after midnight. */
const NEAR_DAYS = 1;

/**
 * The one sale that a number waiting for its file may be tied to without asking (rules.md §8): no other sale has this number, it is
 * of the same day give or take one, and its till customer is nobody else's. Null = wait, or ask.
 */
export function tiesByItself<H extends ReceiptHit>(
  note: { at: UtcMs; auto: boolean; customerId: CustomerId },
  hits: readonly H[],
  zone: Zone,
): H | null {
  const only = hits[0];
  if (!note.auto || !only || hits.length !== 1 || !only.exact) return null;
  if (Math.abs(daysBetween(shopDay(note.at, zone), only.day)) > NEAR_DAYS) return null;
  const standing = standingOf(only.holder, note.customerId);
  return standing === 'other' ? null : only;
}

/** Sales with this number, those that fit the day (and the amount, where it was typed) first, then newest first. */
export function hitsInOrder<H extends ReceiptHit & { at: UtcMs; paid: readonly number[] }>(
  hits: readonly H[],
  clue: { at: UtcMs; amount: number | null },
  zone: Zone,
): (H & { fits: boolean })[] {
  const day = shopDay(clue.at, zone);
  return hits
    .map((h) => ({
      ...h,
      fits: Math.abs(daysBetween(day, h.day)) <= NEAR_DAYS && (clue.amount === null || h.paid.includes(clue.amount)),
    }))
    .sort((a, b) => Number(b.fits) - Number(a.fits) || b.at - a.at);
}

/** Staff take back what was tied today; later it is the owner's. */
export function mayUndoLink(linkedAt: UtcMs, role: 'staff' | 'owner', now: UtcMs, zone: Zone): boolean {
  return role === 'owner' || shopDay(linkedAt, zone) === shopDay(now, zone);
}
