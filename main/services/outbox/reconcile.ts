import { type OutboxRow, ownedSids } from '@db/queries/outbox';
import { dueToLookFor, keepSid, lastAttemptAt, loseSightOfSending, move, twinsOf } from '@db/queries/outbox-sender';
import { AppError } from '@domain/errors';
import type { UtcMs } from '@domain/kernel';
import { afterLook, LONGEST_LOOK_MS, type Lost, matchLost, searchFrom } from '@domain/outbox/reconcile';
import { advance } from '@domain/outbox/state';
import type { CarrierMessage, SmsGateway } from '@ports/sms-gateway';
import type { Ctx } from '../ctx';
import { notHeld, takenAs } from './held-report';
import { announce, senderState } from './sender-state';
import { told } from './settle';

/** A number's own list is short; what lies further back than the POST is not read. */
const PAGE = 50;
const MAX_PAGES = 5;
const ROWS_AT_ONCE = 10;
/** When the carrier cannot be asked at all this is no look: try again. */
const COULD_NOT_ASK_MS = 60_000;

/** What a crash cut off is uncertain from now on. Before anything else at start. */
export function recoverSending(ctx: Ctx): number {
  const n = ctx.db.tx((trx) => loseSightOfSending(trx, ctx.clock.now()));
  if (n > 0) ctx.log.warn('texts cut off', { count: n });
  return n;
}

/** Writes that a message the carrier has is this uncertain text. False when the row moved on meanwhile. */
export function adopt(ctx: Ctx, row: OutboxRow, m: CarrierMessage, duplicate: boolean): boolean {
  const now = ctx.clock.now();
  // called off at the carrier before it left: that one did not leave, another may have
  if (m.status === 'canceled' && row.reason === 'restored') return false;
  const as = takenAs(row, m);
  const to = advance(row.state, { do: 'accept', as });
  if (to === null) return false;
  const held = as === 'scheduled';
  const leftAt = held ? null : row.reason === 'restored' ? (m.sentAt ?? m.createdAt) : (row.leftAt ?? m.sentAt ?? m.createdAt);
  const done = ctx.db.tx((trx) => {
    if (ownedSids(trx, [m.sid]).size > 0) return false;
    keepSid(trx, row.id, m.sid);
    return move(trx, row.id, row.state, to, { ...told(m, as, now), sid: m.sid, reason: duplicate ? 'duplicate' : null, leftAt }, now);
  });
  if (!done) return false;
  notHeld(ctx, row, m);
  announce(ctx);
  return true;
}

async function messagesTo(gateway: SmsGateway, to: string, back: UtcMs): Promise<CarrierMessage[]> {
  let page = await gateway.list({ to, pageSize: PAGE });
  const found = [...page.messages];
  for (let n = 1; n < MAX_PAGES && page.next !== null && page.messages.some((m) => m.createdAt >= back); n++) {
    page = await gateway.nextPage(page.next);
    found.push(...page.messages);
  }
  return found;
}

/** What is known about a text whose fate is not. A row of a restored copy may have left at any time since it was queued. */
export function lostText(ctx: Ctx, row: OutboxRow, twins: number): Lost {
  const restored = row.reason === 'restored';
  const startedAt = (restored ? row.leftAt : lastAttemptAt(ctx.db, row.id)) ?? row.leftAt ?? row.updatedAt;
  return { to: row.address, body: row.body, startedAt, sender: row.sender, twins, ...(restored ? { since: row.createdAt } : {}) };
}

/** One look for one text. True when it was found and adopted. Throws AppError('sms.…') when the carrier cannot be asked. */
export async function lookFor(ctx: Ctx, gateway: SmsGateway, row: OutboxRow): Promise<boolean> {
  const lost = lostText(ctx, row, twinsOf(ctx.db, row));
  const found = await messagesTo(gateway, row.address, searchFrom(lost.since ?? lost.startedAt));
  const owned = ownedSids(
    ctx.db,
    found.map((m) => m.sid),
  );
  const match = matchLost(lost, found, (sid) => owned.has(sid));
  if (match.kind === 'none') return false;
  if (match.duplicate) ctx.log.warn('sent twice', { outbox: row.id });
  return adopt(ctx, row, match.message, match.duplicate);
}

/**
 * Looks for the uncertain texts whose time has come among the carrier's messages to their number (rules.md §4). Found: adopted.
 * Not found: again at 1, 5, 15 and 60 minutes, then "not confirmed" and only the owner decides. Returns how many were settled.
 */
export async function reconcileOnce(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  const from = ctx.clock.now();
  const due = dueToLookFor(ctx.db, from, (from + LONGEST_LOOK_MS) as UtcMs, ROWS_AT_ONCE);
  if (due.length === 0) return 0;
  const gateway = await ctx.gateway();
  let settled = 0;
  for (const row of due) {
    if (signal?.aborted) break;
    let adopted: boolean;
    try {
      adopted = await lookFor(ctx, gateway, row);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const now = ctx.clock.now();
      ctx.db.tx((trx) => move(trx, row.id, 'uncertain', 'uncertain', { reconcileAt: (now + COULD_NOT_ASK_MS) as UtcMs }, now));
      break; // the carrier is not there: the others would only hear the same
    }
    if (adopted) {
      settled++;
      continue;
    }
    // Both by the carrier's clock: ours may have been set since the POST.
    const startedAt = lastAttemptAt(ctx.db, row.id) ?? row.leftAt ?? row.updatedAt;
    const now = ctx.clock.now();
    const { looks, inMs } = afterLook(now - (gateway.clockReading?.()?.skewMs ?? 0) - startedAt, row.reconcileStep);
    const change =
      inMs === null
        ? { reconcileStep: looks, reconcileAt: null, reason: 'not-confirmed' }
        : { reconcileStep: looks, reconcileAt: (now + inMs) as UtcMs };
    ctx.db.tx((trx) => move(trx, row.id, 'uncertain', 'uncertain', change, now));
    if (inMs === null) announce(ctx);
  }
  for (const b of senderState(ctx).brakes.values()) b.fresh = false;
  return settled;
}
