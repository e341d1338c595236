import { MERGE_FIELDS } from '@domain/customers/merge';
import { MOVEMENT_KINDS } from '@domain/loyalty/account';
import { ORDER_KINDS, ORDER_STATES } from '@domain/orders/order';
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
    /** Bought for somebody else. */
    gift: z.boolean(),
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
  z.object({
    kind: z.literal('mail-out'),
    id: z.number().int(),
    ...at,
    subject: z.string(),
    state: z.string(),
    reason: z.string().nullable(),
    messageClass: z.string(),
    campaign: z.string().nullable(),
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
  z.object({
    kind: z.literal('task'),
    id: z.number().int(),
    ...at,
    task: z.enum(['hold', 'call-back', 'question', 'other']),
    words: z.string(),
    state: z.enum(['open', 'done', 'dropped']),
    outcome: z.enum(['sold', 'picked-up', 'never-came', 'answered', 'not-reached', 'other']).nullable(),
    doneAt: UtcMsZ.nullable(),
    staffName: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('order'),
    id: z.number().int(),
    ...at,
    order: z.enum(ORDER_KINDS),
    ref: z.string(),
    what: z.string(),
    size: z.string(),
    state: z.enum(ORDER_STATES),
    closedAt: UtcMsZ.nullable(),
    staffName: z.string().nullable(),
  }),
  z.object({ kind: z.literal('note'), id: z.number().int(), ...at, note: z.string(), staffName: z.string().nullable() }),
  z.object({
    kind: z.literal('contact'),
    id: z.number().int(),
    ...at,
    channel: z.enum(['post', 'email', 'ads']),
    name: z.string(),
    campaign: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('points'),
    id: z.number().int(),
    ...at,
    what: z.enum(MOVEMENT_KINDS),
    points: z.number().int(),
    reason: z.string(),
  }),
  z.object({ kind: z.literal('tap'), id: z.string(), ...at, campaign: z.string().nullable() }),
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

const NamedZ = z.object({ id: CustomerIdZ, firstName: z.string(), lastName: z.string() });
/** Whom they share a number or e-mail with, what they are also known by since a merge, and who may be the same person. */
const KNOWN_AS = {
  sameNumber: z.array(NamedZ),
  sameEmail: z.array(NamedZ),
  alsoKnownBy: z.array(z.object({ kind: z.enum(['phone', 'email']), value: z.string() })),
  /** A file said no for their e-mail: nothing is written to it. */
  emailStopped: z.boolean(),
  maybeSame: z.array(CustomerIdZ),
};

const DuplicateReasonZ = z.enum([
  'same-phone',
  'same-email',
  'similar-email',
  'same-name',
  'nickname',
  'similar-first',
  'same-last',
  'similar-last',
  'no-name',
  'same-birthday',
  'same-day',
  'same-postcode',
  'same-street',
  'other-birthday',
  'other-last',
]);
const MergeFieldZ = z.enum(MERGE_FIELDS);
const TakeZ = z.enum(['a', 'b', 'both']);
const PairSideZ = z.object({
  customer: CustomerZ,
  permission: PermissionZ,
  ...KNOWN_AS,
  offers: z.array(z.object({ code: z.string(), offerId: OfferIdZ, offerName: z.string(), expiresAt: UtcMsZ })),
  tills: z.array(z.object({ source: z.string(), ids: z.number().int() })),
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
      ...KNOWN_AS,
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
  /** The shop was told that this person's number belongs to somebody else: permission ends for good, the number goes. */
  'customers/new-holder': command({
    role: 'owner',
    input: z.object({ id: CustomerIdZ }),
    output: DoneZ,
    changes: ['customers', 'consent', 'outbox', 'inbox', 'reports'],
  }),
  /** Records that may be one person, likeliest first. `checking` people are still being looked at. */
  'customers/duplicates': query({
    role: 'owner',
    input: PageZ,
    output: z.object({
      total: z.number().int(),
      checking: z.number().int(),
      rows: z.array(
        z.object({
          a: CustomerIdZ,
          b: CustomerIdZ,
          score: z.number().int(),
          reasons: z.array(DuplicateReasonZ),
          aName: z.string(),
          bName: z.string(),
        }),
      ),
    }),
  }),
  /** Two records side by side: what differs, and whose value would stay. */
  'customers/pair': query({
    role: 'owner',
    input: z.object({ a: CustomerIdZ, b: CustomerIdZ }),
    output: z.object({
      a: PairSideZ,
      b: PairSideZ,
      score: z.number().int(),
      reasons: z.array(DuplicateReasonZ),
      differ: z.array(MergeFieldZ),
      defaults: z.record(MergeFieldZ, TakeZ),
    }),
  }),
  /** Two records become one person; `take` says whose value stays where they differ. Undone with 'customers/unmerge'. */
  'customers/merge': command({
    role: 'owner',
    input: z.object({ a: CustomerIdZ, b: CustomerIdZ, take: z.partialRecord(MergeFieldZ, TakeZ).default({}) }),
    output: z.object({ mergeId: z.number().int(), id: CustomerIdZ }),
    changes: ['customers', 'consent', 'offers', 'inbox', 'reports', 'imports'],
  }),
  /** Both records as they were. `since` counts what came meanwhile and stays with `kept`. */
  'customers/unmerge': command({
    role: 'owner',
    input: z.object({ mergeId: z.number().int().positive() }),
    output: z.object({
      kept: CustomerIdZ,
      gone: CustomerIdZ.nullable(),
      since: z.record(z.string(), z.number().int()),
      edited: z.array(z.string()),
    }),
    changes: ['customers', 'consent', 'offers', 'inbox', 'reports', 'imports'],
  }),
  /** Merges that can still be undone, newest first. */
  'customers/merges': query({
    role: 'owner',
    input: PageZ,
    output: z.object({
      total: z.number().int(),
      rows: z.array(z.object({ id: z.number().int(), at: UtcMsZ, keptId: CustomerIdZ, keptName: z.string(), goneName: z.string() })),
    }),
  }),
  /** "Not the same person": never suggested again; `same` takes the answer back. */
  'customers/not-same': command({
    role: 'owner',
    input: z.object({ a: CustomerIdZ, b: CustomerIdZ, same: z.boolean().default(false) }),
    output: DoneZ,
    changes: ['customers'],
  }),
  'customers/note': command({
    role: 'owner',
    input: z.object({ id: CustomerIdZ, note: text(2000) }),
    output: DoneZ,
    changes: ['customers'],
  }),
} satisfies Contract;
