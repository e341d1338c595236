import { RETAIL_DAYS } from '@domain/campaigns/retail-calendar';
import { z } from 'zod';
import { type Contract, query } from './define';
import { CampaignIdZ, CustomerIdZ, EmptyZ, MicrosZ, PageZ, ShopDayZ, UtcMsZ } from './primitives';

const n = z.number().int();
const KindZ = z.enum(['campaign', 'sending', 'step', 'automation', 'order', 'other']);
const OnZ = z.object({ kind: KindZ, id: n.nullable(), name: z.string(), day: ShopDayZ });
const ReasonZ = z.enum(['texted-recently', 'month-used']);
const PersonZ = z.object({ customerId: CustomerIdZ, firstName: z.string(), lastName: z.string(), company: z.string() });

const ItemZ = z.object({
  kind: KindZ,
  /** Of the campaign (a follow-up: of its first one) or automation. */
  id: n.nullable(),
  name: z.string(),
  /** When a planned campaign begins. */
  at: UtcMsZ.nullable(),
  /** Why it cannot be put on another day; null = it can. */
  fixed: z.enum(['leaving', 'at-carrier', 'follow-up', 'own-day', 'order', 'answers']).nullable(),
  /** At most so many: it depends on what people do. */
  atMost: z.boolean(),
  people: n,
  leftOut: n,
  /** Not among them: due then, but they wait for a limit to free. */
  later: n,
  /** When the first of them leaves. */
  from: UtcMsZ.nullable(),
  texts: n,
  mails: n,
  price: MicrosZ,
});

export const ahead = {
  /** What will be sent in the next 30 days by everything, who would hear too much, and what that comes to. */
  'ahead/days': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      days: z
        .array(
          z.object({
            day: ShopDayZ,
            holidays: z.array(z.enum(RETAIL_DAYS)),
            law: z.enum(['open', 'reason', 'closed']),
            /** The week is printed. */
            page: z.boolean(),
            items: z.array(ItemZ),
            people: n,
            texts: n,
            mails: n,
            price: MicrosZ,
          }),
        )
        .max(31),
      clashes: z
        .array(
          z.object({
            later: z.boolean(),
            source: OnZ,
            until: ShopDayZ,
            severalDays: z.boolean(),
            reason: ReasonZ,
            because: OnZ.nullable(),
            people: n,
          }),
        )
        .max(100),
      crowded: n,
      /** People who get one, two, three … */
      load: z.array(n).max(40),
      spacingDays: n,
      promise: n,
      /** Planned campaigns that did not leave and wait for the owner. */
      waiting: z.array(z.object({ id: CampaignIdZ, name: z.string(), at: UtcMsZ, asks: z.string() })),
      currency: z.string(),
      total: z.object({ people: n, texts: n, mails: n, price: MicrosZ }),
    }),
  }),
  /** The people of one line of a day, with who is left out and what is in the way. */
  'ahead/people': query({
    role: 'owner',
    input: OnZ.extend({ until: ShopDayZ.nullable().default(null), leftOut: z.boolean().default(false), page: PageZ }),
    output: z.object({
      rows: z
        .array(
          PersonZ.extend({
            at: UtcMsZ,
            reason: ReasonZ.nullable(),
            instead: UtcMsZ.nullable(),
            because: OnZ.nullable(),
          }),
        )
        .max(200),
      total: n,
    }),
  }),
  /** Who gets exactly so many in these days, and what. */
  'ahead/loaded': query({
    role: 'owner',
    input: z.object({ texts: z.number().int().min(1).max(40), page: PageZ }),
    output: z.object({
      rows: z.array(PersonZ.extend({ texts: z.array(OnZ).max(40) })).max(200),
      total: n,
    }),
  }),
} satisfies Contract;
