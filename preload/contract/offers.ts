import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CampaignIdZ, CentsZ, CustomerIdZ, EmptyZ, OfferIdZ, PageZ, PhoneZ, StaffIdZ, UtcMsZ } from './primitives';

export const OfferKindZ = z.enum(['percent', 'amount', 'free-item', 'other']);
export const CodeStateZ = z.enum(['issued', 'redeemed', 'reversed', 'expired', 'voided']);

export const OfferZ = z.object({
  id: OfferIdZ,
  name: z.string(),
  kind: OfferKindZ,
  percent: z.number().int().nullable(),
  amount: CentsZ.nullable(),
  item: z.string(),
  minSpend: CentsZ,
  terms: z.string(),
  validDays: z.number().int(),
  codeMode: z.enum(['personal', 'shared']),
  sharedCode: z.string().nullable(),
  /** What to key into the till, as "TEXT10"; '' = said from the offer itself. */
  tillKey: z.string(),
  createdAt: UtcMsZ,
  archived: z.boolean(),
});

export const OfferListRowZ = OfferZ.extend({
  issued: z.number().int(),
  redeemed: z.number().int(),
  discount: CentsZ,
  lastRedeemedAt: UtcMsZ.nullable(),
});

export const RedemptionZ = z.object({
  id: z.number().int(),
  code: z.string(),
  offerId: OfferIdZ,
  campaignId: CampaignIdZ.nullable(),
  customerId: CustomerIdZ.nullable(),
  at: UtcMsZ,
  staffId: StaffIdZ.nullable(),
  how: z.enum(['code', 'person', 'till-file']),
  amount: CentsZ.nullable(),
  discount: CentsZ.nullable(),
  receiptNo: z.string().nullable(),
  reversedAt: UtcMsZ.nullable(),
});

export const RedemptionListRowZ = RedemptionZ.extend({
  offerName: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  staffName: z.string().nullable(),
});

export const CodeListRowZ = z.object({
  code: z.string(),
  customerId: CustomerIdZ.nullable(),
  campaignId: CampaignIdZ.nullable(),
  state: CodeStateZ,
  issuedAt: UtcMsZ,
  expiresAt: UtcMsZ,
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  phone: PhoneZ.nullable(),
  redeemedAt: UtcMsZ.nullable(),
});

const text = (max: number) => z.string().max(max);

export const offers = {
  /** All offers, the live ones first, newest first. */
  'offers/list': query({ role: 'owner', input: EmptyZ, output: z.array(OfferListRowZ) }),
  'offers/save': command({
    role: 'owner',
    input: z.object({
      id: OfferIdZ.nullable(),
      name: text(80),
      kind: OfferKindZ,
      percent: z.number().int().min(1).max(100).nullable().default(null),
      amount: CentsZ.nullable().default(null),
      item: text(120).default(''),
      minSpend: CentsZ.default(0 as z.infer<typeof CentsZ>),
      terms: text(400).default(''),
      validDays: z.number().int().min(1).max(365),
      codeMode: z.enum(['personal', 'shared']),
      sharedCode: text(24).nullable().default(null),
      tillKey: text(40).default(''),
      archived: z.boolean().default(false),
    }),
    output: OfferZ,
    changes: ['offers'],
  }),
  'offers/codes': query({
    role: 'owner',
    input: PageZ.extend({ offerId: OfferIdZ, state: CodeStateZ.or(z.literal('any')).default('any') }),
    output: z.object({ total: z.number().int(), rows: z.array(CodeListRowZ) }),
  }),
  /** The latest redemptions, of one offer or of all, and codes presented again after they were used. */
  'offers/redemptions': query({
    role: 'owner',
    input: z.object({ offerId: OfferIdZ.nullable().default(null), days: z.number().int().min(1).max(366).default(30) }),
    output: z.object({
      rows: z.array(RedemptionListRowZ),
      usedAgain: z.array(z.object({ code: z.string(), times: z.number().int(), lastAt: UtcMsZ })),
    }),
  }),
  'offers/undo': command({
    role: 'owner',
    input: z.object({ redemptionId: z.number().int().min(1) }),
    output: RedemptionZ,
    changes: ['offers', 'customers', 'reports'],
  }),
} satisfies Contract;
