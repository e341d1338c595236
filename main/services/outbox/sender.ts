import { nextLook } from '@db/queries/outbox-sender';
import type { AppError } from '@domain/errors';
import { MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { notBeyond } from '@domain/outbox/cadence';
import { quietPause } from '@services/inbox/quiet';
import { repliesReadWithin, syncReplies } from '@services/inbox/sync';
import { lookBack } from '../backups/look-back';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { lookAfterHeld, mustRecallFirst } from './at-carrier';
import { drainStep } from './drain';

import { finishCampaigns, isCarrierTrouble, pollDeliveries } from './poll';
import { writeOrKeep } from './post';
import { reconcileOnce, recoverSending } from './reconcile';
import { resendFailed } from './resend-failed';
import { type SenderState, senderState, wakeSending } from './sender-state';
import { caughtUp, noticeSleep } from './wake';

/** However quiet it is, look around this often: another screen may have queued something without waking us. */
const LONGEST_NAP_MS = 15 * SECOND;
const TROUBLE_MS = 30 * SECOND;
/** While texts leave, the other half is not woken by each of them. */
const SHORTEST_WATCH_MS = 250;

/**
 * The one sender of a shop file (rules.md §4): picks up what a crash cut off, then for as long as the shop is open sends what may leave and,
 * beside it, looks for uncertain texts, asks what became of the others and reads replies, so that a slow list never holds up the queue.
 * Ends when `signal` is aborted, after the POSTs under way were answered (at most 8, at most 40 s). Must only run under the writer's lock.
 */
export async function startSender(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const s = senderState(ctx);
  if (s.running) throw new Error('two senders on one shop file');
  s.running = true;
  try {
    recoverSending(ctx);
    await Promise.all([sending(ctx, s, signal), watching(ctx, s, signal)]);
  } finally {
    await Promise.allSettled(s.inFlight);
    writeOrKeep(ctx, s);
    s.running = false;
  }
}

/** One half: texts leave. */
async function sending(ctx: Ctx, s: SenderState, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    s.woken = false;
    const { parts, soonest } = look(ctx, signal);
    await parts(['leave'], PARTS);
    await nap(ctx, soonest(), signal, { woken: () => s.woken, onWake: (wakeUp) => (s.wakeNap = wakeUp) });
    // Answers that arrived together are written together.
    await nextTurn();
  }
}

/** The other half: everything that asks the carrier what it knows. */
async function watching(ctx: Ctx, s: SenderState, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    s.watchWoken = false;
    const { parts, soonest } = look(ctx, signal);
    await parts(['wake', 'held', 'reconcile', 'again', 'finish', 'deliveries', 'replies'], PARTS);
    // What was learnt may let texts leave: results of the first ones, a sleep caught up with.
    wakeSending(s);
    const atLeast = (ctx.clock.now() + SHORTEST_WATCH_MS) as UtcMs;
    await nap(ctx, Math.max(soonest(), atLeast) as UtcMs, signal, {
      woken: () => s.watchWoken,
      onWake: (wakeUp) => (s.wakeWatchNap = wakeUp),
    });
    await nextTurn();
  }
}

/** Wakes early when there is something to do, or the shop closes. */
async function nap(
  ctx: Ctx,
  until: UtcMs,
  signal: AbortSignal,
  half: { woken: () => boolean; onWake: (wakeUp: () => void) => void },
): Promise<void> {
  const ms = Math.min(LONGEST_NAP_MS, Math.max(0, until - ctx.clock.now()));
  if (ms === 0) return;
  const up = new AbortController();
  const end = () => up.abort();
  signal.addEventListener('abort', end, { once: true });
  half.onWake(end);
  try {
    if (half.woken() || signal.aborted) return;
    await ctx.clock.sleep(ms, up.signal);
  } catch {
    // woken
  } finally {
    half.onWake(() => {});
    signal.removeEventListener('abort', end);
  }
}

type Part = 'wake' | 'held' | 'reconcile' | 'again' | 'leave' | 'finish' | 'deliveries' | 'replies';
/** Does one thing that may be due. Returns when it is worth looking again; null = something else will tell. */
type Parts = Readonly<Record<Part, (ctx: Ctx, s: SenderState, signal: AbortSignal) => Promise<UtcMs | null> | UtcMs | null>>;

const PARTS: Parts = {
  async wake(ctx, _s, signal) {
    return (await caughtUp(ctx, signal)) ? null : ((ctx.clock.now() + TROUBLE_MS) as UtcMs);
  },
  held: (ctx, s, signal) => lookAfterHeld(ctx, s, signal),
  async reconcile(ctx, _s, signal) {
    await lookBack(ctx, signal);
    await reconcileOnce(ctx, signal);
    return nextLook(ctx.db);
  },
  again: (ctx) => resendFailed(ctx),
  async leave(ctx, s) {
    noticeSleep(ctx);
    // the other half catches up first, calls back what must not leave, and wakes this one
    if (s.asleepSince !== null || mustRecallFirst(ctx)) return null;
    const step = await drainStep(ctx);
    // While anything is under way its results are worth asking for.
    if (step.started > 0) s.pollAt = Math.min(s.pollAt || Number.POSITIVE_INFINITY, ctx.clock.now() + s.pollEvery) as UtcMs;
    return step.again;
  },
  finish(ctx) {
    finishCampaigns(ctx);
    return null;
  },
  async deliveries(ctx, s, signal) {
    if (ctx.settings().texting.mode === 'none') return null;
    if (s.pollAt > ctx.clock.now()) return s.pollAt;
    s.pollAt = (ctx.clock.now() + TROUBLE_MS) as UtcMs; // if this throws
    s.pollAt = (await pollDeliveries(ctx, signal)) ?? ((ctx.clock.now() + 5 * MINUTE) as UtcMs);
    return s.pollAt;
  },
  async replies(ctx, s) {
    if (ctx.settings().texting.mode === 'none') return null;
    const now = ctx.clock.now();
    const pause = quietPause(ctx);
    if (repliesReadWithin(ctx, pause)) return null;
    s.idleRepliesAt = notBeyond(s.idleRepliesAt, now, pause);
    if (s.idleRepliesAt > now) return s.idleRepliesAt;
    s.idleRepliesAt = (now + TROUBLE_MS) as UtcMs; // if this throws
    await syncReplies(ctx);
    s.idleRepliesAt = (now + pause) as UtcMs;
    return s.idleRepliesAt;
  },
};

/** One look at some of the parts, one after the other. Trouble in one of them does not keep the others from their work. */
function look(ctx: Ctx, signal: AbortSignal) {
  const s = senderState(ctx);
  const at: UtcMs[] = [];
  const one = async (what: Part, all: Parts) => {
    if (signal.aborted) return;
    try {
      const again = await all[what](ctx, s, signal);
      if (again !== null) at.push(again);
    } catch (error) {
      const trouble = isCarrierTrouble(error);
      if (trouble) ctx.log.warn(`${what} waits`, { code: (error as AppError).code });
      else if (!signal.aborted) ctx.log.error(what, error);
      at.push((ctx.clock.now() + TROUBLE_MS) as UtcMs);
    }
  };
  return {
    async parts(which: readonly Part[], all: Parts) {
      for (const w of which) await one(w, all);
    },
    soonest: () => Math.min(...at, ctx.clock.now() + LONGEST_NAP_MS) as UtcMs,
  };
}

/** One full look, then waits for the POSTs it started. For tests and the command line. */
export async function senderTurn(ctx: Ctx): Promise<UtcMs> {
  const s = senderState(ctx);
  const { parts, soonest } = look(ctx, new AbortController().signal);
  noticeSleep(ctx);
  await parts(['wake', 'held', 'reconcile', 'again', 'leave', 'finish', 'deliveries', 'replies'], PARTS);
  const again = soonest();
  await Promise.allSettled(s.inFlight);
  writeOrKeep(ctx, s);
  return again;
}
