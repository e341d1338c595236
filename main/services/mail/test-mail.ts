import { enqueueMail, mailById, moveMail, testMailsSince } from '@db/queries/mail';
import { toEmail } from '@domain/customers/phone';
import { AppError } from '@domain/errors';
import { DAY, MINUTE, type UtcMs } from '@domain/kernel';
import { testWords } from '@domain/mail/test-words';
import { unsubscribeToken } from '@domain/mail/token';
import type { Ctx } from '../ctx';
import { newMessageId } from './compose';
import { sendNow } from './sender';
import { TESTS_PER_DAY } from './state';

/**
 * A mail to the owner, by the way real ones take: template, line, receipt. Answers when the post office has it; what went wrong is said at
 * once and nothing waits.
 * @throws AppError customer.bad-email | mail.tests-used {most} | mail.not-connected | mail.auth | mail.unreachable | mail.tls | mail.busy |
 *   mail.refused-sender | mail.day-used | mail.bad-recipient | mail.refused {code} | mail.not-sure
 */
export async function sendTestMail(ctx: Ctx, to: string): Promise<void> {
  const address = toEmail(to);
  if (address === null) throw new AppError('customer.bad-email');
  const now = ctx.clock.now();
  if (ctx.settings().mail.mode === 'none') throw new AppError('mail.not-connected');
  if (testMailsSince(ctx.db, (now - DAY) as UtcMs) >= TESTS_PER_DAY) throw new AppError('mail.tests-used', { most: TESTS_PER_DAY });
  const id = ctx.db.tx((trx) =>
    enqueueMail(trx, {
      cause: { kind: 'test', id: `${now}-${Buffer.from(ctx.randomBytes(4)).toString('hex')}` },
      address,
      customerId: null,
      messageClass: 'test',
      language: 'en',
      ...testWords(ctx.settings().shop.name),
      card: null,
      code: null,
      messageId: newMessageId(ctx),
      token: unsubscribeToken(ctx.hmacKey, address),
      // nobody looks at it later: only handed over here and now
      notBefore: (now + 365 * DAY) as UtcMs,
      expiresAt: (now + 10 * MINUTE) as UtcMs,
      now,
    }),
  );
  const row = id === null ? null : mailById(ctx.db, id);
  if (row === null) throw new AppError('mail.not-found');
  // said at once, so that nothing of it is left to wait or to decide about
  const giveUp = () => {
    const still = mailById(ctx.db, row.id)?.state;
    const end = ctx.clock.now();
    if (still === 'waiting' || still === 'uncertain') ctx.db.tx((trx) => moveMail(trx, row.id, still, 'cancelled', { finalAt: end }, end));
  };
  try {
    const outcome = await sendNow(ctx, row);
    switch (outcome.kind) {
      case 'accepted':
        return;
      case 'uncertain':
        throw new AppError('mail.not-sure');
      case 'rejected':
        throw outcome.refusal === 'bad-address' ? new AppError('mail.bad-recipient') : new AppError('mail.refused', { code: outcome.code });
      case 'not-sent':
        throw new AppError(`mail.${outcome.why}`);
    }
  } finally {
    giveUp();
  }
}
