import { AUTOMATION_KINDS } from '@domain/automations/kinds';
import { CAMPAIGN_CHANNELS } from '@domain/campaigns/channels';
import { CHECK_CODES } from '@domain/campaigns/checks';
import { MOST_PARTS } from '@domain/campaigns/parts';
import { KEEP_REASONS, KEEP_VERDICTS } from '@domain/reports/keep';
import { z } from 'zod';
import { PartZ, ReasonsZ, WordingZ, WordsKeyZ } from './campaign-review';
import { MailWordsZ } from './campaigns';
import { type Contract, command, query } from './define';
import {
  AutomationIdZ,
  CampaignIdZ,
  CentsZ,
  CustomerIdZ,
  DoneZ,
  EmptyZ,
  MicrosZ,
  OfferIdZ,
  PageZ,
  PhoneZ,
  SegmentIdZ,
  ShopDayZ,
  UtcMsZ,
} from './primitives';
import { CampaignLineZ, IntervalZ } from './reports';

const n = z.number().int();
export const AutomationKindZ = z.enum(AUTOMATION_KINDS);
const NameZ = z.string().trim().min(1).max(80);

/** What a trigger goes by (domain/automations/terms.ts); `uses` of a row tells which of them mean something. */
export const TermsZ = z.object({
  daysBefore: n,
  factor: z.number(),
  leastDays: n,
  goodFor: n,
  what: z.enum(['item', 'category']),
  name: z.string().max(200),
  notWhat: z.enum(['item', 'category']),
  notName: z.string().max(200),
  topic: z.string().max(60),
  leastSpend: n,
  count: n,
});
export const TermNameZ = TermsZ.keyof();

const StopsZ = z.object({
  came: z.boolean(),
  replied: z.boolean(),
  redeemed: z.boolean(),
  bought: z.object({ what: z.enum(['item', 'category']), name: z.string().max(200) }).nullable(),
  /** Left out when any text left to them within so many days before. */
  textedDays: n.min(1).max(365).nullable(),
});

/** What it says: a campaign's words and offer per group. A part without a group is for everybody left. */
const PatternZ = z.object({
  segmentId: SegmentIdZ.nullable(),
  body: z.string().max(2000),
  offerId: OfferIdZ.nullable(),
  addStopLine: z.boolean(),
  holdout: z.enum(['auto', 'off', 'half']),
  goal: z.object({ kind: z.enum(['visits', 'redemptions', 'profit', 'none']), target: z.number().int().min(0).nullable() }),
  windowDays: n.min(7).max(30),
  topic: z.string().max(60).optional(),
  dayReason: z.string().trim().max(200).optional(),
  partName: z.string().trim().max(60).optional(),
  more: z
    .array(PartZ)
    .max(MOST_PARTS - 1)
    .optional(),
  words: z
    .array(WordingZ)
    .max(MOST_PARTS * 11)
    .optional(),
  keepTyped: z.boolean().optional(),
  /** By text, by e-mail, or by whichever is open; words for mails by part and language. */
  channels: z.enum(CAMPAIGN_CHANNELS).optional(),
  mails: z
    .array(MailWordsZ)
    .max(MOST_PARTS * 2)
    .optional(),
});

const fields = {
  name: NameZ,
  terms: TermsZ.partial().optional(),
  waitDays: n.min(0).max(365).optional(),
  atMinute: n.min(0).max(1439).optional(),
  mostPerDay: n.min(1).max(100_000).nullable().optional(),
  stops: StopsZ.optional(),
  priority: n.min(1).max(999).optional(),
  pattern: PatternZ.optional(),
};

export const AutomationRowZ = z.object({
  id: AutomationIdZ,
  kind: AutomationKindZ,
  name: z.string(),
  state: z.enum(['off', 'on', 'paused']),
  /** Why its texts are stopped: owner, words, restored, or what stopped a month of it; null = they are not. */
  stopped: z.string().nullable(),
  terms: TermsZ,
  uses: z.array(TermNameZ),
  /** What is still missing before it can be switched on. */
  missing: TermNameZ.nullable(),
  offered: z.boolean(),
  promised: z.boolean(),
  absence: z.boolean(),
  service: z.boolean(),
  /** Its words: a campaign in state draft; the composer's panels, preview and offers work with it. */
  patternId: CampaignIdZ,
  onSince: UtcMsZ.nullable(),
  waitDays: n,
  atMinute: n,
  mostPerDay: n.nullable(),
  stops: StopsZ,
  priority: n,
  today: n,
  next30: n,
  texts: n,
  heldOut: n,
  leftOut: n,
  came: n,
  waitsForSales: z.boolean(),
  counting: z.boolean(),
  updatedAt: UtcMsZ,
});

const one = z.object({ id: AutomationIdZ });
/** Somebody whose day it is, and why. */
const DayZ = z.object({
  customerId: CustomerIdZ,
  firstName: z.string(),
  lastName: z.string(),
  company: z.string(),
  cause: z.string(),
  dueAt: UtcMsZ,
  until: UtcMsZ,
  /** Why they would get none as things stand (`to-compare`: by lot); null = they would. */
  reason: z.string().nullable(),
  facts: z.object({
    birthday: z.string().nullable(),
    lastVisitAt: UtcMsZ.nullable(),
    firstVisitAt: UtcMsZ.nullable(),
    usualDays: z.number().nullable(),
    visits: n,
  }),
});
/** How many, how many of them may be texted, how many of those get none by lot; the others by reason; the first fifty by name. */
const InsideZ = z.object({ people: n, reachable: n, held: n, excluded: ReasonsZ, rows: z.array(DayZ).max(50) });
const OutcomeZ = z.enum(['waiting', 'text', 'control', 'left-out', 'expired', 'already']);

/** "Why did, or didn't, Anna get this?" */
const WhyZ = z.object({
  automationId: AutomationIdZ,
  name: z.string(),
  kind: AutomationKindZ,
  state: z.enum(['off', 'on', 'paused']),
  /** What was decided, newest first. `cause`: `birthday:2026`, `late:<day of the last visit>` … */
  events: z.array(
    z.object({
      cause: z.string(),
      dueAt: UtcMsZ,
      outcome: OutcomeZ,
      /** An exclusion (audience), `did-came` and its like, `too-late`, `stale-sales`, `this-month`, `no-group`. */
      reason: z.string().nullable(),
      campaignId: n.nullable(),
      againAt: UtcMsZ.nullable(),
      at: UtcMsZ,
    }),
  ),
  next: z.array(z.object({ cause: z.string(), dueAt: UtcMsZ, until: UtcMsZ })),
  none: z.enum(['off', 'not-permitted', 'no-reason', 'told', 'before-it-ran', 'worked-out-soon']).nullable(),
});

export const automations = {
  /** All of them, in the order in which they speak to one person, and what else can be made. */
  'automations/list': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      rows: z.array(AutomationRowZ).max(200),
      kinds: z.array(
        z.object({
          kind: AutomationKindZ,
          offered: z.boolean(),
          terms: TermsZ,
          uses: z.array(TermNameZ),
          waitDays: n,
          promised: z.boolean(),
          absence: z.boolean(),
          service: z.boolean(),
        }),
      ),
    }),
  }),
  'automations/one': query({
    role: 'owner',
    input: one,
    output: AutomationRowZ.extend({ pattern: PatternZ.required().extend({ name: z.string() }) }),
  }),
  /** Makes one, switched off. */
  'automations/make': command({
    role: 'owner',
    input: z.object({ kind: AutomationKindZ, ...fields }),
    output: one,
    changes: ['campaigns'],
  }),
  'automations/save': command({ role: 'owner', input: one.extend(fields), output: DoneZ, changes: ['campaigns'] }),
  /** What switching on would do: who is inside already, whose day comes within a month, what that costs, what stands in the way. */
  'automations/quote': query({
    role: 'owner',
    input: one,
    output: z.object({
      inside: InsideZ,
      month: InsideZ,
      texts: n,
      segments: n,
      price: MicrosZ,
      perSegment: MicrosZ,
      currency: z.string(),
      holdoutPercent: n,
      checks: z.array(
        z.object({
          code: z.enum(CHECK_CODES),
          level: z.enum(['stop', 'warn']),
          part: n.optional(),
          words: WordsKeyZ.optional(),
          found: z.string().optional(),
        }),
      ),
      missing: TermNameZ.nullable(),
      /** Null while something stands in the way. */
      quoteToken: z.string().nullable(),
    }),
  }),
  /** `inside`: also those whose moment lay before now and to whom it is still worth saying. */
  'automations/switch-on': command({
    role: 'owner',
    input: one.extend({ quoteToken: z.string().min(1).max(128), inside: z.boolean() }),
    output: DoneZ,
    changes: ['campaigns'],
  }),
  'automations/switch-off': command({ role: 'owner', input: one, output: z.object({ keptBack: n }), changes: ['campaigns', 'outbox'] }),
  'automations/pause': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns', 'outbox'] }),
  /** Goes on; also agrees to words that were changed elsewhere and to what the brake stopped. */
  'automations/resume': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns', 'outbox'] }),
  /** Who would get it today and why; of one that is off as if it were on with everybody meant. */
  'automations/today': query({
    role: 'owner',
    input: one.extend({ page: PageZ }),
    output: z.object({
      rows: z.array(DayZ).max(200),
      total: n,
    }),
  }),
  /** About what it would have sent in the calendar month before this one. */
  'automations/dry-run': query({
    role: 'owner',
    input: one,
    output: z.object({
      from: ShopDayZ,
      to: ShopDayZ,
      people: n,
      heldOut: n,
      leftOut: ReasonsZ,
      texts: n,
      segments: n,
      price: MicrosZ,
      currency: z.string(),
      days: z.array(z.object({ day: ShopDayZ, texts: n })).max(31),
      examples: z.array(z.object({ customerId: CustomerIdZ, name: z.string(), cause: z.string(), at: UtcMsZ })).max(20),
    }),
  }),
  /** Everybody it decided about, newest first. */
  'automations/people': query({
    role: 'owner',
    input: one.extend({ outcome: OutcomeZ.nullable().default(null), reason: z.string().max(60).nullable().default(null), page: PageZ }),
    output: z.object({
      rows: z
        .array(
          z.object({
            customerId: CustomerIdZ,
            firstName: z.string(),
            lastName: z.string(),
            company: z.string(),
            phone: PhoneZ.nullable(),
            cause: z.string(),
            dueAt: UtcMsZ,
            outcome: OutcomeZ,
            reason: z.string().nullable(),
            campaignId: n.nullable(),
            againAt: UtcMsZ.nullable(),
            at: UtcMsZ,
          }),
        )
        .max(200),
      total: n,
    }),
  }),
  /** Month by month (each a campaign, with its own page) and together. */
  'automations/results': query({
    role: 'owner',
    input: one,
    output: z.object({
      counting: n,
      months: z.array(CampaignLineZ.extend({ month: z.string(), heldOut: n })).max(200),
      /** Keep it, change it or switch it off, by the months that are over, and why. */
      verdict: z.enum(KEEP_VERDICTS),
      reason: z.enum(KEEP_REASONS),
      /** Months that are over, which that rests on. */
      closed: n,
      total: z.object({
        texted: n,
        delivered: n,
        came: n,
        redeemed: n,
        stops: n,
        direct: CentsZ,
        influenced: CentsZ,
        cost: MicrosZ,
        currency: z.string(),
      }),
      /** Of a thank-you: how often somebody was left out of money off because they come anyway, and about what that kept. */
      kept: z.object({ times: n, discount: CentsZ }).nullable(),
      /** Extra buyers per person texted over the closed months, as a share; null where too few were compared. */
      pooled: z.object({ months: n, texted: n, heldOut: n, effect: IntervalZ }).nullable(),
    }),
  }),
  'automations/why': query({ role: 'owner', input: one.extend({ customerId: CustomerIdZ }), output: WhyZ.extend({ who: z.string() }) }),
  /** All that run, or said something to this person. */
  'automations/of-person': query({ role: 'owner', input: z.object({ customerId: CustomerIdZ }), output: z.array(WhyZ).max(200) }),
  /** "Tell them now", of what is new for a club. */
  'automations/tell-now': command({
    role: 'owner',
    input: one.extend({ what: z.string().trim().max(200) }),
    output: DoneZ,
    changes: ['campaigns', 'outbox'],
  }),
  'automations/arrivals': query({
    role: 'owner',
    input: one,
    output: z.array(z.object({ id: n, at: UtcMsZ, what: z.string() })).max(50),
  }),
  /** Everybody's coming moments are brought up to date now, not within the minute. */
  'automations/keep': command({ role: 'owner', input: EmptyZ, output: z.object({ looked: n }), changes: ['campaigns'] }),
  /** Only one that never spoke to anybody. */
  'automations/remove': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns'] }),
} satisfies Contract;
