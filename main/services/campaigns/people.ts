import type { AudiencePerson } from '@db/queries/campaign-audience';
import { type CampaignPersonRow, campaignPeople, peopleCounts } from '@db/queries/campaign-people';
import { campaignById } from '@db/queries/campaigns';
import { AppError } from '@domain/errors';
import type { CampaignId } from '@domain/kernel';
import type { OutboxState } from '@domain/outbox/state';
import type { Ctx } from '../ctx';
import { gather, rulesOf } from './audience';
import { splitOf } from './split';

/** What the owner looks for among a campaign's people. */
const PEOPLE_VIEWS = ['all', 'text', 'delivered', 'on-the-way', 'waiting', 'not-delivered', 'skipped', 'control', 'excluded'] as const;
export type PeopleView = (typeof PEOPLE_VIEWS)[number];

const STATES: Partial<Record<PeopleView, OutboxState[]>> = {
  delivered: ['delivered'],
  'on-the-way': ['sending', 'accepted', 'queued', 'sent', 'uncertain'],
  waiting: ['staged', 'waiting', 'scheduled'],
  'not-delivered': ['undelivered', 'failed', 'rejected'],
  skipped: ['skipped', 'cancelled'],
};

/**
 * Everybody a campaign is about and what became of each, by name: from the stored rows once it was started, from the group as it is
 * now while it is a draft. `reason` narrows to one reason.
 */
export async function peopleOf(
  ctx: Ctx,
  input: { id: CampaignId; view: PeopleView; reason: string | null; offset: number; limit: number },
): Promise<{ rows: CampaignPersonRow[]; total: number }> {
  const campaign = campaignById(ctx.db, input.id);
  if (!campaign) throw new AppError('campaign.not-found');
  if (campaign.state !== 'draft') {
    const arm = input.view === 'control' || input.view === 'excluded' ? input.view : input.view === 'all' ? null : ('text' as const);
    return campaignPeople(ctx.db, input.id, { arm, reason: input.reason, states: STATES[input.view] ?? null }, input);
  }
  const rules = rulesOf(ctx, campaign);
  if (rules.length === 0) return { rows: [], total: 0 };
  const audience = await gather(ctx, rules, campaign);
  const split = splitOf(ctx, campaign, audience);
  const list: { person: AudiencePerson; arm: CampaignPersonRow['arm']; reason: string | null }[] = [];
  if (input.view === 'all' || input.view === 'text')
    list.push(...split.text.map((person) => ({ person, arm: 'text' as const, reason: null })));
  if (input.view === 'all' || input.view === 'control')
    list.push(...split.control.map((person) => ({ person, arm: 'control' as const, reason: null })));
  if (input.view === 'all' || input.view === 'excluded') list.push(...audience.excluded.map((e) => ({ ...e, arm: 'excluded' as const })));
  const wanted = input.reason === null ? list : list.filter((p) => p.reason === input.reason);
  const key = (p: AudiencePerson) => `${p.lastName}\u0000${p.firstName}`.toLowerCase();
  wanted.sort((a, b) => (key(a.person) < key(b.person) ? -1 : key(a.person) > key(b.person) ? 1 : a.person.id - b.person.id));
  return {
    total: wanted.length,
    rows: wanted.slice(input.offset, input.offset + input.limit).map(({ person, arm, reason }) => ({
      customerId: person.id,
      firstName: person.firstName,
      lastName: person.lastName,
      company: person.company,
      phone: person.phone,
      arm,
      reason,
      state: null,
      outboxId: null,
      segments: null,
      price: null,
      errorCode: null,
      code: null,
      leftAt: null,
      redeemedAt: null,
    })),
  };
}

/** How the people of a started campaign divide, with each reason for no text. */
export function divisionOf(ctx: Ctx, id: CampaignId): { text: number; control: number; excluded: { reason: string; count: number }[] } {
  const counts = peopleCounts(ctx.db, id);
  const of = (arm: string) => counts.filter((c) => c.arm === arm).reduce((n, c) => n + c.count, 0);
  return {
    text: of('text'),
    control: of('control'),
    excluded: counts.flatMap((c) => (c.arm === 'excluded' ? [{ reason: c.reason ?? '', count: c.count }] : [])),
  };
}
