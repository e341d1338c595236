import { CAMPAIGN_CHANNELS, MOST_MAIL_BODY, MOST_SUBJECT } from '@domain/campaigns/channels';
import { MOST_PARTS } from '@domain/campaigns/parts';
import { MERGE_FIELDS } from '@domain/campaigns/template';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CampaignIdZ, CustomerIdZ, DoneZ, EmptyZ, OfferIdZ, PageZ, SegmentIdZ, UtcMsZ } from './primitives';

const n = z.number().int();
const host = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/);
const port = n.min(1).max(65_535);
const ImapZ = z.object({ host, port });
const SecurityZ = z.enum(['tls', 'starttls']);

/** What is said of a mail account; never the password. */
const account = {
  host: z.string(),
  port: n,
  security: SecurityZ,
  user: z.string(),
  fromName: z.string(),
  fromAddress: z.string(),
  replyTo: z.string(),
  postal: z.string(),
  dailyLimit: n,
  imap: z.object({ host: z.string(), port: n }).nullable(),
};

export const MailStatusZ = z.object({
  mode: z.enum(['none', 'practice', 'smtp']),
  ...account,
  pausedSince: UtcMsZ.nullable(),
  /** At the foot of every mail, line by line; [] = none is known, and offers may not leave. */
  postalShown: z.array(z.string()),
  queue: z.object({ waiting: n, sending: n, uncertain: n }),
  leftToday: n,
  testsLeft: n,
  /** Addresses that take no mail. */
  problems: n,
  /** Why nothing leaves just now. */
  block: z.object({ reason: z.string(), until: UtcMsZ }).nullable(),
  inbox: z.object({ readAt: UtcMsZ.nullable(), trouble: z.string().nullable() }).nullable(),
});

export const MailShownZ = z.object({ subject: z.string(), html: z.string(), text: z.string() });

/** A mail that left or is about to. */
export const MailRowZ = z.object({
  id: n,
  address: z.string(),
  customerId: CustomerIdZ.nullable(),
  messageClass: z.enum(['marketing', 'service', 'test']),
  state: z.enum(['staged', 'waiting', 'sending', 'sent', 'bounced', 'rejected', 'uncertain', 'skipped', 'cancelled']),
  reason: z.string().nullable(),
  subject: z.string(),
  leftAt: UtcMsZ.nullable(),
});

const one = z.object({ id: n.min(1) });

/** E-mail by the shop's own account. */
export const mail = {
  'mail/status': query({ role: 'owner', input: EmptyZ, output: MailStatusZ }),
  /** Signs in at the post office (and the mailbox) first; nothing is stored that does not work. Without a password the stored one stays. */
  'mail/connect': command({
    role: 'owner',
    input: z.object({
      host,
      port,
      security: SecurityZ,
      user: z.string().trim().min(1).max(254),
      password: z.string().min(1).max(500).optional(),
      fromName: z.string().trim().max(60),
      fromAddress: z.string().trim().max(254),
      replyTo: z.string().trim().max(254),
      postal: z.string().trim().max(300),
      dailyLimit: n.min(1).max(20_000),
      imap: ImapZ.nullable(),
    }),
    output: DoneZ,
    changes: ['settings', 'outbox'],
  }),
  'mail/save': command({
    role: 'owner',
    input: z.object({
      fromName: z.string().trim().max(60),
      replyTo: z.string().trim().max(254),
      postal: z.string().trim().max(300),
      dailyLimit: n.min(1).max(20_000),
    }),
    output: DoneZ,
    changes: ['settings', 'outbox'],
  }),
  'mail/disconnect': command({ role: 'owner', input: EmptyZ, output: DoneZ, changes: ['settings', 'outbox'] }),
  'mail/pause': command({ role: 'owner', input: z.object({ paused: z.boolean() }), output: DoneZ, changes: ['settings', 'outbox'] }),
  /** A mail to the owner's own address; answers when the post office has it. */
  'mail/test': command({
    role: 'owner',
    input: z.object({ to: z.string().trim().min(3).max(254) }),
    output: DoneZ,
    changes: ['outbox'],
  }),
  /** Somebody told us, by whatever way: no more e-mails to this address. `waiting`: mails that were called off. */
  'mail/stop': command({
    role: 'owner',
    input: z.object({ email: z.string().trim().min(3).max(254) }),
    output: z.object({ waiting: n }),
    changes: ['consent', 'customers', 'outbox', 'campaigns'],
  }),
  /** The same for the person in front of the counter. */
  'mail/stop-person': command({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ }),
    output: DoneZ,
    changes: ['consent', 'customers', 'outbox', 'campaigns', 'counter'],
  }),
  /** What left, the latest first. */
  'mail/list': query({ role: 'owner', input: PageZ, output: z.object({ rows: z.array(MailRowZ).max(200), total: n }) }),
  'mail/one': query({ role: 'owner', input: one, output: MailRowZ.extend({ shown: MailShownZ }) }),
  /** A campaign's mail as a real person of the part would read it; nothing needs to be saved for it. */
  'mail/preview': query({
    role: 'owner',
    input: z.object({
      campaignId: CampaignIdZ.nullable(),
      segmentId: SegmentIdZ.nullable(),
      before: z
        .array(SegmentIdZ)
        .max(MOST_PARTS - 1)
        .optional(),
      subject: z.string().max(MOST_SUBJECT),
      body: z.string().max(MOST_MAIL_BODY),
      language: z.enum(['en', 'es']),
      offerId: OfferIdZ.nullable(),
      channels: z.enum(CAMPAIGN_CHANNELS),
      topic: z.string().max(60).optional(),
      index: n.min(0),
    }),
    output: z.object({
      people: n,
      reader: z.object({ customerId: CustomerIdZ, name: z.string(), email: z.string() }).nullable(),
      shown: MailShownZ,
      missing: z.array(z.enum(MERGE_FIELDS)),
    }),
  }),
  /** What became of a campaign's mails. Nobody counts who opened one. */
  'mail/of-campaign': query({
    role: 'owner',
    input: z.object({ id: CampaignIdZ }),
    output: z.object({
      people: n,
      waiting: n,
      sent: n,
      bounced: n,
      rejected: n,
      uncertain: n,
      skipped: n,
      /** Of those left out, refused or come back: why. */
      reasons: z.array(z.object({ state: MailRowZ.shape.state, reason: z.string(), count: n })),
    }),
  }),
  /** Addresses that take no mail. */
  'mail/problems': query({
    role: 'owner',
    input: PageZ,
    output: z.object({
      total: n,
      rows: z
        .array(
          z.object({
            address: z.string(),
            why: z.enum(['bad-address', 'came-back']),
            at: UtcMsZ,
            customerId: CustomerIdZ.nullable(),
            name: z.string(),
          }),
        )
        .max(200),
    }),
  }),
  /** The owner knows that the address works. */
  'mail/forgive': command({ role: 'owner', input: z.object({ address: z.string() }), output: DoneZ, changes: ['customers', 'outbox'] }),
  'mail/uncertain': query({ role: 'owner', input: PageZ, output: z.array(MailRowZ).max(200) }),
  /** What may have left: the owner looked into their "sent" folder. `again`: it did not, and is to be sent. */
  'mail/decide': command({
    role: 'owner',
    input: one.extend({ as: z.enum(['sent', 'again', 'leave']) }),
    output: DoneZ,
    changes: ['outbox', 'campaigns'],
  }),
  /** Practice shops: a practice customer presses "unsubscribe" in their mail, or answers it. */
  'mail/practice-answer': command({
    role: 'owner',
    input: one.extend({ what: z.enum(['unsubscribe', 'stop', 'thanks']) }),
    output: DoneZ,
    changes: [],
  }),
} satisfies Contract;
