import { z } from 'zod';
import { type Contract, query } from './define';
import { CampaignIdZ, UtcMsZ } from './primitives';
import { IntervalZ } from './reports';

const IntZ = z.number().int();

/** Campaigns as points on a time line. Other figures over time: results.ts. */
export const overTime = {
  /** The campaigns of the last weeks, oldest first, and what those that drew people of their own to leave out say together. */
  'reports/campaign-trend': query({
    role: 'owner',
    input: z.object({ weeks: z.number().int().min(1).max(156).default(52) }),
    output: z.object({
      campaigns: z
        .array(
          z.object({
            id: CampaignIdZ,
            name: z.string(),
            startedAt: UtcMsZ,
            closed: z.boolean(),
            offer: z.boolean(),
            delivered: IntZ,
            redeemed: IntZ,
            used: IntervalZ.nullable(),
            measured: z
              .object({
                texted: IntZ,
                heldOut: IntZ,
                /** Extra people of one texted. */
                people: IntervalZ,
                /** Cents after the texts' cost. */
                profit: IntervalZ.nullable(),
                /** Cents. */
                cost: IntZ.nullable(),
              })
              .nullable(),
          }),
        )
        .max(200),
      /** Extra people of one texted, Mantel-Haenszel over the measured ones; null under two of them. */
      pooled: IntervalZ.nullable(),
      marginPercent: z.number().nullable(),
      /** People whose figures are being counted in the background just now. */
      counting: IntZ,
    }),
  }),
} satisfies Contract;
