import type { Db } from '@db/open';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import type { CampaignId, SegmentId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { gather, groupRule } from './audience';

/** Who is reachable hardly changes while somebody types. */
const KEEP_MS = 20_000;

interface Kept {
  about: string;
  /** The rules it was gathered by, in order, as text. */
  rules: readonly string[];
  at: UtcMs;
  reachable: readonly AudiencePerson[];
}
const kept = new WeakMap<Db, Kept>();

interface Asked {
  campaignId: CampaignId | null;
  topic: string;
  /** In the order they are asked in. */
  segments: readonly SegmentId[];
}

/**
 * The reachable people of these groups while a text is being written, each in the first group that holds them (`part`, from 1). What was
 * gathered a moment ago for these groups, also with more groups behind them, is used again unless `anew`: nobody's group changes by the
 * groups asked after it. Not for a review or a start.
 */
export async function reachableIn(ctx: Ctx, asked: Asked, anew = false): Promise<readonly AudiencePerson[]> {
  const { campaignId, topic, segments } = asked;
  const rules = segments.map((id, i) => ({ position: i + 1, rule: groupRule(ctx, id) }));
  const about = JSON.stringify([campaignId, topic]);
  const texts = rules.map((r) => JSON.stringify(r.rule));
  const now = ctx.clock.now();
  const known = kept.get(ctx.db);
  const holds = known?.about === about && texts.every((t, i) => known.rules[i] === t);
  if (!anew && known && holds && now >= known.at && now - known.at < KEEP_MS) {
    return known.rules.length === texts.length ? known.reachable : known.reachable.filter((p) => p.part <= texts.length);
  }
  const { reachable } = await gather(ctx, rules, { id: campaignId ?? (0 as CampaignId), topic });
  kept.set(ctx.db, { about, rules: texts, at: now, reachable });
  return reachable;
}
