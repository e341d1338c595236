import { WAYS } from '@domain/registration/texts';
import { TRADES } from '@domain/registration/trades';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { SignUpWordsZ } from './display';
import { DoneZ, EmptyZ, MicrosZ, ShopDayZ, UtcMsZ } from './primitives';

const IntZ = z.number().int();
const TradeZ = z.enum(TRADES);
const OpenPathZ = z.enum(['low-volume', 'sole-proprietor', 'toll-free']);
const StageZ = z.enum(['brand', 'campaign', 'toll-free']);
const KindZ = z.enum(['submitted', 'approved', 'rejected']);
const DaysZ = z.object({ from: ShopDayZ, to: ShopDayZ });
const RangeZ = z.object({ low: MicrosZ, high: MicrosZ });
const MendZ = z.enum([
  'trade',
  'age-gate',
  'proof-missing',
  'proof-unclear',
  'proof-link',
  'words',
  'spoken',
  'samples',
  'description',
  'message-flow',
  'privacy',
  'flags',
  'address',
  'number',
  'again',
  'support',
]);

const PageZ = z.object({
  kind: z.enum(['terms', 'privacy']),
  url: z.string().nullable(),
  answer: z
    .object({
      trouble: z
        .enum([
          'no-address',
          'bad-link',
          'not-https',
          'refused-address',
          'unreachable',
          'gone',
          'sign-in',
          'not-a-page',
          'too-big',
          'too-slow',
          'redirects',
        ])
        .nullable(),
      items: z.array(
        z.object({
          item: z.enum(['shop', 'program', 'frequency', 'rates', 'stop', 'help', 'contact', 'carriers', 'no-sharing']),
          found: z.boolean(),
        }),
      ),
      thin: z.boolean(),
    })
    .nullable(),
  checkedAt: UtcMsZ.nullable(),
});

const WordingZ = z.object({ text: z.string(), version: IntZ, hash: z.string() });
const HtmlZ = z.object({ en: z.string(), es: z.string() });

export const registration = {
  /** Where the shop stands on its way to the carriers' approval. */
  'registration/guide': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      today: ShopDayZ,
      country: z.string(),
      mode: z.enum(['none', 'practice', 'twilio']),
      senderApproved: z.boolean(),
      hasNumber: z.boolean(),
      hasTollFree: z.boolean(),
      answers: z
        .object({
          trades: z.array(TradeZ),
          ein: z.boolean(),
          website: z.boolean(),
          tollFree: z.boolean(),
          legalName: z.string(),
          proofUrl: z.string(),
        })
        .nullable(),
      choice: z
        .object({
          path: z.enum(['refused', 'elsewhere', 'low-volume', 'sole-proprietor', 'toll-free']),
          ageGate: z.boolean(),
          makePages: z.boolean(),
          takes: z.array(
            z.enum(['legal-name', 'address', 'contact', 'website', 'pages', 'proof', 'number', 'ein', 'own-mobile', 'age-gate']),
          ),
          also: OpenPathZ.nullable(),
        })
        .nullable(),
      /** What is sold that the carriers refuse. */
      refused: z.array(TradeZ),
      costs: z
        .object({
          fees: z.array(
            z.object({
              kind: z.enum(['brand', 'vetting', 'campaign-month', 'number-month', 'verification']),
              per: z.enum(['once', 'month', 'free']),
              low: MicrosZ,
              high: MicrosZ,
              source: z.string(),
            }),
          ),
          total: z.object({ once: RangeZ, month: RangeZ }),
          /** The day somebody last looked at the pages. */
          checked: ShopDayZ,
        })
        .nullable(),
      limits: z.object({ partsPerDay: IntZ.nullable(), partsPerSecond: z.number(), numbers: z.enum(['one', 'several']) }).nullable(),
      tracker: z
        .object({
          stages: z.array(
            z.object({
              stage: StageZ,
              state: z.enum(['not-yet', 'waiting', 'approved', 'rejected']),
              since: ShopDayZ.nullable(),
              expected: DaysZ.nullable(),
              overdue: z.boolean(),
              errorCode: IntZ.nullable(),
              tries: IntZ,
              next: z.array(KindZ),
              mend: MendZ.nullable(),
            }),
          ),
          current: StageZ.nullable(),
          ready: DaysZ.nullable(),
          approvedOn: ShopDayZ.nullable(),
        })
        .nullable(),
      /** The last thing told, which may be taken back. */
      lastStep: IntZ.nullable(),
      waiting: z.object({ confirmations: IntZ, questions: IntZ, tooOld: IntZ }),
      onList: IntZ,
    }),
  }),
  'registration/answer': command({
    role: 'owner',
    input: z.object({ trades: z.array(TradeZ).max(TRADES.length), ein: z.boolean(), website: z.boolean(), tollFree: z.boolean() }),
    output: DoneZ,
    changes: ['settings'],
  }),
  'registration/save-details': command({
    role: 'owner',
    input: z.object({
      legalName: z.string().trim().max(120),
      proofUrl: z.union([
        z.literal(''),
        z
          .string()
          .trim()
          .max(400)
          .regex(/^https:\/\/\S+\.\S+$/),
      ]),
    }),
    output: DoneZ,
    changes: ['settings'],
  }),
  'registration/step': command({
    role: 'owner',
    input: z.object({ stage: StageZ, kind: KindZ, day: ShopDayZ, errorCode: z.number().int().min(1).max(999_999).nullable() }),
    output: DoneZ,
    changes: ['settings'],
  }),
  'registration/undo-step': command({ role: 'owner', input: z.object({ id: IntZ }), output: DoneZ, changes: ['settings'] }),
  /** Everything is approved: texts may leave, waiting confirmations first. */
  'registration/approve-sender': command({ role: 'owner', input: EmptyZ, output: DoneZ, changes: ['settings', 'outbox'] }),
  /** From the account's own price list; null when it is not connected or may not be asked. */
  'registration/prices': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({ outbound: MicrosZ, inbound: MicrosZ.nullable(), currency: z.string() }).nullable(),
  }),
  /** What goes into Twilio's form, made from what is shown, printed and sent here. `ways` null: as people have been signing up. */
  'registration/pack': query({
    role: 'owner',
    input: z.object({ ways: z.array(z.enum(WAYS)).max(WAYS.length).nullable() }),
    output: z.object({
      path: OpenPathZ.nullable(),
      ageGate: z.boolean(),
      ways: z.array(z.enum(WAYS)),
      fields: z.array(
        z.object({
          section: z.enum(['business', 'program', 'words']),
          label: z.string(),
          value: z.string(),
          missing: z.boolean(),
          how: z.enum(['paste', 'choose', 'type']),
        }),
      ),
      flow: z.string(),
      wording: z.object({ en: WordingZ, es: WordingZ }),
      pages: z.array(PageZ),
      html: z.object({ terms: HtmlZ, privacy: HtmlZ }),
      checks: z.array(
        z.object({
          item: z.enum([
            'legal-name',
            'address',
            'website',
            'contact',
            'terms',
            'privacy',
            'number',
            'proof',
            'samples',
            'flow',
            'age-gate',
          ]),
          state: z.enum(['done', 'missing', 'look']),
        }),
      ),
      files: z.array(z.object({ name: z.string(), text: z.string() })),
    }),
  }),
  /** The words of the sign-up screen, for a picture of it. */
  'registration/sign-up-words': query({ role: 'owner', input: EmptyZ, output: SignUpWordsZ }),
  /** Asks for the two pages over the network, now. */
  'registration/check-pages': command({ role: 'owner', input: EmptyZ, output: z.array(PageZ), changes: ['settings'] }),
} satisfies Contract;
