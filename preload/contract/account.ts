import { FINDING_CODES } from '@domain/account/health';
import { FEATURES } from '@domain/account/view';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { DoneZ, EmptyZ, MicrosZ, UtcMsZ } from './primitives';
import { SenderZ } from './settings';

const n = z.number().int();
const AnswerZ = z.enum(['yes', 'no', 'unknown']);
const MayZ = z.record(z.enum(FEATURES), AnswerZ);

export const FindingZ = z.object({
  code: z.enum(FINDING_CODES),
  severity: z.enum(['stops', 'warns', 'note']),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

const ComplaintZ = z.object({ code: n.nullable(), text: z.string() });
const StatusZ = z.enum(['pending', 'approved', 'failed', 'suspended', 'other']);

/** When waiting texts will have left. */
export const FinishZ = z.object({
  /** Null: not all of them within a fortnight. */
  finishesAt: UtcMsZ.nullable(),
  left: n,
  limitedBy: z.enum(['pace', 'hours', 'daily']),
  days: n,
});

const HealthZ = z.object({
  mode: z.enum(['none', 'practice', 'twilio']),
  accountSid: z.string(),
  /** When the account was last seen; everything below but money and waiting texts is of then. */
  lookedAt: UtcMsZ.nullable(),
  failed: z.object({ code: z.string(), number: n.nullable() }).nullable(),
  findings: z.array(FindingZ).max(60),
  status: z.enum(['active', 'suspended', 'closed', 'unknown']),
  type: z.enum(['trial', 'full', 'unknown']),
  may: MayZ.nullable(),
  sender: z
    .object({
      kind: z.enum(['number', 'service']),
      numbers: z.array(z.object({ number: z.string(), kind: z.enum(['long-code', 'toll-free', 'short-code']), sms: z.boolean() })).max(400),
      service: z
        .object({
          sid: z.string(),
          name: z.string(),
          chosen: z.boolean(),
          logsReplies: z.boolean(),
          smartEncoding: z.boolean(),
          stickySender: z.boolean(),
          validitySeconds: n,
          statusCallback: z.boolean(),
          usecase: z.string(),
        })
        .nullable(),
      approval: z.object({
        state: z.enum(['approved', 'pending', 'rejected', 'suspended', 'missing', 'unknown']),
        of: z.enum(['brand', 'campaign', 'toll-free']).nullable(),
        since: UtcMsZ.nullable(),
        complaints: z.array(ComplaintZ).max(50),
        editUntil: UtcMsZ.nullable(),
        number: z.string().nullable(),
      }),
      brand: z.object({ status: StatusZ, type: z.string(), score: z.number().nullable() }).nullable(),
      campaign: z
        .object({ status: StatusZ, usecase: z.string(), attPerSecond: z.number().nullable(), tmobileTier: z.string().nullable() })
        .nullable(),
    })
    .nullable(),
  /** `texts`: of one segment, that the balance pays for. */
  balance: z.object({ amount: MicrosZ, currency: z.string(), texts: n }).nullable(),
  waiting: z.object({ texts: n, price: MicrosZ }),
  rate: z.object({
    now: z.number(),
    from: z.enum(['guess', 'carrier', 'owner']),
    seen: z
      .object({ segmentsPerSecond: z.number(), why: z.enum(['campaign', 'toll-free', 'short-code', 'long-code', 'several']) })
      .nullable(),
  }),
  daily: z.object({
    limit: n.nullable(),
    from: z.enum(['guess', 'carrier', 'owner']),
    seen: z.object({ segments: n, tier: z.enum(['sole-proprietor', 'low', 'low-mid', 'high-mid', 'top']) }).nullable(),
    used: n,
    resetsAt: UtcMsZ,
  }),
  price: z.object({
    now: MicrosZ,
    from: z.enum(['guess', 'list', 'learnt', 'owner']),
    currency: z.string(),
    list: z.object({ currency: z.string(), outbound: MicrosZ, inbound: MicrosZ.nullable() }).nullable(),
    learnt: z.object({ perSegment: MicrosZ, texts: n, segments: n, low: MicrosZ, high: MicrosZ }).nullable(),
  }),
  month: z.object({ spent: MicrosZ, limit: MicrosZ.nullable(), currency: z.string() }),
  senderApproved: z.boolean(),
});

const PartZ = z.enum(['campaigns', 'automations', 'permission', 'replies', 'service', 'test']);
const sums = { currency: z.string(), texts: n, segments: n, priced: n, real: MicrosZ, expected: MicrosZ };
const MonthZ = z.object({
  month: z.string().regex(/^\d{4}-\d\d$/),
  from: UtcMsZ,
  to: UtcMsZ,
  lines: z.array(z.object({ part: PartZ, campaignId: n.nullable(), name: z.string(), ...sums })).max(500),
  totals: z.array(z.object(sums)).max(20),
  received: z.object({ texts: n, segments: n }),
  lookUps: z.object({ count: n, price: MicrosZ }).nullable(),
});
const SegmentsZ = z.object({ segments: z.number(), price: MicrosZ });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

const CredentialsZ = z.object({
  accountSid: z.string().regex(/^AC[0-9a-fA-F]{32}$/),
  keySid: z.string().regex(/^SK[0-9a-fA-F]{32}$/),
  keySecret: z.string().min(8).max(200),
});
const text = z.string().max(80);

export const account = {
  /** How the texting account is: what was last seen there, and what is wrong with it now. Needs no line. */
  'account/health': query({ role: 'owner', input: EmptyZ, output: HealthZ }),
  /** Looks at the account now. */
  'account/look': command({ role: 'owner', input: EmptyZ, output: DoneZ, changes: ['account', 'settings', 'outbox'] }),
  /** What to know before connecting; stores nothing. `refuses`: no text would leave, or replies would be lost. */
  'account/at-connect': command({
    role: 'owner',
    input: CredentialsZ.extend({ sender: SenderZ, again: z.boolean().optional() }),
    output: z.object({ findings: z.array(FindingZ).max(60), refuses: z.boolean(), may: MayZ.nullable() }),
    changes: [],
  }),
  /** Changes one setting of the Messaging Service at the carrier. */
  'account/repair': command({
    role: 'owner',
    input: z.object({ repair: z.enum(['replies', 'encoding', 'validity']), serviceSid: z.string().regex(/^MG[0-9a-fA-F]{32}$/) }),
    output: DoneZ,
    changes: ['account', 'settings'],
  }),
  /** Takes the rate, daily limit or price that was seen in place of what was typed. */
  'account/take-seen': command({
    role: 'owner',
    input: z.object({ what: z.enum(['rate', 'daily', 'price']) }),
    output: DoneZ,
    changes: ['account', 'settings', 'outbox'],
  }),
  /** The carriers have not approved the sender after all: texts wait from here on. */
  'account/not-approved': command({ role: 'owner', input: EmptyZ, output: DoneZ, changes: ['account', 'settings', 'outbox'] }),
  /** Month by month, newest first. */
  'account/statement': query({
    role: 'owner',
    input: z.object({ offset: n.min(0).default(0), limit: n.min(1).max(13).default(3) }),
    output: z.object({ months: z.array(MonthZ).max(13), total: n }),
  }),
  /** The same of all months as a spreadsheet; the headings come from the screen. */
  'account/statement-csv': query({
    role: 'owner',
    input: z.object({
      columns: z.tuple([text, text, text, text, text, text, text, text, text]),
      parts: z.record(z.enum([...PartZ.options, 'received', 'look-ups', 'total']), text),
    }),
    output: z.object({ name: z.string(), text: z.string() }),
  }),
  /** A month beside what the carrier counted; null while it was not read. */
  'account/compared': query({
    role: 'owner',
    input: z.object({ month }),
    output: z
      .object({
        ours: SegmentsZ,
        theirs: SegmentsZ,
        inbound: SegmentsZ,
        other: z.array(z.object({ category: z.string(), count: n, price: MicrosZ })).max(400),
        total: MicrosZ,
        currency: z.string(),
        why: z.enum(['same', 'others-send', 'not-yet', 'price']),
        readAt: UtcMsZ,
        /** Texts of others on the account that were seen in the carrier's list. */
        foreign: n,
      })
      .nullable(),
  }),
  /** Asks the carrier for a month's figures. */
  'account/ask-usage': command({ role: 'owner', input: z.object({ month }), output: DoneZ, changes: ['account'] }),
} satisfies Contract;
