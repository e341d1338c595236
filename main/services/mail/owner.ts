import { mailFigures } from '@db/queries/campaign-mail';
import { LEFT_ALONE, listMails, type MailRow, mailById, mailCounts, moveMail, uncertainMails } from '@db/queries/mail';
import { forgiveAddress, problemAddresses } from '@db/queries/mail-problems';
import { audit } from '@db/queries/staff';
import { toEmail } from '@domain/customers/phone';
import { AppError } from '@domain/errors';
import type { CampaignId } from '@domain/kernel';
import { unsubscribeSubject } from '@domain/mail/token';
import type { Ctx, Session } from '../ctx';
import { shownMail } from './compose';
import { wakeMail } from './wake';

type Page = { offset: number; limit: number };

const told = ({ id, address, customerId, messageClass, state, reason, subject, leftAt }: MailRow) => ({
  id,
  address,
  customerId,
  messageClass,
  state,
  reason,
  subject,
  leftAt,
});

/** What left or is about to, the latest first. */
export function mailsOf(ctx: Ctx, page: Page) {
  const { rows, total } = listMails(ctx.db, page);
  return { rows: rows.map(told), total };
}

/** One mail as its reader sees it. */
export function oneMail(ctx: Ctx, id: number) {
  const row = mailById(ctx.db, id);
  if (row === null) throw new AppError('mail.not-found');
  return { ...told(row), shown: shownMail(ctx, row) };
}

export const mailProblems = (ctx: Ctx, page: Page) => problemAddresses(ctx.db, page);

/** The owner knows better: the address is written to again. */
export function forgive(ctx: Ctx, session: Session, address: string): void {
  const email = toEmail(address) ?? address;
  ctx.db.tx((trx) => {
    if (!forgiveAddress(trx, email)) throw new AppError('mail.not-found');
    audit(trx, { at: ctx.clock.now(), staffId: session.staffId, action: 'mail.forgiven' });
  });
}

export const mayHaveLeft = (ctx: Ctx, page: Page) => uncertainMails(ctx.db, page).map(told);

/**
 * What became of a mail nobody knows of: only the owner can find out, in the "sent" folder of their own account. `again` is the one way in
 * which a mail is ever handed over a second time, and it is theirs.
 * @throws AppError mail.not-found | mail.not-uncertain
 */
export function decide(ctx: Ctx, session: Session, id: number, as: 'sent' | 'again' | 'leave'): void {
  const row = mailById(ctx.db, id);
  if (row === null) throw new AppError('mail.not-found');
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    const done =
      as === 'sent'
        ? moveMail(trx, id, 'uncertain', 'sent', { reason: null, leftAt: row.leftAt ?? row.createdAt, finalAt: now }, now)
        : as === 'again'
          ? moveMail(trx, id, 'uncertain', 'waiting', { reason: null, leftAt: null, retryAt: null }, now)
          : // nobody knows, and nobody asks any more: it still counts as having left (rules.md §3)
            moveMail(trx, id, 'uncertain', 'uncertain', { reason: LEFT_ALONE, finalAt: now }, now);
    if (!done) throw new AppError('mail.not-uncertain');
    audit(trx, { at: now, staffId: session.staffId, action: 'mail.decided', subject: String(id), detail: { as } });
  });
  if (as === 'again') wakeMail(ctx);
}

const ANSWERS = { stop: 'STOP', thanks: 'Thank you, see you on Saturday!' } as const;

/** A practice customer answers a mail, or presses "unsubscribe" in it. */
export function practiceAnswer(ctx: Ctx, id: number, what: 'unsubscribe' | 'stop' | 'thanks'): void {
  if (ctx.settings().mail.mode !== 'practice') throw new AppError('mail.practice');
  const row = mailById(ctx.db, id);
  if (row === null) throw new AppError('mail.not-found');
  ctx.mail.writeBack(
    what === 'unsubscribe'
      ? { from: row.address, subject: unsubscribeSubject(row.token), text: '' }
      : { from: row.address, subject: `Re: ${row.subject}`, text: ANSWERS[what] },
  );
  wakeMail(ctx, true);
}

/** What became of a campaign's mails, with the reasons of those that did not arrive. */
export function campaignMails(ctx: Ctx, id: CampaignId) {
  const ended = mailCounts(ctx.db, { kind: 'campaign', id: String(id) });
  return {
    ...mailFigures(ctx.db, id),
    reasons: ended.flatMap(({ state, reason, count }) =>
      reason !== null && ['skipped', 'cancelled', 'rejected', 'bounced', 'waiting'].includes(state) ? [{ state, reason, count }] : [],
    ),
  };
}
