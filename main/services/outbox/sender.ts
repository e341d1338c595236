import { nextLook } from '@db/queries/outbox-sender';
import type { AppError } from '@domain/errors';
import { MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { repliesReadWithin, syncReplies } from '@services/inbox/sync';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { drainStep } from './drain';

import { finishCampaigns, isCarrierTrouble, pollDeliveries, reconcileRestored } from './poll';
import { reconcileOnce, recoverSending } from './reconcile';
import { type SenderState, senderState } from './sender-state';
import { caughtUp, noticeSleep } from './wake';

/** However quiet it is, look around this often: another screen may have queued something without waking us. */
const LONGEST_NAP_MS = 15 * SECOND;
/** Replies are read this often when nothing is sent. */
const IDLE_REPLIES_MS = MINUTE;
const TROUBLE_MS = 30 * SECOND;

/**
 * The one sender of a shop file (rules.md §4): picks up what a crash cut off, then for as long as the shop is open sends what may
 * leave, looks for uncertain texts, asks what became of the others and reads replies. Ends when `signal` is aborted, after the
 * POSTs under way were answered (at most 8, at most 40 s). Must only run under the writer's lock.
 */
export async function startSender(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const s = senderState(ctx);
  if (s.running) throw new Error('two senders on one shop file');
  s.running = true;
  try {
    recoverSending(ctx);
    while (!signal.aborted) {
      s.woken = false;
      const again = await turn(ctx, s, signal);
      const nap = Math.min(LONGEST_NAP_MS, Math.max(0, again - ctx.clock.now()));
      if (nap > 0) await napping(ctx, s, nap, signal);
      else await nextTurn();
    }
  } finally {
    await Promise.allSettled(s.inFlight);
    s.running = false;
  }
}

/** Wakes early when a POST is answered, something was queued, or the shop closes. */
async function napping(ctx: Ctx, s: SenderState, ms: number, signal: AbortSignal): Promise<void> {
  const up = new AbortController();
  const end = () => up.abort();
  signal.addEventListener('abort', end, { once: true });
  s.wakeNap = end;
  try {
    if (s.woken || signal.aborted) return;
    await ctx.clock.sleep(ms, up.signal);
  } catch {
    // woken
  } finally {
    s.wakeNap = () => {};
    signal.removeEventListener('abort', end);
  }
}

/** One look at everything that may be due. Returns when the next look is worth it. */
async function turn(ctx: Ctx, s: SenderState, signal: AbortSignal): Promise<UtcMs> {
  const at: (UtcMs | null)[] = [];
  const part = async (what: string, work: () => Promise<UtcMs | null> | UtcMs | null) => {
    if (signal.aborted) return;
    try {
      at.push(await work());
    } catch (error) {
      const trouble = isCarrierTrouble(error);
      if (trouble) ctx.log.warn(`${what} waits`, { code: (error as AppError).code });
      else if (!signal.aborted) ctx.log.error(what, error);
      at.push((ctx.clock.now() + TROUBLE_MS) as UtcMs);
    }
  };

  noticeSleep(ctx);
  let awake = false;
  await part('wake', async () => {
    awake = await caughtUp(ctx, signal);
    return awake ? null : ((ctx.clock.now() + TROUBLE_MS) as UtcMs);
  });
  await part('reconcile', async () => {
    await reconcileRestored(ctx, signal);
    await reconcileOnce(ctx, signal);
    return nextLook(ctx.db);
  });
  await part('send', async () => {
    if (!awake) return null;
    const step = await drainStep(ctx);
    // While anything is under way its results are worth asking for.
    if (step.started > 0) s.pollAt = Math.min(s.pollAt || Number.POSITIVE_INFINITY, ctx.clock.now() + s.pollEvery) as UtcMs;
    return step.again;
  });
  await part('finish', () => {
    finishCampaigns(ctx);
    return null;
  });
  await part('deliveries', async () => {
    if (ctx.settings().texting.mode === 'none') return null;
    if (s.pollAt > ctx.clock.now()) return s.pollAt;
    s.pollAt = (ctx.clock.now() + TROUBLE_MS) as UtcMs; // if this throws
    s.pollAt = (await pollDeliveries(ctx, signal)) ?? ((ctx.clock.now() + 5 * MINUTE) as UtcMs);
    return s.pollAt;
  });
  await part('replies', async () => {
    if (ctx.settings().texting.mode === 'none') return null;
    const now = ctx.clock.now();
    if (repliesReadWithin(ctx, IDLE_REPLIES_MS)) return null;
    if (s.idleRepliesAt > now) return s.idleRepliesAt;
    s.idleRepliesAt = (now + IDLE_REPLIES_MS) as UtcMs;
    await syncReplies(ctx);
    return s.idleRepliesAt;
  });
  return at.reduce<UtcMs>((a, b) => (b !== null && b < a ? b : a), (ctx.clock.now() + LONGEST_NAP_MS) as UtcMs);
}

/** One full look, then waits for the POSTs it started. For tests and the command line. */
export async function senderTurn(ctx: Ctx): Promise<UtcMs> {
  const s = senderState(ctx);
  const again = await turn(ctx, s, new AbortController().signal);
  await Promise.allSettled(s.inFlight);
  return again;
}
