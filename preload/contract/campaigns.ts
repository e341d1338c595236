import { CAMPAIGN_CHANNELS, MOST_MAIL_BODY, MOST_SUBJECT } from '@domain/campaigns/channels';
import { MOST_PARTS } from '@domain/campaigns/parts';
import { LATE_POLICIES } from '@domain/campaigns/schedule';
import { z } from 'zod';
import { PartZ, PreviewRowZ, ReasonsZ, ReviewZ, WordingZ, WordsKeyZ } from './campaign-review';
import { type Contract, command, query } from './define';
import { CampaignIdZ, CustomerIdZ, DoneZ, MicrosZ, OfferIdZ, OutboxIdZ, PageZ, PhoneZ, SegmentIdZ, TaskIdZ, UtcMsZ } from './primitives';

export const CampaignStateZ = z.enum(['draft', 'scheduled', 'staging', 'sending', 'paused', 'finished', 'cancelled']);
/** This computer was off at its time: send later that day, ask, or leave it out. */
const LatePolicyZ = z.enum(LATE_POLICIES);
const HoldoutZ = z.enum(['auto', 'off', 'half']);
const GoalZ = z.object({ kind: z.enum(['visits', 'redemptions', 'profit', 'none']), target: z.number().int().min(0).nullable() });
const n = z.number().int();

/** A mail's words for one part, in one language. */
export const MailWordsZ = z.object({
  part: n.min(1).max(MOST_PARTS),
  language: z.enum(['en', 'es']),
  subject: z.string().max(MOST_SUBJECT),
  body: z.string().max(MOST_MAIL_BODY),
});

const fields = {
  name: z.string().trim().min(1).max(80),
  segmentId: SegmentIdZ.nullable(),
  body: z.string().max(2000),
  offerId: OfferIdZ.nullable(),
  addStopLine: z.boolean(),
  holdout: HoldoutZ,
  goal: GoalZ,
  windowDays: n.min(7).max(30),
  /** Slug of the club it is about; people who chose others do not get it. */
  topic: z.string().max(60).optional(),
  /** Why it may leave on days some states ban; empty = it waits. */
  dayReason: z.string().trim().max(200).optional(),
  /** The first part is made of `segmentId`, `body` and `offerId`; a person belongs to the first part that matches. */
  partName: z.string().trim().max(60).optional(),
  more: z
    .array(PartZ)
    .max(MOST_PARTS - 1)
    .optional(),
  words: z
    .array(WordingZ)
    .max(MOST_PARTS * 11)
    .optional(),
  /** Shop days over which its texts are spread. */
  spreadDays: n.min(1).max(14).optional(),
  /** The hour of the day, where its reader is, at which each text leaves; null = as soon as it may. */
  localHour: n.min(0).max(23).nullable().optional(),
  /** Curly quotes and the like leave as typed, though that costs more. */
  keepTyped: z.boolean().optional(),
  /** By text, by e-mail, or by whichever is open. */
  channels: z.enum(CAMPAIGN_CHANNELS).optional(),
  /** Words for mails, by part and language. */
  mails: z
    .array(MailWordsZ)
    .max(MOST_PARTS * 2)
    .optional(),
};

export const CampaignZ = z.object({
  id: CampaignIdZ,
  ...fields,
  name: z.string(),
  windowDays: n,
  topic: z.string(),
  dayReason: z.string(),
  partName: z.string(),
  more: z.array(PartZ.extend({ name: z.string() })),
  words: z.array(WordingZ),
  spreadDays: n,
  localHour: n.nullable(),
  keepTyped: z.boolean(),
  channels: z.enum(CAMPAIGN_CHANNELS),
  mails: z.array(MailWordsZ),
  /** The campaign it is a later step of. */
  parentId: CampaignIdZ.nullable(),
  state: CampaignStateZ,
  holdoutPercent: n.nullable(),
  segmentName: z.string().nullable(),
  offerName: z.string().nullable(),
  pauseReason: z.string().nullable(),
  /** What was agreed to; present from the review on. */
  quoteToken: z.string().nullable(),
  createdAt: UtcMsZ,
  updatedAt: UtcMsZ,
  startedAt: UtcMsZ.nullable(),
  finishedAt: UtcMsZ.nullable(),
  windowEndsAt: UtcMsZ.nullable(),
  /** When it is to leave; null = when the owner presses send. A scheduled one with a `pauseReason` did not and waits for the owner. */
  scheduledAt: UtcMsZ.nullable(),
  latePolicy: LatePolicyZ,
  ceilingPeople: n.nullable(),
  ceilingPrice: MicrosZ.nullable(),
  viaCarrier: z.boolean(),
  /** Texts of this campaign, those that left, arrived, and still wait. */
  texts: n,
  left: n,
  delivered: n,
  open: n,
  heldOut: n,
  excluded: n,
  redeemed: n,
  replied: n,
  /** What follows it waits for the owner: on hold, or a step stopped by itself. */
  pathWaits: z.boolean(),
});

export const CampaignPersonZ = z.object({
  customerId: CustomerIdZ,
  firstName: z.string(),
  lastName: z.string(),
  company: z.string(),
  phone: PhoneZ.nullable(),
  arm: z.enum(['text', 'control', 'excluded']),
  reason: z.string().nullable(),
  state: z
    .enum([
      'staged',
      'waiting',
      'sending',
      'scheduled',
      'accepted',
      'queued',
      'sent',
      'delivered',
      'undelivered',
      'failed',
      'rejected',
      'uncertain',
      'skipped',
      'cancelled',
    ])
    .nullable(),
  outboxId: OutboxIdZ.nullable(),
  segments: n.nullable(),
  price: MicrosZ.nullable(),
  errorCode: n.nullable(),
  code: z.string().nullable(),
  leftAt: UtcMsZ.nullable(),
  redeemedAt: UtcMsZ.nullable(),
  part: n,
  /** The wording they read; of somebody left out since the review what they would have read; null = none. */
  words: WordsKeyZ.nullable(),
  channel: z.enum(['sms', 'email']),
  /** Where their mail goes. */
  email: z.string().nullable(),
});

const one = z.object({ id: CampaignIdZ });

export const campaigns = {
  /** Newest first. */
  'campaigns/list': query({
    role: 'owner',
    input: z.object({ page: PageZ }),
    output: z.object({ rows: z.array(CampaignZ).max(200), total: n }),
  }),
  'campaigns/get': query({ role: 'owner', input: one, output: CampaignZ }),
  'campaigns/save': command({
    role: 'owner',
    input: z.object({ id: CampaignIdZ.nullable(), fields: z.object(fields) }),
    output: z.object({ id: CampaignIdZ }),
    changes: ['campaigns'],
  }),
  'campaigns/remove': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns'] }),
  'campaigns/copy': command({
    role: 'owner',
    input: z.object({ id: CampaignIdZ, name: z.string().trim().min(1).max(80) }),
    output: z.object({ id: CampaignIdZ }),
    changes: ['campaigns'],
  }),
  /** The words as real people would read them, longest first; nothing needs to be saved for it. */
  'campaigns/preview': query({
    role: 'owner',
    input: z.object({
      campaignId: CampaignIdZ.nullable(),
      segmentId: SegmentIdZ.nullable(),
      body: z.string().max(2000),
      offerId: OfferIdZ.nullable(),
      addStopLine: z.boolean(),
      topic: z.string().max(60).optional(),
      /** Groups of the parts before this one. */
      before: z
        .array(SegmentIdZ)
        .max(MOST_PARTS - 1)
        .optional(),
      /** The part's other wordings, and the one that is looked at. */
      words: z
        .array(WordingZ.omit({ part: true }))
        .max(11)
        .optional(),
      look: WordsKeyZ.optional(),
      keepTyped: z.boolean().optional(),
      offset: n.min(0),
      limit: n.min(1).max(50),
    }),
    output: z.object({
      people: n,
      rows: z.array(PreviewRowZ).max(50),
      wordings: z.array(z.object({ words: WordsKeyZ, people: n, most: n })),
      segments: n,
      price: MicrosZ,
      perSegment: MicrosZ,
      currency: z.string(),
      estimated: z.boolean(),
      most: n,
    }),
  }),
  /** How many of each group could be texted, each person counted in the first that holds them. */
  'campaigns/reach': query({
    role: 'owner',
    input: z.object({
      campaignId: CampaignIdZ.nullable(),
      segments: z.array(SegmentIdZ).max(MOST_PARTS),
      topic: z.string().max(60).optional(),
    }),
    output: z.object({ people: z.array(n).max(MOST_PARTS) }),
  }),
  /** What pressing send would do, exactly; it is kept as the quote that `start` is held against, so it counts as a command. */
  'campaigns/review': command({
    role: 'owner',
    /** `at`: as of that hour; null = as of now. */
    input: z.object({ id: CampaignIdZ, at: UtcMsZ.nullable().optional(), viaCarrier: z.boolean().optional() }),
    output: ReviewZ,
    changes: [],
  }),
  'campaigns/start': command({
    role: 'owner',
    input: z.object({ id: CampaignIdZ, quoteToken: z.string().min(1).max(64) }),
    output: z.object({ taskId: TaskIdZ }),
    changes: ['campaigns'],
  }),
  /** A checked draft gets its time (`at` as in the review). A task only where the carrier holds the texts. */
  'campaigns/schedule': command({
    role: 'owner',
    input: z.object({
      id: CampaignIdZ,
      quoteToken: z.string().min(1).max(64),
      at: UtcMsZ,
      latePolicy: LatePolicyZ,
      ceilingPeople: n.min(1).max(1_000_000),
      viaCarrier: z.boolean(),
    }),
    output: z.object({ taskId: TaskIdZ.nullable() }),
    changes: ['campaigns', 'outbox'],
  }),
  /** Back to a draft; one the carrier holds is called back and goes on as a copy. */
  'campaigns/unschedule': command({ role: 'owner', input: one, output: one, changes: ['campaigns', 'outbox'] }),
  'campaigns/reschedule': command({
    role: 'owner',
    input: z.object({ id: CampaignIdZ, at: UtcMsZ, latePolicy: LatePolicyZ }),
    output: DoneZ,
    changes: ['campaigns'],
  }),
  /** Does not wait for its hour, or answers a missed one; the approved ceiling still holds. */
  'campaigns/send-scheduled': command({
    role: 'owner',
    input: one,
    output: z.object({ taskId: TaskIdZ }),
    changes: ['campaigns', 'outbox'],
  }),
  /** A planned campaign as it stands today; of one the carrier holds, what became of its texts. */
  'campaigns/outlook': query({
    role: 'owner',
    input: one,
    output: z.object({
      people: n,
      heldOut: n,
      price: MicrosZ,
      currency: z.string(),
      ceiling: z.object({ people: n, price: MicrosZ }).nullable(),
      within: z.boolean(),
      leaving: z.object({ now: n, later: n, firstAt: UtcMsZ.nullable(), needReason: n }),
      held: z.object({ held: n, toHandOver: n, callingBack: n, tooLate: n, nextAt: UtcMsZ.nullable() }).nullable(),
    }),
  }),
  /** What did not leave at its time: waiting for the owner, or left out by its own rule within a week. */
  'campaigns/missed': query({
    role: 'owner',
    input: z.object({}),
    output: z.array(z.object({ id: CampaignIdZ, name: z.string(), at: UtcMsZ, reason: z.string(), skipped: z.boolean() })).max(50),
  }),
  /** Whether Twilio can hold texts for this shop. It asks the account, so it is a command. */
  'campaigns/carrier-can-hold': command({
    role: 'owner',
    input: z.object({}),
    output: z.object({
      possible: z.boolean(),
      why: z.enum(['not-connected', 'no-service', 'replies-lost', 'unreachable']).nullable(),
    }),
    changes: [],
  }),
  'campaigns/pause': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns', 'outbox'] }),
  'campaigns/resume': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns', 'outbox'] }),
  /** `codes`: those people have in their hands are honoured until their day, or called off with it. */
  'campaigns/cancel': command({
    role: 'owner',
    input: one.extend({ codes: z.enum(['honour', 'void']).default('honour') }),
    output: z.object({ keptBack: n, codesCalledOff: n }),
    changes: ['campaigns', 'outbox', 'offers'],
  }),
  /** How the people of a started campaign divide. */
  'campaigns/division': query({
    role: 'owner',
    input: one,
    output: z.object({
      text: n,
      control: n,
      excluded: ReasonsZ,
      /** Those of `excluded` who were in the review and dropped out before the start. */
      dropOuts: n,
      parts: z.array(z.object({ part: n, text: n, control: n, excluded: ReasonsZ })),
    }),
  }),
  /** Everybody, one by one, with what became of their text or why there is none. */
  'campaigns/people': query({
    role: 'owner',
    input: z.object({
      id: CampaignIdZ,
      view: z.enum(['all', 'text', 'delivered', 'on-the-way', 'waiting', 'not-delivered', 'skipped', 'control', 'excluded']),
      reason: z.string().max(60).nullable(),
      part: n.nullable().optional(),
      words: WordsKeyZ.nullable().optional(),
      /** Of a draft: as of that hour, as in its review. */
      at: UtcMsZ.nullable().optional(),
      page: PageZ,
    }),
    output: z.object({ rows: z.array(CampaignPersonZ).max(200), total: n }),
  }),
} satisfies Contract;
