import { DISCOUNTS } from '@domain/taps/judge';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CampaignIdZ, DoneZ, UtcMsZ } from './primitives';

const count = z.number().int();

export const taps = {
  /** Where clicks on links come from; null = nowhere, and then no screen speaks of taps. */
  'taps/source': query({
    role: 'owner',
    input: z.object({}),
    output: z
      .object({
        /** What stands before the code in a text. */
        base: z.string(),
        example: z.string(),
        path: z.string(),
        connectedAt: UtcMsZ,
        state: z.enum(['new', 'fine', 'gone', 'unreadable', 'no-columns']),
        readAt: UtcMsZ.nullable(),
        /** Rows nobody could read, and clicks with codes nobody has. */
        unread: count,
        strangers: count,
        clicks: count,
        counted: count,
        lastAt: UtcMsZ.nullable(),
      })
      .nullable(),
  }),
  /** Links in texts from now on; the file is looked at before anything is kept. */
  'taps/connect': command({
    role: 'owner',
    input: z.object({ base: z.string().trim().min(1).max(120), path: z.string().trim().min(1).max(1000) }),
    output: DoneZ,
    changes: ['campaigns', 'settings', 'segments', 'customers', 'reports'],
  }),
  'taps/disconnect': command({
    role: 'owner',
    input: z.object({}),
    output: DoneZ,
    changes: ['campaigns', 'settings', 'segments', 'customers', 'reports'],
  }),
  /** Reads the file now. */
  'taps/look': command({ role: 'owner', input: z.object({}), output: z.object({ fresh: count }), changes: ['campaigns', 'settings'] }),
  /** What came of a campaign's links; null where nothing could tell. */
  'taps/campaign': query({
    role: 'owner',
    input: z.object({ id: CampaignIdZ }),
    output: z
      .object({
        links: count,
        people: count,
        taps: count,
        firstAt: UtcMsZ.nullable(),
        lastAt: UtcMsZ.nullable(),
        discounted: z.array(z.object({ why: z.enum(DISCOUNTS), count })),
      })
      .nullable(),
  }),
} satisfies Contract;
