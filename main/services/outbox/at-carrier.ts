import type { Db, Trx } from '@db/open';
import { type OutboxRow, outboxById } from '@db/queries/outbox';
import {
  anyHeld,
  campaignsLeaving,
  dropRecalls,
  heldAfter,
  heldPast,
  heldToAsk,
  keepOurselves,
  keepResumed,
  nextHeld,
  nextRecall,
  recallOfStopped,
  recallOne,
  toRecall,
} from '@db/queries/outbox-at-carrier';
import { move } from '@db/queries/outbox-sender';
import { CARRIER_LEAST_MS } from '@domain/campaigns/schedule';
import { AppError } from '@domain/errors';
import { HOUR, MINUTE, type OutboxId, SECOND, type UtcMs } from '@domain/kernel';
import type { SmsGateway } from '@ports/sms-gateway';
import { freshReplies } from '@services/inbox/sync';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { brakeOf } from './brake';
import { handOver } from './hand-over';
import { settleGone, settleRecalled } from './held-report';
import { mayLeave } from './may-leave';
import { repliesAreLost } from './replies-lost';
import { takePage, takeReports } from './reports';
import { announce, type SenderState, senderState } from './sender-state';

/** Everything held is judged anew this often: consent, the person, caps and hours as they will be when it leaves; oftener before it does. */
const JUDGED_EVERY_MS = 5 * MINUTE;
const JUDGED_SOON_MS = MINUTE;
const SOON_MS = 15 * MINUTE;
const JUDGED_AT_ONCE = 40;
/** Marked in one transaction: a few milliseconds. */
const MARKED_AT_ONCE = 500;
/** Calls for one look; a thousand are called back within minutes, those leaving soonest first. */
const RECALLS_AT_ONCE = 8;
const RECALL_AGAIN_MS = 15 * SECOND;
/** After its time a text is looked for in the lists, then asked for by itself. */
const LISTED_AFTER_MS = 20 * SECOND;
const LISTS_EVERY_MS = 15 * SECOND;
const ASKED_AFTER_MS = 5 * MINUTE;
const ASKED_AGAIN_MS = 2 * MINUTE;
const ASKED_AT_ONCE = 40;
/** What is late asks ever more rarely: a tenth of how late it is, within these. */
const RARELY_MS = HOUR;
const LATE_SHARE = 10;
/** A list is read back an hour behind the one before; what that did not tell is asked for one by one. */
const LIST_BEHIND_MS = HOUR;
const OVERLAP_MS = 2 * MINUTE;
const PAGE = 1000;
const MAX_PAGES = 30;

interface Memory {
  judgedAt: UtcMs | null;
  listedAt: UtcMs;
  /** When the last list that was read to its end began. */
  readAt: UtcMs | null;
}
/** Nothing here is needed to be right after a crash: a new process looks at everything first. */
const memories = new WeakMap<Db, Memory>();

function memory(ctx: Ctx): Memory {
  let m = memories.get(ctx.db);
  if (!m) {
    m = { judgedAt: null, listedAt: 0 as UtcMs, readAt: null };
    memories.set(ctx.db, m);
  }
  return m;
}

/**
 * True until this process has read the replies and judged what the carrier holds: after having been off, calling back comes before
 * anything else leaves.
 */
export const mustRecallFirst = (ctx: Ctx): boolean => memory(ctx).judgedAt === null && nextHeld(ctx.db) !== null;

/** The computer slept: what is held is judged anew before anything else. */
export function judgeHeldAnew(ctx: Ctx): void {
  memory(ctx).judgedAt = null;
}

/**
 * Looks after texts the carrier holds for a later time: replies are read and every held text judged anew as of the moment it leaves,
 * what must not leave is called back, what has left is heard of, and what is still to be handed over is handed over. Returns when it is
 * worth looking again; null when nothing is held and nothing to be.
 */
export async function lookAfterHeld(ctx: Ctx, s: SenderState = senderState(ctx), signal?: AbortSignal): Promise<UtcMs | null> {
  if (!anyHeld(ctx.db)) return null;
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    keepResumed(trx, now);
    dropRecalls(trx, now);
  });
  const some = (change: (trx: Trx) => number) => ctx.db.tx((trx) => change(trx)) === MARKED_AT_ONCE;
  while (some((trx) => recallOfStopped(trx, now, MARKED_AT_ONCE))) await nextTurn();
  while (some((trx) => keepOurselves(trx, (now + CARRIER_LEAST_MS) as UtcMs, MARKED_AT_ONCE))) await nextTurn();
  let trouble: unknown = null;
  try {
    await judge(ctx, signal);
  } catch (error) {
    trouble = error; // what is already known to be called back does not wait for it
  }
  const again: (UtcMs | null)[] = [];
  if (nextRecall(ctx.db) !== null) again.push(await callBack(ctx, await ctx.gateway(), signal));
  if (trouble) throw trouble;
  again.push(await hear(ctx, signal));
  for (const id of campaignsLeaving(ctx.db, ctx.clock.now())) brakeOf(ctx, s, id);
  again.push(await handOver(ctx, s, signal));
  const m = memory(ctx);
  if (nextHeld(ctx.db) !== null && m.judgedAt !== null) again.push((m.judgedAt + judgedEvery(nextHeld(ctx.db), ctx.clock.now())) as UtcMs);
  return again.reduce<UtcMs | null>((a, b) => (a === null ? b : b === null ? a : (Math.min(a, b) as UtcMs)), null);
}

const judgedEvery = (next: UtcMs | null, now: UtcMs): number => (next !== null && next - now < SOON_MS ? JUDGED_SOON_MS : JUDGED_EVERY_MS);

/** Every held text as of the moment it leaves; what would not leave then is marked to be called back. */
async function judge(ctx: Ctx, signal: AbortSignal | undefined): Promise<void> {
  const m = memory(ctx);
  const now = ctx.clock.now();
  const next = nextHeld(ctx.db);
  if (next === null) {
    m.judgedAt = now;
    return;
  }
  if (m.judgedAt !== null && now >= m.judgedAt && now - m.judgedAt < judgedEvery(next, now)) return;
  const { proof } = await freshReplies(ctx, MINUTE);
  // nobody would see a STOP of those who get it
  const unread = repliesAreLost(ctx);
  let after = { sendAt: ctx.clock.now(), id: 0 as OutboxId };
  for (;;) {
    if (signal?.aborted) return;
    const rows = heldAfter(ctx.db, after, JUDGED_AT_ONCE);
    const last = rows.at(-1);
    if (!last) break;
    ctx.db.tx((trx) => {
      for (const row of rows) {
        if (row.recall !== null || row.sendAt === null) continue;
        const at = ctx.clock.now();
        const verdict = mayLeave(ctx, row, at, proof, row.sendAt);
        if (verdict.kind === 'skip') recallOne(trx, row.id, verdict.reason, at);
        else if (verdict.kind === 'wait' && verdict.reason === 'quiet-hours') recallOne(trx, row.id, 'quiet-hours', at);
        else if (unread) recallOne(trx, row.id, 'replies-lost', at);
      }
    });
    after = { sendAt: last.sendAt ?? after.sendAt, id: last.id };
    await nextTurn();
  }
  m.judgedAt = now;
}

/** Asks the carrier not to send what is marked, until it says that it will not or that it is too late. */
async function callBack(ctx: Ctx, gateway: SmsGateway, signal: AbortSignal | undefined): Promise<UtcMs | null> {
  while (!signal?.aborted) {
    const due = toRecall(ctx.db, ctx.clock.now(), RECALLS_AT_ONCE);
    if (due.length === 0) return nextRecall(ctx.db);
    const answers = await Promise.all(due.map((row) => callOne(ctx, gateway, row)));
    announce(ctx);
    if (answers.includes(false)) return (ctx.clock.now() + RECALL_AGAIN_MS) as UtcMs;
  }
  return nextRecall(ctx.db);
}

/** False when the carrier could not be asked. */
async function callOne(ctx: Ctx, gateway: SmsGateway, row: OutboxRow): Promise<boolean> {
  const later = () => {
    const now = ctx.clock.now();
    ctx.db.tx((trx) => move(trx, row.id, 'scheduled', 'scheduled', { retryAt: (now + RECALL_AGAIN_MS) as UtcMs }, now));
  };
  if (row.sid === null) return true;
  try {
    const outcome = await gateway.cancel(row.sid);
    if (outcome !== 'too-late') {
      const settle = outcome === 'gone' ? settleGone : settleRecalled;
      ctx.db.tx((trx) => settle(ctx, trx, row, ctx.clock.now()));
      return true;
    }
    ctx.log.warn('too late to call back', { outbox: row.id });
    const m = await gateway.fetch(row.sid);
    if (m !== null) takeReports(ctx, [m]);
    // whatever it is called now, it is not asked about without end
    if (outboxById(ctx.db, row.id)?.state === 'scheduled') later();
    ctx.db.tx((trx) => dropRecalls(trx, ctx.clock.now()));
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn('calling back waits', { code: error.code });
    later();
    return false;
  }
}

/** What became of texts whose time is over: the lists first, then each by its id. */
async function hear(ctx: Ctx, signal: AbortSignal | undefined): Promise<UtcMs | null> {
  const m = memory(ctx);
  const now = ctx.clock.now();
  const next = nextHeld(ctx.db);
  if (next === null) return null;
  const past = heldPast(ctx.db, (now - LISTED_AFTER_MS) as UtcMs);
  if (past.count === 0 || past.oldest === null) return (next + LISTED_AFTER_MS) as UtcMs;
  const every = pauseFor(now - (past.newest ?? past.oldest), LISTS_EVERY_MS);
  if (now >= m.listedAt && now - m.listedAt < every) return (m.listedAt + every) as UtcMs;
  m.listedAt = now;
  const gateway = await ctx.gateway();
  // They have left: a date of sending is what they have, and what the list is sorted by.
  const behind = m.readAt === null || m.readAt > now ? 0 : m.readAt - LIST_BEHIND_MS;
  let page = await gateway.list({ sentAfter: (Math.max(past.oldest, behind) - OVERLAP_MS) as UtcMs, pageSize: PAGE });
  for (let n = 1; ; n++) {
    await takePage(ctx, page.messages);
    if (page.next === null) m.readAt = now;
    if (page.next === null || n >= MAX_PAGES || signal?.aborted) break;
    page = await gateway.nextPage(page.next);
  }
  for (const row of heldToAsk(ctx.db, (now - ASKED_AFTER_MS) as UtcMs, now, ASKED_AT_ONCE)) {
    if (signal?.aborted || row.sid === null) break;
    const found = await gateway.fetch(row.sid);
    if (found && found.status !== 'scheduled') takeReports(ctx, [found]);
    const at = ctx.clock.now();
    const again = (at + pauseFor(at - (row.sendAt ?? at), ASKED_AGAIN_MS)) as UtcMs;
    if (found) ctx.db.tx((trx) => move(trx, row.id, 'scheduled', 'scheduled', { reconcileAt: again }, at));
    else ctx.db.tx((trx) => settleGone(ctx, trx, row, at));
  }
  return (ctx.clock.now() + every) as UtcMs;
}

const pauseFor = (late: number, least: number): number => Math.min(RARELY_MS, Math.max(least, Math.round(late / LATE_SHARE)));
