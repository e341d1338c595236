import { ATTEST_METHODS } from '@domain/consent/attest';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CustomerIdZ, EmptyZ, ImportIdZ, PhoneZ, ShopDayZ, TaskIdZ, UtcMsZ } from './primitives';

export const ConsentStateZ = z.enum(['in', 'pending', 'out', 'never', 'hold', 'paused']);

const AttestMethodZ = z.enum(ATTEST_METHODS);
const SaysZ = z.object({ yes: z.number().int(), no: z.number().int(), unknown: z.number().int(), notMarked: z.number().int() });
const AttestPersonZ = z.object({
  customerId: CustomerIdZ.nullable(),
  name: z.string(),
  raw: z.string(),
  column: z.string(),
  row: z.number().int(),
});
const LeftOutZ = z.enum([
  'nobody',
  'said-no',
  'stopped',
  'held',
  'declined',
  'minor',
  'cannot-text',
  'pending',
  'paused',
  'already',
  'not-marked',
  'unclear',
]);
const AttestViewZ = z.object({
  fileName: z.string(),
  sms: SaysZ,
  email: SaysZ,
  may: z.number().int(),
  examples: z.array(AttestPersonZ),
  left: z.array(z.object({ why: LeftOutZ, count: z.number().int(), people: z.array(AttestPersonZ) })),
  statements: z.array(
    z.object({
      id: z.number().int(),
      importId: ImportIdZ,
      method: AttestMethodZ,
      detail: z.string(),
      fromDay: ShopDayZ,
      toDay: ShopDayZ,
      wording: z.string(),
      people: z.number().int(),
      staffName: z.string().nullable(),
      at: UtcMsZ,
      undoneAt: UtcMsZ.nullable(),
    }),
  ),
});

/** What may stand in the way of a text; the screens have the words (strings/when.ts). */
export const WhenReasonZ = z.enum([
  'no-phone',
  'landline',
  'toll-free',
  'country',
  'not-agreed',
  'opted-out',
  'held',
  'paused',
  'carrier-stop',
  'not-asked',
  'too-late',
  'asked-recently',
  'stale-sign-up',
  'bad-number',
  'shop-not-named',
  'stop-not-said',
  'replies-unread',
  'sender-not-approved',
  'confirmation-first',
  'quiet-hours',
  'month-used',
  'texted-recently',
]);

const whose = { customerId: CustomerIdZ.nullable().default(null), phone: PhoneZ.nullable().default(null) };

/** "Why can't I text them now, and when can I?" */
export const WhenZ = z.object({
  kind: z.enum(['now', 'later', 'never']),
  at: UtcMsZ.nullable(),
  closesAt: UtcMsZ.nullable(),
  why: z.array(z.object({ reason: WhenReasonZ, until: UtcMsZ.nullable() })),
  zones: z.array(z.string()),
});

export const consent = {
  /** Where a person's number stands. Tells the whole number, so not for staff: their cards show its end (counter). */
  'consent/of': query({
    role: 'owner',
    input: z.object(whose),
    output: z.object({
      phone: PhoneZ.nullable(),
      marketing: ConsentStateZ,
      carrierStop: z.boolean(),
      states: z.array(
        z.object({
          purpose: z.string(),
          state: ConsentStateZ,
          promiseMax: z.number().int().nullable(),
          since: UtcMsZ,
          expiresAt: UtcMsZ.nullable(),
        }),
      ),
      /** The number they must text START to, when only that helps. */
      startNumber: PhoneZ.nullable(),
    }),
  }),
  /**
   * "Why can't I text her now, and when can I?" for a person, or for a number that wrote to us (owner only). `at` null with kind later:
   * somebody has to act first. `zones`: where the number may be.
   */
  'consent/when': query({
    role: 'staff',
    input: z.object({ ...whose, messageClass: z.enum(['marketing', 'reply']).default('marketing') }),
    output: WhenZ,
  }),
  /** "Customer asked us to stop": one step, no texts of any kind any more. */
  'consent/stop': command({
    role: 'staff',
    input: z.object({ ...whose, reason: z.string().max(200).default('') }),
    output: z.object({ cancelled: z.number().int() }),
    changes: ['consent', 'customers', 'outbox', 'inbox', 'reports'],
  }),
  /** What one import's file says about permission: whom the owner may vouch for, who is left out and why. */
  'consent/said': query({ role: 'owner', input: z.object({ importId: ImportIdZ }), output: AttestViewZ }),
  /** Files with people the owner may still vouch for, newest first. */
  'consent/said-waiting': query({
    role: 'owner',
    input: EmptyZ,
    output: z.array(z.object({ id: ImportIdZ, fileName: z.string(), numbers: z.number().int() })),
  }),
  /** The owner vouches for a file's yeses: how, when, with which words. As a task (kind 'consent.attest'). */
  'consent/attest': command({
    role: 'owner',
    input: z.object({
      importId: ImportIdZ,
      statement: z.object({
        method: AttestMethodZ,
        detail: z.string().max(300),
        fromDay: ShopDayZ,
        toDay: ShopDayZ,
        wording: z.string().max(2000),
      }),
      /** The box under the statement is ticked. */
      signed: z.literal(true),
    }),
    output: z.object({ taskId: TaskIdZ }),
    changes: ['consent', 'customers', 'tasks'],
  }),
  /** Takes what was vouched for from a file back, by new ledger events; as a task. */
  'consent/unattest': command({
    role: 'owner',
    input: z.object({ importId: ImportIdZ }),
    output: z.object({ taskId: TaskIdZ }),
    changes: ['consent', 'customers', 'tasks'],
  }),
} satisfies Contract;
