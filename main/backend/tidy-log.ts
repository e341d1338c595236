import { statSync } from 'node:fs';
import type { Ctx } from '@services/ctx';

/** Bytes of log worth copying: more than is kept of a copied one (LOG_KEPT in db/open.ts). */
const ENOUGH = 5_000_000;

/**
 * Copies the write-ahead log into the shop file on a thread of its own when it has grown. Left to SQLite, the commit that passes the
 * limit does it: now and then a redemption at the counter would wait some 60 ms for it.
 */
export function makeLogTidier(ctx: Ctx): () => Promise<void> {
  let seen = 0;
  return async () => {
    const log = statSync(`${ctx.db.raw.name}-wal`, { throwIfNoEntry: false });
    if (!log || log.size < ENOUGH || log.mtimeMs === seen) return;
    seen = log.mtimeMs;
    const keeper = ctx.importRunner.logKeeper();
    if (!keeper) return;
    try {
      await keeper.copy();
    } finally {
      await keeper.end();
    }
  };
}
