import { mailById, mailCounts } from '@db/queries/mail';
import { mailProblem } from '@db/queries/mail-problems';
import { readPoll } from '@db/queries/outbox-results';
import { stateOf } from '@domain/consent/status';
import { DAY, HOUR, type UtcMs } from '@domain/kernel';
import { unsubscribeSubject, unsubscribeToken } from '@domain/mail/token';
import { emailConsentOf } from '@services/consent';
import { readMailbox } from '@services/mail/inbox';
import { sendDue } from '@services/mail/sender';
import { mailBlock } from '@services/mail/state';
import { wakeMail } from '@services/mail/wake';
import { afterEach, describe, expect, it } from 'vitest';
import { aBounce, aLetter, type FakeInbox, mailboxAt, startInbox } from '../support/imap';
import { aMail, aReader, countingMailer, mailShop } from '../support/mail-shop';
import type { TestCtx } from '../support/test-ctx';

let inbox: FakeInbox | undefined;
afterEach(async () => {
  await inbox?.close();
  inbox = undefined;
});

async function aShop() {
  inbox = await startInbox();
  const mailer = countingMailer();
  const ctx = mailShop({
    mailer,
    mailbox: mailboxAt(inbox),
    settings: { mail: { imap: { host: '127.0.0.1', port: inbox.port }, user: 'hello@corner-shoes.example' } },
  });
  // from now on
  await readMailbox(ctx);
  return { ctx, mailer, inbox };
}
const marketing = (ctx: TestCtx, email: string) => stateOf(emailConsentOf(ctx.db, ctx.hmacKey, email), 'marketing');

describe('unsubscribing', () => {
  it('by the button of their program, from another address of theirs, ends both for good and calls off what waits', async () => {
    const s = await aShop();
    aReader(s.ctx, { email: 'ana@example.com' });
    const waits = aMail(s.ctx, 'ana@example.com', { notBefore: (s.ctx.clock.now() + DAY) as UtcMs });
    s.inbox.put(
      aLetter({
        from: 'ana.private@example.net',
        subject: `Re: ${unsubscribeSubject(unsubscribeToken(s.ctx.hmacKey, 'ana@example.com'))}`,
      }),
    );
    expect(await readMailbox(s.ctx)).toEqual({ stops: 1, bounces: 0 });
    expect([marketing(s.ctx, 'ana@example.com'), marketing(s.ctx, 'ana.private@example.net')]).toEqual(['out', 'out']);
    expect(mailById(s.ctx.db, waits)).toMatchObject({ state: 'skipped', reason: 'opted-out' });
    // read once
    expect(await readMailbox(s.ctx)).toEqual({ stops: 0, bounces: 0 });
  });

  it('by a letter that says nothing but stop, also where the mail is quoted below; a question stays a question', async () => {
    const s = await aShop();
    for (const email of ['ana@example.com', 'ben@example.com', 'cleo@example.com', 'dana@example.com', 'eve@example.com'])
      aReader(s.ctx, { email });
    s.inbox.put(
      aLetter({
        from: 'ana@example.com',
        subject: 'Re: New boots',
        text: 'STOP\n\nOn Tue, Nov 17, 2026 at 11:00 AM Corner Shoes wrote:\n> Hi Ana, new boots',
      }),
    );
    s.inbox.put(
      aLetter({
        from: 'ben@example.com',
        subject: 'Re: New boots',
        text: 'When do you close? I could stop by on Friday.\n\n> or answer with the word STOP',
      }),
    );
    s.inbox.put(aLetter({ from: 'cleo@example.com', subject: 'Re: New boots', text: 'Baja\n' }));
    s.inbox.put(aLetter({ from: 'dana@example.com', subject: 'I am away', text: 'stop', headers: 'Auto-Submitted: auto-replied\n' }));
    s.inbox.put(aLetter({ from: 'eve@example.com', subject: 'Unsubscribe', text: '' }));
    expect(await readMailbox(s.ctx)).toEqual({ stops: 3, bounces: 0 });
    expect(['ana', 'ben', 'cleo', 'dana', 'eve'].map((n) => marketing(s.ctx, `${n}@example.com`))).toEqual([
      'out',
      'in',
      'out',
      'in',
      'out',
    ]);
  });

  it('by a token of which no mail is known any more still ends it', async () => {
    const s = await aShop();
    aReader(s.ctx, { email: 'zoe@example.com' });
    s.inbox.put(
      aLetter({ from: 'someone.else@example.net', subject: unsubscribeSubject(unsubscribeToken(s.ctx.hmacKey, 'zoe@example.com')) }),
    );
    await readMailbox(s.ctx);
    expect(marketing(s.ctx, 'zoe@example.com')).toBe('out');
  });
});

describe('mail that comes back', () => {
  it('marks a dead address, which is not written to again until the owner says otherwise', async () => {
    const s = await aShop();
    aReader(s.ctx, { email: 'gone@example.com' });
    const first = aMail(s.ctx, 'gone@example.com');
    await sendDue(s.ctx);
    const sent = mailById(s.ctx.db, first);
    s.inbox.put(aBounce({ messageId: sent?.messageId ?? '', to: 'gone@example.com', status: '5.1.1' }));
    expect(await readMailbox(s.ctx)).toEqual({ stops: 0, bounces: 1 });
    expect(mailById(s.ctx.db, first)).toMatchObject({ state: 'bounced', reason: 'bad-address' });
    expect(mailProblem(s.ctx.db, 'gone@example.com')).toMatchObject({ why: 'bad-address' });
    s.ctx.clock.advance(10 * DAY);
    const next = aMail(s.ctx, 'gone@example.com');
    expect(await sendDue(s.ctx)).toBe(0);
    expect(mailById(s.ctx.db, next)).toMatchObject({ state: 'skipped', reason: 'email-problem' });
  });

  it('leaves an address alone whose mailbox is full until it has sent back three in a row; a delay is no return', async () => {
    const s = await aShop();
    aReader(s.ctx, { email: 'full@example.com' });
    for (let n = 1; n <= 3; n++) {
      const id = aMail(s.ctx, 'full@example.com');
      await sendDue(s.ctx);
      const { messageId = '' } = mailById(s.ctx.db, id) ?? {};
      s.inbox.put(aBounce({ messageId, to: 'full@example.com', status: '4.2.2', action: 'delayed' }));
      s.inbox.put(aBounce({ messageId, to: 'full@example.com', status: '5.2.2', said: '552 5.2.2 mailbox full' }));
      await readMailbox(s.ctx);
      expect(mailProblem(s.ctx.db, 'full@example.com')?.why, `after ${n}`).toBe(n < 3 ? undefined : 'came-back');
      s.ctx.clock.advance(10 * DAY);
    }
  });

  it('that is not ours changes nothing', async () => {
    const s = await aShop();
    aReader(s.ctx, { email: 'ana@example.com' });
    s.inbox.put(aBounce({ messageId: '<a-private-letter@corner-shoes.example>', to: 'ana@example.com', status: '5.1.1' }));
    expect(await readMailbox(s.ctx)).toEqual({ stops: 0, bounces: 0 });
    expect(mailProblem(s.ctx.db, 'ana@example.com')).toBeUndefined();
  });
});

describe('a mailbox that cannot be read', () => {
  it('keeps every mail back, for nobody knows who unsubscribed; what the screen says is no secret', async () => {
    const s = await aShop();
    aReader(s.ctx, { email: 'ana@example.com' });
    await s.inbox.close();
    s.ctx.clock.advance(HOUR);
    aMail(s.ctx, 'ana@example.com');
    expect(await sendDue(s.ctx)).toBe(0);
    expect(mailBlock(s.ctx)?.reason).toBe('inbox-unread');
    expect(readPoll(s.ctx.db, 'mail-inbox').cursor['trouble']).toBe('mail.imap-unreachable');
    expect(s.mailer.took).toEqual([]);
    wakeMail(s.ctx, true);
    expect(mailCounts(s.ctx.db, { kind: 'service', id: 'x' })).toEqual([]);
  });
});
