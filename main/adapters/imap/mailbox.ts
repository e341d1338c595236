import { AppError } from '@domain/errors';
import type { InboundMail } from '@domain/mail/inbound';
import type { Mailbox, MailboxAccount, MailboxPage, MailboxPlace } from '@ports/mailbox';
import { ImapFlow } from 'imapflow';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';

export interface MailboxOptions {
  /** A certificate to trust beside those of the system: for tests over a real TLS line. */
  trust?: string;
  connectMs?: number;
  silenceMs?: number;
}

const CONNECT_MS = 20_000;
const SILENCE_MS = 60_000;
/** Of a mail no more than its beginning is read: an unsubscribe is one line, a bounce says it in its first parts. */
const MOST_BYTES = 96 * 1024;
const MOST_TEXT = 4000;

/**
 * The shop's mailbox over IMAP, always over TLS, opened for reading only: nothing in it is marked, moved or deleted. A line of its own per
 * reading. Nothing is logged.
 */
export function makeMailbox(account: MailboxAccount, options: MailboxOptions = {}): Mailbox {
  return {
    async read(after, most) {
      const imap = new ImapFlow({
        host: account.host,
        port: account.port,
        secure: true,
        auth: { user: account.user, pass: account.password },
        logger: false,
        disableAutoIdle: true,
        disableCompression: true,
        connectionTimeout: options.connectMs ?? CONNECT_MS,
        greetingTimeout: options.connectMs ?? CONNECT_MS,
        socketTimeout: options.silenceMs ?? SILENCE_MS,
        // says nothing about this computer
        clientInfo: { name: 'Regulars' },
        tls: { minVersion: 'TLSv1.2', ...(options.trust === undefined ? {} : { ca: options.trust }) },
      });
      // an event without a listener ends the process: there before the line is opened, and for good
      imap.on('error', () => {});
      try {
        await imap.connect();
        return await readInbox(imap, after, most);
      } catch (error) {
        throw appError(error);
      } finally {
        await imap.logout().catch(() => imap.close());
      }
    },
  };
}

async function readInbox(imap: ImapFlow, after: MailboxPlace | null, most: number): Promise<MailboxPage> {
  const lock = await imap.getMailboxLock('INBOX', { readOnly: true });
  try {
    const box = imap.mailbox;
    if (box === false) throw new AppError('mail.imap-unreachable');
    const validity = String(box.uidValidity);
    const last = box.uidNext - 1;
    // a mailbox that was made anew counts from the beginning, and so do we: from now on
    if (after === null || after.validity !== validity) return { mails: [], place: { validity, uid: last }, more: false };
    if (last <= after.uid) return { mails: [], place: after, more: false };
    const found = await imap.search({ uid: `${after.uid + 1}:*` }, { uid: true });
    // "n:*" always names the newest one, also where that is older than n
    const uids = (found || []).filter((uid) => uid > after.uid).sort((a, b) => a - b);
    const some = uids.slice(0, most);
    if (some.length === 0) return { mails: [], place: { validity, uid: last }, more: false };
    const mails: InboundMail[] = [];
    for await (const m of imap.fetch(some.join(','), { uid: true, source: { start: 0, maxLength: MOST_BYTES } }, { uid: true })) {
      if (m.source) mails.push(await understand(m.uid, m.source));
    }
    mails.sort((a, b) => a.uid - b.uid);
    const more = uids.length > some.length;
    return { mails, place: { validity, uid: more ? (some.at(-1) ?? last) : Math.max(last, some.at(-1) ?? 0) }, more };
  } finally {
    lock.release();
  }
}

const addressOf = (a: AddressObject | AddressObject[] | undefined): string | null => {
  const one = Array.isArray(a) ? a[0] : a;
  return one?.value[0]?.address?.toLowerCase() ?? null;
};

/** What we need of a mail; the rest of it is forgotten at once. */
export async function understand(uid: number, source: Buffer): Promise<InboundMail> {
  let m: ParsedMail;
  try {
    const options = { skipTextToHtml: true, skipImageLinks: true, keepDeliveryStatus: true };
    m = await simpleParser(source, options);
  } catch {
    return { uid, from: null, subject: '', text: '', automatic: true, about: [], report: null };
  }
  const raw = source.toString('latin1');
  const header = (name: string): string => String(m.headers.get(name) ?? '');
  const auto = header('auto-submitted').toLowerCase();
  const from = addressOf(m.from);
  const report = reportOf(m);
  return {
    uid,
    from,
    subject: m.subject ?? '',
    text: (m.text ?? '').slice(0, MOST_TEXT),
    automatic:
      report !== null ||
      (auto !== '' && auto !== 'no') ||
      /^(bulk|junk|list|auto_reply)$/i.test(header('precedence')) ||
      from === null ||
      /^(mailer-daemon|postmaster|no-?reply)@/.test(from),
    about: [
      ...new Set(
        [...raw.matchAll(/^(?:message-id|in-reply-to|references):\s*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/gim)].flatMap(
          (h) => (h[1] ?? '').match(/<[^<>\s]+@[^<>\s]+>/g) ?? [],
        ),
      ),
    ],
    report,
  };
}

/** The machine-readable part of a delivery report (RFC 3464). */
function reportOf(m: ParsedMail): InboundMail['report'] {
  const part = m.attachments.find((a) => /^message\/(global-)?delivery-status$/i.test(a.contentType));
  if (!part) return null;
  const said = part.content.toString('utf8');
  const field = (name: string) =>
    new RegExp(`^${name}:[ \\t]*([^\\r\\n]*(?:\\r?\\n[ \\t][^\\r\\n]*)*)`, 'im').exec(said)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
  const address = (text: string) =>
    text
      .replace(/^[^;]*;\s*/, '')
      .replace(/^<|>$/g, '')
      .toLowerCase();
  const final = address(field('Original-Recipient')) || address(field('Final-Recipient'));
  return {
    action: field('Action'),
    status: /\d\.\d{1,3}\.\d{1,3}/.exec(field('Status'))?.[0] ?? '',
    recipient: final === '' ? null : final,
    said: field('Diagnostic-Code').slice(0, 400),
  };
}

/** A code, never the server's own words: they may echo what was typed. */
function appError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const e = error as { authenticationFailed?: boolean; code?: string; message?: string };
  if (e.authenticationFailed) return new AppError('mail.imap-auth');
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|ERR_SSL|ERR_TLS|EPROTO/.test(e.code ?? '') || /certificate/i.test(e.message ?? ''))
    return new AppError('mail.imap-tls');
  return new AppError('mail.imap-unreachable');
}
