import { readPoll, savePoll } from '@db/queries/outbox-results';
import { AppError } from '@domain/errors';
import { HOUR, type UtcMs } from '@domain/kernel';
import type { ListFilter, MessagePage, SmsGateway } from '@ports/sms-gateway';
import type { Ctx } from '../ctx';
import { takePage } from './reports';

const PAGE = 1000;
/** The place in a list the carrier gave us is good for a while only. */
const PLACE_KEPT_MS = HOUR;

export interface WalkPlan {
  /** Under this name a walk that is cut off remembers its place. */
  name: 'deliveries' | 'stragglers' | 'prices' | 'restored';
  /** Newest first until everything on a page is older than this, by the carrier's clock. */
  back: UtcMs;
  maxPages: number;
  /** Nothing further back is of interest, given the oldest message read so far. */
  enough?: (oldest: UtcMs) => boolean;
  /** Only texts that have left; never for looking for texts that may still wait there (facts §1.4). */
  filter?: Pick<ListFilter, 'sentAfter' | 'sentBefore'>;
}

export interface Walked {
  changed: number;
  pages: number;
  /** Read to the end, or to where nothing more is of interest. */
  complete: boolean;
  /** When it began, also if that was before a crash: later messages were not seen by it. */
  startedAt: UtcMs;
}

interface Place {
  next: string;
  startedAt: UtcMs;
}

const placeName = (plan: WalkPlan) => `walk:${plan.name}`;

function placeOf(ctx: Ctx, plan: WalkPlan): Place | null {
  const { cursor } = readPoll(ctx.db, placeName(plan));
  const now = ctx.clock.now();
  const { next, startedAt, back, account } = cursor;
  if (typeof next !== 'string' || typeof startedAt !== 'number' || typeof back !== 'number') return null;
  if (account !== ctx.settings().texting.accountSid || now < startedAt || now - startedAt > PLACE_KEPT_MS) return null;
  // one that was to stop earlier is no help
  return back <= plan.back ? { next, startedAt: startedAt as UtcMs } : null;
}

function remember(ctx: Ctx, plan: WalkPlan, place: Place | null): void {
  savePoll(ctx.db, placeName(plan), place === null ? {} : { ...place, back: plan.back, account: ctx.settings().texting.accountSid }, null);
}

const when = (m: MessagePage['messages'][number]): UtcMs => m.sentAt ?? m.createdAt;

/**
 * Reads the carrier's list, newest first, page by page, and takes what it says. What was read is taken at once; when the carrier fails in
 * the middle, or the computer dies, the next walk of this name goes on from the same place. Rows that move between pages while it reads
 * only repeat: pages that repeat are not counted, and no page ends the walk by what it repeats. Throws AppError('sms.…').
 */
export async function walkList(ctx: Ctx, gateway: SmsGateway, plan: WalkPlan, signal?: AbortSignal): Promise<Walked> {
  const place = placeOf(ctx, plan);
  const walked: Walked = { changed: 0, pages: 0, complete: false, startedAt: place?.startedAt ?? ctx.clock.now() };
  let page: MessagePage;
  try {
    page = place === null ? await gateway.list({ ...plan.filter, pageSize: PAGE }) : await gateway.nextPage(place.next);
  } catch (error) {
    // the carrier no longer knows that place: from the beginning
    if (place === null || !(error instanceof AppError) || (error.code !== 'sms.rejected' && error.code !== 'input.invalid')) throw error;
    remember(ctx, plan, null);
    walked.startedAt = ctx.clock.now();
    page = await gateway.list({ ...plan.filter, pageSize: PAGE });
  }
  let remembered = place !== null;
  const seen = new Set<string>();
  let counted = 0;
  let oldest = Number.POSITIVE_INFINITY as UtcMs;
  for (;;) {
    walked.pages++;
    const fresh = page.messages.filter((m) => !seen.has(m.sid));
    for (const m of fresh) seen.add(m.sid);
    walked.changed += await takePage(ctx, fresh);
    for (const m of fresh) oldest = Math.min(oldest, when(m)) as UtcMs;
    // a page that mostly repeats was pushed down by newer texts: it does not use up the walk
    if (fresh.length * 2 >= page.messages.length) counted++;
    const past = fresh.length > 0 && fresh.every((m) => when(m) < plan.back);
    if (page.next === null || past || (fresh.length > 0 && plan.enough?.(oldest))) {
      walked.complete = true;
      break;
    }
    if (counted >= plan.maxPages || walked.pages >= plan.maxPages * 2) break;
    if (walked.pages >= 2) {
      remember(ctx, plan, { next: page.next, startedAt: walked.startedAt });
      remembered = true;
    }
    if (signal?.aborted) return walked;
    page = await gateway.nextPage(page.next);
  }
  if (remembered) remember(ctx, plan, null);
  return walked;
}
