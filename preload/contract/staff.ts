import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CustomerIdZ, DoneZ, EmptyZ, PageZ, StaffIdZ, UtcMsZ } from './primitives';
import { AccessZ } from './settings';

const StaffRefZ = z.object({ id: StaffIdZ });

export const staff = {
  /** No longer works here: cannot sign in any more, and is signed out wherever they are. Never the last owner. */
  'staff/left': command({ role: 'owner', input: StaffRefZ, output: DoneZ, changes: ['settings', 'session'] }),
  /** Works here (again), with the PIN they had. */
  'staff/back': command({ role: 'owner', input: StaffRefZ, output: DoneZ, changes: ['settings', 'session'] }),
  /** Whoever is signed in has done the three practice tasks. */
  'staff/practised': command({ role: 'staff', input: EmptyZ, output: DoneZ, changes: ['settings', 'session'] }),
  'staff/save-access': command({ role: 'owner', input: AccessZ, output: DoneZ, changes: ['settings', 'session'] }),
  /** Who did what, newest first. `area`: the first part of the action (`offer`, `settings`, …). `to` is exclusive. */
  'staff/activity': query({
    role: 'owner',
    input: PageZ.extend({
      staffId: StaffIdZ.nullable().default(null),
      area: z.string().max(30).nullable().default(null),
      from: UtcMsZ.nullable().default(null),
      to: UtcMsZ.nullable().default(null),
    }),
    output: z.object({
      total: z.number().int(),
      rows: z.array(
        z.object({
          id: z.number().int(),
          at: UtcMsZ,
          staffName: z.string().nullable(),
          action: z.string(),
          /** Whom or what it was about, in words; empty when nothing can be said (any more). */
          about: z.string(),
          customerId: CustomerIdZ.nullable(),
          detail: z.record(z.string(), z.unknown()),
        }),
      ),
      areas: z.array(z.object({ area: z.string(), count: z.number().int() })),
    }),
  }),
} satisfies Contract;
