import { WISH_MISSING, WISH_SOURCES } from '@domain/customers/wishes';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { ReceiptViewZ } from './links';
import { CentsZ, CustomerIdZ, DoneZ, EmptyZ, ShopDayZ, UtcMsZ } from './primitives';

export const SizeZ = z.object({ kind: z.string(), value: z.string() });
export const WishZ = z.object({
  id: z.number().int(),
  item: z.string(),
  size: z.string(),
  /** Only below this price, minor units; null = at any. */
  under: CentsZ.nullable(),
  state: z.enum(['open', 'fulfilled', 'dropped']),
  createdAt: UtcMsZ,
  closedAt: UtcMsZ.nullable(),
  /** `left`: noted when they left without buying; then the item may be ''. */
  source: z.enum(WISH_SOURCES),
  missing: z.enum(WISH_MISSING),
  /** When they were told that it came in. */
  toldAt: UtcMsZ.nullable(),
});

const whose = { customerId: CustomerIdZ };
const text = (max: number) => z.string().max(max);

/** One thing that was done at the counter today; the screen has the words. */
export const DeskEntryZ = z.object({
  /** Of the audit log. */
  id: z.number().int(),
  at: UtcMsZ,
  what: z.enum([
    'redeemed',
    'undone',
    'signed-up',
    'asked',
    'member',
    'stopped',
    'here',
    'note',
    'size',
    'wish',
    'wish-done',
    'wish-dropped',
    'receipt',
    'task',
    'punch',
    'points',
    'reward',
    'card',
  ]),
  /** Who did it; null before anybody signed in. */
  by: z.string().nullable(),
  mine: z.boolean(),
  /** First name and initial, of people this person served; null = nobody in particular, or a colleague's customer. */
  name: z.string().nullable(),
  /** The offer, the wish or the task in words; '' where the entry says it all. */
  words: z.string(),
  /** Typed with a redemption. */
  amount: CentsZ.nullable(),
  undone: z.boolean(),
  mayUndo: z.boolean(),
});

export const desk = {
  /** What is noted about somebody: for the owner of anybody, for staff of the person in front of them (counter.not-in-front). */
  'desk/about': query({
    role: 'staff',
    input: z.object(whose),
    output: z.object({
      note: z.string(),
      sizes: z.array(SizeZ),
      /** `bought`: the till seems to show that it came true since, and on which day; it is closed by somebody's word only. */
      wishes: z.array(WishZ.extend({ bought: z.object({ on: ShopDayZ, sure: z.enum(['sure', 'maybe']) }).nullable() })),
      noSmartphone: z.boolean(),
    }),
  }),
  'desk/note': command({ role: 'staff', input: z.object({ ...whose, note: text(2000) }), output: DoneZ, changes: ['customers'] }),
  /** '' takes the size away. */
  'desk/size': command({
    role: 'staff',
    input: z.object({ ...whose, kind: text(40), value: text(30) }),
    output: DoneZ,
    changes: ['customers'],
  }),
  'desk/wish': command({
    role: 'staff',
    input: z.object({
      ...whose,
      item: text(120),
      size: text(30).default(''),
      under: CentsZ.nullable().default(null),
      source: z.enum(WISH_SOURCES).default('asked'),
      missing: z.enum(WISH_MISSING).default(''),
    }),
    output: z.object({ id: z.number().int() }),
    changes: ['customers'],
  }),
  'desk/wish-state': command({
    role: 'staff',
    input: z.object({ id: z.number().int().min(1), state: z.enum(['open', 'fulfilled', 'dropped']) }),
    output: DoneZ,
    changes: ['customers'],
  }),
  /** The receipt of a redemption just made; what it may mean for the person's history, where one is known. */
  'desk/receipt': command({
    role: 'staff',
    input: z.object({ redemptionId: z.number().int().min(1), receiptNo: text(60) }),
    output: z.object({ receipt: ReceiptViewZ.nullable() }),
    changes: ['customers', 'offers'],
  }),
  /** The last ten things done at the counter today, newest first. */
  'desk/log': query({ role: 'staff', input: EmptyZ, output: z.array(DeskEntryZ) }),
  /** Takes one of them back: staff the same shop day, the owner later. */
  'desk/undo': command({
    role: 'staff',
    input: z.object({ id: z.number().int().min(1) }),
    output: DoneZ,
    changes: ['customers', 'offers', 'inbox', 'reports', 'counter'],
  }),
} satisfies Contract;
