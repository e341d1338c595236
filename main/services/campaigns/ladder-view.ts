import { peopleCounts } from '@db/queries/campaign-people';
import { type Campaign, campaignById } from '@db/queries/campaigns';
import { type At, moveCounts, namesOf, type PersonAt, peopleAt, peopleMoved, type TextCounts, textCounts } from '@db/queries/ladder-facts';
import { type Ladder, type LadderStep, ladderById, spentBySteps, stepsOf } from '@db/queries/ladders';
import { type LadderReaction, type LadderTerms, nextStep, reactionOf } from '@domain/campaigns/ladder';
import { AppError } from '@domain/errors';
import type { CampaignId, CustomerId, Micros, PhoneE164, UtcMs } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { senderState } from '../outbox/sender-state';
import { salesKnown } from '../outbox/stale-sales';

/** Where somebody stands who has not left a place: what they did so far, or that their text is on its way. */
export type Standing = LadderReaction | 'on-the-way';

/** One place of a path, as it stands. */
export interface PlaceFigures {
  id: CampaignId;
  texts: TextCounts;
  heldOut: number;
  /** Came here and got no text: why, and how many of them are tried once more. */
  leftOut: { reason: string; count: number }[];
  again: number;
  /** People who got the text and have not left, by what they did so far: who would be in which branch today. */
  here: { standing: Standing; count: number }[];
  /** Their paths ended here: why. */
  ended: { reason: string; count: number }[];
  /** When the next of them is due for a step; null = nobody is. */
  nextAt: UtcMs | null;
}

export interface PathFigures {
  places: PlaceFigures[];
  spent: { texts: number; price: Micros };
  ceiling: { texts: number; price: Micros } | null;
  currency: string;
  /** Steps of those who did nothing wait for the till file. */
  waitsForSales: boolean;
}

const AT_ONCE = 100;

/** Every place of a path with its conditions; shared by whoever looks through it. */
export function placesOf(ctx: Ctx, rootId: CampaignId): { at: At; branches: LadderStep[]; terms: LadderTerms }[] {
  const ladder = ladderById(ctx.db, rootId);
  const root = campaignById(ctx.db, rootId);
  if (!ladder || !root) throw new AppError('campaign.not-found');
  const steps = stepsOf(ctx.db, rootId);
  return [placeOf(ctx, ladder, root, steps, null), ...steps.map((s) => placeOf(ctx, ladder, root, steps, s))];
}

/** One of them; null = there is no such place. */
export function placeFor(ctx: Ctx, rootId: CampaignId, fromId: CampaignId): ReturnType<typeof placesOf>[number] | null {
  const ladder = ladderById(ctx.db, rootId);
  const root = campaignById(ctx.db, rootId);
  if (!ladder || !root) return null;
  const steps = stepsOf(ctx.db, rootId);
  const step = steps.find((s) => s.id === fromId);
  return fromId === rootId || step ? placeOf(ctx, ladder, root, steps, step ?? null) : null;
}

function placeOf(ctx: Ctx, ladder: Ladder, root: Campaign, steps: readonly LadderStep[], step: LadderStep | null) {
  const { bought } = ladder.stops;
  const from = step === null ? root : campaignById(ctx.db, step.id);
  const branches = steps.filter((s) => s.parentId === (step?.id ?? root.id));
  const at: At = {
    rootId: root.id,
    fromId: step?.id ?? root.id,
    parentId: step?.parentId ?? null,
    bought: bought === null ? null : { ...bought, since: (root.startedAt ?? 0) as UtcMs },
  };
  const terms: LadderTerms = {
    stops: ladder.stops,
    zone: ctx.settings().shop.zone,
    windowDays: Math.max(from?.windowDays ?? 0, ...branches.map((b) => b.afterDays)),
    patienceDays: ladder.patienceDays,
  };
  return { at, branches, terms };
}

/** Everybody at a place who has not left it, some at a time. */
async function eachAt(ctx: Ctx, at: At, see: (p: PersonAt) => void, signal?: AbortSignal): Promise<void> {
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    signal?.throwIfAborted();
    const people = peopleAt(ctx.db, at, after, AT_ONCE);
    for (const p of people) see(p);
    const last = people.at(-1);
    if (!last || people.length < AT_ONCE) return;
    after = last.id;
    await nextTurn();
  }
}

/** A path as it runs: who is where, who got which text, whose path ended and why. */
export async function pathFigures(ctx: Ctx, rootId: CampaignId, signal?: AbortSignal): Promise<PathFigures> {
  const ladder = ladderById(ctx.db, rootId);
  if (!ladder) throw new AppError('campaign.not-found');
  const moves = moveCounts(ctx.db, rootId);
  const places: PlaceFigures[] = [];
  const now = ctx.clock.now();
  for (const { at, branches, terms } of placesOf(ctx, rootId)) {
    const here = new Map<Standing, number>();
    let nextAt: UtcMs | null = null;
    await eachAt(
      ctx,
      at,
      (p) => {
        if (p.arm === 'control') return;
        const standing = reactionOf(p) ?? 'on-the-way';
        here.set(standing, (here.get(standing) ?? 0) + 1);
        const next = nextStep(p, branches, terms, now);
        const due = next.do === 'move' ? next.dueAt : next.do === 'wait' && branches.length > 0 ? next.until : null;
        if (due !== null && (nextAt === null || due < nextAt)) nextAt = due;
      },
      signal,
    );
    const people = peopleCounts(ctx.db, at.fromId);
    const ended = moves.filter((m) => m.fromId === at.fromId && m.outcome === 'end');
    const into = moves.filter((m) => m.toId === at.fromId);
    places.push({
      id: at.fromId,
      texts: textCounts(ctx.db, at.fromId),
      heldOut: people.filter((c) => c.arm === 'control').reduce((n, c) => n + c.count, 0),
      leftOut: together(into.filter((m) => m.outcome === 'left-out' || m.outcome === 'blocked')),
      again: into.filter((m) => m.outcome === 'blocked').reduce((n, m) => n + m.count, 0),
      here: [...here].map(([standing, count]) => ({ standing, count })),
      ended: together(ended),
      nextAt,
    });
  }
  const spent = spentBySteps(ctx.db, rootId);
  return {
    places,
    spent,
    ceiling:
      ladder.ceilingTexts === null || ladder.ceilingPrice === null ? null : { texts: ladder.ceilingTexts, price: ladder.ceilingPrice },
    currency: ctx.settings().texting.priceCurrency,
    waitsForSales: ladder.state === 'running' && salesKnown(ctx, senderState(ctx), now).behind,
  };
}

function together(rows: readonly { reason: string | null; count: number }[]): { reason: string; count: number }[] {
  const out = new Map<string, number>();
  for (const r of rows) out.set(r.reason ?? '', (out.get(r.reason ?? '') ?? 0) + r.count);
  return [...out].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

export interface PathPerson {
  customerId: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  /** Why they got no text, or why their path ended. */
  reason: string | null;
  at: UtcMs | null;
}

/** People behind one of the counts, by name. */
export async function pathPeople(
  ctx: Ctx,
  o: { rootId: CampaignId; placeId: CampaignId; which: { standing: Standing } | { ended: string } | { leftOut: string } },
  page: { offset: number; limit: number },
): Promise<{ rows: PathPerson[]; total: number }> {
  const place = placeFor(ctx, o.rootId, o.placeId);
  if (!place) throw new AppError('campaign.not-found');
  if ('ended' in o.which) return peopleMoved(ctx.db, { fromId: o.placeId, toId: null, reason: o.which.ended }, page);
  if ('leftOut' in o.which) {
    const { parentId } = place.at;
    return parentId === null
      ? { rows: [], total: 0 }
      : peopleMoved(ctx.db, { fromId: parentId, toId: o.placeId, reason: o.which.leftOut }, page);
  }
  const wanted = o.which.standing;
  const ids: CustomerId[] = [];
  await eachAt(ctx, place.at, (p) => {
    if (p.arm === 'text' && (reactionOf(p) ?? 'on-the-way') === wanted) ids.push(p.id);
  });
  const names = namesOf(ctx.db, ids.slice(page.offset, page.offset + page.limit));
  return { rows: names.map(({ id, ...n }) => ({ customerId: id, ...n, reason: null, at: null })), total: ids.length };
}
