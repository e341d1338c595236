import { USUAL_TOPIC } from '@db/queries/campaigns';
import type { CampaignId, SegmentId } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { gather, groupRule } from './audience';

/** How many people of each of these groups could be texted, each person counted in the first that holds them; in the order given. */
export async function reach(
  ctx: Ctx,
  input: { campaignId: CampaignId | null; segments: readonly SegmentId[]; topic?: string | undefined },
): Promise<number[]> {
  const rules = input.segments.map((id, i) => ({ position: i + 1, rule: groupRule(ctx, id) }));
  if (rules.length === 0) return [];
  const { reachable } = await gather(ctx, rules, { id: input.campaignId ?? (0 as CampaignId), topic: input.topic ?? USUAL_TOPIC });
  const counts = rules.map(() => 0);
  for (const { part } of reachable) counts[part - 1] = (counts[part - 1] ?? 0) + 1;
  return counts;
}
