import type { Interval } from './intervals';

/** What a campaign cost and brought, in one unit (cents). Formulas: facts E2. */

/** Orders more than usual that pay for the texts; null when an order earns nothing after its discount. */
export function breakEvenOrders(messageCost: number, gainPerOrder: number): number | null {
  return gainPerOrder > 0 ? messageCost / gainPerOrder : null;
}

/** Texts and discounts per code used; null without one. */
export const costPerRedemption = (messageCost: number, discounts: number, redemptions: number): number | null =>
  redemptions > 0 ? (messageCost + discounts) / redemptions : null;

/** Texts per buyer more than usual; null while the range of extra buyers holds zero, where it would be any number. */
export function costPerExtraBuyer(messageCost: number, extraBuyers: Interval): number | null {
  return extraBuyers.low > 0 && extraBuyers.estimate > 0 ? messageCost / extraBuyers.estimate : null;
}

/** Extra profit (message cost already taken off) per unit spent on texts, with its range; null without costs. */
export function returnOnTexts(profit: Interval, messageCost: number): Interval | null {
  if (messageCost <= 0) return null;
  return { estimate: profit.estimate / messageCost, low: profit.low / messageCost, high: profit.high / messageCost };
}

/**
 * Codes used by people who were not texted, of all codes used (facts E1). A shared code leaks to friends, coupon pages and the people
 * held out, and then says nothing of who came because of the text.
 */
export interface Leak {
  /** Redemptions that stand. */
  readonly all: number;
  /** Of them by people the campaign held out. */
  readonly byHeldOut: number;
  /** By people who were not drawn at all. */
  readonly byOthers: number;
  /** By nobody known: they may be anybody. */
  readonly byUnknown: number;
}

/** Share of codes used by people who were not texted, 0…1, unknown ones left out; null when nobody known used one. */
export function leakRate(leak: Leak): number | null {
  const known = leak.all - leak.byUnknown;
  return known > 0 ? (leak.byHeldOut + leak.byOthers) / known : null;
}
