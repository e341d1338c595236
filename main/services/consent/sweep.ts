import type { Db } from '@db/open';
import { addressOf, askedLeftAt, openEnds, setPendingExpiry, silentPage, unconfirmed } from '@db/queries/consent';
import { resolveHolds } from '@db/queries/inbox';
import { cancelWaiting } from '@db/queries/outbox';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { HOLD_EXPIRED, PENDING_MS } from '@domain/consent/status';
import { MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { appendEvent, withConsent } from './ledger';

const EVERY_MS = 10 * MINUTE;
/** Eighteen months (rules.md §1). */
const SILENT_DAYS = 548;
const AT_ONCE = 50;
/** Numbers looked at in one step, and for how long one call may go on: the counter never waits for a sweep. */
const SCAN = 100;
/** Events written in one transaction. */
const IN_ONE = 20;
const BUDGET_MS = 8;
interface Swept {
  ends: UtcMs;
  /** When the walk through all numbers began, and where it stands; null = done. */
  silent: UtcMs;
  at: string | null;
}
const lastSwept = new WeakMap<Db, Swept>();

/**
 * Writes down what time has decided: holds undecided for 10 business days become stops, questions unanswered for 7 days lapse,
 * people silent for 18 months pause, and so do sign-ups whose confirmation could not leave in 30 days (rules.md §1: asked again at the
 * counter). Cheap to call often.
 */
export function sweepConsent(ctx: Ctx, force = false): { stopped: number; lapsed: number; paused: number } {
  const now = ctx.clock.now();
  const last = lastSwept.get(ctx.db);
  if (!force && last && now >= last.ends && now - last.ends < EVERY_MS) return { stopped: 0, lapsed: 0, paused: 0 };
  const again = force || !last || (last.at === null && now - last.silent >= 24 * 60 * MINUTE);
  const swept: Swept = { ends: now, silent: again ? now : last.silent, at: again ? '' : last.at };
  lastSwept.set(ctx.db, swept);
  const { stopped, lapsed } = expireHolds(ctx, now);
  const paused = pause(ctx, unconfirmed(ctx.db, AT_ONCE), 'unconfirmed', now);
  return { stopped, lapsed, paused: paused + pauseSilent(ctx, swept, now, force ? Number.POSITIVE_INFINITY : BUDGET_MS) };
}

/**
 * The whole of the daily walk, with a turn for other work after every step: 100,000 numbers take seconds, and the counter none of
 * them. Goes on where a sweep left off. Returns how many were paused.
 */
export async function sweepSilent(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  let paused = 0;
  for (let s = lastSwept.get(ctx.db); s && s.at !== null; s = lastSwept.get(ctx.db)) {
    signal?.throwIfAborted();
    paused += pauseSilent(ctx, s, ctx.clock.now(), BUDGET_MS);
    await nextTurn();
  }
  return paused;
}

/** Ends of holds and of unanswered questions. */
export function expireHolds(ctx: Ctx, now: UtcMs): { stopped: number; lapsed: number } {
  let stopped = 0;
  let lapsed = 0;
  const open = openEnds(ctx.db, now);
  const leftAt = askedLeftAt(
    ctx.db,
    open.filter((o) => o.state === 'pending').map((o) => o.eventId),
  );
  for (const o of open) {
    const phone = addressOf(ctx.db, o.hmac);
    if (phone === null) continue; // erased: already suppressed for good
    if (o.state === 'hold') {
      withConsent(ctx, (trx) => {
        // written as of the moment it ran out, so that a START read late still counts as later
        appendEvent(ctx, trx, {
          phone,
          purpose: 'all',
          kind: 'stopped',
          method: 'system',
          reason: HOLD_EXPIRED,
          occurredAt: o.expiresAt ?? now,
        });
        cancelWaiting(trx, phone, 'opted-out', now);
        resolveHolds(trx, phone, 'stop');
      });
      stopped++;
      continue;
    }
    const left = leftAt.get(o.eventId);
    if (left === undefined) continue;
    const expiresAt = (left + PENDING_MS) as UtcMs;
    if (now <= expiresAt) {
      if (o.expiresAt !== expiresAt) ctx.db.tx((trx) => setPendingExpiry(trx, o.hmac, o.eventId, expiresAt));
      continue;
    }
    withConsent(ctx, (trx) => {
      appendEvent(ctx, trx, {
        phone,
        purpose: 'marketing',
        kind: 'declined',
        method: 'system',
        reason: 'unanswered',
        occurredAt: expiresAt,
      });
    });
    lapsed++;
  }
  return { stopped, lapsed };
}

function pauseSilent(ctx: Ctx, s: Swept, now: UtcMs, budgetMs: number): number {
  const { zone } = ctx.settings().shop;
  const cutoff = startOfDay(addDays(shopDay(now, zone), -SILENT_DAYS), zone);
  const until = performance.now() + budgetMs;
  let paused = 0;
  while (s.at !== null && performance.now() < until) {
    const page = silentPage(ctx.db, cutoff, s.at, SCAN);
    for (let i = 0; i < page.silent.length; i += IN_ONE) {
      const some = page.silent.slice(i, i + IN_ONE).map((one) => one.phone);
      paused += pause(ctx, some, 'silent-18-months', now);
    }
    s.at = page.last;
  }
  return paused;
}

/** Not texted until they say yes again at the counter or by text. */
function pause(ctx: Ctx, phones: readonly PhoneE164[], reason: string, now: UtcMs): number {
  if (phones.length === 0) return 0;
  withConsent(ctx, (trx) => {
    for (const phone of phones) {
      appendEvent(ctx, trx, { phone, purpose: 'marketing', kind: 'paused', method: 'system', reason, occurredAt: now });
    }
  });
  return phones.length;
}
