import { accountTrouble, failedToLookAt, retryFailed } from '@db/queries/outbox-resend';
import { HOUR, MINUTE, type UtcMs } from '@domain/kernel';
import { MOST_RESENDS, RESENT_CODES, resendAt } from '@domain/outbox/resend';
import { advance } from '@domain/outbox/state';
import type { Ctx } from '../ctx';
import { announce, senderState, wakeSending } from './sender-state';

/** Failures are looked through this often; none of the pauses in the table is shorter. */
const LOOK_EVERY_MS = MINUTE;
/** What failed longer ago is over: the longest pause in the table is a day. */
const LOOKED_AT_MS = 30 * HOUR;
const AT_ONCE = 200;

/**
 * Puts texts back in the queue that failed at the carrier for a reason that means they never left (domain/outbox/resend.ts decides which
 * and when). The same row, one more attempt; the message that failed stays in the journal of attempts. Everything is judged again before
 * it leaves. Returns when to look again; null = nothing failed lately.
 */
export function resendFailed(ctx: Ctx): UtcMs | null {
  const s = senderState(ctx);
  const now = ctx.clock.now();
  if (s.resendAt > now && s.resendAt - now <= LOOK_EVERY_MS) return s.resendAt;
  s.resendAt = (now + LOOK_EVERY_MS) as UtcMs;
  const failed = failedToLookAt(ctx.db, { since: (now - LOOKED_AT_MS) as UtcMs, codes: RESENT_CODES, most: MOST_RESENDS, limit: AT_ONCE });
  if (failed.length === 0) return null;
  const accountBlocked = s.block?.reason === 'account' || accountTrouble(ctx.db);
  let queued = 0;
  for (const { row, accepted, causeOpen } of failed) {
    const at = resendAt({ ...row, accepted, causeOpen, accountBlocked }, now);
    const to = advance(row.state, { do: 'retry' });
    if (at === null || to === null) continue;
    if (ctx.db.tx((trx) => retryFailed(trx, row, at, now))) queued++;
  }
  if (queued > 0) {
    ctx.log.info('failed texts again', { count: queued });
    announce(ctx);
    wakeSending(s);
  }
  return s.resendAt;
}
