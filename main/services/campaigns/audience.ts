import { type AudiencePerson, audienceFacts } from '@db/queries/campaign-audience';
import type { Campaign } from '@db/queries/campaigns';
import { membersOf, segmentById } from '@db/queries/segments';
import { holdoutStratum } from '@domain/attribution/holdout';
import { type Decided, decideAudience } from '@domain/campaigns/audience';
import { capsSince } from '@domain/campaigns/caps';
import { AppError } from '@domain/errors';
import type { CampaignId, SegmentId, UtcMs } from '@domain/kernel';
import { daysSince, startOfToday } from '@domain/segments/rhythm';
import type { Rule } from '@domain/segments/rule';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { factsNow, resolveRule } from '../segments/segments';

/** Ids asked for at once: a few milliseconds, so the counter never waits behind a list. */
const AT_ONCE = 1000;

export interface Audience extends Decided<AudiencePerson> {
  rule: Rule;
  at: UtcMs;
}

/** The rule a campaign reaches people by: frozen once started, until then the group's own. */
export function ruleOf(ctx: Ctx, campaign: Pick<Campaign, 'rule' | 'segmentId'>): Rule | null {
  if (campaign.rule) return campaign.rule;
  return campaign.segmentId === null ? null : groupRule(ctx, campaign.segmentId);
}

export function groupRule(ctx: Ctx, id: SegmentId): Rule {
  const group = segmentById(ctx.db, id);
  if (!group) throw new AppError('segment.not-found');
  return resolveRule(ctx.db, group.rule);
}

/**
 * Everybody in the group as it is now, split into reachable and excluded with one reason each, as of when the text is to leave (`at`,
 * else now). Caps and every other exclusion are decided here, before anybody is held out (rules.md §7).
 */
export async function gather(
  ctx: Ctx,
  rule: Rule,
  campaign: { id: CampaignId; topic: string },
  signal?: AbortSignal,
  at?: UtcMs,
): Promise<Audience> {
  const now = ctx.clock.now();
  const leavesAt = at ?? now;
  const { shop, courtesy, texting } = ctx.settings();
  const ids = membersOf(ctx.db, rule, factsNow(ctx));
  const since = capsSince(Math.min(now, leavesAt) as UtcMs, shop.zone, courtesy.spacingDays);
  const people: AudiencePerson[] = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    signal?.throwIfAborted();
    people.push(...audienceFacts(ctx.db, ids.slice(i, i + AT_ONCE), { since, now, campaignId: campaign.id, topic: campaign.topic }));
    if (ids.length > AT_ONCE) await nextTurn();
  }
  const decided = decideAudience(people, {
    now: leavesAt,
    shopZone: shop.zone,
    usOnly: texting.mode === 'twilio',
    defaultPromise: courtesy.promisePerMonth,
    spacingDays: courtesy.spacingDays,
  });
  return { ...decided, rule, at: leavesAt };
}

/** The class somebody is drawn within; for all of them at once, as of one moment. */
export function stratumAt(ctx: Ctx, now: UtcMs): (p: AudiencePerson) => string {
  const today = startOfToday(now, ctx.settings().shop.zone);
  return (p) => holdoutStratum(p.lastVisitAt === null ? null : daysSince(p.lastVisitAt, today), p.visits365);
}
