import { ownTemplates } from '@db/queries/campaign-templates';
import { offerById } from '@db/queries/offers';
import { rollingCampaigns } from '@db/queries/quarter-tests';
import { startedCampaign } from '@db/queries/reports';
import { type SentTo, sentToOneGroup } from '@db/queries/suggestions';
import type { Interval } from '@domain/attribution/intervals';
import { shopDay } from '@domain/calendar';
import { type CampaignId, DAY, type OfferId, type ShopDay, type UtcMs } from '@domain/kernel';
import { inOrder, type KeepEvidence, type KeepReason, type KeepVerdict, keepOrChange, readyTextOf } from '@domain/reports/keep';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { type Counting, resultsUpToDate } from '../results/keeper';
import { essentials } from './campaign';
import { coveredThrough } from './coverage';
import { comparedOf } from './like';

export interface QuarterlyLine {
  kind: KeepEvidence['kind'];
  /** The offer's name, the owner's name of a text, or the words themselves. */
  name: string;
  /** Of a ready-made text. */
  readyKey: string | null;
  offerId: OfferId | null;
  verdict: KeepVerdict;
  reason: KeepReason;
  pooled: Interval | null;
  campaigns: number;
  delivered: number;
  stops: number;
  redeemed: number;
  withCode: boolean;
  /** The newest campaign it stands on. */
  lastId: CampaignId;
  lastName: string;
}

const YEAR = 365 * DAY;
const MOST = 200;
const MOST_LINES = 60;

interface Gathered {
  head: Pick<QuarterlyLine, 'kind' | 'name' | 'readyKey' | 'offerId' | 'lastId' | 'lastName'>;
  evidence: { -readonly [K in keyof KeepEvidence]: KeepEvidence[K] };
}

/** Each text and each offer of the last year's measured campaigns, as keep, change or switch off. */
export async function quarterly(ctx: Ctx): Promise<{ since: ShopDay; lines: QuarterlyLine[] } & Counting> {
  const { counting } = await resultsUpToDate(ctx, 'all');
  const since = (ctx.clock.now() - YEAR) as UtcMs;
  const covered = coveredThrough(ctx);
  const rolling = rollingCampaigns(ctx.db);
  const own = new Map(ownTemplates(ctx.db).map((t) => [t.body.trim(), t.name]));
  const found = new Map<string, Gathered>();
  for (const sent of sentToOneGroup(ctx.db, MOST)) {
    const head = startedCampaign(ctx.db, sent.id);
    if (!head || head.startedAt < since) continue;
    const { figures: f, window, comparison } = essentials(ctx, head, covered);
    if (window.state !== 'closed' || f.left === 0) continue;
    const compared = rolling.has(sent.id) ? null : comparedOf(comparison);
    const profit = comparison?.verdict.measure === 'profit' ? comparison.verdict.code : null;
    for (const [key, line] of subjectsOf(ctx, { ...sent, name: head.name }, own)) {
      const g = found.get(key) ?? { head: line, evidence: { ...NOTHING, kind: line.kind } };
      found.set(key, g);
      const e = g.evidence;
      e.campaigns++;
      e.delivered += f.delivered;
      e.stops += f.stopped;
      e.redeemed += f.redeemed;
      e.withCode ||= sent.offerId !== null;
      if (compared !== null) e.compared = [...e.compared, compared];
      if (profit === 'made-money') e.madeMoney++;
      if (profit === 'lost') e.lostMoney++;
    }
    await nextTurn();
  }
  // words used once are a campaign, not a text to keep: its own page tells
  const lines = [...found.values()].filter((g) => g.head.kind === 'offer' || isTemplate(g, own) || g.evidence.campaigns > 1);
  return { since: shopDay(since, ctx.settings().shop.zone), counting, lines: inOrder(lines.map(lineOf)).slice(0, MOST_LINES) };
}

const NOTHING: Omit<KeepEvidence, 'kind'> = {
  campaigns: 0,
  delivered: 0,
  stops: 0,
  redeemed: 0,
  withCode: false,
  compared: [],
  madeMoney: 0,
  lostMoney: 0,
};

const isTemplate = (g: Gathered, own: ReadonlyMap<string, string>) => g.head.readyKey !== null || [...own.values()].includes(g.head.name);

function subjectsOf(ctx: Ctx, sent: SentTo & { name: string }, own: ReadonlyMap<string, string>): [string, Gathered['head']][] {
  const body = sent.body.trim();
  const readyKey = readyTextOf(body);
  const base = { lastId: sent.id, lastName: sent.name, readyKey: null, offerId: null };
  const text: [string, Gathered['head']] = [`text:${readyKey ?? body}`, { ...base, kind: 'text', name: own.get(body) ?? body, readyKey }];
  if (sent.offerId === null) return [text];
  const offerId = sent.offerId as OfferId;
  return [text, [`offer:${offerId}`, { ...base, kind: 'offer', name: offerById(ctx.db, offerId)?.name ?? '', offerId }]];
}

function lineOf(g: Gathered): QuarterlyLine {
  const { campaigns, delivered, stops, redeemed, withCode } = g.evidence;
  return { ...g.head, ...keepOrChange(g.evidence), campaigns, delivered, stops, redeemed, withCode };
}
