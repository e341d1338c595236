import { type AudiencePerson, audienceFacts } from '@db/queries/campaign-audience';
import type { Campaign } from '@db/queries/campaigns';
import { membersOf, segmentById } from '@db/queries/segments';
import { holdoutStratum } from '@domain/attribution/holdout';
import { type Decided, decidingAudience } from '@domain/campaigns/audience';
import { capsSince } from '@domain/campaigns/caps';
import { type CampaignChannels, type MailWords, mailWordsFor } from '@domain/campaigns/channels';
import { firstMatch } from '@domain/campaigns/parts';
import { AppError } from '@domain/errors';
import type { CampaignId, CustomerId, SegmentId, UtcMs } from '@domain/kernel';
import { daysSince, startOfToday } from '@domain/segments/rhythm';
import type { Rule } from '@domain/segments/rule';
import { type Beside, besideAutomations } from '../automations/aside';
import { inTurns, nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { factsAt, resolveRule } from '../segments/segments';

/** Ids asked for at once: a few milliseconds, so the counter never waits behind a list. */
const AT_ONCE = 1000;

/** What deciding takes to know of a campaign; without channels it reaches people by text. */
export interface Reaching extends Beside {
  id: CampaignId;
  topic: string;
  channels?: CampaignChannels | undefined;
  mails?: readonly MailWords[] | undefined;
}

/** What one part of a campaign reaches people by. */
export interface PartRule {
  position: number;
  rule: Rule;
}

export interface Audience extends Decided<AudiencePerson> {
  rules: readonly PartRule[];
  at: UtcMs;
}

/** The rules a campaign reaches people by, part by part: frozen once started, until then the groups' own. A part without a group has none. */
export function rulesOf(ctx: Ctx, campaign: Pick<Campaign, 'parts' | 'state'>): PartRule[] {
  // whatever an attempt to start it may have left behind
  const open = campaign.state === 'draft' || campaign.state === 'scheduled';
  return campaign.parts.flatMap(({ position, rule, segmentId }) => {
    if (rule && !open) return [{ position, rule }];
    return segmentId === null ? [] : [{ position, rule: groupRule(ctx, segmentId) }];
  });
}

export function groupRule(ctx: Ctx, id: SegmentId): Rule {
  const group = segmentById(ctx.db, id);
  if (!group) throw new AppError('segment.not-found');
  return resolveRule(ctx.db, group.rule);
}

/**
 * Everybody in a campaign's groups, each in the first part that holds them, split into reachable and excluded with one reason each; all
 * of it as of when the text is to leave (`at`, else now): who has a birthday this month is asked of that month. Caps and every other exclusion are decided here, before anybody is
 * held out (rules.md §7); whoever is excluded from their part does not fall to a later one.
 */
export async function gather(
  ctx: Ctx,
  rules: readonly PartRule[],
  campaign: Reaching,
  signal?: AbortSignal,
  at?: UtcMs,
): Promise<Audience> {
  const facts = factsAt(ctx, at ?? ctx.clock.now());
  const lists: { position: number; ids: CustomerId[] }[] = [];
  for (const { position, rule } of rules) {
    signal?.throwIfAborted();
    lists.push({ position, ids: membersOf(ctx.db, rule, facts) });
    if (rules.length > 1) await nextTurn();
  }
  return { ...(await gatherThese(ctx, firstMatch(lists), campaign, signal, at)), rules };
}

/** The same for people chosen otherwise: `members` says which part each is in. */
export async function gatherThese(
  ctx: Ctx,
  members: ReadonlyMap<CustomerId, number>,
  campaign: Reaching,
  signal?: AbortSignal,
  at?: UtcMs,
): Promise<Audience> {
  const now = ctx.clock.now();
  const leavesAt = at ?? now;
  const { shop, courtesy, texting } = ctx.settings();
  const ids = [...members.keys()];
  const since = capsSince(Math.min(now, leavesAt) as UtcMs, shop.zone, courtesy.spacingDays);
  const channels = campaign.channels ?? 'sms';
  const mails = channels !== 'sms';
  const hasMail = (part: number) => mailWordsFor(campaign.mails ?? [], part, 'en') !== null;
  const people: AudiencePerson[] = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    signal?.throwIfAborted();
    for (const p of audienceFacts(ctx.db, ids.slice(i, i + AT_ONCE), {
      since,
      now,
      campaignId: campaign.id,
      topic: campaign.topic,
      mails,
    })) {
      p.part = members.get(p.id) ?? 1;
      people.push(p);
    }
    if (ids.length > AT_ONCE) await nextTurn();
  }
  const decided = await inTurns(
    decidingAudience(people, {
      now: leavesAt,
      shopZone: shop.zone,
      usOnly: texting.mode === 'twilio',
      defaultPromise: courtesy.promisePerMonth,
      spacingDays: courtesy.spacingDays,
      channels,
      hasMail,
    }),
    { signal },
  );
  return { ...besideAutomations(ctx, decided, campaign, leavesAt), rules: [], at: leavesAt };
}

/** The class somebody is drawn within; for all of them at once, as of one moment. */
export function stratumAt(ctx: Ctx, now: UtcMs): (p: AudiencePerson) => string {
  const today = startOfToday(now, ctx.settings().shop.zone);
  return (p) => holdoutStratum(p.lastVisitAt === null ? null : daysSince(p.lastVisitAt, today), p.visits365);
}
