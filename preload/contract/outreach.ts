import { REACH_CHANNELS, REACH_REASONS } from '@domain/outreach/reach';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CampaignIdZ, CentsZ, CustomerIdZ, DoneZ, OfferIdZ, PageZ, SegmentIdZ, UtcMsZ } from './primitives';

const n = z.number().int();
const ChannelZ = z.enum(REACH_CHANNELS);
const ReasonZ = z.enum(REACH_REASONS);
/** A group as it is now, or the people of a started campaign (its list and its text are one step). */
const order = {
  channel: ChannelZ,
  source: z.union([z.object({ segmentId: SegmentIdZ }).strict(), z.object({ campaignId: CampaignIdZ }).strict()]),
};
const MediumKindZ = z.enum(['postcard', 'flyer', 'poster', 'radio', 'paper', 'online', 'other']);
const one = z.object({ id: n.min(1) });

/** Lists for post, e-mail and advertisements. */
export const outreach = {
  'outreach/review': query({
    role: 'owner',
    input: z.object(order),
    output: z.object({
      name: z.string(),
      people: n,
      leftOut: z.array(z.object({ reason: ReasonZ, count: n })),
      /** Of them: heard from the shop within `spacingDays`. */
      recent: n,
      spacingDays: n,
      token: z.string(),
    }),
  }),
  'outreach/left-out': query({
    role: 'owner',
    input: z.object({ ...order, reason: ReasonZ, page: PageZ }),
    output: z.object({
      total: n,
      rows: z.array(z.object({ id: CustomerIdZ, firstName: z.string(), lastName: z.string(), company: z.string() })).max(200),
    }),
  }),
  /** The file as reviewed; writes a contact per person. */
  'outreach/export': command({
    role: 'owner',
    input: z.object({ ...order, token: z.string().min(1).max(64), format: z.enum(['google', 'meta']).default('google') }),
    output: z.object({ id: n, name: z.string(), text: z.string(), people: n }),
    changes: ['campaigns', 'customers'],
  }),
  'outreach/list': query({
    role: 'owner',
    input: PageZ,
    output: z.object({
      total: n,
      rows: z
        .array(
          z.object({
            id: n,
            channel: ChannelZ,
            name: z.string(),
            segmentId: SegmentIdZ.nullable(),
            campaignId: CampaignIdZ.nullable(),
            people: n,
            leftOut: z.record(z.string(), n),
            at: UtcMsZ,
            staffName: z.string().nullable(),
          }),
        )
        .max(200),
    }),
  }),
  /** It was not used: its contacts go. */
  'outreach/take-back': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns', 'customers'] }),
  /** What stands on the labels of a list. */
  'outreach/labels': query({
    role: 'owner',
    input: one.extend({ page: PageZ }),
    output: z.object({ name: z.string(), total: n, rows: z.array(z.object({ id: CustomerIdZ, lines: z.array(z.string()) })).max(200) }),
  }),
  /** One code per medium of an offer, or those measured beside a campaign's text. */
  'outreach/media': query({
    role: 'owner',
    input: z.union([z.object({ baseId: OfferIdZ }).strict(), z.object({ campaignId: CampaignIdZ }).strict()]),
    output: z
      .array(
        z.object({
          id: n,
          campaignId: CampaignIdZ.nullable(),
          baseId: OfferIdZ,
          offerId: OfferIdZ,
          kind: MediumKindZ,
          name: z.string(),
          code: z.string(),
          givenOut: n.nullable(),
          cost: CentsZ.nullable(),
          redeemed: n,
          takings: CentsZ,
          discount: CentsZ,
          createdAt: UtcMsZ,
        }),
      )
      .max(200),
  }),
  'outreach/make-medium': command({
    role: 'owner',
    input: z.object({
      baseId: OfferIdZ,
      campaignId: CampaignIdZ.nullable(),
      kind: MediumKindZ,
      name: z.string().trim().min(1).max(40),
      code: z.string().trim().min(3).max(20),
      givenOut: n.min(0).max(100_000_000).nullable(),
      cost: CentsZ.nullable(),
    }),
    output: one,
    changes: ['offers', 'campaigns'],
  }),
  'outreach/count-medium': command({
    role: 'owner',
    input: one.extend({ givenOut: n.min(0).max(100_000_000).nullable(), cost: CentsZ.nullable() }),
    output: DoneZ,
    changes: ['offers', 'campaigns'],
  }),
} satisfies Contract;
