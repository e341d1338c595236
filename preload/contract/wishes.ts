import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CampaignIdZ, CentsZ, CustomerIdZ, DoneZ, EmptyZ, MicrosZ, PageZ, ShopDayZ, UtcMsZ } from './primitives';

const n = z.number().int();
const id = n.min(1);
const one = z.object({ id });
const text = (max: number) => z.string().max(max);

/** One line of what came in, typed, scanned or read from a list. */
export const DeliveryLineZ = z.object({
  item: text(200),
  size: text(60),
  /** Minor units; null = not said. */
  price: CentsZ.nullable(),
  barcode: text(60),
  qty: n.min(1).max(9999),
});
const DeliveryStateZ = z.enum(['open', 'telling', 'told']);
const DeliveryZ = z.object({
  id,
  name: z.string(),
  state: DeliveryStateZ,
  /** '' = ours. */
  bodyEn: z.string(),
  bodyEs: z.string(),
  /** Whose texts, replies and results these are. */
  campaignId: CampaignIdZ.nullable(),
  madeAt: UtcMsZ,
  toldAt: UtcMsZ.nullable(),
});
const WishBriefZ = z.object({ id, item: z.string(), size: z.string(), under: CentsZ.nullable() });

export const wishes = {
  /** Newest first, with what came of each; `first`: the goods of its first line, '' = none yet. */
  'deliveries/list': query({
    role: 'owner',
    input: z.object({ page: PageZ }),
    output: z.object({ rows: z.array(DeliveryZ.extend({ first: z.string(), lines: n, told: n, replied: n, sold: n })).max(200), total: n }),
  }),
  /** What people wait for, most wanted first. */
  'deliveries/wanted': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      rows: z.array(z.object({ item: z.string(), size: z.string(), people: n, since: UtcMsZ })).max(50),
      total: n,
      /** Why people left without buying in the last 30 days. */
      left: z.array(z.object({ missing: z.enum(['size', 'colour', 'stock', 'price', 'other']), people: n })),
    }),
  }),
  /** Open wishes that seem to have come true at the till; closing one is the owner's word (desk/wish-state). */
  'deliveries/seemingly': query({
    role: 'owner',
    input: EmptyZ,
    output: z
      .array(
        z.object({
          wishId: id,
          customerId: CustomerIdZ,
          name: z.string(),
          item: z.string(),
          size: z.string(),
          on: ShopDayZ,
          sure: z.enum(['sure', 'maybe']),
        }),
      )
      .max(50),
  }),
  'deliveries/get': query({ role: 'owner', input: one, output: DeliveryZ.extend({ lines: z.array(DeliveryLineZ.extend({ lineNo: n })) }) }),
  'deliveries/save': command({
    role: 'owner',
    input: z.object({
      id: id.nullable(),
      name: text(80).default(''),
      bodyEn: text(640).default(''),
      bodyEs: text(640).default(''),
      lines: z.array(DeliveryLineZ).max(2000),
    }),
    output: one,
    changes: ['campaigns'],
  }),
  'deliveries/remove': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns'] }),
  /** Lines of a pasted or chosen list of goods. */
  'deliveries/read': query({
    role: 'owner',
    input: z.object({ text: text(400_000) }),
    output: z.object({ lines: z.array(DeliveryLineZ), leftOut: n }),
  }),
  /** What a barcode was the last time it came; null = unknown. */
  'deliveries/barcode': query({
    role: 'owner',
    input: z.object({ barcode: text(60) }),
    output: z.object({ item: z.string(), size: z.string(), price: CentsZ.nullable() }).nullable(),
  }),
  /** Who waits for it, who may be told by text, what they read and what it costs. */
  'deliveries/preview': query({
    role: 'owner',
    input: one,
    output: z.object({
      people: z
        .array(
          z.object({
            customerId: CustomerIdZ,
            name: z.string(),
            /** `bought`: the till shows something like it since they asked, in a size it does not say. */
            wishes: z.array(WishBriefZ.extend({ bought: ShopDayZ.nullable() })),
            reason: z.string().nullable(),
          }),
        )
        .max(200),
      /** All of them, those by text, and those who are not. */
      total: n,
      texts: n,
      price: MicrosZ,
      currency: z.string(),
      /** Wishes for the item in another size, or a size no line says; for less, or no price was said. */
      otherSize: n,
      otherPrice: n,
      /** The till shows they have it by now: no text. */
      has: z
        .array(z.object({ wishId: id, customerId: CustomerIdZ, name: z.string(), item: z.string(), size: z.string(), on: ShopDayZ }))
        .max(200),
      sample: z.object({ name: z.string(), text: z.string(), segments: n }).nullable(),
      token: z.string(),
    }),
  }),
  /** One text each to everybody shown, once; refused when it would be more than was shown. */
  'deliveries/tell': command({
    role: 'owner',
    input: z.object({ id, token: text(200_000) }),
    output: z.object({ campaignId: CampaignIdZ, texts: n }),
    changes: ['campaigns', 'outbox', 'customers', 'counter', 'reports'],
  }),
  'deliveries/told': query({
    role: 'owner',
    input: one,
    output: z
      .array(
        z.object({
          customerId: CustomerIdZ,
          name: z.string(),
          wish: WishBriefZ,
          reason: z.string().nullable(),
          textState: z.string().nullable(),
          wishState: z.enum(['open', 'fulfilled', 'dropped']),
        }),
      )
      .max(200),
  }),
} satisfies Contract;
