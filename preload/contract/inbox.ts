import { z } from 'zod';
import { ConsentStateZ } from './consent';
import { type Contract, command, query } from './define';
import { CampaignIdZ, CustomerIdZ, DoneZ, EmptyZ, OutboxIdZ, PageZ, PhoneZ, UtcMsZ } from './primitives';

export const ReplyMeaningZ = z.enum(['opt-out', 'hold', 'help', 'start', 'join', 'yes', 'no', 'reaction', 'message']);

/** A reply that may be a stop: its sender is suppressed until the owner decides. */
export const ParkedReplyZ = z.object({
  sid: z.string(),
  phone: z.string(),
  customerId: CustomerIdZ.nullable(),
  name: z.string(),
  body: z.string(),
  rule: z.string(),
  campaignId: CampaignIdZ.nullable(),
  receivedAt: UtcMsZ,
  /** Undecided then, it becomes a stop. */
  holdUntil: UtcMsZ.nullable(),
});

export const ThreadMessageZ = z.object({
  id: z.string(),
  fromUs: z.boolean(),
  body: z.string(),
  at: UtcMsZ,
  meaning: ReplyMeaningZ.nullable(),
  rule: z.string(),
  campaignName: z.string().nullable(),
  /** Of ours: campaign, confirmation, double-opt-in, help, stop-confirmation, reply, … */
  cause: z.string().nullable(),
  state: z.string().nullable(),
  reason: z.string().nullable(),
});

export const inbox = {
  /** Conversations, newest first; parked replies, oldest first. */
  'inbox/list': query({
    role: 'owner',
    input: PageZ,
    output: z.object({
      threads: z.array(
        z.object({
          phone: z.string(),
          customerId: CustomerIdZ.nullable(),
          name: z.string(),
          lastAt: UtcMsZ,
          lastBody: z.string(),
          lastFromUs: z.boolean(),
          lastMeaning: ReplyMeaningZ.nullable(),
          unread: z.number().int(),
          parked: z.number().int(),
        }),
      ),
      parked: z.array(ParkedReplyZ),
      unread: z.number().int(),
      /** When replies were last read from the carrier, and what went wrong since. */
      checkedAt: UtcMsZ.nullable(),
      lastError: z.string().nullable(),
    }),
  }),
  'inbox/thread': query({
    role: 'owner',
    input: z.object({ phone: z.string().max(40) }),
    output: z.object({
      phone: z.string(),
      customerId: CustomerIdZ.nullable(),
      name: z.string(),
      state: ConsentStateZ,
      carrierStop: z.boolean(),
      mayReply: z.boolean(),
      parked: z.array(ParkedReplyZ),
      messages: z.array(ThreadMessageZ),
    }),
  }),
  /** A reason is needed for "not a stop request". */
  'inbox/decide-hold': command({
    role: 'owner',
    input: z.object({ sid: z.string().max(64), decision: z.enum(['stop', 'not-a-stop']), reason: z.string().max(300).default('') }),
    output: DoneZ,
    changes: ['inbox', 'consent', 'customers', 'outbox', 'reports'],
  }),
  /** Queues a personal answer; it leaves within the person's hours. */
  'inbox/reply': command({
    role: 'owner',
    input: z.object({ phone: PhoneZ, body: z.string().min(1).max(640) }),
    output: z.object({ id: OutboxIdZ, segments: z.number().int() }),
    changes: ['inbox', 'outbox'],
  }),
  'inbox/mark-read': command({
    role: 'owner',
    input: z.object({ phone: z.string().max(40) }),
    output: DoneZ,
    changes: ['inbox', 'reports'],
  }),
  /** Reads new replies from the carrier now. */
  'inbox/sync': command({
    role: 'owner',
    input: EmptyZ,
    output: z.object({ taken: z.number().int() }),
    changes: ['inbox', 'consent', 'customers', 'outbox', 'reports'],
  }),
} satisfies Contract;
