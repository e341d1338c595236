import { addDays, shopDay, startOfDay } from '../calendar';
import type { ShopDay, UtcMs, Zone } from '../kernel';

/** How long things are kept (facts/compliance.md G, own choice where the law leaves one; rules.md §1 for proof and suppression). */
export const INBOUND_MONTHS = 24;
/** Proof of a permission or a stop is kept this long after the last text to the number (FTC 16 CFR 310.5; rules.md §1). */
export const PROOF_YEARS = 5;

/** The same day of the month, `months` later (or earlier); the last day of a shorter month. */
export function addMonths(day: ShopDay, months: number): ShopDay {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const month = m - 1 + months;
  const last = new Date(Date.UTC(y, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(y, month, Math.min(d, last))).toISOString().slice(0, 10) as ShopDay;
}

/** What customers wrote before this instant is emptied: 24 months back, from the shop's midnight. */
export const inboundCutoff = (now: UtcMs, zone: Zone): UtcMs => startOfDay(addMonths(shopDay(now, zone), -INBOUND_MONTHS), zone);

/** Proof of numbers whose last text, or last event when there never was one, is older than this goes: 5 years back. */
export const proofCutoff = (now: UtcMs, zone: Zone): UtcMs => startOfDay(addMonths(shopDay(now, zone), -12 * PROOF_YEARS), zone);

/** The first day on which proof last needed at `lastAt` may be gone. */
export const proofUntil = (lastAt: UtcMs, zone: Zone): ShopDay => addDays(addMonths(shopDay(lastAt, zone), 12 * PROOF_YEARS), 1);
