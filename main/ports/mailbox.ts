import type { InboundMail } from '@domain/mail/inbound';

export interface MailboxAccount {
  host: string;
  port: number;
  user: string;
  password: string;
}

/** How far a mailbox was read: uids are only good within one `validity`. */
export interface MailboxPlace {
  validity: string;
  uid: number;
}

export interface MailboxPage {
  mails: InboundMail[];
  place: MailboxPlace;
  more: boolean;
}

/** The shop's own mailbox, read for unsubscribes and bounces; nothing in it is ever changed or marked as read. */
export interface Mailbox {
  /**
   * Mails that came after a place, oldest first; null = from now on (nothing of what lies there already).
   * @throws AppError mail.imap-auth | mail.imap-unreachable | mail.imap-tls
   */
  read(after: MailboxPlace | null, most: number): Promise<MailboxPage>;
}

export type MailboxFor = (account: MailboxAccount) => Promise<Mailbox>;
