import type { UtcMs } from '@domain/kernel';
import type { MailSecurity } from '@domain/mail/providers';
import type { Refusal } from '@domain/mail/verdict';

/** The shop's own account at its mail provider. */
export interface MailAccount {
  host: string;
  port: number;
  security: MailSecurity;
  user: string;
  password: string;
}

/** One mail, ready to leave. */
export interface OutgoingMail {
  from: { name: string; address: string };
  replyTo: string | null;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Ours and stable: a second try carries the same. With its angle brackets. */
  messageId: string;
  /** When it left, by the shop's clock. */
  at: UtcMs;
  /** Shown by mail programs as "unsubscribe"; null where there is nothing to leave (a test). */
  unsubscribe: string | null;
  language: 'en' | 'es';
}

/**
 * What became of handing a mail over.
 * accepted: the post office has it. rejected: a clear and final no to this mail. not-sent: nothing was taken, it may be tried again.
 * uncertain: the line broke while its words were under way; nobody can ask what became of it.
 */
export type MailOutcome =
  | { kind: 'accepted' }
  | { kind: 'rejected'; code: number; refusal: Refusal }
  | { kind: 'not-sent'; why: 'unreachable' | 'tls' | 'auth' | 'busy' | 'refused-sender' | 'day-used'; code: number | null }
  | { kind: 'uncertain'; why: 'timeout' | 'reset' };

/**
 * The shop's post office. Only the account's own words ever leave the adapter as codes: neither the password nor a reply that could hold
 * it is in any error or log.
 */
export interface Mailer {
  /** Signs in and out again. @throws AppError mail.auth | mail.unreachable | mail.tls | mail.too-slow | mail.refused */
  check(): Promise<void>;
  /** Hands one mail over; never throws. */
  deliver(mail: OutgoingMail): Promise<MailOutcome>;
  /** Ends the line, if one is open. */
  close(): void;
}

export type MailerFor = (account: MailAccount) => Promise<Mailer>;
