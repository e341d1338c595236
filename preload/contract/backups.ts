import { z } from 'zod';
import { type Contract, command, query } from './define';
import { DoneZ, EmptyZ, TaskIdZ, UtcMsZ } from './primitives';

export const BackupFileZ = z.object({
  file: z.string(),
  path: z.string(),
  place: z.enum(['beside', 'second']),
  madeAt: UtcMsZ,
  bytes: z.number().int(),
});

export const backups = {
  'backups/list': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      files: z.array(BackupFileZ),
      lastGoodAt: UtcMsZ.nullable(),
      secondPlace: z.string().nullable(),
      /** The last copy to the second place, or why it failed. */
      secondPlaceProblem: z.string().nullable(),
      /** True when no second place was chosen 7 days after onboarding, or none was reached for 7 days. */
      nag: z.boolean(),
    }),
  }),
  /** Copies, verifies and prunes; task result `{ path }`. */
  'backups/make': command({ role: 'owner', input: EmptyZ, output: TaskIdZ, changes: ['backups'] }),
  /** Null forgets the second place. Refuses a folder that cannot be written (backup.no-place). */
  'backups/second-place': command({
    role: 'owner',
    input: z.object({ path: z.string().max(1000).nullable() }),
    output: DoneZ,
    changes: ['backups', 'settings'],
  }),
  /**
   * Puts a copy in place of the shop file: the present file is kept beside it, the epoch is raised, every running campaign is
   * paused until reconciled, the journal of stops, sign-ups and redemptions is replayed. The backend restarts afterwards.
   */
  'backups/restore': command({
    role: 'owner',
    input: z.object({ path: z.string().max(1000) }),
    output: z.object({ replayed: z.number().int(), pausedCampaigns: z.number().int() }),
    changes: ['backups', 'shop'],
  }),
} satisfies Contract;
