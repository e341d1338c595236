import type { Db } from '@db/open';
import { type ClockVerdict, clockVerdict, jumpBetween, type Moment } from '@domain/desktop/clock-check';
import { MINUTE, type UtcMs } from '@domain/kernel';
import type { ClockReading, SmsGateway } from '@ports/sms-gateway';
import { freshReplies } from '@services/inbox/sync';
import type { Ctx } from '../ctx';
import { announce } from '../outbox/sender-state';
import { wokeUp } from '../outbox/wake';
import { addNote, tellSleep } from './away';

interface Watch {
  /** The clock and the counter, last looked at. */
  last: Moment | null;
  reading: ClockReading | null;
  /** A jump nobody has explained yet, and the reading that was known before it. */
  jump: { byMs: number; at: UtcMs; seq: number; wasWrong: boolean } | null;
}

/** Somebody looks every 20 seconds (backend/standing.ts); a longer gap than this was a sleep. */
const LOOKED_AT_LEAST_MS = 5 * MINUTE;

const watches = new WeakMap<Db, Watch>();

function watchOf(ctx: Ctx): Watch {
  let w = watches.get(ctx.db);
  if (!w) {
    w = { last: null, reading: null, jump: null };
    watches.set(ctx.db, w);
  }
  return w;
}

const skewOf = (w: Watch): number | null => (w.reading !== null && w.reading.seq > (w.jump?.seq ?? -1) ? w.reading.skewMs : null);
const verdictOf = (w: Watch): ClockVerdict => clockVerdict({ skew: skewOf(w), jumped: w.jump !== null });

/** Whether hours may be read off this computer's clock, and how far it is from the carrier's (ms, positive = ahead; null = not known). */
export function clockState(ctx: Ctx): { verdict: ClockVerdict; skewMs: number | null } {
  const w = watchOf(ctx);
  lookAtClock(ctx);
  return { verdict: verdictOf(w), skewMs: skewOf(w) };
}

/**
 * Compares the clock with the counter nobody can set. After a jump nothing that depends on hours leaves until the carrier has said what
 * time it is; replies and deliveries are read first, as after a sleep, because that is what it mostly is.
 */
function lookAtClock(ctx: Ctx): void {
  const { steady } = ctx.clock;
  if (!steady) return;
  const w = watchOf(ctx);
  const here: Moment = { wall: ctx.clock.now(), steady: steady() };
  const before = w.last;
  const byMs = before === null ? 0 : jumpBetween(before, here);
  const wasWrong = verdictOf(w) === 'wrong';
  w.last = here;
  if (byMs === 0) {
    // Where the counter goes on in sleep (Windows, newer Macs) only the gap between two looks tells of one.
    if (before !== null && here.wall - before.wall > LOOKED_AT_LEAST_MS) {
      tellSleep(ctx, before.wall, here.wall);
      wokeUp(ctx);
    }
    return;
  }
  // without a carrier there is nobody to ask, and nothing that could leave
  if (ctx.settings().texting.mode === 'none') return;
  ctx.log.warn('clock jumped', { ms: byMs });
  w.jump = { byMs, at: here.wall, seq: w.reading?.seq ?? 0, wasWrong };
  wokeUp(ctx);
  announce(ctx);
}

/** Takes what the carrier's last answer said about the time. Called with each reading of replies and by the minute. */
export function noteReading(ctx: Ctx, gateway: SmsGateway): void {
  const w = watchOf(ctx);
  const reading = gateway.clockReading?.() ?? null;
  if (reading === null || reading.seq === w.reading?.seq) return;
  const before = verdictOf(w);
  w.reading = reading;
  const after = verdictOf(w);
  if (after === 'right' && w.jump !== null) explain(ctx, w, w.jump);
  if (before !== after) {
    if (after === 'wrong') ctx.log.warn('clock is off', { ms: reading.skewMs });
    announce(ctx);
  }
}

/** The clock is right again: was it a sleep, or did somebody set it? A clock that ran right before and after a step forward slept. */
function explain(ctx: Ctx, w: Watch, jump: NonNullable<Watch['jump']>): void {
  w.jump = null;
  if (jump.byMs > 0 && !jump.wasWrong) tellSleep(ctx, (jump.at - jump.byMs) as UtcMs, jump.at);
  else addNote(ctx, { kind: 'clock-changed', at: jump.at, byMs: jump.byMs });
}

/** By the minute, and when the owner asks: hears the carrier's time if anything is in doubt. Returns what is known then. */
export async function checkClock(ctx: Ctx, ask: boolean): Promise<{ verdict: ClockVerdict; skewMs: number | null }> {
  const known = clockState(ctx);
  if (ctx.settings().texting.mode === 'none') return known;
  if (ask || known.verdict !== 'right') await freshReplies(ctx, 0);
  noteReading(ctx, await ctx.gateway());
  return clockState(ctx);
}
