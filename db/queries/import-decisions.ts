import type { PendingAre } from '@domain/imports/plan';
import type { Db } from '../open';

/** What the owner last said about 'pending' sales of a till; null = never asked. */
export function lastPending(db: Db, source: string): PendingAre | null {
  const said = db
    .prepare(
      `SELECT json_extract(plan, '$.decisions.pending') FROM import
       WHERE source = ? AND state = 'done' AND json_extract(plan, '$.decisions.pending') IS NOT NULL ORDER BY id DESC LIMIT 1`,
    )
    .pluck()
    .get(source) as PendingAre | undefined;
  return said ?? null;
}
