import { mailById } from '@db/queries/mail';
import { DAY } from '@domain/kernel';
import { unsubscribeSubject, unsubscribeToken } from '@domain/mail/token';
import { takeMail } from '@services/mail/inbox';
import { sendDue } from '@services/mail/sender';
import { expect, it } from 'vitest';
import { aMail, aReader, countingMailer, mailShop } from '../support/mail-shop';

const letter = (from: string, subject: string, text = '') => ({ uid: 1, from, subject, text, automatic: false, about: [], report: null });

async function afterwards(answer: (id: number, ctx: ReturnType<typeof mailShop>) => Parameters<typeof takeMail>[1]) {
  const mailer = countingMailer();
  const ctx = mailShop({ mailer });
  aReader(ctx, { email: 'ana@example.com' });
  const first = aMail(ctx, 'ana@example.com');
  await sendDue(ctx);
  expect(await takeMail(ctx, answer(first, ctx))).toBe('stop');
  ctx.clock.advance(6 * DAY);
  aMail(ctx, 'ana@example.com');
  await sendDue(ctx);
  return mailer.took.length;
}

/*
 * Story: Ana's old address forwards to her new one. She answered STOP from the new one, and the old one went on getting mail: the shop had
 * stopped an address it never wrote to.
 */
it('STOP in answer to a mail stops the address the mail went to, whatever box it is written from', async () => {
  const left = await afterwards((id, ctx) => ({
    ...letter('ana.new@example.net', 'Re: New boots', 'STOP'),
    about: [mailById(ctx.db, id)?.messageId ?? ''],
  }));
  expect(left).toBe(1);
});

/* Story: her mail program pressed "unsubscribe" for her and said that a machine wrote it. Nobody read it. */
it('a press on "unsubscribe" counts also where a program says it wrote the mail by itself', async () => {
  const left = await afterwards((_, ctx) => ({
    ...letter('ana@example.com', unsubscribeSubject(unsubscribeToken(ctx.hmacKey, 'ana@example.com'))),
    automatic: true,
  }));
  expect(left).toBe(1);
});
