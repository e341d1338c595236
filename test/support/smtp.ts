import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { makeMailer } from '@adapters/smtp/mailer';
import type { Mailer } from '@ports/mailer';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

export const MAIL_CERT = readFileSync('test/fixtures/mail/cert.pem', 'utf8');
export const MAIL_KEY = readFileSync('test/fixtures/mail/key.pem', 'utf8');
export const MAIL_USER = 'hello@corner-shoes.example';
export const MAIL_PASSWORD = 'abcd-efgh-ijkl-mnop';

export interface Arrived {
  from: string;
  to: string[];
  secure: boolean;
  raw: string;
  mail: ParsedMail;
}

export type Where = 'recipient' | 'words' | 'taken';

/** What the post office does instead of taking a mail. */
export interface PostOfficeMood {
  /** Answers by address: 550, 450 … with these words. */
  rcpt?: Record<string, { code: number; said: string }>;
  sender?: { code: number; said: string };
  /** After the words arrived: say this, hang up, or say nothing at all. `kept`: it has the mail all the same. */
  data?: { code: number; said: string } | 'hang-up' | 'silence';
  /** Told where the talk stands: it knows for whom; the words begin to come; it has the mail and is about to say so. */
  reached?: (where: Where) => unknown;
  /** Locks the account out for now. */
  authBusy?: boolean;
}

export interface PostOffice {
  port: number;
  arrived: Arrived[];
  /** Lines that were opened. */
  lines: number;
  mood: PostOfficeMood;
  /** Resolves when so many mails are here. */
  close(): Promise<void>;
}

const refusal = (code: number, said: string) => Object.assign(new Error(said), { responseCode: code });

/** A real SMTP server on this machine: TLS from the start, or STARTTLS. */
export async function startPostOffice(
  options: { security?: 'tls' | 'starttls' | 'none'; size?: number; cert?: string; key?: string } = {},
): Promise<PostOffice> {
  const security = options.security ?? 'tls';
  const office: PostOffice = { port: 0, arrived: [], lines: 0, mood: {}, close: async () => {} };
  const server = new SMTPServer({
    secure: security === 'tls',
    key: options.key ?? MAIL_KEY,
    cert: options.cert ?? MAIL_CERT,
    ...(security === 'none' ? { disabledCommands: ['STARTTLS'] } : {}),
    ...(options.size === undefined ? {} : { size: options.size }),
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    logger: false,
    onConnect: (_session: SMTPServerSession, done: (e?: Error) => void) => {
      office.lines++;
      done();
    },
    onAuth(auth, _session, done) {
      if (office.mood.authBusy) return done(refusal(454, '4.7.0 Temporary authentication failure'));
      if (auth.username === MAIL_USER && auth.password === MAIL_PASSWORD) return done(null, { user: MAIL_USER });
      // some servers say back what was typed
      return done(refusal(535, `5.7.8 Username and password not accepted: ${auth.username} ${auth.password}`));
    },
    onMailFrom(_address, _session, done) {
      const { sender } = office.mood;
      return sender ? done(refusal(sender.code, sender.said)) : done();
    },
    onRcptTo(address, _session, done) {
      const no = office.mood.rcpt?.[address.address];
      // its answer never comes where somebody dies of it
      if (office.mood.reached?.('recipient') === true) return;
      return no ? done(refusal(no.code, no.said)) : done();
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => {
        if (parts.push(part) === 1) office.mood.reached?.('words');
      });
      stream.on('end', () => {
        void (async () => {
          const raw = Buffer.concat(parts);
          const { data } = office.mood;
          const keep = async () =>
            office.arrived.push({
              from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
              to: session.envelope.rcptTo.map((r) => r.address),
              secure: session.secure,
              raw: raw.toString('utf8'),
              mail: await simpleParser(raw),
            });
          if (data === 'silence') {
            await keep();
            return;
          }
          if (data === 'hang-up') {
            await keep();
            (session as unknown as { id: string }).id;
            for (const c of (server as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections) c._socket.destroy();
            return;
          }
          if (stream.sizeExceeded) return done(refusal(552, '5.3.4 Message too large'));
          if (data) return done(refusal(data.code, data.said));
          await keep();
          office.mood.reached?.('taken');
          done();
        })();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  office.port = (server as unknown as { server: { address(): AddressInfo } }).server.address().port;
  office.close = () => new Promise((resolve) => server.close(() => resolve()));
  return office;
}

/** The app's own adapter, signed in at it. */
export const mailerAt = (
  office: Pick<PostOffice, 'port'>,
  o: { security?: 'tls' | 'starttls'; password?: string; host?: string; trust?: string | null; silenceMs?: number } = {},
): Mailer =>
  makeMailer(
    {
      host: o.host ?? '127.0.0.1',
      port: office.port,
      security: o.security ?? 'tls',
      user: MAIL_USER,
      password: o.password ?? MAIL_PASSWORD,
    },
    { connectMs: 2000, silenceMs: o.silenceMs ?? 2000, ...(o.trust === null ? {} : { trust: o.trust ?? MAIL_CERT }) },
  );
