import { unfinishedImport } from '@db/queries/imports';
import { historyBehind, rewriteHistory } from '@db/queries/purchase-history';
import type { ImportId } from '@domain/kernel';
import { writeInChunks } from '../chunks';
import type { Ctx } from '../ctx';

const AT_ONCE = 500;

/**
 * Brings the small tables groups are asked of up to date with the sales, a few people at a time. An import under way goes first: it
 * would only be slowed down, and people it touches are noted again.
 */
export async function keepHistory(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  let written = 0;
  for (;;) {
    signal?.throwIfAborted();
    if (unfinishedImport(ctx.db, 0 as ImportId) !== null) return written;
    const ids = historyBehind(ctx.db, AT_ONCE);
    if (ids.length === 0) return written;
    written += await writeInChunks(ctx.db, ids, rewriteHistory, { derived: true, ...(signal && { signal }) });
  }
}
