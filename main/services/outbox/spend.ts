import { spentSince } from '@db/queries/outbox-spend';
import { instantOf, localTime } from '@domain/calendar';
import { minorDigits } from '@domain/imports/money';
import type { Micros, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import type { SenderState } from './sender-state';

const READ_AGAIN_MS = 60_000;

/** First instant of the shop's calendar month. */
function monthStart(ctx: Ctx): UtcMs {
  const { zone } = ctx.settings().shop;
  const t = localTime(ctx.clock.now(), zone);
  return instantOf(zone, t.year, t.month, 1);
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

/** What this month's texts cost so far, prices known or expected (rules.md §4: campaigns, automations and replies). */
export function spentThisMonth(ctx: Ctx): Micros {
  const { pricePerSegment, priceCurrency } = ctx.settings().texting;
  return spentSince(ctx.db, monthStart(ctx), pricePerSegment, priceCurrency);
}

/** Whether one more text of this price fits under the limit; counts it when it does. Re-reads the table once a minute. */
export function affords(ctx: Ctx, s: SenderState, price: number): boolean {
  const limit = limitMicros(ctx);
  if (limit === null) return true;
  const now = ctx.clock.now();
  const month = monthStart(ctx);
  if (!s.spend || s.spend.month !== month || now - s.spend.readAt > READ_AGAIN_MS || now < s.spend.readAt) {
    s.spend = { month, spent: spentThisMonth(ctx), readAt: now };
  }
  if (s.spend.spent + price > limit) return false;
  s.spend.spent += price;
  return true;
}
