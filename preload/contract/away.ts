import { z } from 'zod';
import { type Contract, command, query } from './define';
import { DoneZ, UtcMsZ } from './primitives';

const id = z.number().int();
/** What happened while nobody was looking (domain/desktop/away.ts). `checking`: texts that were cut off in the middle. */
const NoteZ = z.discriminatedUnion('kind', [
  z.object({ id, kind: z.literal('crashed'), at: UtcMsZ, checking: z.number().int() }),
  z.object({ id, kind: z.literal('part-restarted'), at: UtcMsZ, checking: z.number().int() }),
  z.object({ id, kind: z.literal('slept'), at: UtcMsZ, from: UtcMsZ }),
  z.object({ id, kind: z.literal('clock-changed'), at: UtcMsZ, byMs: z.number().int() }),
]);

const StateZ = z.object({
  notes: z.array(NoteZ),
  /** Whether hours may be read off this computer's clock; `skewMs` positive = it is ahead of the carrier's. */
  clock: z.object({ verdict: z.enum(['right', 'wrong', 'unchecked']), skewMs: z.number().int().nullable() }),
  /** Everything is paused since then; null = it is not. */
  pausedSince: UtcMsZ.nullable(),
  /** Campaigns that leave from this computer at a time of their own. */
  scheduled: z.object({ campaigns: z.number().int(), next: UtcMsZ.nullable() }),
});

/** What the owner is told above every screen. */
export const away = {
  'away/state': query({ role: 'owner', input: z.object({}).strict(), output: StateZ }),
  'away/dismiss': command({ role: 'owner', input: z.object({ ids: z.array(id).min(1).max(50) }), output: DoneZ, changes: ['outbox'] }),
  /** Asks the carrier what time it is, after the clock was set right. Throws sms.… when it cannot be asked. */
  'away/check-clock': command({ role: 'owner', input: z.object({}).strict(), output: StateZ, changes: ['outbox'] }),
} satisfies Contract;
