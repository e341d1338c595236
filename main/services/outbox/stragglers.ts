import { forgetBeyondLog, leftSince, postponeStragglers, stragglers, stragglersDue } from '@db/queries/outbox-results';
import { move } from '@db/queries/outbox-sender';
import type { UtcMs } from '@domain/kernel';
import { CARRIER_LOG_MS, FETCH_FROM_STEP, LISTED_MS, listIsCheaper, OPEN_MS, OVERLAP_MS, stragglerAgain } from '@domain/outbox/cadence';
import { carrierState } from '@domain/outbox/state';
import type { SmsGateway } from '@ports/sms-gateway';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { takeReports } from './reports';
import { carrierAhead } from './requests';
import { walkList } from './walk';

const FETCHED_AT_ONCE = 40;
const POSTPONED_AT_ONCE = 200;

/**
 * Texts whose ending the lists did not bring in half an hour. Many at once are looked for by walking the list once more; the last looks,
 * and a few, fetch each by its id: a list can be stale for hours, a fetch is not. Returns changes and requests' worth of pages.
 */
export async function askStragglers(ctx: Ctx, gateway: SmsGateway, signal?: AbortSignal): Promise<{ changed: number; pages: number }> {
  const now = ctx.clock.now();
  const logged = (now - CARRIER_LOG_MS) as UtcMs;
  let due = stragglersDue(ctx.db, now);
  if (due.oldest !== null && due.oldest < logged) {
    ctx.db.tx((trx) => forgetBeyondLog(trx, now, logged));
    due = stragglersDue(ctx.db, now);
  }
  if (due.count === 0 || due.oldest === null) return { changed: 0, pages: 0 };
  const done = { changed: 0, pages: 0 };
  let fromStep = 0;
  const reach = Math.max(due.oldest, now - OPEN_MS - LISTED_MS) as UtcMs;
  const rows = leftSince(ctx.db, reach);
  if (listIsCheaper(due.count, rows)) {
    const back = (reach - OVERLAP_MS + Math.min(0, carrierAhead(gateway))) as UtcMs;
    const maxPages = Math.ceil(rows / 1000) * 2 + 4;
    const walked = await walkList(ctx, gateway, { name: 'stragglers', back, maxPages }, signal);
    done.changed += walked.changed;
    done.pages += walked.pages;
    if (signal?.aborted) return done;
    await postpone(ctx, now, reach);
    fromStep = FETCH_FROM_STEP;
  }
  done.changed += await fetchEach(ctx, gateway, { now, fromStep }, signal);
  return done;
}

/** Those the walk left as they were have had their look; the last looks are each text's own. */
async function postpone(ctx: Ctx, now: UtcMs, since: UtcMs): Promise<void> {
  for (let step = 0; step < FETCH_FROM_STEP; step++) {
    const again = stragglerAgain(step, now);
    const some = () => ctx.db.tx((trx) => postponeStragglers(trx, { now, since, step, again, limit: POSTPONED_AT_ONCE }));
    while (some() === POSTPONED_AT_ONCE) await nextTurn();
  }
}

async function fetchEach(ctx: Ctx, gateway: SmsGateway, o: { now: UtcMs; fromStep: number }, signal?: AbortSignal): Promise<number> {
  let changed = 0;
  for (const row of stragglers(ctx.db, { ...o, limit: FETCHED_AT_ONCE })) {
    if (signal?.aborted || row.sid === null) break;
    const m = await gateway.fetch(row.sid);
    if (m) changed += takeReports(ctx, [m]);
    const now = ctx.clock.now();
    const again = m === null ? null : stragglerAgain(row.reconcileStep, now);
    const as = m ? carrierState(m.status) : null;
    const still = as === null || as === 'accepted' || as === 'queued' || as === 'sent' ? (as ?? row.state) : null;
    if (still === null) continue;
    ctx.db.tx((trx) => move(trx, row.id, still, still, { reconcileStep: row.reconcileStep + 1, reconcileAt: again }, now));
  }
  return changed;
}
