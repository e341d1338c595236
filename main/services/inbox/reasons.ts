import {
  endRemedy,
  insertRemedy,
  leaversSince,
  marketingTexts,
  type RemedyRow,
  remedies,
  remedyById,
  textsByCampaign,
} from '@db/queries/leaving';
import { listTopics } from '@db/queries/topics';
import { AppError } from '@domain/errors';
import { type CampaignId, DAY, type SegmentId, type UtcMs } from '@domain/kernel';
import {
  comparedSpans,
  countReasons,
  type Effect,
  effectOf,
  type Leaver,
  leaversByMonth,
  longerSpacing,
  lowerPromise,
  type ReasonCounts,
} from '@domain/reports/leaving';
import type { Ctx, Session } from '../ctx';
import { saveCourtesy } from '../settings/settings';

const MONTHS = 12;
const RECENT_MS = 90 * DAY;
const MOST_LINES = 12;
const MOST_REMEDIES = 20;

export interface LeavingLine {
  id: number;
  name: string;
  texts: number;
  left: number;
  reasons: ReasonCounts;
}

/** What one click would change. */
export interface RemedyOffer {
  kind: 'longer-spacing' | 'lower-promise';
  reason: 'too-many';
  before: number;
  after: number;
}

export interface Leaving {
  months: { month: string; reasons: ReasonCounts }[];
  /** The last 90 days. */
  recent: { left: number; texts: number; reasons: ReasonCounts };
  /** Whose last text within a week before was this campaign's; the last twelve months. */
  campaigns: LeavingLine[];
  groups: LeavingLine[];
  offers: RemedyOffer[];
  topics: { slug: string; name: string }[];
  done: (Omit<RemedyRow, 'undoneAt'> & { undoneAt: UtcMs | null; mayUndo: boolean; effect: Effect })[];
}

/** Why people left: over time, by campaign and by group; what could be done about it, and whether what was done helped. */
export function whyPeopleLeft(ctx: Ctx): Leaving {
  const now = ctx.clock.now();
  const { shop, courtesy } = ctx.settings();
  const past = remedies(ctx.db, MOST_REMEDIES);
  const oldest = Math.min(now - 366 * DAY, ...past.map((r) => r.doneAt - RECENT_MS)) as UtcMs;
  const leavers = leaversSince(ctx.db, oldest);
  const year = (now - 365 * DAY) as UtcMs;
  const since = (now - RECENT_MS) as UtcMs;
  const recent = leavers.filter((l) => l.at >= since);
  const reasons = countReasons(recent);
  const [days, promise] = [longerSpacing(courtesy.spacingDays), lowerPromise(courtesy.promisePerMonth)];
  const offers: RemedyOffer[] = [];
  if (days !== null) offers.push({ kind: 'longer-spacing', reason: 'too-many', before: courtesy.spacingDays, after: days });
  if (promise !== null) offers.push({ kind: 'lower-promise', reason: 'too-many', before: courtesy.promisePerMonth, after: promise });
  return {
    months: leaversByMonth(leavers, now, shop.zone, MONTHS),
    recent: { left: recent.length, texts: marketingTexts(ctx.db, since, now), reasons },
    ...lines(
      ctx,
      leavers.filter((l) => l.at >= year),
      year,
    ),
    offers,
    topics: listTopics(ctx.db).map((t) => ({ slug: t.slug, name: t.name.en })),
    done: past.map((r) => ({ ...r, mayUndo: mayUndo(ctx, r), effect: effectNow(ctx, r, leavers, now) })),
  };
}

function lines(ctx: Ctx, leavers: readonly Leaver[], since: UtcMs): Pick<Leaving, 'campaigns' | 'groups'> {
  const sent = textsByCampaign(ctx.db, since);
  // a campaign of several groups has a line for each
  const totals = new Map<number, { name: string; texts: number }>();
  for (const c of sent) totals.set(c.campaignId, { name: c.name, texts: c.texts + (totals.get(c.campaignId)?.texts ?? 0) });
  const campaigns = [...totals].map(([id, { name, texts }]) => {
    const mine = leavers.filter((l) => l.text?.campaignId === id);
    return { id, name, texts, left: mine.length, reasons: countReasons(mine) };
  });
  const groups = new Map<SegmentId, LeavingLine>();
  for (const c of sent) {
    if (c.segmentId === null || groups.has(c.segmentId)) continue;
    const mine = leavers.filter((l) => l.text?.segmentId === c.segmentId);
    const texts = sent.filter((s) => s.segmentId === c.segmentId).reduce((n, s) => n + s.texts, 0);
    groups.set(c.segmentId, { id: c.segmentId, name: c.segment ?? '', texts, left: mine.length, reasons: countReasons(mine) });
  }
  const most = (all: LeavingLine[]) =>
    all
      .filter((l) => l.left > 0)
      .sort((a, b) => b.left - a.left || b.id - a.id)
      .slice(0, MOST_LINES);
  return { campaigns: most(campaigns), groups: most([...groups.values()]) };
}

function effectNow(ctx: Ctx, r: RemedyRow, leavers: readonly Leaver[], now: UtcMs): Effect {
  const { before, after } = comparedSpans(r.doneAt, r.undoneAt ?? now, now);
  const share = ([from, to]: [UtcMs, UtcMs]) => {
    const n = marketingTexts(ctx.db, from, to);
    const x = leavers.filter((l) => l.text !== null && l.text.at >= from && l.text.at < to).length;
    return { x: Math.min(x, n), n };
  };
  return effectOf(share(before), share(after));
}

const valueNow = (ctx: Ctx, kind: RemedyRow['kind']): string | null => {
  const { courtesy } = ctx.settings();
  if (kind === 'longer-spacing') return String(courtesy.spacingDays);
  return kind === 'lower-promise' ? String(courtesy.promisePerMonth) : null;
};

/** Only what still stands as it was set can be put back. */
const mayUndo = (ctx: Ctx, r: RemedyRow): boolean => r.undoneAt === null && valueNow(ctx, r.kind) === r.after;

/**
 * The one-click answer to "too many": texts further apart, or fewer promised to whoever signs up from now on. The value now on screen
 * must still be in force.
 * @throws AppError input.invalid
 */
export function applyRemedy(ctx: Ctx, session: Session, o: { kind: RemedyOffer['kind']; before: number }): { id: number } {
  const { courtesy } = ctx.settings();
  const now = o.kind === 'longer-spacing' ? courtesy.spacingDays : courtesy.promisePerMonth;
  const after = o.kind === 'longer-spacing' ? longerSpacing(now) : lowerPromise(now);
  if (now !== o.before || after === null) throw new AppError('input.invalid', { field: 'before' });
  return ctx.db.tx((trx) => {
    saveCourtesy(ctx, session, { ...courtesy, ...(o.kind === 'longer-spacing' ? { spacingDays: after } : { promisePerMonth: after }) });
    const id = insertRemedy(trx, {
      kind: o.kind,
      reason: 'too-many',
      before: String(now),
      after: String(after),
      campaignId: null,
      doneAt: ctx.clock.now(),
      staffId: session.staffId,
    });
    return { id };
  });
}

/** "Not for me": the next texts go to a club only. `campaignId`: the draft that was made for it. */
export function noteTopicRemedy(ctx: Ctx, session: Session, o: { topic: string | null; campaignId: CampaignId | null }): { id: number } {
  const topics = listTopics(ctx.db);
  if (o.topic !== null && !topics.some((t) => t.slug === o.topic)) throw new AppError('input.invalid', { field: 'topic' });
  return ctx.db.tx((trx) => ({
    id: insertRemedy(trx, {
      kind: o.topic === null ? 'ask-topics' : 'topic-campaign',
      reason: 'not-for-me',
      before: o.topic === null ? String(topics.length) : 'everybody',
      after: o.topic ?? String(topics.length),
      campaignId: o.campaignId,
      doneAt: ctx.clock.now(),
      staffId: session.staffId,
    }),
  }));
}

/**
 * Puts the value back that stood before. Refused when somebody has set another one since.
 * @throws AppError input.invalid
 */
export function undoRemedy(ctx: Ctx, session: Session, id: number): void {
  ctx.db.tx((trx) => {
    const r = remedyById(trx, id);
    if (!r || !mayUndo(ctx, r)) throw new AppError('input.invalid', { field: 'id' });
    const { courtesy } = ctx.settings();
    const value = Number(r.before);
    saveCourtesy(ctx, session, { ...courtesy, ...(r.kind === 'longer-spacing' ? { spacingDays: value } : { promisePerMonth: value }) });
    endRemedy(trx, id, ctx.clock.now());
  });
}
