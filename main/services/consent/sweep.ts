import type { Db } from '@db/open';
import { addressOf, askedLeftAt, openEnds, setPendingExpiry, silentSince, unconfirmed } from '@db/queries/consent';
import { resolveHolds } from '@db/queries/inbox';
import { cancelWaiting } from '@db/queries/outbox';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { PENDING_MS } from '@domain/consent/status';
import { MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { appendEvent, withConsent } from './ledger';

const EVERY_MS = 10 * MINUTE;
/** Eighteen months (rules.md §1). */
const SILENT_DAYS = 548;
const AT_ONCE = 50;
const lastSwept = new WeakMap<Db, { ends: UtcMs; silent: UtcMs }>();

/**
 * Writes down what time has decided: holds undecided for 10 business days become stops, questions unanswered for 7 days lapse,
 * people silent for 18 months pause, and so do sign-ups whose confirmation could not leave in 30 days (rules.md §1: asked again at the
 * counter). Cheap to call often.
 */
export function sweepConsent(ctx: Ctx, force = false): { stopped: number; lapsed: number; paused: number } {
  const now = ctx.clock.now();
  const last = lastSwept.get(ctx.db);
  if (!force && last && now >= last.ends && now - last.ends < EVERY_MS) return { stopped: 0, lapsed: 0, paused: 0 };
  const silentDue = force || !last || now - last.silent >= 24 * 60 * MINUTE;
  lastSwept.set(ctx.db, { ends: now, silent: silentDue ? now : (last?.silent ?? now) });
  const { stopped, lapsed } = expireHolds(ctx, now);
  const paused = pause(ctx, unconfirmed(ctx.db, AT_ONCE), 'unconfirmed', now);
  return { stopped, lapsed, paused: paused + (silentDue ? pauseSilent(ctx, now) : 0) };
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
          reason: 'hold-expired',
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

function pauseSilent(ctx: Ctx, now: UtcMs): number {
  const { zone } = ctx.settings().shop;
  const cutoff = startOfDay(addDays(shopDay(now, zone), -SILENT_DAYS), zone);
  const silent = silentSince(ctx.db, cutoff, AT_ONCE).map((one) => one.phone);
  return pause(ctx, silent, 'silent-18-months', now);
}

/** Not texted until they say yes again at the counter or by text. */
function pause(ctx: Ctx, phones: readonly PhoneE164[], reason: string, now: UtcMs): number {
  for (const phone of phones) {
    withConsent(ctx, (trx) => {
      appendEvent(ctx, trx, { phone, purpose: 'marketing', kind: 'paused', method: 'system', reason, occurredAt: now });
    });
  }
  return phones.length;
}
