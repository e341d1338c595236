import { DAY, HOUR, MINUTE, SECOND, type UtcMs } from '../kernel';

/** While texts leave, then slower and slower while nothing changes. */
const CADENCE_MS: readonly number[] = [15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR];
export const FIRST_PAUSE_MS = 15 * SECOND;
/** A look that took many pages is not repeated at once: a request costs about this much pause. */
const PER_PAGE_MS = 5 * SECOND;

/** The carrier keeps its log about 13 months, 400 days (facts/twilio.md §1.4); a week less is certain. */
export const CARRIER_LOG_MS = 393 * DAY;
/** The lists cover this; older open texts are asked for one by one. */
export const LISTED_MS = 30 * MINUTE;
/** Clock differences, and rows that show up late in the carrier's list. */
export const OVERLAP_MS = 2 * MINUTE;
/** After this a text without a receipt stays as it is: "sent" can be the last word (facts/twilio.md §1.3). */
export const OPEN_MS = 72 * HOUR;
/** Prices come up to a day later, rarely more; after this the quoted price stands for it, marked as an estimate. */
export const PRICED_AFTER_MS = DAY;
export const PRICE_GIVEN_UP_MS = 10 * DAY;

/** Pause before the next look at deliveries, ms. `busy`: something changed, or texts left a moment ago. */
export function nextPause(last: number, o: { busy: boolean; pages: number }): number {
  const at = CADENCE_MS.findIndex((ms) => ms >= last);
  const pause = o.busy ? FIRST_PAUSE_MS : (CADENCE_MS[Math.min((at < 0 ? CADENCE_MS.length : at) + 1, CADENCE_MS.length - 1)] ?? HOUR);
  return Math.max(pause, Math.min(MINUTE, o.pages * PER_PAGE_MS));
}

/**
 * How far back the `n`-th look in a row goes, ms: mostly only what left lately, every 4th ten minutes, every 16th everything the lists
 * are good for. Most texts end within seconds, so reading all of them every time would be wasted.
 */
export function depth(n: number, pause: number): number {
  if (pause >= MINUTE || n % 16 === 0) return LISTED_MS;
  return n % 4 === 0 ? 10 * MINUTE : OVERLAP_MS;
}

/** What decides how often replies are read while nothing is sent. */
export interface Quiet {
  now: UtcMs;
  /** When the last text left and the last reply came; null = never. */
  lastLeftAt: UtcMs | null;
  lastReplyAt: UtcMs | null;
  /** Local hour at the shop, 0–23. */
  hour: number;
  /** Signs with a word to text were printed: somebody may stand at the counter waiting for the answer. */
  signs: boolean;
}

/** Answers to words like JOIN are given within 15 minutes of the message, and a stop is confirmed within 5 (rules.md §2, §3). */
const FOR_ANSWERS_MS = 12 * MINUTE;
const FOR_CONFIRMATIONS_MS = 4 * MINUTE;

/**
 * Pause between two looks for replies, ms. Only the rule "fresh within 5 minutes" holds before anything leaves, and the sender sees to
 * that itself; in between, the quieter it is the rarer the carrier is asked.
 */
export function repliesPause(q: Quiet): number {
  const since = (at: UtcMs | null) => (at === null ? Number.POSITIVE_INFINITY : Math.abs(q.now - at));
  if (since(q.lastLeftAt) < HOUR || since(q.lastReplyAt) < 20 * MINUTE) return MINUTE;
  const day = q.hour >= 8 && q.hour < 21;
  if (since(q.lastLeftAt) < DAY) return day ? 2 * MINUTE : FOR_CONFIRMATIONS_MS;
  if (day && q.signs) return 3 * MINUTE;
  if (since(q.lastLeftAt) < 3 * DAY || since(q.lastReplyAt) < DAY) return day ? FOR_CONFIRMATIONS_MS : FOR_ANSWERS_MS;
  return FOR_ANSWERS_MS;
}

/** Pauses between looks at one straggler, after the first at half an hour. */
const STRAGGLER_PAUSES_MS: readonly number[] = [2 * HOUR, 6 * HOUR, 16 * HOUR, 24 * HOUR, 24 * HOUR];

/** When a text that has no ending yet is looked for again after its `step`-th look; null = it stays as it is. */
export function stragglerAgain(step: number, now: UtcMs): UtcMs | null {
  const pause = STRAGGLER_PAUSES_MS[step];
  return pause === undefined ? null : ((now + pause) as UtcMs);
}

/** From this look on, the last one, a text is fetched by its id: lists can be stale for hours, a fetch is not. */
export const FETCH_FROM_STEP = 5;

/** A look by list is worth it when it costs fewer requests than fetching each. */
export const listIsCheaper = (due: number, rowsSince: number): boolean => due > 10 && Math.ceil(rowsSince / 1000) + 1 < due;

/** A moment remembered by a clock that has been set back since: never further ahead than one pause. */
export const notBeyond = (at: number, now: UtcMs, pause: number): UtcMs => Math.min(at, now + pause) as UtcMs;
