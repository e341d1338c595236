import { spentSince } from '@db/queries/outbox-spend';
import { instantOf, localTime } from '@domain/calendar';
import { minorDigits } from '@domain/imports/money';
import type { Micros, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import type { SenderState } from './sender-state';

const READ_AGAIN_MS = 60_000;

/** The shop's calendar month an instant lies in: its first instant, and the next month's. */
function monthOf(ctx: Ctx, at: UtcMs): { from: UtcMs; until: UtcMs } {
  const { zone } = ctx.settings().shop;
  const { year, month } = localTime(at, zone);
  return {
    from: instantOf(zone, year, month, 1),
    until: month === 12 ? instantOf(zone, year + 1, 1, 1) : instantOf(zone, year, month + 1, 1),
  };
}

/** Micros in one minor unit of a currency: 10,000 for USD. */
const microsPerMinor = (currency: string): number => 10 ** (6 - minorDigits(currency));

/**
 * The owner's monthly limit in micros; null when none is set. It is an amount of the carrier's currency, the one its invoice comes in:
 * the shop's own currency is never mixed into what texts cost.
 */
export function limitMicros(ctx: Ctx): number | null {
  const { monthlyLimit, priceCurrency } = ctx.settings().texting;
  return monthlyLimit === null ? null : monthlyLimit * microsPerMinor(priceCurrency);
}

/**
 * What the texts of the month of `at` cost so far, prices known or expected (rules.md §4: campaigns, automations and replies). What the
 * carrier holds for later counts in the month it leaves in.
 */
export function spentThisMonth(ctx: Ctx, at: UtcMs = ctx.clock.now()): Micros {
  const { pricePerSegment, priceCurrency } = ctx.settings().texting;
  const { from, until } = monthOf(ctx, at);
  return spentSince(ctx.db, from, until, pricePerSegment, priceCurrency);
}

/** Whether one more text of this price, leaving at `at`, fits under that month's limit; counts it when it does. Re-reads the table once a minute. */
export function affords(ctx: Ctx, s: SenderState, price: number, at: UtcMs = ctx.clock.now()): boolean {
  const limit = limitMicros(ctx);
  if (limit === null) return true;
  const now = ctx.clock.now();
  const { from } = monthOf(ctx, at);
  let month = s.spend.get(from);
  if (!month || now - month.readAt > READ_AGAIN_MS || now < month.readAt) {
    month = { spent: spentThisMonth(ctx, at), readAt: now };
    s.spend.set(from, month);
  }
  if (month.spent + price > limit) return false;
  month.spent += price;
  return true;
}
