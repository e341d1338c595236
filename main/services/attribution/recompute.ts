import { dropStrayCredits, peopleToCredit, recreditPeople, redeemedSales, tieRedemptionsToSales } from '@db/queries/attribution';
import type { Ctx } from '../ctx';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const BUDGET_MS = 8;

/**
 * Brings direct and influenced credit up to date (rules.md §7): ties redemptions to sales that have arrived since, then
 * recounts everybody a text or a code could have moved. Call after imports, undo, redemptions and deliveries; calling it
 * twice changes nothing. Works in chunks of about 8 ms so that the counter goes first.
 */
export async function recomputeCredits(ctx: Ctx, signal?: AbortSignal): Promise<{ tied: number; changed: number }> {
  const { db } = ctx;
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
  if (tied > 0 || changed > 0) ctx.changed('reports', 'offers');
  return { tied, changed };
}
