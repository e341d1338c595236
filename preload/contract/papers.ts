import { PAPER_SIZES } from '@domain/papers/paper';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CampaignIdZ, DoneZ, EmptyZ, UtcMsZ, ZoneZ } from './primitives';
import { CampaignLineZ, reports } from './reports';
import { results } from './results';

/** Whose paper it is, how large, and when it was made. */
const HeadZ = z.object({
  size: z.enum(PAPER_SIZES),
  shop: z.object({
    name: z.string(),
    kind: z.enum(['real', 'practice']),
    country: z.string(),
    currency: z.string(),
    zone: ZoneZ,
  }),
  madeAt: UtcMsZ,
  /** A plain name to save it under. */
  file: z.string(),
});

/**
 * A page to be printed, as figures: exactly what the screens are given (`reports/this-week`, `reports/campaign`), so that paper, file and
 * screen cannot differ. Drawn by renderer/print.
 */
export const PaperZ = z.discriminatedUnion('kind', [
  HeadZ.extend({
    kind: z.literal('week'),
    week: reports['reports/this-week'].output,
    /** Campaigns that ran in these days, newest first. */
    campaigns: z.array(CampaignLineZ).max(50),
  }),
  HeadZ.extend({
    kind: z.literal('campaign'),
    report: reports['reports/campaign'].output,
    breakdown: results['reports/breakdown'].output,
  }),
]);
export type Paper = z.infer<typeof PaperZ>;

const ChoiceZ = z.object({
  /** `country`: as is usual where the shop is. */
  size: z.enum(['country', ...PAPER_SIZES]),
  weekly: z.boolean(),
  folder: z.string().max(1000).nullable(),
  /** 0 = Monday. */
  weekday: z.number().int().min(0).max(6),
  hour: z.number().int().min(0).max(23),
});

/** Pages to print and keep. For the owner. */
export const papers = {
  'papers/week': query({ role: 'owner', input: EmptyZ, output: PaperZ }),
  'papers/campaign': query({ role: 'owner', input: z.object({ campaignId: CampaignIdZ }), output: PaperZ }),
  /** The paper size, and the week that is printed by itself. */
  'papers/settings': query({
    role: 'owner',
    input: EmptyZ,
    output: ChoiceZ.extend({
      usual: z.enum(PAPER_SIZES),
      /** When the next one is due; null = switched off. */
      next: UtcMsZ.nullable(),
      last: z.object({ file: z.string(), at: UtcMsZ }).nullable(),
      /** Why the newest one is not there yet. */
      problem: z.object({ code: z.string(), at: UtcMsZ }).nullable(),
    }),
  }),
  /** Throws paper.no-folder when nothing can be written there. */
  'papers/save-settings': command({ role: 'owner', input: ChoiceZ, output: DoneZ, changes: ['settings', 'reports'] }),
} satisfies Contract;
