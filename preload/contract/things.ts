import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CustomerIdZ, DoneZ, EmptyZ, SaleIdZ, ShopDayZ, UtcMsZ } from './primitives';

const n = z.number().int();
const id = n.min(1);
const KindZ = z.enum(['warranty', 'service', 'refill', 'other']);
const text = (max: number) => z.string().max(max);
const whose = z.object({ customerId: CustomerIdZ });

/** Things people have with a day that matters, and after how long things are usually bought again. */
export const things = {
  /** Of the person being served; for the owner of anybody (counter.not-in-front). */
  'things/of': query({
    role: 'staff',
    input: whose,
    output: z.array(
      z.object({
        id,
        customerId: CustomerIdZ,
        kind: KindZ,
        what: z.string(),
        boughtOn: ShopDayZ.nullable(),
        dueOn: ShopDayZ,
        state: z.enum(['open', 'done']),
        createdAt: UtcMsZ,
        doneAt: UtcMsZ.nullable(),
      }),
    ),
  }),
  'things/add': command({
    role: 'staff',
    input: z.object({
      customerId: CustomerIdZ,
      kind: KindZ,
      what: text(120),
      boughtOn: ShopDayZ.nullable().default(null),
      dueOn: ShopDayZ,
      saleId: SaleIdZ.nullable().default(null),
    }),
    output: z.object({ id }),
    changes: ['customers', 'counter'],
  }),
  'things/done': command({ role: 'staff', input: z.object({ id, done: z.boolean() }), output: DoneZ, changes: ['customers', 'counter'] }),
  /** What they bought lately, without money. */
  'things/bought': query({
    role: 'owner',
    input: whose,
    output: z.array(z.object({ saleId: SaleIdZ, boughtOn: ShopDayZ, what: z.string() })),
  }),
  /** After how many days goods of a category are usually bought again. */
  'things/terms': query({
    role: 'owner',
    input: EmptyZ,
    output: z.array(z.object({ category: z.string(), days: n, learnt: z.boolean() })),
  }),
  /** As the till shows it, and how many pairs of purchases it stands for; null = nobody bought it twice. */
  'things/usual': query({
    role: 'owner',
    input: z.object({ category: text(200) }),
    output: z.object({ days: n, gaps: n }).nullable(),
  }),
  'things/save-term': command({
    role: 'owner',
    input: z.object({ category: text(200), days: n.min(1).max(3650).nullable(), learnt: z.boolean().default(false) }),
    output: DoneZ,
    changes: ['campaigns'],
  }),
} satisfies Contract;
