import type { Db } from '@db/open';
import { MINUTE, type UtcMs } from '@domain/kernel';
import { needsThisComputer } from '@domain/outbox/leaving';
import type { Ctx } from '../ctx';
import { whatIsLeaving } from '../outbox/leaving';
import { announce } from '../outbox/sender-state';
import { wokeUp } from '../outbox/wake';
import { tellSleep } from './away';

/** Whoever is this long awake after "going to sleep" did not sleep, or the word that it is back was lost. */
const NOT_ASLEEP_AFTER_MS = 1.5 * MINUTE;

const asleep = new WeakMap<Db, { since: UtcMs; steady: number | null; texts: boolean }>();

/** The system goes to sleep: no POST begins any more; those under way are answered, or their fate is found out afterwards. */
export function goesToSleep(ctx: Ctx): void {
  if (asleep.has(ctx.db)) return;
  asleep.set(ctx.db, {
    since: ctx.clock.now(),
    steady: ctx.clock.steady?.() ?? null,
    texts: needsThisComputer(whatIsLeaving(ctx, true)),
  });
  announce(ctx);
}

/** The system is back: replies first, then deliveries, then texts may leave again (outbox/wake.ts). */
export function comesBack(ctx: Ctx): void {
  const slept = asleep.get(ctx.db);
  asleep.delete(ctx.db);
  if (slept) {
    const now = ctx.clock.now();
    if (slept.texts) tellSleep(ctx, slept.since, now);
  }
  wokeUp(ctx);
  announce(ctx);
}

/**
 * Nothing may begin: between the system's two words. Some systems say the first without sleeping and some lose the second, so it ends by
 * itself when the counter has gone on for longer than any computer takes to fall asleep.
 */
export function isSuspended(ctx: Ctx): boolean {
  const a = asleep.get(ctx.db);
  if (!a) return false;
  const steady = ctx.clock.steady?.() ?? null;
  if (a.steady === null || steady === null || steady - a.steady < NOT_ASLEEP_AFTER_MS) return true;
  comesBack(ctx);
  return false;
}
