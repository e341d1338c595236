import type { OutboxRow } from '@db/queries/outbox';
import {
  closeRestored,
  oldestRestored,
  oldestUnpriced,
  openAtCarrier,
  openToSend,
  readPoll,
  rowsBySid,
  savePoll,
  sendingCampaigns,
  setCampaignState,
  stragglers,
  uncertainTo,
} from '@db/queries/outbox-results';
import { move } from '@db/queries/outbox-sender';
import { AppError } from '@domain/errors';
import { DAY, HOUR, MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { matchLost } from '@domain/outbox/reconcile';
import { advance, carrierState, isAtCarrier } from '@domain/outbox/state';
import type { CarrierMessage, MessagePage, SmsGateway } from '@ports/sms-gateway';
import type { Ctx } from '../ctx';
import { afterError } from './consequences';
import { adopt, lostText } from './reconcile';
import { announce, senderState } from './sender-state';
import { told } from './settle';

const PAGE = 1000;
const MAX_PAGES = 12;
/** The lists cover this; older open texts are asked for one by one. */
const LISTED_MS = 30 * MINUTE;
/** Clock differences and rows that show up late in the carrier's list. */
const OVERLAP_MS = 2 * MINUTE;
/** After this a text without a receipt stays as it is: "sent" can be the last word (facts/twilio.md §1.3). */
const OPEN_MS = 72 * HOUR;
/** Pauses between looks at one straggler. */
const STRAGGLER_PAUSES_MS = [2 * HOUR, 6 * HOUR, 16 * HOUR, 24 * HOUR, 24 * HOUR];
const STRAGGLERS_AT_ONCE = 40;
/** Prices come up to a day later. */
const PRICED_AFTER_MS = DAY;
const PRICES_GIVEN_UP_MS = 10 * DAY;
const PRICES_EVERY_MS = 6 * HOUR;
/** While texts leave, then slower and slower while nothing changes. */
const CADENCE_MS = [15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR];
const FIRST_PAUSE_MS = CADENCE_MS[0] ?? 15_000;

/** Takes what the carrier says about texts of ours. Returns how many rows changed. */
export function takeReports(ctx: Ctx, messages: readonly CarrierMessage[]): number {
  const out = messages.filter((m) => m.direction === 'outbound');
  const ours = rowsBySid(
    ctx.db,
    out.map((m) => m.sid),
  );
  let changed = 0;
  const errors: { row: OutboxRow; code: number }[] = [];
  const strangers: CarrierMessage[] = [];
  const now = ctx.clock.now();
  for (const m of out) {
    const row = ours.get(m.sid);
    if (!row) {
      strangers.push(m);
      continue;
    }
    if (report(ctx, row, m, now)) {
      changed++;
      // A stale list must not overwrite this: later rows of the same sid in this batch see the new state.
      const as = carrierState(m.status);
      if (as) ours.set(m.sid, { ...row, state: as, finalAt: m.updatedAt, price: m.price ?? row.price });
      if (m.errorCode !== null && row.errorCode !== m.errorCode) errors.push({ row, code: m.errorCode });
    }
  }
  changed += adoptLate(ctx, strangers);
  const s = senderState(ctx);
  for (const e of errors) afterError(ctx, s, e.row, e.code);
  if (changed > 0) {
    for (const b of s.brakes.values()) b.fresh = false;
    announce(ctx);
  }
  return changed;
}

/** One message against its row: rank never goes back; price and segments are kept whenever they come. */
function report(ctx: Ctx, row: OutboxRow, m: CarrierMessage, now: UtcMs): boolean {
  const as = carrierState(m.status);
  if (as === null || !isAtCarrier(row.state)) return false;
  const newer = row.finalAt === null || m.updatedAt > row.finalAt;
  const to = advance(row.state, { do: 'report', as, newer });
  if (to !== null) {
    return ctx.db.tx((trx) => move(trx, row.id, row.state, to, told(m, as, now), now));
  }
  const price = m.price !== null && m.price !== row.price;
  const segments = m.segments > 0 && m.segments !== row.carrierSegments;
  if (!price && !segments) return false;
  return ctx.db.tx((trx) =>
    move(
      trx,
      row.id,
      row.state,
      row.state,
      { ...(price ? { price: m.price, priceCurrency: m.priceCurrency } : {}), ...(segments ? { carrierSegments: m.segments } : {}) },
      now,
    ),
  );
}

/** A message nobody owns may be an uncertain text that the number's own list did not show yet. */
function adoptLate(ctx: Ctx, strangers: readonly CarrierMessage[]): number {
  if (strangers.length === 0) return 0;
  const lost = uncertainTo(ctx.db, [...new Set(strangers.map((m) => m.to))]);
  const taken = new Set<string>();
  let n = 0;
  for (const row of lost) {
    const twins = lost.filter((r) => r.address === row.address && r.body === row.body && r.id !== row.id).length;
    const match = matchLost(lostText(ctx, row, twins), strangers, (sid) => taken.has(sid));
    if (match.kind === 'none' || !adopt(ctx, row, match.message, match.duplicate)) continue;
    taken.add(match.message.sid);
    n++;
  }
  return n;
}

/** Newest first, page by page, until everything is older than `back`. */
async function readBack(ctx: Ctx, gateway: SmsGateway, back: UtcMs, signal: AbortSignal | undefined, pages = MAX_PAGES): Promise<number> {
  let changed = 0;
  let page: MessagePage = await gateway.list({ pageSize: PAGE });
  for (let n = 1; ; n++) {
    changed += takeReports(ctx, page.messages);
    const older = page.messages.length > 0 && page.messages.every((m) => m.createdAt < back);
    if (page.next === null || older || n >= pages || signal?.aborted) return changed;
    page = await gateway.nextPage(page.next);
  }
}

/**
 * Asks what became of the texts at the carrier: the newest lists, stragglers by their id, prices a day later. Returns when it is
 * worth asking again; null when nothing is open. Never uses the DateSent filter: texts not sent yet have no date (facts §1.4).
 */
export async function pollDeliveries(ctx: Ctx, signal?: AbortSignal, since?: UtcMs): Promise<UtcMs | null> {
  const s = senderState(ctx);
  const now = ctx.clock.now();
  const gateway = await ctx.gateway();
  let changed = 0;
  const open = openAtCarrier(ctx.db, (now - OPEN_MS) as UtcMs);
  if (open.count > 0 && open.oldest !== null) {
    const back = (Math.max(open.oldest, Math.min(now - LISTED_MS, since ?? now)) - OVERLAP_MS) as UtcMs;
    if (since !== undefined || (open.newest ?? 0) >= now - LISTED_MS - OVERLAP_MS) changed += await readBack(ctx, gateway, back, signal);
    changed += await askStragglers(ctx, gateway, signal);
  }
  changed += await readPrices(ctx, gateway, signal);
  savePoll(ctx.db, 'outbound', {}, now);
  if (open.count === 0 && s.inFlight.size === 0) {
    s.pollEvery = FIRST_PAUSE_MS;
    return null;
  }
  const busy = changed > 0 || (open.newest !== null && now - open.newest < 2 * MINUTE);
  const at = CADENCE_MS.indexOf(s.pollEvery);
  s.pollEvery = busy ? FIRST_PAUSE_MS : (CADENCE_MS[Math.min(at + 1, CADENCE_MS.length - 1)] ?? HOUR);
  return (ctx.clock.now() + s.pollEvery) as UtcMs;
}

async function askStragglers(ctx: Ctx, gateway: SmsGateway, signal: AbortSignal | undefined): Promise<number> {
  let changed = 0;
  for (const row of stragglers(ctx.db, ctx.clock.now(), STRAGGLERS_AT_ONCE)) {
    if (signal?.aborted || row.sid === null) break;
    const m = await gateway.fetch(row.sid);
    if (m) changed += takeReports(ctx, [m]);
    const now = ctx.clock.now();
    const pause = STRAGGLER_PAUSES_MS[row.reconcileStep];
    const again = m === null || pause === undefined ? null : ((now + pause) as UtcMs);
    const as = m ? carrierState(m.status) : null;
    const still = as === null || as === 'accepted' || as === 'queued' || as === 'sent' ? (as ?? row.state) : null;
    if (still === null) continue;
    ctx.db.tx((trx) => move(trx, row.id, still, still, { reconcileStep: row.reconcileStep + 1, reconcileAt: again }, now));
  }
  return changed;
}

async function readPrices(ctx: Ctx, gateway: SmsGateway, signal: AbortSignal | undefined): Promise<number> {
  const s = senderState(ctx);
  const now = ctx.clock.now();
  const last = readPoll(ctx.db, 'prices').lastSuccessAt;
  if (last !== null && now - last < PRICES_EVERY_MS && now >= last) return 0;
  const oldest = oldestUnpriced(ctx.db, (now - PRICES_GIVEN_UP_MS) as UtcMs, (now - PRICED_AFTER_MS) as UtcMs);
  const changed = oldest === null ? 0 : await readBack(ctx, gateway, (oldest - OVERLAP_MS) as UtcMs, signal);
  if (changed > 0) s.spend = null;
  savePoll(ctx.db, 'prices', {}, now);
  return changed;
}

/** A list longer than this since the copy was made is not walked to its end; the owner's "send again" still looks for each text. */
const MAX_RESTORED_PAGES = 300;

/**
 * After a restore: one walk through the carrier's list back to when the copy's waiting texts were queued. What left since then is
 * adopted; the rest waits for the owner. Returns how many were found; nothing to do is free.
 */
export async function reconcileRestored(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  const oldest = oldestRestored(ctx.db);
  if (oldest === null) return 0;
  const found = await readBack(ctx, await ctx.gateway(), (oldest - OVERLAP_MS) as UtcMs, signal, MAX_RESTORED_PAGES);
  if (signal?.aborted) return found;
  ctx.db.tx((trx) => closeRestored(trx, ctx.clock.now()));
  announce(ctx);
  return found;
}

/** Ends campaigns with nothing left to send. Returns how many. */
export function finishCampaigns(ctx: Ctx): number {
  let n = 0;
  for (const c of sendingCampaigns(ctx.db)) {
    const now = ctx.clock.now();
    const done = ctx.db.tx((trx) => {
      if (openToSend(trx, c.id) > 0) return false;
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
