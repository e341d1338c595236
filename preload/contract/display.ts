import { ORDER_KINDS } from '@domain/orders/order';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { TopicChoiceZ } from './kit';
import { DoneZ, EmptyZ, LanguageZ, StaffIdZ } from './primitives';
import { StaffPublicZ } from './session';

const text = (max: number) => z.string().max(max);
export const WordingZ = z.object({ text: z.string(), hash: z.string() });
export const ChoiceZ = z.enum(['sms', 'email', 'both', 'none']);
export const TurnStepZ = z.enum(['number', 'details', 'ticked', 'still-there', 'thanks', 'resting']);

/** Everything the customer-facing step shows: for each language and each "up to N a month" the exact words with their hash. */
export const SignUpWordsZ = z.object({
  promises: z.array(z.number().int()),
  topics: z.array(TopicChoiceZ),
  wording: z.array(WordingZ.extend({ language: LanguageZ, promiseMax: z.number().int() })),
  /** The words beside the e-mail's own empty box; null where the shop sends none. */
  email: z.object({ en: WordingZ, es: WordingZ }).nullable(),
  /** A confirmation text cannot leave yet: the carriers have not approved the sender, or no texting account is connected. */
  waits: z.enum(['no', 'approval', 'account']),
});

/** What the person in front of the screen may change about themselves. */
export const PreferencesZ = z.object({
  name: z.string(),
  phoneEnd: z.string(),
  hasEmail: z.boolean(),
  state: z.enum(['in', 'pending', 'out', 'never', 'hold', 'paused']),
  emailState: z.enum(['in', 'pending', 'out', 'never', 'hold', 'paused']),
  promiseMax: z.number().int().nullable(),
  promises: z.array(z.number().int()),
  topics: z.array(TopicChoiceZ.extend({ on: z.boolean() })),
  language: LanguageZ,
});

const ReasonZ = z.enum(['too-many', 'not-for-me', 'other']);

/** What a window that faces a customer may ask, and nobody else: role `display` (main/backend/dispatch.ts, main/ipc/router.ts). */
export const display = {
  'display/state': query({
    role: 'display',
    input: EmptyZ,
    output: z.object({
      /** idle: nobody's turn (second window). resting: done, waiting for staff or for the next customer (staff's own window). */
      phase: z.enum(['idle', 'form', 'resting']),
      /** Changes with every turn, so that nothing of the one before stays. */
      turn: z.number().int(),
      what: z.enum(['sign-up', 'preferences', 'order']),
      /** The staff's own window: a PIN takes it back. */
      own: z.boolean(),
      language: LanguageZ,
      shop: z.object({ name: z.string(), country: z.string() }),
      words: SignUpWordsZ.nullable(),
      preferences: PreferencesZ.nullable(),
      /** Their own order, with the exact words of its box. Null also when it was closed meanwhile. */
      order: z
        .object({
          kind: z.enum(ORDER_KINDS),
          what: z.string(),
          size: z.string(),
          ref: z.string(),
          wording: z.object({ en: WordingZ, es: WordingZ }),
          /** Of the second box: recalls of things they bought. */
          recalls: z.object({ en: WordingZ, es: WordingZ }),
        })
        .nullable(),
      /** For the idle page: what to text, and where. */
      join: z
        .object({ word: z.string(), number: z.string(), link: z.string(), legal: z.object({ en: z.string(), es: z.string() }) })
        .nullable(),
      people: z.array(StaffPublicZ),
      /** Who turned the screen: whose PIN is asked for first. */
      turnedBy: StaffIdZ.nullable(),
      pinHint: z.string().nullable(),
    }),
  }),
  /** How far they are, for staff who wait; never what they typed. */
  'display/step': command({
    role: 'display',
    input: z.object({ step: TurnStepZ, language: LanguageZ }),
    output: DoneZ,
    changes: ['counter'],
  }),
  /**
   * The customer's own hand. The answer is the same for a number that is new and for one already signed up: whoever types somebody
   * else's number learns nothing. Staff read the difference on their own screen.
   */
  'display/sign-up': command({
    role: 'display',
    input: z.object({
      turn: z.number().int(),
      phone: text(60),
      firstName: text(60).default(''),
      /** YYYY-MM-DD, --MM-DD or ''. */
      birthday: text(10).default(''),
      ticked: z.boolean(),
      promiseMax: z.number().int().min(1).max(31),
      language: LanguageZ,
      wordingHash: text(64),
      topics: z.array(text(60)).max(20).default([]),
      email: text(254).default(''),
      emailTicked: z.boolean().default(false),
      emailWordingHash: text(64).default(''),
    }),
    output: z.object({
      outcome: z.enum(['in', 'member', 'needs-start', 'refused']),
      /** Where to text START, as people write numbers. */
      startNumber: z.string().nullable(),
      waits: z.enum(['no', 'approval', 'account']),
      email: z.enum(['in', 'none']),
    }),
    changes: ['customers', 'consent', 'outbox', 'reports', 'counter'],
  }),
  /** The box "text me about this order", by the customer's own hand; not ticked, the order stands as it is. */
  'display/order': command({
    role: 'display',
    input: z.object({
      turn: z.number().int(),
      phone: text(60).default(''),
      ticked: z.boolean(),
      language: LanguageZ,
      wordingHash: text(64).default(''),
      recalls: z.boolean().default(false),
      recallsHash: text(64).default(''),
    }),
    output: z.object({ outcome: z.enum(['in', 'member', 'needs-start']) }),
    changes: ['customers', 'consent', 'outbox', 'counter'],
  }),
  /** The customer's own choice on the screen, about themselves. */
  'display/prefer': command({
    role: 'display',
    input: z.object({
      turn: z.number().int(),
      promiseMax: z.number().int().min(1).max(31).optional(),
      topics: z.array(text(60)).max(20).optional(),
      marketing: ChoiceZ.optional(),
      service: ChoiceZ.optional(),
      language: LanguageZ.optional(),
    }),
    output: DoneZ,
    changes: ['customers', 'consent', 'outbox', 'reports', 'counter'],
  }),
  /** No more texts; the reason comes after, if at all. */
  'display/stop': command({
    role: 'display',
    input: z.object({ turn: z.number().int() }),
    output: DoneZ,
    changes: ['customers', 'consent', 'outbox', 'inbox', 'reports', 'counter'],
  }),
  'display/why': command({
    role: 'display',
    input: z.object({ turn: z.number().int(), reason: ReasonZ }),
    output: DoneZ,
    changes: ['reports', 'counter'],
  }),
  /** Done, or cleared because nobody touched it. */
  'display/end': command({ role: 'display', input: z.object({ turn: z.number().int() }), output: DoneZ, changes: ['display', 'counter'] }),
  /** The next customer in the queue, on a staff's window that rests. */
  'display/again': command({ role: 'display', input: EmptyZ, output: DoneZ, changes: ['display'] }),
  /** Back to staff: with a PIN, or with null where nobody has one. */
  'display/leave': command({
    role: 'display',
    input: z.object({ unlock: z.object({ staffId: StaffIdZ, pin: z.string().regex(/^\d{4,8}$/) }).nullable() }),
    output: DoneZ,
    changes: ['session', 'display', 'counter'],
  }),
} satisfies Contract;
