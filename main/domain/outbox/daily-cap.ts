import { addDays, shopDay, startOfDay } from '../calendar';
import type { MessageClass } from '../consent/gate-table';
import type { UtcMs, Zone } from '../kernel';

/** Carriers count a brand's segments per day and begin anew at midnight there, wherever the shop is (facts/twilio.md §3). */
const PACIFIC = 'America/Los_Angeles' as Zone;

/** When the carriers' present day began. */
export const capDayStart = (now: UtcMs): UtcMs => startOfDay(shopDay(now, PACIFIC), PACIFIC);

/** When the carriers begin to count anew. */
export const nextReset = (now: UtcMs): UtcMs => startOfDay(addDays(shopDay(now, PACIFIC), 1), PACIFIC);

/**
 * What a code says about the day's limit: `one-carrier` = one carrier took as many as it takes today, the others go on taking;
 * `account` = nothing more leaves the account today. Null: the code is about something else.
 */
export function dailyCap(code: number): 'one-carrier' | 'account' | null {
  if (code === 30023) return 'one-carrier';
  return code === 63038 || code === 30454 ? 'account' : null;
}

/** Kept for what is no marketing: an order that is ready must not wait for tomorrow because a campaign took the whole day. */
const RESERVED_SHARE = 0.05;
const RESERVED_LEAST = 20;

/** Segments of a day that marketing leaves for the rest: a twentieth, at least 20, never more than half. */
export const reserved = (limit: number): number =>
  Math.min(Math.floor(limit / 2), Math.max(RESERVED_LEAST, Math.ceil(limit * RESERVED_SHARE)));

export interface CapFacts {
  /** Segments a day, all our numbers together; null = not known. */
  limit: number | null;
  /** Segments that left since the day began. All carriers are counted, for nobody can tell them apart beforehand. */
  left: number;
  /** A carrier, or the account, said that the day is used up. */
  seen: 'one-carrier' | 'account' | null;
}

/**
 * Whether a text of this class fits into the day (facts/twilio.md §3: beyond the limit texts are refused, and charged). The answer owed to
 * whoever asks or stops is always tried. One carrier's "enough" keeps marketing back, for that is what fills a day.
 */
export function fitsToday(f: CapFacts, messageClass: MessageClass, segments: number): boolean {
  if (messageClass === 'stop-confirmation' || messageClass === 'help') return true;
  if (f.seen === 'account') return false;
  const marketing = messageClass === 'marketing';
  if (marketing && f.seen === 'one-carrier') return false;
  return f.limit === null || f.left + segments <= f.limit - (marketing ? reserved(f.limit) : 0);
}
