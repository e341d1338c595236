import { z } from 'zod';
import { ShopDayZ } from './primitives';

const n = z.number().int();
const CountZ = z.object({ x: n, n });

/** What one campaign showed, as figures a sentence is made of (domain/reports/finding.ts, renderer/strings/results.ts). */
export const FindingZ = z.discriminatedUnion('code', [
  z.object({ code: z.literal('running'), endsOn: ShopDayZ }),
  z.object({ code: z.literal('waiting'), endsOn: ShopDayZ, coveredThrough: ShopDayZ.nullable() }),
  z.object({ code: z.literal('no-holdout'), hasOffer: z.boolean(), people: n }),
  z.object({ code: z.literal('split-broken') }),
  z.object({ code: z.literal('counts-only'), text: CountZ, control: CountZ }),
  z.object({
    code: z.enum(['made-money', 'lost', 'leaning-yes', 'leaning-no', 'too-early']),
    measure: z.enum(['buyers', 'profit']),
    ratio: z.object({ of: z.union([z.literal(100), z.literal(1000)]), came: n, usually: n }),
    best: n,
    low: n,
    high: n,
    atLeast: z.boolean(),
    more: n.nullable(),
  }),
]);

/** Uses of a campaign's codes by people who were not texted (domain/attribution/payback.ts). */
export const LeakZ = z.object({ all: n, byHeldOut: n, byOthers: n, byUnknown: n });
