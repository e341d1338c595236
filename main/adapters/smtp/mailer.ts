import { Readable } from 'node:stream';
import { domainToASCII } from 'node:url';
import { AppError } from '@domain/errors';
import { refusalOf, statusIn } from '@domain/mail/verdict';
import type { MailAccount, Mailer, MailOutcome, OutgoingMail } from '@ports/mailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

export interface MailerOptions {
  /** A certificate to trust beside those of the system: for tests over a real TLS line. */
  trust?: string;
  connectMs?: number;
  /** Silence after which a line counts as broken. */
  silenceMs?: number;
}

const CONNECT_MS = 20_000;
const SILENCE_MS = 60_000;
/** A line that has carried this many is closed: providers end long ones by themselves, in the middle of a mail. */
const MOST_PER_LINE = 40;

type Trouble = SMTPConnection.SMTPError & { originalCode?: string };

/**
 * The shop's post office over SMTP: the line is secret from the first byte or turned secret before anything is said, certificates are
 * checked, and nothing is logged (a protocol log holds the password). One line at a time, used for several mails.
 */
export function makeMailer(account: MailAccount, options: MailerOptions = {}): Mailer {
  let line: { smtp: SMTPConnection; carried: number } | null = null;

  const hangUp = () => {
    line?.smtp.quit();
    line = null;
  };

  async function open(): Promise<SMTPConnection> {
    if (line && line.carried < MOST_PER_LINE && !line.smtp.destroyed) {
      line.carried++;
      return line.smtp;
    }
    hangUp();
    const smtp = new SMTPConnection({
      host: account.host,
      port: account.port,
      secure: account.security === 'tls',
      requireTLS: account.security === 'starttls',
      connectionTimeout: options.connectMs ?? CONNECT_MS,
      greetingTimeout: options.connectMs ?? CONNECT_MS,
      dnsTimeout: options.connectMs ?? CONNECT_MS,
      socketTimeout: options.silenceMs ?? SILENCE_MS,
      // the computer's own name is nobody's business
      name: 'localhost',
      logger: false,
      tls: { minVersion: 'TLSv1.2', ...(options.trust === undefined ? {} : { ca: options.trust }) },
    });
    await new Promise<void>((resolve, reject) => {
      // stays: an idle line that breaks later must not end the process
      smtp.on('error', (error) => {
        if (line?.smtp === smtp) line = null;
        reject(error);
      });
      smtp.connect((error) => (error ? reject(error) : resolve()));
    });
    try {
      await new Promise<void>((resolve, reject) =>
        smtp.login({ user: account.user, pass: account.password }, (error) => (error ? reject(error) : resolve())),
      );
    } catch (error) {
      smtp.quit();
      throw error;
    }
    smtp.on('end', () => {
      if (line?.smtp === smtp) line = null;
    });
    line = { smtp, carried: 1 };
    return smtp;
  }

  return {
    async check() {
      try {
        hangUp();
        await open();
        hangUp();
      } catch (error) {
        throw appError(error as Trouble);
      }
    },
    async deliver(mail) {
      let bytes: Buffer;
      let smtp: SMTPConnection;
      try {
        bytes = await compose(mail);
        smtp = await open();
      } catch (error) {
        return notSent(error as Trouble);
      }
      return new Promise<MailOutcome>((resolve) => {
        // from here on the words may be under way: asked for by the connection only after the post office said "go ahead"
        const words = new Words(bytes);
        smtp.send({ from: onWire(mail.from.address), to: onWire(mail.to), size: bytes.length }, words.stream, (error) => {
          if (!error) return resolve({ kind: 'accepted' });
          const outcome = outcomeOf(error as Trouble, words.asked);
          // a refused mail may leave the line in the middle of it: the next one gets a line of its own
          smtp.close();
          if (line?.smtp === smtp) line = null;
          resolve(outcome);
        });
      });
    },
    close: hangUp,
  };
}

/** The mail as it travels: plain words and HTML side by side, headers that mail programs offer "unsubscribe" by. */
function compose(mail: OutgoingMail): Promise<Buffer> {
  const { from, replyTo, to, subject, text, html, messageId, at, unsubscribe, language } = mail;
  return new MailComposer({
    from: { name: from.name, address: from.address },
    ...(replyTo === null ? {} : { replyTo }),
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId,
    date: new Date(at),
    // long lines of other alphabets survive every post office
    textEncoding: 'quoted-printable',
    headers: {
      'Content-Language': language,
      ...(unsubscribe === null ? {} : { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-ID': `<news.${from.address.split('@').at(-1)}>` }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

/** An address as post offices read it: a domain of other letters in its ASCII shape, unless the name before it needs the newer way anyhow. */
function onWire(address: string): string {
  const at = address.lastIndexOf('@');
  const [name, domain] = [address.slice(0, at), address.slice(at + 1)];
  const plain = /^[\x20-\x7e]*$/.test(name) ? domainToASCII(domain) : '';
  return plain === '' ? address : `${name}@${plain}`;
}

/** Bytes that know whether anybody began to take them. */
class Words {
  asked = false;
  readonly stream: Readable;
  constructor(bytes: Buffer) {
    this.stream = new Readable({
      read: () => {
        this.asked = true;
        this.stream.push(bytes);
        this.stream.push(null);
      },
    });
  }
}

/** What a failure means. Only a clear answer to the mail itself is an answer once its words may have been under way. */
function outcomeOf(error: Trouble, underWay: boolean): MailOutcome {
  const code = error.responseCode ?? null;
  const said = error.response ?? '';
  if (code !== null && code >= 500 && error.command !== 'CONN') {
    if (error.command === 'MAIL FROM') {
      return dayUsed(said) ? { kind: 'not-sent', why: 'day-used', code } : { kind: 'not-sent', why: 'refused-sender', code };
    }
    if (dayUsed(said)) return { kind: 'not-sent', why: 'day-used', code };
    return { kind: 'rejected', code, refusal: refusalOf(code, statusIn(said), said) };
  }
  if (code !== null && code >= 400 && error.command !== 'CONN') return { kind: 'not-sent', why: dayUsed(said) ? 'day-used' : 'busy', code };
  if (error.code === 'EMESSAGE' && !underWay) return { kind: 'rejected', code: 552, refusal: 'too-large' };
  if (error.code === 'EENVELOPE' && code === null) return { kind: 'rejected', code: 553, refusal: 'bad-address' };
  if (underWay) return { kind: 'uncertain', why: error.code === 'ETIMEDOUT' ? 'timeout' : 'reset' };
  return notSent(error);
}

const dayUsed = (said: string): boolean =>
  /(daily|sending|message).{0,30}(limit|quota)|limit exceeded|5\.4\.5|too many (messages|recipients)/i.test(said);

function notSent(error: Trouble): MailOutcome {
  const code = error.responseCode ?? null;
  if (error.code === 'EAUTH') return { kind: 'not-sent', why: code !== null && code < 500 ? 'busy' : 'auth', code };
  if (isTls(error)) return { kind: 'not-sent', why: 'tls', code };
  return { kind: 'not-sent', why: code !== null && code >= 400 ? 'busy' : 'unreachable', code };
}

const isTls = (e: Trouble): boolean =>
  e.code === 'ETLS' ||
  /CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME|ALTNAME|ERR_SSL|ERR_TLS|EPROTO/.test(e.originalCode ?? '') ||
  /certificate|STARTTLS/i.test(e.message);

/** For somebody who is connecting: a code, never the reply itself (it may echo what was typed). */
function appError(error: Trouble): AppError {
  if (error.code === 'EAUTH')
    return new AppError(error.responseCode === 454 ? 'mail.unreachable' : 'mail.auth', { code: error.responseCode ?? 0 });
  if (isTls(error)) return new AppError('mail.tls');
  if (error.code === 'ETIMEDOUT') return new AppError('mail.too-slow');
  if (error.responseCode !== undefined && error.responseCode >= 500) return new AppError('mail.refused', { code: error.responseCode });
  return new AppError('mail.unreachable');
}
