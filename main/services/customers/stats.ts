import { refreshYear, yearBack } from '@db/queries/customer-stats';
import type { CustomerId } from '@domain/kernel';
import { writeInChunks } from '../chunks';
import type { Ctx } from '../ctx';

/** Once a day: the figures over "the last 365 days" move with the calendar, also when nothing was sold. */
export async function refreshDailyStats(ctx: Ctx, signal: AbortSignal): Promise<number> {
  const since = yearBack(ctx.clock.now(), ctx.settings().shop.zone);
  const ids = ctx.db.all(ctx.db.q.selectFrom('customer').select('id').where('visits_365', '>', 0));
  return writeInChunks(ctx.db, ids, (trx, { id }) => refreshYear(trx, id as CustomerId, since), { signal });
}
