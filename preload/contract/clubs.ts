import { z } from 'zod';
import { type Contract, command, query } from './define';
import { TopicZ } from './kit';
import { CampaignIdZ, CustomerIdZ, EmptyZ, OfferIdZ, PageZ, PhoneZ, ShopDayZ, UtcMsZ } from './primitives';

const n = z.number().int();
const slug = z.string().min(1).max(40);
const WayZ = z.custom<'counter' | 'display' | 'paper' | 'catch-up' | 'asked' | 'import' | 'choice' | `word:${string}`>(
  (v) => typeof v === 'string' && v.length <= 60,
  'not a way in',
);

const ClubZ = TopicZ.extend({
  members: n,
  /** In the last 30 days, and still in it. */
  joined: n,
  /** In no other club that is offered: when it ends they hear nothing until they choose another. */
  onlyThis: n,
});

export const clubs = {
  /** Every club with its people, those offered first. Making, changing and ending one: `kit/save-topic`. */
  'clubs/list': query({ role: 'owner', input: EmptyZ, output: z.array(ClubZ) }),
  'clubs/one': query({
    role: 'owner',
    input: z.object({ slug }),
    output: z.object({
      club: ClubZ,
      /** The last 26 weeks, oldest first. */
      growth: z.array(z.object({ week: ShopDayZ, joined: n, left: n, onList: n })),
      /** How its members came, most first. */
      ways: z.array(z.object({ way: WayZ, count: n })),
      /** The last ones about it. */
      campaigns: z.array(z.object({ id: CampaignIdZ, name: z.string(), state: z.string(), at: UtcMsZ })),
      /** Offers for its members only. */
      offers: z.array(z.object({ id: OfferIdZ, name: z.string(), archived: z.boolean() })),
      /** What still speaks about it: planned or running campaigns, automations that are on. */
      about: z.object({ planned: n, automations: n }),
      promise: n,
    }),
  }),
  /** Newest members first. */
  'clubs/members': query({
    role: 'owner',
    input: z.object({ slug, page: PageZ }),
    output: z.object({
      rows: z
        .array(
          z.object({
            customerId: CustomerIdZ,
            firstName: z.string(),
            lastName: z.string(),
            company: z.string(),
            phone: PhoneZ.nullable(),
            since: UtcMsZ,
            way: WayZ,
          }),
        )
        .max(200),
      total: n,
    }),
  }),
  /** A draft about the club, to its members. */
  'clubs/campaign': command({
    role: 'owner',
    input: z.object({ slug, name: z.string().trim().min(1).max(80) }),
    output: z.object({ id: CampaignIdZ }),
    changes: ['campaigns', 'segments'],
  }),
} satisfies Contract;
