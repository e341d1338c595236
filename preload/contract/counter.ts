import { z } from 'zod';
import { PermissionStateZ, WhyNotZ } from './customers';
import { type Contract, command, query } from './define';
import { SizeZ, WishZ } from './desk';
import { TopicChoiceZ } from './kit';
import { MomentZ, ReceiptViewZ } from './links';
import { OfferTermsZ, RefusalZ } from './offers';
import { CentsZ, CustomerIdZ, DoneZ, EmptyZ, LanguageZ, PhoneZ, UtcMsZ } from './primitives';

/** A person as staff may see them: no takings, no full number, no e-mail. */
export const CounterPersonZ = z.object({
  id: CustomerIdZ,
  name: z.string(),
  phoneEnd: z.string().nullable(),
  language: LanguageZ,
  lastVisitAt: UtcMsZ.nullable(),
  permission: z.object({ state: PermissionStateZ, whyNot: WhyNotZ.nullable(), carrierStop: z.boolean() }),
  /** Gets our e-mails. */
  mails: z.boolean(),
  /** Names of the clubs they are in. */
  clubs: z.array(z.object({ en: z.string(), es: z.string() })),
  /** `shared`: an offer for members with a code everybody has. `refusal`: why not now; `left`: uses of the code. */
  offers: z.array(
    z.object({
      code: z.string(),
      shared: z.boolean(),
      expiresAt: UtcMsZ.nullable(),
      offer: OfferTermsZ,
      left: z.number().int(),
      refusal: RefusalZ.nullable(),
      mayHonour: z.boolean(),
    }),
  ),
  note: z.string(),
  sizes: z.array(SizeZ),
  /** What they are still looking for. */
  wishes: z.array(WishZ),
});

const person = { person: CounterPersonZ.nullable() };
export const CodeAnswerZ = z.union([
  z.object({
    state: z.literal('ok'),
    code: z.string(),
    shared: z.boolean(),
    offer: OfferTermsZ,
    expiresAt: UtcMsZ.nullable(),
    /** Uses of the code that are left, this one included. */
    left: z.number().int(),
    ...person,
  }),
  /** Good, but not now or not for them. `mayHonour`: whoever asks may give it all the same. */
  z.object({
    state: z.literal('refused'),
    code: z.string(),
    shared: z.boolean(),
    offer: OfferTermsZ,
    expiresAt: UtcMsZ.nullable(),
    left: z.number().int(),
    refusal: RefusalZ,
    mayHonour: z.boolean(),
    ...person,
  }),
  z.object({
    state: z.literal('used'),
    code: z.string(),
    offer: OfferTermsZ,
    at: UtcMsZ.nullable(),
    /** Redemption that may still be taken back by this person. */
    undoable: z.number().int().nullable(),
    ...person,
  }),
  /** `why`: the campaign was called off, or the owner took the code back. */
  z.object({
    state: z.literal('void'),
    code: z.string(),
    offer: OfferTermsZ,
    at: UtcMsZ.nullable(),
    why: z.enum(['campaign', 'owner']).nullable(),
  }),
  z.object({ state: z.enum(['typo', 'unknown', 'card-typo', 'card-unknown']) }),
  z.object({ state: z.literal('locked'), seconds: z.number().int() }),
]);

const text = (max: number) => z.string().max(max);
const WordingZ = z.object({ text: z.string(), hash: z.string() });

export const counter = {
  /** `final`: Enter or a scan; only then are codes looked up. At most eight people. */
  'counter/find': query({
    role: 'staff',
    input: z.object({ text: text(120), final: z.boolean().default(false) }),
    output: z.object({ code: CodeAnswerZ.nullable(), people: z.array(CounterPersonZ), more: z.boolean() }),
  }),
  'counter/redeem': command({
    role: 'staff',
    input: z.object({
      code: text(60),
      how: z.enum(['code', 'person']),
      customerId: CustomerIdZ.nullable().default(null),
      amount: CentsZ.nullable().default(null),
      receiptNo: text(60).nullable().default(null),
      /** The owner gives it although something speaks against it; ignored from staff. */
      honour: z.boolean().default(false),
    }),
    output: z.object({
      redemptionId: z.number().int(),
      offer: OfferTermsZ,
      discount: CentsZ.nullable(),
      /** How often the code may still be used. */
      left: z.number().int(),
      /** What the receipt number means that was typed with it, for a known person. */
      receipt: ReceiptViewZ.nullable(),
      /** Without a number: sales of these minutes that could be theirs. */
      moment: MomentZ.nullable(),
    }),
    changes: ['offers', 'customers', 'reports'],
  }),
  /** Staff the same shop day, the owner later. */
  'counter/undo-redeem': command({
    role: 'staff',
    input: z.object({ redemptionId: z.number().int().min(1) }),
    output: DoneZ,
    changes: ['offers', 'customers', 'reports'],
  }),
  /** Everything the customer-facing step shows: the exact wording with its hash, and what staff read aloud instead. */
  'counter/sign-up-form': query({
    role: 'staff',
    input: EmptyZ,
    output: z.object({
      shopName: z.string(),
      promiseMax: z.number().int(),
      topics: z.array(TopicChoiceZ),
      wording: z.object({ en: WordingZ, es: WordingZ }),
      script: z.object({ en: z.string(), es: z.string() }),
    }),
  }),
  /** Said aloud to the clerk: they get a text to answer first. Signing up by their own hand is the display's (display.ts), never staff's. */
  'counter/sign-up': command({
    role: 'staff',
    input: z.object({
      how: z.literal('clerk'),
      phone: text(60),
      firstName: text(60).default(''),
      /** YYYY-MM-DD, --MM-DD or ''. */
      birthday: text(10).default(''),
      ticked: z.boolean(),
      language: LanguageZ,
      wordingHash: text(64).nullable().default(null),
      topics: z.array(text(40)).max(20).default([]),
    }),
    output: z.object({
      customerId: CustomerIdZ,
      /** in: may be texted · asked: must answer our text · asked-recently: was asked within 90 days · member: no texts · needs-start: only their own START helps */
      outcome: z.enum(['in', 'asked', 'asked-recently', 'member', 'needs-start']),
      startNumber: PhoneZ.nullable(),
    }),
    changes: ['customers', 'consent', 'outbox', 'reports'],
  }),
  /** "She's here": a visit without a till sale yet; once in a few hours. */
  'counter/here': command({ role: 'staff', input: z.object({ customerId: CustomerIdZ }), output: DoneZ, changes: ['customers'] }),
} satisfies Contract;
