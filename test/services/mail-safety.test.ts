import { listMails, mailById, mailQueue, uncertainMails } from '@db/queries/mail';
import { type MailFact, putMail, unsureMailsAfterRestore } from '@db/queries/replay-mail';
import { DAY, HOUR } from '@domain/kernel';
import type { InboundMail } from '@domain/mail/inbound';
import { unsubscribeSubject, unsubscribeToken } from '@domain/mail/token';
import type { Mailbox } from '@ports/mailbox';
import { recordEmailSignUp, recordEmailStop, recordHold, recordStop, withConsent } from '@services/consent';
import { readMailbox } from '@services/mail/inbox';
import { decide } from '@services/mail/owner';
import { recoverMails, sendDue } from '@services/mail/sender';
import { stopMails, stopPerson } from '@services/mail/stop';
import { wakeMail } from '@services/mail/wake';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aMail, aReader, countingMailer, mailShop, setMail } from '../support/mail-shop';
import { aNewYorker, givePermission } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

const letter = (from: string, subject: string, text = '') => ({ uid: 1, from, subject, text, automatic: false, about: [], report: null });
const bounce = (messageId: string, status: string) => ({
  ...letter('mailer-daemon@post.example', 'Undelivered'),
  automatic: true,
  about: [messageId],
  report: { action: 'failed', status, recipient: null, said: '' },
});

/** A mailbox in memory, read page by page. */
function aMailbox(): Mailbox & { put(m: Omit<InboundMail, 'uid'>): void } {
  const mails: InboundMail[] = [];
  return {
    put: (m) => void mails.push({ ...m, uid: mails.length + 1 }),
    read: async (after, most) => {
      if (after === null) return { mails: [], place: { validity: '1', uid: mails.length }, more: false };
      const found = mails.filter((m) => m.uid > after.uid).slice(0, most);
      return {
        mails: found,
        place: { validity: '1', uid: found.at(-1)?.uid ?? after.uid },
        more: (found.at(-1)?.uid ?? mails.length) < mails.length,
      };
    },
  };
}

describe('never again', () => {
  it('nobody who unsubscribed or whose address is dead gets another mail, in whatever order things happen', async () => {
    const PEOPLE = ['ana@example.com', 'ben+news@example.com', 'josé@example.com'];
    const WHAT = [
      'mail',
      'send',
      'day',
      'unsubscribe',
      'stop',
      'counter',
      'by-hand',
      'list',
      'bounce',
      'text-stop',
      'away',
      'yes',
    ] as const;
    const step = fc.record({ who: fc.nat(PEOPLE.length - 1), what: fc.constantFrom('mail', 'send', ...WHAT) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 26 }), async (steps) => {
        const mailer = countingMailer();
        const box = aMailbox();
        const ctx = mailShop({ mailer, mailbox: box, settings: { mail: { imap: { host: 'localhost', port: 993 } } } });
        const ids = PEOPLE.map((email, i) => aReader(ctx, { email, phone: aNewYorker(i) }));
        await readMailbox(ctx);
        /** From which mail on somebody may get none; whoever said yes again by their own hand since is not among them. */
        const over = new Map<string, number>();
        const dead = new Set<string>();
        for (const { who: i, what } of steps) {
          const who = PEOPLE[i] ?? '';
          const end = () => over.set(who, over.get(who) ?? mailer.took.length);
          const token = unsubscribeSubject(unsubscribeToken(ctx.hmacKey, who));
          if (what === 'mail') aMail(ctx, who);
          else if (what === 'send') await sendDue(ctx);
          else if (what === 'day') ctx.clock.advance(6 * DAY);
          else if (what === 'away') box.put({ ...letter(who, 'I am away', 'stop'), automatic: true });
          else if (what === 'text-stop') {
            withConsent(ctx, (trx) =>
              recordStop(ctx, trx, {
                phone: aNewYorker(i),
                occurredAt: ctx.clock.now(),
                method: 'reply',
                reason: 'stop',
                carrierStop: true,
              }),
            );
          } else if (what === 'yes') {
            // what they wrote before it is read before it
            await readMailbox(ctx);
            ctx.clock.advance(HOUR);
            withConsent(ctx, (trx) => recordEmailSignUp(ctx, trx, { email: who, occurredAt: ctx.clock.now(), method: 'screen' }).eventId);
            if (!dead.has(who)) over.delete(who);
          } else if (what === 'bounce') {
            const last = listMails(ctx.db, { offset: 0, limit: 50 }).rows.find((m) => m.address === who && m.state === 'sent');
            if (!last) continue;
            box.put(bounce(last.messageId, '5.1.1'));
            await readMailbox(ctx);
            dead.add(who);
            end();
          } else {
            if (what === 'unsubscribe') box.put(letter('other@example.net', token));
            else if (what === 'stop') box.put(letter(who, 'Re: New boots', 'STOP'));
            else if (what === 'counter') stopPerson(ctx, owner, ids[i] ?? (0 as never));
            else if (what === 'by-hand') stopMails(ctx, who.toUpperCase(), { method: 'owner', reason: 'asked', staffId: null });
            else withConsent(ctx, (trx) => recordEmailStop(ctx, trx, { email: who, reason: 'list', occurredAt: ctx.clock.now() }));
            // nothing leaves on a reading of the mailbox that is older than a quarter of an hour
            ctx.clock.advance(HOUR);
            end();
          }
        }
        for (const who of PEOPLE) aMail(ctx, who);
        ctx.clock.advance(5 * DAY);
        // whatever hour it has become, one of these is within the hours of a day
        for (let n = 0; n < 9; n++) {
          ctx.clock.advance(8 * HOUR);
          await sendDue(ctx);
        }
        for (const [who, from] of over) expect(mailer.took.slice(from).map((m) => m.to)).not.toContain(who);
        // whoever did not stop is written to; a stop of texts is none of mails
        for (const who of PEOPLE) if (!over.has(who) && !dead.has(who)) expect(mailer.took.map((m) => m.to)).toContain(who);
        // nobody gets two within the spacing either
        for (const who of PEOPLE) {
          const at = listMails(ctx.db, { offset: 0, limit: 200 })
            .rows.flatMap((m) => (m.address === who && m.leftAt !== null ? [m.leftAt] : []))
            .sort((a, b) => a - b);
          for (let n = 1; n < at.length; n++) expect((at[n] ?? 0) - (at[n - 1] ?? 0)).toBeGreaterThanOrEqual(5 * DAY);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('a doubt about stopping texts holds mails back as well; a new yes by their own act ends an earlier no', async () => {
    const mailer = countingMailer();
    const ctx = mailShop({ mailer });
    aReader(ctx, { email: 'ana@example.com', phone: aNewYorker(1) });
    givePermission(ctx, [aNewYorker(1)]);
    withConsent(
      ctx,
      (trx) =>
        recordHold(ctx, trx, {
          phone: aNewYorker(1),
          occurredAt: ctx.clock.now(),
          method: 'reply',
          rule: 'weak',
          inboundSid: 'SM1',
          inboundText: 'stop?',
        } as never).until,
    );
    const held = aMail(ctx, 'ana@example.com');
    await sendDue(ctx);
    expect(mailById(ctx.db, held)).toMatchObject({ state: 'skipped', reason: 'held' });
    aReader(ctx, { email: 'ben@example.com' });
    stopMails(ctx, 'ben@example.com', { method: 'owner', reason: 'asked', staffId: null });
    ctx.clock.advance(HOUR);
    withConsent(
      ctx,
      (trx) => recordEmailSignUp(ctx, trx, { email: 'ben@example.com', occurredAt: ctx.clock.now(), method: 'screen' }).eventId,
    );
    aMail(ctx, 'ben@example.com');
    expect(await sendDue(ctx)).toBe(1);
    expect(mailer.took.map((m) => m.to)).toEqual(['ben@example.com']);
  });
});

describe('at most once', () => {
  it('a crash at any moment of handing over never sends a mail twice: what is uncertain is shown, and only the owner decides', async () => {
    for (const when of ['before the answer', 'journal fails', 'answer lost'] as const) {
      const mailer = countingMailer();
      const ctx = mailShop({ mailer });
      aReader(ctx, { email: 'ana@example.com' });
      const id = aMail(ctx, 'ana@example.com');
      if (when === 'journal fails') {
        const append = ctx.journal.append;
        ctx.journal.append = () => {
          throw new Error('disk gone');
        };
        await expect(sendDue(ctx)).rejects.toThrow('disk gone');
        ctx.journal.append = append;
        expect(mailer.took).toHaveLength(0);
        expect(mailById(ctx.db, id)?.state).toBe('waiting');
        ctx.clock.advance(2 * HOUR);
        await sendDue(ctx);
      } else {
        const deliver = mailer.deliver;
        mailer.deliver = async (mail) => {
          await deliver(mail);
          // the process dies here: nothing after this line ran
          return when === 'answer lost' ? { kind: 'uncertain', why: 'timeout' } : new Promise(() => {});
        };
        const dead = sendDue(ctx);
        await Promise.race([dead, new Promise((r) => setTimeout(r, 30))]);
        expect(mailById(ctx.db, id)?.state).toBe(when === 'answer lost' ? 'uncertain' : 'sending');
        mailer.deliver = deliver;
        // the next start
        recoverMails(ctx);
        wakeMail(ctx, true);
        ctx.clock.advance(10 * DAY);
        await sendDue(ctx);
        expect(mailById(ctx.db, id)?.state).toBe('uncertain');
        decide(ctx, owner, id, 'sent');
        await sendDue(ctx);
      }
      expect(
        mailer.took.map((m) => m.to),
        when,
      ).toEqual(['ana@example.com']);
    }
  });

  it('what may have left and is left alone is asked about no more, and counts as having left', async () => {
    const mailer = countingMailer();
    const ctx = mailShop({ mailer });
    aReader(ctx, { email: 'ana@example.com' });
    const id = aMail(ctx, 'ana@example.com');
    mailer.answer = () => ({ kind: 'uncertain', why: 'timeout' });
    await sendDue(ctx);
    expect(mailQueue(ctx.db).uncertain).toBe(1);
    decide(ctx, owner, id, 'leave');
    expect([mailQueue(ctx.db).uncertain, uncertainMails(ctx.db, { offset: 0, limit: 9 })]).toEqual([0, []]);
    mailer.answer = () => ({ kind: 'accepted' });
    wakeMail(ctx, true);
    ctx.clock.advance(2 * DAY);
    const next = aMail(ctx, 'ana@example.com');
    expect(await sendDue(ctx)).toBe(0);
    expect(mailById(ctx.db, next)).toMatchObject({ state: 'skipped', reason: 'texted-recently' });
  });

  it('a try that did not leave carries the same Message-ID the next time', async () => {
    const mailer = countingMailer();
    const ctx = mailShop({ mailer });
    aReader(ctx, { email: 'ana@example.com' });
    const id = aMail(ctx, 'ana@example.com');
    mailer.answer = () => ({ kind: 'not-sent', why: 'busy', code: 450 });
    await sendDue(ctx);
    expect(mailById(ctx.db, id)).toMatchObject({ state: 'waiting', attempts: 1, reason: 'busy' });
    mailer.answer = () => ({ kind: 'accepted' });
    ctx.clock.advance(HOUR);
    await sendDue(ctx);
    expect(mailer.took.map((m) => m.messageId)).toEqual([mailById(ctx.db, id)?.messageId]);
  });

  it('a restored copy never sends what left since: the journal knows it, and what waited waits for the owner', async () => {
    const mailer = countingMailer();
    const ctx = mailShop({ mailer });
    for (const email of ['ana@example.com', 'ben@example.com']) aReader(ctx, { email });
    // the copy: both wait
    const ids = ['ana@example.com', 'ben@example.com'].map((e) => aMail(ctx, e));
    mailer.answer = (to) => (to === 'ben@example.com' ? { kind: 'not-sent', why: 'unreachable', code: null } : { kind: 'accepted' });
    await sendDue(ctx);
    const journal = ctx.journalled.flatMap((e) => (e.kind === 'mails' ? [e.row as unknown as MailFact] : []));
    ctx.db.raw.prepare("UPDATE mail SET state = 'waiting', left_at = NULL, final_at = NULL, attempts = 0").run();
    ctx.db.tx((trx) => {
      for (const m of journal) putMail(trx, m, ctx.clock.now());
      unsureMailsAfterRestore(trx, ctx.clock.now());
    });
    expect(ids.map((id) => mailById(ctx.db, id)?.state)).toEqual(['sent', 'uncertain']);
    mailer.answer = () => ({ kind: 'accepted' });
    wakeMail(ctx, true);
    ctx.clock.advance(10 * DAY);
    expect(await sendDue(ctx)).toBe(0);
    expect(mailer.took.map((m) => m.to)).toEqual(['ana@example.com']);
    // a copy that never knew of it counts it all the same
    ctx.db.raw.prepare('DELETE FROM mail_attempt').run();
    ctx.db.raw.prepare('DELETE FROM mail').run();
    ctx.db.tx((trx) => {
      for (const m of journal) putMail(trx, m, ctx.clock.now());
    });
    expect(
      listMails(ctx.db, { offset: 0, limit: 9 })
        .rows.filter((m) => m.state === 'sent')
        .map((m) => m.address),
    ).toContain('ana@example.com');
  });
});

describe('how many, and when', () => {
  it('no more than the day’s limit, none outside the hours, none while paused by the owner', async () => {
    const mailer = countingMailer();
    const ctx = mailShop({ mailer, settings: { mail: { dailyLimit: 2 } } });
    for (const email of ['p1@example.com', 'p2@example.com', 'p3@example.com']) {
      aReader(ctx, { email });
      aMail(ctx, email);
    }
    expect(await sendDue(ctx)).toBe(2);
    // 04:00 the next morning: a new day, but nobody is woken
    ctx.clock.advance(17 * HOUR);
    wakeMail(ctx, true);
    expect(await sendDue(ctx)).toBe(0);
    ctx.clock.advance(7 * HOUR);
    setMail(ctx, { mode: 'none' });
    wakeMail(ctx, true);
    expect(await sendDue(ctx)).toBe(0);
    setMail(ctx, { mode: 'smtp' });
    wakeMail(ctx, true);
    expect(await sendDue(ctx)).toBe(1);
    expect(mailer.took).toHaveLength(3);
  });

  it('a campaign that hits dead addresses pauses itself', async () => {
    const mailer = countingMailer();
    mailer.answer = (to) => (/^dead/.test(to) ? { kind: 'rejected', code: 550, refusal: 'bad-address' } : { kind: 'accepted' });
    const ctx = mailShop({ mailer });
    const campaign = Number(
      ctx.db.run(
        ctx.db.q
          .insertInto('campaign')
          .values({ name: 'c', state: 'sending', rule: '{"all":[]}', created_at: 1, updated_at: 1, started_at: ctx.clock.now() }),
      ).lastInsertRowid,
    );
    for (let n = 0; n < 20; n++) {
      const email = `${n < 5 ? 'dead' : 'fine'}${n}@example.com`;
      aReader(ctx, { email });
      aMail(ctx, email, { campaign });
    }
    await sendDue(ctx);
    expect(mailer.took.length).toBeLessThanOrEqual(1);
    expect(ctx.db.one(ctx.db.q.selectFrom('campaign').select(['state', 'pause_reason']).where('id', '=', campaign))).toMatchObject({
      state: 'paused',
      pause_reason: 'mail-bounces:5/5',
    });
  });
});
