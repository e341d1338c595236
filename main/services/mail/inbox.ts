import { addressOfToken, mailByMessageId, moveMail, someEmails } from '@db/queries/mail';
import { readPoll, savePoll } from '@db/queries/outbox-results';
import { toEmail } from '@domain/customers/phone';
import { AppError } from '@domain/errors';
import { type CampaignId, MINUTE, type UtcMs } from '@domain/kernel';
import { type InboundMail, readInbound } from '@domain/mail/inbound';
import { unsubscribeToken } from '@domain/mail/token';
import type { MailboxPlace } from '@ports/mailbox';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { cameBack, watchBounces } from './post';
import { mailState } from './state';
import { stopMails } from './stop';

const KEPT = 'mail-inbox';
/** The mailbox is looked at this often. */
const EVERY_MS = 5 * MINUTE;
/** Nothing leaves on a reading older than this (as for replies to texts, rules.md §2, a little wider: mailboxes are slower). */
const FRESH_MS = 15 * MINUTE;
/** That nothing came is written down no more often than this. */
const NOTED_EVERY_MS = 2 * MINUTE;
const PAGE = 50;
const MOST_PAGES = 20;

const reads = (ctx: Ctx): boolean => {
  const { mail } = ctx.settings();
  return mail.mode === 'practice' || (mail.mode === 'smtp' && mail.imap !== null);
};

/** Reads the mailbox when it is time. Trouble with it is kept for the settings screen and ends nothing. */
export async function inboxTurn(ctx: Ctx, signal?: AbortSignal): Promise<void> {
  const s = mailState(ctx);
  const now = ctx.clock.now();
  if (!reads(ctx) || (s.inboxAt > now && s.inboxAt <= now + EVERY_MS)) return;
  s.inboxAt = (now + (ctx.settings().mail.mode === 'practice' ? 5000 : EVERY_MS)) as UtcMs;
  try {
    await readMailbox(ctx, signal);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { cursor, lastSuccessAt } = readPoll(ctx.db, KEPT);
    savePoll(ctx.db, KEPT, { ...cursor, trouble: error.code }, lastSuccessAt);
    ctx.log.warn('mailbox', { code: error.code });
    ctx.changed('outbox');
  }
}

/** True: there is a mailbox to read, and it could not be read lately. Then nobody knows who unsubscribed, and nothing leaves. */
export async function inboxUnread(ctx: Ctx): Promise<boolean> {
  if (!reads(ctx)) return false;
  const fresh = () => {
    const at = readPoll(ctx.db, KEPT).lastSuccessAt;
    const now = ctx.clock.now();
    return at !== null && at <= now && now - at <= FRESH_MS;
  };
  if (fresh()) return false;
  mailState(ctx).inboxAt = 0 as UtcMs;
  await inboxTurn(ctx);
  return !fresh();
}

/** Takes everything that came since the last reading. Returns how many unsubscribed and how many mails came back. */
export async function readMailbox(ctx: Ctx, signal?: AbortSignal): Promise<{ stops: number; bounces: number }> {
  const mailbox = await ctx.mail.mailbox();
  const account = ctx.settings().mail.user;
  const sum = { stops: 0, bounces: 0 };
  for (let page = 0; page < MOST_PAGES && !signal?.aborted; page++) {
    const { cursor } = readPoll(ctx.db, KEPT);
    const { validity, uid, of } = cursor as { validity?: string; uid?: number; of?: string };
    const after: MailboxPlace | null = validity !== undefined && uid !== undefined && of === account ? { validity, uid } : null;
    const read = await mailbox.read(after, PAGE);
    for (const m of read.mails) {
      const took = await takeMail(ctx, m);
      if (took === 'stop') sum.stops++;
      if (took === 'bounce') sum.bounces++;
    }
    // only now: what a crash cuts off is read again, and taking it twice changes nothing
    const now = ctx.clock.now();
    const last = readPoll(ctx.db, KEPT).lastSuccessAt;
    const same =
      after !== null && after.validity === read.place.validity && after.uid === read.place.uid && cursor['trouble'] === undefined;
    if (!same || last === null || last > now || now - last > NOTED_EVERY_MS) savePoll(ctx.db, KEPT, { ...read.place, of: account }, now);
    if (!read.more) break;
    await nextTurn();
  }
  if (sum.stops + sum.bounces > 0) ctx.changed('outbox', 'customers', 'consent', 'campaigns');
  return sum;
}

/** One mail from the mailbox: an unsubscribe, a bounce, or nothing to us. */
export async function takeMail(ctx: Ctx, m: InboundMail): Promise<'stop' | 'bounce' | 'other'> {
  const reading = readInbound(m);
  switch (reading.kind) {
    case 'unsubscribe': {
      // whom the mail was for, and who writes: a mail may have been forwarded to another box of theirs
      const named = reading.token === null ? null : await whose(ctx, reading.token);
      const answered = mailByMessageId(ctx.db, m.about)?.address ?? null;
      const from = m.from === null ? null : toEmail(m.from);
      const addresses = [...new Set([named, answered, from].flatMap((a) => (a === null ? [] : [a])))];
      for (const address of addresses)
        stopMails(ctx, address, { method: 'reply', reason: 'unsubscribed', text: m.subject.slice(0, 200), staffId: null });
      return addresses.length > 0 ? 'stop' : 'other';
    }
    case 'bounce': {
      const row = mailByMessageId(ctx.db, m.about);
      // not ours: somebody else's letter from the same account came back
      if (row === null || !reading.final) return 'other';
      const now = ctx.clock.now();
      ctx.db.tx((trx) => {
        const change = { reason: reading.refusal, finalAt: now };
        if (!moveMail(trx, row.id, 'sent', 'bounced', change, now)) moveMail(trx, row.id, 'uncertain', 'bounced', change, now);
        cameBack(trx, row.address, reading.refusal === 'bad-address', null, now);
      });
      if (row.causeKind === 'campaign') watchBounces(ctx, Number(row.causeId) as CampaignId);
      return 'bounce';
    }
    case 'other':
      return 'other';
  }
}

const SCANNED = 500;

/** The address a token stands for: of a mail we know, else of anybody's, some at a time. */
async function whose(ctx: Ctx, token: string): Promise<string | null> {
  const known = addressOfToken(ctx.db, token);
  if (known !== null) return known;
  for (let after = ''; ; ) {
    const some = someEmails(ctx.db, after, SCANNED);
    const found = some.find((e) => unsubscribeToken(ctx.hmacKey, e) === token);
    if (found !== undefined) return found;
    const last = some.at(-1);
    if (last === undefined || some.length < SCANNED) return null;
    after = last;
    await nextTurn();
  }
}
