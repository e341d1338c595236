import { lastImportAt } from '@db/queries/imports';
import { countBoth, listSegments, type SegmentDay, segmentDays, writeSegmentDay } from '@db/queries/segments';
import { readMeta, writeMeta } from '@db/queries/settings';
import { addDays, shopDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import type { SegmentId } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { factsNow, resolveRule } from './segments';

const META = 'group-days';
/** A year and a bit is shown. */
const SHOWN_DAYS = 400;

/**
 * Writes down how many people each group holds, once a shop day and again after an import: the trend of a group. Each count takes some
 * hundredths of a second with 100,000 people, one at a time, the counter between them. Returns how many groups were counted.
 */
export async function recordGroupDays(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  const day = shopDay(ctx.clock.now(), ctx.settings().shop.zone);
  const mark = `${day} ${lastImportAt(ctx.db) ?? 0}`;
  if (readMeta(ctx.db, META) === mark) return 0;
  let counted = 0;
  for (const s of listSegments(ctx.db)) {
    signal?.throwIfAborted();
    await nextTurn();
    const counts = countSafely(ctx, s.rule);
    if (counts === null) continue;
    ctx.db.tx((trx) => writeSegmentDay(trx, s.id, day, counts));
    counted++;
  }
  ctx.db.tx((trx) => writeMeta(trx, META, mark));
  return counted;
}

/** A group made of one that was removed holds nobody anybody could count. */
function countSafely(ctx: Ctx, rule: Parameters<typeof resolveRule>[1]): { count: number; permitted: number } | null {
  try {
    return countBoth(ctx.db, resolveRule(ctx.db, rule), factsNow(ctx));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** What was written down of a group, oldest first. */
export function groupDays(ctx: Ctx, id: SegmentId): SegmentDay[] {
  const today = shopDay(ctx.clock.now(), ctx.settings().shop.zone);
  return segmentDays(ctx.db, id, addDays(today, -SHOWN_DAYS));
}
