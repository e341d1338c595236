import { anythingRuns, kindOfAutomation, thankedSince, whoseDayComes } from '@db/queries/automation-aside';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import { offerById } from '@db/queries/offers';
import { type AutomationKind, KINDS, SERVICE_KINDS } from '@domain/automations/kinds';
import type { Decided, Exclusion } from '@domain/campaigns/audience';
import { type AutomationId, type CampaignId, type CustomerId, DAY, type OfferId, type UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

/** No money off for so long after a thank-you: they come anyway, and are told of news first. */
export const NO_DISCOUNT_DAYS = 60;

const AT_ONCE = 1000;

/** What is asked of a campaign here; a preview may know less of it. */
export interface Beside {
  parentId?: CampaignId | null | undefined;
  automationId?: AutomationId | null | undefined;
  parts?: readonly { position: number; offerId: OfferId | null }[] | undefined;
}

/**
 * Automations outrank campaigns (rules.md §3): whoever's own day comes within the spacing is left out of a campaign, or its text would keep
 * back what was meant for them. And whoever was just thanked for coming more often gets no money off, by a campaign or otherwise, unless
 * it was promised. Asked after everything else, so that every other reason goes before.
 */
export function besideAutomations(ctx: Ctx, decided: Decided<AudiencePerson>, campaign: Beside, at: UtcMs): Decided<AudiencePerson> {
  const ids = decided.reachable.map((p) => p.id);
  if (ids.length === 0) return decided;
  const out = new Map<CustomerId, Exclusion>();
  const own = campaign.automationId == null ? undefined : (kindOfAutomation(ctx.db, campaign.automationId) as AutomationKind | undefined);
  const cheaper = new Set((campaign.parts ?? []).filter((p) => moneyOff(ctx, p.offerId)).map((p) => p.position));
  if (cheaper.size > 0 && !(own !== undefined && KINDS[own].promised)) {
    const inIt = decided.reachable.filter((p) => cheaper.has(p.part)).map((p) => p.id);
    for (let i = 0; i < inIt.length; i += AT_ONCE)
      for (const id of thankedSince(ctx.db, inIt.slice(i, i + AT_ONCE), (at - NO_DISCOUNT_DAYS * DAY) as UtcMs))
        out.set(id, 'no-discount-now');
  }
  if (campaign.automationId == null && campaign.parentId == null && anythingRuns(ctx.db)) {
    const until = (at + ctx.settings().courtesy.spacingDays * DAY) as UtcMs;
    for (let i = 0; i < ids.length; i += AT_ONCE)
      for (const id of whoseDayComes(ctx.db, ids.slice(i, i + AT_ONCE), until, SERVICE_KINDS))
        if (!out.has(id)) out.set(id, 'automation-soon');
  }
  if (out.size === 0) return decided;
  const reachable: AudiencePerson[] = [];
  const excluded = [...decided.excluded];
  for (const person of decided.reachable) {
    const reason = out.get(person.id);
    if (reason === undefined) reachable.push(person);
    else excluded.push({ person, reason });
  }
  excluded.sort((a, b) => a.person.id - b.person.id);
  return { reachable, excluded };
}

function moneyOff(ctx: Ctx, id: OfferId | null): boolean {
  const offer = id === null ? null : offerById(ctx.db, id);
  return offer !== null && (offer.kind === 'percent' || offer.kind === 'amount');
}
