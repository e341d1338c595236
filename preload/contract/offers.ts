import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CampaignIdZ, CentsZ, CustomerIdZ, DoneZ, EmptyZ, OfferIdZ, PageZ, PhoneZ, ShopDayZ, StaffIdZ, UtcMsZ } from './primitives';

export const OfferKindZ = z.enum(['percent', 'amount', 'free-item', 'bundle', 'points', 'other']);
export const CodeStateZ = z.enum(['issued', 'redeemed', 'reversed', 'expired', 'voided']);

/** "2 for $30" (price set), or "buy 2, get 1 half price" (percent off what one gets; 100 = free). */
export const BundleZ = z.object({
  buy: z.number().int().min(1).max(99),
  get: z.number().int().min(0).max(99),
  percent: z.number().int().min(0).max(100),
  forPrice: CentsZ.nullable(),
});

/** What an offer gives, for what, when and how often: also what staff may see of it. */
const terms = {
  name: z.string(),
  kind: OfferKindZ,
  percent: z.number().int().nullable(),
  amount: CentsZ.nullable(),
  item: z.string(),
  bundle: BundleZ.nullable(),
  points: z.number().int().nullable(),
  minSpend: CentsZ,
  terms: z.string(),
  /** Names of the till; both empty = for everything. */
  items: z.array(z.string()),
  categories: z.array(z.string()),
  validDays: z.number().int(),
  /** First and last shop day, both included; with a last day the days after the text do not count. */
  fromDay: ShopDayZ.nullable(),
  untilDay: ShopDayZ.nullable(),
  /** Bit 0 = Sunday. */
  weekdays: z.number().int(),
  /** Minutes of the shop's day; the second is the first that is too late. */
  fromMinute: z.number().int().nullable(),
  untilMinute: z.number().int().nullable(),
  codeMode: z.enum(['personal', 'shared']),
  /** Of one code; of a shared one for members: by each of them. */
  codeUses: z.number().int(),
  mostUses: z.number().int().nullable(),
  membersOnly: z.boolean(),
  /** Slug of the club whose members it is for. */
  club: z.string().nullable().optional(),
  /** What to key into the till, as "TEXT10"; '' = said from the offer itself. */
  tillKey: z.string(),
};
/** For words on screen: what it gives and under which conditions. */
export const OfferTermsZ = z.object(terms);

export const OfferZ = z.object({
  ...terms,
  id: OfferIdZ,
  sharedCode: z.string().nullable(),
  createdAt: UtcMsZ,
  archived: z.boolean(),
});

/** What speaks against redeeming: domain/offers/may-redeem.ts. */
export const RefusalZ = z.union([
  z.object({ why: z.enum(['used', 'void', 'member-used']) }),
  /** `club`: of that one only. */
  z.object({ why: z.enum(['members', 'find-member']), club: z.object({ en: z.string(), es: z.string() }).optional() }),
  z.object({ why: z.enum(['expired', 'not-yet', 'path-used']), at: UtcMsZ }),
  z.object({ why: z.literal('weekday'), weekdays: z.number().int() }),
  z.object({ why: z.literal('hours'), from: z.number().int(), until: z.number().int() }),
  z.object({ why: z.literal('min-spend'), least: CentsZ }),
  z.object({ why: z.literal('all-used'), most: z.number().int() }),
]);

export const OfferListRowZ = OfferZ.extend({
  issued: z.number().int(),
  /** Codes still good. */
  open: z.number().int(),
  redeemed: z.number().int(),
  discount: CentsZ,
  lastRedeemedAt: UtcMsZ.nullable(),
  /** Where one with fixed dates stands today; others are always open. */
  phase: z.enum(['ahead', 'open', 'over']),
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
  points: z.number().int().nullable(),
  /** What spoke against it when the owner gave it all the same. */
  honoured: z.string().nullable(),
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
  uses: z.number().int(),
  /** Standing uses. */
  used: z.number().int(),
});

const counted = { n: z.number().int(), at: UtcMsZ };
const ofStaff = { staffName: z.string().nullable(), ...counted };
export const SignZ = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('used-again'), code: z.string(), offerId: z.number().int(), ...counted }),
  z.object({ kind: z.literal('guessing'), staffId: z.number().int().nullable(), ...ofStaff }),
  z.object({ kind: z.literal('burst'), code: z.string(), offerId: z.number().int(), minutes: z.number().int(), ...counted }),
  z.object({
    kind: z.literal('no-receipt'),
    staffId: z.number().int(),
    of: z.number().int(),
    othersPercent: z.number().int(),
    ...ofStaff,
  }),
  z.object({ kind: z.literal('taken-back'), staffId: z.number().int(), of: z.number().int(), ...ofStaff }),
  z.object({ kind: z.literal('undone-again'), code: z.string(), offerId: z.number().int(), ...counted }),
  z.object({ kind: z.literal('beyond-texts'), offerId: z.number().int(), texts: z.number().int(), ...counted }),
  z.object({ kind: z.literal('never-sent'), offerId: z.number().int(), ...counted }),
  z.object({ kind: z.literal('too-little'), offerId: z.number().int(), ...counted }),
  z.object({ kind: z.literal('other-things'), offerId: z.number().int(), ...counted }),
]);

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
      bundle: BundleZ.nullable().default(null),
      points: z.number().int().min(1).max(1_000_000).nullable().default(null),
      items: z.array(text(200)).max(40).default([]),
      categories: z.array(text(200)).max(40).default([]),
      fromDay: ShopDayZ.nullable().default(null),
      untilDay: ShopDayZ.nullable().default(null),
      weekdays: z.number().int().min(0).max(127).default(127),
      fromMinute: z.number().int().min(0).max(1440).nullable().default(null),
      untilMinute: z.number().int().min(0).max(1440).nullable().default(null),
      codeUses: z.number().int().min(1).max(100).default(1),
      mostUses: z.number().int().min(1).max(1_000_000).nullable().default(null),
      membersOnly: z.boolean().default(false),
      club: z.string().max(40).nullable().default(null),
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
  /** The latest redemptions, of one offer or of all. */
  'offers/redemptions': query({
    role: 'owner',
    input: z.object({ offerId: OfferIdZ.nullable().default(null), days: z.number().int().min(1).max(366).default(30) }),
    output: z.object({ rows: z.array(RedemptionListRowZ) }),
  }),
  /** What looks unusual: kind, counted, never proof (domain/offers/signs.ts). */
  'offers/signs': query({
    role: 'owner',
    input: z.object({ offerId: OfferIdZ.nullable().default(null), days: z.number().int().min(1).max(366).default(30) }),
    output: z.array(SignZ),
  }),
  /** Codes people may still come with: of a campaign or of an offer. */
  'offers/open-codes': query({
    role: 'owner',
    input: z.object({ campaignId: CampaignIdZ }).or(z.object({ offerId: OfferIdZ })),
    output: z.object({ open: z.number().int() }),
  }),
  /** Calls off every code of an offer that is still good. */
  'offers/call-off': command({
    role: 'owner',
    input: z.object({ offerId: OfferIdZ }),
    output: z.object({ codes: z.number().int() }),
    changes: ['offers', 'customers'],
  }),
  'offers/call-off-code': command({
    role: 'owner',
    input: z.object({ code: text(12) }),
    output: DoneZ,
    changes: ['offers', 'customers'],
  }),
  /** Codes for paper, nobody's until they are redeemed; made at one moment they belong together. */
  'offers/make-paper': command({
    role: 'owner',
    input: z.object({ offerId: OfferIdZ, count: z.number().int().min(1).max(1000) }),
    output: z.object({ at: UtcMsZ, codes: z.array(z.string()) }),
    changes: ['offers'],
  }),
  'offers/paper': query({
    role: 'owner',
    input: z.object({ offerId: OfferIdZ }),
    output: z.array(z.object({ at: UtcMsZ, codes: z.number().int(), redeemed: z.number().int(), expiresAt: UtcMsZ })),
  }),
  'offers/paper-codes': query({
    role: 'owner',
    input: z.object({ offerId: OfferIdZ, at: UtcMsZ }),
    output: z.array(z.string()),
  }),
  'offers/undo': command({
    role: 'owner',
    input: z.object({ redemptionId: z.number().int().min(1) }),
    output: RedemptionZ,
    changes: ['offers', 'customers', 'reports'],
  }),
} satisfies Contract;
