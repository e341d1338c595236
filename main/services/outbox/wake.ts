import { readPoll } from '@db/queries/outbox-results';
import { DAY, MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { freshReplies } from '@services/inbox/sync';
import type { Ctx } from '../ctx';
import { isCarrierTrouble, pollDeliveries } from './poll';
import { senderState, wake } from './sender-state';

/** A turn that comes this much later than the one before was not slow: the computer slept, or its clock was set. */
const GAP_MS = 2 * MINUTE;
/** The carrier's list is not walked further back than this for deliveries; what is older is asked for one by one. */
const LONGEST_LOOK_MS = 3 * DAY;
const TROUBLE_MS = 30 * SECOND;

/**
 * The computer was asleep, or its clock was set. Nothing leaves before replies, and then deliveries, were read back as far as the
 * sleep was. Call it from whoever hears of it (the shell's power events); the sender notices a gap between its own turns by itself.
 */
export function wokeUp(ctx: Ctx): void {
  const s = senderState(ctx);
  if (s.asleepSince === null) s.asleepSince = s.lastTurnAt ?? readPoll(ctx.db, 'outbound').lastSuccessAt ?? ctx.clock.now();
  // pauses were counted by a clock that stood still meanwhile, or by another one
  s.pollAt = 0 as UtcMs;
  s.idleRepliesAt = 0 as UtcMs;
  wake(s);
}

/** At the beginning of each turn: a long gap since the one before, or time that ran backwards, is a sleep. */
export function noticeSleep(ctx: Ctx): void {
  const s = senderState(ctx);
  const now = ctx.clock.now();
  if (s.lastTurnAt !== null && (now - s.lastTurnAt > GAP_MS || s.lastTurnAt - now > GAP_MS)) wokeUp(ctx);
  s.lastTurnAt = now;
}

/**
 * Catches up after a sleep: first every reply, then every delivery since. False when deliveries could not be read: nothing leaves yet.
 * Replies that cannot be read are left to the gate, which lets nothing leave without them and says so.
 */
export async function caughtUp(ctx: Ctx, signal?: AbortSignal): Promise<boolean> {
  const s = senderState(ctx);
  if (s.asleepSince === null) return true;
  if (ctx.settings().texting.mode === 'none') {
    s.asleepSince = null;
    return true;
  }
  const now = ctx.clock.now();
  const since = Math.max(Math.min(s.asleepSince, now), now - LONGEST_LOOK_MS) as UtcMs;
  try {
    await freshReplies(ctx, 0);
  } catch (error) {
    if (isCarrierTrouble(error)) return true;
    throw error;
  }
  try {
    await pollDeliveries(ctx, signal, since);
  } catch (error) {
    if (!isCarrierTrouble(error)) throw error;
    s.block = { reason: 'unreachable', until: (ctx.clock.now() + TROUBLE_MS) as UtcMs, code: null };
    return false;
  }
  if (signal?.aborted) return false;
  s.asleepSince = null;
  return true;
}
