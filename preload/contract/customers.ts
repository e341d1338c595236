import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CentsZ, CustomerIdZ, DoneZ, EmptyZ, ImportIdZ, LanguageZ, MicrosZ, OfferIdZ, PageZ, PhoneZ, UtcMsZ } from './primitives';

export const PermissionStateZ = z.enum(['in', 'pending', 'out', 'never', 'hold', 'paused']);
export const WhyNotZ = z.enum([
  'no-phone',
  'opted-out',
  'carrier-stop',
  'held',
  'bad-number',
  'landline',
  'toll-free',
  'pending',
  'paused',
  'not-asked',
]);

/** Marketing texts to this person's number, as its ledger stands now. */
export const PermissionZ = z.object({
  state: PermissionStateZ,
  mayText: z.boolean(),
  whyNot: WhyNotZ.nullable(),
  since: UtcMsZ.nullable(),
  promiseMax: z.number().int().nullable(),
  expiresAt: UtcMsZ.nullable(),
  carrierStop: z.boolean(),
  topics: z.array(z.string()),
});

const PermissionFilterZ = z.enum(['any', 'in', 'pending', 'out', 'none', 'no-phone']);
const SortZ = z.enum(['name', 'last-visit', 'spend', 'visits', 'added']);

export const CustomerListRowZ = z.object({
  id: CustomerIdZ,
  firstName: z.string(),
  lastName: z.string(),
  company: z.string(),
  phone: PhoneZ.nullable(),
  email: z.string().nullable(),
  visits: z.number().int(),
  spend: CentsZ,
  lastVisitAt: UtcMsZ.nullable(),
  permission: PermissionStateZ.nullable(),
  phoneProblem: z.string().nullable(),
});

export const CustomerZ = z.object({
  id: CustomerIdZ,
  firstName: z.string(),
  lastName: z.string(),
  company: z.string(),
  phone: PhoneZ.nullable(),
  phoneRaw: z.string().nullable(),
  phoneKind: z.enum(['unknown', 'mobile', 'landline', 'voip', 'toll-free', 'invalid']),
  phoneProblem: z.string().nullable(),
  email: z.string().nullable(),
  language: LanguageZ,
  birthday: z.string().nullable(),
  street: z.string(),
  city: z.string(),
  region: z.string(),
  postalCode: z.string(),
  country: z.string(),
  zone: z.string().nullable(),
  note: z.string(),
  tags: z.array(z.string()),
  weak: z.boolean(),
  createdAt: UtcMsZ,
  updatedAt: UtcMsZ,
  importId: ImportIdZ.nullable(),
  visits: z.number().int(),
  spend: CentsZ,
  firstVisitAt: UtcMsZ.nullable(),
  lastVisitAt: UtcMsZ.nullable(),
  medianGapDays: z.number().nullable(),
  lastItem: z.string().nullable(),
});

const at = { at: UtcMsZ };
export const TimelineEntryZ = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sale'),
    id: z.number().int(),
    ...at,
    refund: z.boolean(),
    status: z.string(),
    net: CentsZ,
    receiptNo: z.string().nullable(),
    lines: z.array(z.object({ name: z.string(), variant: z.string(), qtyMilli: z.number().int(), net: CentsZ })),
  }),
  z.object({
    kind: z.literal('text-out'),
    id: z.number().int(),
    ...at,
    body: z.string(),
    state: z.string(),
    reason: z.string().nullable(),
    messageClass: z.string(),
    campaign: z.string().nullable(),
    price: MicrosZ.nullable(),
    priceCurrency: z.string().nullable(),
    errorCode: z.number().int().nullable(),
  }),
  z.object({ kind: z.literal('text-in'), id: z.string(), ...at, body: z.string(), meaning: z.string() }),
  z.object({
    kind: z.literal('consent'),
    id: z.number().int(),
    ...at,
    event: z.string(),
    method: z.string(),
    purpose: z.string(),
    promiseMax: z.number().int().nullable(),
    reason: z.string().nullable(),
    wordingHash: z.string().nullable(),
    staffName: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('redemption'),
    id: z.number().int(),
    ...at,
    code: z.string(),
    offerName: z.string(),
    amount: CentsZ.nullable(),
    discount: CentsZ.nullable(),
    receiptNo: z.string().nullable(),
    staffName: z.string().nullable(),
    reversedAt: UtcMsZ.nullable(),
  }),
  z.object({ kind: z.literal('note'), id: z.number().int(), ...at, note: z.string(), staffName: z.string().nullable() }),
  z.object({ kind: z.literal('added'), id: z.number().int(), ...at, fileName: z.string().nullable() }),
]);

const text = (max: number) => z.string().max(max);
/** As typed; absent = leave as it is, '' = nothing known. */
export const PersonInputZ = z.object({
  firstName: text(120).optional(),
  lastName: text(120).optional(),
  company: text(120).optional(),
  phone: text(60).optional(),
  email: text(254).optional(),
  language: LanguageZ.optional(),
  /** YYYY-MM-DD, --MM-DD or ''. */
  birthday: text(10).optional(),
  street: text(200).optional(),
  city: text(120).optional(),
  region: text(120).optional(),
  postalCode: text(20).optional(),
  zone: text(60).optional(),
  note: text(4000).optional(),
  tags: z.array(text(60)).max(50).optional(),
});

export const customers = {
  'customers/list': query({
    role: 'owner',
    input: PageZ.extend({
      /** Any part of name, company, phone or e-mail; several words must all be found. */
      search: text(200).default(''),
      permission: PermissionFilterZ.default('any'),
      weak: z.boolean().default(false),
      sort: SortZ.default('name'),
      desc: z.boolean().default(false),
    }),
    output: z.object({ total: z.number().int(), rows: z.array(CustomerListRowZ) }),
  }),
  /** How many people each filter of the list holds. */
  'customers/counts': query({ role: 'owner', input: EmptyZ, output: z.record(PermissionFilterZ, z.number().int()) }),
  'customers/get': query({
    role: 'owner',
    input: z.object({ id: CustomerIdZ }),
    output: z.object({
      customer: CustomerZ,
      permission: PermissionZ,
      sameNumber: z.array(z.object({ id: CustomerIdZ, firstName: z.string(), lastName: z.string() })),
      offers: z.array(z.object({ code: z.string(), offerId: OfferIdZ, offerName: z.string(), expiresAt: UtcMsZ })),
    }),
  }),
  /** Newest first. */
  'customers/timeline': query({
    role: 'owner',
    input: PageZ.extend({ id: CustomerIdZ }),
    output: z.object({ entries: z.array(TimelineEntryZ), more: z.boolean() }),
  }),
  /** Adds (`id` null) or changes. A number somebody has is refused (customer.same-number {customerId}) unless `sharedNumber`. */
  'customers/save': command({
    role: 'owner',
    input: z.object({ id: CustomerIdZ.nullable(), fields: PersonInputZ, sharedNumber: z.boolean().default(false) }),
    output: z.object({ id: CustomerIdZ }),
    changes: ['customers'],
  }),
  'customers/note': command({
    role: 'owner',
    input: z.object({ id: CustomerIdZ, note: text(2000) }),
    output: DoneZ,
    changes: ['customers'],
  }),
} satisfies Contract;
