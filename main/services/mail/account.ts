import { mailQueue, mailsLeftSince, testMailsSince } from '@db/queries/mail';
import { problemAddresses } from '@db/queries/mail-problems';
import { readPoll } from '@db/queries/outbox-results';
import { readMeta, removeMeta, saveSettings, writeMeta } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import { shopDay, startOfDay } from '@domain/calendar';
import { toEmail } from '@domain/customers/phone';
import { AppError } from '@domain/errors';
import { DAY, type UtcMs } from '@domain/kernel';
import type { MailSettings } from '@domain/settings/settings';
import type { Ctx, Session } from '../ctx';
import { postalOf } from './compose';
import { mailBlock, mailPausedSince, TESTS_PER_DAY } from './state';
import { wakeMail } from './wake';

/** What an owner types to connect. `password` left out: the one stored stays. */
export interface MailForm {
  host: string;
  port: number;
  security: MailSettings['security'];
  user: string;
  password?: string | undefined;
  fromName: string;
  fromAddress: string;
  replyTo: string;
  postal: string;
  dailyLimit: number;
  imap: MailSettings['imap'];
}

/** Everything the settings screen and the sender's note say about e-mail: never the password. */
export function mailStatus(ctx: Ctx) {
  const { mail, shop } = ctx.settings();
  const now = ctx.clock.now();
  const inbox = readPoll(ctx.db, 'mail-inbox');
  const waits = mailBlock(ctx);
  return {
    ...mail,
    pausedSince: mailPausedSince(ctx),
    postalShown: postalOf(ctx),
    queue: mailQueue(ctx.db),
    leftToday: mailsLeftSince(ctx.db, startOfDay(shopDay(now, shop.zone), shop.zone)),
    testsLeft: Math.max(0, TESTS_PER_DAY - testMailsSince(ctx.db, (now - DAY) as UtcMs)),
    problems: problemAddresses(ctx.db, { offset: 0, limit: 1 }).total,
    /** Why nothing leaves just now. */
    block: waits === null ? null : { reason: waits.reason, until: waits.until },
    inbox:
      mail.imap === null
        ? null
        : { readAt: inbox.lastSuccessAt, trouble: typeof inbox.cursor['trouble'] === 'string' ? inbox.cursor['trouble'] : null },
  };
}

/**
 * Stores the account once the post office let us in with it (and the mailbox, where one is to be read): what does not work is never
 * stored. A practice shop has its own post office and no other.
 * @throws AppError mail.practice | customer.bad-email | input.invalid {field} | mail.auth | mail.unreachable | mail.tls | mail.too-slow |
 *   mail.refused | mail.imap-auth | mail.imap-unreachable | mail.imap-tls | mail.no-postal
 */
export async function connectMail(ctx: Ctx, session: Session, form: MailForm): Promise<void> {
  if (readMeta(ctx.db, 'kind') === 'practice') throw new AppError('mail.practice');
  const fromAddress = toEmail(form.fromAddress);
  const replyTo = form.replyTo.trim() === '' ? '' : toEmail(form.replyTo);
  if (fromAddress === null || replyTo === null) throw new AppError('customer.bad-email');
  const before = ctx.settings().mail;
  // a stored password is only ever used for the account it was typed for
  const same = before.host === form.host && before.user === form.user;
  const password = form.password ?? (same ? await ctx.secrets.get('mail-password') : null);
  if (!password) throw new AppError('input.invalid', { field: 'password' });
  const account = { host: form.host, port: form.port, security: form.security, user: form.user, password };
  await (await ctx.mail.mailerFor(account)).check();
  if (form.imap !== null) await (await ctx.mail.mailboxFor({ ...form.imap, user: form.user, password })).read(null, 0);
  await ctx.secrets.set('mail-password', password);
  const now = ctx.clock.now();
  const { password: _never, ...kept } = form;
  ctx.db.tx((trx) => {
    saveSettings(trx, 'mail', { ...kept, fromAddress, replyTo, mode: 'smtp' }, now);
    audit(trx, { at: now, staffId: session.staffId, action: 'mail.connect', detail: { host: form.host } });
  });
  wakeMail(ctx, true);
}

/** What may change without asking the post office again. */
export function saveMail(ctx: Ctx, session: Session, input: Pick<MailSettings, 'fromName' | 'replyTo' | 'postal' | 'dailyLimit'>): void {
  const replyTo = input.replyTo.trim() === '' ? '' : toEmail(input.replyTo);
  if (replyTo === null) throw new AppError('customer.bad-email');
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    saveSettings(trx, 'mail', { ...ctx.settings().mail, ...input, replyTo }, now);
    audit(trx, { at: now, staffId: session.staffId, action: 'mail.saved' });
  });
  wakeMail(ctx, true);
}

/** Forgets the password. What waits, waits on. */
export async function disconnectMail(ctx: Ctx, session: Session): Promise<void> {
  await ctx.secrets.remove('mail-password');
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    saveSettings(trx, 'mail', { ...ctx.settings().mail, mode: 'none' }, now);
    audit(trx, { at: now, staffId: session.staffId, action: 'mail.disconnect' });
  });
}

/** Stops and resumes e-mails, whatever they are for; kept in the file. */
export function pauseMail(ctx: Ctx, session: Session, paused: boolean): void {
  if ((mailPausedSince(ctx) !== null) === paused) return;
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (paused) writeMeta(trx, 'mail-paused', String(now));
    else removeMeta(trx, 'mail-paused');
    audit(trx, { at: now, staffId: session.staffId, action: paused ? 'mail.paused' : 'mail.resumed' });
  });
  wakeMail(ctx, true);
}
