import { AUTOMATION_KINDS } from '@domain/automations/kinds';
import { MOST_PARTS } from '@domain/campaigns/parts';
import { z } from 'zod';
import { PartZ, WordingZ } from './campaign-review';
import { type Contract, command, query } from './define';
import { AutomationIdZ, CampaignIdZ, DoneZ, EmptyZ, OfferIdZ, SegmentIdZ, UtcMsZ } from './primitives';

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
  waitsForSales: z.boolean(),
  counting: z.boolean(),
  updatedAt: UtcMsZ,
});

const one = z.object({ id: AutomationIdZ });

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
  /** Only one that never spoke to anybody. */
  'automations/remove': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns'] }),
} satisfies Contract;
