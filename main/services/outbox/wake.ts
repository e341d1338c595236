import { pullBackLooks, readPoll } from '@db/queries/outbox-results';
import { DAY, HOUR, MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { freshReplies } from '@services/inbox/sync';
import type { Ctx } from '../ctx';
import { judgeHeldAnew } from './at-carrier';
import { isCarrierTrouble, pollDeliveries } from './poll';
import { type SenderState, senderState, wake } from './sender-state';

/** A turn that comes this much later than the one before was not slow: the computer slept, or its clock was set. */
const GAP_MS = 2 * MINUTE;
/** The carrier's list is not walked further back than this for deliveries; what is older is asked for one by one. */
const LONGEST_LOOK_MS = 3 * DAY;
const TROUBLE_MS = 30 * SECOND;

/** How often it woke: a sleep while the one before is caught up with is another one. */
const wakes = new WeakMap<SenderState, number>();

/**
 * The computer was asleep, or its clock was set. Nothing leaves before replies, and then deliveries, were read back as far as the
 * sleep was. Call it from whoever hears of it (the shell's power events); the sender notices a gap between its own turns by itself.
 */
export function wokeUp(ctx: Ctx): void {
  const s = senderState(ctx);
  wakes.set(s, (wakes.get(s) ?? 0) + 1);
  if (s.asleepSince === null) s.asleepSince = s.lastTurnAt ?? readPoll(ctx.db, 'outbound').lastSuccessAt ?? ctx.clock.now();
  // pauses were counted by a clock that stood still meanwhile, or by another one
  s.pollAt = 0 as UtcMs;
  s.idleRepliesAt = 0 as UtcMs;
  judgeHeldAnew(ctx);
  wake(s);
}

/** At the beginning of each turn: a long gap since the one before, or time that ran backwards, is a sleep. */
export function noticeSleep(ctx: Ctx): void {
  const s = senderState(ctx);
  const now = ctx.clock.now();
  const gap = s.lastTurnAt === null ? 0 : now - s.lastTurnAt;
  if (Math.abs(gap) > GAP_MS) wokeUp(ctx);
  s.lastTurnAt = now;
  // what was planned by a clock that was ahead would wait for a time that is long past
  if (gap < -GAP_MS) ctx.db.tx((trx) => pullBackLooks(trx, { now, uncertain: (now + HOUR) as UtcMs, others: (now + DAY) as UtcMs }));
}

/**
 * Catches up after a sleep: first every reply, then every delivery since. False when they could not be read: nothing leaves yet, and the
 * sending panel says why.
 */
export async function caughtUp(ctx: Ctx, signal?: AbortSignal): Promise<boolean> {
  const s = senderState(ctx);
  if (s.asleepSince === null) return true;
  if (ctx.settings().texting.mode === 'none') {
    s.asleepSince = null;
    return true;
  }
  const now = ctx.clock.now();
  const woken = wakes.get(s);
  const since = Math.max(Math.min(s.asleepSince, now), now - LONGEST_LOOK_MS) as UtcMs;
  try {
    await freshReplies(ctx, 0);
  } catch (error) {
    if (!isCarrierTrouble(error)) throw error;
    s.block = { reason: 'replies-unread', until: (ctx.clock.now() + TROUBLE_MS) as UtcMs, code: null };
    return false;
  }
  try {
    await pollDeliveries(ctx, signal, since);
  } catch (error) {
    if (!isCarrierTrouble(error)) throw error;
    s.block = { reason: 'unreachable', until: (ctx.clock.now() + TROUBLE_MS) as UtcMs, code: null };
    return false;
  }
  if (signal?.aborted || wakes.get(s) !== woken) return false;
  s.asleepSince = null;
  return true;
}
