import { KEPT_KINDS, REMOVED_KINDS } from '@domain/privacy/erased';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CustomerIdZ, DoneZ, EmptyZ, LanguageZ, PageZ, PhoneZ, ShopDayZ, TaskIdZ, UtcMsZ } from './primitives';

const count = z.number().int();
const FaultZ = z.object({
  what: z.enum(['changed', 'broken-link', 'missing', 'evidence', 'evidence-missing', 'wrong-number', 'wording', 'state', 'cut-off']),
  eventId: count.nullable(),
});
const CheckZ = z.object({
  at: UtcMsZ,
  ok: z.boolean(),
  events: count,
  head: z.string(),
  faults: z.array(FaultZ),
  /** Nothing was written since. */
  current: z.boolean(),
});
const StateZ = z.object({
  purpose: z.string(),
  state: z.enum(['in', 'pending', 'out', 'never', 'hold', 'paused']),
  promiseMax: count.nullable(),
  since: UtcMsZ,
  expiresAt: UtcMsZ.nullable(),
  carrierStop: z.boolean(),
});
const LineZ = z.object({
  id: count,
  channel: z.enum(['sms', 'email']),
  kind: z.string(),
  method: z.string(),
  purpose: z.string(),
  topics: z.array(z.string()),
  promiseMax: count.nullable(),
  language: LanguageZ,
  reason: z.string().nullable(),
  staffName: z.string().nullable(),
  device: z.string(),
  name: z.string().nullable(),
  wording: z.string().nullable(),
  wordingHash: z.string().nullable(),
  inboundText: z.string().nullable(),
  inboundSid: z.string().nullable(),
  rule: z.string().nullable(),
  photo: z.string().nullable(),
  sealed: z.boolean(),
  occurredAt: UtcMsZ,
  recordedAt: UtcMsZ,
  answeredAt: UtcMsZ.nullable(),
  hash: z.string(),
});
export const ProofZ = z.object({
  phone: PhoneZ.nullable(),
  email: z.string().nullable(),
  name: z.string(),
  customerId: CustomerIdZ.nullable(),
  states: z.array(StateZ),
  emailStates: z.array(StateZ),
  lines: z.array(LineZ),
  texts: z.object({ left: count, marketing: count, delivered: count, firstAt: UtcMsZ.nullable(), lastAt: UtcMsZ.nullable() }),
  erased: z.object({ at: UtcMsZ, serial: z.string() }).nullable(),
  locked: z.boolean(),
  check: CheckZ.nullable(),
});

const counted = <K extends readonly [string, ...string[]]>(kinds: K) => z.partialRecord(z.enum(kinds), count);
export const CertificateZ = z.object({
  v: z.literal(1),
  day: z.string(),
  removed: counted(REMOVED_KINDS),
  kept: counted(KEPT_KINDS),
  proofUntil: z.string().nullable(),
  backups: z.object({ copies: count, until: z.string().nullable(), aside: count }),
  again: z.boolean(),
});

const LeftOutZ = z.enum(['says-yes', 'unclear', 'not-a-stop', 'empty', 'unreadable']);
const FoundZ = z.object({ total: count, already: count, known: count, unknown: count });
const SourceZ = z.object({ path: z.string().max(4000).nullable(), text: z.string().max(5_000_000).nullable() });

/** Proof of permission, the ledger as a whole, stop lists, erasing and exporting one person. All the owner's. */
export const privacy = {
  /** Everything we can prove about a person's number, or a number of nobody. */
  'privacy/proof': query({
    role: 'owner',
    input: z.object({ customerId: CustomerIdZ.nullable().default(null), phone: PhoneZ.nullable().default(null) }),
    output: ProofZ,
  }),
  /** A number as typed, in the shop's country. */
  'privacy/read-number': query({ role: 'owner', input: z.object({ text: z.string().max(60) }), output: z.object({ phone: PhoneZ }) }),
  /** The same proof with what was locked when the person was erased. */
  'privacy/open-locked': command({
    role: 'owner',
    input: z.object({ phone: PhoneZ, recoveryCode: z.string().max(80) }),
    output: ProofZ,
    changes: [],
  }),
  /** The permission records as a whole. */
  'privacy/records': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      events: count,
      since: UtcMsZ.nullable(),
      numbers: count,
      emails: count,
      locked: count,
      check: CheckZ.nullable(),
      retention: z.object({
        inboundMonths: count,
        proofYears: count,
        repliesBefore: ShopDayZ,
        proofBefore: ShopDayZ,
        oldestReplyAt: UtcMsZ.nullable(),
        oldestReplyGoes: z.string().nullable(),
        sweptAt: UtcMsZ.nullable(),
        repliesEmptied: count,
        proofsGone: count,
      }),
      returned: z.array(
        z.object({
          customerId: CustomerIdZ,
          name: z.string(),
          phone: z.string().nullable(),
          fileName: z.string().nullable(),
          erasedAt: UtcMsZ,
          at: UtcMsZ,
        }),
      ),
      lists: z.array(
        z.object({
          id: count,
          fileName: z.string(),
          at: UtcMsZ,
          staffName: z.string().nullable(),
          numbers: count,
          emails: count,
          already: count,
          unreadable: count,
          done: z.boolean(),
        }),
      ),
    }),
  }),
  /** Checks every event, link and proof, as a task (kind 'privacy.verify'). */
  'privacy/verify': command({ role: 'owner', input: EmptyZ, output: z.object({ taskId: TaskIdZ }), changes: ['tasks'] }),
  /** The whole ledger into a new folder in `folder`, as a task. */
  'privacy/export-ledger': command({
    role: 'owner',
    input: z.object({ folder: z.string().max(4000) }),
    output: z.object({ taskId: TaskIdZ, folder: z.string() }),
    changes: ['tasks'],
  }),
  /** A list of people who said stop elsewhere: a file, or pasted numbers. Nobody is stopped yet. */
  'privacy/stop-list-preview': query({
    role: 'owner',
    input: SourceZ,
    output: z.object({
      fileName: z.string(),
      hash: z.string(),
      rows: count,
      columns: z.object({
        phones: z.array(z.string()),
        emails: z.array(z.string()),
        status: z.array(z.string()),
        body: z.string().nullable(),
        notes: z.array(z.string()),
      }),
      numbers: FoundZ,
      emails: FoundZ,
      leftOut: z.array(z.object({ why: LeftOutZ, count })),
      problems: z.array(z.object({ row: count, why: LeftOutZ, cell: z.string() })),
    }),
  }),
  /** Stops everybody on it, as a task (kind 'consent.stop-list'). There is no undo. */
  'privacy/stop-list': command({
    role: 'owner',
    input: SourceZ.extend({ hash: z.string(), numbers: z.boolean(), emails: z.boolean() }),
    output: z.object({ taskId: TaskIdZ }),
    changes: ['consent', 'customers', 'outbox', 'tasks'],
  }),
  /** Everything held about one person, into a new folder in `folder`. */
  'privacy/export-person': command({
    role: 'owner',
    input: z.object({ id: CustomerIdZ, folder: z.string().max(4000) }),
    output: z.object({ folder: z.string(), parts: z.array(z.object({ part: z.string(), rows: count })), photos: count }),
    changes: [],
  }),
  /** What erasing a person takes and what stays; nothing is changed. */
  'privacy/erase-preview': query({
    role: 'owner',
    input: z.object({ id: CustomerIdZ }),
    output: z.object({
      customerId: CustomerIdZ,
      name: z.string(),
      phone: z.string().nullable(),
      certificate: CertificateZ,
      shared: z.array(z.string()),
      previews: count,
    }),
  }),
  /** Erases a person. Cannot be undone. */
  'privacy/erase': command({
    role: 'owner',
    input: z.object({ id: CustomerIdZ }),
    output: z.object({ erasureId: count, taskId: TaskIdZ }),
    changes: ['customers', 'consent', 'inbox', 'outbox', 'offers', 'reports', 'imports', 'tasks'],
  }),
  /** Certificates, newest first. */
  'privacy/erasures': query({
    role: 'owner',
    input: PageZ,
    output: z.object({
      rows: z.array(z.object({ id: count, serial: z.string(), at: UtcMsZ, staffName: z.string().nullable(), again: z.boolean() })),
      total: count,
    }),
  }),
  'privacy/certificate': query({
    role: 'owner',
    input: z.object({ id: count }),
    output: z.object({
      id: count,
      serial: z.string(),
      at: UtcMsZ,
      staffName: z.string().nullable(),
      certificate: CertificateZ,
      finished: z.boolean(),
    }),
  }),
  /** Somebody a file brought who has the number or e-mail of a person that was erased: the same (erase again), or somebody else. */
  'privacy/answer-returned': command({
    role: 'owner',
    input: z.object({ id: CustomerIdZ, same: z.boolean() }),
    output: DoneZ,
    changes: ['customers', 'consent', 'tasks'],
  }),
} satisfies Contract;
