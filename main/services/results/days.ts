import { daysBehind, noteAllDays, rewriteDay } from '@db/queries/day-facts';
import { readMeta, writeMeta } from '@db/queries/settings';
import { addDays, localTime, startOfDay } from '@domain/calendar';
import type { ShopDay, UtcMs, Zone } from '@domain/kernel';
import { DAY, HOUR } from '@domain/kernel';
import { writeInChunks } from '../chunks';
import type { Ctx } from '../ctx';

const AT_ONCE = 200;
/** In which zone the hours were counted; another one = all of them again. */
const ZONE = 'day-facts-zone';

/** The hour on the shop's clock of instants of one shop day; only days with a change of the clock ask the calendar each time. */
function hoursOf(day: ShopDay, zone: Zone): (at: UtcMs) => number {
  const start = startOfDay(day, zone);
  const plain = startOfDay(addDays(day, 1), zone) - start === DAY;
  return (at) => (plain && at >= start && at < start + DAY ? Math.floor((at - start) / HOUR) : localTime(at, zone).hour);
}

/** Writes shop days anew whose sales changed: all of them, or those of a span. Returns how many. */
export async function keepDays(ctx: Ctx, signal?: AbortSignal, span: { first: ShopDay; last: ShopDay } | null = null): Promise<number> {
  if (ctx.db.raw.readonly) return 0;
  const { zone } = ctx.settings().shop;
  if (readMeta(ctx.db, ZONE) !== zone) {
    ctx.db.tx((trx) => {
      if (readMeta(trx, ZONE) !== null) noteAllDays(trx);
      writeMeta(trx, ZONE, zone);
    });
  }
  let written = 0;
  for (;;) {
    signal?.throwIfAborted();
    const days = daysBehind(ctx.db, span, AT_ONCE);
    if (days.length === 0) return written;
    written += await writeInChunks(ctx.db, days, (trx, day) => rewriteDay(trx, day, hoursOf(day, zone)), {
      derived: true,
      ...(signal && { signal }),
    });
  }
}
