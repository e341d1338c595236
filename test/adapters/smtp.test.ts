import type { UtcMs } from '@domain/kernel';
import type { OutgoingMail } from '@ports/mailer';
import { afterEach, describe, expect, it } from 'vitest';
import { MAIL_PASSWORD, MAIL_USER, mailerAt, type PostOffice, startPostOffice } from '../support/smtp';

const MAIL: OutgoingMail = {
  from: { name: 'Corner Shoes', address: MAIL_USER },
  replyTo: null,
  to: 'ana@example.com',
  subject: 'Boots are in, Ana',
  text: 'Your size came in.\n',
  html: '<p>Your size came in.</p>',
  messageId: '<regulars.abc@corner-shoes.example>',
  at: Date.UTC(2026, 10, 22, 15) as UtcMs,
  unsubscribe: `mailto:${MAIL_USER}?subject=Unsubscribe%20abc`,
  language: 'en',
};

let office: PostOffice | undefined;
afterEach(async () => {
  await office?.close();
  office = undefined;
});
const at = async (...o: Parameters<typeof startPostOffice>) => {
  office = await startPostOffice(...o);
  return office;
};

describe('handing a mail over', () => {
  it.each(['tls', 'starttls'] as const)('arrives over %s as it was written, with a way to leave', async (security) => {
    const o = await at({ security });
    const mailer = mailerAt(o, { security });
    expect(await mailer.deliver(MAIL)).toEqual({ kind: 'accepted' });
    mailer.close();
    const [got] = o.arrived;
    expect(got).toMatchObject({ secure: true, from: MAIL_USER, to: ['ana@example.com'] });
    expect(got?.mail.subject).toBe(MAIL.subject);
    expect(got?.mail.from?.text).toBe(`"Corner Shoes" <${MAIL_USER}>`);
    expect(got?.mail.messageId).toBe(MAIL.messageId);
    expect(got?.mail.text?.trim()).toBe('Your size came in.');
    expect(got?.mail.html).toBe(MAIL.html);
    expect(got?.raw.replace(/\r\n[ \t]+/g, ' ')).toContain(`List-Unsubscribe: <${MAIL.unsubscribe}>`);
    expect(got?.raw).toContain('Content-Language: en');
  });

  it('keeps every letter of other alphabets, and a subject stays one line', async () => {
    const o = await at();
    const mailer = mailerAt(o);
    await mailer.deliver({
      ...MAIL,
      subject: 'Tus botas, María: ¡ya están!\r\nBcc: all@example.com',
      text: 'Talla 38 — señora Núñez',
      to: 'maria@example.com',
    });
    mailer.close();
    expect(o.arrived[0]?.mail.text?.trim()).toBe('Talla 38 — señora Núñez');
    expect(o.arrived[0]?.mail.subject).toContain('Tus botas, María: ¡ya están!');
    expect(o.arrived[0]?.to).toEqual(['maria@example.com']);
    expect(o.arrived[0]?.mail.bcc).toBeUndefined();
  });

  it('uses one line for several mails', async () => {
    const o = await at();
    const mailer = mailerAt(o);
    for (const to of ['a@example.com', 'b@example.com', 'c@example.com'])
      expect((await mailer.deliver({ ...MAIL, to })).kind).toBe('accepted');
    mailer.close();
    expect(o.arrived.map((m) => m.to[0])).toEqual(['a@example.com', 'b@example.com', 'c@example.com']);
    expect(o.lines).toBe(1);
  });
});

describe('what a refusal means', () => {
  it.each([
    [
      { rcpt: { 'ana@example.com': { code: 550, said: '5.1.1 No such user here' } } },
      { kind: 'rejected', code: 550, refusal: 'bad-address' },
    ],
    [{ rcpt: { 'ana@example.com': { code: 552, said: '5.2.2 Mailbox full' } } }, { kind: 'rejected', code: 552, refusal: 'mailbox-full' }],
    [
      { rcpt: { 'ana@example.com': { code: 450, said: '4.2.0 Greylisted, try again later' } } },
      { kind: 'not-sent', why: 'busy', code: 450 },
    ],
    [
      { sender: { code: 553, said: '5.7.1 Sender address rejected: not owned by user' } },
      { kind: 'not-sent', why: 'refused-sender', code: 553 },
    ],
    [{ sender: { code: 550, said: '5.4.5 Daily sending quota exceeded' } }, { kind: 'not-sent', why: 'day-used', code: 550 }],
    [{ data: { code: 554, said: '5.7.1 Message looks like spam' } }, { kind: 'rejected', code: 554, refusal: 'refused-us' }],
    [{ data: { code: 451, said: '4.3.0 Try again later' } }, { kind: 'not-sent', why: 'busy', code: 451 }],
  ] as const)('%j', async (mood, outcome) => {
    const o = await at();
    o.mood = mood;
    const mailer = mailerAt(o);
    expect(await mailer.deliver(MAIL)).toEqual(outcome);
    expect(o.arrived).toEqual([]);
    // the line is good for the next one
    o.mood = {};
    expect(await mailer.deliver({ ...MAIL, to: 'ben@example.com' })).toEqual({ kind: 'accepted' });
    mailer.close();
  });

  it('is final for a mail larger than they take, before a word of it leaves', async () => {
    const o = await at({ size: 2000 });
    const mailer = mailerAt(o);
    expect(await mailer.deliver({ ...MAIL, text: 'x'.repeat(5000) })).toMatchObject({ kind: 'rejected', refusal: 'too-large' });
    mailer.close();
    expect(o.arrived).toEqual([]);
  });
});

describe('a line that breaks', () => {
  it.each([
    ['hang-up', 'reset'],
    ['silence', 'timeout'],
  ] as const)('after the words left (%s) is uncertain: they may have the mail', async (data, why) => {
    const o = await at();
    o.mood = { data };
    const mailer = mailerAt(o, { silenceMs: 400 });
    expect(await mailer.deliver(MAIL)).toEqual({ kind: 'uncertain', why });
    expect(o.arrived).toHaveLength(1);
    mailer.close();
  });

  it('before that is not sent: nobody there, a wrong port', async () => {
    const o = await at();
    const { port } = o;
    await o.close();
    office = undefined;
    const mailer = mailerAt({ port });
    expect(await mailer.deliver(MAIL)).toEqual({ kind: 'not-sent', why: 'unreachable', code: null });
    await expect(mailer.check()).rejects.toMatchObject({ code: 'mail.unreachable' });
  });
});

describe('signing in', () => {
  it('works with the right password and says so', async () => {
    const o = await at();
    await expect(mailerAt(o).check()).resolves.toBeUndefined();
  });

  it('is refused with the wrong one, and what was typed stands in no error', async () => {
    const o = await at();
    const mailer = mailerAt(o, { password: 'wrong-and-secret' });
    const error = await mailer.check().catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'mail.auth', params: { code: 535 } });
    expect(JSON.stringify([error, String(error), (error as Error).stack])).not.toMatch(/wrong-and-secret|not accepted/);
    expect(await mailer.deliver(MAIL)).toEqual({ kind: 'not-sent', why: 'auth', code: 535 });
  });

  it('that is refused for now is tried again later', async () => {
    const o = await at();
    o.mood = { authBusy: true };
    expect(await mailerAt(o).deliver(MAIL)).toEqual({ kind: 'not-sent', why: 'busy', code: 454 });
  });

  it('never happens over a line that is not secret, or whose certificate nobody vouches for', async () => {
    const open = await at({ security: 'none' });
    expect(await mailerAt(open, { security: 'starttls' }).deliver(MAIL)).toMatchObject({ kind: 'not-sent', why: 'tls' });
    await open.close();
    const o = await at();
    const stranger = mailerAt(o, { trust: null });
    expect(await stranger.deliver(MAIL)).toEqual({ kind: 'not-sent', why: 'tls', code: null });
    await expect(stranger.check()).rejects.toMatchObject({ code: 'mail.tls' });
    expect(MAIL_PASSWORD.length).toBeGreaterThan(0);
  });

  it('speaks TLS to a server that does not: a wrong port is no secret line', async () => {
    const o = await at({ security: 'starttls' });
    const mailer = mailerAt(o, { security: 'tls' });
    expect(await mailer.deliver(MAIL)).toMatchObject({ kind: 'not-sent' });
    const error = await mailer.check().catch((e: unknown) => e);
    expect(['mail.tls', 'mail.unreachable', 'mail.too-slow']).toContain((error as { code: string }).code);
  });
});
