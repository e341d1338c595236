import { z } from 'zod';
import { FinishZ } from './account';
import { type Contract, command, query } from './define';
import { CampaignIdZ, CustomerIdZ, DoneZ, MicrosZ, OutboxIdZ, PageZ, PhoneZ, UtcMsZ } from './primitives';

const StateZ = z.enum([
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
]);

const CauseZ = z.object({
  kind: z.enum([
    'campaign',
    'automation',
    'confirmation',
    'double-opt-in',
    'help',
    'stop-confirmation',
    'reply',
    'service',
    'test',
    'restored',
  ]),
  /** Only of a campaign. */
  campaignId: CampaignIdZ.nullable(),
  name: z.string().nullable(),
});

/** A carrier's error number with its meaning for the shop. */
const ErrorZ = z.object({ code: z.number().int(), title: z.string(), whatToDo: z.string() });

const PersonZ = z.object({ customerId: CustomerIdZ.nullable(), name: z.string(), phone: PhoneZ });

/** Why texts wait; the words are the screen's. `until` null = until something changes. */
const WaitingZ = z.object({ reason: z.string(), until: UtcMsZ.nullable(), count: z.number().int() });

/** What has not left yet and what becomes of it; counts of texts, instants epoch ms (services/outbox/leaving.ts says each in words). */
export const LeavingZ = z.object({
  underWay: z.number().int(),
  now: z.number().int(),
  closesAt: UtcMsZ.nullable(),
  beforeClose: z.number().int().nullable(),
  lasts: z.number().int().nullable(),
  later: z.object({ count: z.number().int(), next: UtcMsZ.nullable() }),
  waitsForOwner: z.number().int(),
  preparing: z.number().int(),
  scheduled: z.object({ campaigns: z.number().int(), people: z.number().int(), next: UtcMsZ.nullable() }),
  atCarrier: z.object({ count: z.number().int(), next: UtcMsZ.nullable() }),
  uncertain: z.object({ looking: z.number().int(), undecided: z.number().int() }),
  pausedSince: UtcMsZ.nullable(),
});

export const outbox = {
  /** Stops everything that leaves, until it is resumed: anybody may stop. Answers owed to STOP and HELP still leave. */
  'outbox/pause-all': command({ role: 'staff', input: z.object({}).strict(), output: DoneZ, changes: ['outbox', 'campaigns'] }),
  'outbox/resume-all': command({ role: 'owner', input: z.object({}).strict(), output: DoneZ, changes: ['outbox', 'campaigns'] }),
  'outbox/leaving': query({ role: 'owner', input: z.object({}).strict(), output: LeavingZ }),
  /** How sending goes: of one campaign, or of everything when no campaign is named. */
  'outbox/status': query({
    role: 'owner',
    input: z.object({ campaignId: CampaignIdZ.nullable() }),
    output: z.object({
      counts: z.partialRecord(StateZ, z.number().int()),
      total: z.number().int(),
      /** Texts that left or ended, of `total`. */
      done: z.number().int(),
      /** Why nothing leaves at all just now; null when the way is free. */
      blocked: z.object({ reason: z.string(), until: UtcMsZ, code: z.number().int().nullable() }).nullable(),
      waiting: z.array(WaitingZ),
      skipped: z.array(z.object({ reason: z.string(), count: z.number().int() })),
      errors: z.array(ErrorZ.extend({ count: z.number().int() })),
      /** The first texts' phase, in words of the brake. */
      phase: z.enum(['first', 'results', 'half', 'full', 'idle']),
      phaseUntil: UtcMsZ.nullable(),
      segmentsPerMinute: z.number(),
      /** Waiting texts at this pace, in ms of open window; null when unknown. */
      lasts: z.number().int().nullable(),
      /** When what waits will have left, hours and the carriers' daily limit reckoned in; null while nothing is on its way. */
      finish: FinishZ.nullable(),
      /** The campaign's state; null when none is named. */
      state: z.enum(['draft', 'scheduled', 'staging', 'sending', 'paused', 'finished', 'cancelled']).nullable(),
      pauseReason: z.string().nullable(),
      uncertain: z.object({ looking: z.number().int(), needsDecision: z.number().int() }),
      /** Refused only because of the account: may be sent again once it is repaired. */
      refused: z.number().int(),
      spentThisMonth: MicrosZ,
      monthlyLimit: MicrosZ.nullable(),
      currency: z.string(),
    }),
  }),
  /** Every text there is, newest first. */
  'outbox/texts': query({
    role: 'owner',
    input: z.object({
      view: z.enum(['all', 'waiting', 'on-the-way', 'trouble', 'unknown', 'left-out']),
      /** Only to this number, as typed; anything that is no whole number yet leaves nothing out. */
      find: z.string().max(40),
      campaignId: CampaignIdZ.nullable(),
      page: PageZ,
    }),
    output: z.object({
      rows: z.array(
        z.object({
          outboxId: OutboxIdZ,
          cause: CauseZ,
          person: PersonZ,
          body: z.string(),
          state: StateZ,
          reason: z.string().nullable(),
          error: ErrorZ.nullable(),
          queuedAt: UtcMsZ,
          leftAt: UtcMsZ.nullable(),
          price: MicrosZ.nullable(),
          priceCurrency: z.string().nullable(),
          segments: z.number().int(),
        }),
      ),
      total: z.number().int(),
    }),
  }),
  /** Texts nobody knows the fate of, and those refused because of the account: newest first. */
  'outbox/uncertain': query({
    role: 'owner',
    input: z.object({ campaignId: CampaignIdZ.nullable(), page: PageZ }),
    output: z.object({
      rows: z.array(
        z.object({
          outboxId: OutboxIdZ,
          person: PersonZ,
          body: z.string(),
          kind: z.enum(['looking', 'not-confirmed', 'given-up', 'refused']),
          triedAt: UtcMsZ.nullable(),
          lookAgainAt: UtcMsZ.nullable(),
          errorCode: z.number().int().nullable(),
          attempts: z.number().int(),
        }),
      ),
      total: z.number().int(),
    }),
  }),
  /** Send again: the owner accepts that somebody may get it twice. `found`: turned up at the carrier after all, not sent again. */
  'outbox/resend': command({
    role: 'owner',
    input: z.object({ outboxIds: z.array(OutboxIdZ).min(1).max(50) }),
    output: z.object({ queued: z.number().int(), found: z.number().int() }),
    changes: ['outbox', 'campaigns'],
  }),
  /** Leave it: it counts as sent for the caps, and is never sent again. */
  'outbox/give-up': command({
    role: 'owner',
    input: z.object({ outboxIds: z.array(OutboxIdZ).min(1).max(200) }),
    output: z.object({ closed: z.number().int() }),
    changes: ['outbox', 'campaigns'],
  }),
  /** One text from queue to receipt. */
  'outbox/history': query({
    role: 'owner',
    input: z.object({ outboxId: OutboxIdZ }),
    output: z.object({
      outboxId: OutboxIdZ,
      cause: CauseZ,
      person: PersonZ,
      state: StateZ,
      reason: z.string().nullable(),
      body: z.string(),
      segments: z.number().int(),
      carrierSegments: z.number().int().nullable(),
      /** `told` by the carrier, `awaited`, or an `estimate` it never spoke about; null amount = nothing was quoted. */
      cost: z.object({ amount: MicrosZ.nullable(), is: z.enum(['told', 'awaited', 'estimate']), currency: z.string() }),
      /** The carrier's log no longer reaches back to it: nothing more can be learnt. */
      logOver: z.boolean(),
      sid: z.string().nullable(),
      sender: z.string().nullable(),
      error: ErrorZ.nullable(),
      queuedAt: UtcMsZ,
      leftAt: UtcMsZ.nullable(),
      finalAt: UtcMsZ.nullable(),
      /** When it is looked at again, while it waits. */
      retryAt: UtcMsZ.nullable(),
      /** Each POST. */
      attempts: z.array(
        z.object({
          startedAt: UtcMsZ,
          finishedAt: UtcMsZ.nullable(),
          outcome: z.enum(['accepted', 'rejected', 'not-sent', 'uncertain']).nullable(),
          httpStatus: z.number().int().nullable(),
          error: ErrorZ.nullable(),
        }),
      ),
      /** What was learnt of it from the POST on. */
      steps: z.array(z.object({ at: UtcMsZ, state: StateZ, reason: z.string().nullable(), error: ErrorZ.nullable() })),
    }),
  }),
  /** Where the last test text went, and how many more may be sent today. */
  'outbox/test-texts': query({
    role: 'owner',
    input: z.object({}).strict(),
    output: z.object({ lastPhone: PhoneZ.nullable(), leftToday: z.number().int() }),
  }),
  /** A text to the owner's own phone, through the real way out. */
  'outbox/test-text': command({
    role: 'owner',
    input: z.object({ phone: z.string().min(1).max(40), body: z.string().min(1).max(1600) }),
    output: z.object({ outboxId: OutboxIdZ }),
    changes: ['outbox'],
  }),
  /** Looks at the queue now: after repairing the account, or when tired of waiting. */
  'outbox/try-now': command({ role: 'owner', input: z.object({}).strict(), output: DoneZ, changes: ['outbox'] }),
} satisfies Contract;
