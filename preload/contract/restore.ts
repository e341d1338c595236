import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CampaignIdZ, DoneZ, EmptyZ, TaskIdZ, UtcMsZ } from './primitives';

const CountZ = z.number().int();
const WhichZ = z.union([CampaignIdZ, z.literal('personal')]);
const CodeZ = z.string().min(1).max(80);

export const restore = {
  /** For the frame: whether anything may be changed here, and whether a restore waits for the owner. */
  'restore/standing': query({
    role: 'open',
    input: EmptyZ,
    output: z.object({
      /** `other`: another process writes this shop; `retired`: the shop moved to another computer. */
      readOnly: z.enum(['other', 'retired']).nullable(),
      retired: z.object({ at: UtcMsZ, finished: z.boolean() }).nullable(),
      /** A restored copy is not checked against the carrier yet, or something of it is on hold. */
      onHold: z.boolean(),
    }),
  }),
  /** What the last restore brought back, how far the carrier's list was read, what is on hold; null = there was none. */
  'restore/state': query({
    role: 'owner',
    input: EmptyZ,
    output: z
      .object({
        how: z.enum(['restored', 'mended', 'moved', 'taken-back', 'other-computer']),
        at: UtcMsZ,
        copyAt: UtcMsZ,
        done: z.boolean(),
        look: z.enum(['first', 'second', 'proven']),
        /** 0–1 of the way back, while a look is under way. */
        share: z.number().nullable(),
        lookAt: UtcMsZ.nullable(),
        connected: z.boolean(),
        brought: z.object({
          stops: CountZ,
          permissions: CountZ,
          signUps: CountZ,
          redemptions: CountZ,
          codes: CountZ,
          cards: CountZ,
          campaigns: CountZ,
          erased: CountZ,
          texts: CountZ,
          followUps: CountZ,
          mails: CountZ,
          reached: CountZ,
          links: CountZ,
          draws: CountZ,
          drawEntries: CountZ,
          rewards: CountZ,
          orders: CountZ,
          notices: CountZ,
        }),
        /** Journals that could be read, and what is missing of them. */
        journal: z.object({ read: CountZ, unreadable: CountZ, torn: z.boolean(), gap: CountZ, foreign: z.boolean() }),
        found: z.object({ seen: CountZ, adopted: CountZ, unknown: CountZ, codes: CountZ }),
        unsure: CountZ,
        campaigns: z.array(
          z.object({
            id: CampaignIdZ,
            name: z.string(),
            state: z.string(),
            startedAt: UtcMsZ.nullable(),
            left: CountZ,
            notLeft: CountZ,
            unsure: CountZ,
          }),
        ),
        personal: z.array(z.object({ messageClass: z.string(), n: CountZ })),
      })
      .nullable(),
  }),
  /** Lets what did not leave go on: a campaign, or the personal texts. `early`: before the hour that proves it; looks once more. */
  'restore/go-on': command({
    role: 'owner',
    input: z.object({ which: WhichZ, early: z.boolean().default(false) }),
    output: TaskIdZ,
    changes: ['backups', 'campaigns', 'outbox'],
  }),
  /** What did not leave never will. */
  'restore/end': command({
    role: 'owner',
    input: z.object({ which: WhichZ }),
    output: z.object({ stayed: CountZ }),
    changes: ['backups', 'campaigns', 'outbox'],
  }),
  /** The owner has read it; refused while something is on hold. */
  'restore/done': command({ role: 'owner', input: EmptyZ, output: DoneZ, changes: ['backups'] }),
  /** Writes the sealed moving file into a folder and retires this computer's shop. The backend restarts afterwards. */
  'restore/move-out': command({
    role: 'owner',
    input: z.object({ folder: z.string().max(1000), recoveryCode: CodeZ }),
    output: z.object({ path: z.string() }),
    changes: ['shop'],
  }),
  /** A moving file, or a backup of another computer, becomes the shop of this one. Only where none was set up. Restarts. */
  'restore/arrive': command({
    role: 'owner',
    input: z.object({ path: z.string().max(1000), recoveryCode: CodeZ }),
    output: DoneZ,
    changes: ['shop'],
  }),
  /** The move did not happen: this computer goes on, after a look at the carrier's list. Restarts. */
  'restore/take-back': command({ role: 'owner', input: EmptyZ, output: DoneZ, changes: ['shop'] }),
} satisfies Contract;
