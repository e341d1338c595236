import { dropStrayCredits, peopleToCredit, recreditPeople, redeemedSales, tieRedemptionsToSales } from '@db/queries/attribution';
import { creditStamp } from '@db/queries/reports';
import { readMeta, writeMeta } from '@db/queries/settings';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';

const BUDGET_MS = 8;
const STAMP = 'credits-stamp';
const running = new WeakMap<Ctx['db'], Promise<unknown>>();

/**
 * Recounts credit only when sales, codes or deliveries changed since the last time; reports call it before they read, so
 * that nobody has to remember to. Does nothing in a read-only shop.
 */
export async function creditsUpToDate(ctx: Ctx): Promise<void> {
  if (ctx.db.raw.readonly) return;
  await running.get(ctx.db);
  if (readMeta(ctx.db, STAMP) === creditStamp(ctx.db)) return;
  const run = recomputeCredits(ctx).finally(() => running.delete(ctx.db));
  running.set(ctx.db, run);
  await run;
}

/**
 * Brings direct and influenced credit up to date (rules.md §7): ties redemptions to sales that have arrived since, then
 * recounts everybody a text or a code could have moved. Call after imports, undo, redemptions and deliveries; calling it
 * twice changes nothing. Works in chunks of about 8 ms so that the counter goes first.
 */
export async function recomputeCredits(ctx: Ctx, signal?: AbortSignal): Promise<{ tied: number; changed: number }> {
  const { db } = ctx;
  const before = creditStamp(db);
  const tied = db.tx((trx) => tieRedemptionsToSales(trx));
  const redeemed = redeemedSales(db);
  const people = peopleToCredit(db);
  let changed = db.tx((trx) => recreditPeople(trx, null, redeemed) + dropStrayCredits(trx));
  let size = 50;
  for (let from = 0; from < people.length; ) {
    await nextTurn();
    signal?.throwIfAborted();
    const some = people.slice(from, from + size);
    const t = performance.now();
    changed += db.tx((trx) => recreditPeople(trx, some, redeemed));
    from += some.length;
    const took = Math.max(0.1, performance.now() - t);
    size = Math.max(10, Math.min(2000, Math.round(size * Math.min(2, Math.max(0.25, BUDGET_MS / took)))));
  }
  // Tying changes the stamp itself; anything else that changed meanwhile leaves it different, and the next look recounts.
  writeMeta(db, STAMP, tied > 0 ? creditStamp(db) : before);
  if (tied > 0 || changed > 0) ctx.changed('reports', 'offers');
  return { tied, changed };
}
