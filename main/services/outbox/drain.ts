import { anythingDue, campaignsWithWaiting, nextDue, undefer, undeferBeyond, type WaitingCampaign } from '@db/queries/outbox-due';
import { readMeta } from '@db/queries/settings';
import { AppError, isDiskFull } from '@domain/errors';
import { MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { waitMs } from '@domain/outbox/pacing';
import type { SmsGateway } from '@ports/sms-gateway';
import { type FreshReplies, freshReplies } from '@services/inbox/sync';
import { mustLookBack } from '../backups/look-back';
import type { Ctx } from '../ctx';
import { noteReading } from '../desktop/clock';
import { chooseAndClaim, freeSlots } from './choose';
import { forgetCap } from './daily-cap';
import { haltOf } from './halt';
import { paceOf, rateOf, senderName } from './pace';
import { begin, writeAnswers, writeOrKeep } from './post';
import { announce, type BlockReason, type SenderState, senderState } from './sender-state';
import { salesKnown } from './stale-sales';

/** Replies are read again before texts leave when the last reading is older than this. */
const READ_REPLIES_EVERY_MS = MINUTE;
/** A clock that runs backwards by more than this was set back. */
const SET_BACK_MS = 2 * SECOND;
/** Put-off texts looked at anew in one transaction. */
const ANEW_AT_ONCE = 500;
/** Put off for something the owner may have changed, or a till file. */
const MAY_HAVE_CHANGED = ['quiet-hours', 'sender-not-approved', 'spend-limit', 'confirmation-first', 'daily-cap'];
const SALES_CAME = ['stale-sales'];

export interface Step {
  /** POSTs started. */
  started: number;
  /** When it is worth looking again; null = only when something new happens. */
  again: UtcMs | null;
}

const epochOf = (ctx: Ctx) => Number(readMeta(ctx.db, 'epoch') ?? 1);
const idle = (again: UtcMs | null): Step => ({ started: 0, again });

function blocked(ctx: Ctx, s: SenderState, reason: BlockReason, ms: number): Step {
  const until = (ctx.clock.now() + ms) as UtcMs;
  if (s.block?.reason !== reason) announce(ctx);
  s.block = { reason, until, code: null };
  return idle(until);
}

/**
 * Starts as many texts as may leave at this instant, in this order:
 * 1. what the carrier answered is written down: nothing leaves while an answer is owed to the file;
 * 2. is anything due, and may anything leave at all (a computer that is awake, the line, free slots, pace)? If not, nothing else is asked;
 * 3. unread replies are fetched and classified (rules.md §2): without that proof nothing can be claimed;
 * 4. each text is judged again and committed as `sending` (choose.ts), in one transaction with answers that came meanwhile;
 * 5. only then its POST begins (post.ts).
 */
export async function drainStep(ctx: Ctx): Promise<Step> {
  const s = senderState(ctx);
  try {
    return await tryStep(ctx, s);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    return blocked(ctx, s, 'disk-full', 10 * SECOND);
  }
}

async function tryStep(ctx: Ctx, s: SenderState): Promise<Step> {
  const now = ctx.clock.now();
  noticeClock(ctx, s, now);
  if (s.unwritten.some((a) => a.outcome.kind !== 'accepted')) writeAnswers(ctx, s);
  if (judgeAnew(ctx, s, now)) {
    writeAnswers(ctx, s);
    return idle(now);
  }

  const campaigns = campaignsWithWaiting(ctx.db);
  const notNow = whyNotNow(ctx, s, campaigns, now);
  if (notNow) {
    writeAnswers(ctx, s);
    return notNow;
  }

  const { sender } = ctx.settings().texting;
  if (sender === null) return blocked(ctx, s, 'not-connected', 5 * MINUTE);
  let gateway: SmsGateway;
  try {
    gateway = await ctx.gateway();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return blocked(ctx, s, 'not-connected', MINUTE);
  }
  let fresh: FreshReplies;
  try {
    const read = await freshReplies(ctx, READ_REPLIES_EVERY_MS);
    fresh = read.proof;
    if (read.again) for (const b of s.brakes.values()) b.fresh = false;
  } catch (error) {
    if (isDiskFull(error)) throw error;
    ctx.log.warn('replies unread', { code: error instanceof AppError ? error.code : 'bug' });
    return blocked(ctx, s, 'replies-unread', 20 * SECOND);
  }

  // Answers that came while replies were read may have stopped everything.
  if (s.unwritten.some((a) => a.outcome.kind !== 'accepted')) writeAnswers(ctx, s);
  if (s.block && s.block.until > ctx.clock.now()) return idle(s.block.until);
  s.block = null;
  noteReading(ctx, gateway);

  const clockOffset = -(gateway.clockReading?.()?.skewMs ?? 0);
  // Which campaigns go on is read anew: the owner may have paused one while replies were read.
  const round = { ctx, s, sender, fresh, halt: haltOf(ctx), epoch: epochOf(ctx), clockOffset, campaigns: campaignsWithWaiting(ctx.db) };
  const { claimed, judged, again } = writeAnswers(ctx, s, () => chooseAndClaim(round));
  for (const c of claimed) begin(ctx, s, gateway, sender, c);
  if (claimed.length > 0 || judged > 0) announce(ctx);
  return { started: claimed.length, again: claimed.length > 0 || judged > 0 ? ctx.clock.now() : again };
}

/** What can be said without asking anybody: nothing is due, the line rests, no slot is free, or it is too early for the pace. */
function whyNotNow(ctx: Ctx, s: SenderState, campaigns: readonly WaitingCampaign[], now: UtcMs): Step | null {
  if (!anythingDue(ctx.db, campaigns, now)) return idle(nextDue(ctx.db, campaigns));
  if (haltOf(ctx) === 'asleep') return idle(null);
  if (s.block && s.block.until > now) return idle(s.block.until);
  if (mustLookBack(ctx.db)) return blocked(ctx, s, 'restored', 10 * SECOND); // its end wakes us
  if (freeSlots(s) <= 0) return idle(null); // an answer wakes us
  const { sender, segmentsPerSecond } = ctx.settings().texting;
  if (sender === null) return null;
  const rate = rateOf(s, senderName(sender), segmentsPerSecond, now);
  const early = waitMs(paceOf(s, senderName(sender), rate, now).bucket, 1, rate);
  return early > 0 ? idle((now + early) as UtcMs) : null;
}

/**
 * Texts put off because of hours, limits or approval are judged anew when the owner changed those settings, and those that wait for sales
 * when a till file came; some at a time. True while there are more.
 */
function judgeAnew(ctx: Ctx, s: SenderState, now: UtcMs): boolean {
  const { texting, courtesy, shop } = ctx.settings();
  const { senderApproved, mode, monthlyLimit, dailySegments } = texting;
  const key = JSON.stringify([courtesy, senderApproved, mode, monthlyLimit, shop.zone, dailySegments]);
  const { behind } = salesKnown(ctx, s, now);
  const before = s.judgedBy;
  s.judgedBy = { key, behind };
  if (before !== null && before.key !== key) {
    s.anew ??= MAY_HAVE_CHANGED;
    s.spend.clear();
    if ((JSON.parse(before.key) as unknown[]).at(-1) !== dailySegments) forgetCap(ctx, s);
  } else if (before?.behind && !behind) s.anew ??= SALES_CAME;
  const { anew } = s;
  if (anew === null) return false;
  const n = ctx.db.tx((trx) => (anew === 'all' ? undeferBeyond(trx, now, ANEW_AT_ONCE) : undefer(trx, anew, ANEW_AT_ONCE)));
  if (n < ANEW_AT_ONCE) s.anew = null;
  return n > 0;
}

/**
 * The clock was set back: what was reckoned ahead by the wrong clock would keep texts waiting for hours. Everything put off is judged
 * anew and pauses of the line begin again. (A clock set forward looks like a sleep: wake.ts.)
 */
function noticeClock(ctx: Ctx, s: SenderState, now: UtcMs): void {
  if (s.seenAt !== null && now < s.seenAt - SET_BACK_MS) {
    ctx.log.warn('clock set back', { ms: s.seenAt - now });
    s.anew = 'all';
    if (s.block && s.block.reason !== 'account') s.block = null;
    s.brakes.clear();
    s.spend.clear();
    s.today = null;
    s.sales = null;
    s.resendAt = 0 as UtcMs;
  }
  s.seenAt = now;
}

/** Sends everything that may leave without waiting for pace, hours or answers to come; then waits for the answers. For tests and the CLI. */
export async function drainOnce(ctx: Ctx): Promise<{ started: number; again: UtcMs | null }> {
  const s = senderState(ctx);
  let started = 0;
  for (;;) {
    const step = await drainStep(ctx);
    started += step.started;
    if (step.again !== null && step.again <= ctx.clock.now()) continue;
    if (s.inFlight.size === 0) {
      writeOrKeep(ctx, s);
      return { started, again: step.again };
    }
    await Promise.race(s.inFlight);
  }
}
