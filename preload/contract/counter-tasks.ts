import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CampaignIdZ, CustomerIdZ, DoneZ, EmptyZ, PageZ, PhoneZ, UtcMsZ } from './primitives';

export const TaskKindZ = z.enum(['hold', 'call-back', 'question', 'other']);
export const TaskOutcomeZ = z.enum(['sold', 'picked-up', 'never-came', 'answered', 'not-reached', 'other']);
const TaskStateZ = z.enum(['open', 'done', 'dropped']);
const TaskIdNoZ = z.number().int().min(1);

/** A task as staff may see it: first name and initial, last four digits; no numbers, no money. */
export const StaffTaskZ = z.object({
  id: TaskIdNoZ,
  kind: TaskKindZ,
  words: z.string(),
  /** The reply it came from, long numbers left out; '' when it came from none. */
  said: z.string(),
  campaignName: z.string().nullable(),
  name: z.string(),
  phoneEnd: z.string().nullable(),
  dueAt: UtcMsZ.nullable(),
  state: TaskStateZ,
  outcome: TaskOutcomeZ.nullable(),
  createdAt: UtcMsZ,
  doneAt: UtcMsZ.nullable(),
});

export const OwnerTaskZ = z.object({
  id: TaskIdNoZ,
  kind: TaskKindZ,
  customerId: CustomerIdZ.nullable(),
  address: z.string().nullable(),
  firstName: z.string(),
  lastName: z.string(),
  words: z.string(),
  said: z.string(),
  campaignId: CampaignIdZ.nullable(),
  campaignName: z.string().nullable(),
  inboundSid: z.string().nullable(),
  dueAt: UtcMsZ.nullable(),
  state: TaskStateZ,
  outcome: TaskOutcomeZ.nullable(),
  note: z.string(),
  createdAt: UtcMsZ,
  createdBy: z.string().nullable(),
  doneAt: UtcMsZ.nullable(),
  doneBy: z.string().nullable(),
});

const changes = ['inbox', 'customers', 'reports'] as const;

export const counterTasks = {
  /** What is to be done at the counter, most urgent first. */
  'counter-tasks/open': query({
    role: 'staff',
    input: EmptyZ,
    output: z.object({ open: z.array(StaffTaskZ), more: z.number().int() }),
  }),
  'counter-tasks/close': command({
    role: 'staff',
    input: z.object({ id: TaskIdNoZ, outcome: TaskOutcomeZ, note: z.string().max(300).default('') }),
    output: DoneZ,
    changes,
  }),
  /** Staff the same shop day, the owner later. */
  'counter-tasks/reopen': command({ role: 'staff', input: z.object({ id: TaskIdNoZ }), output: DoneZ, changes }),
  /** Every task with its outcome, open ones first. */
  'counter-tasks/list': query({
    role: 'owner',
    input: PageZ,
    output: z.object({ rows: z.array(OwnerTaskZ), total: z.number().int() }),
  }),
  /** A task from a reply; the same reply has one. */
  'counter-tasks/make': command({
    role: 'owner',
    input: z.object({
      sid: z.string().max(64).nullable().default(null),
      phone: PhoneZ,
      customerId: CustomerIdZ.nullable().default(null),
      kind: TaskKindZ,
      words: z.string().trim().min(1).max(300),
    }),
    output: z.object({ id: TaskIdNoZ, isNew: z.boolean() }),
    changes,
  }),
} satisfies Contract;
