import { instantOf, localTime, shopDay } from '../calendar';
import { DAY, MINUTE, type ShopDay, type UtcMs, type Zone } from '../kernel';

/** What happens when this computer was off at a campaign's time: chosen by the owner beforehand, per campaign. */
export const LATE_POLICIES = ['send-late', 'ask', 'skip'] as const;
export type LatePolicy = (typeof LATE_POLICIES)[number];

/** Later than this is missed: the computer was off or asleep, not merely busy. */
export const GRACE_MS = 15 * MINUTE;
/** Twilio takes texts for later from 5 minutes on, in older words 15; up to 35 days (facts/twilio.md §1.5). */
export const CARRIER_LEAST_MS = 15 * MINUTE;
const CARRIER_MOST_MS = 35 * DAY;
/** This computer keeps a date as long as an owner plans. */
const OWN_MOST_MS = 366 * DAY;
/** Sooner than this is "now". */
const OWN_LEAST_MS = MINUTE;
/** The last texts of a campaign the carrier holds must fit in as well: its first ones leave ahead, the rest at the sender's pace. */
const CARRIER_ROOM_MS = DAY;

/** A wall-clock time of the shop as the instant it is. `gap`: does not exist that day, the later one is taken; `twice`: the first. */
export interface Chosen {
  at: UtcMs;
  clock: 'once' | 'gap' | 'twice';
}

/** Minutes since midnight on a day, in a zone, by its own DST rules. */
export function chosenTime(day: ShopDay, minute: number, zone: Zone): Chosen {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const at = instantOf(zone, y, m, d, Math.floor(minute / 60), minute % 60);
  const t = localTime(at, zone);
  if (t.hour * 60 + t.minute !== minute || t.day !== d) return { at, clock: 'gap' };
  // an hour later (half an hour on Lord Howe) the same clock face again
  const again = [30 * MINUTE, 60 * MINUTE].some((ms) => {
    const u = localTime((at + ms) as UtcMs, zone);
    return u.day === d && u.hour * 60 + u.minute === minute;
  });
  return { at, clock: again ? 'twice' : 'once' };
}

export type TimeProblem = 'past' | 'too-soon' | 'too-far';

/** Whether an instant can be chosen at all; hours are judged by where the people are. */
export function timeProblem(at: UtcMs, now: UtcMs, viaCarrier: boolean): TimeProblem | null {
  if (at <= now) return 'past';
  if (at - now < (viaCarrier ? CARRIER_LEAST_MS : OWN_LEAST_MS)) return 'too-soon';
  if (at - now > (viaCarrier ? CARRIER_MOST_MS - CARRIER_ROOM_MS : OWN_MOST_MS)) return 'too-far';
  return null;
}

export type Due = 'wait' | 'start' | 'ask' | 'skip';

/**
 * What becomes of a schedule now. On time within a quarter of an hour. After that it was missed: asked about, left out, or sent later
 * that same shop day while somebody may still be texted (`openToday`); past midnight even "send late" asks, since "today" in a text
 * would be wrong.
 */
export function dueNow(i: { at: UtcMs; now: UtcMs; policy: LatePolicy; zone: Zone; openToday: boolean }): Due {
  if (i.now < i.at) return 'wait';
  if (i.now - i.at <= GRACE_MS) return 'start';
  if (i.policy === 'skip') return 'skip';
  if (i.policy === 'ask') return 'ask';
  return i.openToday && shopDay(i.now, i.zone) === shopDay(i.at, i.zone) ? 'start' : 'ask';
}

/** The approved ceiling offered first: a tenth more people than today, at least five, so that a sign-up does not stop a campaign. */
export const usualCeiling = (people: number): number => people + Math.max(5, Math.ceil(people / 10));

/** Money for that many people at today's average, micros, rounded up to the cent; never below the price that was quoted. */
export function ceilingPrice(quoted: number, people: number, ceiling: number): number {
  if (people === 0) return quoted;
  return Math.max(quoted, Math.ceil((quoted * ceiling) / people / 10_000) * 10_000);
}

export type OverCeiling = { what: 'people' | 'price'; now: number; approved: number };

/** What is above the approved ceiling, or null. Fewer people or a lower price never ask. */
export function overCeiling(now: { people: number; price: number }, approved: { people: number; price: number }): OverCeiling | null {
  if (now.people > approved.people) return { what: 'people', now: now.people, approved: approved.people };
  if (now.price > approved.price) return { what: 'price', now: now.price, approved: approved.price };
  return null;
}

/** Before the rest of a campaign the carrier holds, its first texts leave this much earlier, so that bad results can still stop it. */
export const FIRST_AHEAD_MS = 15 * MINUTE;

/**
 * When each text of a campaign the carrier holds leaves, ms since its time: the first ones at once, the others after a quarter of an
 * hour, each when the sender's pace (segments per second) has room. Whole seconds: the carrier drops the rest.
 */
export function staggered(texts: readonly { segments: number; first: boolean }[], segmentsPerSecond: number): number[] {
  let ahead = 0;
  let rest = texts.some((t) => !t.first) && texts.some((t) => t.first) ? FIRST_AHEAD_MS : 0;
  return texts.map((t) => {
    const at = t.first ? ahead : rest;
    const takes = (t.segments / segmentsPerSecond) * 1000;
    if (t.first) ahead += takes;
    else rest += takes;
    return Math.ceil(at / 1000) * 1000;
  });
}
