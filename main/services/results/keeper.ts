import { derivedTx } from '@db/queries/bulk';
import { creditsOwed } from '@db/queries/credit-todo';
import { unfinishedImport } from '@db/queries/imports';
import { beginCount, countPage, countTodo, outcomeStates, outcomeTodo, peopleOf, workOff } from '@db/queries/outcomes';
import { startedCampaign, startedCampaigns } from '@db/queries/reports';
import type { CampaignId, ImportId } from '@domain/kernel';
import type { CampaignHead } from '@domain/reports/campaign';
import { creditsUpToDate } from '../attribution/recompute';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { keepSuggestions } from '../reports/suggestions';
import { keepDays } from './days';
import { noteFirstVerdicts } from './first-verdict';
import { marginsNow, marginsStamp } from './margins';

/** Raised whenever what a row says is defined anew: every shop then counts its campaigns again, in the background. */
const DEFINITION = 2;
const BUDGET_MS = 8;
/**
 * A report waits for so many people to be counted anew (a tenth of a second), for so many whose credit is behind, and for so many of
 * campaigns never counted; beyond that it shows what is there and says that it is counting.
 */
const WAITS_FOR = 3000;
const WAITS_FOR_CREDIT = 10_000;
const WAITS_FOR_NEW = 60_000;

/**
 * Keeps what results are read from: a row per person of each started campaign, and sales per day and hour. Everything that could change
 * one notes it by a trigger; this works the notes off, a few milliseconds at a time, the counter between. Nothing here decides anything:
 * emptied, all of it comes back the same.
 */
export async function keepResults(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  if (ctx.db.raw.readonly || unfinishedImport(ctx.db, 0 as ImportId) !== null) return 0; // an import goes first; what it touches is noted
  await creditsUpToDate(ctx);
  let changed = 0;
  for (const head of uncounted(ctx)) changed += await countCampaign(ctx, head, signal);
  changed += await catchUp(ctx, signal);
  changed += await keepDays(ctx, signal);
  await noteFirstVerdicts(ctx);
  await keepSuggestions(ctx);
  if (changed > 0) ctx.changed('reports');
  return changed;
}

/** What a campaign's rows are counted by. Asked once for all of them: settings and margins are read each time. */
function stamps(ctx: Ctx): (head: CampaignHead) => string {
  const margins = marginsStamp(ctx);
  return (head) => `${DEFINITION}/${head.startedAt}/${head.windowEndsAt}/${margins}`;
}

/** Started campaigns, newest first, that were never counted to the end under what holds now. */
function uncounted(ctx: Ctx): CampaignHead[] {
  const states = outcomeStates(ctx.db);
  const stampOf = stamps(ctx);
  return startedCampaigns(ctx.db, Number.MAX_SAFE_INTEGER).filter((head) => {
    const s = states.get(head.id);
    return s === undefined || s.upto !== null || s.stamp !== stampOf(head);
  });
}

/** The next chunk is as large as fits the budget. */
class Pace {
  size = 60;
  private took = 0;

  step<T>(work: () => T): T {
    const t = performance.now();
    const result = work();
    this.took = performance.now() - t;
    this.size = Math.max(10, Math.min(2000, Math.round(this.size * Math.min(1.5, Math.max(0.25, BUDGET_MS / Math.max(0.1, this.took))))));
    return result;
  }
}

async function countCampaign(ctx: Ctx, head: CampaignHead, signal?: AbortSignal): Promise<number> {
  const { db, clock } = ctx;
  const stamp = stamps(ctx)(head);
  if (outcomeStates(db).get(head.id)?.stamp !== stamp) derivedTx(db, (trx) => beginCount(trx, head, stamp, clock.now()));
  const margins = marginsNow(ctx);
  const pace = new Pace();
  for (let more = true; more; ) {
    signal?.throwIfAborted();
    more = pace.step(() => derivedTx(db, (trx) => countPage(trx, head, margins, pace.size, clock.now())));
    await nextTurn();
  }
  return 1;
}

/** Works off everybody who was noted. */
async function catchUp(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  const { db } = ctx;
  const margins = marginsNow(ctx);
  const heads = new Map<CampaignId, CampaignHead | undefined>();
  const headOf = (id: CampaignId) => {
    if (!heads.has(id)) heads.set(id, startedCampaign(db, id));
    return heads.get(id);
  };
  const pace = new Pace();
  let changed = 0;
  for (;;) {
    signal?.throwIfAborted();
    const todo = outcomeTodo(db, pace.size);
    if (todo.length === 0) return changed;
    changed += pace.step(() => derivedTx(db, (trx) => workOff(trx, headOf, margins, todo)));
    await nextTurn();
  }
}

export interface Counting {
  /** People whose figures are still being counted; 0 = everything shown is up to date. */
  readonly counting: number;
}

const behind = new WeakMap<Ctx['db'], Promise<unknown>>();

/**
 * Called by every report before it reads. What changed a moment ago is counted at once; after a large import, or for campaigns never
 * counted, the report shows what is there, says how many people are still being counted, and is asked again when they are.
 */
export async function resultsUpToDate(ctx: Ctx, want: { campaignId: CampaignId } | 'all'): Promise<Counting> {
  const { db } = ctx;
  const news = uncounted(ctx).filter((h) => want === 'all' || h.id === want.campaignId);
  const people = news.reduce((n, h) => n + peopleOf(db, h.id), 0);
  const waiting = () => countTodo(db, WAITS_FOR + 1);
  if (db.raw.readonly) return { counting: people + waiting() };
  const credit = creditsOwed(db, WAITS_FOR_CREDIT + 1);
  if (credit <= WAITS_FOR_CREDIT) await creditsUpToDate(ctx);
  // one campaign is always waited for: without it its page would show nothing
  const waits = want !== 'all' || people <= WAITS_FOR_NEW;
  if (waits) for (const head of news) await countCampaign(ctx, head);
  const todo = waiting();
  if (todo <= WAITS_FOR) await catchUp(ctx);
  const counting = (waits ? 0 : people) + (todo <= WAITS_FOR ? 0 : todo) + (credit <= WAITS_FOR_CREDIT ? 0 : credit);
  if (counting > 0) inBackground(ctx);
  return { counting };
}

function inBackground(ctx: Ctx): void {
  if (behind.has(ctx.db)) return;
  const run = keepResults(ctx)
    .then(() => ctx.changed('reports')) // also where nothing moved: whoever was told that it is being counted asks again
    .catch((error: unknown) => ctx.log.error('results', error))
    .finally(() => behind.delete(ctx.db));
  behind.set(ctx.db, run);
}
