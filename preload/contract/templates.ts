import { RETAIL_DAYS } from '@domain/campaigns/retail-calendar';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { ReplyWordZ } from './inbox';
import { CampaignIdZ, DoneZ, EmptyZ, ShopDayZ, UtcMsZ } from './primitives';

const id = z.number().int().positive();
const body = z.string().max(2000);

/** Texts an owner keeps for another time. */
export const templates = {
  'templates/list': query({
    role: 'owner',
    input: EmptyZ,
    output: z.array(z.object({ id, name: z.string(), body, bodyEs: body, words: z.array(ReplyWordZ).max(3), createdAt: UtcMsZ })).max(100),
  }),
  /** The days shops sell by that are at most so many days ahead on the shop's calendar, soonest first. */
  'templates/days': query({
    role: 'owner',
    input: z.object({ ahead: z.number().int().min(1).max(366) }),
    output: z.array(
      z.object({ key: z.enum(RETAIL_DAYS), day: ShopDayZ, kind: z.enum(['gift', 'sale', 'greeting']), inDays: z.number().int() }),
    ),
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
