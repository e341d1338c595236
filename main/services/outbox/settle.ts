import type { OutboxRow } from '@db/queries/outbox';
import { campaignState } from '@db/queries/outbox-results';
import { type Change, finishAttempt, move } from '@db/queries/outbox-sender';
import type { CampaignId, UtcMs } from '@domain/kernel';
import { backoffMs } from '@domain/outbox/backoff';
import { afterGood, afterTooMany } from '@domain/outbox/pacing';
import { advance, type CarrierState, carrierState } from '@domain/outbox/state';
import type { CarrierMessage, SendOutcome } from '@ports/sms-gateway';
import type { Ctx } from '../ctx';
import { afterError } from './consequences';
import { announce, random, type SenderState } from './sender-state';

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
    ...(ended ? { finalAt: m.updatedAt, reconcileAt: null } : { reconcileAt: (now + STRAGGLER_MS) as UtcMs, reconcileStep: 0 }),
  };
}

/**
 * Writes what became of one POST (rules.md §4) and draws the consequences for the sender's pace. The row was claimed by us; if it
 * is no longer `sending` somebody else settled it and nothing is written.
 */
export function settle(ctx: Ctx, s: SenderState, row: OutboxRow, attemptId: number, startedAt: UtcMs, outcome: SendOutcome): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    switch (outcome.kind) {
      case 'accepted': {
        const m = outcome.message;
        const as = carrierState(m.status) ?? 'accepted';
        const to = advance('sending', { do: 'accept', as });
        if (to) move(trx, row.id, 'sending', to, { ...told(m, as, now), sid: m.sid, leftAt: startedAt, reason: null }, now);
        finishAttempt(trx, attemptId, { outcome: 'accepted', httpStatus: 201, errorCode: m.errorCode, sid: m.sid, now });
        return;
      }
      case 'rejected':
        move(trx, row.id, 'sending', 'rejected', { errorCode: outcome.code, finalAt: now, reason: null }, now);
        finishAttempt(trx, attemptId, { outcome: 'rejected', httpStatus: outcome.httpStatus, errorCode: outcome.code, sid: null, now });
        return;
      case 'not-sent':
        // A campaign cancelled while this was in the air has nothing waiting any more: nobody would ever look at the row again.
        if (isCancelled(ctx, row)) move(trx, row.id, 'sending', 'cancelled', { reason: 'cancelled', sender: null, finalAt: now }, now);
        else move(trx, row.id, 'sending', 'waiting', { reason: outcome.why, sender: null }, now);
        finishAttempt(trx, attemptId, {
          outcome: 'not-sent',
          httpStatus: outcome.why === 'rate-limited' ? 429 : null,
          errorCode: null,
          sid: null,
          now,
        });
        return;
      case 'uncertain':
        move(trx, row.id, 'sending', 'uncertain', { reason: outcome.why, leftAt: startedAt, reconcileStep: 0, reconcileAt: now }, now);
        finishAttempt(trx, attemptId, { outcome: 'uncertain', httpStatus: outcome.httpStatus, errorCode: null, sid: null, now });
        return;
    }
  });
  switch (outcome.kind) {
    case 'accepted':
      s.streak = 0;
      s.parallel = afterGood(s.parallel);
      break;
    case 'rejected':
      s.streak = 0;
      afterError(ctx, s, row, outcome.code);
      break;
    case 'not-sent':
      s.parallel = afterTooMany(s.parallel);
      slowDown(ctx, s, outcome.why === 'rate-limited' ? 'carrier-busy' : 'unreachable', outcome.retryAfterMs);
      break;
    case 'uncertain':
      // Something is wrong on the way: find out what became of it before piling up more of the same.
      s.parallel = afterTooMany(s.parallel);
      slowDown(ctx, s, 'unreachable', null);
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
