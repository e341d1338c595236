import { z } from 'zod';
import { type Contract, command, query } from './define';
import { EmptyZ, LanguageZ, StaffIdZ } from './primitives';

export const StaffPublicZ = z.object({ id: StaffIdZ, name: z.string(), role: z.enum(['owner', 'staff']), language: LanguageZ });

/** Who is at the screen, and just enough about the shop to draw the frame. */
export const SessionStateZ = z.object({
  role: z.enum(['open', 'staff', 'owner']),
  /** `practised`: they have done the three practice tasks of the counter. */
  staff: StaffPublicZ.extend({ practised: z.boolean() }).nullable(),
  autoLockMinutes: z.number().int(),
  /** The screen is a customer's until a PIN takes it back. */
  turned: z.boolean().optional(),
  /** For the PIN pad. */
  people: z.array(StaffPublicZ),
  shop: z.object({
    name: z.string(),
    kind: z.enum(['real', 'practice']),
    setUp: z.boolean(),
    currency: z.string(),
    country: z.string(),
    zone: z.string(),
  }),
  /** Shown on the PIN pad of a practice shop only. */
  pinHint: z.string().nullable(),
});

const PinZ = z.string().regex(/^\d{4,8}$/);

export const session = {
  'session/state': query({ role: 'open', input: EmptyZ, output: SessionStateZ }),
  /** Five wrong PINs lock the pad for a minute (session.too-many-tries {seconds}). */
  'session/unlock': command({
    role: 'open',
    input: z.object({ staffId: StaffIdZ, pin: PinZ }),
    output: SessionStateZ,
    changes: ['session'],
  }),
  /** Back to the counter: nobody signed in, staff rights only. */
  'session/lock': command({ role: 'open', input: EmptyZ, output: SessionStateZ, changes: ['session'] }),
  /** The printed recovery code also resets the owner's PIN. */
  'session/reset-owner-pin': command({
    role: 'open',
    input: z.object({ recoveryCode: z.string().max(80), newPin: PinZ }),
    output: SessionStateZ,
    changes: ['session'],
  }),
} satisfies Contract;
