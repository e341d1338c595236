import type { OutboxRow } from '@db/queries/outbox';
import { campaignsWithWaiting, claim, dueOfCampaign, duePersonal, move, nextDue, undefer } from '@db/queries/outbox-sender';
import { readMeta } from '@db/queries/settings';
import { GATE } from '@domain/consent/gate';
import { AppError, isDiskFull } from '@domain/errors';
import { type CampaignId, MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { pace, refill, take, WINDOW, waitMs } from '@domain/outbox/pacing';
import { validitySeconds } from '@domain/outbox/state';
import type { Sender, SendOutcome, SmsGateway } from '@ports/sms-gateway';
import { type FreshReplies, freshReplies } from '@services/inbox/sync';
import type { Ctx } from '../ctx';
import { noteReading } from '../desktop/clock';
import { brakeOf, pauseCampaign } from './brake';
import { type Halt, haltOf, leavesDespite } from './halt';
import { mayLeave } from './may-leave';

import { announce, type BlockReason, type SenderState, senderState, wake } from './sender-state';
import { settle } from './settle';
import { affords } from './spend';

/** Replies are read again before texts leave when the last reading is older than this. */
const READ_REPLIES_EVERY_MS = MINUTE;
/** Rows judged in one transaction: well under 10 ms. */
const JUDGED_AT_ONCE = 40;
const NEVER_AGAIN_BEFORE_MS = 10 * MINUTE;

export interface Step {
  /** POSTs started. */
  started: number;
  /** When it is worth looking again; null = only when something new happens. */
  again: UtcMs | null;
}

interface Claimed {
  row: OutboxRow;
  attemptId: number;
  validity: number;
}

const senderName = (s: Sender) => (s.kind === 'number' ? s.number : s.sid);
const epochOf = (ctx: Ctx) => Number(readMeta(ctx.db, 'epoch') ?? 1);

function blocked(ctx: Ctx, s: SenderState, reason: BlockReason, ms: number): Step {
  const until = (ctx.clock.now() + ms) as UtcMs;
  if (s.block?.reason !== reason) announce(ctx);
  s.block = { reason, until, code: null };
  return { started: 0, again: until };
}

/** Texts put off because of hours, limit or approval are judged anew when the owner changed those settings. */
function judgeAnewIfChanged(ctx: Ctx, s: SenderState): void {
  const { texting, courtesy, shop } = ctx.settings();
  const key = JSON.stringify([courtesy, texting.senderApproved, texting.mode, texting.monthlyLimit, shop.zone]);
  if (key === s.judgedBy) return;
  if (s.judgedBy !== '') {
    ctx.db.tx((trx) => undefer(trx, ['quiet-hours', 'sender-not-approved', 'spend-limit', 'confirmation-first']));
    s.spend = null;
  }
  s.judgedBy = key;
}

/** A cheap look: while a campaign is under way its next row is found at once, however many wait. */
const anythingDue = (ctx: Ctx, now: UtcMs): boolean =>
  duePersonal(ctx.db, now, 1).length > 0 || campaignsWithWaiting(ctx.db).some((c) => dueOfCampaign(ctx.db, c.id, false, now, 1).length > 0);

/**
 * Starts as many texts as may leave at this instant. Before anything leaves, unread replies are fetched and classified; each text is
 * judged again by consent, hold, caps, hours, campaign, limit and brake, and is committed as `sending` before its POST begins.
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
  for (let write = s.unwritten[0]; write; write = s.unwritten[0]) {
    write();
    s.unwritten.shift();
  }
  judgeAnewIfChanged(ctx, s);
  const now = ctx.clock.now();
  if (!anythingDue(ctx, now)) return { started: 0, again: nextDue(ctx.db) };
  if (haltOf(ctx) === 'asleep') return { started: 0, again: null };
  if (s.block && s.block.until > now) return { started: 0, again: s.block.until };

  const { texting } = ctx.settings();
  const rate = pace(texting.segmentsPerSecond);
  s.bucket = refill(s.bucket, now, rate);
  if (Math.min(s.parallel.allowed, WINDOW) - s.inFlight.size <= 0) return { started: 0, again: null }; // an answer wakes us
  const early = waitMs(s.bucket, 1, rate);
  if (early > 0) return { started: 0, again: (now + early) as UtcMs };

  if (texting.sender === null) return blocked(ctx, s, 'not-connected', 5 * MINUTE);
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
  s.block = null;
  noteReading(ctx, gateway);

  const sender = texting.sender;
  const { claimed, judged, again } = chooseAndClaim(ctx, s, sender, fresh, haltOf(ctx));
  for (const c of claimed) {
    const running = post(ctx, s, gateway, sender, c).finally(() => {
      s.inFlight.delete(running);
      wake(s);
    });
    s.inFlight.add(running);
  }
  if (claimed.length > 0 || judged > 0) announce(ctx);
  return { started: claimed.length, again: claimed.length > 0 || judged > 0 ? ctx.clock.now() : again };
}

/**
 * Judges candidates in order and claims those that may leave, in one transaction of at most 8 claims. Cannot be called without proof
 * that replies were read; each text asks again whether the proof still holds.
 */
function chooseAndClaim(
  ctx: Ctx,
  s: SenderState,
  sender: Sender,
  fresh: FreshReplies,
  halt: Halt | null,
): { claimed: Claimed[]; judged: number; again: UtcMs | null } {
  const epoch = epochOf(ctx);
  const slots = () => Math.min(s.parallel.allowed, WINDOW) - s.inFlight.size - claimed.length;
  const claimed: Claimed[] = [];
  let judged = 0;
  let again: UtcMs | null = null;
  const soonest = (at: UtcMs | null) => {
    if (at !== null && (again === null || at < again)) again = at;
  };

  // A first text that does not leave after all is replaced by another.
  const notLeaving = (row: OutboxRow) => {
    if (row.brakeRank !== null) s.brakes.delete(Number(row.causeId) as CampaignId);
    judged++;
  };

  /** False: stop looking in this lane (no slot, no tokens, or the lane was paused). */
  const consider = (row: OutboxRow, costFactor: number): boolean => {
    const now = ctx.clock.now();
    const { texting } = ctx.settings();
    const rate = pace(texting.segmentsPerSecond);
    if (slots() <= 0) return false;
    const verdict = mayLeave(ctx, row, now, fresh);
    if (verdict.kind === 'skip') {
      ctx.db.tx((trx) => move(trx, row.id, 'waiting', 'skipped', { reason: verdict.reason, finalAt: now, retryAt: null }, now));
      notLeaving(row);
      return true;
    }
    if (verdict.kind === 'wait') {
      const retryAt = (verdict.until ?? now + NEVER_AGAIN_BEFORE_MS) as UtcMs;
      ctx.db.tx((trx) => move(trx, row.id, 'waiting', 'waiting', { reason: verdict.reason, retryAt }, now));
      notLeaving(row);
      return true;
    }
    const bucket = take(s.bucket, row.segments * costFactor, rate);
    if (bucket === null) {
      soonest((now + waitMs(s.bucket, row.segments * costFactor, rate)) as UtcMs);
      return false;
    }
    if (GATE[row.messageClass].spendLimit && !affords(ctx, s, row.quotedPrice ?? row.segments * texting.pricePerSegment)) {
      if (row.causeKind === 'campaign') {
        pauseCampaign(ctx, Number(row.causeId) as CampaignId, 'spend-limit');
        return false;
      }
      ctx.db.tx((trx) => move(trx, row.id, 'waiting', 'waiting', { reason: 'spend-limit', retryAt: (now + 60 * MINUTE) as UtcMs }, now));
      judged++;
      return true;
    }
    const validity = validitySeconds(now, verdict.closesAt);
    const attemptId = validity === null ? null : ctx.db.tx((trx) => claim(trx, row, { epoch, sender: senderName(sender), now }));
    if (validity === null || attemptId === null) return true; // closing this second, or somebody cancelled it
    s.bucket = bucket;
    claimed.push({ row, attemptId, validity });
    return true;
  };

  ctx.db.tx(() => {
    const now = ctx.clock.now();
    for (const row of duePersonal(ctx.db, now, JUDGED_AT_ONCE)) {
      if ((halt === null || leavesDespite(halt, row)) && !consider(row, 1)) return;
    }
    if (halt !== null) return;
    for (const c of campaignsWithWaiting(ctx.db)) {
      if (slots() <= 0) return;
      const b = c.state === 'finished' ? ({ kind: 'go', pace: 'full' } as const) : brakeOf(ctx, s, c.id);
      if (b.kind === 'stop') continue;
      if (b.kind === 'wait') {
        soonest(b.until);
        continue;
      }
      const rows = dueOfCampaign(ctx.db, c.id, b.kind === 'first', now, JUDGED_AT_ONCE);
      for (const row of rows) if (!consider(row, b.kind === 'go' && b.pace === 'half' ? 2 : 1)) break;
    }
  });
  return { claimed, judged, again };
}

/** One POST, once. Whatever happens in here the row ends in a state that says what we know. */
async function post(ctx: Ctx, s: SenderState, gateway: SmsGateway, sender: Sender, c: Claimed): Promise<void> {
  const startedAt = ctx.clock.now();
  let outcome: SendOutcome;
  try {
    outcome = await gateway.send({ to: c.row.address, sender, body: c.row.body, validitySeconds: c.validity });
  } catch (error) {
    ctx.log.error('send', error);
    outcome = { kind: 'uncertain', why: 'broken-answer', httpStatus: null };
  }
  try {
    settle(ctx, s, c.row, c.attemptId, startedAt, outcome);
  } catch (error) {
    // The row stays `sending` until the answer is written: by the next look, or after a restart from the carrier's list.
    ctx.log.error('settle', error);
    s.unwritten.push(() => settle(ctx, s, c.row, c.attemptId, startedAt, outcome));
  }
}

/** Sends everything that may leave without waiting for pace, hours or answers to come; then waits for the answers. For tests and the CLI. */
export async function drainOnce(ctx: Ctx): Promise<{ started: number; again: UtcMs | null }> {
  const s = senderState(ctx);
  let started = 0;
  for (;;) {
    const step = await drainStep(ctx);
    started += step.started;
    if (step.again !== null && step.again <= ctx.clock.now()) continue;
    if (s.inFlight.size === 0) return { started, again: step.again };
    await Promise.race(s.inFlight);
  }
}
