import { z } from 'zod';
import { TaskKindZ } from './counter-tasks';
import { type Contract, command, query } from './define';
import { CampaignIdZ, DoneZ } from './primitives';

/** A word people may answer a campaign with ("HOLD"), what it asks the counter to do, and our one answer. */
export const CampaignWordZ = z.object({
  word: z.string().trim().min(2).max(20),
  means: TaskKindZ,
  /** `{shop}` and `{until}` are filled in; empty = our words. One text each. */
  answerEn: z.string().trim().max(160),
  answerEs: z.string().trim().max(160),
  /** Open days the shop keeps what was asked for. */
  holdDays: z.number().int().min(1).max(30),
});

export const campaignWords = {
  'campaigns/reply-words': query({ role: 'owner', input: z.object({ id: CampaignIdZ }), output: z.array(CampaignWordZ) }),
  'campaigns/save-reply-words': command({
    role: 'owner',
    input: z.object({ id: CampaignIdZ, words: z.array(CampaignWordZ).max(3) }),
    output: DoneZ,
    changes: ['campaigns'],
  }),
} satisfies Contract;
