import { claimMail, cutOffMails, dueMails, type MailRow, mailsLeftSince, moveMail, nextMailDue } from '@db/queries/mail';
import { readMeta } from '@db/queries/settings';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { AppError, isDiskFull } from '@domain/errors';
import { MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import type { Mailer } from '@ports/mailer';
import { type FreshReplies, freshReplies } from '@services/inbox/sync';
import { mustLookBack } from '../backups/look-back';
import type { Ctx } from '../ctx';
import { haltOf } from '../outbox/halt';
import { postalOf } from './compose';
import { inboxTurn, inboxUnread } from './inbox';
import { mayMail } from './may-mail';
import { type ClaimedMail, handOver, putBack } from './post';
import { type MailBlockReason, type MailState, mailPausedSince, mailState } from './state';

/** However quiet it is, look around this often. */
const LONGEST_NAP_MS = 15 * SECOND;
/** Between two mails: below what providers take from one account in a minute (about 30). */
const BETWEEN_MS = 2200;
const READ_REPLIES_EVERY_MS = MINUTE;
/** Judged in one go, so that a long row of people who stopped does not hold the counter up. */
const JUDGED_AT_ONCE = 40;

const epochOf = (ctx: Ctx) => Number(readMeta(ctx.db, 'epoch') ?? 1);

/**
 * The one sender of mails of a shop file: takes note of what a crash cut off, then for as long as the shop is open sends what may leave, one
 * after the other, and reads the mailbox for unsubscribes and bounces. Must only run under the writer's lock.
 */
export async function startMailSender(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const s = mailState(ctx);
  if (s.running) throw new Error('two senders of mails on one shop file');
  s.running = true;
  try {
    recoverMails(ctx);
    while (!signal.aborted) {
      s.woken = false;
      const until = await oneRound(ctx, signal);
      await nap(ctx, s, until, signal);
    }
  } finally {
    s.mailer?.mailer.close();
    s.mailer = null;
    s.running = false;
  }
}

/** What a crash cut off may have left; SMTP has no list to look it up in, so it is shown and never sent again by itself. */
export function recoverMails(ctx: Ctx): number {
  const n = ctx.db.tx((trx) => cutOffMails(trx, ctx.clock.now()));
  if (n > 0) ctx.changed('outbox', 'campaigns');
  return n;
}

async function oneRound(ctx: Ctx, signal: AbortSignal): Promise<UtcMs> {
  const now = ctx.clock.now();
  try {
    await inboxTurn(ctx, signal);
    if (signal.aborted) return now;
    const sent = await sendDue(ctx, 1);
    if (sent > 0) return (ctx.clock.now() + (ctx.settings().mail.mode === 'practice' ? 50 : BETWEEN_MS)) as UtcMs;
  } catch (error) {
    if (!signal.aborted) ctx.log.error('mail sender', error);
    return (ctx.clock.now() + MINUTE) as UtcMs;
  }
  const s = mailState(ctx);
  return Math.max(s.block?.until ?? 0, nextMailDue(ctx.db) ?? now + LONGEST_NAP_MS) as UtcMs;
}

async function nap(ctx: Ctx, s: MailState, until: UtcMs, signal: AbortSignal): Promise<void> {
  const ms = Math.min(LONGEST_NAP_MS, Math.max(0, until - ctx.clock.now()));
  const up = new AbortController();
  const end = () => up.abort();
  signal.addEventListener('abort', end, { once: true });
  s.wakeNap = end;
  try {
    if (s.woken || signal.aborted) return;
    await ctx.clock.sleep(Math.max(20, ms), up.signal);
  } catch {
    // woken
  } finally {
    s.wakeNap = () => {};
    signal.removeEventListener('abort', end);
  }
}

/** Sends what may leave now, at most so many; returns how many were handed over. For the loop, for tests and the command line. */
export async function sendDue(ctx: Ctx, most = Number.POSITIVE_INFINITY): Promise<number> {
  const s = mailState(ctx);
  let handed = 0;
  try {
    while (handed < most) {
      if (dueMails(ctx.db, ctx.clock.now(), 1).length === 0) break;
      const why = whyNotNow(ctx, s);
      if (why !== null) break;
      const ready = await getReady(ctx, s);
      if (ready === null) break;
      const claimed = choose(ctx, ready.fresh);
      if (claimed === 'none') break;
      if (claimed === 'judged') continue;
      await send(ctx, s, ready.mailer, claimed);
      handed++;
    }
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    block(ctx, s, 'disk-full', 10 * SECOND);
  }
  return handed;
}

function block(ctx: Ctx, s: MailState, reason: MailBlockReason, ms: number): MailBlockReason {
  if (s.block?.reason !== reason) ctx.changed('outbox');
  s.block = { reason, until: (ctx.clock.now() + ms) as UtcMs };
  return reason;
}

/** What can be said without asking anybody. */
function whyNotNow(ctx: Ctx, s: MailState): MailBlockReason | null {
  const now = ctx.clock.now();
  if (s.block !== null && s.block.until > now) return s.block.reason;
  s.block = null;
  const { mail, shop, texting } = ctx.settings();
  if (mail.mode === 'none') return block(ctx, s, 'not-connected', 5 * MINUTE);
  if (mailPausedSince(ctx) !== null) return block(ctx, s, 'paused', 5 * MINUTE);
  const halt = haltOf(ctx);
  if (halt === 'asleep') return block(ctx, s, 'asleep', 10 * SECOND);
  if (halt === 'paused-all') return block(ctx, s, 'all-paused', 15 * SECOND);
  if (halt === 'clock-wrong' || halt === 'clock-unchecked') return block(ctx, s, 'clock', 15 * SECOND);
  if (texting.mode !== 'none' && mustLookBack(ctx.db)) return block(ctx, s, 'restored', 10 * SECOND);
  const day = shopDay(now, shop.zone);
  if (mailsLeftSince(ctx.db, startOfDay(day, shop.zone)) >= mail.dailyLimit) {
    return block(ctx, s, 'day-used', Math.max(MINUTE, startOfDay(addDays(day, 1), shop.zone) - now));
  }
  return null;
}

/** The line, and proof that nobody's "stop" lies unread: neither among the texts nor, where it is read, in the mailbox. */
async function getReady(ctx: Ctx, s: MailState): Promise<{ mailer: Mailer; fresh: FreshReplies | null } | null> {
  let fresh: FreshReplies | null = null;
  if (ctx.settings().texting.mode !== 'none') {
    try {
      fresh = (await freshReplies(ctx, READ_REPLIES_EVERY_MS)).proof;
    } catch (error) {
      if (isDiskFull(error)) throw error;
      block(ctx, s, 'replies-unread', 20 * SECOND);
      return null;
    }
  }
  if (await inboxUnread(ctx)) {
    block(ctx, s, 'inbox-unread', MINUTE);
    return null;
  }
  try {
    return { mailer: await ctx.mail.mailer(), fresh };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    block(ctx, s, 'not-connected', MINUTE);
    return null;
  }
}

/** Judges the mails that are due, in one transaction, until one may leave: that one is claimed. */
function choose(ctx: Ctx, fresh: FreshReplies | null): ClaimedMail | 'judged' | 'none' {
  const now = ctx.clock.now();
  const noPostal = postalOf(ctx).length === 0;
  return ctx.db.tx((trx) => {
    const rows = dueMails(trx, now, JUDGED_AT_ONCE);
    for (const row of rows) {
      if (noPostal && row.messageClass === 'marketing') {
        moveMail(trx, row.id, 'waiting', 'waiting', { reason: 'no-postal', retryAt: (now + 10 * MINUTE) as UtcMs }, now);
        continue;
      }
      const verdict = mayMail(ctx, row, now, fresh === null || fresh.holdFor(ctx.db, now));
      if (verdict.kind === 'skip')
        moveMail(trx, row.id, 'waiting', 'skipped', { reason: verdict.reason, finalAt: now, retryAt: null }, now);
      else if (verdict.kind === 'wait')
        moveMail(
          trx,
          row.id,
          'waiting',
          'waiting',
          { reason: verdict.reason, retryAt: Math.max(verdict.until, now + SECOND) as UtcMs },
          now,
        );
      else {
        const attemptId = claimMail(trx, row.id, { epoch: epochOf(ctx), now });
        if (attemptId !== null) return { row, attemptId };
      }
    }
    return rows.length === 0 ? 'none' : 'judged';
  }) as ClaimedMail | 'judged' | 'none';
}

/** The claimed mail leaves, or waits again where nothing was handed over. */
async function send(ctx: Ctx, s: MailState, mailer: Mailer, claimed: ClaimedMail): Promise<void> {
  try {
    await handOver(ctx, s, mailer, claimed);
  } catch (error) {
    // before the post office was asked: the journal could not be written, or the foot lacks its address
    putBack(ctx, claimed, error instanceof AppError ? error.code : 'failed', (ctx.clock.now() + MINUTE) as UtcMs);
    throw error;
  }
}

/** The owner's own mail, at once: whatever else waits. */
export async function sendNow(ctx: Ctx, row: MailRow) {
  const s = mailState(ctx);
  const mailer = await ctx.mail.mailer();
  const attemptId = ctx.db.tx((trx) => claimMail(trx, row.id, { epoch: epochOf(ctx), now: ctx.clock.now() }));
  if (attemptId === null) throw new AppError('mail.not-found');
  try {
    return await handOver(ctx, s, mailer, { row, attemptId });
  } catch (error) {
    putBack(ctx, { row, attemptId }, 'failed', null);
    throw error;
  }
}
