import { z } from 'zod';
import { type Contract, query } from './define';
import { CampaignIdZ, EmptyZ, ShopDayZ, UtcMsZ } from './primitives';

const n = z.number().int();
const IntervalZ = z.object({ estimate: z.number(), low: z.number(), high: z.number() });
const OutcomeZ = z.enum(['redeemed', 'came']);
const ShareZ = z.object({ x: n, n });

/** Two wordings against each other (domain/attribution/wordings.ts). */
export const tests = {
  /** Said before sending: the smallest difference in a hundred that sides of these sizes can show. */
  'tests/size': query({
    role: 'owner',
    input: z.object({ a: n.min(0), b: n.min(0) }),
    output: z.object({ perHundred: z.number().nullable(), usual: z.number(), own: z.boolean() }),
  }),
  /** What a list can show of what a text brings, said before sending; null = the quarter's untexted group tells instead. */
  'tests/shows': query({
    role: 'owner',
    input: z.object({ people: n.min(0).max(10_000_000), holdout: z.enum(['auto', 'off', 'half']) }),
    output: z
      .object({
        code: z.enum(['off', 'short-list', 'small-group', 'shows']),
        people: n,
        texted: n,
        heldOut: n,
        usual: z.number(),
        own: z.boolean(),
        perHundred: z.number().nullable(),
        listNeeded: n,
      })
      .nullable(),
  }),
  /** A against B of a campaign: when it will be judged, or how it was; never in between. */
  'tests/words': query({
    role: 'owner',
    input: z.object({ campaignId: CampaignIdZ }),
    output: z.discriminatedUnion('state', [
      z.object({ state: z.literal('none') }),
      z.object({ state: z.enum(['running', 'waiting-for-till']), outcome: OutcomeZ, endsOn: ShopDayZ }),
      z.object({
        state: z.literal('judged'),
        outcome: OutcomeZ,
        endsOn: ShopDayZ,
        judgedAt: UtcMsZ,
        verdict: z.object({
          code: z.enum(['split-broken', 'counts-only', 'a', 'b', 'leaning-a', 'leaning-b', 'no-difference']),
          outcome: OutcomeZ,
          a: ShareZ,
          b: ShareZ,
          difference: IntervalZ.nullable(),
        }),
      }),
    ]),
  }),
  /** The group untexted for a quarter, against everybody its campaigns texted; the latest quarter first. */
  'tests/quarters': query({
    role: 'owner',
    input: EmptyZ,
    output: z
      .array(
        z.object({
          quarter: z.string(),
          campaigns: n,
          window: z.discriminatedUnion('state', [
            z.object({ state: z.literal('running'), endsOn: ShopDayZ }),
            z.object({ state: z.literal('waiting-for-till'), endsOn: ShopDayZ, coveredThrough: ShopDayZ.nullable() }),
            z.object({ state: z.literal('closed'), endsOn: ShopDayZ }),
          ]),
          result: z
            .object({
              texted: ShareZ,
              held: ShareZ,
              verdict: z.object({
                code: z.enum(['no-holdout', 'split-broken', 'counts-only', 'made-money', 'lost', 'leaning', 'too-early']),
                range: IntervalZ.nullable(),
              }),
            })
            .nullable(),
        }),
      )
      .max(8),
  }),
} satisfies Contract;
