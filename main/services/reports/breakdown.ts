import { campaignById } from '@db/queries/campaigns';
import { type DrillFilter, type DrillRow, drillCount, drillPeople, reasonsLeft } from '@db/queries/drill';
import { stepsOf } from '@db/queries/ladders';
import { offerById } from '@db/queries/offers';
import { outcomeTotals } from '@db/queries/outcomes';
import { listedCampaigns, startedCampaign } from '@db/queries/reports';
import { segmentById } from '@db/queries/segments';
import { linkSource } from '@db/queries/taps';
import { type Interval, newcombe, wilson } from '@domain/attribution/intervals';
import { AppError } from '@domain/errors';
import type { CampaignId, CustomerId, OfferId, ShopDay } from '@domain/kernel';
import { noSums, OUTCOME_SUMS, type OutcomeTotal } from '@domain/reports/outcome';
import { eachInTurns } from '../chunks';
import type { Ctx } from '../ctx';
import { type Counting, resultsUpToDate } from '../results/keeper';
import { coveredThrough } from './coverage';
import { type CampaignLine, lineOf } from './overview';

/** What of a campaign's figures can be told apart: each part, wording and side, and each branch of its follow-ups. */
export interface Breakdown extends Counting {
  /** False: no website tells who opened a link, nothing of it is shown. */
  readonly taps: boolean;
  readonly rows: OutcomeTotal[];
  readonly parts: { readonly part: number; readonly name: string; readonly offer: string | null }[];
  /** The first text, then the branches of its path; empty where there is none. */
  readonly branches: {
    readonly campaignId: CampaignId;
    readonly parentId: CampaignId | null;
    readonly reaction: string | null;
    readonly afterDays: number;
    readonly name: string;
    readonly offer: string | null;
    readonly sums: Omit<OutcomeTotal, 'part' | 'words' | 'arm'>;
  }[];
  readonly left: { readonly why: string | null; readonly count: number }[];
}

const started = (ctx: Ctx, id: CampaignId) => {
  const head = startedCampaign(ctx.db, id);
  if (!head) throw new AppError('report.not-found');
  return head;
};

const offerName = (ctx: Ctx, id: OfferId | null): string | null => (id === null ? null : (offerById(ctx.db, id)?.name ?? null));

/** Texted people of a campaign, all parts and wordings together. */
function textedSums(ctx: Ctx, id: CampaignId): Breakdown['branches'][number]['sums'] {
  const sums = { people: 0, ...noSums() };
  for (const t of outcomeTotals(ctx.db, id)) {
    if (t.arm !== 'text') continue;
    sums.people += t.people;
    for (const k of OUTCOME_SUMS) sums[k] += t[k];
  }
  return sums;
}

/** A started campaign told apart by part, wording and step. @throws AppError report.not-found */
export async function breakdown(ctx: Ctx, id: CampaignId): Promise<Breakdown> {
  started(ctx, id);
  let { counting } = await resultsUpToDate(ctx, { campaignId: id });
  const steps = stepsOf(ctx.db, id);
  for (const s of steps) counting = Math.max(counting, (await resultsUpToDate(ctx, { campaignId: s.id })).counting);
  const called = (of: CampaignId) => {
    const c = campaignById(ctx.db, of);
    return { name: c?.name ?? '', offer: offerName(ctx, c?.offerId ?? null) };
  };
  const first = { campaignId: id, parentId: null, reaction: null, afterDays: 0, ...called(id), sums: textedSums(ctx, id) };
  return {
    taps: linkSource(ctx.db) !== null,
    rows: outcomeTotals(ctx.db, id),
    parts: (campaignById(ctx.db, id)?.parts ?? []).map((p) => ({
      part: p.position,
      name: p.name || (p.segmentId === null ? '' : (segmentById(ctx.db, p.segmentId)?.name ?? '')),
      offer: offerName(ctx, p.offerId),
    })),
    branches:
      steps.length === 0
        ? []
        : [
            first,
            ...steps.map((s) => ({
              campaignId: s.id,
              parentId: s.parentId,
              reaction: s.reaction,
              afterDays: s.afterDays,
              ...called(s.id),
              sums: textedSums(ctx, s.id),
            })),
          ],
    left: reasonsLeft(ctx.db, id),
    counting,
  };
}

export interface Drill extends Counting {
  readonly total: number;
  readonly rows: DrillRow[];
  /** Give it back for the next page; null = that was the last. */
  readonly next: CustomerId | null;
}

/** From a figure to its people. Between two pages nobody is shown twice, whatever is counted meanwhile. */
export async function figurePeople(
  ctx: Ctx,
  input: DrillFilter & { campaignId: CampaignId; after: CustomerId | null; limit: number },
): Promise<Drill> {
  const { campaignId, after, limit, ...filter } = input;
  started(ctx, campaignId);
  const { counting } = await resultsUpToDate(ctx, { campaignId });
  const rows = drillPeople(ctx.db, campaignId, filter, { after: after ?? Number.MIN_SAFE_INTEGER, limit: limit + 1 });
  const page = rows.slice(0, limit);
  return {
    counting,
    total: drillCount(ctx.db, campaignId, filter),
    rows: page,
    next: rows.length > limit ? (page[page.length - 1] as DrillRow).customerId : null,
  };
}

/** Every started campaign, newest first, a page at a time. */
export async function campaignLines(
  ctx: Ctx,
  page: { offset: number; limit: number },
): Promise<Counting & { total: number; campaigns: CampaignLine[]; coveredThrough: ShopDay | null }> {
  const { counting } = await resultsUpToDate(ctx, 'all');
  const covered = coveredThrough(ctx);
  const heads = listedCampaigns(ctx.db, Number.MAX_SAFE_INTEGER);
  const campaigns: CampaignLine[] = [];
  await eachInTurns(heads.slice(page.offset, page.offset + page.limit), (h) => void campaigns.push(lineOf(ctx, h, covered).line));
  return { counting, total: heads.length, campaigns, coveredThrough: covered };
}

export interface Compared {
  readonly line: CampaignLine;
  /** Of those whose text was delivered (Wilson 95 %); null where none was. */
  readonly came: Interval | null;
  readonly redeemed: Interval | null;
  readonly stopped: Interval | null;
}
export type ComparedFigure = 'came' | 'redeemed' | 'stopped';

/**
 * Two campaigns beside each other, share by share, and how far apart (first minus second, Newcombe 95 %). Nobody drew who got which: it
 * tells what happened, not which text is better.
 */
export async function compareTwo(
  ctx: Ctx,
  a: CampaignId,
  b: CampaignId,
): Promise<Counting & { a: Compared; b: Compared; difference: Record<ComparedFigure, Interval | null> }> {
  const heads = [started(ctx, a), started(ctx, b)] as const;
  let counting = 0;
  for (const h of heads) counting = Math.max(counting, (await resultsUpToDate(ctx, { campaignId: h.id })).counting);
  const covered = coveredThrough(ctx);
  const [x, y] = heads.map((h) => lineOf(ctx, h, covered).line) as [CampaignLine, CampaignLine];
  const counts = (l: CampaignLine, of: ComparedFigure) => {
    const n = l.delivered;
    return n === 0 ? null : { x: Math.min(of === 'stopped' ? l.stops : l[of], n), n };
  };
  const side = (line: CampaignLine): Compared => {
    const share = (of: ComparedFigure) => {
      const c = counts(line, of);
      return c && wilson(c);
    };
    return { line, came: share('came'), redeemed: share('redeemed'), stopped: share('stopped') };
  };
  const apart = (of: ComparedFigure) => {
    const [p, q] = [counts(x, of), counts(y, of)];
    return p && q ? newcombe(p, q) : null;
  };
  return {
    counting,
    a: side(x),
    b: side(y),
    difference: { came: apart('came'), redeemed: apart('redeemed'), stopped: apart('stopped') },
  };
}
