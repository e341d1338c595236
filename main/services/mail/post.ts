import type { Trx } from '@db/open';
import { cancelMailsTo, finishMailAttempt, type MailRow, moveMail } from '@db/queries/mail';
import { cameBackInARow, mailEndings, markAddress } from '@db/queries/mail-problems';
import { campaignState } from '@db/queries/outbox-results';
import type { CampaignId, UtcMs } from '@domain/kernel';
import { HOUR, MINUTE } from '@domain/kernel';
import { brakesOn } from '@domain/mail/brake';
import { SOFT_BOUNCES } from '@domain/mail/verdict';
import { backoffMs } from '@domain/outbox/backoff';
import type { Mailer, MailOutcome } from '@ports/mailer';
import type { Ctx } from '../ctx';
import { pauseCampaign } from '../outbox/brake';
import { random } from '../outbox/sender-state';
import { composed } from './compose';
import type { MailState } from './state';

/** A mail committed as `sending`: the only thing that may be handed over. */
export interface ClaimedMail {
  row: MailRow;
  attemptId: number;
}

/** Somebody has to do something first; looked at again so often, or when the settings are saved. */
const NEEDS_OWNER_MS = 30 * MINUTE;
/** A post office that is busy with one mail (greylisting) takes it later. */
const LATER_MS = 10 * MINUTE;
/** So many in a row, and it is not about one mail. */
const BUSY_IN_A_ROW = 3;

/**
 * Hands one claimed mail over, once, and writes what became of it. That it is about to leave stands in the journal before: a restored
 * copy never sends it again, even if the answer was never written down.
 */
export async function handOver(ctx: Ctx, s: MailState, mailer: Mailer, c: ClaimedMail): Promise<MailOutcome> {
  const { row } = c;
  const startedAt = ctx.clock.now();
  const words = composed(ctx, row);
  const fact = {
    cause: { kind: row.causeKind, id: row.causeId },
    to: row.address,
    at: startedAt,
    messageClass: row.messageClass,
    messageId: row.messageId,
    token: row.token,
    code: row.code,
    customerId: row.customerId,
  };
  ctx.journal.append([{ kind: 'mails', at: startedAt, row: fact }]);
  let outcome: MailOutcome;
  try {
    outcome = await mailer.deliver(words);
  } catch (error) {
    ctx.log.error('mail', error);
    outcome = { kind: 'uncertain', why: 'reset' };
  }
  ctx.db.tx((trx) => settle(ctx, trx, c, startedAt, outcome));
  if (outcome.kind === 'not-sent' || outcome.kind === 'rejected') {
    ctx.journal.append([{ kind: 'mails', at: ctx.clock.now(), row: { ...fact, notSent: true } }]);
  }
  after(ctx, s, row, outcome);
  return outcome;
}

/** Nothing was handed over: it waits again. */
export function putBack(ctx: Ctx, { row, attemptId }: ClaimedMail, reason: string, retryAt: UtcMs | null): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    finishMailAttempt(trx, attemptId, { outcome: 'not-sent', code: null, now });
    backToWaiting(ctx, trx, row, reason, retryAt, now);
  });
}

function settle(ctx: Ctx, trx: Trx, { row, attemptId }: ClaimedMail, startedAt: UtcMs, o: MailOutcome): void {
  const now = ctx.clock.now();
  const code = 'code' in o ? o.code : null;
  finishMailAttempt(trx, attemptId, { outcome: o.kind, code, now });
  switch (o.kind) {
    case 'accepted':
      moveMail(trx, row.id, 'sending', 'sent', { leftAt: startedAt, finalAt: now, reason: null }, now);
      return;
    case 'rejected':
      moveMail(trx, row.id, 'sending', 'rejected', { reason: o.refusal, smtpCode: o.code, finalAt: now }, now);
      cameBack(trx, row.address, o.refusal === 'bad-address', o.code, now);
      return;
    case 'uncertain':
      moveMail(trx, row.id, 'sending', 'uncertain', { reason: o.why, leftAt: startedAt }, now);
      return;
    case 'not-sent':
      backToWaiting(ctx, trx, row, o.why, o.why === 'busy' ? ((now + LATER_MS) as UtcMs) : null, now);
      return;
  }
}

/** A campaign cancelled meanwhile has nothing waiting any more. */
function backToWaiting(ctx: Ctx, trx: Trx, row: MailRow, reason: string, retryAt: UtcMs | null, now: UtcMs): void {
  const cancelled = row.causeKind === 'campaign' && campaignState(ctx.db, Number(row.causeId) as CampaignId)?.state === 'cancelled';
  if (cancelled) moveMail(trx, row.id, 'sending', 'cancelled', { reason: 'cancelled', finalAt: now }, now);
  else moveMail(trx, row.id, 'sending', 'waiting', { reason, retryAt }, now);
}

/** A mail did not arrive: a dead address is marked at once, one that sends everything back after a few; what waits for it is called off. */
export function cameBack(trx: Trx, address: string, dead: boolean, code: number | null, now: UtcMs): boolean {
  if (!dead && cameBackInARow(trx, address) < SOFT_BOUNCES) return false;
  const news = markAddress(trx, { address, why: dead ? 'bad-address' : 'came-back', code, at: now });
  cancelMailsTo(trx, address, 'email-problem', now);
  return news;
}

/** What an answer means for the mails behind it. */
function after(ctx: Ctx, s: MailState, row: MailRow, o: MailOutcome): void {
  const now = ctx.clock.now();
  const rest = (reason: NonNullable<MailState['block']>['reason'], ms: number) => {
    s.block = { reason, until: (now + ms) as UtcMs };
  };
  if (o.kind === 'accepted' || o.kind === 'rejected') s.streak = 0;
  if (o.kind === 'not-sent') {
    s.streak++;
    if (o.why === 'busy') {
      if (s.streak >= BUSY_IN_A_ROW) rest('busy', LATER_MS);
    } else if (o.why === 'unreachable') rest('unreachable', Math.max(5000, backoffMs(s.streak, random(ctx), null) * 4));
    else rest(o.why, o.why === 'day-used' ? HOUR : NEEDS_OWNER_MS);
    ctx.log.warn('mail waits', { why: o.why, code: o.code ?? 0 });
  }
  if (o.kind === 'uncertain') rest('unreachable', MINUTE);
  if (row.causeKind === 'campaign' && o.kind === 'rejected') watchBounces(ctx, Number(row.causeId) as CampaignId);
  ctx.changed('outbox', 'campaigns');
}

/** Too many dead addresses, or a post office that takes nothing from us: the campaign pauses itself before the account suffers. */
export function watchBounces(ctx: Ctx, id: CampaignId): void {
  const seen = mailEndings(ctx.db, id);
  const why = brakesOn(seen);
  if (why !== null) pauseCampaign(ctx, id, `${why}:${why === 'mail-bounces' ? seen.bad : seen.refusedUs}/${seen.ended}`);
}
