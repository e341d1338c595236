import { SUGGESTION_KINDS } from '@domain/reports/suggest';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CampaignIdZ, DoneZ, EmptyZ, MicrosZ, OfferIdZ, SegmentIdZ, ShopDayZ, UtcMsZ } from './primitives';

const n = z.number().int();
const ThingZ = z.object({ what: z.enum(['item', 'category']), name: z.string() });
const KeyZ = z.string().min(1).max(400);

/** How many come without a text (domain/reports/anyway.ts). */
export const AnywayZ = z.object({
  people: n,
  usual: n,
  anyway: n,
  atLeast: n,
  rest: n,
  from: z.enum(['held-out', 'rhythm']),
  seen: z.object({ x: n, n }),
});

/** An earlier measured campaign of the same kind; `brought` = extra people because of it. */
const LikeZ = z.object({
  id: CampaignIdZ,
  name: z.string(),
  startedAt: UtcMsZ,
  texted: n,
  came: n,
  redeemed: n,
  hasOffer: z.boolean(),
  brought: z
    .object({
      code: z.enum(['no-holdout', 'split-broken', 'counts-only', 'made-money', 'lost', 'leaning', 'too-early']),
      best: n,
      low: n,
      high: n,
    })
    .nullable(),
});

/** One of up to three groups that could be texted now, and why (domain/reports/suggest.ts). */
export const SuggestionZ = z.object({
  key: KeyZ,
  kind: z.enum(SUGGESTION_KINDS),
  segmentId: SegmentIdZ.nullable(),
  name: z.string(),
  people: n,
  mayBeTexted: n,
  cost: MicrosZ,
  /** Of a hundred who bought x, so many bought y; and of a hundred of everybody. */
  pair: z.object({ x: ThingZ, y: ThingZ, ofBuyers: n, ofAll: n }).nullable(),
  like: z.array(LikeZ),
  pooled: z.object({ estimate: z.number(), low: z.number(), high: z.number() }).nullable(),
  because: z.enum(['shown', 'untried', 'unsettled']),
  anyway: AnywayZ.nullable(),
  costOfRest: MicrosZ.nullable(),
});

export const TakenZ = z.object({
  sent: n,
  measured: n,
  texted: n,
  came: n,
  extra: z.object({ best: n, low: n, high: n }).nullable(),
});

export const suggestions = {
  /** A draft with its group, its text and its reply words; the one there is, when it was taken before and not sent. */
  'suggestions/take': command({
    role: 'owner',
    input: z.object({ key: KeyZ, name: z.string().trim().min(1).max(80), lateOnly: z.boolean().default(false) }),
    output: z.object({ campaignId: CampaignIdZ }),
    changes: ['campaigns', 'segments', 'reports'],
  }),
  /** Not now: it comes back after eight weeks, or when what it rests on has changed. */
  'suggestions/put-off': command({ role: 'owner', input: z.object({ key: KeyZ }), output: DoneZ, changes: ['reports'] }),
  'suggestions/bring-back': command({ role: 'owner', input: z.object({ key: KeyZ }), output: DoneZ, changes: ['reports'] }),
  /** How many of a draft's only group come without a text, where that can be said; null otherwise. */
  'suggestions/anyway': query({ role: 'owner', input: z.object({ campaignId: CampaignIdZ }), output: AnywayZ.nullable() }),
  /** The people of a draft's only group who are late, as a group of its own. */
  'suggestions/late-only': command({
    role: 'owner',
    input: z.object({ campaignId: CampaignIdZ }),
    output: z.object({ segmentId: SegmentIdZ }),
    changes: ['segments'],
  }),
  /** Each text and offer of the last year as keep, change or switch off (domain/reports/keep.ts). */
  'suggestions/quarterly': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      since: ShopDayZ,
      counting: n,
      lines: z
        .array(
          z.object({
            kind: z.enum(['text', 'offer']),
            name: z.string(),
            readyKey: z.string().nullable(),
            offerId: OfferIdZ.nullable(),
            verdict: z.enum(['keep', 'change', 'off', 'too-early']),
            reason: z.enum(['made-money', 'brings', 'leaving', 'lost-money', 'keeps-away', 'leaving-some', 'nothing', 'unused', 'unknown']),
            pooled: z.object({ estimate: z.number(), low: z.number(), high: z.number() }).nullable(),
            campaigns: n,
            delivered: n,
            stops: n,
            redeemed: n,
            withCode: z.boolean(),
            lastId: CampaignIdZ,
            lastName: z.string(),
          }),
        )
        .max(60),
    }),
  }),
} satisfies Contract;
