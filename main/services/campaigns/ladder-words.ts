import type { AudiencePerson } from '@db/queries/campaign-audience';
import type { Campaign } from '@db/queries/campaigns';
import type { WordsKey } from '@domain/campaigns/parts';
import type { UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { readerOf } from './split';
import { type Sayings, sayingsOf, sayWith } from './words';

/** A step's words, ready to be said to many people. */
export interface StepWords {
  campaign: Campaign;
  sayings: Sayings;
  /** Which wording somebody reads: a step tests none against another. */
  reads(p: AudiencePerson): WordsKey;
  /** Segments of what somebody reads, with a code as wide as any. */
  size(p: AudiencePerson): number;
}

/** Throws `campaign.unknown-field` and `offer.not-found`. */
export function stepWords(ctx: Ctx, campaign: Campaign, now: UtcMs): StepWords {
  const sayings = sayingsOf(ctx, campaign, now);
  const { shop } = ctx.settings();
  const reader = readerOf(campaign);
  const reads = (p: AudiencePerson) => reader({ ...p, part: 1 })('a');
  return { campaign, sayings, reads, size: (p) => sayWith(shop, sayings.of(1, reads(p)), p, null).count.segments };
}
