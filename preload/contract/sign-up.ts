import { z } from 'zod';
import { type Contract, command, query } from './define';
import { TurnStepZ } from './display';
import { TopicChoiceZ } from './kit';
import { CentsZ, CustomerIdZ, DoneZ, EmptyZ, LanguageZ, ShopDayZ, UtcMsZ } from './primitives';

const text = (max: number) => z.string().max(max);
const LaterIdZ = z.number().int().min(1);
const OutcomeZ = z.enum(['in', 'already-in', 'member', 'needs-start', 'refused']);

/** A person waiting in "finish later"; staff may see name, since when and who wrote them down. */
export const LaterZ = z.object({
  id: LaterIdZ,
  at: UtcMsZ,
  name: z.string(),
  staffName: z.string().nullable(),
  customerId: CustomerIdZ.nullable(),
  /** They signed up by their own act in the meantime (their number is known and may be texted now). */
  signedUp: z.boolean(),
});

/** What catch-up says about one line, at once. */
const LineZ = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    redemptionId: z.number().int(),
    offerName: z.string(),
    customerName: z.string().nullable(),
    discount: CentsZ.nullable(),
    at: UtcMsZ,
  }),
  z.object({ ok: z.literal(false), code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }),
]);

/** Sign-up and busy days as staff do them; what the customer does stands in display.ts. */
export const signUp = {
  /** F3: the screen, or the second one, is the customer's. With a person: their preferences. */
  'sign-up/turn': command({
    role: 'staff',
    input: z.object({ language: LanguageZ, customerId: CustomerIdZ.nullable().default(null) }),
    output: z.object({ where: z.enum(['counter', 'display']) }),
    changes: ['session', 'display', 'counter'],
  }),
  /** What happens on the customer's display, and how the last turn ended. */
  'sign-up/desk': query({
    role: 'staff',
    input: EmptyZ,
    output: z.object({
      display: z.boolean(),
      turn: z.object({ what: z.enum(['sign-up', 'preferences', 'order']), step: TurnStepZ, language: LanguageZ }).nullable(),
      ended: z
        .object({
          what: z.enum(['sign-up', 'preferences', 'order']),
          customerId: CustomerIdZ.nullable(),
          name: z.string(),
          outcome: OutcomeZ,
          turn: z.number().int(),
        })
        .nullable(),
    }),
  }),
  'sign-up/cancel': command({ role: 'staff', input: EmptyZ, output: DoneZ, changes: ['display', 'counter'] }),
  /** Staff have read how it ended. */
  'sign-up/seen': command({ role: 'staff', input: EmptyZ, output: DoneZ, changes: ['counter'] }),
  /** Wordings a paper form may carry: the ones in force first, then every earlier one that was ever shown. */
  'sign-up/paper-form': query({
    role: 'staff',
    input: EmptyZ,
    output: z.object({
      wordings: z.array(
        z.object({
          hash: z.string(),
          language: LanguageZ,
          version: z.number().int(),
          since: UtcMsZ,
          text: z.string(),
          current: z.boolean(),
        }),
      ),
      topics: z.array(TopicChoiceZ),
      promises: z.array(z.number().int()),
      today: ShopDayZ,
      /** A permission older than this would have to be asked for again anyway. */
      earliest: ShopDayZ,
    }),
  }),
  /** A signed form, photographed: happened on the day it was signed, recorded now. */
  'sign-up/paper': command({
    role: 'staff',
    input: z.object({
      phone: text(60),
      firstName: text(60).default(''),
      birthday: text(10).default(''),
      signedOn: ShopDayZ,
      wordingHash: text(64),
      language: LanguageZ,
      promiseMax: z.number().int().min(1).max(31),
      topics: z.array(text(60)).max(20).default([]),
      /** JPEG, base64, from shell/pick-photo. */
      photo: z.string().min(100).max(900_000),
      device: z.enum(['paper', 'catch-up']).default('paper'),
      laterId: LaterIdZ.nullable().default(null),
    }),
    output: z.object({
      customerId: CustomerIdZ,
      /** overtaken: they said stop after the day it was signed; kept as evidence, and nothing is lifted. */
      outcome: z.enum(['in', 'needs-start', 'overtaken']),
    }),
    changes: ['customers', 'consent', 'outbox', 'reports', 'counter'],
  }),
  /** "Customer asked us to stop": one step, and all texts stop. Why is asked after it. */
  'sign-up/stop': command({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ.nullable().default(null), phone: text(60).nullable().default(null) }),
    output: z.object({ stopId: z.number().int().nullable() }),
    changes: ['customers', 'consent', 'outbox', 'inbox', 'reports'],
  }),
  'sign-up/why': command({
    role: 'staff',
    input: z.object({
      stopId: z.number().int().min(1),
      customerId: CustomerIdZ.nullable().default(null),
      reason: z.enum(['too-many', 'not-for-me', 'other']),
    }),
    output: DoneZ,
    changes: ['reports'],
  }),
  /** Anybody may be a member: with a name or with nothing, never with a phone or a yes. */
  'sign-up/member': command({
    role: 'staff',
    input: z.object({ firstName: text(60).default(''), lastName: text(60).default(''), language: LanguageZ }),
    output: z.object({ customerId: CustomerIdZ, number: z.string() }),
    changes: ['customers', 'counter'],
  }),
  /** The card of somebody known; made when they have none. */
  'sign-up/card': command({
    role: 'staff',
    input: z.object({ customerId: CustomerIdZ }),
    output: z.object({ customerId: CustomerIdZ, number: z.string(), name: z.string(), language: LanguageZ, shopName: z.string() }),
    changes: ['counter'],
  }),

  'later/list': query({ role: 'staff', input: EmptyZ, output: z.object({ rows: z.array(LaterZ), more: z.number().int() }) }),
  /** One key: the card goes over the counter, the person comes here. */
  'later/add': command({
    role: 'staff',
    input: z.object({ name: text(60).default(''), customerId: CustomerIdZ.nullable().default(null) }),
    output: z.object({ id: LaterIdZ }),
    changes: ['counter'],
  }),
  'later/done': command({
    role: 'staff',
    input: z.object({ id: LaterIdZ, customerId: CustomerIdZ.nullable().default(null) }),
    output: DoneZ,
    changes: ['counter'],
  }),
  'later/drop': command({
    role: 'staff',
    input: z.object({ id: LaterIdZ, reason: z.enum(['left', 'no-thanks', 'twice', 'other']) }),
    output: DoneZ,
    changes: ['counter'],
  }),
  /** A slip of the finger: back on the list. */
  'later/undo': command({ role: 'staff', input: z.object({ id: LaterIdZ }), output: DoneZ, changes: ['counter'] }),

  /** One line of the day's codes, redeemed as of when it happened. Wrong codes come back as an answer, so that the line stays to be mended. */
  'catch-up/line': command({
    role: 'staff',
    input: z.object({
      /** A shop day and minutes after its midnight on the clock: chosen once for the batch. */
      day: ShopDayZ,
      minutes: z.number().int().min(0).max(1439),
      code: text(60),
      amount: CentsZ.nullable().default(null),
      receiptNo: text(60).nullable().default(null),
    }),
    output: LineZ,
    changes: ['offers', 'customers', 'reports'],
  }),
  /** A shop day and a time on the clock as an instant of the shop's zone. */
  'catch-up/when': query({
    role: 'staff',
    input: z.object({ day: ShopDayZ, minutes: z.number().int().min(0).max(1439) }),
    output: z.object({ at: UtcMsZ, future: z.boolean() }),
  }),
} satisfies Contract;
