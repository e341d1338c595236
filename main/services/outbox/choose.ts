import type { OutboxRow } from '@db/queries/outbox';
import { dueOfCampaign, duePersonal, OWED_ANSWERS, type WaitingCampaign } from '@db/queries/outbox-due';
import { claim, move } from '@db/queries/outbox-sender';
import { GATE } from '@domain/consent/gate';
import { type CampaignId, HOUR, MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { take, WINDOW, waitMs } from '@domain/outbox/pacing';
import { validitySeconds } from '@domain/outbox/state';
import type { Sender } from '@ports/sms-gateway';
import type { FreshReplies } from '@services/inbox/sync';
import type { Ctx } from '../ctx';
import { brakeOf, pauseCampaign } from './brake';
import { countToday, waitsForReset } from './daily-cap';
import { countShare, shareUsedUp } from './daily-share';
import { type Halt, leavesDespite } from './halt';
import { mayLeave } from './may-leave';
import { paceOf, rateOf, senderName } from './pace';
import type { Claimed } from './post';
import type { SenderState } from './sender-state';
import { affords } from './spend';

/** Rows judged in one transaction: well under 10 ms. */
const JUDGED_AT_ONCE = 40;
/** Read a few more than there are slots: some will turn out not to leave. */
const SPARE = 4;
/** A text that waits for something that has no time of its own is judged again after this. */
const JUDGED_AGAIN_MS = 10 * MINUTE;

/** Everything one round of choosing knows; nothing in it can change meanwhile, for a round is one transaction without a pause. */
export interface Round {
  ctx: Ctx;
  s: SenderState;
  sender: Sender;
  fresh: FreshReplies;
  /** What holds nearly everything: a pause of all, a clock that is wrong. */
  halt: Halt | null;
  epoch: number;
  /** How far the carrier's clock is ahead of ours, ms. */
  clockOffset: number;
  campaigns: readonly WaitingCampaign[];
}

export interface Chosen {
  claimed: Claimed[];
  /** Texts that were put off or left out. */
  judged: number;
  /** When what was looked at may leave; null = the queue itself tells. */
  again: UtcMs | null;
}

/** Slots for POSTs that are free. */
export const freeSlots = (s: SenderState): number => Math.min(s.parallel.allowed, WINDOW) - s.inFlight.size;

/**
 * Judges candidates in order of urgency and claims those that may leave: at most eight, in the transaction this is called in. First what
 * customers caused (answers to STOP and HELP, questions, confirmations, replies), then service texts, then automations, then campaigns,
 * the oldest first: while anything more urgent is due and cannot leave for lack of pace, nothing less urgent does. Cannot be called
 * without proof that replies were read; each text asks again whether the proof still holds.
 */
export function chooseAndClaim(r: Round): Chosen {
  const chosen: Chosen = { claimed: [], judged: 0, again: null };
  // Settings cannot change in here, and are read for every text many times.
  const settings = r.ctx.settings();
  const ctx: Ctx = Object.create(r.ctx, { settings: { value: () => settings } });
  const inLane = makeLane({ ...r, ctx }, chosen);

  if (!inLane((n) => duePersonal(ctx.db, ctx.clock.now(), n, r.halt === null ? null : OWED_ANSWERS), 1)) return chosen;
  if (r.halt !== null) return chosen;
  for (const c of r.campaigns) {
    if (freeSlots(r.s) <= chosen.claimed.length || chosen.judged >= JUDGED_AT_ONCE) return chosen;
    // Finished ones have only texts that are sent again: they passed the brake in their time.
    const brake = c.state === 'finished' ? ({ kind: 'go', pace: 'full' } as const) : brakeOf(ctx, r.s, c.id);
    if (brake.kind === 'stop') continue;
    if (brake.kind === 'wait') {
      chosen.again = sooner(chosen.again, brake.until);
      continue;
    }
    const half = brake.kind === 'go' && brake.pace === 'half';
    if (!inLane((n) => dueOfCampaign(ctx.db, c.id, brake.kind === 'first', ctx.clock.now(), n), half ? 2 : 1)) return chosen;
  }
  return chosen;
}

const sooner = (a: UtcMs | null, b: UtcMs): UtcMs => (a === null || b < a ? b : a);

/** Walks through one lane. False: nothing less urgent may be looked at either, for pace or slots are used up. */
function makeLane(r: Round, chosen: Chosen) {
  const slots = () => freeSlots(r.s) - chosen.claimed.length;
  return (due: (limit: number) => OutboxRow[], costFactor: number): boolean => {
    while (chosen.judged < JUDGED_AT_ONCE) {
      const limit = Math.min(slots() + SPARE, JUDGED_AT_ONCE);
      const rows = due(limit);
      const before = chosen.judged;
      for (const row of rows) {
        if (slots() <= 0) return false;
        if (r.halt !== null && !leavesDespite(r.halt, row)) return false;
        const next = consider(r, chosen, row, costFactor);
        if (next !== 'next') return next === 'next-lane';
      }
      // Those that were claimed or put off are no longer due: look for others in their place.
      if (rows.length < limit || chosen.judged === before) return true;
    }
    return false;
  };
}

/**
 * One text: may it leave by the rules, does it fit into the pace, the day and the month? In this order, for a text that must not leave at
 * all is never kept waiting for a cap, and nothing is counted for one that does not leave.
 */
function consider(r: Round, chosen: Chosen, row: OutboxRow, costFactor: number): 'next' | 'next-lane' | 'stop' {
  const { ctx, s } = r;
  const now = ctx.clock.now();
  const { texting } = ctx.settings();

  // 1. Consent, hold, caps, hours, the person, the sales: asked anew at this very moment.
  const verdict = mayLeave(ctx, row, now, r.fresh);
  if (verdict.kind === 'skip') return notLeaving(r, chosen, row, 'skipped', verdict.reason, null);
  if (verdict.kind === 'wait') {
    return notLeaving(r, chosen, row, 'waiting', verdict.reason, verdict.until ?? ((now + JUDGED_AGAIN_MS) as UtcMs));
  }

  // 2. The carriers' day. A campaign waits as a whole: nothing is written for a hundred thousand texts.
  const reset = waitsForReset(ctx, s, row, now);
  if (reset !== null) {
    if (row.causeKind !== 'campaign') return notLeaving(r, chosen, row, 'waiting', 'daily-cap', reset);
    chosen.again = sooner(chosen.again, reset);
    return 'next-lane';
  }

  // A campaign spread over days: its share of this day has left.
  const full = row.causeKind === 'campaign' ? shareUsedUp(ctx, s, Number(row.causeId) as CampaignId, now) : null;
  if (full !== null) {
    chosen.again = sooner(chosen.again, full);
    return 'next-lane';
  }

  // 3. Pace of the sender, in segments. Whoever comes later in the order does not overtake.
  const rate = rateOf(s, senderName(r.sender), texting.segmentsPerSecond, now);
  const pace = paceOf(s, senderName(r.sender), rate, now);
  const bucket = take(pace.bucket, row.segments * costFactor, rate);
  if (bucket === null) {
    chosen.again = sooner(chosen.again, (now + waitMs(pace.bucket, row.segments * costFactor, rate)) as UtcMs);
    return 'stop';
  }

  // 4. The carrier must not keep it beyond closing time: with too little left to try, it is judged again after that.
  const validity = validitySeconds(now, verdict.closesAt);
  if (validity === null) {
    return notLeaving(r, chosen, row, 'waiting', row.reason ?? '', Math.max(verdict.closesAt ?? now, now + SECOND) as UtcMs);
  }

  // 5. The month's money. Last, for it is counted when it fits.
  if (GATE[row.messageClass].spendLimit && !affords(ctx, s, row.quotedPrice ?? row.segments * texting.pricePerSegment)) {
    if (row.causeKind !== 'campaign') return notLeaving(r, chosen, row, 'waiting', 'spend-limit', (now + HOUR) as UtcMs);
    pauseCampaign(ctx, Number(row.causeId) as CampaignId, 'spend-limit');
    return 'next-lane';
  }

  const attempt = { epoch: r.epoch, sender: senderName(r.sender), now, offset: r.clockOffset };
  const attemptId = ctx.db.tx((trx) => claim(trx, row, attempt));
  if (attemptId === null) return 'next'; // somebody cancelled it
  pace.bucket = bucket;
  countToday(s, row.segments);
  if (row.causeKind === 'campaign') countShare(s, Number(row.causeId) as CampaignId);
  chosen.claimed.push({ row, attemptId, validity });
  return 'next';
}

/** Put off or left out. A first text that does not leave after all is replaced by another. */
function notLeaving(r: Round, chosen: Chosen, row: OutboxRow, to: 'waiting' | 'skipped', reason: string, retryAt: UtcMs | null): 'next' {
  const { ctx, s } = r;
  const now = ctx.clock.now();
  const change = { reason: reason === '' ? null : reason, retryAt, ...(to === 'skipped' ? { finalAt: now } : {}) };
  ctx.db.tx((trx) => move(trx, row.id, 'waiting', to, change, now));
  if (row.brakeRank !== null) s.brakes.delete(Number(row.causeId) as CampaignId);
  chosen.judged++;
  return 'next';
}
