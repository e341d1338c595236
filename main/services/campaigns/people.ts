import type { Db } from '@db/open';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import { type CampaignPersonRow, campaignPeople, peopleCounts } from '@db/queries/campaign-people';
import { type Campaign, campaignById } from '@db/queries/campaigns';
import { BASE_WORDS, type WordsKey } from '@domain/campaigns/parts';
import { AppError } from '@domain/errors';
import { type CampaignId, MINUTE, type Micros, type UtcMs } from '@domain/kernel';
import type { OutboxState } from '@domain/outbox/state';
import { sorting } from '@domain/turns';
import { eachInTurns, inTurns } from '../chunks';
import type { Ctx } from '../ctx';
import { type Audience, gather, rulesOf } from './audience';
import { sayingsIfReadable } from './review';
import { beginsAt, type Split, splitOf, type Times, timesOf } from './split';
import { sayWith } from './words';

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

export interface PeopleInput {
  id: CampaignId;
  view: PeopleView;
  /** Narrows to one reason, one part, one wording. */
  reason: string | null;
  part?: number | null | undefined;
  words?: WordsKey | null | undefined;
  /** Of a draft: as of that hour, as in its review. */
  at?: UtcMs | null | undefined;
  offset: number;
  limit: number;
}

/**
 * Everybody a campaign is about and what became of each, by name: from the stored rows once it was started, from the groups as they are
 * now while it is a draft. Whoever was quoted and left out since stands among those skipped, too.
 */
export async function peopleOf(ctx: Ctx, input: PeopleInput): Promise<{ rows: CampaignPersonRow[]; total: number }> {
  const campaign = campaignById(ctx.db, input.id);
  if (!campaign) throw new AppError('campaign.not-found');
  if (campaign.state !== 'draft') {
    const arm = input.view === 'control' || input.view === 'excluded' ? input.view : input.view === 'all' ? null : ('text' as const);
    const { reason, part = null, words = null } = input;
    const filter = { arm, reason, states: STATES[input.view] ?? null, dropOuts: input.view === 'skipped', part, words };
    return campaignPeople(ctx.db, input.id, filter, input);
  }
  const looked = await lookedAt(ctx, campaign, input.at ?? null);
  if (!looked) return { rows: [], total: 0 };
  const { audience, times, byName } = looked;
  const wanted = byName.filter(
    (p) =>
      (input.view === 'all' || p.arm === input.view) &&
      (input.reason === null || p.reason === input.reason) &&
      (input.part == null || p.person.part === input.part) &&
      (input.words == null || p.words === input.words),
  );
  const sayings = sayingsIfReadable(ctx, campaign, audience.at);
  const { shop, texting } = ctx.settings();
  return {
    total: wanted.length,
    rows: wanted.slice(input.offset, input.offset + input.limit).map(({ person, arm, reason, words }) => {
      const said =
        words !== null && sayings && person.channel !== 'email'
          ? sayWith(shop, sayings.of(person.part, words), person, null, times.at(person.id)).count.segments
          : null;
      return {
        customerId: person.id,
        firstName: person.firstName,
        lastName: person.lastName,
        company: person.company,
        phone: person.phone,
        arm,
        reason,
        state: null,
        outboxId: null,
        segments: said,
        price: said === null ? null : ((said * texting.pricePerSegment) as Micros),
        errorCode: null,
        code: null,
        leftAt: null,
        redeemedAt: null,
        part: person.part,
        words,
        channel: person.channel ?? 'sms',
        email: person.channel === 'email' ? (person.mail?.email ?? null) : null,
      };
    }),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Listed {
  person: AudiencePerson;
  arm: CampaignPersonRow['arm'];
  reason: string | null;
  words: WordsKey | null;
  /** What it is sorted by. */
  key: string;
}

interface Looked {
  audience: Audience;
  times: Times;
  byName: Listed[];
}

/** Everybody of them in the order of a list. */
async function listOf(audience: Audience, split: Split): Promise<Listed[]> {
  const list: Listed[] = [];
  const add = (person: AudiencePerson, rest: Pick<Listed, 'arm' | 'reason' | 'words'>) =>
    list.push({ person, ...rest, key: `${person.lastName}\u0000${person.firstName}`.toLowerCase() });
  await eachInTurns(split.text, (p) => add(p, { arm: 'text', reason: null, words: split.reads.get(p.id) ?? BASE_WORDS }));
  await eachInTurns(split.control, (p) => add(p, { arm: 'control', reason: null, words: null }));
  await eachInTurns(audience.excluded, (e) => add(e.person, { arm: 'excluded', reason: e.reason, words: null }));
  return inTurns(sorting(list, (a, b) => compare(a.key, b.key) || a.person.id - b.person.id));
}

/** Whoever leafs through a list asks for one page after the other. */
const KEEP_MS = 20_000;
const kept = new WeakMap<Db, { key: string; at: UtcMs; looked: Looked }>();

/** A draft's people as of an hour, remembered for a moment. */
async function lookedAt(ctx: Ctx, campaign: Campaign, at: UtcMs | null): Promise<Looked | null> {
  const rules = rulesOf(ctx, campaign);
  if (rules.length === 0) return null;
  const now = ctx.clock.now();
  const key = JSON.stringify([campaign.id, campaign.updatedAt, rules, at]);
  const known = kept.get(ctx.db);
  if (known && known.key === key && now >= known.at && now - known.at < KEEP_MS) return known.looked;
  const audience = await gather(ctx, rules, campaign, undefined, at ?? undefined);
  const split = await splitOf(ctx, campaign, audience);
  const begins = at === null ? audience.at : await beginsAt(ctx, campaign, audience.reachable, at, MINUTE);
  const times = await timesOf(ctx, campaign, split.text, begins, at !== null);
  const looked = { audience, times, byName: await listOf(audience, split) };
  kept.set(ctx.db, { key, at: now, looked });
  return looked;
}

/** How the people of a started campaign divide, with each reason for no text. `dropOuts`: quoted, and left out since; among `excluded`. */
export function divisionOf(
  ctx: Ctx,
  id: CampaignId,
): {
  text: number;
  control: number;
  excluded: { reason: string; count: number }[];
  dropOuts: number;
  parts: { part: number; text: number; control: number; excluded: { reason: string; count: number }[] }[];
} {
  const counts = peopleCounts(ctx.db, id);
  const divided = (some: typeof counts) => ({
    text: sum(some.filter((c) => c.arm === 'text')),
    control: sum(some.filter((c) => c.arm === 'control')),
    excluded: byReason(some.filter((c) => c.arm === 'excluded')),
  });
  const positions = [...new Set(counts.map((c) => c.part))].sort((a, b) => a - b);
  return {
    ...divided(counts),
    dropOuts: sum(counts.filter((c) => c.dropOut === 1)),
    parts: positions.map((part) => ({ part, ...divided(counts.filter((c) => c.part === part)) })),
  };
}

const sum = (counts: readonly { count: number }[]): number => counts.reduce((n, c) => n + c.count, 0);

function byReason(counts: readonly { reason: string | null; count: number }[]): { reason: string; count: number }[] {
  const out = new Map<string, number>();
  for (const c of counts) out.set(c.reason ?? '', (out.get(c.reason ?? '') ?? 0) + c.count);
  return [...out].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
