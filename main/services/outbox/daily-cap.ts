import type { OutboxRow } from '@db/queries/outbox';
import { readPoll, savePoll } from '@db/queries/outbox-results';
import { segmentsHeld, segmentsLeftSince } from '@db/queries/outbox-spend';
import { DAY, MINUTE, type UtcMs } from '@domain/kernel';
import { type CapFacts, capDayStart, dailyCap, fitsToday, nextReset } from '@domain/outbox/daily-cap';
import type { Ctx } from '../ctx';
import { announce, type SenderState, senderState } from './sender-state';

const KEPT = 'daily-cap';
const READ_AGAIN_MS = MINUTE;
/** The carrier holds a text 35 days at most (facts/twilio.md §1.5). */
const MOST_DAYS = 34;

/** Takes down that a carrier, or the account, takes no more today. Kept in the file: a restart must not try them all again. */
export function dayUsedUp(ctx: Ctx, s: SenderState, code: number): void {
  if (dailyCap(code) === null) return;
  const now = ctx.clock.now();
  const known = capOf(ctx, s, now);
  // "Nothing at all" outranks "one carrier".
  if (known !== null && (dailyCap(known.code) === 'account' || dailyCap(code) === 'one-carrier')) return;
  s.capped = { until: nextReset(now), code };
  savePoll(ctx.db, KEPT, s.capped, now);
  ctx.log.warn('day used up', { code });
  announce(ctx);
}

/** What a carrier said about today, if it still holds. */
function capOf(ctx: Ctx, s: SenderState, now: UtcMs): { until: UtcMs; code: number } | null {
  if (s.capped === undefined) {
    const { until, code } = readPoll(ctx.db, KEPT).cursor as { until?: number; code?: number };
    s.capped = until !== undefined && code !== undefined ? { until: until as UtcMs, code } : null;
  }
  // No reset is further off than a day: a later one was reckoned by a clock that has been set back since.
  if (s.capped && (now >= s.capped.until || s.capped.until > nextReset(now))) s.capped = null;
  return s.capped;
}

function factsOf(ctx: Ctx, s: SenderState, limit: number | null, now: UtcMs): CapFacts {
  const cap = capOf(ctx, s, now);
  const seen = cap === null ? null : dailyCap(cap.code);
  if (limit === null) return { limit, left: 0, seen };
  const since = capDayStart(now);
  if (!s.today || s.today.since !== since || now - s.today.readAt > READ_AGAIN_MS || now < s.today.readAt) {
    s.today = { since, left: segmentsLeftSince(ctx.db, since) + segmentsHeld(ctx.db, since, nextReset(now)), readAt: now };
  }
  return { limit, left: s.today.left, seen };
}

/** Until when a text has to wait because the carriers' day is used up; null = it may leave today. */
export function waitsForReset(ctx: Ctx, s: SenderState, row: Pick<OutboxRow, 'messageClass' | 'segments'>, now: UtcMs): UtcMs | null {
  const facts = factsOf(ctx, s, ctx.settings().texting.dailySegments, now);
  return fitsToday(facts, row.messageClass, row.segments) ? null : nextReset(now);
}

/** One more left; between two readings of the table this keeps count. */
export function countToday(s: SenderState, segments: number): void {
  if (s.today) s.today.left += segments;
}

/** Segments promised for days to come, by when the day begins, with when that was last read from the table. */
const promised = new WeakMap<SenderState, Map<UtcMs, { left: number; readAt: UtcMs }>>();

function promisedFor(ctx: Ctx, s: SenderState, at: UtcMs): { left: number; readAt: UtcMs } {
  const now = ctx.clock.now();
  const days = promised.get(s) ?? new Map<UtcMs, { left: number; readAt: UtcMs }>();
  promised.set(s, days);
  const from = capDayStart(at);
  let day = days.get(from);
  if (!day || now - day.readAt > READ_AGAIN_MS || now < day.readAt) {
    day = { left: segmentsHeld(ctx.db, from, nextReset(at)), readAt: now };
    days.set(from, day);
  }
  return day;
}

/**
 * When a text the carrier is to hold until `at` fits into the carriers' day: then, or the same hour of the next day with room; null when
 * there is none within the carrier's reach, and this computer has to see to it.
 */
export function heldDay(ctx: Ctx, s: SenderState, row: Pick<OutboxRow, 'messageClass' | 'segments'>, at: UtcMs): UtcMs | null {
  const limit = ctx.settings().texting.dailySegments;
  const now = ctx.clock.now();
  for (let day = at; day < now + MOST_DAYS * DAY; day = (day + DAY) as UtcMs) {
    const today = capDayStart(day) === capDayStart(now);
    const facts = today ? factsOf(ctx, s, limit, now) : { limit, left: limit === null ? 0 : promisedFor(ctx, s, day).left, seen: null };
    if (fitsToday(facts, row.messageClass, row.segments)) return day;
  }
  return null;
}

/** One more is handed over for that day. */
export function countHeld(ctx: Ctx, s: SenderState, segments: number, at: UtcMs): void {
  const now = ctx.clock.now();
  if (capDayStart(at) === capDayStart(now)) countToday(s, segments);
  else if (ctx.settings().texting.dailySegments !== null) promisedFor(ctx, s, at).left += segments;
}

/** Since campaigns wait as a whole and not text by text: until when they wait for the carriers' next day, null = they do not. */
export function campaignsWaitForReset(ctx: Ctx): UtcMs | null {
  return waitsForReset(ctx, senderState(ctx), { messageClass: 'marketing', segments: 1 }, ctx.clock.now());
}

/** The owner, or the carrier's own word, changed the limit: what was known about today no longer holds. */
export function forgetCap(ctx: Ctx, s: SenderState): void {
  s.today = null;
  if (capOf(ctx, s, ctx.clock.now()) === null) return;
  s.capped = null;
  savePoll(ctx.db, KEPT, {}, ctx.clock.now());
}
