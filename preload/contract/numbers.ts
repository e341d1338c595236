import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CustomerIdZ, DoneZ, EmptyZ, MicrosZ, PageZ, PhoneZ, TaskIdZ, UtcMsZ } from './primitives';

const WhyZ = z.enum(['landline', 'not-a-number', 'dead', 'not-reached', 'refused', 'toll-free', 'no-number', 'stopped']);
const FilterZ = z.enum(['numbers', ...WhyZ.options]);
const HowZ = z.enum(['learned', 'look-up', 'owner', 'rule']);
const LinksZ = z.enum(['unknown', 'yes', 'no']);
const count = z.number().int().nonnegative();

export const CannotTextRowZ = z.object({
  id: CustomerIdZ,
  firstName: z.string(),
  lastName: z.string(),
  company: z.string(),
  phone: PhoneZ.nullable(),
  /** As it was written, when nobody can read it. */
  phoneRaw: z.string().nullable(),
  email: z.string().nullable(),
  mayEmail: z.boolean(),
  hasAddress: z.boolean(),
  visits: count,
  lastVisitAt: UtcMsZ.nullable(),
  why: WhyZ,
  how: HowZ.nullable(),
  knownAt: UtcMsZ.nullable(),
  errorTitle: z.string().nullable(),
  /** Three times not reached: may work again. */
  soft: z.boolean(),
});

const LookUpResultZ = z.object({
  asked: count,
  mobile: count,
  landline: count,
  voip: count,
  tollFree: count,
  invalid: count,
  unknown: count,
});

const DayZ = z.object({
  day: z.string(),
  /** Questions to the carrier, and texts posted. */
  asked: count,
  sent: count,
  /** Texts on the account that this shop did not send; `ours`: to people of this shop; `alike`: with its very words or codes. */
  foreign: z.object({ total: count, ours: count, alike: count }),
});

export const numbers = {
  /** People who cannot be texted, the best customers first. */
  'numbers/cannot-text': query({
    role: 'owner',
    input: PageZ.extend({ filter: FilterZ }),
    output: z.object({ total: count, rows: z.array(CannotTextRowZ) }),
  }),
  /** How many each reason holds; `fresh`: numbers marked in the last seven days. */
  'numbers/counts': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      numbers: count,
      landline: count,
      'not-a-number': count,
      dead: count,
      'not-reached': count,
      refused: count,
      'toll-free': count,
      'no-number': count,
      fresh: count,
    }),
  }),
  /** The list as CSV, to be saved. */
  'numbers/export': command({
    role: 'owner',
    input: z.object({ filter: FilterZ }),
    output: z.object({ name: z.string(), text: z.string(), people: count }),
    changes: [],
  }),
  /** What is known about somebody's number, and how. */
  'numbers/person': query({
    role: 'owner',
    input: z.object({ id: CustomerIdZ }),
    output: z.object({
      phone: PhoneZ.nullable(),
      kind: z.enum(['unknown', 'mobile', 'landline', 'voip', 'toll-free', 'invalid']),
      how: HowZ.nullable(),
      knownAt: UtcMsZ.nullable(),
      /** 555-01…: numbers of films. */
      madeUp: z.boolean(),
      provenAt: UtcMsZ.nullable(),
      lookedUpAt: UtcMsZ.nullable(),
      problem: z
        .object({ code: z.number().int(), title: z.string(), whatToDo: z.string(), at: UtcMsZ.nullable(), soft: z.boolean() })
        .nullable(),
      links: LinksZ,
      linksAt: UtcMsZ.nullable(),
    }),
  }),
  /** Lifts a mark; `mobile`: the owner knows that it gets texts. */
  'numbers/try-again': command({
    role: 'owner',
    input: z.object({ id: CustomerIdZ, mobile: z.boolean() }),
    output: DoneZ,
    changes: ['customers'],
  }),
  /** Told at the counter: no smartphone, so no link in their texts. */
  'numbers/links': command({
    role: 'staff',
    input: z.object({ id: CustomerIdZ, value: z.enum(['unknown', 'no']) }),
    output: DoneZ,
    changes: ['customers'],
  }),
  /** What a paid look-up of all unknown numbers would cost. */
  'numbers/look-up-quote': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      count,
      perNumber: MicrosZ,
      price: MicrosZ,
      currency: z.string(),
      balance: z.object({ amount: MicrosZ, currency: z.string() }).nullable(),
      token: z.string(),
      last: LookUpResultZ.extend({ at: UtcMsZ }).nullable(),
    }),
  }),
  /** Pays for it, as a task (kind 'numbers.look-up'). */
  'numbers/look-up': command({
    role: 'owner',
    input: z.object({ token: z.string().max(60) }),
    output: z.object({ taskId: TaskIdZ }),
    changes: ['tasks'],
  }),
  /** How often the carrier was asked, and texts on the account that are not ours, 14 days. */
  'numbers/traffic': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({ days: z.array(DayZ), lastAlikeAt: UtcMsZ.nullable() }),
  }),
} satisfies Contract;
