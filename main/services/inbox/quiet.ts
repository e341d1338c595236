import { readInboundPoll } from '@db/queries/inbox';
import { signsPrinted } from '@db/queries/kit';
import { lastLeftAt } from '@db/queries/outbox-results';
import { localTime } from '@domain/calendar';
import type { UtcMs } from '@domain/kernel';
import { repliesPause } from '@domain/outbox/cadence';
import type { Ctx } from '../ctx';

/** How long it may be, just now, between two looks for replies while nothing is sent, ms: rarer the quieter the shop is. */
export function quietPause(ctx: Ctx): number {
  const now = ctx.clock.now();
  const newest = Math.max(0, ...Object.values(readInboundPoll(ctx.db).cursor));
  return repliesPause({
    now,
    lastLeftAt: lastLeftAt(ctx.db),
    lastReplyAt: newest === 0 ? null : (newest as UtcMs),
    hour: localTime(now, ctx.settings().shop.zone).hour,
    signs: signsPrinted(ctx.db),
  });
}
