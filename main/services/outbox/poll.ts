import type { Db } from '@db/open';
import { openMails } from '@db/queries/mail';
import {
  lastLeftAt,
  openAtCarrier,
  openBetween,
  openToSend,
  readPoll,
  savePoll,
  sendingCampaigns,
  setCampaignState,
} from '@db/queries/outbox-results';
import { AppError } from '@domain/errors';
import { DAY, HOUR, MINUTE, type UtcMs } from '@domain/kernel';
import { depth, FIRST_PAUSE_MS, LISTED_MS, nextPause, OPEN_MS, OVERLAP_MS } from '@domain/outbox/cadence';
import type { SmsGateway } from '@ports/sms-gateway';
import type { Ctx } from '../ctx';
import { readPrices } from './prices';
import { carrierAhead, noteRequests } from './requests';
import { announce, senderState } from './sender-state';
import { askStragglers } from './stragglers';
import { walkList } from './walk';

export { takeReports } from './reports';

const MAX_PAGES = 12;
/** After a sleep everything since is read, however much it was. */
const MAX_PAGES_AWAKE = 300;
/** An idle shop looks this often whether somebody else sends from its account, and not further back than this. */
const IDLE_LOOK_MS = 2 * HOUR;
const WATCHED_MS = 3 * DAY;

/** How many looks in a row this sender made: decides how far back each goes. */
const looks = new WeakMap<Db, number>();

/**
 * Asks what became of the texts at the carrier: the newest lists, stragglers by list or by their id, prices a day later. `since`: after a
 * sleep, everything since then. Returns when it is worth asking again; null when nothing is open. Never uses the DateSent filter for
 * texts that may still wait: they have no such date (facts §1.4).
 */
export async function pollDeliveries(ctx: Ctx, signal?: AbortSignal, since?: UtcMs): Promise<UtcMs | null> {
  const s = senderState(ctx);
  const now = ctx.clock.now();
  const gateway = await ctx.gateway();
  const done = { changed: 0, pages: 0 };
  const add = (more: { changed: number; pages: number }) => {
    done.changed += more.changed;
    done.pages += more.pages;
  };
  try {
    const open = openAtCarrier(ctx.db, (now - OPEN_MS) as UtcMs);
    const listed = open.newest !== null && open.newest >= now - LISTED_MS - OVERLAP_MS;
    if (since !== undefined || listed || idleLookDue(ctx, now)) {
      const n = (looks.get(ctx.db) ?? -1) + 1;
      looks.set(ctx.db, n);
      const asDeep = open.oldest === null ? now : Math.max(open.oldest, now - depth(n, s.pollEvery));
      add(await lookThrough(ctx, gateway, Math.min(asDeep, since ?? asDeep) as UtcMs, since !== undefined, signal));
    }
    // also those older than that: the computer may have been off for a week
    add(await askStragglers(ctx, gateway, signal));
    add(await readPrices(ctx, gateway, signal));
  } finally {
    noteRequests(ctx, gateway);
  }
  // asked anew: texts may have left while this was read
  const left = openAtCarrier(ctx.db, (now - OPEN_MS) as UtcMs);
  if (left.count === 0 && s.inFlight.size === 0) {
    s.pollEvery = FIRST_PAUSE_MS;
    looks.delete(ctx.db);
    return null;
  }
  const busy = done.changed > 0 || (left.newest !== null && now - left.newest < 2 * MINUTE);
  s.pollEvery = nextPause(s.pollEvery, { busy, pages: done.pages });
  return (ctx.clock.now() + s.pollEvery) as UtcMs;
}

/** When the last complete look began, unless a clock set back made it a moment to come. */
function lastLook(ctx: Ctx, now: UtcMs): UtcMs | null {
  const at = readPoll(ctx.db, 'outbound').lastSuccessAt;
  return at === null || at > now ? null : at;
}

function idleLookDue(ctx: Ctx, now: UtcMs): boolean {
  const last = lastLook(ctx, now);
  // an account nothing ever left from is not watched
  return (last === null || now - last >= IDLE_LOOK_MS) && lastLeftAt(ctx.db) !== null;
}

/** The list from its top back to `reach`, and always to where the last complete look began: nothing between two looks is missed. */
async function lookThrough(ctx: Ctx, gateway: SmsGateway, reach: UtcMs, awake: boolean, signal?: AbortSignal) {
  const now = ctx.clock.now();
  const last = lastLook(ctx, now);
  const ahead = carrierAhead(gateway);
  const gap = Math.max(last ?? reach, now - WATCHED_MS);
  const floor = (Math.min(reach, gap) - OVERLAP_MS) as UtcMs;
  const walked = await walkList(
    ctx,
    gateway,
    {
      name: 'deliveries',
      back: (floor + Math.min(0, ahead)) as UtcMs,
      maxPages: awake ? MAX_PAGES_AWAKE : MAX_PAGES,
      enough: (oldest) => {
        const here = oldest - Math.min(0, ahead);
        return here < gap - OVERLAP_MS && !openBetween(ctx.db, floor, here as UtcMs);
      },
    },
    signal,
  );
  if (!signal?.aborted) savePoll(ctx.db, 'outbound', {}, walked.startedAt);
  return walked;
}

/** Ends campaigns with nothing left to send. Returns how many. */
export function finishCampaigns(ctx: Ctx): number {
  let n = 0;
  for (const c of sendingCampaigns(ctx.db)) {
    if (c.step) continue; // people join it as they come due; whoever runs the ladder ends it
    const now = ctx.clock.now();
    const done = ctx.db.tx((trx) => {
      if (openToSend(trx, c.id, now) > 0 || openMails(trx, c.id)) return false;
      return setCampaignState(trx, c.id, 'sending', { state: 'finished', pauseReason: null, now });
    });
    if (!done) continue;
    n++;
    senderState(ctx).brakes.delete(c.id);
    announce(ctx);
  }
  return n;
}

/** True for failures of the line or the account that the loop waits out. */
export const isCarrierTrouble = (error: unknown): boolean => error instanceof AppError && error.code.startsWith('sms.');
