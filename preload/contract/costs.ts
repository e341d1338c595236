import { z } from 'zod';
import { type Contract, query } from './define';
import { LeakZ } from './finding';
import { CampaignIdZ, OfferIdZ } from './primitives';

const IntZ = z.number().int();
const RangeZ = z.object({ estimate: z.number(), low: z.number(), high: z.number() }).nullable();

/** What texts cost besides their price. */
export const costs = {
  /** Opt-outs of regulars: what they left in a year at their own rhythm, as a range (domain/reports/lost-regulars.ts). */
  'costs/opt-outs': query({
    role: 'owner',
    input: z.object({ campaignId: CampaignIdZ.nullable(), months: z.number().int().min(1).max(24).default(12) }),
    output: z.object({
      stopped: IntZ,
      regulars: IntZ,
      unknown: IntZ,
      /** Minor units a year. */
      yearly: RangeZ,
      cameSince: z.object({ x: IntZ, n: IntZ }),
      measure: z.enum(['margin', 'takings']),
      months: z.array(z.object({ month: z.string(), stopped: IntZ, regulars: IntZ, yearly: RangeZ })).max(24),
    }),
  }),
  /** Uses of an offer by people it was not sent to; null where no text ever told of it. */
  'costs/leak': query({ role: 'owner', input: z.object({ offerId: OfferIdZ }), output: z.object({ leak: LeakZ.nullable() }) }),
} satisfies Contract;
