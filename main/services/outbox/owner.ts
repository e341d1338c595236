import { outboxById } from '@db/queries/outbox';
import { move } from '@db/queries/outbox-sender';
import { AppError } from '@domain/errors';
import { MINUTE, type OutboxId, type UtcMs } from '@domain/kernel';
import { advance } from '@domain/outbox/state';
import { isAccountLevel } from '@domain/outbox/twilio-errors';
import type { Ctx } from '../ctx';
import { lookFor } from './reconcile';
import { announce, wakeSender } from './sender-state';
import { isCancelled } from './settle';

/** A campaign's text re-sent after its campaign ended gets this long; the window and caps still decide when. */
const RESEND_WITHIN_MS = 3 * 24 * 60 * MINUTE;

/** True for texts that were refused only because of the account: nothing was created, so trying again cannot make two. */
const refusedByAccount = (row: { state: string; errorCode: number | null }): boolean =>
  row.state === 'rejected' && row.errorCode !== null && isAccountLevel(row.errorCode);

/**
 * Puts texts back in the queue on the owner's click: "not confirmed" ones (they accept that somebody may get it twice) and those
 * refused because of the account. Uncertain ones are looked for a last time first: what is found is not sent again. Everything is
 * judged again before it leaves. Throws AppError('sms.…') when the carrier cannot be asked.
 */
export async function resendUncertain(ctx: Ctx, ids: readonly OutboxId[]): Promise<{ queued: number; found: number }> {
  const rows = ids.map((id) => {
    const row = outboxById(ctx.db, id);
    if (!row) throw new AppError('outbox.not-found');
    const decided = row.state === 'uncertain' && row.reconcileAt === null;
    if (!decided && !refusedByAccount(row)) throw new AppError('outbox.not-uncertain');
    // Nobody looks at a cancelled campaign's queue again: the text would wait for ever.
    if (isCancelled(ctx, row)) throw new AppError('campaign.bad-state', { state: 'cancelled', action: 'resend' });
    return row;
  });
  let found = 0;
  let queued = 0;
  for (const row of rows) {
    if (row.state === 'uncertain' && (await lookFor(ctx, await ctx.gateway(), row))) {
      found++;
      continue;
    }
    // While the carrier was asked its campaign may have been cancelled, or another click have queued it already.
    const still = outboxById(ctx.db, row.id);
    if (still?.state !== row.state || still.attempts !== row.attempts || isCancelled(ctx, still)) continue;
    const to = advance(row.state, { do: 'resend' });
    if (to === null) continue;
    const now = ctx.clock.now();
    const change = {
      reason: 'resend',
      retryAt: null,
      reconcileStep: 0,
      reconcileAt: null,
      finalAt: null,
      errorCode: null,
      expiresAt: (now + RESEND_WITHIN_MS) as UtcMs,
    };
    if (ctx.db.tx((trx) => move(trx, row.id, row.state, to, change, now))) queued++;
  }
  if (queued > 0) wakeSender(ctx);
  announce(ctx);
  return { queued, found };
}

/** The owner leaves uncertain texts as they are: they count as sent and are not looked for any more. Returns how many. */
export function giveUpUncertain(ctx: Ctx, ids: readonly OutboxId[]): number {
  const now = ctx.clock.now();
  const n = ctx.db.tx((trx) => {
    let closed = 0;
    for (const id of ids) {
      const row = outboxById(trx, id);
      if (!row) throw new AppError('outbox.not-found');
      if (row.state !== 'uncertain') throw new AppError('outbox.not-uncertain');
      if (move(trx, id, 'uncertain', 'uncertain', { reason: 'given-up', reconcileAt: null, finalAt: now }, now)) closed++;
    }
    return closed;
  });
  announce(ctx);
  return n;
}
