import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CentsZ, CustomerIdZ, DoneZ, EmptyZ, OfferIdZ, PageZ, SaleIdZ, ShopDayZ, UtcMsZ } from './primitives';

const IntZ = z.number().int();
const DaysZ = z.number().int().min(1).max(92).default(28);
const NameZ = z.string().trim().min(1).max(200);
const WhyZ = z.enum(['forgotten', 'by-hand', 'mistake', 'other']);
const KindZ = z.enum(['matched', 'till-code', 'differs', 'till-only', 'counter-only', 'returned', 'waiting']);

const sums = {
  till: IntZ,
  counter: IntZ,
  matched: IntZ,
  /** The code itself is on the receipt, and nobody recorded it at the counter. */
  tillCode: IntZ,
  differs: IntZ,
  tillOnly: IntZ,
  counterOnly: IntZ,
  returned: IntZ,
  waiting: IntZ,
  tillCodeDiscount: CentsZ,
  tillOnlyDiscount: CentsZ,
  differsBy: CentsZ,
};
const GroupZ = z.object({ name: z.string(), ...sums });

const RowZ = z.object({
  kind: KindZ,
  day: ShopDayZ,
  at: UtcMsZ,
  /** The clock time on the receipt is known. */
  timeKnown: z.boolean(),
  saleId: SaleIdZ.nullable(),
  redemptionId: IntZ.nullable(),
  receiptNo: z.string().nullable(),
  register: z.string().nullable(),
  clerk: z.string().nullable(),
  /** Names of the discount at the till. */
  names: z.array(z.string()),
  gross: CentsZ.nullable(),
  discount: CentsZ.nullable(),
  /** What the offer gives on that receipt. */
  expected: CentsZ.nullable(),
  customerId: CustomerIdZ.nullable(),
  code: z.string().nullable(),
  offerName: z.string().nullable(),
  staffName: z.string().nullable(),
  /** What the receipt tied to a code says, where it names no text discount. */
  tiedSays: z.enum(['none', 'unnamed', 'other']).nullable(),
  by: z.enum(['link', 'receipt', 'code', 'person', 'time', 'day']).nullable(),
  settled: WhyZ.nullable(),
});
const FilterZ = z.object({
  days: DaysZ,
  /** `open`: at the till only, and nobody has looked into it. */
  show: z.union([KindZ, z.enum(['open', 'all'])]),
  clerk: z.string().max(200).nullish(),
  register: z.string().max(200).nullish(),
  day: ShopDayZ.nullish(),
});

/** Discounts the till shows as text offers, against codes recorded at the counter (domain/reports/till-check.ts). */
export const tillCheck = {
  'till-check/report': query({
    role: 'owner',
    input: z.object({ days: DaysZ }),
    output: z.object({
      from: ShopDayZ,
      to: ShopDayZ,
      covered: ShopDayZ.nullable(),
      /** There are sales in those days; with a named discount; with an amount taken off and no name. */
      tells: z.object({ any: z.boolean(), named: IntZ, unnamed: IntZ, unnamedDiscount: CentsZ }),
      undecided: IntZ,
      sums: z.object(sums),
      open: z.object({ receipts: IntZ, discount: CentsZ }),
      days: z.array(GroupZ).max(200),
      registers: z.array(GroupZ).max(50),
      clerks: z.array(GroupZ).max(50),
    }),
  }),
  'till-check/rows': query({
    role: 'owner',
    input: FilterZ.extend(PageZ.shape),
    output: z.object({ total: IntZ, rows: z.array(RowZ).max(200) }),
  }),
  /** The same rows, all of them, as a file. */
  'till-check/export': query({ role: 'owner', input: FilterZ, output: z.object({ name: z.string(), rows: IntZ, text: z.string() }) }),
  /** Names of discounts at the till in the last half year: which of them mean a text offer? */
  'till-check/names': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      names: z
        .array(
          z.object({
            name: z.string(),
            receipts: IntZ,
            discount: CentsZ,
            withCode: IntZ,
            lastDay: ShopDayZ,
            meaning: z.enum(['text', 'other']).nullable(),
            offerId: OfferIdZ.nullable(),
            known: z.boolean(),
            suggested: z.enum(['says-text', 'offer-name', 'with-codes']).nullable(),
            suggestedOfferId: OfferIdZ.nullable(),
          }),
        )
        .max(200),
      offers: z.array(z.object({ id: OfferIdZ, name: z.string() })),
    }),
  }),
  'till-check/say': command({
    role: 'owner',
    input: z.object({
      names: z
        .array(
          z.object({
            name: NameZ,
            /** Null forgets what was said. */
            said: z.object({ meaning: z.enum(['text', 'other']), offerId: OfferIdZ.nullable() }).nullable(),
          }),
        )
        .min(1)
        .max(200),
    }),
    output: DoneZ,
    changes: ['reports', 'offers'],
  }),
  /** Why a receipt has no code; null: not looked into after all. */
  'till-check/settle': command({
    role: 'owner',
    input: z.object({ saleId: SaleIdZ, why: WhyZ.nullable() }),
    output: DoneZ,
    changes: ['reports', 'offers'],
  }),
} satisfies Contract;
