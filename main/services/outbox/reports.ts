import { type OutboxRow, ownedSids } from '@db/queries/outbox';
import { waitingAgainBySid } from '@db/queries/outbox-resend';
import { rowsBySid, uncertainTo } from '@db/queries/outbox-results';
import { move } from '@db/queries/outbox-sender';
import { provePhones } from '@db/queries/phone-facts';
import type { UtcMs } from '@domain/kernel';
import { matchLost } from '@domain/outbox/reconcile';
import { advance, type CarrierState, carrierState, isAtCarrier } from '@domain/outbox/state';
import type { CarrierMessage } from '@ports/sms-gateway';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { afterError } from './consequences';
import { noteStrangers } from './foreign';
import { leftWhenHeld, settleRecalled } from './held-report';
import { adopt, lostText } from './reconcile';
import { announce, senderState } from './sender-state';
import { told } from './settle';

const LEFT: ReadonlySet<string | null> = new Set<CarrierState>(['sent', 'delivered', 'undelivered']);
/** Messages taken in one transaction: well under 10 ms. */
const AT_ONCE = 60;

/** Takes a whole page, giving the counter a turn between chunks. Returns how many rows changed. */
export async function takePage(ctx: Ctx, messages: readonly CarrierMessage[]): Promise<number> {
  let changed = 0;
  for (let i = 0; i < messages.length; i += AT_ONCE) {
    if (i > 0) await nextTurn();
    changed += takeReports(ctx, messages.slice(i, i + AT_ONCE));
  }
  return changed;
}

/** Takes what the carrier says about texts of ours, in one transaction. Returns how many rows changed. */
export function takeReports(ctx: Ctx, messages: readonly CarrierMessage[]): number {
  const out = messages.filter((m) => m.direction === 'outbound');
  if (out.length === 0) return 0;
  const now = ctx.clock.now();
  const errors: { row: OutboxRow; code: number; at: UtcMs }[] = [];
  const strangers: CarrierMessage[] = [];
  const arrived = new Map<string, UtcMs>();
  let changed = ctx.db.tx((trx) => {
    const ours = rowsBySid(
      trx,
      out.map((m) => m.sid),
    );
    let n = 0;
    for (const m of out) {
      const row = ours.get(m.sid);
      if (!row) {
        strangers.push(m);
        continue;
      }
      if (!report(ctx, row, m, now)) continue;
      n++;
      // A stale list must not overwrite this: later rows of the same sid in this batch see the new state.
      const as = carrierState(m.status);
      if (as) ours.set(m.sid, { ...row, state: as, finalAt: m.updatedAt, price: m.price ?? row.price });
      if (as === 'delivered') arrived.set(row.address, m.updatedAt);
      else if (m.errorCode !== null && row.errorCode !== m.errorCode) errors.push({ row, code: m.errorCode, at: m.sentAt ?? m.updatedAt });
    }
    if (arrived.size > 0) provePhones(trx, [...arrived.keys()], now);
    return n;
  });
  changed += leftAfterAll(ctx, strangers) + adoptLate(ctx, strangers);
  const owned = ownedSids(
    ctx.db,
    strangers.map((m) => m.sid),
  );
  noteStrangers(
    ctx,
    strangers.filter((m) => !owned.has(m.sid)),
  );
  const s = senderState(ctx);
  for (const e of errors) afterError(ctx, s, e.row, e.code, e.at);
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
  // what it held and will never send
  if (row.state === 'scheduled' && m.status === 'canceled') return ctx.db.tx((trx) => settleRecalled(ctx, trx, row, now));
  const newer = row.finalAt === null || m.updatedAt > row.finalAt;
  const to = advance(row.state, { do: 'report', as, newer });
  if (to !== null) {
    return ctx.db.tx((trx) => move(trx, row.id, row.state, to, { ...told(m, as, now), ...leftWhenHeld(row, m) }, now));
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

/**
 * The carrier changed its mind about a message it had said would never leave, while its text waits to be posted again: it has left, and
 * is not posted again.
 */
function leftAfterAll(ctx: Ctx, messages: readonly CarrierMessage[]): number {
  const left = messages.filter((m) => LEFT.has(carrierState(m.status)));
  if (left.length === 0) return 0;
  const again = waitingAgainBySid(
    ctx.db,
    left.map((m) => m.sid),
  );
  if (again.size === 0) return 0;
  const now = ctx.clock.now();
  return ctx.db.tx((trx) => {
    let n = 0;
    for (const m of left) {
      const row = again.get(m.sid);
      const as = carrierState(m.status);
      const sending = row && advance(row.state, { do: 'claim' });
      const to = as && sending && advance(sending, { do: 'accept', as });
      if (!row || !as || !to) continue;
      const change = { ...told(m, as, now), sid: m.sid, leftAt: m.sentAt ?? m.createdAt, reason: null, retryAt: null };
      if (move(trx, row.id, row.state, to, change, now)) n++;
    }
    return n;
  });
}

/** A message nobody owns may be an uncertain text that the number's own list did not show yet. */
function adoptLate(ctx: Ctx, strangers: readonly CarrierMessage[]): number {
  if (strangers.length === 0) return 0;
  const lost = uncertainTo(ctx.db, [...new Set(strangers.map((m) => m.to))]);
  if (lost.length === 0) return 0;
  const taken = ownedSids(
    ctx.db,
    strangers.map((m) => m.sid),
  );
  let n = 0;
  for (const row of lost) {
    const twins = lost.filter((r) => r.address === row.address && r.body === row.body && r.id !== row.id).length;
    const match = matchLost(lostText(ctx, row, twins), strangers, (sid) => taken.has(sid));
    if (match.kind === 'none' || !adopt(ctx, row, match.message, match.duplicate)) continue;
    taken.set(match.message.sid, row.id);
    n++;
  }
  return n;
}
