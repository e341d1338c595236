import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CentsZ, CustomerIdZ, DoneZ, EmptyZ, SaleIdZ, ShopDayZ, UtcMsZ } from './primitives';

const IntZ = z.number().int();
const LinkIdZ = IntZ.min(1);
const OriginZ = z.enum(['redeem', 'sign-up', 'here', 'person', 'offered']);

/** A sale a receipt number may mean, as staff may see it. */
export const SaleChoiceZ = z.object({
  saleId: SaleIdZ,
  at: UtcMsZ,
  timeKnown: z.boolean(),
  kind: z.enum(['sale', 'refund']),
  receiptNo: z.string().nullable(),
  /** Collected, or goods with tax; minor units. */
  paid: IntZ,
  register: z.string().nullable(),
  /** Same day and amount as typed. */
  fits: z.boolean(),
  /** free: nobody's · theirs · weak: a profile made up for a card · other: somebody the shop knows. */
  standing: z.enum(['free', 'theirs', 'weak', 'other']),
  /** First name and initial, when it is somebody else's. */
  holder: z.string().nullable(),
});

/** What tying a sale would add to a person's history. */
export const LinkPreviewZ = z.object({
  sale: SaleChoiceZ,
  sales: IntZ,
  /** Null for staff. */
  spend: IntZ.nullable(),
  first: UtcMsZ.nullable(),
  onlyThis: z.boolean(),
  newest: z
    .array(
      z.object({
        saleId: SaleIdZ,
        at: UtcMsZ,
        kind: z.enum(['sale', 'refund']),
        /** Goods with tax, after refunds. */
        paid: IntZ,
        receiptNo: z.string().nullable(),
        items: z.string(),
      }),
    )
    .max(20),
});

export const ReceiptViewZ = z.object({
  linkId: LinkIdZ,
  /** waiting: in no till file yet · choose: one or several sales · linked. */
  state: z.enum(['waiting', 'choose', 'linked']),
  receiptNo: z.string().nullable(),
  choices: z.array(SaleChoiceZ).max(20),
  /** Of the only choice that fits. */
  preview: LinkPreviewZ.nullable(),
});

/** A redeemed code or a visit without a sale, with sales of those ten minutes that could be it. */
export const MomentZ = z.object({
  redemptionId: IntZ.nullable(),
  at: UtcMsZ,
  amount: CentsZ.nullable(),
  offerName: z.string().nullable(),
  choices: z.array(SaleChoiceZ.extend({ sameCard: z.boolean() })).max(20),
});

const LinkedZ = z.object({ linkId: LinkIdZ, added: IntZ });
const Last4Z = z
  .string()
  .regex(/^\d{4}$/)
  .nullable()
  .default(null);
const ShareZ = z.object({ sales: IntZ, matched: IntZ });

/** Receipts and the people they belong to (rules.md §8). */
export const links = {
  /** Writes a receipt number down for a person and says what it may mean; nothing is tied yet. */
  'links/note': command({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ, receiptNo: z.string().max(60), origin: z.enum(['sign-up', 'here', 'person']) }),
    output: ReceiptViewZ,
    changes: ['customers'],
  }),
  'links/preview': query({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ, saleId: SaleIdZ }),
    output: LinkPreviewZ,
  }),
  /** Ties what the number means. Somebody else's till customer takes the owner and `takeOver` (link.belongs-to-other). */
  'links/confirm': command({
    role: 'staff',
    input: z.object({ linkId: LinkIdZ, saleId: SaleIdZ, takeOver: z.boolean().default(false) }),
    output: LinkedZ,
    changes: ['customers', 'offers', 'reports'],
  }),
  /** The same for a sale chosen from a list, without a number. */
  'links/take': command({
    role: 'staff',
    input: z.object({
      customerId: CustomerIdZ,
      saleId: SaleIdZ,
      redemptionId: IntZ.nullable().default(null),
      takeOver: z.boolean().default(false),
    }),
    output: LinkedZ,
    changes: ['customers', 'offers', 'reports'],
  }),
  /** Staff the same shop day, the owner later. */
  'links/undo': command({
    role: 'staff',
    input: z.object({ linkId: LinkIdZ }),
    output: z.object({ removed: IntZ }),
    changes: ['customers', 'offers', 'reports'],
  }),
  /** The number was wrong: it is not looked for any more. */
  'links/drop': command({ role: 'staff', input: z.object({ linkId: LinkIdZ }), output: DoneZ, changes: ['customers'] }),
  'links/not-theirs': command({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ, saleId: SaleIdZ, undo: z.boolean().default(false) }),
    output: DoneZ,
    changes: ['customers'],
  }),
  /** A present for somebody else: spend, but nothing they have. */
  'links/gift': command({
    role: 'staff',
    input: z.object({ saleId: SaleIdZ, gift: z.boolean() }),
    output: DoneZ,
    changes: ['customers', 'segments', 'reports'],
  }),
  /** Everything about receipts on a person's page. `last4`: of the card, when they show it; it ranks, it never identifies. */
  'links/of-person': query({
    role: 'owner',
    input: z.object({ customerId: CustomerIdZ, last4: Last4Z }),
    output: z.object({
      linked: z
        .array(
          z.object({
            linkId: LinkIdZ,
            receiptNo: z.string().nullable(),
            origin: OriginZ,
            at: UtcMsZ,
            byItself: z.boolean(),
            sales: IntZ,
            mayUndo: z.boolean(),
          }),
        )
        .max(50),
      waiting: z.array(ReceiptViewZ.extend({ at: UtcMsZ })).max(50),
      moments: z.array(MomentZ).max(10),
    }),
  }),
  /** What the owner can tie in a click or two, newest first. */
  'links/candidates': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      todo: z
        .array(
          z.object({
            customerId: CustomerIdZ,
            name: z.string(),
            kind: z.enum(['receipt', 'redemption', 'visit']),
            receiptNo: z.string().nullable(),
            at: UtcMsZ,
            choices: IntZ,
          }),
        )
        .max(50),
      /** Numbers whose sale is in no till file yet. */
      waiting: IntZ,
      more: z.boolean(),
    }),
  }),
  /** How many sales are tied to a known person, per till, register and clerk, over the last weeks that have sales. */
  'links/match-rate': query({
    role: 'owner',
    input: z.object({ weeks: z.number().int().min(1).max(26).default(13) }),
    output: ShareZ.extend({
      firstDay: ShopDayZ.nullable(),
      lastDay: ShopDayZ.nullable(),
      weeks: z.array(ShareZ.extend({ week: z.string() })).max(26),
      rows: z
        .array(
          ShareZ.extend({
            group: z.enum(['source', 'register', 'staff']),
            name: z.string(),
            weeks: z.array(ShareZ).max(26),
            advice: z
              .discriminatedUnion('kind', [
                z.object({ kind: z.literal('ask'), others: z.number() }),
                z.object({ kind: z.literal('best') }),
                z.object({ kind: z.literal('no-customers') }),
                z.object({ kind: z.literal('tie'), named: IntZ }),
              ])
              .nullable(),
          }),
        )
        .max(200),
    }),
  }),
} satisfies Contract;
