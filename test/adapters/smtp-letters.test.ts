import { DAY, type UtcMs } from '@domain/kernel';
import { mailHtml, mailText } from '@domain/mail/template';
import { unsubscribeLink, unsubscribeToken } from '@domain/mail/token';
import type { Mailer, OutgoingMail } from '@ports/mailer';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIL_USER, mailerAt, type PostOffice, startPostOffice } from '../support/smtp';

/** Mails as they lie at the other end of a real line, byte by byte. */
let office: PostOffice;
let mailer: Mailer;
beforeAll(async () => {
  office = await startPostOffice();
  mailer = mailerAt(office);
});
afterAll(async () => {
  mailer.close();
  await office.close();
});

const AT = Date.UTC(2026, 10, 22, 23, 30, 5) as UtcMs;
const LONG = `${'A sentence about boots that goes on and on without a single line end in it. '.repeat(12)}https://corner-shoes.example/new/${'boots-'.repeat(30)}x`;

const outgoing = (o: Partial<OutgoingMail> & { body?: string; shop?: string } = {}): OutgoingMail => {
  const to = o.to ?? 'ana@example.com';
  const parts = {
    shop: o.shop ?? 'Corner Shoes',
    postal: ['12 Main St', 'Springfield, NY 12345'],
    phone: '212-555-0134',
    language: 'en' as const,
    subject: o.subject ?? 'Boots are in',
    body: o.body ?? 'Your size came in.',
    card: { offer: '20 % off boots', code: 'K7M-4Q9X', until: 'Sun, Nov 29' },
    unsubscribe: unsubscribeLink(MAIL_USER, unsubscribeToken(new Uint8Array(32).fill(7), to)),
    kind: 'marketing' as const,
  };
  return {
    from: { name: parts.shop, address: MAIL_USER },
    replyTo: null,
    to,
    subject: parts.subject,
    text: mailText(parts),
    html: mailHtml(parts),
    messageId: '<regulars.0123456789abcdef@corner-shoes.example>',
    at: AT,
    unsubscribe: parts.unsubscribe,
    language: 'en',
    ...o,
  };
};

async function arrived(mail: OutgoingMail) {
  expect(await mailer.deliver(mail)).toEqual({ kind: 'accepted' });
  const got = office.arrived.at(-1);
  if (!got) throw new Error('nothing arrived');
  const end = got.raw.indexOf('\r\n\r\n');
  return { ...got, head: got.raw.slice(0, end), unfolded: got.raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ') };
}
const names = (head: string): string[] => [...head.matchAll(/^([A-Za-z-]+):/gm)].map((m) => (m[1] ?? '').toLowerCase());

describe('a mail at the other end', () => {
  it('has the headers a mail program needs, each once, its hour in UTC by the shop’s own clock, and nothing about this computer', async () => {
    const { unfolded, from, head, mail } = await arrived(outgoing());
    expect(names(head).sort()).toEqual(
      [
        'content-language',
        'content-type',
        'date',
        'from',
        'list-id',
        'list-unsubscribe',
        'message-id',
        'mime-version',
        'subject',
        'to',
      ].sort(),
    );
    expect(unfolded).toContain('Date: Sun, 22 Nov 2026 23:30:05 +0000');
    expect(unfolded).toContain('Message-ID: <regulars.0123456789abcdef@corner-shoes.example>');
    expect(unfolded).toMatch(new RegExp(`^List-Unsubscribe: <mailto:${MAIL_USER}\\?subject=Unsubscribe%20[0-9a-f]{20}>$`, 'm'));
    expect(unfolded).toMatch(/^Content-Type: multipart\/alternative;/m);
    // the address people see is the one the line was opened for, and what the Message-ID says
    expect(mail.from?.value[0]?.address).toBe(from);
    expect(mail.messageId?.split('@')[1]).toBe(`${from.split('@')[1]}>`);
  });

  it('is lines no longer than post offices take, however long a sentence or an address of a page is', async () => {
    const { raw, mail } = await arrived(outgoing({ body: LONG, subject: `Boots ${'and more boots '.repeat(9)}` }));
    // an address to press is one piece in a header
    expect(raw.split('\r\n').filter((l) => l.length > 78 && !l.startsWith(' <mailto:'))).toEqual([]);
    expect(raw).not.toMatch(/[^\r]\n/);
    expect(mail.html).toContain(`href="https://corner-shoes.example/new/${'boots-'.repeat(30)}x"`);
    const plain = mail.text?.split('\n') ?? [];
    expect(plain.filter((l) => l.length > 76 && !/https:|mailto:/.test(l))).toEqual([]);
    expect(plain.some((l) => l === `https://corner-shoes.example/new/${'boots-'.repeat(30)}x`)).toBe(true);
  });

  it('fetches nothing: no picture, no font, no script, no count of who opened it', async () => {
    const { raw, mail } = await arrived(outgoing());
    expect(raw.length).toBeLessThan(16_000);
    expect(String(mail.html)).not.toMatch(/<img|<script|<link|@import|url\(|srcset|background=|<iframe|<object|<form/i);
    expect(mail.attachments).toEqual([]);
  });

  it('goes to addresses with a plus and with letters of other alphabets', async () => {
    expect((await arrived(outgoing({ to: 'ana+shop@example.com' }))).to).toEqual(['ana+shop@example.com']);
    // the office says a domain of other letters back as people read it
    const german = await arrived(outgoing({ to: 'ana@müller.example' }));
    expect([german.to, german.unfolded.match(/^To: .*/m)?.[0]]).toEqual([['ana@müller.example'], 'To: ana@xn--mller-kva.example']);
    expect((await arrived(outgoing({ to: 'josé@example.com' }))).to).toEqual(['josé@example.com']);
  });

  it('whatever a shop, a person or a subject is called adds no header, no recipient and no markup', async () => {
    const nasty = fc
      .array(
        fc.constantFrom(
          'Ana',
          'María',
          '\r\n',
          '\n',
          '\r',
          '\0',
          'Bcc: all@example.com',
          '\r\n\r\n<script>',
          '"',
          '<x@y.z>',
          ',',
          ';',
          ':',
          '=?utf-8?Q?=0D=0A?=',
          '\u2028',
          '😀',
          '{',
          '\\',
          ' ',
        ),
        { minLength: 1, maxLength: 10 },
      )
      .map((p) => p.join(''));
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, async (shop, subject, body) => {
        const { head, to, mail } = await arrived(
          outgoing({ shop, subject: subject.trim() === '' ? 'x' : subject, body, from: { name: shop, address: MAIL_USER } }),
        );
        const seen = names(head);
        expect(new Set(seen).size).toBe(seen.length);
        for (const name of ['bcc', 'cc', 'reply-to', 'sender']) expect(seen).not.toContain(name);
        expect(to).toEqual(['ana@example.com']);
        expect(mail.from?.value.map((v) => v.address)).toEqual([MAIL_USER]);
        expect(String(mail.html)).not.toMatch(/<script/i);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves by a link that works from any address the shop may have', () => {
    const token = unsubscribeToken(new Uint8Array(32), 'ana@example.com');
    expect(unsubscribeLink('hello+news@shop.example', token)).toBe(`mailto:hello+news@shop.example?subject=Unsubscribe%20${token}`);
    expect(unsubscribeLink('a&b?c%d@shop.example', token)).toMatch(/^mailto:a%26b%3Fc%25d@shop\.example\?subject=/);
    expect(AT % DAY).toBeGreaterThan(0);
  });
});
