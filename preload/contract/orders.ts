import { ORDER_KINDS, ORDER_STATES, ORDER_STEPS } from '@domain/orders/order';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CentsZ, CustomerIdZ, DoneZ, EmptyZ, LanguageZ, ShopDayZ, UtcMsZ } from './primitives';

const OrderIdZ = z.number().int().min(1);
const text = (max: number) => z.string().max(max);
const OrderStateZ = z.enum(ORDER_STATES);

/** An order as staff may see it: first name and initial, last four digits, no money. */
export const StaffOrderZ = z.object({
  id: OrderIdZ,
  /** On the slip and in the text. */
  ref: z.string(),
  kind: z.enum(ORDER_KINDS),
  customerId: CustomerIdZ,
  name: z.string(),
  phoneEnd: z.string().nullable(),
  what: z.string(),
  size: z.string(),
  /** Promised for that day; of a hold: kept through it. */
  dueOn: ShopDayZ.nullable(),
  state: OrderStateZ,
  createdAt: UtcMsZ,
  readyAt: UtcMsZ.nullable(),
  closedAt: UtcMsZ.nullable(),
  standing: z.enum(['on-time', 'late', 'uncollected']),
  textsWanted: z.boolean(),
  text: z.object({ state: z.enum(['waits', 'left', 'failed']), at: UtcMsZ.nullable(), reminder: z.boolean() }).nullable(),
});

/** What becomes of the text, or why there is none: then somebody calls. */
const NewsZ = z.union([
  z.object({ text: z.literal(true), leavesAt: UtcMsZ.nullable() }),
  z.object({ text: z.literal(false), why: z.string() }),
]);

const fields = {
  what: text(120),
  size: text(30).default(''),
  dueOn: ShopDayZ.nullable().default(null),
  deposit: CentsZ.nullable().default(null),
};
const WordingsZ = z.object({ en: z.object({ text: z.string(), hash: z.string() }), es: z.object({ text: z.string(), hash: z.string() }) });
const changes = ['counter', 'customers', 'outbox', 'consent'] as const;

export const orders = {
  /** Everything kept for somebody, overdue first. */
  'orders/open': query({ role: 'staff', input: EmptyZ, output: z.object({ open: z.array(StaffOrderZ), more: z.number().int() }) }),
  /** Of the person being served (counter.not-in-front). */
  'orders/of': query({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ }),
    output: z.array(StaffOrderZ.extend({ deposit: CentsZ.nullable() })),
  }),
  'orders/take': command({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ, kind: z.enum(ORDER_KINDS), ...fields }),
    output: z.object({ id: OrderIdZ, ref: z.string() }),
    changes,
  }),
  'orders/change': command({ role: 'staff', input: z.object({ id: OrderIdZ, ...fields }), output: DoneZ, changes }),
  'orders/step': command({
    role: 'staff',
    input: z.object({ id: OrderIdZ, step: z.enum(ORDER_STEPS) }),
    output: z.object({ state: OrderStateZ, news: NewsZ.nullable() }),
    changes,
  }),
  /** The screen is the customer's, with the order's own empty box on it. */
  'orders/ask': command({
    role: 'staff',
    input: z.object({ id: OrderIdZ, language: LanguageZ }),
    output: z.object({ where: z.enum(['counter', 'display']) }),
    changes: ['session', 'display', 'counter'],
  }),
  /** The form of the order with its own empty boxes: to print, and to copy from when it was signed. */
  'orders/form': query({
    role: 'staff',
    input: z.object({ id: OrderIdZ }),
    output: z.object({
      kind: z.enum(ORDER_KINDS),
      what: z.string(),
      size: z.string(),
      ref: z.string(),
      wording: WordingsZ,
      recalls: WordingsZ,
      language: LanguageZ,
      earliest: ShopDayZ,
      today: ShopDayZ,
    }),
  }),
  /** A signed form with its photo. */
  'orders/signed': command({
    role: 'staff',
    input: z.object({
      id: OrderIdZ,
      phone: text(40),
      signedOn: ShopDayZ,
      language: LanguageZ,
      wordingHash: text(64),
      recalls: z.boolean(),
      recallsHash: text(64),
      /** JPEG, base64, from shell/pick-photo. */
      photo: z.string().min(100).max(900_000),
    }),
    output: z.object({ outcome: z.enum(['in', 'needs-start']) }),
    changes,
  }),
} satisfies Contract;
