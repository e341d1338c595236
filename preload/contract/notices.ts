import { PROMO_WHYS } from '@domain/notices/promo';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CustomerIdZ, DoneZ, LanguageZ, MicrosZ, PageZ, PhoneZ, ShopDayZ, UtcMsZ } from './primitives';

const n = z.number().int();
const id = n.min(1);
const one = z.object({ id });
const KindZ = z.enum(['recall', 'notice']);
const GoodsZ = z.object({
  what: z.enum(['item', 'category']),
  names: z.array(z.string().max(200)).min(1).max(50),
  variant: z.string().max(80),
});

const fields = {
  kind: KindZ,
  name: z.string().max(80),
  goods: GoodsZ,
  /** Both days included. */
  fromDay: ShopDayZ,
  untilDay: ShopDayZ,
  bodyEn: z.string().max(640),
  bodyEs: z.string().max(640),
};
const NoticeZ = z.object({
  id,
  ...fields,
  goods: GoodsZ.extend({ names: z.array(z.string()) }),
  state: z.enum(['draft', 'sending', 'sent']),
  madeAt: UtcMsZ,
  sentAt: UtcMsZ.nullable(),
});

/** What is wrong with the words; promotional ones are named. */
const ProblemZ = z.object({
  what: z.enum(['empty', 'no-shop', 'unknown-field', 'too-long', 'promo']),
  language: LanguageZ,
  why: z.enum(PROMO_WHYS).optional(),
  found: z.string().optional(),
});

/** Recalls and other word to whoever bought an item in a period: service texts, with a list of those who cannot be texted. */
export const notices = {
  'notices/list': query({
    role: 'owner',
    input: z.object({ page: PageZ }),
    output: z.object({ rows: z.array(NoticeZ.extend({ texted: n, listed: n, reached: n })).max(200), total: n }),
  }),
  'notices/get': query({
    role: 'owner',
    input: one,
    /** `said`: the words as they leave, without anybody's name. */
    output: NoticeZ.extend({ said: z.string() }),
  }),
  'notices/save': command({
    role: 'owner',
    input: z.object({ id: id.nullable(), ...fields }),
    output: one,
    changes: ['campaigns'],
  }),
  'notices/remove': command({ role: 'owner', input: one, output: DoneZ, changes: ['campaigns'] }),
  'notices/preview': query({
    role: 'owner',
    input: one,
    output: z.object({
      buyers: n,
      texts: n,
      listed: n,
      /** Bought as a present: somebody else may have it. */
      gifts: n,
      /** Sales of it to nobody in particular. */
      unknown: n,
      price: MicrosZ,
      currency: z.string(),
      problems: z.array(ProblemZ),
      reasons: z.array(z.object({ reason: z.string(), count: n })),
      people: z
        .array(
          z.object({
            customerId: CustomerIdZ,
            name: z.string(),
            phone: PhoneZ.nullable(),
            boughtOn: ShopDayZ,
            gift: z.boolean(),
            reason: z.string().nullable(),
          }),
        )
        .max(200),
      sample: z.object({ name: z.string(), text: z.string(), segments: n }).nullable(),
      token: z.string(),
    }),
  }),
  'notices/send': command({
    role: 'owner',
    input: z.object({ id, token: z.string().max(2_000_000) }),
    output: z.object({ texts: n, listed: n }),
    changes: ['campaigns', 'outbox', 'customers'],
  }),
  'notices/people': query({
    role: 'owner',
    input: z.object({ id, page: PageZ }),
    output: z.object({
      rows: z
        .array(
          z.object({
            customerId: CustomerIdZ,
            name: z.string(),
            phone: PhoneZ.nullable(),
            email: z.string().nullable(),
            street: z.string(),
            city: z.string(),
            region: z.string(),
            postalCode: z.string(),
            reason: z.string().nullable(),
            gift: z.boolean(),
            boughtOn: ShopDayZ,
            toldAt: UtcMsZ.nullable(),
            textState: z.string().nullable(),
          }),
        )
        .max(200),
      total: n,
    }),
  }),
  /** Reached in another way, by the owner's word. */
  'notices/reached': command({
    role: 'owner',
    input: z.object({ id, customerId: CustomerIdZ, reached: z.boolean() }),
    output: DoneZ,
    changes: ['campaigns'],
  }),
  /** Those who cannot be texted, to be saved. `words`: the reasons as the screen says them. */
  'notices/file': command({
    role: 'owner',
    input: z.object({ id, words: z.record(z.string(), z.string()) }),
    output: z.object({ name: z.string(), text: z.string(), people: n }),
    changes: [],
  }),
} satisfies Contract;
