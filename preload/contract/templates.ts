import { z } from 'zod';
import { type Contract, command, query } from './define';
import { ReplyWordZ } from './inbox';
import { CampaignIdZ, DoneZ, EmptyZ, UtcMsZ } from './primitives';

const id = z.number().int().positive();
const body = z.string().max(2000);

/** Texts an owner keeps for another time. */
export const templates = {
  'templates/list': query({
    role: 'owner',
    input: EmptyZ,
    output: z.array(z.object({ id, name: z.string(), body, bodyEs: body, words: z.array(ReplyWordZ).max(3), createdAt: UtcMsZ })).max(100),
  }),
  /** With the reply words of the campaign it is written in. */
  'templates/keep': command({
    role: 'owner',
    input: z.object({ name: z.string().trim().min(1).max(60), body: body.min(1), bodyEs: body, campaignId: CampaignIdZ.nullable() }),
    output: z.object({ id }),
    changes: ['campaigns'],
  }),
  'templates/remove': command({ role: 'owner', input: z.object({ id }), output: DoneZ, changes: ['campaigns'] }),
} satisfies Contract;
