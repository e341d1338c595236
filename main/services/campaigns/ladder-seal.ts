import { campaignById } from '@db/queries/campaigns';
import { ladderById, stepsOf } from '@db/queries/ladders';
import { offerById } from '@db/queries/offers';
import { replyWords } from '@db/queries/replies';
import { hashWords } from '@domain/campaigns/quote';
import type { CampaignId } from '@domain/kernel';
import type { Ctx } from '../ctx';

/**
 * What the owner agrees to along with the first text: every step, when and to whom it goes, what it says and offers. Part of what a
 * quote is held against. Null: nothing follows the campaign.
 */
export function pathSeal(ctx: Ctx, rootId: CampaignId): string | null {
  const ladder = ladderById(ctx.db, rootId);
  const steps = stepsOf(ctx.db, rootId);
  if (!ladder || steps.length === 0) return null;
  return hashWords([
    JSON.stringify([ladder.stops, ladder.patienceDays]),
    ...steps.flatMap((s) => {
      const c = campaignById(ctx.db, s.id);
      const says = c?.parts.map((p) => [p.position, p.body, p.offerId === null ? null : offerById(ctx.db, p.offerId)]);
      return [
        ...[s.id, s.parentId, s.reaction, s.afterDays, s.atMinute],
        JSON.stringify([c?.addStopLine, c?.dayReason, c?.topic, c?.words, says, replyWords(ctx.db, s.id)]),
      ];
    }),
  ]);
}
