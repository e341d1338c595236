import type { Trx } from '@db/open';
import type { OutboxRow } from '@db/queries/outbox';
import { campaignState } from '@db/queries/outbox-results';
import { type Change, finishAttempt, move } from '@db/queries/outbox-sender';
import type { CampaignId, UtcMs } from '@domain/kernel';
import { backoffMs } from '@domain/outbox/backoff';
import { nextReset } from '@domain/outbox/daily-cap';
import { afterGood, afterTooMany } from '@domain/outbox/pacing';
import { OVERFLOW_PAUSE_MS, refusedForNow, refusesTime, tooFast } from '@domain/outbox/resend';
import { advance, type CarrierState } from '@domain/outbox/state';
import type { CarrierMessage } from '@ports/sms-gateway';
import { journalSent } from '../backups/sent-journal';
import type { Ctx } from '../ctx';
import { afterError } from './consequences';
import { dayUsedUp } from './daily-cap';
import { notHeld, takenAs, timeRefused } from './held-report';
import { overflowed } from './pace';
import { type Answer, announce, random, type SenderState, wake } from './sender-state';

/** First look for a text without an ending on its own, after the lists had their chance. */
const STRAGGLER_MS = 30 * 60_000;

/** What a carrier's message tells about our row, as columns. `now` only dates what the carrier does not date. */
export function told(m: CarrierMessage, state: CarrierState, now: UtcMs): Change {
  const ended = state === 'delivered' || state === 'undelivered' || state === 'failed';
  return {
    ...(m.from === null ? {} : { sender: m.from }),
    ...(m.segments > 0 ? { carrierSegments: m.segments } : {}),
    ...(m.price === null ? {} : { price: m.price, priceCurrency: m.priceCurrency }),
    errorCode: m.errorCode,
    ...(ended
      ? { finalAt: m.updatedAt, reconcileAt: null }
      : { reconcileAt: state === 'scheduled' ? null : ((now + STRAGGLER_MS) as UtcMs), reconcileStep: 0 }),
  };
}

/**
 * Writes what became of one POST (rules.md §4). The row was claimed by us; if it is no longer `sending` somebody else settled it and
 * nothing is written. Only writes: what follows for the sender's pace is `afterAnswer`, once this is safely in the file.
 */
export function writeAnswer(ctx: Ctx, trx: Trx, { row, attemptId, startedAt, outcome }: Answer): void {
  const now = ctx.clock.now();
  switch (outcome.kind) {
    case 'accepted': {
      const m = outcome.message;
      const as = takenAs(row, m);
      const to = advance('sending', { do: 'accept', as });
      const change = { ...told(m, as, now), sid: m.sid, leftAt: as === 'scheduled' ? null : startedAt, reason: null };
      // Taken for cut off before its answer could be written (a full disk): its message is kept in the attempt, nobody else could adopt it.
      if (to) move(trx, row.id, 'sending', to, change, now) || move(trx, row.id, 'uncertain', to, change, now);
      finishAttempt(trx, attemptId, { outcome: 'accepted', httpStatus: 201, errorCode: m.errorCode, sid: m.sid, now });
      return;
    }
    case 'rejected': {
      finishAttempt(trx, attemptId, { outcome: 'rejected', httpStatus: outcome.httpStatus, errorCode: outcome.code, sid: null, now });
      const why = refusedForNow(outcome.code);
      if (row.sendAt !== null && refusesTime(outcome.code)) putBack(ctx, trx, { ...row, sendAt: null }, null, null, now);
      else if (why === null) move(trx, row.id, 'sending', 'rejected', { errorCode: outcome.code, finalAt: now, reason: null }, now);
      else putBack(ctx, trx, row, why === 'reset' ? 'daily-cap' : 'rate-limited', retryAfter(why, now), now);
      return;
    }
    case 'not-sent':
      finishAttempt(trx, attemptId, {
        outcome: 'not-sent',
        httpStatus: outcome.why === 'rate-limited' ? 429 : null,
        errorCode: null,
        sid: null,
        now,
      });
      putBack(ctx, trx, row, outcome.why, null, now);
      return;
    case 'uncertain':
      move(
        trx,
        row.id,
        'sending',
        'uncertain',
        { reason: outcome.why, leftAt: leavesLater(row, startedAt) ? null : startedAt, reconcileStep: 0, reconcileAt: now },
        now,
      );
      finishAttempt(trx, attemptId, { outcome: 'uncertain', httpStatus: outcome.httpStatus, errorCode: null, sid: null, now });
      return;
  }
}

/** Posted to be held by the carrier: wherever it is, it has not left yet. */
const leavesLater = (row: OutboxRow, startedAt: UtcMs): boolean => row.sendAt !== null && row.sendAt > startedAt;

const retryAfter = (why: 'slower' | 'reset', now: UtcMs): UtcMs =>
  why === 'reset' ? nextReset(now) : ((now + OVERFLOW_PAUSE_MS) as UtcMs);

/** Nothing was created: it waits again. A campaign cancelled meanwhile has nothing waiting any more: nobody would ever look at the row. */
function putBack(ctx: Ctx, trx: Trx, row: OutboxRow, reason: string | null, retryAt: UtcMs | null, now: UtcMs): void {
  if (isCancelled(ctx, row)) move(trx, row.id, 'sending', 'cancelled', { reason: 'cancelled', sender: null, finalAt: now }, now);
  else move(trx, row.id, 'sending', 'waiting', { reason, sender: null, retryAt, sendAt: row.sendAt }, now);
}

/** What an answer means for everything else: pace, pauses, the number, the account. Call it when the answer is in the file. */
export function afterAnswer(ctx: Ctx, s: SenderState, { row, startedAt, outcome }: Answer): void {
  switch (outcome.kind) {
    case 'accepted':
      s.streak = 0;
      s.parallel = afterGood(s.parallel);
      notHeld(ctx, row, outcome.message);
      journalSent(ctx, {
        cause: { kind: row.causeKind, id: row.causeId },
        to: row.address,
        at: startedAt,
        messageClass: row.messageClass,
        sid: outcome.message.sid,
        segments: row.segments,
        quotedPrice: row.quotedPrice,
        code: row.code,
        customerId: row.customerId,
        sendAt: takenAs(row, outcome.message) === 'scheduled' ? row.sendAt : null,
      });
      break;
    case 'rejected':
      s.streak = 0;
      if (row.sendAt !== null && refusesTime(outcome.code)) {
        timeRefused(ctx, row);
        break;
      }
      if (tooFast(outcome.code)) overflowed(ctx, s, row);
      if (refusedForNow(outcome.code) === 'slower') slowDown(ctx, s, 'carrier-busy', OVERFLOW_PAUSE_MS);
      else if (refusedForNow(outcome.code) === 'reset') dayUsedUp(ctx, s, outcome.code);
      else afterError(ctx, s, row, outcome.code);
      break;
    case 'not-sent':
      s.parallel = afterTooMany(s.parallel, startedAt, ctx.clock.now());
      slowDown(ctx, s, outcome.why === 'rate-limited' ? 'carrier-busy' : 'unreachable', outcome.retryAfterMs);
      break;
    case 'uncertain':
      // Something is wrong on the way: find out what became of it before piling up more of the same.
      s.parallel = afterTooMany(s.parallel, startedAt, ctx.clock.now());
      slowDown(ctx, s, 'unreachable', null);
      wake(s); // the other half looks for it
      break;
  }
  if (s.brakes.size > 0 && row.causeKind === 'campaign') for (const b of s.brakes.values()) b.fresh = false;
  announce(ctx);
}

/** The text belongs to a campaign the owner cancelled. */
export const isCancelled = (ctx: Ctx, row: OutboxRow): boolean =>
  row.causeKind === 'campaign' && campaignState(ctx.db, Number(row.causeId) as CampaignId)?.state === 'cancelled';

/** Everything waits a little. Several answers of one bad moment count as one failure; the carrier's own wish is always kept. */
function slowDown(ctx: Ctx, s: SenderState, reason: 'carrier-busy' | 'unreachable', retryAfterMs: number | null): void {
  const now = ctx.clock.now();
  if (s.block && s.block.until > now) {
    s.block = { ...s.block, until: Math.max(s.block.until, now + (retryAfterMs ?? 0)) as UtcMs };
    return;
  }
  s.block = { reason, until: (now + backoffMs(s.streak, random(ctx), retryAfterMs)) as UtcMs, code: null };
  s.streak++;
}
