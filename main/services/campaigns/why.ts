import { type Campaign, campaignById, USUAL_TOPIC } from '@db/queries/campaigns';
import { type Customer, customerById, customersByPhone } from '@db/queries/customers';
import { marketingLeft } from '@db/queries/outbox';
import { tappedAt } from '@db/queries/taps';
import { campaignsBeside, holdsFor, mergesInto, othersOfNumber, type PlaceInCampaign, placeIn, stepTaken } from '@db/queries/why';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { parseWordsKey, type WordsKey } from '@domain/campaigns/parts';
import type { ConsentState } from '@domain/consent/status';
import { showName } from '@domain/customers/name';
import { AppError } from '@domain/errors';
import { type CampaignId, type CustomerId, DAY, type UtcMs } from '@domain/kernel';
import { describeCondition } from '@domain/segments/describe';
import { explain } from '@domain/segments/explain';
import { ownFigure } from '@domain/segments/own-figure';
import type { Condition } from '@domain/segments/rule';
import { whyNotNow } from '../consent/may-text';
import { consentOf } from '../consent/read';
import type { Ctx } from '../ctx';
import { namesOf, sentenceOf } from '../segments/names';
import { factsAt, factsNow } from '../segments/segments';
import { gatherThese, rulesOf } from './audience';

/** What became of somebody in a campaign, in one word. */
export type WhyOutcome =
  | 'got'
  | 'on-the-way'
  | 'not-confirmed'
  | 'waits'
  | 'not-delivered'
  | 'left-out'
  | 'comparison'
  | 'excluded'
  | 'not-in-group'
  | 'joined-later'
  | 'follow-up-not-reached'
  | 'would-get'
  | 'no-group';

const OF_STATE: Readonly<Record<NonNullable<PlaceInCampaign['state']>, WhyOutcome>> = {
  staged: 'waits',
  waiting: 'waits',
  scheduled: 'waits',
  sending: 'on-the-way',
  accepted: 'on-the-way',
  queued: 'on-the-way',
  sent: 'on-the-way',
  uncertain: 'not-confirmed',
  delivered: 'got',
  undelivered: 'not-delivered',
  failed: 'not-delivered',
  rejected: 'not-delivered',
  skipped: 'left-out',
  cancelled: 'left-out',
};

const BEFORE_START = ['draft', 'scheduled', 'staging'];

/**
 * "Why did, or didn't, Anna get this?" Of a campaign that was started: what was written down of her then, her text's fate, and how the
 * rule that was frozen answers for her today. Of one that was not: who would get it, by the very decision a review makes.
 * @throws AppError campaign.not-found | customer.not-found
 */
export async function whyCampaign(ctx: Ctx, input: { campaignId: CampaignId; customerId: CustomerId }) {
  const campaign = campaignById(ctx.db, input.campaignId);
  if (!campaign) throw new AppError('campaign.not-found');
  const person = customerById(ctx.db, input.customerId);
  if (!person) throw new AppError('customer.not-found');
  const started = !BEFORE_START.includes(campaign.state);
  const place = started ? placeIn(ctx.db, campaign.id, person.id) : undefined;
  const groups = groupsOf(ctx, campaign, person);
  const path = pathOf(ctx, campaign, person.id);
  const decided = started ? null : await wouldGet(ctx, campaign, person);
  const outcome = outcomeOf({ campaign, person, started, place, decided, groups, path: path !== null });
  const part = place?.part ?? decided?.part ?? null;
  const key = place?.words ? (place.words as WordsKey) : null;
  return {
    person: { id: person.id, name: showName(person), phone: person.phone },
    campaign: {
      id: campaign.id,
      name: campaign.name,
      state: campaign.state,
      startedAt: campaign.startedAt,
      scheduledAt: campaign.scheduledAt,
      holdoutPercent: campaign.holdoutPercent,
    },
    started,
    outcome,
    /** An exclusion, or why a text was left out, waits or did not arrive. */
    reason: place ? place.reason : (decided?.reason ?? null),
    at: place ? place.drawnAt : null,
    groups,
    path,
    read:
      part === null
        ? null
        : { part, name: campaign.parts.find((p) => p.position === part)?.name ?? '', ...readsOf(key), parts: campaign.parts.length },
    text:
      place?.outboxId == null
        ? null
        : {
            outboxId: place.outboxId,
            state: place.state,
            body: place.body ?? '',
            code: place.code,
            leftAt: place.leftAt,
            finalAt: place.finalAt,
            retryAt: place.retryAt,
            errorCode: place.errorCode,
          },
    did: {
      repliedAt: place?.repliedAt ?? null,
      redeemedAt: place?.redeemedAt ?? null,
      tappedAt: tappedAt(ctx.db, campaign.id, person.id),
    },
    ...standing(ctx, person),
    topic: campaign.topic === '' || campaign.topic === USUAL_TOPIC ? null : campaign.topic,
    sameNumber: sameNumber(ctx, campaign, person, started),
    merged: mergesInto(ctx.db, person.id).map((m) => ({ at: m.at, name: showName(m) })),
  };
}

const readsOf = (key: WordsKey | null) => {
  const w = key === null ? null : parseWordsKey(key);
  return { language: w?.language ?? null, arm: w?.arm ?? null, links: w?.links ?? null };
};

function outcomeOf(o: {
  campaign: Campaign;
  person: Customer;
  started: boolean;
  place: PlaceInCampaign | undefined;
  decided: { reason: string | null } | null;
  groups: readonly unknown[];
  path: boolean;
}): WhyOutcome {
  const { place } = o;
  if (place?.arm === 'control') return 'comparison';
  if (place?.arm === 'excluded') return 'excluded';
  if (place) return place.state === null ? 'left-out' : OF_STATE[place.state];
  if (o.path) return 'follow-up-not-reached';
  if (o.started) return o.campaign.startedAt !== null && o.person.createdAt > o.campaign.startedAt ? 'joined-later' : 'not-in-group';
  if (o.groups.length === 0) return 'no-group';
  if (o.decided === null) return 'not-in-group';
  return o.decided.reason === null ? 'would-get' : 'excluded';
}

export interface WhyCondition {
  /** As it stands in the sentence: "came in the last 30 days". */
  words: string;
  holds: boolean;
  wanted: boolean;
  /** Their own figure, where there is one: "last in 12 days ago". */
  own: string | null;
}

/** Each part's group: whether they belong as of today, and the conditions that decide. */
function groupsOf(ctx: Ctx, campaign: Campaign, person: Customer) {
  if (campaign.parentId !== null) return [];
  const shop = factsNow(ctx);
  const names = namesOf(ctx);
  const nobody = person.weak;
  const conditionOf = (c: Condition): string => describeCondition(c, names);
  return rulesOf(ctx, campaign).map(({ position, rule }) => {
    const { belongs, because } = explain(rule, (c) => holdsFor(ctx.db, c, shop, person.id));
    return {
      position,
      name: campaign.parts.find((p) => p.position === position)?.name ?? '',
      sentence: sentenceOf(ctx, rule),
      belongs: belongs && !nobody,
      /** A record a till made up for a card nobody signed. */
      nobody,
      because: because.map(
        ({ condition, holds, wanted }): WhyCondition => ({
          words: conditionOf(condition),
          holds,
          wanted,
          own: ownFigure(condition, person, { now: shop.now, zone: shop.zone, money: names.money }),
        }),
      ),
    };
  });
}

/** Of a follow-up: what they did at the step before, and where it took them. */
function pathOf(ctx: Ctx, campaign: Campaign, id: CustomerId) {
  if (campaign.parentId === null) return null;
  const parent = campaignById(ctx.db, campaign.parentId);
  const move = stepTaken(ctx.db, campaign.parentId, id);
  return {
    parentId: campaign.parentId,
    parentName: parent?.name ?? '',
    inParent: placeIn(ctx.db, campaign.parentId, id)?.arm ?? null,
    move: move === undefined ? null : { ...move, here: move.toId === campaign.id },
  };
}

/** What a review would decide about them now, together with whoever shares their number; null = in none of its groups. */
async function wouldGet(ctx: Ctx, campaign: Campaign, person: Customer): Promise<{ part: number; reason: string | null } | null> {
  const rules = rulesOf(ctx, campaign);
  const shop = campaign.scheduledAt === null ? factsNow(ctx) : factsAt(ctx, campaign.scheduledAt);
  const family = person.phone === null ? [person] : customersByPhone(ctx.db, person.phone);
  const members = new Map<CustomerId, number>();
  for (const p of family) {
    if (p.weak) continue;
    const part = rules.find(({ rule }) => holdsFor(ctx.db, rule, shop, p.id));
    if (part) members.set(p.id, part.position);
  }
  const part = members.get(person.id);
  if (part === undefined) return null;
  const { excluded } = await gatherThese(ctx, members, campaign, undefined, campaign.scheduledAt ?? undefined);
  return { part, reason: excluded.find((e) => e.person.id === person.id)?.reason ?? null };
}

/** What stands in the way of any text to them today: permission, the month, the days between, the hours. */
function standing(ctx: Ctx, person: Customer) {
  const now = ctx.clock.now();
  const { shop, courtesy } = ctx.settings();
  const { phone } = person;
  const when = whyNotNow(ctx, { customerId: person.id, phone: null }, 'marketing');
  const empty = { permission: null, month: null, spacing: null, now: when };
  if (phone === null) return empty;
  const consents = consentOf(ctx.db, ctx.hmacKey, phone, now);
  const marketing = consents.find((c) => c.purpose === 'marketing');
  const today = shopDay(now, shop.zone);
  const month = startOfDay(`${today.slice(0, 7)}-01` as typeof today, shop.zone);
  const gap = Math.max(1, courtesy.spacingDays);
  const left = marketingLeft(ctx.db, phone, Math.min(month, startOfDay(addDays(today, -gap), shop.zone)) as UtcMs);
  const last = left.filter((at) => at <= now).at(-1) ?? null;
  return {
    permission: {
      state: (marketing?.state ?? 'never') as ConsentState,
      since: marketing?.since ?? null,
      topics: consents.filter((c) => c.purpose.startsWith('topic:') && c.state === 'in').map((c) => c.purpose.slice('topic:'.length)),
    },
    month: {
      used: left.filter((at) => at >= month && shopDay(at, shop.zone).slice(0, 7) === today.slice(0, 7)).length,
      promised: marketing?.promiseMax ?? courtesy.promisePerMonth,
    },
    spacing: last === null ? null : { lastAt: last, freeAt: (last + gap * DAY) as UtcMs, days: gap },
    now: when,
  };
}

function sameNumber(ctx: Ctx, campaign: Campaign, person: Customer, started: boolean) {
  if (person.phone === null) return [];
  const there = new Map(started ? othersOfNumber(ctx.db, campaign.id, person.phone, person.id).map((o) => [o.customerId, o.arm]) : []);
  return customersByPhone(ctx.db, person.phone)
    .filter((o) => o.id !== person.id && !o.weak)
    .slice(0, 5)
    .map((o) => ({ id: o.id, name: showName(o), gotIt: there.get(o.id) === 'text' }));
}

/** Campaigns somebody may be asked about, newest first, with what became of them there where it is written down. */
export function whyChoices(ctx: Ctx, input: { customerId: CustomerId; find: string }) {
  return campaignsBeside(ctx.db, input.customerId, { find: input.find.trim(), limit: 50 }).map(({ arm, textState, ...c }) => ({
    ...c,
    outcome:
      arm === null
        ? null
        : arm === 'control'
          ? ('comparison' as const)
          : arm === 'excluded' || textState === null
            ? ('excluded' as const)
            : OF_STATE[textState],
  }));
}
