import { z } from 'zod';
import { ConsentStateZ } from './consent';
import { TaskKindZ, TaskOutcomeZ } from './counter-tasks';
import { type Contract, command, query } from './define';
import { CampaignIdZ, CustomerIdZ, DoneZ, EmptyZ, LanguageZ, MicrosZ, OutboxIdZ, PageZ, PhoneZ, UtcMsZ } from './primitives';

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
  /** Nobody had to read it: a rule took care of it. */
  automatic: z.boolean(),
  /** The automatic answer it got, or is: less, prefs, after-hours, campaign-word, … */
  answered: z.string().nullable(),
  /** The counter task that came of it. */
  taskId: z.number().int().nullable(),
  campaignName: z.string().nullable(),
  /** Of ours: campaign, confirmation, double-opt-in, help, stop-confirmation, reply, … */
  cause: z.string().nullable(),
  state: z.string().nullable(),
  reason: z.string().nullable(),
});

/** A permission given, taken or changed, by whatever route. */
const PermissionEventZ = z.object({
  id: z.number().int(),
  at: UtcMsZ,
  kind: z.string(),
  method: z.string(),
  reason: z.string().nullable(),
  staffName: z.string().nullable(),
});
const ThreadTaskZ = z.object({
  id: z.number().int(),
  at: UtcMsZ,
  kind: TaskKindZ,
  words: z.string(),
  state: z.enum(['open', 'done', 'dropped']),
  outcome: TaskOutcomeZ.nullable(),
  doneAt: UtcMsZ.nullable(),
  doneBy: z.string().nullable(),
});
const TemplateZ = z.object({ id: z.number().int(), key: z.string().nullable(), name: z.string(), en: z.string(), es: z.string() });
const ReasonCountsZ = z.object({
  'too-many': z.number().int(),
  'not-for-me': z.number().int(),
  other: z.number().int(),
  none: z.number().int(),
});
const LeavingLineZ = z.object({
  id: z.number().int(),
  name: z.string(),
  texts: z.number().int(),
  left: z.number().int(),
  reasons: ReasonCountsZ,
});
const ShareZ = z.object({ x: z.number().int(), n: z.number().int() });
const SettingRemedyZ = z.enum(['longer-spacing', 'lower-promise']);
const RemedyKindZ = z.enum(['longer-spacing', 'lower-promise', 'ask-topics', 'topic-campaign']);
const number = z.object({ phone: z.string().max(40) });
const replyWord = {
  word: z.string().trim().max(20),
  /** Kind of the counter task it makes. */
  means: TaskKindZ,
  /** The owner's own answer; '' = ours. */
  answerEn: z.string().max(300).default(''),
  answerEs: z.string().max(300).default(''),
  /** Open days it is kept for them. */
  holdDays: z.number().int().min(1).max(14),
};
export const ReplyWordZ = z.object(replyWord);
const BODY_MAX = 640;
const TEMPLATE_MAX = 400;

export const inbox = {
  /** Conversations, the latest first; parked replies, oldest first. `q`: a name, digits of a number, words of a text. */
  'inbox/list': query({
    role: 'owner',
    input: PageZ.extend({
      filter: z.enum(['needs-you', 'all', 'parked', 'stopped']).default('all'),
      q: z.string().max(120).default(''),
    }),
    output: z.object({
      threads: z
        .array(
          z.object({
            phone: z.string(),
            customerId: CustomerIdZ.nullable(),
            name: z.string(),
            /** Others at the same number. */
            others: z.number().int(),
            lastAt: UtcMsZ,
            lastBody: z.string(),
            lastFromUs: z.boolean(),
            lastMeaning: ReplyMeaningZ.nullable(),
            unread: z.number().int(),
            parked: z.number().int(),
            /** Since when a message waits for a person's answer. */
            waitingSince: UtcMsZ.nullable(),
          }),
        )
        .max(200),
      total: z.number().int(),
      parked: z.array(ParkedReplyZ),
      counts: z.object({ needsYou: z.number().int(), parked: z.number().int(), unread: z.number().int() }),
      /** When replies were last read from the carrier, and what went wrong since. */
      checkedAt: UtcMsZ.nullable(),
      lastError: z.string().nullable(),
    }),
  }),
  /** Conversations with something unread or parked: the number in the rail. */
  'inbox/badge': query({ role: 'owner', input: EmptyZ, output: z.object({ unread: z.number().int() }) }),
  'inbox/thread': query({
    role: 'owner',
    input: number,
    output: z.object({
      phone: z.string(),
      customerId: CustomerIdZ.nullable(),
      name: z.string(),
      /** Everybody at this number; families share one. */
      people: z.array(z.object({ id: CustomerIdZ, name: z.string(), firstName: z.string(), language: LanguageZ })),
      state: ConsentStateZ,
      carrierStop: z.boolean(),
      mayReply: z.boolean(),
      /** Messages nobody has read. */
      unread: z.number().int(),
      /** A message waits for a person's answer. */
      waiting: z.boolean(),
      parked: z.array(ParkedReplyZ),
      messages: z.array(ThreadMessageZ).max(200),
      more: z.boolean(),
      permission: z.array(PermissionEventZ).max(200),
      tasks: z.array(ThreadTaskZ),
      language: LanguageZ,
      /** What the blanks of an answer stand for. */
      fields: z.object({ 'first name': z.string(), shop: z.string(), hours: z.string() }),
      /** Of one part of a text. */
      price: z.object({ perSegment: MicrosZ, currency: z.string() }),
    }),
  }),
  /** What was said before the oldest message on screen. */
  'inbox/earlier': query({
    role: 'owner',
    input: number.extend({ before: UtcMsZ }),
    output: z.object({ messages: z.array(ThreadMessageZ).max(200), more: z.boolean() }),
  }),
  /** A reason is needed for "not a stop request". */
  'inbox/decide-hold': command({
    role: 'owner',
    input: z.object({ sid: z.string().max(64), decision: z.enum(['stop', 'not-a-stop']), reason: z.string().max(300).default('') }),
    output: DoneZ,
    changes: ['inbox', 'consent', 'customers', 'outbox', 'reports'],
  }),
  /** Queues a personal answer. `hours` now: outside their hours too, after the warning was shown; it is kept. */
  'inbox/reply': command({
    role: 'owner',
    input: z.object({ phone: PhoneZ, body: z.string().min(1).max(BODY_MAX), hours: z.enum(['wait', 'now']).default('wait') }),
    output: z.object({ id: OutboxIdZ, segments: z.number().int(), leavesAt: UtcMsZ.nullable() }),
    changes: ['inbox', 'outbox', 'reports'],
  }),
  /** A waiting answer leaves now, outside their hours, after the warning was shown. */
  'inbox/send-anyway': command({ role: 'owner', input: z.object({ id: OutboxIdZ }), output: DoneZ, changes: ['inbox', 'outbox'] }),
  'inbox/mark-read': command({ role: 'owner', input: number, output: DoneZ, changes: ['inbox', 'reports'] }),
  /** "Nothing to do here", until they write again. */
  'inbox/close': command({ role: 'owner', input: number, output: DoneZ, changes: ['inbox', 'reports'] }),
  'inbox/reopen': command({ role: 'owner', input: number, output: DoneZ, changes: ['inbox', 'reports'] }),
  /** Reads new replies from the carrier now. */
  'inbox/sync': command({
    role: 'owner',
    input: EmptyZ,
    output: z.object({ taken: z.number().int() }),
    changes: ['inbox', 'consent', 'customers', 'outbox', 'reports'],
  }),
  'inbox/templates': query({ role: 'owner', input: EmptyZ, output: z.array(TemplateZ) }),
  'inbox/save-template': command({
    role: 'owner',
    input: z.object({
      id: z.number().int().min(1).nullable(),
      name: z.string().trim().min(1).max(60),
      en: z.string().trim().min(1).max(TEMPLATE_MAX),
      es: z.string().trim().max(TEMPLATE_MAX).default(''),
    }),
    output: z.object({ id: z.number().int() }),
    changes: ['inbox'],
  }),
  'inbox/delete-template': command({ role: 'owner', input: z.object({ id: z.number().int().min(1) }), output: DoneZ, changes: ['inbox'] }),
  'inbox/restore-template': command({ role: 'owner', input: z.object({ id: z.number().int().min(1) }), output: DoneZ, changes: ['inbox'] }),
  /** Minutes of opening time from a message that needed a person to our first personal answer; asked within the last 30 days. */
  'inbox/response': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      days: z.number().int(),
      answered: z.number().int(),
      open: z.number().int(),
      medianMinutes: z.number().nullable(),
      withinADay: ShareZ,
      longest: z.array(z.object({ phone: z.string(), name: z.string(), askedAt: UtcMsZ, minutes: z.number().int() })).max(5),
    }),
  }),
  /** Why people left, what could be done about it, and whether what was done helped. */
  'inbox/leaving': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      months: z.array(z.object({ month: z.string(), reasons: ReasonCountsZ })).max(12),
      recent: z.object({ left: z.number().int(), texts: z.number().int(), reasons: ReasonCountsZ }),
      campaigns: z.array(LeavingLineZ).max(12),
      groups: z.array(LeavingLineZ).max(12),
      offers: z.array(z.object({ kind: SettingRemedyZ, reason: z.literal('too-many'), before: z.number().int(), after: z.number().int() })),
      topics: z.array(z.object({ slug: z.string(), name: z.string() })),
      done: z
        .array(
          z.object({
            id: z.number().int(),
            kind: RemedyKindZ,
            reason: z.enum(['too-many', 'not-for-me']),
            before: z.string(),
            after: z.string(),
            campaignId: CampaignIdZ.nullable(),
            doneAt: UtcMsZ,
            doneBy: z.string().nullable(),
            undoneAt: UtcMsZ.nullable(),
            mayUndo: z.boolean(),
            effect: z.object({
              code: z.enum(['fewer', 'more', 'too-early', 'waiting', 'nothing-before']),
              before: ShareZ,
              after: ShareZ,
              /** Opt-outs per 100 texts, after minus before. */
              difference: z.object({ estimate: z.number(), low: z.number(), high: z.number() }).nullable(),
              moreTexts: z.number().int().nullable(),
            }),
          }),
        )
        .max(20),
    }),
  }),
  /** One step of the setting; `before` is what the owner saw. */
  'inbox/remedy': command({
    role: 'owner',
    input: z.object({ kind: SettingRemedyZ, before: z.number().int() }),
    output: z.object({ id: z.number().int() }),
    changes: ['settings', 'reports', 'inbox'],
  }),
  /** "Not for me": the next texts go to a club; null = the clubs themselves were looked at. */
  'inbox/topic-remedy': command({
    role: 'owner',
    input: z.object({ topic: z.string().max(40).nullable(), campaignId: CampaignIdZ.nullable().default(null) }),
    output: z.object({ id: z.number().int() }),
    changes: ['reports', 'inbox'],
  }),
  'inbox/undo-remedy': command({
    role: 'owner',
    input: z.object({ id: z.number().int().min(1) }),
    output: DoneZ,
    changes: ['settings', 'reports', 'inbox'],
  }),
  /** The words people can answer a campaign with; `says`: what they would read if they did so now. */
  'inbox/reply-words': query({
    role: 'owner',
    input: z.object({ campaignId: CampaignIdZ }),
    output: z.array(z.object({ ...replyWord, says: z.object({ en: z.string(), es: z.string() }) })).max(3),
  }),
  /** input.invalid { field: the word, why: shape | twice | stop | join | long } */
  'inbox/save-reply-words': command({
    role: 'owner',
    input: z.object({ campaignId: CampaignIdZ, words: z.array(z.object(replyWord)).max(3) }),
    output: DoneZ,
    changes: ['campaigns', 'inbox'],
  }),
} satisfies Contract;
