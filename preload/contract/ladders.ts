import { LADDER_REACTIONS, MOST_STEPS } from '@domain/campaigns/ladder';
import { TASK_KINDS } from '@domain/counter/task';
import { z } from 'zod';
import { CampaignStateZ } from './campaigns';
import { type Contract, command, query } from './define';
import { CampaignIdZ, CustomerIdZ, DoneZ, MicrosZ, OfferIdZ, PageZ, PhoneZ, ShopDayZ, UtcMsZ } from './primitives';

const n = z.number().int();
const ReactionZ = z.enum(LADDER_REACTIONS);
const StandingZ = z.enum([...LADDER_REACTIONS, 'on-the-way']);
const WordZ = z.object({
  word: z.string().trim().min(1).max(20),
  means: z.enum(TASK_KINDS),
  answerEn: z.string().max(300),
  answerEs: z.string().max(300),
  holdDays: n.min(1).max(14),
});

const StopsZ = z.object({
  came: z.boolean(),
  replied: z.boolean(),
  redeemed: z.boolean(),
  bought: z.object({ what: z.enum(['item', 'category']), name: z.string().trim().min(1).max(120) }).nullable(),
  endsOn: ShopDayZ.nullable(),
});

const wording = {
  name: z.string().trim().min(1).max(80),
  body: z.string().max(2000),
  /** For people who read Spanish; '' = they read `body`. */
  bodyEs: z.string().max(2000),
  offerId: OfferIdZ.nullable(),
  addStopLine: z.boolean(),
  words: z.array(WordZ).max(3),
};
const timing = {
  reaction: ReactionZ,
  /** Shop days after the reaction; of "nothing", after the text. */
  afterDays: n.min(1).max(60),
  /** Minute of the shop's day. */
  atMinute: n.min(0).max(1439),
};

export const LadderZ = z.object({
  campaignId: CampaignIdZ,
  campaignName: z.string(),
  /** `draft` also for the first moments of a campaign that was started. */
  state: z.enum(['draft', 'running', 'ended']),
  /** The campaign is a draft: its steps may be changed. */
  editable: z.boolean(),
  stops: StopsZ,
  patienceDays: n,
  /** Why no step is taken just now: owner, words, ceiling:texts, ceiling:price. */
  held: z.string().nullable(),
  endReason: z.string().nullable(),
  startedAt: UtcMsZ.nullable(),
  endedAt: UtcMsZ.nullable(),
  steps: z.array(
    z.object({
      id: CampaignIdZ,
      /** Null: it follows the first text. */
      parentId: CampaignIdZ.nullable(),
      ...timing,
      ...wording,
      offerName: z.string().nullable(),
      state: CampaignStateZ,
      pauseReason: z.string().nullable(),
    }),
  ),
});

const CountsZ = z.array(z.object({ reason: z.string(), count: n }));
const one = z.object({ campaignId: CampaignIdZ });

export const ladders = {
  /** What follows a campaign by what people do; null = nothing does. */
  'ladders/get': query({ role: 'owner', input: one, output: LadderZ.nullable() }),
  /** Puts these steps in the place of what followed a draft. ladder.bad { why, step: key } | input.invalid { field: word, why } */
  'ladders/save': command({
    role: 'owner',
    input: z.object({
      campaignId: CampaignIdZ,
      stops: StopsZ,
      patienceDays: n.min(1).max(7),
      steps: z
        .array(
          z.object({
            /** Id of the step as text, or a name of the screen's own for a new one. */
            key: z.string().min(1).max(40),
            parent: z.string().max(40).nullable(),
            ...timing,
            ...wording,
          }),
        )
        .max(MOST_STEPS),
    }),
    output: LadderZ.nullable(),
    changes: ['campaigns'],
  }),
  /** What the steps come to if everybody who would get the first text takes the dearest way; null = nothing follows. */
  'ladders/cost': query({
    role: 'owner',
    input: one,
    output: z.object({ people: n, texts: n, segments: n, price: MicrosZ, currency: z.string(), first: MicrosZ }).nullable(),
  }),
  /** A path as it runs: who is where today, who got what, whose path ended and why. */
  'ladders/figures': query({
    role: 'owner',
    input: one,
    output: z.object({
      places: z.array(
        z.object({
          id: CampaignIdZ,
          texts: z.object({ texts: n, open: n, left: n, delivered: n, notDelivered: n, skipped: n }),
          heldOut: n,
          leftOut: CountsZ,
          again: n,
          here: z.array(z.object({ standing: StandingZ, count: n })),
          ended: CountsZ,
          nextAt: UtcMsZ.nullable(),
        }),
      ),
      spent: z.object({ texts: n, price: MicrosZ }),
      ceiling: z.object({ texts: n, price: MicrosZ }).nullable(),
      currency: z.string(),
      waitsForSales: z.boolean(),
    }),
  }),
  /** People behind one of the counts. */
  'ladders/people': query({
    role: 'owner',
    input: z.object({
      campaignId: CampaignIdZ,
      placeId: CampaignIdZ,
      which: z.union([
        z.object({ standing: StandingZ }),
        z.object({ ended: z.string().max(40) }),
        z.object({ leftOut: z.string().max(40) }),
      ]),
      page: PageZ,
    }),
    output: z.object({
      rows: z
        .array(
          z.object({
            customerId: CustomerIdZ,
            firstName: z.string(),
            lastName: z.string(),
            company: z.string(),
            phone: PhoneZ.nullable(),
            reason: z.string().nullable(),
            at: UtcMsZ.nullable(),
          }),
        )
        .max(200),
      total: n,
    }),
  }),
  /** No step is taken, and none of their texts leaves. */
  'ladders/pause': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns', 'outbox'] }),
  /** Goes on; also agrees to words that were changed and to a ceiling that was reached. */
  'ladders/resume': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns', 'outbox'] }),
  /** For good: what has not left will not. */
  'ladders/end': command({ role: 'owner', input: one, output: z.object({ keptBack: n }), changes: ['campaigns', 'outbox'] }),
} satisfies Contract;
