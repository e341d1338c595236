import { USUAL_TOPIC } from '@db/queries/campaigns';
import type { CampaignId, SegmentId } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { reachableIn } from './audience-kept';

/** How many people of each of these groups could be texted, each person counted in the first that holds them; in the order given. */
export async function reach(
  ctx: Ctx,
  input: { campaignId: CampaignId | null; segments: readonly SegmentId[]; topic?: string | undefined },
): Promise<number[]> {
  const { campaignId, segments, topic = USUAL_TOPIC } = input;
  if (segments.length === 0) return [];
  const counts = segments.map(() => 0);
  // counted afresh; what was found is there for the preview of each of them
  for (const { part } of await reachableIn(ctx, { campaignId, topic, segments }, true)) counts[part - 1] = (counts[part - 1] ?? 0) + 1;
  return counts;
}
