import { daySums } from '@db/queries/day-facts';
import { lastImportAt } from '@db/queries/imports';
import { counterFigures, creditFigures, healthFigures, listFigures, openNeeds, type Span, textFigures } from '@db/queries/reports-week';
import { sourcesWaiting } from '@db/queries/sources';
import { tillCheckMark } from '@db/queries/till-check';
import { needsOwner } from '@domain/account/health';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import type { Micros, ShopDay, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { isAccountLevel, knownCodes } from '@domain/outbox/twilio-errors';
import type { ListMove } from '@domain/reports/list-growth';
import type { Pace } from '@domain/reports/pace';
import type { TakenSummary } from '@domain/reports/taken';
import { type Need, needsInOrder, reachDay, type SenderHealth, senderHealth, type WeekFigures } from '@domain/reports/week';
import { accountFindings } from '../account/health';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { weeklyPaperFailed } from '../papers/state';
import { registrationNeed } from '../registration/need';
import { keepDays } from '../results/days';
import { type Counting, resultsUpToDate } from '../results/keeper';
import { unexplainedDiscounts } from '../results/till-check';
import { coveredThrough, openDaysMissing } from './coverage';
import { kept } from './kept';
import { recentMoves } from './moves';
import { type LatestLine, latestClosed } from './overview';
import { paceOf, signUpsOfWeek } from './sign-ups';
import { type Suggestion, suggestions } from './suggestions';

export interface ThisWeek {
  firstDay: ShopDay;
  lastDay: ShopDay;
  week: WeekFigures;
  before: WeekFigures;
  currency: string;
  coveredThrough: ShopDay | null;
  list: {
    known: number;
    withNumber: number;
    onList: number;
    joinedIn14Days: number;
    /** When 250 people may be texted at this pace: from there on results can be measured. */
    reach250At: UtcMs | null;
  };
  /** When the list is long enough to measure. */
  pace: Pace | null;
  signUps: { count: number; perHundred: number | null };
  /** The carriers have not approved the number yet. */
  waitsForCarriers: boolean;
  health: SenderHealth;
  needs: Need[];
  suggestions: Suggestion[];
  taken: TakenSummary;
  /** The newest campaign whose window is over and covered, with its verdict. */
  latest: LatestLine | null;
  /** Those before it, the newest first. */
  paid: LatestLine[];
}

/** Enough people for a holdout (rules.md §7). */
const MEASURABLE = 250;
/** The first line of the page, and what paid before it. */
const CLOSED_SHOWN = 4;

/** The owner's home: the last seven shop days up to and including today (or `lastDay`, for paper), beside the seven before. */
export async function thisWeek(ctx: Ctx, lastDay?: ShopDay): Promise<ThisWeek & Counting> {
  const { counting } = await resultsUpToDate(ctx, 'all');
  const { zone } = ctx.settings().shop;
  const { pricePerSegment, priceCurrency } = ctx.settings().texting;
  const now = ctx.clock.now();
  const today = shopDay(now, zone);
  const spanOf = (first: ShopDay, last: ShopDay): Span => ({
    firstDay: first,
    lastDay: last,
    from: startOfDay(first, zone),
    to: startOfDay(addDays(last, 1), zone),
  });
  const end = lastDay ?? today;
  const span = spanOf(addDays(end, -6), end);
  const previous = spanOf(addDays(end, -13), addDays(end, -7));
  await keepDays(ctx, undefined, { first: previous.firstDay, last: span.lastDay });
  const moves = await recentMoves(ctx);
  await nextTurn();
  const covered = coveredThrough(ctx);
  const discounts = await kept(
    ctx,
    'discounts',
    { shape: '1', mark: `${today}/${lastImportAt(ctx.db) ?? 0}/${tillCheckMark(ctx.db)}` },
    async () => unexplainedDiscounts(ctx),
  );
  const list = listFigures(ctx.db);
  const [latest, ...paid] = latestClosed(ctx, covered, CLOSED_SHOWN);
  const joinedIn14Days = moves.filter((m) => m.step > 0 && m.at >= now - 14 * DAY).length;
  return {
    firstDay: span.firstDay,
    lastDay: span.lastDay,
    week: figuresOf(ctx, span, moves, pricePerSegment),
    before: figuresOf(ctx, previous, moves, pricePerSegment),
    currency: priceCurrency,
    coveredThrough: covered,
    list: { ...list, joinedIn14Days, reach250At: reachDay(now, list.onList, joinedIn14Days, MEASURABLE) },
    pace: paceOf(ctx, list.onList, joinedIn14Days),
    signUps: await signUpsOfWeek(ctx, covered),
    waitsForCarriers: !ctx.settings().texting.senderApproved,
    health: senderHealth(healthFigures(ctx.db, (now - 30 * DAY) as UtcMs)),
    needs: needsOf(ctx, covered, now, discounts),
    ...(await suggestions(ctx)),
    latest: latest ?? null,
    paid,
    counting,
  };
}

function figuresOf(ctx: Ctx, span: Span, moves: readonly ListMove[], perSegment: Micros): WeekFigures {
  const mine = moves.filter((m) => m.at >= span.from && m.at < span.to);
  const texts = textFigures(ctx.db, span, perSegment);
  const { net: takings, looseRefunds, looseNet } = daySums(ctx.db, { first: span.firstDay, last: span.lastDay });
  const { direct, influenced } = creditFigures(ctx.db, span);
  return {
    joined: mine.filter((m) => m.step > 0).length,
    left: mine.filter((m) => m.step < 0).length,
    ...counterFigures(ctx.db, span),
    sent: texts.sent,
    delivered: texts.delivered,
    failed: texts.failed,
    takings,
    looseRefunds,
    looseNet,
    direct,
    influenced,
    cost: texts.cost as Micros,
  };
}

function needsOf(ctx: Ctx, covered: ShopDay | null, now: UtcMs, discounts: number): Need[] {
  const { backup, onboarding } = ctx.settings();
  const needs = openNeeds(ctx.db, (now - 7 * DAY) as UtcMs, knownCodes.filter(isAccountLevel));
  const plain = { campaignId: null, day: null };
  if (covered === null) needs.push({ code: 'no-import', count: 1, ...plain });
  else {
    const missing = openDaysMissing(ctx, covered);
    if (missing > 0) needs.push({ code: 'import-overdue', count: missing, campaignId: null, day: covered });
  }
  needs.push({ code: 'files-waiting', count: sourcesWaiting(ctx.db), ...plain });
  // nagged after 7 days (rules.md §9)
  if (backup.secondPlace === null && onboarding.finishedAt !== null && now - onboarding.finishedAt > 7 * DAY) {
    needs.push({ code: 'no-second-backup', count: 1, ...plain });
  }
  needs.push({ code: 'discounts', count: discounts, ...plain });
  needs.push({ code: 'paper-failed', count: weeklyPaperFailed(ctx) ? 1 : 0, ...plain });
  needs.push({ code: 'account', count: accountFindings(ctx).filter(needsOwner).length, ...plain });
  const approval = registrationNeed(ctx);
  if (approval !== null) needs.push({ code: approval, count: 1, ...plain });
  return needsInOrder(needs);
}
